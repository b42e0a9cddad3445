//! Writing a document into files, one after another, and how it ended.

use super::job::Progress;
use crate::export::typeset::Faces;
use crate::export::{self, Document, Format};
use std::path::PathBuf;

/// How an export ended.
pub struct Outcome {
    /// What to tell the clerk.
    pub text: String,
    /// Whether something went wrong, or is missing in a file.
    pub bad: bool,
    /// A file that was written.
    pub file: Option<PathBuf>,
}

/// Writes a document into files.
pub fn export_into(
    document: &Document,
    files: Vec<(Format, PathBuf)>,
    progress: &Progress,
) -> Outcome {
    let total = files.len();
    let mut done: Vec<(PathBuf, Option<String>)> = Vec::new();
    let mut failed = Vec::new();
    for (nth, (format, path)) in files.into_iter().enumerate() {
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
            Ok(written) => match export::save(&written.bytes, &path) {
                Ok(()) => done.push((path, written.remark())),
                Err(error) => failed.push(error.to_string()),
            },
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
    let mut remarks: Vec<String> = done.iter().filter_map(|(_, r)| r.clone()).collect();
    remarks.dedup();
    let bad = !failed.is_empty() || !remarks.is_empty();
    lines.append(&mut remarks);
    lines.append(&mut failed);
    Outcome {
        text: lines.join("\n"),
        bad,
        file: done.into_iter().next().map(|(path, _)| path),
    }
}
