//! The names of a draft's file and of what lies beside it.

use std::path::{Path, PathBuf};

/// The file name's ending.
pub const EXTENSION: &str = "ron";

/// Where the previous state of a draft is kept.
pub fn backup_path(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".bak");
    path.with_file_name(name)
}
