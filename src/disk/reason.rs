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
        io::ErrorKind::AlreadyExists => "已经有同名的文件或文件夹".to_owned(),
        _ => match error.raw_os_error().and_then(by_number) {
            Some(why) => why.to_owned(),
            None => format!("系统报告“{error}”"),
        },
    }
}

/// The same error once more, as far as the system tells it.
pub fn copy_of(error: &io::Error) -> io::Error {
    let number = error.raw_os_error();
    number.map_or_else(|| error.kind().into(), io::Error::from_raw_os_error)
}

/// Refusals that the standard library has no name for, by the system's number.
fn by_number(number: i32) -> Option<&'static str> {
    const BROKEN: &str = "读写时出错，磁盘、U 盘或网络可能有故障";
    const TOO_MANY: &str = "同时打开的文件太多，请先关掉一些程序";
    const IN_USE: &str = "文件正被别的程序使用";
    let known: &[(i32, &str)] = if cfg!(windows) {
        // ERROR_TOO_MANY_OPEN_FILES, ERROR_NOT_READY, ERROR_CRC, ERROR_GEN_FAILURE, ERROR_SHARING_VIOLATION,
        // ERROR_LOCK_VIOLATION, ERROR_IO_DEVICE.
        &[
            (4, TOO_MANY),
            (21, BROKEN),
            (23, BROKEN),
            (31, BROKEN),
            (32, IN_USE),
            (33, IN_USE),
            (1117, BROKEN),
        ]
    } else {
        // EIO, ENFILE, EMFILE.
        &[(5, BROKEN), (23, TOO_MANY), (24, TOO_MANY)]
    };
    let found = known.iter().find(|(code, _)| *code == number);
    found.map(|(_, why)| *why)
}
