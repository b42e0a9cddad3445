//! Names of new files beside others.

use std::path::PathBuf;

/// The path itself, or with the first number that makes it one of no file.
pub fn unused(path: PathBuf) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    let numbered = |n: u32| path.with_file_name(format!("{stem}（{n}）.{ending}"));
    std::iter::once(path.clone())
        .chain((2..).map(numbered))
        .find(|path| !path.exists())
        .unwrap_or(path)
}
