//! Where files lie usually.

use std::path::{Path, PathBuf};

/// The user's folder of documents; else the user's own.
pub fn documents() -> Option<PathBuf> {
    let user = directories::UserDirs::new()?;
    user.document_dir()
        .filter(|folder| folder.is_dir())
        .or(Some(user.home_dir()))
        .map(Path::to_owned)
}
