//! Keeping the open report against crashes, and going on with what was left unsaved.

use super::App;
use crate::disk;
use crate::draft::{self, Recorder};
use crate::ui::session::Session;

impl App {
    /// A way to write what is unsaved at once, for a program that is about to fail.
    pub fn rescuer(&self) -> Option<impl Fn() + Send + Sync + 'static> {
        self.recording.recorder.as_ref().map(Recorder::rescuer)
    }

    /// Hands the latest state to the recorder, or tells it that there is nothing to keep.
    pub(super) fn record(&mut self) {
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
                recorder.keep(&draft::to_text(session.report()), file.as_deref())
            }
            _ => recorder.clear(),
        }
        self.recording.recorded = now;
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
        self.record();
        // The old file goes only when the new one is there.
        let recorder = self.recording.recorder.as_ref();
        let kept = recorder.is_some_and(|recorder| recorder.flush().is_ok());
        match kept.then(|| leftover.discard()) {
            Some(Err(error)) => log::warn!("{}: {error}", leftover.path.display()),
            _ => self.tell("已恢复上次没有保存的内容，请核对后保存".to_owned()),
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
