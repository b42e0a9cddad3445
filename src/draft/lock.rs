//! One draft, one program: the second one is told who has it open.

use crate::disk::{derived_name, followed};
use std::fs::{self, File, TryLockError};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A draft held open by this program; free again when dropped, also by a crash.
#[derive(Debug)]
pub struct Held(OwnLock);

/// The lock that this program has, as it is known again under another name.
#[derive(Clone, Debug)]
pub struct OwnLock {
    file: Arc<File>,
    path: PathBuf,
}

/// What became of asking for a draft.
#[derive(Debug)]
pub enum Hold {
    /// It is ours.
    Ours(Held),
    /// It is the one that this program has already; where it lies now, if the folder has got another name since.
    Already(PathBuf),
    /// Another program has it; who, as far as that can be known.
    Theirs(String),
    /// Locks cannot be had there (a read-only folder, some network drives); nobody can be told apart.
    Unknown,
}

/// The lock that lies beside a draft, or beside the file that a link to it leads to.
fn lock_path(draft: &Path) -> PathBuf {
    let draft = followed(draft).unwrap_or_else(|_| draft.to_owned());
    draft.with_file_name(derived_name(
        ".~",
        draft.file_name().unwrap_or_default(),
        ".lock",
    ))
}

impl Held {
    /// Asks for a draft, whose lock may be the one that this program has already.
    pub fn ask(draft: &Path, own: Option<&OwnLock>) -> Hold {
        let path = lock_path(draft);
        if own.is_some_and(|own| own.path == path) {
            return Hold::Already(path);
        }
        let opened = File::options()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path);
        let Ok(mut file) = opened else {
            return Hold::Unknown;
        };
        match file.try_lock() {
            Ok(()) => {
                // Who holds it is a courtesy; the lock holds without.
                let _ = file
                    .set_len(0)
                    .and_then(|()| file.write_all(myself().as_bytes()))
                    .and_then(|()| file.sync_data());
                let file = Arc::new(file);
                Hold::Ours(Self(OwnLock { file, path }))
            }
            Err(TryLockError::WouldBlock) if own.is_some_and(|own| is_same(&own.file, &file)) => {
                Hold::Already(path)
            }
            Err(TryLockError::WouldBlock) => Hold::Theirs(read_owner(&path)),
            Err(TryLockError::Error(_)) => Hold::Unknown,
        }
    }

    /// The lock, to know it again by.
    pub fn own(&self) -> OwnLock {
        self.0.clone()
    }

    /// Takes note of where the lock lies now.
    pub fn lies_at(&mut self, path: PathBuf) {
        self.0.path = path;
    }
}

/// Whether two open files are one.
#[cfg(unix)]
fn is_same(a: &File, b: &File) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let number = |file: &File| {
        let data = file.metadata()?;
        io::Result::Ok((data.dev(), data.ino()))
    };
    matches!((number(a), number(b)), (Ok(a), Ok(b)) if a == b)
}

/// Windows gives no other name to a folder in which a file is open.
#[cfg(not(unix))]
fn is_same(_: &File, _: &File) -> bool {
    false
}

impl Drop for Held {
    fn drop(&mut self) {
        // While it is still locked, so that nobody's new lock is removed.
        let _ = fs::remove_file(&self.0.path);
    }
}

/// This user on this machine, for others to read.
fn myself() -> String {
    let of = |names: [&str; 2]| {
        names
            .into_iter()
            .find_map(|name| std::env::var(name).ok())
            .filter(|name| !name.is_empty())
    };
    let user = of(["USERNAME", "USER"]).unwrap_or_else(|| "某位用户".to_owned());
    let machine = of(["COMPUTERNAME", "HOSTNAME"]).or_else(|| {
        fs::read_to_string("/etc/hostname")
            .ok()
            .map(|name| name.trim().to_owned())
    });
    match machine {
        Some(machine) => format!("{user}（{machine}）"),
        None => user,
    }
}

/// Windows lets nobody read a locked file.
fn read_owner(path: &Path) -> String {
    let owner: io::Result<String> = fs::read_to_string(path);
    owner
        .ok()
        .filter(|owner| !owner.is_empty())
        .unwrap_or_else(|| "另一个程序".to_owned())
}
