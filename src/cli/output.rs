//! Which files a command does not write over: its own source, drafts and their backups, and what is no file at all.

use crate::export::{self, ExportError};
use crate::{disk, draft};
use std::fs::{self, File};
use std::io::ErrorKind::{NotADirectory, NotFound};
use std::io::{self, Read as _};
use std::path::Path;

/// What is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A draft.
    Draft,
    /// Something made from one.
    Export,
}

/// Why a command must not write there, as words that follow `-o 写的`; nothing if it may.
pub fn refusal(source: &Path, to: &Path, kind: Kind) -> Option<&'static str> {
    if disk::is_same_file(source, to) {
        return Some("是要读的那个文件自己");
    }
    match fs::metadata(to) {
        Ok(there) if !there.is_file() => return Some("不是普通的文件（是文件夹、设备或管道）"),
        Err(error) if !matches!(error.kind(), NotFound | NotADirectory) => {
            return Some("不知道是不是已经有了（系统不让看）");
        }
        _ => {}
    }
    if is_backup(to) {
        return Some("是草稿备份的文件名（.ron.bak），会盖掉一份备份");
    }
    if kind == Kind::Draft {
        return None;
    }
    match holds_draft(to) {
        Ok(false) if !has_ending(to, draft::EXTENSION) => None,
        Ok(_) => Some("是草稿的文件名（.ron），会盖掉一份草稿"),
        Err(_) => Some("已经有了，又看不了里面是不是草稿"),
    }
}

/// Why a command that fills a folder must not write this file there: as [`refusal`] has it, and what is there is replaced
/// only where `--replace` was written.
pub fn refusal_in_folder(sources: &[&Path], to: &Path, replace: bool) -> Option<String> {
    if !replace && to.exists() {
        return Some("已经有这个文件；要替换它就加 --replace，或者换一个文件夹".to_owned());
    }
    let mut refusals = sources
        .iter()
        .filter_map(|source| refusal(source, to, Kind::Export));
    refusals.next().map(|why| format!("它{why}"))
}

/// Writes a file of such a folder. Without `replace` not even one that comes there at the last moment is replaced.
///
/// # Errors
/// As [`export::save`] and [`export::save_new`] have them.
pub fn save_in_folder(bytes: &[u8], to: &Path, replace: bool) -> Result<(), ExportError> {
    match replace {
        true => export::save(bytes, to),
        false => export::save_new(bytes, to),
    }
}

fn has_ending(path: &Path, wanted: &str) -> bool {
    path.extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case(wanted))
}

fn is_backup(path: &Path) -> bool {
    has_ending(path, "bak") && has_ending(&path.with_extension(""), draft::EXTENSION)
}

/// Whether a file is a draft under another name; one that is not there is none.
fn holds_draft(path: &Path) -> io::Result<bool> {
    const BEGINNING: usize = 4096;
    let file = match File::open(path) {
        Err(error) if error.kind() == NotFound => return Ok(false),
        file => file?,
    };
    let mut bytes = Vec::new();
    file.take(BEGINNING as u64).read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes);
    Ok(text.trim_start().starts_with('(') && text.contains("nianbao:"))
}
