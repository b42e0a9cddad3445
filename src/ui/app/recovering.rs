//! Keeping the open report against crashes, and going on with what was left unsaved.

use super::App;
use super::recording::{Recorded, not_kept};
use crate::disk::{self, Home};
use crate::draft::{self, Leftover, Recorder};
use crate::ui::ask::Question;
use crate::ui::job::Kind;
use crate::ui::offer::Compared;
use crate::ui::opening::Ready;
use crate::ui::recount::Recounting;
use crate::ui::session::Session;
use std::path::Path;
use std::sync::Arc;

impl App {
    /// A way to write what is unsaved at once, for a program that is about to fail.
    pub fn rescuer(&self) -> Option<impl Fn() + Send + Sync + 'static> {
        self.recording.recorder.as_ref().map(Recorder::rescuer)
    }

    /// Hands the latest state to the recorder, or tells it that there is nothing to keep.
    pub(super) fn record(&mut self, ctx: &egui::Context) {
        if self.watch_recorder() {
            // This frame is drawn already, and nothing else may come that would draw another.
            ctx.request_repaint();
        }
        self.hand_over();
    }

    /// Hands it over, if there is anything new: before anything that may take long or fail, too.
    pub(super) fn hand_over(&mut self) {
        let Some(recorder) = &self.recording.recorder else {
            return;
        };
        let open = self.session.as_ref().filter(|_| !self.leaving.may_close);
        let now = open.and_then(|session| {
            let typing = self.looking.typing(session);
            let count = self.recount.as_ref();
            let keyed = count.map_or_else(String::new, |count| count.kept());
            let unsaved = session.history().is_dirty() || !typing.is_empty() || !keyed.is_empty();
            unsaved.then(|| Recorded {
                revision: session.history().revision(),
                file: session.path.clone(),
                stamps: session.stamps(),
                typing,
                keyed,
            })
        });
        if now == self.recording.recorded {
            return;
        }
        match (&now, open) {
            (Some(now), Some(session)) => {
                let report = session.report().clone().with(|_| now.typing.clone());
                let text = now.keyed.clone() + &draft::to_text(&report);
                recorder.keep(&text, now.file.as_deref(), &now.stamps);
            }
            _ => recorder.clear(),
        }
        self.recording.recorded = now;
    }

    /// Tells of a state that could not be kept, and stops telling when one could; whether that changed.
    pub(super) fn watch_recorder(&mut self) -> bool {
        let failure = self.recording.recorder.as_ref().and_then(Recorder::failure);
        let failure = failure.map(|error| not_kept(&error));
        if failure == self.recording.failing {
            return false;
        }
        if let Some(over) = self.recording.failing.take() {
            self.troubles.is_over(&over);
        }
        self.recording.failing.clone_from(&failure);
        if let Some(failure) = failure {
            self.trouble(failure);
        }
        true
    }

    /// Tells once of something that the program could not keep for itself, and notes it in the log.
    pub(super) fn trouble(&mut self, what: String) {
        if self.troubles.tell(what.clone()) {
            self.note(&what);
        }
    }

    /// Notes something in the log.
    pub(super) fn note(&self, what: &str) {
        let when = (self.now)().strftime("%F %T").to_string();
        // Where nothing can be written the log cannot be either; the clerk is told all the same.
        let _ = disk::log::append(&self.recording.home, &when, what);
    }

    /// Keeps the settings; tells once if they cannot be.
    pub(super) fn keep_settings(&mut self) {
        if let Err(error) = self.settings.save(&self.recording.home) {
            self.trouble(format!(
                "没有记住窗口的设置和最近打开过的文件（{}），年报本身不受影响",
                disk::io_reason(&error)
            ));
        }
    }

    /// Holds what was left unsaved against the files that it belongs to.
    pub(super) fn compare_leftovers(&mut self) {
        let offers = self.recording.leftovers.iter();
        let leftovers: Vec<_> = offers.map(|offer| offer.leftover.clone()).collect();
        if leftovers.is_empty() {
            return;
        }
        let words = "正在对照上次没有保存的内容".to_owned();
        self.jobs.start(Kind::Comparing, words, move |_| {
            let compared = leftovers.into_iter().map(|leftover| {
                let compared = Compared::of(&leftover);
                (leftover, compared)
            });
            let compared: Vec<_> = compared.collect();
            Box::new(move |app: &mut Self, _: super::Window<'_>| {
                for (leftover, compared) in compared {
                    let mut offers = app.recording.leftovers.iter_mut();
                    if let Some(offer) =
                        offers.find(|offer| Arc::ptr_eq(&offer.leftover, &leftover))
                    {
                        offer.compared = Some(compared);
                    }
                }
            })
        });
    }

    /// Goes on with a report that was left unsaved.
    pub(super) fn recover(&mut self, index: usize) {
        let Some(offer) = self.recording.leftovers.get(index) else {
            return;
        };
        let leftover = offer.leftover.clone();
        let lock = self.session.as_ref().and_then(Session::lock);
        let words = format!("正在恢复 {}", leftover.report.title());
        self.read_with(words, move || {
            let ready = Ready::holding(Session::recovered(&leftover), lock.as_ref());
            move |app: &mut Self| app.recovered(&leftover, ready)
        });
    }

    fn recovered(&mut self, leftover: &Arc<Leftover>, ready: Ready) {
        self.recording
            .leftovers
            .retain(|offer| !Arc::ptr_eq(&offer.leftover, leftover));
        self.show_ready(ready);
        if let Some(session) = self.session.as_ref().filter(|_| !leftover.keyed.is_empty()) {
            let count = Recounting::resumed(session.report(), &leftover.keyed);
            self.recount = Some(Box::new(count));
        }
        self.recording.recorded = None;
        self.hand_over();
        // The old file goes only when the new one is there.
        let recorder = self.recording.recorder.as_ref();
        let kept = recorder.is_some_and(|recorder| recorder.flush().is_ok());
        let has_file = self
            .session
            .as_ref()
            .is_some_and(|open| open.path.is_some());
        match &leftover.file {
            Some(file) if !has_file => self.complain(format!(
                "已恢复上次没有保存的内容。它原来的文件现在是另一份年报，没有动；请核对后另存为一份新的草稿\n文件：{}",
                file.display()
            )),
            _ => self.tell("已恢复上次没有保存的内容，请核对后保存".to_owned()),
        }
        if let Some(Err(error)) = kept.then(|| leftover.discard()) {
            self.trouble(format!(
                "上次留存的内容没有删掉（{}），下次打开程序还会再问一次",
                disk::io_reason(&error)
            ));
        }
        self.mind_others();
    }

    /// Asks whether something that was left unsaved shall be offered no more.
    pub(super) fn ask_throw_away(&mut self, index: usize) {
        if let Some(offer) = self.recording.leftovers.get(index) {
            self.asking.question = Some(Question::ThrowAway {
                index,
                title: offer.leftover.report.title(),
                folder: self.recording.home.thrown_away(),
            });
        }
    }

    /// Puts it aside.
    pub(super) fn throw_away(&mut self, index: usize) {
        let Some(offer) = self.recording.leftovers.get(index) else {
            return;
        };
        match self.recording.home.throw_away(&offer.leftover.path) {
            Ok(()) => {
                self.recording.leftovers.remove(index);
                self.tell(put_aside(&self.recording.home.thrown_away()));
            }
            Err(error) => self.complain(format!("没有删掉：{}", disk::io_reason(&error))),
        }
    }

    /// Puts recovered work aside that is closed without being saved.
    pub(super) fn keep_recovered(&mut self) {
        let worked = |open: &&Session| open.is_recovered && open.history().is_dirty();
        let Some(session) = self.session.as_ref().filter(worked) else {
            return;
        };
        let text = draft::to_text(session.report());
        if let Err(error) = self.recording.home.throw_away_text(text.as_bytes()) {
            self.trouble(format!(
                "不要的内容没有另留一份（{}）",
                disk::io_reason(&error)
            ));
        }
    }
}

/// Said of what was put aside.
fn put_aside(folder: &Path) -> String {
    format!(
        "不再提示；还留着一份，{} 天后才删除：{}",
        Home::DAYS,
        folder.display()
    )
}
