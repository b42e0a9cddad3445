//! Which drafts are meant where folders are named.

use crate::{disk, draft};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// The files to open, in the order of what was named: a file is taken as it is, whatever it is called; a folder stands
/// for the drafts in it and in its subfolders, in the order of their paths. What cannot be looked into is a sentence in
/// its place, which begins with what was `not_done`: `没有审核`.
pub fn named(paths: &[PathBuf], not_done: &str) -> Vec<Result<PathBuf, String>> {
    let mut found = Vec::new();
    for path in paths {
        if !path.is_dir() {
            found.push(Ok(path.clone()));
            continue;
        }
        let before = found.len();
        drafts_below(path, not_done, &mut HashSet::new(), &mut found);
        if found.len() == before {
            let folder = path.display();
            found.push(Err(format!(
                "{not_done}：这个文件夹里没有草稿（.{}）\n文件夹：{folder}",
                draft::EXTENSION
            )));
        }
    }
    found
}

/// Adds the drafts below a folder; `seen` holds the folders looked into, since a link may lead back to one of them.
fn drafts_below(
    folder: &Path,
    not_done: &str,
    seen: &mut HashSet<PathBuf>,
    found: &mut Vec<Result<PathBuf, String>>,
) {
    let entries = match entries(folder, seen) {
        Ok(entries) => entries,
        Err(error) => {
            let (why, folder) = (disk::io_reason(&error), folder.display());
            found.push(Err(format!(
                "{not_done}：打不开这个文件夹：{why}\n文件夹：{folder}"
            )));
            return;
        }
    };
    for path in entries {
        if path.is_dir() {
            drafts_below(&path, not_done, seen, found);
        } else if is_draft(&path) {
            found.push(Ok(path));
        }
    }
}

/// What a folder holds, in order; nothing if it was looked into before.
fn entries(folder: &Path, seen: &mut HashSet<PathBuf>) -> io::Result<Vec<PathBuf>> {
    if !seen.insert(fs::canonicalize(folder)?) {
        return Ok(Vec::new());
    }
    let entries = fs::read_dir(folder)?.map(|entry| Ok(entry?.path()));
    let mut entries = entries.collect::<io::Result<Vec<_>>>()?;
    entries.sort();
    Ok(entries)
}

fn is_draft(path: &Path) -> bool {
    path.extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case(draft::EXTENSION))
}
