//! Putting a draft on disk so that there is a whole file at every moment.

use super::names::backup_path;
use super::problem::{DraftError, Problem};
use super::write::to_text;
use crate::disk::{Before, Replacement, fingerprint};
use crate::report::Report;
use std::io;
use std::path::{Path, PathBuf};

/// What saving did besides saving.
#[derive(Debug)]
pub struct Saved {
    /// What became of the previous state of the file.
    pub before: Before,
    /// The stamp of what was written; see [`super::stamp`].
    pub stamp: u64,
}

/// A draft that lies whole beside its file and is still to take that one's place; see [`Replacement`].
#[derive(Debug)]
pub struct Prepared {
    path: PathBuf,
    stamp: u64,
    replacement: Replacement,
}

/// Saves a report: writes a new file beside the old one, syncs it, keeps the old one as a backup, renames.
///
/// # Errors
/// Says in Chinese what happened; the old file is then as it was.
pub fn save(report: &Report, path: &Path) -> Result<Saved, DraftError> {
    prepare(report, path)?.put()
}

/// The first half of [`save`]: the old file is still there, and what is found in it now is what will be replaced.
///
/// # Errors
/// As [`save`].
pub fn prepare(report: &Report, path: &Path) -> Result<Prepared, DraftError> {
    let text = to_text(report);
    let replacement = Replacement::prepare(path, text.as_bytes());
    Ok(Prepared {
        path: path.to_owned(),
        stamp: fingerprint(text.as_bytes()),
        replacement: replacement.map_err(|error| refused(path, error))?,
    })
}

impl Prepared {
    /// The second half of [`save`].
    ///
    /// # Errors
    /// As [`save`].
    pub fn put(self) -> Result<Saved, DraftError> {
        let backup = backup_path(self.replacement.path());
        match self.replacement.put(Some(&backup)) {
            Ok(before) => Ok(Saved {
                before,
                stamp: self.stamp,
            }),
            Err(error) => Err(refused(&self.path, error)),
        }
    }
}

fn refused(path: &Path, error: io::Error) -> DraftError {
    DraftError {
        path: path.to_owned(),
        what: Problem::Write(error),
    }
}
