//! Drafts: opening, saving.

use super::{App, Window};
use crate::disk;
use crate::draft::{self, DraftError};
use crate::import::Wanted;
use crate::report::Report;
use crate::ui::ask::{Leftover, Question};
use crate::ui::dialogs::Purpose;
use crate::ui::session::Session;
use crate::ui::start;
use std::path::Path;

impl App {
    /// Opens a draft or imports another file, as the command line asks.
    pub fn open_or_import(&mut self, path: &Path) {
        if is_draft(path) {
            self.open(path);
        } else {
            self.import(path, Wanted::default());
        }
    }

    /// Opens a draft; asks first if a program that did not end in order left something of it unsaved.
    pub fn open(&mut self, path: &Path) {
        let about = |offer: &start::Offer| offer.is_about(path);
        match self.recording.leftovers.iter().position(about) {
            Some(index) => {
                self.asking.question = Some(Question::Leftover(Leftover {
                    index,
                    path: path.to_owned(),
                    changes: self.recording.leftovers[index].changes.clone(),
                }));
            }
            None => self.open_saved(path),
        }
    }

    /// Opens a draft as it was saved.
    pub(super) fn open_saved(&mut self, path: &Path) {
        if path.extension().is_some_and(|ending| ending == "bak") {
            return self.read(path, draft::open, |app, _, read| app.opened_backup(read));
        }
        self.read(path, Session::read, |app, path, read| match read {
            Err(error) => app.not_read(&error),
            Ok(session) => app.opened(path, session),
        });
    }

    fn opened(&mut self, path: &Path, mut session: Session) {
        // The lock of the same draft, opened once more, must not stand in its own way.
        self.let_go();
        session.hold_own();
        let taken = session.taken_by.clone();
        self.show_session(session);
        self.settings.opened(path);
        self.keep_settings();
        self.mind_lock();
        if let Some(who) = taken {
            self.complain(format!(
                "这份草稿正由{who}打开。这里可以看、可以改，但只能另存为别的文件"
            ));
        }
    }

    /// Tells once that two who open the draft at the same time are not told of each other.
    fn mind_lock(&mut self) {
        if self.session.as_ref().is_some_and(|open| open.is_unlocked) {
            let what = "草稿所在的文件夹不能加锁：别人同时打开它时，两边都不会有提醒";
            self.trouble(what.to_owned());
        }
    }

    /// Shows an earlier state. It gets no file of its own: saved into, a backup would be overwritten by the next one.
    fn opened_backup(&mut self, read: Result<Report, DraftError>) {
        match read {
            Ok(report) => {
                self.show_session(Session::fresh(report, true));
                self.tell("打开的是备份，请核对后另存为一份草稿".to_owned());
            }
            Err(error) => self.not_read(&error),
        }
    }

    pub(super) fn save(&mut self, window: Window<'_>) {
        if !self.commit() {
            return;
        }
        let Some(session) = &self.session else { return };
        match (session.path.clone(), &session.taken_by) {
            (Some(path), None) if session.changed_on_disk() => {
                self.asking.question = Some(Question::Changed(path));
            }
            (Some(path), None) => self.save_to(&path, window),
            _ => self.ask_file(Purpose::SaveDraft, window),
        }
    }

    pub(super) fn save_to(&mut self, path: &Path, window: Window<'_>) {
        let Some(session) = &mut self.session else {
            return;
        };
        if session.path.as_deref() == Some(path)
            && let Some(who) = &session.taken_by
        {
            let text = format!("没有保存：这份草稿正由{who}打开，请换一个文件名另存");
            return self.complain(text);
        }
        match session.save(path, &self.recording.home) {
            Ok(no_backup) => {
                if let Some(error) = no_backup {
                    self.trouble(format!(
                        "草稿已保存，但没有留下以前的备份（{}）",
                        disk::io_reason(&error)
                    ));
                }
                self.mind_lock();
                self.saved_at = Some((self.now)().strftime("%H:%M").to_string());
                // A list of what an import could not place is still needed after saving.
                if self.notice.as_ref().is_some_and(|notice| !notice.stays) {
                    self.notice = None;
                }
                self.settings.opened(path);
                self.keep_settings();
                if let Some(intent) = self.leaving.after_save.take() {
                    self.go_on(intent, window);
                }
            }
            Err(error) => {
                self.leaving.after_save = None;
                self.complain(error.to_string());
            }
        }
    }
}

/// Whether a file is a draft or its backup by its name.
pub(super) fn is_draft(path: &Path) -> bool {
    path.extension().is_none_or(|ending| {
        ending.eq_ignore_ascii_case(draft::EXTENSION) || ending.eq_ignore_ascii_case("bak")
    })
}
