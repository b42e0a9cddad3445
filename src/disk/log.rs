//! A small log in the program's own folder: what failed and when, never what stands in a report.

use super::Home;
use std::fmt::Debug;
use std::fs::{self, File};
use std::io::{self, Write as _};

/// The log is begun anew when it has grown beyond this; the one before stays beside it.
const LARGEST: u64 = 512 * 1024;

/// What kind of refusal something is, in the names of this program's source: what a file or a report says stays out.
pub fn kind(what: &impl Debug) -> String {
    let words = format!("{what:?}");
    // Texts stand in quotes, and lists may be long.
    let end = words.find(['"', '[']).unwrap_or(words.len());
    words[..end].to_owned()
}

/// Adds a line: when, and what kind of thing happened.
///
/// # Errors
/// As the file system has them; the program goes on without.
pub fn append(home: &Home, when: &str, what: &str) -> io::Result<()> {
    let path = home.log();
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    if fs::metadata(&path).is_ok_and(|file| file.len() > LARGEST) {
        fs::rename(&path, path.with_extension("old.txt"))?;
    }
    let mut file = File::options().create(true).append(true).open(&path)?;
    writeln!(file, "{when} {}", what.replace('\n', " | "))
}
