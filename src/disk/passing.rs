//! Files under passing names: what is written whole before it takes another file's place, and what a program that was
//! killed in between left of it.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::time::Duration;
use tempfile::NamedTempFile;

const BEFORE: &str = ".nianbao-";
const BEHIND: &str = ".tmp";
/// How many letters and digits stand between.
const LETTERS: usize = 6;
/// What is older than this nobody writes any more.
const OLD: Duration = Duration::from_secs(24 * 60 * 60);

/// Makes passing names.
fn builder() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(BEFORE).suffix(BEHIND).rand_bytes(LETTERS);
    builder
}

/// A second, passing name for a file, which vanishes if it is not renamed. File systems of USB sticks know no second name
/// for a file; there it is copied.
pub(super) fn second_name(file: &Path, folder: &Path) -> io::Result<NamedTempFile<()>> {
    builder().make_in(folder, |name| match fs::hard_link(file, name) {
        // Another name is tried.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
        Err(_) => {
            let copied = fs::copy(file, name).map(drop);
            if copied.is_err() {
                let _ = fs::remove_file(name);
            }
            copied
        }
        Ok(()) => Ok(()),
    })
}

/// A file under a passing name, locked; it vanishes if it is not renamed. It is as open as any document of the clerk's,
/// which temporary files by default are not, and what the system says against it is kept as the system's own error.
pub(super) fn new_file(folder: &Path) -> io::Result<NamedTempFile> {
    let mut options = File::options();
    options.read(true).write(true).create_new(true);
    let file = builder().make_in(folder, |name| options.open(name))?;
    // Where there are no locks, what is new is left alone all the same.
    let _ = file.as_file().try_lock();
    Ok(file)
}

/// Removes what killed programs left under passing names; what cannot be removed stays. `own` is one that this program
/// has just written: only what belongs to the same user is looked at.
pub(super) fn clean(folder: &Path, own: &File) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let is_ours = entry.file_name().to_str().is_some_and(is_passing);
        if is_ours && is_left(&entry.path(), own) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn is_passing(name: &str) -> bool {
    let letters = name
        .strip_prefix(BEFORE)
        .and_then(|rest| rest.strip_suffix(BEHIND));
    letters.is_some_and(|letters| {
        letters.len() == LETTERS && letters.bytes().all(|letter| letter.is_ascii_alphanumeric())
    })
}

fn is_left(path: &Path, own: &File) -> bool {
    let Ok(found) = fs::symlink_metadata(path) else {
        return false;
    };
    // What has just been written says what time it is, on whichever machine the folder lies.
    let now = own.metadata().and_then(|own| own.modified());
    let (now, written) = (now.ok(), found.modified().ok());
    let age = now.zip(written);
    let age = age.and_then(|(now, written)| now.duration_since(written).ok());
    found.is_file()
        && age.is_some_and(|age| age > OLD)
        && own.metadata().is_ok_and(|own| have_one_owner(&found, &own))
        && File::options()
            .write(true)
            .open(path)
            .is_ok_and(|file| file.try_lock().is_ok())
}

#[cfg(unix)]
fn have_one_owner(a: &fs::Metadata, b: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    a.uid() == b.uid()
}

#[cfg(not(unix))]
fn have_one_owner(_: &fs::Metadata, _: &fs::Metadata) -> bool {
    true
}
