//! What ended programs left unsaved: which draft it was made from, and what has become of that draft's file since.

use super::open::look;
use super::problem::{DraftError, Problem};
use super::read::from_text;
use crate::disk::{Home, fingerprint, path_from_line, path_to_line, written_at};
use crate::form::{CellIx, Form};
use crate::report::Report;
use crate::value::{self, Value};
use std::fmt::Write as _;
use std::fs::{self, File, TryLockError};
use std::io;
use std::io::ErrorKind::{NotADirectory, NotFound};
use std::path::{Path, PathBuf};

/// The comment in the first line that names the draft's own file.
const FILE_COMMENT: &str = "// 草稿文件：";
/// The comment below it with the stamps of what that file is known to have held.
const STAMPS_COMMENT: &str = "// 当时文件的内容：";

/// The comment above the draft's text with what was keyed in a second count (复核) that is not finished.
const KEYED_COMMENT: &str = "// 复核时已打的数：";

/// The line that stands above a draft's text for a second count whose numbers stand in `count`; nothing if there are none.
pub fn keyed_line(count: &Report) -> String {
    let form = count.form();
    let inputs = count.cells().filter(|&cell| !form.cell(cell).computed);
    let keyed = inputs.filter(|&cell| !count.value(cell).is_blank());
    let keyed: Vec<String> = keyed
        .map(|cell| format!("{}={}", form.cell(cell).id, count.value(cell)))
        .collect();
    match keyed.is_empty() {
        true => String::new(),
        false => format!("{KEYED_COMMENT}{}\n", keyed.join(" ")),
    }
}

/// The numbers of such a line that are numbers of a form's cells.
fn keyed(line: &str, form: &Form) -> Vec<(CellIx, Value)> {
    let pairs = line
        .split_whitespace()
        .filter_map(|pair| pair.split_once('='));
    let number = |(id, words): (&str, &str)| {
        let cell = form.find(id)?;
        let spec = form.cell(cell);
        let value = value::parse(words, spec.kind, spec.unit.as_deref()).ok()?;
        (!spec.computed).then_some((cell, value))
    };
    pairs.filter_map(number).collect()
}

/// The lines that stand above unsaved work: where its draft lies, and what lay there.
pub(super) fn origin_lines(file: Option<&Path>, stamps: &[u64]) -> String {
    let Some(file) = file else {
        return String::new();
    };
    // Another program may look at it from another folder.
    let file = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
    let mut lines = format!("{FILE_COMMENT}{}\n", path_to_line(&file));
    // Also where nothing is known: earlier versions of the program wrote no such line.
    lines.push_str(STAMPS_COMMENT);
    for stamp in stamps {
        let _ = write!(lines, " {stamp:016x}");
    }
    lines.push('\n');
    lines
}

/// What tells one report from another, whatever is filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    form: String,
    organ: String,
    year: i32,
}

impl Identity {
    /// That of a report.
    pub fn of(report: &Report) -> Self {
        Self {
            form: report.form().id.clone(),
            organ: report.organ().to_owned(),
            year: report.year(),
        }
    }
}

/// What a draft's file is now, for whoever knew it before.
#[derive(Debug, PartialEq, Eq)]
pub enum FileNow {
    /// It is not there, or cannot be read.
    Missing,
    /// What it was, with its stamp.
    Same(u64),
    /// The same report in another state, with its stamp.
    Changed(u64),
    /// Another report, by its title, or no draft at all: it is never saved over.
    Another(Option<String>),
}

impl FileNow {
    /// Looks at a file that once held one of these stamps, when it was the report of this identity.
    pub fn of(file: &Path, stamps: &[u64], identity: &Identity) -> Self {
        match look(file) {
            Ok((_, now)) if stamps.contains(&now) => Self::Same(now),
            Ok((Ok(report), now)) if Identity::of(&report) == *identity => Self::Changed(now),
            Ok((Ok(report), _)) => Self::Another(Some(report.title())),
            Ok((Err(_), _)) | Err(Problem::TooBig(_)) => Self::Another(None),
            Err(_) => Self::Missing,
        }
    }
}

/// A report that a program left unsaved when it ended.
#[derive(Debug)]
pub struct Leftover {
    /// The recovery file.
    pub path: PathBuf,
    /// The draft's own file, if it had one.
    pub file: Option<PathBuf>,
    /// What that file is known to have held; none if an earlier version of the program left it, which did not say.
    stamps: Option<Vec<u64>>,
    /// The report as it was.
    pub report: Report,
    /// What was keyed in a second count of it that was not finished.
    pub keyed: Vec<(CellIx, Value)>,
}

impl Leftover {
    fn read(path: PathBuf) -> Result<Self, DraftError> {
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) => {
                let what = Problem::Read(error);
                return Err(DraftError { path, what });
            }
        };
        let (mut file, mut stamps, mut rest) = (None, None, text.as_str());
        if let Some((line, below)) = comment(rest, FILE_COMMENT) {
            // A path from some folder or other leads to whatever lies there.
            file = Some(path_from_line(line)).filter(|file| file.is_absolute());
            rest = below;
        }
        let known = comment(rest, STAMPS_COMMENT);
        rest = known.map_or(rest, |(_, below)| below);
        let count = comment(rest, KEYED_COMMENT);
        rest = count.map_or(rest, |(_, below)| below);
        if let Some((line, _)) = known {
            let words = line.split_whitespace();
            let known = words.filter_map(|word| u64::from_str_radix(word, 16).ok());
            // It may have been saved in the last moment.
            stamps = Some(known.chain([fingerprint(rest.as_bytes())]).collect());
        }
        match from_text(rest) {
            Ok(report) => Ok(Self {
                keyed: count.map_or_else(Vec::new, |(line, _)| keyed(line, report.form())),
                path,
                file,
                stamps,
                report,
            }),
            Err(what) => Err(DraftError { path, what }),
        }
    }

    /// Whether the draft's own file was saved after this was kept.
    pub fn is_older_than_file(&self) -> bool {
        let saved = self.file.as_deref().and_then(written_at);
        let kept = written_at(&self.path);
        saved.is_some() && saved > kept
    }

    /// Removes it, when it is kept elsewhere.
    ///
    /// # Errors
    /// As the file system has them.
    pub fn discard(&self) -> io::Result<()> {
        fs::remove_file(&self.path)
    }

    /// What the draft's own file is now; none if it had none.
    pub fn file_now(&self) -> Option<FileNow> {
        let file = self.file.as_deref()?;
        let stamps = self.stamps.as_deref().unwrap_or_default();
        let now = FileNow::of(file, stamps, &Identity::of(&self.report));
        Some(match now {
            // Nothing is known of what it was then.
            FileNow::Changed(now) if self.stamps.is_none() && !self.is_older_than_file() => {
                FileNow::Same(now)
            }
            now => now,
        })
    }
}

/// The rest of a comment that is the first line of a text, and what stands below it.
fn comment<'a>(text: &'a str, begins: &str) -> Option<(&'a str, &'a str)> {
    text.strip_prefix(begins)?.split_once('\n')
}

/// What ended programs left behind, with the complaints about what cannot be read (which stays where it is).
pub fn leftovers(home: &Home) -> (Vec<Leftover>, Vec<DraftError>) {
    let (mut found, mut unread) = (Vec::new(), Vec::new());
    let folder = home.recovery_place();
    let paths = match recovery_files(&folder) {
        Ok(paths) => paths,
        Err(error) => {
            let what = Problem::Leftovers(error);
            unread.push(DraftError { path: folder, what });
            return (found, unread);
        }
    };
    for path in paths {
        match release(&path.with_extension("lock")) {
            Ok(true) => {}
            Ok(false) => continue,
            Err(error) => {
                let what = Problem::Read(error);
                unread.push(DraftError { path, what });
                continue;
            }
        }
        match Leftover::read(path) {
            Ok(leftover) => found.push(leftover),
            Err(error) => unread.push(error),
        }
    }
    (found, unread)
}

/// The recovery files, in the order of their names; none where there is no such folder.
fn recovery_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if matches!(error.kind(), NotFound | NotADirectory) => return Ok(Vec::new()),
        entries => entries?,
    };
    let paths = entries.map(|entry| Ok(entry?.path()));
    let mut paths = paths.collect::<io::Result<Vec<_>>>()?;
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "ron"));
    paths.sort();
    Ok(paths)
}

/// Removes the lock of a program that is gone; false if the program lives.
fn release(lock_path: &Path) -> io::Result<bool> {
    let lock = match File::options().write(true).open(lock_path) {
        Err(error) if error.kind() == NotFound => return Ok(true),
        lock => lock?,
    };
    match lock.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Ok(false),
        Err(TryLockError::Error(error)) => return Err(error),
    }
    drop(lock);
    // If it stays, it is free all the same.
    let _ = fs::remove_file(lock_path);
    Ok(true)
}
