//! The system's file dialogs, without ever blocking the window.
//!
//! The dialog runs on its own and is polled once a frame. Where no dialog service answers (a bare Linux desktop), or
//! one hangs, the window's own path field takes over.

use std::future::Future;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::time::{Duration, Instant};

/// What a file is wanted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    OpenDraft,
    SaveDraft,
    Import,
    LastYear,
    AddYear,
    Published,
    SaveChart,
    ExportFolder,
}

impl Purpose {
    /// The dialog's title.
    pub fn title(self) -> &'static str {
        match self {
            Self::OpenDraft => "打开草稿",
            Self::SaveDraft => "草稿另存为",
            Self::Import => "导入年报",
            Self::LastYear => "选择上年的年报",
            Self::AddYear => "添加年报，可以一次选几份",
            Self::Published => "选择公开后的页面或退回来的文件",
            Self::SaveChart => "把趋势图存为图片",
            Self::ExportFolder => "导出到文件夹",
        }
    }

    /// Whether a file is written.
    pub fn saves(self) -> bool {
        matches!(self, Self::SaveDraft | Self::SaveChart)
    }

    /// The kind of file in words, and the endings of its name.
    fn kinds(self) -> (&'static str, &'static [&'static str]) {
        match self {
            Self::Import | Self::Published => (
                "年报（Word、网页、Excel、PDF、OFD、文本）",
                &[
                    "docx", "doc", "wps", "mht", "html", "htm", "xlsx", "xls", "et", "ods", "odt",
                    "pdf", "ofd", "txt", "csv", "json",
                ],
            ),
            Self::SaveChart => ("图片（PNG、SVG）", &["png", "svg"]),
            Self::LastYear | Self::AddYear => (
                "年报（草稿、Word、网页、Excel、PDF、OFD、文本）",
                &[
                    "ron", "docx", "doc", "wps", "mht", "html", "htm", "xlsx", "xls", "et", "ods",
                    "odt", "pdf", "ofd", "txt", "csv", "json",
                ],
            ),
            _ => ("年报草稿", &[crate::draft::EXTENSION]),
        }
    }

    /// A path with the usual ending. A dot in an organ's name is no ending.
    pub fn with_ending(self, path: PathBuf) -> PathBuf {
        let (_, endings) = self.kinds();
        let given = path.extension();
        let is_given =
            |ending: &&str| given.is_some_and(|given| given.eq_ignore_ascii_case(ending));
        if !self.saves() || endings.iter().any(is_given) {
            return path;
        }
        let ending = endings[0];
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(".");
        name.push(ending);
        path.with_file_name(name)
    }
}

/// What came of a dialog.
pub enum Answer {
    /// A file. `asked` if the system has asked already whether it may be replaced.
    Path {
        purpose: Purpose,
        path: PathBuf,
        asked: bool,
    },
    /// Several files, where several can be chosen.
    Paths(Vec<PathBuf>),
    Cancelled,
    /// Nobody showed a dialog: ask in the window itself.
    NoService(Purpose),
}

/// The files that are chosen, some time later.
type Choice = Pin<Box<dyn Future<Output = Option<Vec<rfd::FileHandle>>>>>;

struct Pending {
    purpose: Purpose,
    future: Choice,
    /// When it was looked at for the first time.
    since: Option<Instant>,
    /// When it last had something new, until that is looked at.
    woken: Arc<Mutex<Option<Instant>>>,
    /// How long what it had was not looked at: a window that draws slowly is no person who thinks.
    unseen: Duration,
}

/// The one dialog that may be open.
pub struct Dialogs {
    /// Whether the system is asked at all.
    system: bool,
    pending: Option<Pending>,
}

/// An answer of "nothing" within this time was given by no person.
const TOO_FAST: Duration = Duration::from_millis(300);

impl Dialogs {
    /// With `system` off, every request is answered by [`Answer::NoService`].
    pub fn new(system: bool) -> Self {
        Self {
            system,
            pending: None,
        }
    }

    /// Whether a dialog is open.
    pub fn is_open(&self) -> bool {
        self.pending.is_some()
    }

    /// Opens a dialog; [`Dialogs::poll`] has the answer some time later.
    pub fn ask(
        &mut self,
        purpose: Purpose,
        near: Option<&Path>,
        name: &str,
        native: Option<&winit::window::Window>,
    ) -> Option<Answer> {
        if !self.system {
            return Some(Answer::NoService(purpose));
        }
        let (kind, endings) = purpose.kinds();
        let mut dialog = rfd::AsyncFileDialog::new()
            .set_title(purpose.title())
            .add_filter(kind, endings);
        if !purpose.saves() {
            dialog = dialog.add_filter("所有文件", &["*"]);
        }
        let folder = near.and_then(Path::parent);
        if let Some(folder) = folder.filter(|folder| !folder.as_os_str().is_empty()) {
            // The system looks itself whether it is there: here a folder that does not answer would hold up the window.
            dialog = dialog.set_directory(folder);
        }
        if purpose.saves() {
            dialog = dialog.set_file_name(name);
        }
        if let Some(native) = native {
            dialog = dialog.set_parent(native);
        }
        let future: Choice = match purpose {
            Purpose::SaveDraft | Purpose::SaveChart => one(dialog.save_file()),
            Purpose::ExportFolder => one(dialog.pick_folder()),
            Purpose::OpenDraft | Purpose::Import | Purpose::LastYear | Purpose::Published => {
                one(dialog.pick_file())
            }
            Purpose::AddYear => Box::pin(dialog.pick_files()),
        };
        self.pending = Some(Pending {
            purpose,
            future,
            since: None,
            woken: Arc::default(),
            unseen: Duration::ZERO,
        });
        None
    }

    /// Stops waiting for a dialog that does not answer.
    pub fn give_up(&mut self) -> Option<Answer> {
        self.pending
            .take()
            .map(|pending| Answer::NoService(pending.purpose))
    }

    /// The answer, once there is one.
    pub fn poll(&mut self, ctx: &egui::Context) -> Option<Answer> {
        let pending = self.pending.as_mut()?;
        let now = Instant::now();
        let since = *pending.since.get_or_insert(now);
        let mut woken = pending.woken.lock().unwrap_or_else(PoisonError::into_inner);
        pending.unseen += woken.take().map_or(Duration::ZERO, |woken| now - woken);
        drop(woken);
        let waker = Waker::from(Arc::new(Repaint {
            ctx: ctx.clone(),
            woken: pending.woken.clone(),
        }));
        let Poll::Ready(answer) = pending
            .future
            .as_mut()
            .poll(&mut Context::from_waker(&waker))
        else {
            return None;
        };
        let pending = self.pending.take()?;
        Some(match answer {
            Some(files) if pending.purpose == Purpose::AddYear => {
                Answer::Paths(files.iter().map(|file| file.path().to_owned()).collect())
            }
            Some(files) => {
                let chosen = files.first()?.path().to_owned();
                let path = pending.purpose.with_ending(chosen.clone());
                Answer::Path {
                    purpose: pending.purpose,
                    asked: path == chosen,
                    path,
                }
            }
            None if cfg!(target_os = "linux") && now - since < TOO_FAST + pending.unseen => {
                Answer::NoService(pending.purpose)
            }
            None => Answer::Cancelled,
        })
    }
}

/// A choice of one file.
fn one(choice: impl Future<Output = Option<rfd::FileHandle>> + 'static) -> Choice {
    Box::pin(async { choice.await.map(|file| vec![file]) })
}

/// Wakes the window when a dialog has an answer.
struct Repaint {
    ctx: egui::Context,
    woken: Arc<Mutex<Option<Instant>>>,
}

impl Wake for Repaint {
    fn wake(self: Arc<Self>) {
        let mut woken = self.woken.lock().unwrap_or_else(PoisonError::into_inner);
        woken.get_or_insert_with(Instant::now);
        drop(woken);
        self.ctx.request_repaint();
    }
}
