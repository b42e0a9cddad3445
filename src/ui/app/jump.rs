//! Going places in the window: tabs, findings, cells, what was undone.

use super::{App, Tab};
use crate::check::Finding;
use crate::form::{Body, CellIx, TextIx};
use crate::report::{Change, Edit};
use crate::ui::findings;
use crate::ui::session::Session;

impl App {
    /// Goes to a tab, if nothing half-typed keeps the clerk where he is.
    pub(in crate::ui) fn go_to_tab(&mut self, tab: Tab) {
        if self.tab == tab || !self.commit() {
            return;
        }
        self.tab = tab;
        if let (Tab::Section(section), Some(session)) = (tab, &self.session)
            && let Body::Table(table) = session.form().sections[section].body
        {
            self.grids[table].take_keyboard();
        }
    }

    pub(in crate::ui) fn walk_tabs(&mut self, step: isize) {
        let Some(session) = &self.session else { return };
        let all = session.form().sections.len() as isize + 1;
        let at = match self.tab {
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

    pub(in crate::ui) fn walk_findings(&mut self, step: isize) {
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
        let at = match self.selected {
            Some(at) if self.selected_finding().is_some() => at as isize,
            Some(at) => at as isize - step.max(0),
            // What is on the page in sight comes first.
            None => {
                let here = match self.tab {
                    Tab::Section(section) => session.findings_of(section).map(|(at, _)| at).next(),
                    Tab::Cover => None,
                };
                match here {
                    Some(at) if step > 0 => at as isize - 1,
                    Some(at) => at as isize + 1,
                    None if step > 0 => -1,
                    None => all,
                }
            }
        };
        self.jump_to_finding((at + step).rem_euclid(all) as usize);
    }

    /// The finding that is looked at, if it is still what it was.
    fn selected_finding(&self) -> Option<&Finding> {
        let session = self.session.as_ref()?;
        let finding = session.evaluation().findings.get(self.selected?)?;
        (finding.headline(session.report()) == self.selected_headline).then_some(finding)
    }

    /// Shows where a finding is.
    pub(in crate::ui) fn jump_to_finding(&mut self, index: usize) {
        let Some(session) = &self.session else { return };
        let Some(finding) = session.evaluation().findings.get(index) else {
            return;
        };
        let passage = finding.about.passage.clone();
        let cell = finding.about.marked().first().copied();
        self.selected_headline = finding.headline(session.report());
        self.selected = Some(index);
        match (cell, passage) {
            (Some(cell), _) => self.jump_to_cell(cell),
            (None, Some(passage)) => {
                self.jump_to_text(passage.text, passage.at.into_iter().next());
            }
            (None, None) => self.go_to_tab(Tab::Cover),
        }
    }

    pub(in crate::ui) fn jump_to_cell(&mut self, cell: CellIx) {
        let Some(session) = &self.session else { return };
        let form = session.form().clone();
        let table = form.cell(cell).table;
        let Some(section) = form.section_of_table(table) else {
            return;
        };
        self.go_to_tab(Tab::Section(section));
        if self.tab == Tab::Section(section) {
            self.grids[table].go_to(form.cell(cell).slot);
        }
    }

    pub(in crate::ui) fn jump_to_text(
        &mut self,
        text: TextIx,
        range: Option<std::ops::Range<usize>>,
    ) {
        let Some(session) = &self.session else { return };
        self.go_to_tab(
            session
                .form()
                .section_of_text(text)
                .map_or(Tab::Cover, Tab::Section),
        );
        self.texts.select(text, range);
    }

    pub(in crate::ui) fn undo_redo(&mut self, step: fn(&mut Session) -> Option<Edit>) {
        // What is half-typed is the step that the clerk means.
        for grid in &mut self.grids {
            if grid.cancel() {
                return;
            }
        }
        let Some(edit) = self.session.as_mut().and_then(step) else {
            return;
        };
        self.texts.forget();
        // Half-typed reasons too were for what stood there before.
        self.reasons = findings::ReasonFields::default();
        match edit.changes().first() {
            Some(
                Change::Cell { cell, .. }
                | Change::Stated { cell, .. }
                | Change::Addends { cell, .. }
                | Change::Origin { cell, .. },
            ) => self.jump_to_cell(*cell),
            Some(Change::Text { text, at, .. }) => self.jump_to_text(*text, Some(*at..*at)),
            Some(Change::Reason { .. } | Change::Prior { .. } | Change::Notes { .. }) | None => {}
            Some(_) => self.go_to_tab(Tab::Cover),
        }
    }

    /// The cells of the finding that is looked at.
    pub(in crate::ui) fn lit_cells(&self) -> Vec<CellIx> {
        let Some(session) = &self.session else {
            return Vec::new();
        };
        let hovered = self
            .hovered
            .and_then(|index| session.evaluation().findings.get(index));
        let finding = hovered.or_else(|| self.selected_finding());
        finding
            .map(|finding| finding.about.marked().to_vec())
            .unwrap_or_default()
    }

    /// The active cell of the table that is shown.
    pub(in crate::ui) fn active_cell(&self) -> Option<CellIx> {
        let session = self.session.as_ref()?;
        let Tab::Section(section) = self.tab else {
            return None;
        };
        let Body::Table(table) = session.form().sections[section].body else {
            return None;
        };
        self.grids[table].active_cell(&session.form().tables[table])
    }

    /// The selected cells of the table that is shown.
    pub(in crate::ui) fn selected_cells(&self) -> Vec<CellIx> {
        let (Some(session), Tab::Section(section)) = (&self.session, self.tab) else {
            return Vec::new();
        };
        let Body::Table(table) = session.form().sections[section].body else {
            return Vec::new();
        };
        self.grids[table]
            .selected(session.report(), &session.form().tables[table])
            .concat()
    }
}
