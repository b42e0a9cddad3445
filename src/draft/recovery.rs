//! What was typed and not saved, kept against crashes and power failures.
//!
//! The window hands over the draft's text after every change, which costs it microseconds; a thread writes the latest
//! to a recovery file. While the program lives it holds a lock beside the file; a file whose lock is free belongs to a
//! program that ended without saying so.

use super::leftover::origin_lines;
use crate::disk::{Home, copy_of, replace_file};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::Duration;

/// Changes that come within this time are written together.
const GATHER: Duration = Duration::from_millis(300);

/// Keeps the latest state of one window's report on disk.
pub struct Recorder {
    shared: Arc<Shared>,
}

struct Shared {
    home: Home,
    state: Mutex<State>,
    changed: Condvar,
    /// Held while the file is written, so that no older state overtakes a later one.
    claim: Mutex<Option<Claim>>,
}

/// A recovery file's name that no other living program uses.
struct Claim {
    path: PathBuf,
    /// Held as long as the program lives.
    _lock: File,
    lock_path: PathBuf,
}

#[derive(Default)]
struct State {
    /// What the recovery file should hold: a text, or nothing at all.
    wanted: Option<String>,
    /// Whether the file is not like that yet.
    pending: bool,
    ended: bool,
    /// Why the file could not be made so, the last time it was tried.
    failure: Option<io::Error>,
    /// Called when keeping begins to fail, or works again.
    on_change: Option<Arc<dyn Fn() + Send + Sync>>,
}

impl Claim {
    /// Takes a name.
    fn take(home: &Home) -> io::Result<Self> {
        /// More programs are not at work at once under one number of the system's.
        const MOST: u32 = 1000;
        let folder = home.recovery()?;
        for number in 0..MOST {
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
            match lock.try_lock() {
                Ok(()) => {
                    return Ok(Self {
                        path,
                        _lock: lock,
                        lock_path,
                    });
                }
                Err(fs::TryLockError::WouldBlock) => {}
                // Locks cannot be had there, as on some network drives, under whatever name.
                Err(fs::TryLockError::Error(error)) => {
                    let _ = fs::remove_file(&lock_path);
                    return Err(error);
                }
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    fn make(&self, wanted: Option<&str>) -> io::Result<()> {
        match wanted {
            Some(text) => replace_file(&self.path, text.as_bytes()),
            None => match fs::remove_file(&self.path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
                _ => Ok(()),
            },
        }
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        // A thread that panicked left a whole state behind.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn claim(&self) -> MutexGuard<'_, Option<Claim>> {
        self.claim.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a name if there is none yet; a folder that could not be written may be writable by now.
    fn claimed<'a>(&self, claim: &'a mut Option<Claim>) -> io::Result<&'a Claim> {
        match claim {
            Some(claim) => Ok(claim),
            None => Ok(claim.insert(Claim::take(&self.home)?)),
        }
    }

    /// Makes the file as it is wanted, if it is not.
    fn flush(&self, claim: &mut Option<Claim>) -> io::Result<()> {
        let wanted = {
            let mut state = self.state();
            if !state.pending {
                return Ok(());
            }
            state.pending = false;
            state.wanted.clone()
        };
        let done = self
            .claimed(claim)
            .and_then(|claim| claim.make(wanted.as_deref()));
        self.note(&done);
        done
    }

    /// Notes how keeping went, and has somebody told if that changed.
    fn note(&self, done: &io::Result<()>) {
        let mut state = self.state();
        let failure = done.as_ref().err();
        let kind = |error: &io::Error| (error.kind(), error.raw_os_error());
        let changed = state.failure.as_ref().map(kind) != failure.map(kind);
        state.failure = failure.map(copy_of);
        // Tried again soon.
        state.pending |= done.is_err();
        let tell = state.on_change.clone().filter(|_| changed);
        drop(state);
        if let Some(tell) = tell {
            tell();
        }
    }

    /// Writes what is wanted until the program ends.
    fn keep_on(&self) {
        loop {
            let mut state = self.state();
            while !state.pending && !state.ended {
                let woken = self.changed.wait(state);
                state = woken.unwrap_or_else(PoisonError::into_inner);
            }
            let ended = state.ended;
            drop(state);
            if ended {
                return;
            }
            std::thread::sleep(GATHER);
            let done = self.flush(&mut self.claim());
            if done.is_err() {
                // A full disk is no reason to keep a core busy.
                std::thread::sleep(GATHER);
            }
        }
    }
}

impl Recorder {
    /// Starts keeping in the program's own folder. Where nothing can be written there yet, [`Self::failure`] says so, and
    /// it is tried again with everything that is to be kept.
    ///
    /// # Errors
    /// If the system gives no thread for it; the window then works without.
    pub fn start(home: &Home) -> io::Result<Self> {
        let shared = Arc::new(Shared {
            home: home.clone(),
            state: Mutex::default(),
            changed: Condvar::new(),
            claim: Mutex::default(),
        });
        let first = shared.claimed(&mut shared.claim()).map(drop);
        if first.is_err() {
            shared.state().failure = first.err();
        }
        let theirs = shared.clone();
        std::thread::Builder::new()
            .name("recovery".to_owned())
            .spawn(move || theirs.keep_on())?;
        Ok(Self { shared })
    }

    /// Takes over the latest state: `text` is the draft's text, `file` where the draft lies, `stamps` what is known to
    /// have been written there by this program or read by it.
    pub fn keep(&self, text: &str, file: Option<&Path>, stamps: &[u64]) {
        self.want(Some(origin_lines(file, stamps) + text));
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
        self.shared.state().failure.as_ref().map(copy_of)
    }

    /// Writes at once what is not written yet; for the last moments of the program.
    ///
    /// # Errors
    /// As the file system has them.
    pub fn flush(&self) -> io::Result<()> {
        self.shared.flush(&mut self.shared.claim())
    }

    /// Has somebody told, from another thread, when keeping begins to fail and when it works again.
    pub fn on_change(&self, tell: impl Fn() + Send + Sync + 'static) {
        self.shared.state().on_change = Some(Arc::new(tell));
    }

    /// A way to write at once from wherever the program fails.
    pub fn rescuer(&self) -> impl Fn() + Send + Sync + 'static {
        let shared = self.shared.clone();
        // What fails may be the very thread that writes: it is not waited for without end. Nobody is left to tell if
        // this fails too.
        move || {
            for _ in 0..100 {
                match shared.claim.try_lock() {
                    Ok(mut claim) => return drop(shared.flush(&mut claim)),
                    Err(TryLockError::Poisoned(claim)) => {
                        return drop(shared.flush(&mut claim.into_inner()));
                    }
                    Err(TryLockError::WouldBlock) => {
                        std::thread::sleep(Duration::from_millis(10));
                    }
                }
            }
        }
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        self.shared.state().ended = true;
        self.shared.changed.notify_one();
        let mut claim = self.shared.claim();
        let _ = self.shared.flush(&mut claim);
        if let Some(claim) = claim.take() {
            let _ = fs::remove_file(&claim.lock_path);
        }
    }
}
