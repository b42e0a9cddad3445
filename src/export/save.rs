//! Putting exports on disk.

use super::clean::clean;
use super::format::Format;
use crate::disk;
use crate::report::Report;
use std::io;
use std::path::{Path, PathBuf};

/// The most bytes of a file name without its ending.
const LONGEST_STEM: usize = 236;

/// The report's title as a file name without ending.
pub fn file_stem(report: &Report) -> String {
    let whole = clean(&report.title());
    let organ = clean(report.organ());
    let rest = whole.replacen(&organ, "", 1);
    // File systems take 255 bytes, endings included. What tells one year's report from another's stays.
    let mut short = organ.as_str();
    while short.len() + rest.len() > LONGEST_STEM && !short.is_empty() {
        short = &short[..short.len() - short.chars().next_back().map_or(0, char::len_utf8)];
    }
    let title = whole.replacen(&organ, short, 1);
    safe(&title)
}

/// Words without what no file name may hold.
pub(super) fn safe(words: &str) -> String {
    let allowed = |c: char| {
        if r#"\/:*?"<>|"#.contains(c) || c == '\n' {
            '_'
        } else {
            c
        }
    };
    words.chars().map(allowed).collect()
}

/// The usual file name of an export.
pub fn file_name(report: &Report, format: Format) -> String {
    format!("{}.{}", file_stem(report), format.name())
}

/// Why an export could not be written; its `Display` is a sentence for the clerk.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The file system said no.
    #[error("没有导出成功：{}。年报本身没有受影响，请换一个位置再试\n文件：{}", disk::io_reason(.source), path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the file system said.
        source: io::Error,
    },
    /// Another program has the file open.
    #[error("没有导出成功：这个文件正在别的程序（Word、Excel、WPS）里打开，请先关闭它，或者换一个文件名\n文件：{}", .0.display())]
    Open(PathBuf),
    /// A file of this name has come there that nobody has been asked about.
    #[error("没有导出这一份：刚才这里还没有这个文件，现在有了，没有替换它；请再导出一次，到时会问您\n文件：{}", .0.display())]
    There(PathBuf),
}

/// Writes an export beside `path` under a passing name, then renames it.
///
/// # Errors
/// If the folder or the file cannot be written, or another program has the file open; a file that was there is then as
/// it was.
pub fn save(bytes: &[u8], path: &Path) -> Result<(), ExportError> {
    if is_open_elsewhere(path) {
        return Err(ExportError::Open(path.to_owned()));
    }
    disk::replace_file(path, bytes).map_err(|source| failed(path, source))
}

/// The same where no file shall be replaced, not even one that comes there at the last moment.
///
/// # Errors
/// If there is one, or the folder cannot be written.
pub fn save_new(bytes: &[u8], path: &Path) -> Result<(), ExportError> {
    disk::new_file(path, bytes).map_err(|source| failed(path, source))
}

fn failed(path: &Path, source: io::Error) -> ExportError {
    let path = path.to_owned();
    match source.kind() {
        io::ErrorKind::AlreadyExists => ExportError::There(path),
        _ => ExportError::Io { path, source },
    }
}

/// Whether an office program has left its mark beside a file: `~$报告.docx` (Word, Excel, WPS; Word leaves out the first
/// two characters of a long name) or `.~lock.报告.docx#` (LibreOffice). Elsewhere than on Windows a file that is open can
/// be replaced, and what is then saved in the other program would silently undo the export.
fn is_open_elsewhere(path: &Path) -> bool {
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
        return false;
    };
    let shortened: String = name.chars().skip(2).collect();
    let marks = [
        format!("~${name}"),
        format!("~${shortened}"),
        format!(".~lock.{name}#"),
    ];
    path.exists() && marks.iter().any(|mark| path.with_file_name(mark).exists())
}
