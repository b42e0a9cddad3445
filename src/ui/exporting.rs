//! Exporting off the window's thread: one file after another, with a report of how far it is.

use crate::export::typeset::Faces;
use crate::export::{self, Document, Format};
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, TryRecvError};
use std::thread::JoinHandle;

/// An export that is under way.
pub struct Exporting {
    steps: Receiver<Step>,
    total: usize,
    done: Vec<(PathBuf, Option<String>)>,
    failed: Vec<String>,
    /// The format that is being written.
    now: Option<Format>,
    thread: Option<JoinHandle<()>>,
}

/// A window that closes waits for the file that is being written.
impl Drop for Exporting {
    fn drop(&mut self) {
        if let Some(thread) = self.thread.take() {
            // That it failed has been said already, as a file that was not written.
            let _ = thread.join();
        }
    }
}

enum Step {
    Begun(Format),
    Done(PathBuf, Option<String>),
    Failed(String),
}

/// How an export ended.
pub struct Outcome {
    /// What to tell the clerk.
    pub text: String,
    /// Whether something went wrong, or is missing in a file.
    pub bad: bool,
    /// A file that was written.
    pub file: Option<PathBuf>,
}

impl Exporting {
    /// Begins to write a document into files.
    pub fn start(document: Document, files: Vec<(Format, PathBuf)>, ctx: &egui::Context) -> Self {
        let (sender, steps) = mpsc::channel();
        let total = files.len();
        let ctx = ctx.clone();
        let work = move || {
            for (format, path) in files {
                // Nobody listens any more when the window closes; the files are still wanted.
                let _ = sender.send(Step::Begun(format));
                ctx.request_repaint();
                let written = format.write_document(&document, Faces::of_this_pc());
                let step = match written {
                    Err(error) => Step::Failed(error.to_string()),
                    Ok(written) => match export::save(&written.bytes, &path) {
                        Ok(()) => Step::Done(path, written.remark()),
                        Err(error) => Step::Failed(error.to_string()),
                    },
                };
                let _ = sender.send(step);
                ctx.request_repaint();
            }
            drop(sender);
            ctx.request_repaint();
        };
        let thread = std::thread::spawn(work);
        Self {
            thread: Some(thread),
            steps,
            total,
            done: Vec::new(),
            failed: Vec::new(),
            now: None,
        }
    }

    /// Takes in how far it is; the outcome once it has ended.
    pub fn poll(&mut self) -> Option<Outcome> {
        loop {
            match self.steps.try_recv() {
                Ok(Step::Begun(format)) => self.now = Some(format),
                Ok(Step::Done(path, remark)) => self.done.push((path, remark)),
                Ok(Step::Failed(why)) => self.failed.push(why),
                Err(TryRecvError::Empty) => return None,
                Err(TryRecvError::Disconnected) => return Some(self.outcome()),
            }
        }
    }

    /// How far it is, for the clerk.
    pub fn progress(&self) -> String {
        let ended = self.done.len() + self.failed.len();
        let what = self.now.map_or("", Format::title);
        format!(
            "正在导出{what}（{} / {}）……",
            (ended + 1).min(self.total),
            self.total
        )
    }

    fn outcome(&mut self) -> Outcome {
        let ended = self.done.len() + self.failed.len();
        if ended < self.total {
            self.failed
                .push("导出中途停下了，请再试一次；年报本身没有受影响".to_owned());
        }
        let mut lines = Vec::new();
        if let Some((path, _)) = self.done.first() {
            let folder = path.parent().map(|folder| folder.display().to_string());
            lines.push(format!(
                "已导出 {} 个文件到 {}",
                self.done.len(),
                folder.unwrap_or_default()
            ));
        }
        let mut remarks: Vec<&String> = self.done.iter().filter_map(|(_, r)| r.as_ref()).collect();
        remarks.dedup();
        let bad = !self.failed.is_empty() || !remarks.is_empty();
        lines.extend(remarks.into_iter().cloned());
        lines.append(&mut self.failed);
        Outcome {
            text: lines.join("\n"),
            bad,
            file: self.done.first().map(|(path, _)| path.clone()),
        }
    }
}
