//! A report on disk (草稿): a readable RON file, versioned, never half-written.
//!
//! [`open`] refuses what it does not understand, with line and reason, and leaves the file untouched; nothing in a file
//! is ever dropped unseen. [`save`] writes beside the old file, syncs and renames; the previous state stays as a backup.

mod lock;
mod read;
mod recovery;
mod store;
mod write;

pub use lock::{Held, Hold};
pub use read::from_text;
pub use recovery::{Leftover, Recorder, leftovers};
pub use store::{Saved, backup_path, save};
pub use write::to_text;

use crate::disk::{fingerprint, io_reason, sha256};
use crate::report::Report;
use std::io;
use std::path::{Path, PathBuf};

/// The version of the file format that this program writes; it reads all before it.
pub const VERSION: u32 = 1;
/// The file name's ending.
pub const EXTENSION: &str = "ron";

/// Why a draft could not be opened or saved; its `Display` is a sentence for the clerk.
#[derive(Debug, thiserror::Error)]
#[error("{what}\n文件：{}{}", path.display(), earlier_state(path, what))]
pub struct DraftError {
    /// The file.
    pub path: PathBuf,
    /// What happened and what to do now.
    pub what: Problem,
}

/// What is wrong with a draft or with saving it.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// The file system said no while reading.
    #[error("打不开这个文件：{}", io_reason(.0))]
    Read(io::Error),
    /// The file system said no while writing.
    #[error("没有保存成功：{}。原来的文件没有动，程序里的内容也都在，请另存到别处", io_reason(.0))]
    Write(io::Error),
    /// Larger than any draft.
    #[error("这个文件有 {0} 兆字节，不是年报草稿，没有打开")]
    TooBig(u64),
    /// Not text.
    #[error("这个文件不是文本，不是年报草稿。Word、Excel、PDF 等文件请用“导入”")]
    NotText,
    /// No draft, or one that somebody damaged.
    #[error("第 {line} 行读不懂：{reason}。文件没有动")]
    Damaged { line: usize, reason: String },
    /// Text, but no draft.
    #[error("这个文件不是年报草稿（第 1 行起应有“nianbao: 版本号”）。文件没有动")]
    Foreign,
    /// From a later version of the program.
    #[error(
        "这份草稿由更新版本的程序保存（文件版本 {0}，本程序只认到 {VERSION}）。请升级程序后再打开；文件没有动"
    )]
    Newer(u32),
    /// Of a form that this program does not carry.
    #[error(
        "第 {line} 行：没有“{id}”这种年报格式，本程序有 {known}。请升级程序后再打开；文件没有动"
    )]
    UnknownForm {
        line: usize,
        id: String,
        known: String,
    },
}

/// Where to look for an earlier state of a damaged draft, if there is one.
fn earlier_state(path: &Path, what: &Problem) -> String {
    let backup = backup_path(path);
    match what {
        Problem::Damaged { .. } if backup.exists() => {
            format!("\n上一次保存的内容在：{}", backup.display())
        }
        _ => String::new(),
    }
}

/// No draft comes near this size; a larger file is something else, and is not read into memory.
const MAX_BYTES: u64 = 16 << 20;

/// Opens a draft.
///
/// # Errors
/// Says in Chinese what is wrong and on which line; the file is left as it is.
pub fn open(path: &Path) -> Result<Report, DraftError> {
    open_stamped(path).map(|(report, _)| report)
}

/// Opens a draft, with the stamp of what was read: [`stamp`] tells later whether somebody else has changed the file.
///
/// # Errors
/// As [`open`].
pub fn open_stamped(path: &Path) -> Result<(Report, u64), DraftError> {
    let read = read_file(path).and_then(|bytes| Ok((text_of(&bytes)?, fingerprint(&bytes))));
    read.and_then(|(text, stamp)| Ok((from_text(&text)?, stamp)))
        .map_err(|what| DraftError {
            path: path.to_owned(),
            what,
        })
}

/// The stamp of a file as it lies on disk now; none if it cannot be read.
pub fn stamp(path: &Path) -> Option<u64> {
    read_file(path).ok().map(|bytes| fingerprint(&bytes))
}

/// The SHA-256 of a report's draft as this program writes it.
pub fn digest(report: &Report) -> String {
    sha256(to_text(report).as_bytes())
}

fn read_file(path: &Path) -> Result<Vec<u8>, Problem> {
    use io::Read as _;
    let file = std::fs::File::open(path).map_err(Problem::Read)?;
    let metadata = file.metadata().map_err(Problem::Read)?;
    if metadata.is_dir() {
        return Err(Problem::Read(io::ErrorKind::IsADirectory.into()));
    }
    if metadata.len() > MAX_BYTES {
        return Err(Problem::TooBig(metadata.len() >> 20));
    }
    let mut bytes = Vec::new();
    file.take(MAX_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(Problem::Read)?;
    Ok(bytes)
}

fn text_of(bytes: &[u8]) -> Result<String, Problem> {
    let text = std::str::from_utf8(bytes).map_err(|_| Problem::NotText)?;
    Ok(text.strip_prefix('\u{FEFF}').unwrap_or(text).to_owned())
}
