//! The names of a draft's file and of what lies beside it.

use crate::disk::derived_name;
use std::path::{Path, PathBuf};

/// The file name's ending.
pub const EXTENSION: &str = "ron";

/// Where the previous state of a draft is kept.
pub fn backup_path(path: &Path) -> PathBuf {
    path.with_file_name(derived_name(
        "",
        path.file_name().unwrap_or_default(),
        ".bak",
    ))
}
