//! Keeping the open report against crashes, and going on with what was left unsaved.

use super::App;
use super::recording::not_kept;
use crate::disk;
use crate::draft::{self, Recorder};
use crate::ui::session::Session;

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

    /// Hands it over, if there is anything new.
    fn hand_over(&mut self) {
        let Some(recorder) = &self.recording.recorder else {
            return;
        };
        let now = self
            .session
            .as_ref()
            .filter(|session| session.history().is_dirty() && !self.leaving.may_close);
        let now = now.map(|session| (session.history().revision(), session.path.clone()));
        if now == self.recording.recorded {
            return;
        }
        match (&now, &self.session) {
            (Some((_, file)), Some(session)) => {
                recorder.keep(&draft::to_text(session.report()), file.as_deref());
            }
            _ => recorder.clear(),
        }
        self.recording.recorded = now;
    }

    /// Tells of a state that could not be kept, and stops telling when one could; whether that changed.
    fn watch_recorder(&mut self) -> bool {
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
        let when = (self.now)().strftime("%F %T").to_string();
        if self.troubles.tell(what.clone()) {
            // Where nothing can be written the log cannot be either; the clerk is told all the same.
            let _ = disk::log::append(&self.recording.home, &when, &what);
        }
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

    /// Goes on with a report that was left unsaved.
    pub(super) fn recover(&mut self, index: usize) {
        if index >= self.recording.leftovers.len() {
            return;
        }
        let leftover = self.recording.leftovers.remove(index).leftover;
        // Its own lock must not stand in the way of taking the draft over.
        self.let_go();
        self.show_session(Session::recovered(&leftover));
        self.recording.recorded = None;
        self.hand_over();
        // The old file goes only when the new one is there.
        let recorder = self.recording.recorder.as_ref();
        let kept = recorder.is_some_and(|recorder| recorder.flush().is_ok());
        self.tell("已恢复上次没有保存的内容，请核对后保存".to_owned());
        if let Some(Err(error)) = kept.then(|| leftover.discard()) {
            self.trouble(format!(
                "上次留存的内容没有删掉（{}），下次打开程序还会再问一次",
                disk::io_reason(&error)
            ));
        }
    }

    pub(super) fn discard_leftover(&mut self, index: usize) {
        if index < self.recording.leftovers.len()
            && let Err(error) = self.recording.leftovers.remove(index).leftover.discard()
        {
            self.complain(format!("没有删掉：{}", disk::io_reason(&error)));
        }
    }
}
