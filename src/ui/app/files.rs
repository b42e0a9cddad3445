//! Drafts: opening, saving.

use super::{App, Window};
use crate::disk;
use crate::draft::{self, Identity, Leftover};
use crate::import::Wanted;
use crate::ui::ask::{self, Question};
use crate::ui::dialogs::Purpose;
use crate::ui::job::Kind;
use crate::ui::offer::Offer;
use crate::ui::opening::{OpenEnd, OpenOrder, Ready};
use crate::ui::saving::SaveEnd;
use crate::ui::session::Session;
use std::path::{Path, PathBuf};
use std::sync::Arc;

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
        let offers = self.recording.leftovers.iter();
        let leftovers = offers.map(|offer| offer.leftover.clone()).collect();
        self.read_draft(path, leftovers);
    }

    /// Opens a draft as it was saved.
    pub(super) fn open_saved(&mut self, path: &Path) {
        self.read_draft(path, Vec::new());
    }

    fn read_draft(&mut self, path: &Path, leftovers: Vec<Arc<Leftover>>) {
        let order = OpenOrder {
            leftovers,
            lock: self.session.as_ref().and_then(Session::lock),
            home: self.recording.home.clone(),
        };
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        self.read(
            &path,
            |path| order.carry_out(path),
            |app, path, end| match end {
                OpenEnd::Ready(ready) => app.opened(path, ready),
                // Saved into, it would be overwritten by the next one, or cleared away.
                OpenEnd::Backup(report) => {
                    app.show_session(Session::fresh(report, true));
                    app.tell("打开的是备份，请核对后另存为一份草稿".to_owned());
                }
                OpenEnd::Leftover(leftover, changes) => app.ask_leftover(path, &leftover, changes),
                OpenEnd::Refused(error) => {
                    app.not_read(path, &error.what, &error);
                }
            },
        );
    }

    fn ask_leftover(&mut self, path: &Path, leftover: &Arc<Leftover>, changes: String) {
        let is_it = |offer: &Offer| Arc::ptr_eq(&offer.leftover, leftover);
        if let Some(index) = self.recording.leftovers.iter().position(is_it) {
            self.asking.question = Some(Question::Leftover(ask::Leftover {
                index,
                path: path.to_owned(),
                changes,
            }));
        }
    }

    fn opened(&mut self, path: &Path, ready: Ready) {
        self.show_ready(ready);
        self.settings.opened(path);
        self.keep_settings();
        self.mind_lock();
        self.mind_hands();
        self.mind_others();
    }

    /// Says what became of the links of a draft that somebody has edited by hand.
    fn mind_hands(&mut self) {
        let told = self
            .session
            .as_mut()
            .map(|open| std::mem::take(&mut open.told));
        let told = told.unwrap_or_default();
        if !told.is_empty() {
            self.complain(format!("草稿的正文在程序外面改过。{}", told.join("；")));
        }
    }

    /// Shows a session in place of the open one, and takes its lock over if both are of one draft.
    pub(super) fn show_ready(&mut self, ready: Ready) {
        let mut session = *ready.session;
        if let (Some(old), Some(at)) = (&mut self.session, ready.keeps_lock) {
            session.hold_on(old, at);
        }
        self.let_go();
        self.show_session(session);
    }

    /// Says who else has the draft open.
    pub(super) fn mind_others(&mut self) {
        let who = self.session.as_ref().and_then(|open| open.taken_by.clone());
        if let Some(who) = who {
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

    pub(super) fn save(&mut self, window: Window<'_>) {
        if !self.commit() {
            return;
        }
        let Some(session) = &self.session else { return };
        match (session.path.clone(), &session.taken_by) {
            (Some(path), None) => self.save_to(&path, false),
            _ => self.ask_file(Purpose::SaveDraft, window),
        }
    }

    /// Saves into a file, off the window's thread; `agreed` if what somebody else has saved there may be
    /// replaced. The
    /// clerk goes on meanwhile: what he types then is not part of it, and stays unsaved.
    pub(super) fn save_to(&mut self, path: &Path, agreed: bool) {
        let Some(session) = &mut self.session else {
            return;
        };
        if session.path.as_deref() == Some(path)
            && let Some(who) = &session.taken_by
        {
            let text = format!("没有保存：这份草稿正由{who}打开，请换一个文件名另存");
            self.leaving.after_save = None;
            return self.complain(text);
        }
        if self.jobs.is_running(Kind::Saving) {
            self.leaving.save_again = Some((path.to_owned(), agreed));
            return;
        }
        let order = session.begin_save(path, agreed, &self.recording.home);
        let token = session.token();
        let ordered = Ordered {
            path: order.path.clone(),
            identity: Identity::of(&order.report),
            revision: session.history().revision(),
        };
        let words = format!("正在保存 {}", name_of(&order.path));
        self.jobs.start(Kind::Saving, words, move |_| {
            let end = order.carry_out();
            Box::new(move |app: &mut Self, window: Window<'_>| {
                if app.session.as_ref().is_some_and(|open| open.is_of(&token)) {
                    app.save_ended(ordered, end, window);
                } else if let Some((path, agreed)) = app.leaving.save_again.take() {
                    // It was for a report that the clerk has left since; the open one has waited for it.
                    app.save_to(&path, agreed);
                }
            })
        });
    }

    fn save_ended(&mut self, ordered: Ordered, end: SaveEnd, window: Window<'_>) {
        let Some(session) = &mut self.session else {
            return;
        };
        let SaveEnd::Saved {
            stamp,
            hold,
            no_backup,
        } = end
        else {
            session.not_saved();
            return self.not_saved(ordered, end, window);
        };
        let path = ordered.path;
        session.saved(path.clone(), stamp, ordered.identity, hold);
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
        self.settings.opened(&path);
        self.keep_settings();
        if let Some((path, agreed)) = self.leaving.save_again.take() {
            return self.save_to(&path, agreed);
        }
        if let Some(intent) = self.leaving.after_save.take() {
            // What was typed meanwhile is asked about anew.
            self.want(intent, window);
        }
    }

    /// Says why the draft was not saved, or asks where to.
    fn not_saved(&mut self, ordered: Ordered, end: SaveEnd, window: Window<'_>) {
        self.leaving.save_again = None;
        let path = ordered.path;
        let question = match end {
            SaveEnd::Changed(now) => Question::Changed { path, now },
            SaveEnd::Another(title) => Question::Another { path, title },
            SaveEnd::Taken(who) => {
                self.leaving.after_save = None;
                let text = format!("没有保存：这个文件正由{who}打开，请换一个文件名另存");
                return self.complain(text);
            }
            SaveEnd::Refused(error) => {
                self.leaving.after_save = None;
                self.note(&format!(
                    "没有保存 {}：{}",
                    error.path.display(),
                    disk::log::kind(&error.what)
                ));
                return self.complain(error.to_string());
            }
            SaveEnd::Saved { .. } => return,
        };
        // A question comes to who waits for it: it is not put between somebody and what he types meanwhile, nor on top
        // of another one.
        let typed_on = self.revision() != Some(ordered.revision)
            || self.looking.is_typing()
            || types(window.ctx);
        if self.asking.is_busy() || typed_on {
            self.leaving.after_save = None;
            let text = "没有保存：这个文件在别处被改过。请再按一次 Ctrl+S，选择怎么保存";
            return self.complain(text.to_owned());
        }
        self.asking.question = Some(question);
    }
}

/// What was ordered to be saved.
struct Ordered {
    path: PathBuf,
    identity: Identity,
    /// The report's revision then.
    revision: u64,
}

/// Whether something is typed in this frame.
fn types(ctx: &egui::Context) -> bool {
    use egui::Event;
    ctx.input(|input| {
        let mut events = input.events.iter();
        events.any(|event| {
            matches!(
                event,
                Event::Text(_) | Event::Paste(_) | Event::Ime(_) | Event::Key { pressed: true, .. }
            )
        })
    })
}

/// Whether a file is a draft or its backup by its name.
pub(super) fn is_draft(path: &Path) -> bool {
    path.extension().is_none_or(|ending| {
        ending.eq_ignore_ascii_case(draft::EXTENSION) || ending.eq_ignore_ascii_case("bak")
    })
}

/// A file's name, for people.
pub(super) fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.into_owned()
}
