//! Leaving the open report: what closes it, and what is asked before anything is lost.

use super::files::is_draft;
use super::{App, Window};
use crate::draft;
use crate::import::Wanted;
use crate::ui::action::Intent;
use crate::ui::ask::{NewReport, Question};
use crate::ui::dialogs::Purpose;
use crate::ui::job::Kind;
use crate::ui::session::Session;
use egui::ViewportCommand;
use std::path::PathBuf;

const SAMPLE: &str = include_str!("../../../assets/samples/jiutai_xinglong_2020.ron");

impl App {
    /// Does something that closes the open report; asks first if it has unsaved changes.
    pub(super) fn want(&mut self, intent: Intent, window: Window<'_>) {
        if self.session.is_some() && !self.commit() {
            return;
        }
        if self.has_half_a_recount() {
            self.asking.question = Some(Question::LoseRecount(intent));
            return;
        }
        // What closes the report waits until it is saved.
        if self.jobs.is_running(Kind::Saving) {
            self.leaving.after_save = Some(intent);
            return;
        }
        // Asked once for the same state is enough: a file is often chosen only afterwards.
        let revision = self
            .session
            .as_ref()
            .map(|session| session.history().revision());
        if self.is_dirty() && self.leaving.discarded != revision {
            self.asking.question = Some(Question::Unsaved(intent));
        } else {
            self.go_on(intent, window);
        }
    }

    /// Saves, and then does what closes the report.
    pub(super) fn save_first(&mut self, intent: Intent, window: Window<'_>) {
        self.leaving.after_save = Some(intent);
        self.save(window);
    }

    /// Does what closes the report without saving.
    pub(super) fn discard(&mut self, intent: Intent, window: Window<'_>) {
        self.leaving.discarded = self.revision();
        self.keep_recovered();
        self.go_on(intent, window);
    }

    /// What was to take the place of the open report did not come: before the next one does, it is asked anew.
    pub(super) fn keep_open(&mut self) {
        self.leaving.discarded = None;
    }

    /// Does it without asking.
    pub(super) fn go_on(&mut self, intent: Intent, window: Window<'_>) {
        match intent {
            Intent::New => {
                self.asking.question = Some(Question::New(NewReport::new(&(self.now)())));
            }
            Intent::Open => self.ask_file(Purpose::OpenDraft, window),
            Intent::OpenPath(path) => self.open(&path),
            Intent::ImportPath(path) => self.import(&path, Wanted::default()),
            Intent::ImportAs(path, wanted) => self.import(&path, wanted),
            Intent::Recover(index) => self.recover(index),
            Intent::Import => self.ask_file(Purpose::Import, window),
            Intent::NewYear => self.ask_file(Purpose::LastYear, window),
            Intent::Begin(beginning) => self.begin(*beginning),
            Intent::Sample => match draft::from_text(SAMPLE) {
                Ok(report) => self.show_session(Session::fresh(report, false)),
                Err(problem) => self.complain(problem.to_string()),
            },
            Intent::Close => self.close_report(),
            Intent::CloseWindow => {
                // What the clerk does not want saved is not offered again either.
                self.leaving.may_close = true;
                window.ctx.send_viewport_cmd(ViewportCommand::Close);
            }
        }
    }

    /// Closes an imported report; asks only if the clerk has already worked on it.
    pub(super) fn give_up_import(&mut self, window: Window<'_>) {
        if !self.commit() {
            return;
        }
        if self.jobs.is_running(Kind::Saving) {
            return self.want(Intent::Close, window);
        }
        let worked = |session: &Session| session.history().can_undo();
        if self.is_dirty() && self.session.as_ref().is_some_and(worked) {
            self.asking.question = Some(Question::Unsaved(Intent::Close));
        } else {
            self.close_report();
        }
    }

    /// Reads another report of the file that was imported; asks only if the clerk has already worked on this one.
    pub(super) fn read_other(&mut self, path: PathBuf, wanted: Wanted, window: Window<'_>) {
        let worked = |session: &Session| session.history().can_undo();
        let intent = Intent::ImportAs(path, wanted);
        match self.session.as_ref().is_some_and(worked) {
            true => self.want(intent, window),
            false => self.discard(intent, window),
        }
    }

    fn close_report(&mut self) {
        self.let_go();
        self.review = None;
        self.notice = None;
        // Back to what was open before the import.
        if let Some(before) = self.leaving.before_import.take() {
            self.open(&before);
        }
    }

    /// Keeps a window that is not in sight open while there is something to lose. It is not drawn and can ask nothing: it
    /// comes into sight first.
    pub fn guard_hidden(&mut self, ctx: &egui::Context) {
        let closes = ctx.input(|input| {
            let window = input.viewport();
            window.close_requested() && window.visible() == Some(false)
        });
        let loses = self.is_dirty() || self.looking.is_typing() || self.has_half_a_recount();
        if closes && loses && !self.leaving.may_close {
            self.leaving.asks_in_sight = true;
            for command in [
                ViewportCommand::CancelClose,
                ViewportCommand::Minimized(false),
                ViewportCommand::Focus,
            ] {
                ctx.send_viewport_cmd(command);
            }
        }
    }

    /// Keeps the window open while there is something to lose.
    pub(super) fn close_guard(&mut self, ctx: &egui::Context) {
        let asked = std::mem::take(&mut self.leaving.asks_in_sight);
        let closes = asked || ctx.input(|input| input.viewport().close_requested());
        if !closes || self.leaving.may_close {
            return;
        }
        let typing_refused = self.session.is_some() && !self.commit();
        let half = self.has_half_a_recount();
        if !typing_refused && !self.is_dirty() && !half {
            return;
        }
        ctx.send_viewport_cmd(ViewportCommand::CancelClose);
        let waits = self.leaving.after_save == Some(Intent::CloseWindow);
        if typing_refused {
            // The cell says why.
        } else if half {
            self.asking.question = Some(Question::LoseRecount(Intent::CloseWindow));
        } else if self.jobs.is_running(Kind::Saving) && !waits {
            self.leaving.after_save = Some(Intent::CloseWindow);
        } else {
            self.asking.question = Some(Question::Unsaved(Intent::CloseWindow));
        }
    }

    /// Keeps the window's size and zoom for the next time, when it closes.
    pub(super) fn remember_window(&mut self, ctx: &egui::Context) {
        if !ctx.input(|input| input.viewport().close_requested())
            || !self.leaving.may_close && self.is_dirty()
        {
            return;
        }
        let is_maximised = ctx.input(|input| input.viewport().maximized == Some(true));
        self.settings.maximised = is_maximised;
        if !is_maximised {
            let size = ctx.content_rect().size() * ctx.zoom_factor();
            self.settings.size = Some((size.x.round(), size.y.round()));
        }
        self.settings.zoom = Some(ctx.zoom_factor());
        self.keep_settings();
    }

    /// A file dropped onto the window.
    pub(super) fn dropped_file(ctx: &egui::Context) -> Option<Intent> {
        let path = ctx.input(|input| {
            input
                .raw
                .dropped_files
                .first()
                .map(|file| file.path().to_owned())
        })?;
        Some(if is_draft(&path) {
            Intent::OpenPath(path)
        } else {
            Intent::ImportPath(path)
        })
    }
}
