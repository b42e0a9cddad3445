//! Work off the window's thread: the window goes on drawing, says what is being done, and can give it up.
//!
//! A job answers with a closure that the window carries out. What a job answers that was given up is dropped: it never
//! touches what is open.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, TryRecvError};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// What is done within this time is not worth a word.
const MOMENT: Duration = Duration::from_millis(200);

/// What a job is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Reads a file whose content the window waits for: nothing can be edited meanwhile.
    Reading,
    /// Writes files while the clerk goes on; a window that closes waits for the file that is being written.
    Writing,
    /// Saves the draft, likewise.
    Saving,
    /// Looks at files that the clerk has not asked for; nothing waits for it.
    Comparing,
    /// Has the desktop open something; nothing waits for it.
    Opening,
}

impl Kind {
    /// Whether a file is left half done if its thread is cut off.
    fn writes(self) -> bool {
        matches!(self, Self::Writing | Self::Saving)
    }
}

/// How far a job is, as seen from its own thread.
#[derive(Clone)]
pub struct Progress {
    words: Arc<Mutex<String>>,
    given_up: Arc<AtomicBool>,
    ctx: egui::Context,
}

impl Progress {
    /// Says what is being done.
    pub fn say(&self, words: String) {
        *self.words.lock().unwrap_or_else(PoisonError::into_inner) = words;
        self.ctx.request_repaint();
    }

    /// Whether nobody waits for the answer any more.
    pub fn is_given_up(&self) -> bool {
        self.given_up.load(Ordering::Relaxed)
    }
}

struct Job<A> {
    kind: Kind,
    since: Instant,
    progress: Progress,
    answer: Receiver<A>,
    thread: Option<JoinHandle<()>>,
}

/// What came of a job.
pub enum Outcome<A> {
    Answered(A),
    /// Its thread failed.
    Failed(Kind),
}

/// The jobs that are under way, at most one of each kind.
pub struct Jobs<A> {
    ctx: egui::Context,
    running: Vec<Job<A>>,
    /// Writing jobs that were given up and are not at their end yet.
    ending: Vec<JoinHandle<()>>,
}

impl<A: Send + 'static> Jobs<A> {
    /// No jobs; the context is woken when there is something new.
    pub fn new(ctx: &egui::Context) -> Self {
        Self {
            ctx: ctx.clone(),
            running: Vec::new(),
            ending: Vec::new(),
        }
    }

    /// Begins a job, which says `words` at first. One of the same kind that is still under way is given up.
    pub fn start(
        &mut self,
        kind: Kind,
        words: String,
        work: impl FnOnce(&Progress) -> A + Send + 'static,
    ) {
        self.give_up(kind);
        let progress = Progress {
            words: Arc::new(Mutex::new(words)),
            given_up: Arc::default(),
            ctx: self.ctx.clone(),
        };
        let (sender, answer) = mpsc::channel();
        let theirs = progress.clone();
        let thread = std::thread::spawn(move || {
            // Wakes the window at the end, however it ends.
            let woken = Wake(theirs.ctx.clone());
            // Nobody listens any more when it was given up.
            let _ = sender.send(work(&theirs));
            drop(sender);
            drop(woken);
        });
        self.running.push(Job {
            kind,
            since: Instant::now(),
            progress,
            answer,
            thread: Some(thread),
        });
        self.ctx.request_repaint();
    }

    /// Gives up the job of this kind; what it still answers is dropped. Whether there was one.
    pub fn give_up(&mut self, kind: Kind) -> bool {
        let Some(at) = self.running.iter().position(|job| job.kind == kind) else {
            return false;
        };
        let mut job = self.running.remove(at);
        job.progress.given_up.store(true, Ordering::Relaxed);
        // What reads may hang for ever and harms nobody.
        self.ending
            .extend(job.thread.take().filter(|_| kind.writes()));
        true
    }

    /// What the job of this kind is doing, in words; none if there is no such job, or it has only just begun: what lasts
    /// a moment shall not flicker.
    pub fn words(&self, kind: Kind) -> Option<String> {
        let job = self.running.iter().find(|job| job.kind == kind)?;
        let left = MOMENT.saturating_sub(job.since.elapsed());
        if !left.is_zero() {
            self.ctx.request_repaint_after(left);
            return None;
        }
        let words = job.progress.words.lock();
        Some(words.unwrap_or_else(PoisonError::into_inner).clone())
    }

    /// Whether a job of this kind is under way.
    pub fn is_running(&self, kind: Kind) -> bool {
        self.running.iter().any(|job| job.kind == kind)
    }

    /// Whether any job is under way.
    pub fn is_working(&self) -> bool {
        !self.running.is_empty()
    }

    /// The outcome of a job that has ended.
    pub fn poll(&mut self) -> Option<Outcome<A>> {
        for (at, job) in self.running.iter().enumerate() {
            let outcome = match job.answer.try_recv() {
                Ok(answer) => Outcome::Answered(answer),
                Err(TryRecvError::Empty) => continue,
                Err(TryRecvError::Disconnected) => Outcome::Failed(job.kind),
            };
            self.running.remove(at);
            return Some(outcome);
        }
        None
    }
}

impl<A> Drop for Jobs<A> {
    fn drop(&mut self) {
        let running = self.running.iter_mut();
        let writing = running.filter(|job| job.kind.writes());
        let threads = writing.filter_map(|job| job.thread.take());
        for thread in threads.chain(self.ending.drain(..)) {
            // That it failed is a file that was not written; nobody is left to tell.
            let _ = thread.join();
        }
    }
}

/// Wakes the window when it goes.
struct Wake(egui::Context);

impl Drop for Wake {
    fn drop(&mut self) {
        self.0.request_repaint();
    }
}
