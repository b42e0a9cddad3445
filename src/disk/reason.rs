//! Why the file system said no, for a clerk.

use super::follow::DeadLink;
use std::io;

/// What a clerk is told about a file system's refusal.
pub fn io_reason(error: &io::Error) -> String {
    let inner = error.get_ref();
    if let Some(dead) = inner.and_then(|inner| inner.downcast_ref::<DeadLink>()) {
        return dead.to_string();
    }
    match error.kind() {
        io::ErrorKind::NotFound => {
            "文件或文件夹不存在，可能已被移动、改名，或者 U 盘已拔出".to_owned()
        }
        io::ErrorKind::PermissionDenied => {
            "没有权限，文件或文件夹可能是只读的，或者正被别的程序使用".to_owned()
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "磁盘已满".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "所在的磁盘是只读的".to_owned(),
        io::ErrorKind::IsADirectory => "这是一个文件夹，不是文件".to_owned(),
        io::ErrorKind::InvalidInput => "这不是普通的文件".to_owned(),
        io::ErrorKind::NotADirectory => "路径中有一段不是文件夹".to_owned(),
        io::ErrorKind::InvalidFilename => "文件名太长或含有不允许的字符".to_owned(),
        _ => format!("系统报告“{error}”"),
    }
}
