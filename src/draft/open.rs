//! A draft's file as a report.

use super::problem::{DraftError, Problem};
use super::read::{from_text, read};
use super::write::to_text;
use crate::disk::{self, NotRead, fingerprint, sha256};
use crate::report::Report;
use std::path::Path;

/// No draft comes near this size; a larger file is something else, and is not read into memory.
const MAX_BYTES: u64 = 16 << 20;

/// Opens a draft.
///
/// # Errors
/// Says in Chinese what is wrong and on which line; the file is left as it is.
pub fn open(path: &Path) -> Result<Report, DraftError> {
    open_told(path).map(|opened| opened.report)
}

/// A draft as it was opened.
#[derive(Debug)]
pub struct Opened {
    /// What it holds.
    pub report: Report,
    /// The stamp of what was read: [`stamp`] tells later whether somebody else has changed the file.
    pub stamp: u64,
    /// What the clerk is to be told of it, a sentence each: somebody has edited the file by hand.
    pub told: Vec<String>,
}

/// Opens a draft, with all that is known of its file.
///
/// # Errors
/// As [`open()`].
pub fn open_told(path: &Path) -> Result<Opened, DraftError> {
    let opened = |bytes: Vec<u8>| {
        let (report, told) = text_of(&bytes).and_then(|text| read(&text))?;
        let stamp = fingerprint(&bytes);
        Ok(Opened {
            report,
            stamp,
            told,
        })
    };
    read_file(path).and_then(opened).map_err(|what| DraftError {
        path: path.to_owned(),
        what,
    })
}

/// What a file says, if it can be read at all, with the stamp of what was read.
pub(super) fn look(path: &Path) -> Result<(Result<Report, Problem>, u64), Problem> {
    let bytes = read_file(path)?;
    let report = text_of(&bytes).and_then(|text| from_text(&text));
    Ok((report, fingerprint(&bytes)))
}

/// The stamp of a file as it lies on disk now; none if it cannot be read.
pub fn stamp(path: &Path) -> Option<u64> {
    read_file(path).ok().map(|bytes| fingerprint(&bytes))
}

/// The stamp that a file gets in which a report is saved.
pub fn stamp_of(report: &Report) -> u64 {
    fingerprint(to_text(report).as_bytes())
}

/// The SHA-256 of a report's draft as this program writes it.
pub fn digest(report: &Report) -> String {
    sha256(to_text(report).as_bytes())
}

fn read_file(path: &Path) -> Result<Vec<u8>, Problem> {
    disk::read_whole(path, MAX_BYTES).map_err(|why| match why {
        NotRead::Io(why) => Problem::Read(why),
        NotRead::NotAFile => Problem::NotAFile,
        NotRead::TooBig(megabytes) => Problem::TooBig(megabytes),
    })
}

fn text_of(bytes: &[u8]) -> Result<String, Problem> {
    let text = std::str::from_utf8(bytes).map_err(|_| Problem::NotText)?;
    Ok(text.strip_prefix('\u{FEFF}').unwrap_or(text).to_owned())
}
