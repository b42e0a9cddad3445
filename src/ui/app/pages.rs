//! The parts of the window: each gets what it shows, and asks for what it cannot do itself.

use super::{App, STILL_TYPING};
use crate::form::{Body, Level};
use crate::ui::action::Actions;
use crate::ui::command::Command;
use crate::ui::grid::Beside;
use crate::ui::job::Kind;
use crate::ui::notice::{notice_ui, writing_ui};
use crate::ui::session::Session;
use crate::ui::status::{Selection, status_ui};
use crate::ui::tab::Tab;
use crate::ui::troubles::troubles_ui;
use crate::ui::view::View;
use crate::ui::{cover, find, findings, preview, review, sheet, start, text, theme, top, years};
use egui::{CentralPanel, Frame, Panel, Ui};

/// Draws a part of the window.
type Part = fn(&mut App, &mut Ui, &mut Actions);

impl App {
    /// All parts, in the order in which they take their room.
    pub(super) const PARTS: [Part; 7] = [
        Self::commands_ui,
        Self::tabs_ui,
        Self::find_ui,
        Self::status_ui,
        Self::notice_ui,
        Self::side_ui,
        Self::view_ui,
    ];

    fn commands_ui(&mut self, ui: &mut Ui, actions: &mut Actions) {
        let ctx = ui.ctx().clone();
        let is_on = |command| match command {
            Command::ToggleFindings => self.looking.shows_findings(&ctx),
            Command::ToggleLast => self.shows_last(),
            _ => false,
        };
        let bar = top::Bar {
            session: self.session.as_ref(),
            saved_at: self.saved_at.as_deref(),
            can: &|command| self.can(command),
            is_on: &is_on,
        };
        Panel::top("commands")
            .frame(bar_frame())
            .show(ui, |ui| top::commands_ui(ui, &bar, actions));
    }

    /// The report while it is in sight.
    fn in_sight(&self) -> Option<&Session> {
        self.session.as_ref().filter(|_| !self.view.is_cover())
    }

    fn tabs_ui(&mut self, ui: &mut Ui, actions: &mut Actions) {
        let tab = self.looking.tab;
        if let Some(session) = self.in_sight() {
            Panel::top("tabs")
                .frame(bar_frame())
                .show(ui, |ui| top::tabs_ui(ui, session, tab, actions));
        }
    }

    fn find_ui(&mut self, ui: &mut Ui, actions: &mut Actions) {
        if self.view.is_cover() {
            return;
        }
        if let (Some(session), Some(find)) = (&self.session, &mut self.looking.find) {
            Panel::top("find")
                .frame(bar_frame())
                .show(ui, |ui| find::find_ui(ui, find, session, actions));
        }
    }

    fn status_ui(&mut self, ui: &mut Ui, actions: &mut Actions) {
        if let Some(session) = self.in_sight() {
            let selection = Selection {
                active: self.looking.active_cell(session),
                selected: self.looking.selected_cells(session),
                review: self.review.as_ref(),
            };
            Panel::bottom("status")
                .frame(bar_frame())
                .show(ui, |ui| status_ui(ui, session, &selection, actions));
        }
    }

    fn notice_ui(&mut self, ui: &mut Ui, actions: &mut Actions) {
        let (typing, now) = (self.looking.is_typing(), self.revision());
        let is_over = |notice: &mut crate::ui::notice::Notice| {
            notice.text == STILL_TYPING && !typing
                || notice.revision.is_some() && notice.revision != now
        };
        self.notice.take_if(is_over);
        troubles_ui(ui, &self.troubles, actions);
        if let Some(words) = self.jobs.words(Kind::Writing) {
            writing_ui(ui, &words, Some(Kind::Writing), actions);
        }
        if let Some(words) = self.jobs.words(Kind::Saving) {
            writing_ui(ui, &words, None, actions);
        }
        if let Some(notice) = &self.notice {
            notice_ui(ui, notice, actions);
        }
    }

    fn side_ui(&mut self, ui: &mut Ui, actions: &mut Actions) {
        if self.view.is_cover() || !self.looking.shows_findings(ui.ctx()) {
            return;
        }
        let Some(session) = &self.session else { return };
        let (panel, selected) = (&mut self.looking.findings, self.looking.selected);
        Panel::right("findings")
            .exact_size(theme::SIDE_WIDTH)
            .resizable(false)
            .frame(Frame::NONE.fill(theme::PAPER))
            .show(ui, |ui| match &self.review {
                Some(review) => review::review_ui(ui, session, review, actions),
                None => findings::findings_ui(ui, panel, session, selected, actions),
            });
    }

    /// The middle of the window.
    fn view_ui(&mut self, ui: &mut Ui, actions: &mut Actions) {
        self.follow_report(ui.ctx());
        CentralPanel::default()
            .frame(Frame::NONE.fill(theme::GROUND))
            .show(ui, |ui| {
                let busy = self.asking.question.is_some();
                match &mut self.view {
                    View::Start => {
                        let (leftovers, recent) =
                            (&self.recording.leftovers, &self.settings.recent);
                        start::start_ui(ui, leftovers, recent, actions);
                    }
                    View::Report => self.tab_ui(ui, actions),
                    View::Preview(preview) => {
                        let errors = |open: &Session| open.evaluation().count(Level::Error);
                        let errors = self.session.as_ref().map_or(0, errors);
                        preview::preview_ui(ui, preview, errors, busy, actions);
                    }
                    View::Years => years::years_ui(ui, &mut self.years, busy, actions),
                }
            });
    }

    fn tab_ui(&mut self, ui: &mut Ui, actions: &mut Actions) {
        let shows_last = self.shows_last();
        let Some(session) = &mut self.session else {
            return;
        };
        let looking = &mut self.looking;
        let Tab::Section(section) = looking.tab else {
            return cover::cover_ui(ui, &mut looking.texts, session, shows_last, actions);
        };
        match session.form().sections[section].body {
            Body::Text(text) => {
                text::section_ui(ui, &mut looking.texts, session, section, text, shows_last);
            }
            Body::Table(table) => {
                let lit = looking.lit_cells(session);
                let beside = Beside {
                    lit: &lit,
                    last_year: !self.settings.hides_last,
                    review: self.review.as_ref(),
                };
                let grid = &mut looking.grids[table];
                sheet::table_ui(ui, grid, session, section, table, &beside, actions);
            }
        }
    }
}

fn bar_frame() -> Frame {
    Frame::NONE
        .fill(theme::PAPER)
        .inner_margin(egui::Margin::symmetric(14, 0))
}
