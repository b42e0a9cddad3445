//! What was typed and not saved, kept against crashes and power failures.
//!
//! The window hands over the draft's text after every change, which costs it microseconds; a thread writes the latest
//! to a recovery file. While the program lives it holds a lock beside the file; a file whose lock is free belongs to a
//! program that ended without saying so.

use super::problem::{DraftError, Problem};
use super::read::from_text;
use crate::disk::{Home, replace_file, written_at};
use crate::report::Report;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Changes that come within this time are written together.
const GATHER: Duration = Duration::from_millis(300);
/// The comment in the first line that names the draft's own file.
const FILE_COMMENT: &str = "// 草稿文件：";

/// Keeps the latest state of one window's report on disk.
pub struct Recorder {
    shared: Arc<Shared>,
    path: PathBuf,
    /// Held as long as the program lives.
    _lock: File,
    lock_path: PathBuf,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    /// What the recovery file should hold: a text, or nothing at all.
    wanted: Option<String>,
    /// Whether the file is not like that yet.
    pending: bool,
    ended: bool,
    /// Why the file could not be made so, the last time it was tried.
    failure: Option<io::ErrorKind>,
    /// Called when keeping begins to fail, or works again.
    on_change: Option<Arc<dyn Fn() + Send + Sync>>,
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        // A thread that panicked left a whole state behind.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes the file as it is wanted, if it is not.
    fn flush(&self, path: &Path) -> io::Result<()> {
        let wanted = {
            let mut state = self.state();
            if !state.pending {
                return Ok(());
            }
            state.pending = false;
            state.wanted.clone()
        };
        let done = match wanted {
            Some(text) => replace_file(path, text.as_bytes()),
            None => match fs::remove_file(path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
                _ => Ok(()),
            },
        };
        let mut state = self.state();
        let failure = done.as_ref().err().map(io::Error::kind);
        let changed = state.failure != failure;
        state.failure = failure;
        // Tried again soon.
        state.pending |= done.is_err();
        let tell = state.on_change.clone().filter(|_| changed);
        drop(state);
        if let Some(tell) = tell {
            tell();
        }
        done
    }
}

impl Recorder {
    /// Starts keeping in the program's own folder.
    ///
    /// # Errors
    /// If nothing can be written there; the window then works without.
    pub fn start(home: &Home) -> io::Result<Self> {
        let folder = home.recovery()?;
        let (lock, lock_path, path) = Self::claim(&folder)?;
        let shared = Arc::new(Shared::default());
        let (theirs, their_path) = (shared.clone(), path.clone());
        std::thread::Builder::new()
            .name("recovery".to_owned())
            .spawn(move || {
                loop {
                    let mut state = theirs.state();
                    while !state.pending && !state.ended {
                        state = theirs
                            .changed
                            .wait(state)
                            .unwrap_or_else(PoisonError::into_inner);
                    }
                    let ended = state.ended;
                    drop(state);
                    if ended {
                        return;
                    }
                    std::thread::sleep(GATHER);
                    if theirs.flush(&their_path).is_err() {
                        // A full disk is no reason to keep a core busy.
                        std::thread::sleep(GATHER);
                    }
                }
            })?;
        Ok(Self {
            shared,
            path,
            _lock: lock,
            lock_path,
        })
    }

    /// A name that no living program uses.
    fn claim(folder: &Path) -> io::Result<(File, PathBuf, PathBuf)> {
        for number in 0..u32::MAX {
            let name = format!("{}-{number}", std::process::id());
            let (lock_path, path) = (
                folder.join(format!("{name}.lock")),
                folder.join(format!("{name}.ron")),
            );
            if path.exists() {
                continue;
            }
            let lock = File::options()
                .create(true)
                .truncate(false)
                .write(true)
                .open(&lock_path)?;
            if lock.try_lock().is_ok() {
                return Ok((lock, lock_path, path));
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    /// Takes over the latest state: `text` is the draft's text, `file` where the draft lies.
    pub fn keep(&self, text: &str, file: Option<&Path>) {
        let first = file
            .map(|file| format!("{FILE_COMMENT}{}\n", file.display()))
            .unwrap_or_default();
        self.want(Some(first + text));
    }

    /// Nothing is unsaved any more: the recovery file goes.
    pub fn clear(&self) {
        self.want(None);
    }

    fn want(&self, text: Option<String>) {
        let mut state = self.shared.state();
        if state.wanted != text {
            state.wanted = text;
            state.pending = true;
            self.shared.changed.notify_one();
        }
    }

    /// Why the latest state could not be written, the last time it was tried; none if it was, or is still to be.
    pub fn failure(&self) -> Option<io::Error> {
        self.shared.state().failure.map(io::Error::from)
    }

    /// Writes at once what is not written yet; for the last moments of the program.
    ///
    /// # Errors
    /// As the file system has them.
    pub fn flush(&self) -> io::Result<()> {
        self.shared.flush(&self.path)
    }

    /// Has somebody told, from another thread, when keeping begins to fail and when it works again.
    pub fn on_change(&self, tell: impl Fn() + Send + Sync + 'static) {
        self.shared.state().on_change = Some(Arc::new(tell));
    }

    /// A way to write at once from wherever the program fails.
    pub fn rescuer(&self) -> impl Fn() + Send + Sync + 'static {
        let (shared, path) = (self.shared.clone(), self.path.clone());
        // Nobody is left to tell if this fails too.
        move || drop(shared.flush(&path))
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        self.shared.state().ended = true;
        self.shared.changed.notify_one();
        let _ = self.flush();
        let _ = fs::remove_file(&self.lock_path);
    }
}

/// A report that a program left unsaved when it ended.
#[derive(Debug)]
pub struct Leftover {
    /// The recovery file.
    pub path: PathBuf,
    /// The draft's own file, if it had one.
    pub file: Option<PathBuf>,
    /// The report as it was.
    pub report: Report,
}

impl Leftover {
    /// Whether the draft's own file was saved after this was kept.
    pub fn is_older_than_file(&self) -> bool {
        let saved = self.file.as_deref().and_then(written_at);
        let kept = written_at(&self.path);
        saved.is_some() && saved > kept
    }

    /// Throws it away.
    ///
    /// # Errors
    /// As the file system has them.
    pub fn discard(&self) -> io::Result<()> {
        fs::remove_file(&self.path)
    }
}

/// What ended programs left behind, with the complaints about what cannot be read (which stays where it is).
pub fn leftovers(home: &Home) -> (Vec<Leftover>, Vec<DraftError>) {
    let (mut found, mut unread) = (Vec::new(), Vec::new());
    let Ok(entries) = home.recovery().and_then(fs::read_dir) else {
        return (found, unread);
    };
    let mut paths: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    paths.sort();
    for path in paths
        .into_iter()
        .filter(|path| path.extension().is_some_and(|ending| ending == "ron"))
    {
        let lock_path = path.with_extension("lock");
        if let Ok(lock) = File::options().write(true).open(&lock_path) {
            if lock.try_lock().is_err() {
                continue;
            }
            // Its program is gone.
            drop(lock);
            let _ = fs::remove_file(&lock_path);
        }
        let read = fs::read_to_string(&path).map_err(Problem::Read);
        match read.and_then(|text| Ok((named_file(&text), from_text(&text)?))) {
            Ok((file, report)) => found.push(Leftover { path, file, report }),
            Err(what) => unread.push(DraftError { path, what }),
        }
    }
    (found, unread)
}

fn named_file(text: &str) -> Option<PathBuf> {
    text.lines()
        .next()?
        .strip_prefix(FILE_COMMENT)
        .map(PathBuf::from)
}
