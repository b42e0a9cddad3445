//! The parts of the window: each gets what it shows, and asks for what it cannot do itself.

use super::{App, STILL_TYPING};
use crate::form::{Body, Level};
use crate::ui::action::Actions;
use crate::ui::command::Command;
use crate::ui::findings::Wish;
use crate::ui::grid::Beside;
use crate::ui::job::Kind;
use crate::ui::notice::{notice_ui, writing_ui};
use crate::ui::session::Session;
use crate::ui::status::{Selection, status_ui};
use crate::ui::tab::Tab;
use crate::ui::troubles::troubles_ui;
use crate::ui::view::View;
use crate::ui::{
    cover, find, findings, preview, recount, review, sheet, start, text, theme, top, years,
};
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
            takes_keyboard: self.looking.parts.bar_wanted,
        };
        let shown = Panel::top("commands")
            .frame(bar_frame())
            .show(ui, |ui| top::commands_ui(ui, &bar, actions));
        self.looking.parts.bar = Some(shown.response.rect);
        self.looking.parts.bar_wanted = false;
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
                zoom: (self.settings.sheet, self.looking.scale),
                done: self
                    .looking
                    .changed
                    .as_ref()
                    .and_then(|changed| changed.words(session)),
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
        let before = ui.available_height();
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
        self.make_room(before - ui.available_height());
    }

    /// Messages take their room at the foot of the page: the cell that the clerk is in stays in sight.
    fn make_room(&mut self, taken: f32) {
        let before = std::mem::replace(&mut self.looking.taken_by_messages, taken);
        let table = self
            .session
            .as_ref()
            .and_then(|open| self.looking.table(open));
        if let Some(table) = table.filter(|_| taken > before) {
            self.looking.grids[table].stay_in_sight();
        }
    }

    fn side_ui(&mut self, ui: &mut Ui, actions: &mut Actions) {
        self.looking.parts.cards = None;
        if self.view.is_cover() || !self.looking.shows_findings(ui.ctx()) {
            self.looking.findings.wish = Wish::Nothing;
            return;
        }
        let Some(session) = &self.session else { return };
        let selected = self.looking.selected(session);
        let panel = &mut self.looking.findings;
        let shown = findings_place(ui.available_size())
            .resizable(false)
            .frame(Frame::NONE.fill(theme::PAPER))
            .show(ui, |ui| match &self.review {
                Some(review) => review::review_ui(ui, session, review, actions),
                None => {
                    let report = session.report();
                    findings::following_ui(ui, report, &session.following, actions);
                    findings::findings_ui(ui, panel, session, selected, actions);
                }
            });
        self.looking.parts.cards = Some(shown.response.rect);
        // What was wished held for this frame: later it would be done unseen.
        self.looking.findings.wish = Wish::Nothing;
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
                    View::Recount => {
                        if let (Some(count), Some(session)) = (&mut self.recount, &self.session) {
                            let today = (self.now)().date().to_string();
                            recount::recount_ui(ui, count, session, busy, today, actions);
                        }
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
        looking.scale = self.settings.sheet.of_text();
        looking.texts.scale = looking.scale;
        let Tab::Section(section) = looking.tab else {
            return cover::cover_ui(ui, &mut looking.texts, session, shows_last, actions);
        };
        match session.form().sections[section].body {
            Body::Text(text) => {
                text::section_ui(
                    ui,
                    &mut looking.texts,
                    session,
                    section,
                    text,
                    shows_last,
                    actions,
                );
            }
            Body::Table(table) => {
                let lit = looking.lit_cells(session);
                let suspects = looking.suspects(session);
                let changed = looking.just_changed(ui.ctx(), session).to_vec();
                let beside = Beside {
                    lit: &lit,
                    suspects: &suspects,
                    changed: &changed,
                    last_year: !self.settings.hides_last,
                    review: self.review.as_ref(),
                };
                let grid = &mut looking.grids[table];
                // A table does not change its size because something is said below it.
                let page = sheet::Page {
                    section,
                    table,
                    zoom: self.settings.sheet,
                    room: ui.available_size() + egui::vec2(0.0, looking.taken_by_messages),
                };
                looking.scale = sheet::table_ui(ui, grid, session, page, &beside, actions);
            }
        }
    }
}

fn bar_frame() -> Frame {
    Frame::NONE
        .fill(theme::PAPER)
        .inner_margin(egui::Margin::symmetric(14, 0))
}

/// Where the findings stand: at the right; below where too little of a table would be left beside them, as in a small window
/// that is enlarged.
fn findings_place(room: egui::Vec2) -> Panel {
    /// The labels of the widest table and one column of its numbers.
    const LEAST_TABLE: f32 = 480.0;
    const SHARE: f32 = 0.42;
    match room.x - theme::SIDE_WIDTH < LEAST_TABLE {
        true => Panel::bottom("findings below").exact_size((SHARE * room.y).round()),
        false => Panel::right("findings").exact_size(theme::SIDE_WIDTH),
    }
}
