//! Putting a draft on disk so that there is a whole file at every moment.

use super::names::backup_path;
use super::problem::{DraftError, Problem};
use super::write::to_text;
use crate::disk::{fingerprint, replace_keeping};
use crate::report::Report;
use std::path::{Path, PathBuf};

/// What saving did besides saving.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// Where the previous state of the file lies now, if there was one.
    pub backup: Option<PathBuf>,
    /// The stamp of what was written; see [`super::stamp`].
    pub stamp: u64,
}

/// Saves a report: writes a new file beside the old one, syncs it, keeps the old one as a backup, renames.
///
/// # Errors
/// Says in Chinese what happened; the old file is then as it was.
pub fn save(report: &Report, path: &Path) -> Result<Saved, DraftError> {
    let text = to_text(report);
    match replace_keeping(path, text.as_bytes(), backup_path) {
        Ok(backup) => Ok(Saved {
            backup,
            stamp: fingerprint(text.as_bytes()),
        }),
        Err(error) => Err(DraftError {
            path: path.to_owned(),
            what: Problem::Write(error),
        }),
    }
}
