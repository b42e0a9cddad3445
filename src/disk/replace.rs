//! Replacing a file so that there is a whole one at every moment.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// Replaces or makes a file in one step, without a backup.
///
/// # Errors
/// As the file system has them; a file that was there is then as it was.
pub fn replace_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    Target::of(path)?.replace(bytes, None)
}

/// Replaces or makes a file in one step; the state before lies where `backup` says, which is given the file that a link
/// leads to. Says where that is, if there was one.
///
/// # Errors
/// As the file system has them; a file that was there is then as it was.
pub fn replace_keeping(
    path: &Path,
    bytes: &[u8],
    backup: impl Fn(&Path) -> PathBuf,
) -> io::Result<Option<PathBuf>> {
    let target = Target::of(path)?;
    let backup = target.exists.then(|| backup(&target.path));
    target.replace(bytes, backup.as_deref())?;
    Ok(backup)
}

/// The file that is about to be written.
struct Target {
    path: PathBuf,
    folder: PathBuf,
    exists: bool,
}

impl Target {
    fn of(path: &Path) -> io::Result<Self> {
        // A link is followed, so that the file it points to is replaced and not the link.
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let exists = match fs::metadata(&path) {
            Ok(metadata) if metadata.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
            // Renaming would get around the write protection that somebody put there on purpose.
            Ok(metadata) if metadata.permissions().readonly() => {
                return Err(io::ErrorKind::PermissionDenied.into());
            }
            Ok(_) => true,
            Err(_) => false,
        };
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
            _ => PathBuf::from("."),
        };
        Ok(Self {
            path,
            folder,
            exists,
        })
    }

    fn replace(&self, bytes: &[u8], backup: Option<&Path>) -> io::Result<()> {
        let mut file = new_file(&self.folder)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        if let Some(backup) = backup {
            keep(&self.path, backup)?;
        }
        file.persist(&self.path).map_err(|error| error.error)?;
        sync_folder(&self.folder);
        Ok(())
    }
}

/// A file under a passing name; it vanishes if it is not renamed.
fn new_file(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".nianbao-").suffix(".tmp");
    // Temporary files are private by default; a draft is as open as any document of the clerk's.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

/// Keeps the present file under the backup's name while it also stays where it is.
fn keep(target: &Path, backup: &Path) -> io::Result<()> {
    match fs::remove_file(backup) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    // File systems of USB sticks know no second name for a file; there it is copied.
    fs::hard_link(target, backup).or_else(|_| fs::copy(target, backup).map(drop))
}

/// Makes the renaming itself last through a power failure, where the system has a way to ask for it.
fn sync_folder(folder: &Path) {
    #[cfg(unix)]
    if let Ok(folder) = fs::File::open(folder) {
        // The draft itself is on disk already; some network file systems cannot sync a folder.
        let _ = folder.sync_all();
    }
    #[cfg(not(unix))]
    let _ = folder;
}
