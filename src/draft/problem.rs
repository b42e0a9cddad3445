//! Why a draft could not be opened or saved, as sentences for the clerk.

use super::names::backup_path;
use super::version::VERSION;
use crate::disk::io_reason;
use std::io;
use std::path::{Path, PathBuf};

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
    /// The file system said no to looking for what was left unsaved.
    #[error("没能查看上次有没有没保存的内容：{}。若有，都还在，下次打开程序时再看", io_reason(.0))]
    Leftovers(io::Error),
    /// A pipe or a device.
    #[error("这不是一个文件，是管道或设备，没有打开。请选草稿文件")]
    NotAFile,
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
    Damaged {
        /// The line, from 1.
        line: usize,
        /// What is wrong there.
        reason: String,
    },
    /// Text, but no draft.
    #[error("这个文件不是年报草稿（第 1 行起应有“nianbao: 版本号”）。文件没有动")]
    Foreign,
    /// From a later version of the program.
    #[error(
        "这份草稿由更新版本的程序保存（文件版本 {0}，本程序只认到 {VERSION}）。请升级程序后再打开；文件没有动"
    )]
    Newer(u32),
    /// The file of a superior office that collects many reports.
    #[error("这是上级汇总许多单位年报用的文件，不是一份年报草稿，这里不能打开。文件没有动")]
    Collection,
    /// Of a form that this program does not carry.
    #[error(
        "第 {line} 行：没有“{id}”这种年报格式，本程序有 {known}。请升级程序后再打开；文件没有动"
    )]
    UnknownForm {
        /// The line that names it, from 1.
        line: usize,
        /// The form's id.
        id: String,
        /// The forms that there are.
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
