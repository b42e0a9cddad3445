//! Going places in the window: tabs, findings, cells, what was undone.

use super::App;
use crate::check;
use crate::form::{Body, CellIx, TextIx};
use crate::report::{Change, Edit};
use crate::ui::findings;
use crate::ui::session::Session;
use crate::ui::tab::Tab;
use egui::Context;
use std::ops::Range;

impl App {
    /// Goes to a tab, if nothing half-typed keeps the clerk where he is.
    pub(super) fn go_to_tab(&mut self, tab: Tab) {
        if self.looking.tab == tab || !self.commit() {
            return;
        }
        self.looking.tab = tab;
        if let (Tab::Section(section), Some(session)) = (tab, &self.session) {
            match session.form().sections[section].body {
                Body::Table(table) => self.looking.grids[table].take_keyboard(),
                Body::Text(text) => self.looking.texts.take_keyboard(text),
            }
        }
    }

    pub(super) fn walk_tabs(&mut self, step: isize) {
        let Some(session) = &self.session else { return };
        let all = session.form().sections.len() as isize + 1;
        let at = match self.looking.tab {
            Tab::Cover => 0,
            Tab::Section(section) => section as isize + 1,
        };
        let next = (at + step).rem_euclid(all);
        self.go_to_tab(if next == 0 {
            Tab::Cover
        } else {
            Tab::Section(next as usize - 1)
        });
    }

    /// Goes to the next finding, and says what it is where its card is not in sight.
    pub(super) fn walk_findings(&mut self, step: isize, ctx: &Context) {
        if !self.commit() {
            return;
        }
        let Some(session) = &self.session else { return };
        let all = session.evaluation().findings.len() as isize;
        if all == 0 {
            self.tell("没有审核结果需要处理".to_owned());
            return;
        }
        // Mended, a finding leaves the list, and the next one moves up into its place.
        let at = match self.looking.was_selected() {
            Some(at) if self.looking.selected_finding(session).is_some() => at as isize,
            Some(at) => at as isize - step.max(0),
            // What is on the page in sight comes first.
            None => match self.looking.first_on_page(session) {
                Some(at) if step > 0 => at as isize - 1,
                Some(at) => at as isize + 1,
                None if step > 0 => -1,
                None => all,
            },
        };
        let next = (at + step).rem_euclid(all) as usize;
        let found = &session.evaluation().findings[next];
        let words = format!(
            "{}：{}",
            check::level_name(found.level),
            found.headline(session.report())
        );
        self.jump_to_finding(next);
        if !self.looking.shows_findings(ctx) {
            self.tell(format!("{words}（点“审核”看怎么改）"));
        }
    }

    /// Shows where a finding is.
    pub(super) fn jump_to_finding(&mut self, index: usize) {
        let Some(session) = &self.session else { return };
        let Some(finding) = session.evaluation().findings.get(index) else {
            return;
        };
        let passage = finding.about.passage.clone();
        let cell = finding.about.marked().first().copied();
        self.looking.select(session, index);
        match (cell, passage) {
            (Some(cell), _) => self.jump_to_cell(cell),
            (None, Some(passage)) => {
                self.jump_to_text(passage.text, passage.at.into_iter().next());
            }
            (None, None) => self.go_to_tab(Tab::Cover),
        }
    }

    pub(super) fn jump_to_cell(&mut self, cell: CellIx) {
        let Some(session) = &self.session else { return };
        let form = session.form().clone();
        let table = form.cell(cell).table;
        let Some(section) = form.section_of_table(table) else {
            return;
        };
        self.go_to_tab(Tab::Section(section));
        if self.looking.tab == Tab::Section(section) {
            self.looking.grids[table].go_to(form.cell(cell).slot);
        }
    }

    /// Shows a text with the keyboard in it.
    pub(super) fn jump_to_text(&mut self, text: TextIx, range: Option<Range<usize>>) {
        if self.go_to_text(text) {
            self.looking.texts.select(text, range);
        }
    }

    /// Shows a text; the keyboard stays in the search.
    pub(super) fn point_at_text(&mut self, text: TextIx, range: Option<Range<usize>>) {
        if self.go_to_text(text) {
            self.looking.texts.point_at(text, range);
        }
    }

    /// Goes to the page of a text; `false` if something keeps the clerk where he is.
    fn go_to_text(&mut self, text: TextIx) -> bool {
        let Some(session) = &self.session else {
            return false;
        };
        let section = session.form().section_of_text(text);
        let tab = section.map_or(Tab::Cover, Tab::Section);
        self.go_to_tab(tab);
        self.looking.tab == tab
    }

    pub(super) fn undo_redo(&mut self, step: fn(&mut Session) -> Option<Edit>) {
        // What is half-typed is the step that the clerk means.
        for grid in &mut self.looking.grids {
            if grid.cancel() {
                return;
            }
        }
        let Some(edit) = self.session.as_mut().and_then(step) else {
            return;
        };
        // What was said of the step that is gone is over.
        self.notice.take_if(|notice| !notice.stays);
        self.looking.texts.forget();
        // Half-typed reasons too were for what stood there before.
        self.looking.findings.reasons = findings::ReasonFields::default();
        match edit.changes().first() {
            Some(
                Change::Cell { cell, .. }
                | Change::Stated { cell, .. }
                | Change::Addends { cell, .. }
                | Change::Origin { cell, .. },
            ) => self.jump_to_cell(*cell),
            Some(Change::Text { text, at, .. }) => self.jump_to_text(*text, Some(*at..*at)),
            Some(Change::Links { text, .. }) => self.jump_to_text(*text, None),
            Some(Change::Reason { .. } | Change::Prior { .. } | Change::Notes { .. }) | None => {}
            Some(_) => self.go_to_tab(Tab::Cover),
        }
    }
}
