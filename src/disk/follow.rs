//! The file that a path really leads to.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A link that leads nowhere; its `Display` is a sentence for the clerk.
#[derive(Debug, thiserror::Error)]
#[error("这是一个链接，它指向的位置不存在：{}", .0.display())]
pub(super) struct DeadLink(PathBuf);

/// The full path of the file that a path leads to, over links, also where that file is yet to be made.
///
/// # Errors
/// If a link leads into a folder that is not there, or links lead in a circle.
pub fn followed(path: &Path) -> io::Result<PathBuf> {
    if let Ok(full) = fs::canonicalize(path) {
        return Ok(full);
    }
    /// Links that lead to links end here, as they do in the system.
    const MOST: usize = 40;
    let mut now = std::path::absolute(path)?;
    for links in 0..MOST {
        let folder = now.parent().unwrap_or(Path::new("")).to_owned();
        if let Ok(next) = fs::read_link(&now) {
            now = folder.join(next);
            continue;
        }
        return match (fs::canonicalize(&folder), now.file_name()) {
            (Ok(folder), Some(name)) => Ok(folder.join(name)),
            // No link was met: whoever uses the path is told by the system.
            _ if links == 0 => Ok(now),
            _ => break,
        };
    }
    Err(io::Error::new(io::ErrorKind::NotFound, DeadLink(now)))
}
