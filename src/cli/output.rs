//! Which files a command does not write over: its own source, drafts and their backups, and what is no file at all.

use crate::{disk, draft};
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
    if to.exists() && !to.is_file() {
        return Some("不是普通的文件（是文件夹、设备或管道）");
    }
    if is_backup(to) {
        return Some("是草稿备份的文件名（.ron.bak），会盖掉一份备份");
    }
    let is_draft = || has_ending(to, draft::EXTENSION) || holds_draft(to);
    (kind == Kind::Export && is_draft()).then_some("是草稿的文件名（.ron），会盖掉一份草稿")
}

fn has_ending(path: &Path, wanted: &str) -> bool {
    path.extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case(wanted))
}

fn is_backup(path: &Path) -> bool {
    has_ending(path, "bak") && has_ending(&path.with_extension(""), draft::EXTENSION)
}

/// Whether a file is a draft under another name.
fn holds_draft(path: &Path) -> bool {
    const BEGINNING: usize = 4096;
    use std::io::Read as _;
    let Ok(file) = std::fs::File::open(path) else {
        return false;
    };
    let mut bytes = Vec::new();
    let read = file.take(BEGINNING as u64).read_to_end(&mut bytes);
    let text = String::from_utf8_lossy(&bytes);
    read.is_ok() && text.trim_start().starts_with('(') && text.contains("nianbao:")
}
