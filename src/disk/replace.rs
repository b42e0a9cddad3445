//! Replacing a file so that there is a whole one at every moment.

use super::follow::followed;
use super::passing;
use super::stamp::is_same_file;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// What became of the state before, when a file was replaced.
#[derive(Debug)]
pub enum Before {
    /// There was none.
    Nothing,
    /// It lies here.
    Kept(PathBuf),
    /// It could not be kept.
    Lost(io::Error),
}

/// Replaces or makes a file in one step, without a backup.
///
/// # Errors
/// As the file system has them; a file that was there is then as it was.
pub fn replace_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    Replacement::prepare(path, bytes)?.put(None).map(drop)
}

/// Makes a file in one step, and replaces none: one that is there, or comes there meanwhile, stays.
///
/// # Errors
/// As the file system has them; that there is such a file is [`io::ErrorKind::AlreadyExists`].
pub fn new_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    Replacement::prepare(path, bytes)?.put_new()
}

/// What is to take a file's place, written whole beside it under a passing name. It vanishes if it is not put there.
///
/// What is found in the file after this was prepared is what will be replaced: if the folder changes its name in between,
/// the passing name goes with it, and nothing is put into another folder that has come to its place.
#[derive(Debug)]
pub struct Replacement {
    target: Target,
    file: NamedTempFile,
}

impl Replacement {
    /// Writes it beside the file, or beside the one that a link leads to.
    ///
    /// # Errors
    /// As the file system has them, or if the file is there and may not be written.
    pub fn prepare(path: &Path, bytes: &[u8]) -> io::Result<Self> {
        let target = Target::of(path)?;
        let file = passing::new_file(&target.folder)?;
        file.as_file().write_all(bytes)?;
        if let Some(present) = &target.present {
            take_after(file.as_file(), present);
        }
        file.as_file().sync_all()?;
        Ok(Self { target, file })
    }

    /// The file whose place it takes, links followed.
    pub fn path(&self) -> &Path {
        &self.target.path
    }

    /// Puts it into the file's place; the state before lies in `backup`, if one is wanted. Says what became of that.
    ///
    /// # Errors
    /// As the file system has them; a file that was there is then as it was.
    pub fn put(self, backup: Option<&Path>) -> io::Result<Before> {
        let Self { target, file } = self;
        let before = match (backup, &target.present) {
            (Some(backup), Some(_)) => match keep(&target.path, backup) {
                Ok(()) => Before::Kept(backup.to_owned()),
                Err(error) => Before::Lost(error),
            },
            _ => Before::Nothing,
        };
        // On Windows a lock would keep readers from the file under its own name.
        let _ = file.as_file().unlock();
        let file = file.persist(&target.path).map_err(|error| error.error)?;
        sync_folder(&target.folder);
        passing::clean(&target.folder, &file);
        Ok(before)
    }

    /// Puts it where no file is.
    ///
    /// # Errors
    /// As the file system has them, [`io::ErrorKind::AlreadyExists`] among them; a file that is there is then as it was.
    fn put_new(self) -> io::Result<()> {
        let Self { target, file } = self;
        if target.present.is_some() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        let _ = file.as_file().unlock();
        let file = match file.persist_noclobber(&target.path) {
            Ok(file) => file,
            // Not every file system can say that it replaces nothing.
            Err(refused) if is_unable(&refused.error) && !target.path.exists() => {
                let put = refused.file.persist(&target.path);
                put.map_err(|error| error.error)?
            }
            Err(refused) => return Err(refused.error),
        };
        sync_folder(&target.folder);
        passing::clean(&target.folder, &file);
        Ok(())
    }
}

/// Whether a file system has no such operation.
fn is_unable(error: &io::Error) -> bool {
    use io::ErrorKind::{InvalidInput, PermissionDenied, Unsupported};
    matches!(error.kind(), Unsupported | InvalidInput | PermissionDenied)
}

/// The file that is about to be written.
#[derive(Debug)]
struct Target {
    path: PathBuf,
    folder: PathBuf,
    /// What the system knows of the file that is there.
    present: Option<fs::Metadata>,
}

impl Target {
    fn of(path: &Path) -> io::Result<Self> {
        // A link is followed, so that the file it points to is replaced and not the link.
        let path = followed(path)?;
        // Whether it is there must be known: it would be replaced without leave and without a backup.
        let present = match fs::metadata(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            known => Some(known?),
        };
        if let Some(present) = &present {
            ask_leave(&path, present)?;
        }
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        Ok(Self {
            path,
            folder,
            present,
        })
    }
}

/// Whether a file that is there may be written: renaming would get around the protection that somebody put there on
/// purpose.
fn ask_leave(path: &Path, present: &fs::Metadata) -> io::Result<()> {
    if present.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    if !present.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    // The system's leave alone is not enough: it lets an administrator write everywhere.
    if present.permissions().readonly() {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    File::options().write(true).open(path).map(drop)
}

/// Gives a new file the owner and the mode of the one whose place it takes, as far as this user may.
#[cfg(unix)]
fn take_after(file: &File, present: &fs::Metadata) {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, fchown};
    let is_alike = |own: &fs::Metadata| own.uid() == present.uid() && own.gid() == present.gid();
    if !file.metadata().is_ok_and(|own| is_alike(&own)) {
        // Only an administrator gives files away; to a group of his own everybody may.
        let _ = fchown(file, Some(present.uid()), Some(present.gid()))
            .or_else(|_| fchown(file, None, Some(present.gid())));
    }
    let mut mode = present.mode() & 0o7777;
    if !file.metadata().is_ok_and(|own| own.gid() == present.gid()) {
        // What was meant for one group is not opened to another.
        mode &= 0o707;
    }
    let _ = file.set_permissions(fs::Permissions::from_mode(mode));
}

#[cfg(not(unix))]
fn take_after(_: &File, _: &fs::Metadata) {}

/// Keeps the present file under the backup's name while it also stays where it is. The backup before goes only when the
/// new one is whole.
fn keep(target: &Path, backup: &Path) -> io::Result<()> {
    match fs::symlink_metadata(backup) {
        Ok(present) if present.is_file() => ask_leave(backup, &present)?,
        Ok(present) if present.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
        // A link there goes, and not what it leads to.
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    if is_same_file(target, backup) && !backup.is_symlink() {
        // Kept by a saving that did not get further; of two names of one file none would take the other's place.
        return Ok(());
    }
    let second = passing::second_name(target, backup.parent().unwrap_or(Path::new("")))?;
    second.persist(backup).map_err(|error| error.error)?;
    Ok(())
}

/// Makes the renaming itself last through a power failure, where the system has a way to ask for it.
fn sync_folder(folder: &Path) {
    #[cfg(unix)]
    if let Ok(folder) = File::open(folder) {
        // The draft itself is on disk already; some network file systems cannot sync a folder.
        let _ = folder.sync_all();
    }
    #[cfg(not(unix))]
    let _ = folder;
}
