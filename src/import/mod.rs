//! Whatever last year left behind, read into a report, with a list of what could not be placed.

mod json;
pub mod read;
mod recognise;
pub mod source;
mod table;

pub use json::from_json;
pub use recognise::{Recognised, recognise};
pub use table::{Rows, read_html, read_tsv};

use crate::report::Report;
use std::path::{Path, PathBuf};

/// A report and what did not find its place in it.
#[derive(Debug)]
pub struct Imported {
    /// What was read.
    pub report: Report,
    /// What was not, by id.
    pub not_placed: Vec<NotPlaced>,
    /// Parts of the source that a report has no place for and that are no figures, such as its origin.
    pub ignored: Vec<String>,
}

/// A cell of the source that the report does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotPlaced {
    /// The cell's id as the source gives it.
    pub id: String,
    /// What stood in it.
    pub content: String,
    /// Why it has no place, as a sentence.
    pub reason: String,
}

/// Why nothing could be read at all; its `Display` is a sentence for the clerk.
#[derive(Debug, thiserror::Error)]
#[error("{what}\n文件：{}", path.display())]
pub struct ImportError {
    /// The file.
    pub path: PathBuf,
    /// What happened and what to do now.
    pub what: String,
}

/// No report comes near this size.
const MAX_BYTES: u64 = 64 << 20;

/// Reads a file of any kind that the program understands.
///
/// # Errors
/// Says in Chinese why nothing of it could be read.
pub fn from_file(path: &Path) -> Result<Imported, ImportError> {
    let bytes = read_file(path)?;
    let fail = |what: String| ImportError {
        path: path.to_owned(),
        what,
    };
    let text = String::from_utf8(bytes).map_err(|_| {
        fail("这个文件不是 UTF-8 文本；目前能导入本程序导出的 JSON 文件".to_owned())
    })?;
    from_json(text.trim_start_matches('\u{FEFF}')).map_err(fail)
}

/// Reads what stands in a document of any kind, without looking for a form in it.
///
/// # Errors
/// Says in Chinese why nothing of it could be read.
pub fn source_of(path: &Path) -> Result<source::Source, ImportError> {
    read::read(&read_file(path)?).map_err(|what| ImportError {
        path: path.to_owned(),
        what,
    })
}

fn read_file(path: &Path) -> Result<Vec<u8>, ImportError> {
    let fail = |what: String| ImportError {
        path: path.to_owned(),
        what,
    };
    let size = std::fs::metadata(path)
        .map_err(|error| fail(unreadable(&error)))?
        .len();
    if size > MAX_BYTES {
        return Err(fail(format!(
            "这个文件有 {} 兆字节，不是一份年报，没有导入",
            size >> 20
        )));
    }
    std::fs::read(path).map_err(|error| fail(unreadable(&error)))
}

fn unreadable(error: &std::io::Error) -> String {
    format!("打不开这个文件：{}", crate::draft::io_reason(error))
}
