//! Exporting: what was chosen, and writing a document into files, one after another.

use super::job::Progress;
use super::unused::unused;
use crate::disk;
use crate::export::typeset::Faces;
use crate::export::{self, Document, Format};
use std::path::{Path, PathBuf};

/// Into which files a report is exported, as it was chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportChoice {
    /// The formats, each with whether it is wanted.
    pub formats: [(Format, bool); Format::OFFICIAL.len()],
    /// The folder, as typed.
    pub folder: String,
    /// Whether a report that must still be corrected says so on each page.
    pub mark: bool,
    /// Said when the folder is none.
    pub complaint: Option<String>,
    /// Files that are there already, while it is asked what to do about them.
    pub there: Vec<String>,
    /// What becomes of files that are there already.
    pub existing: Existing,
}

/// A file that is to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    pub format: Format,
    pub path: PathBuf,
    /// Whether one that is there is replaced.
    pub replaces: bool,
}

/// What becomes of files that are there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    /// It is asked.
    Ask,
    /// Those that were asked about are replaced.
    Replace,
    /// They stay; the new ones get another name.
    Keep,
}

impl ExportChoice {
    /// All formats, into this folder.
    pub fn new(folder: &Path) -> Self {
        Self {
            formats: Format::OFFICIAL.map(|format| (format, true)),
            folder: folder.to_string_lossy().into_owned(),
            mark: true,
            complaint: None,
            there: Vec::new(),
            existing: Existing::Ask,
        }
    }

    /// The folder.
    pub fn folder(&self) -> PathBuf {
        PathBuf::from(self.folder.trim())
    }

    /// Whether something is chosen; complains if not. No file is looked at.
    pub fn is_whole(&mut self) -> bool {
        self.complaint = if !self.formats.iter().any(|(_, wanted)| *wanted) {
            Some("请至少选一种格式".to_owned())
        } else if self.folder.trim().is_empty() {
            Some("请选择或输入要导出到的文件夹".to_owned())
        } else {
            None
        };
        self.complaint.is_none()
    }

    /// The files to be written, by the name without ending that they shall have; off the window's thread, since a folder
    /// may not answer.
    ///
    /// # Errors
    /// The choice to be asked about again, with what stands against it: no such folder, files that are there already, the
    /// draft's own file.
    pub fn settle(mut self, stem: &str, draft: Option<&Path>) -> Result<Vec<Target>, Self> {
        let folder = self.folder();
        if !folder.is_dir() {
            let words = "没有这个文件夹，请重新选择，或者先新建它";
            return Err(self.complaining(words));
        }
        let wanted = self.formats.iter().filter(|(_, wanted)| *wanted);
        let files: Vec<Target> = wanted
            .map(|(format, _)| {
                let name = format!("{stem}.{}", format.name());
                let replaces = self.existing == Existing::Replace && self.there.contains(&name);
                let path = match self.existing {
                    Existing::Keep => unused(folder.join(name)),
                    Existing::Ask | Existing::Replace => folder.join(name),
                };
                Target {
                    format: *format,
                    path,
                    replaces,
                }
            })
            .collect();
        let own = |file: &Target| draft.is_some_and(|draft| disk::is_same_file(draft, &file.path));
        if files.iter().any(own) {
            return Err(self.complaining("这是草稿自己的文件，请换一个文件夹"));
        }
        let is_there = |file: &&Target| file.path.exists();
        // Leave was given for those that were there when it was asked.
        if files.iter().filter(is_there).all(|file| file.replaces) {
            return Ok(files);
        }
        let name = |file: &Target| Some(file.path.file_name()?.to_string_lossy().into_owned());
        self.there = files.iter().filter(is_there).filter_map(name).collect();
        self.existing = Existing::Ask;
        Err(self)
    }

    fn complaining(mut self, words: &str) -> Self {
        self.complaint = Some(words.to_owned());
        self.there.clear();
        self.existing = Existing::Ask;
        self
    }
}

/// How an export ended.
pub struct Outcome {
    /// What to tell the clerk.
    pub text: String,
    /// Whether something went wrong.
    pub bad: bool,
    /// What is otherwise in the files than in the report.
    pub warnings: Vec<String>,
    /// A file that was written.
    pub file: Option<PathBuf>,
}

/// Writes a document into files.
pub fn export_into(document: &Document, files: Vec<Target>, progress: &Progress) -> Outcome {
    let total = files.len();
    let mut done: Vec<(PathBuf, Option<String>)> = Vec::new();
    let mut failed = Vec::new();
    for (nth, file) in files.into_iter().enumerate() {
        let Target {
            format,
            path,
            replaces,
        } = file;
        if progress.is_given_up() {
            break;
        }
        let what = format.title();
        progress.say(format!("正在导出{what}（{} / {total}）……", nth + 1));
        let written = format.write_document(document, Faces::of_this_pc());
        // Given up meanwhile, it replaces nothing any more.
        if progress.is_given_up() {
            break;
        }
        match written {
            Err(error) => failed.push(error.to_string()),
            Ok(written) => {
                let saved = match replaces {
                    true => export::save(&written.bytes, &path),
                    false => export::save_new(&written.bytes, &path),
                };
                match saved {
                    Ok(()) => done.push((path, written.remark())),
                    Err(error) => failed.push(error.to_string()),
                }
            }
        }
    }
    let mut lines = Vec::new();
    if let Some((path, _)) = done.first() {
        let folder = path.parent().map(|folder| folder.display().to_string());
        lines.push(format!(
            "已导出 {} 个文件到 {}",
            done.len(),
            folder.unwrap_or_default()
        ));
    }
    let mut warnings: Vec<String> = done.iter().filter_map(|(_, r)| r.clone()).collect();
    warnings.dedup();
    let bad = !failed.is_empty();
    lines.append(&mut failed);
    Outcome {
        text: lines.join("\n"),
        bad,
        warnings,
        file: done.into_iter().next().map(|(path, _)| path),
    }
}
