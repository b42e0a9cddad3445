//! What the clerk looks at in the open report: the tab, cells, texts, findings, the search.

use crate::check::Finding;
use crate::form::{Body, CellIx, Form};
use crate::report::Edit;
use crate::ui::find::Find;
use crate::ui::findings;
use crate::ui::grid::GridState;
use crate::ui::session::Session;
use crate::ui::tab::Tab;
use crate::ui::text::TextState;

/// What the clerk looks at in the open report.
#[derive(Default)]
pub struct Looking {
    pub tab: Tab,
    /// For each table of the form.
    pub grids: Vec<GridState>,
    pub texts: TextState,
    pub findings: findings::Panel,
    /// Whether the findings are shown; by the window's width if the clerk has not said.
    pub findings_open: Option<bool>,
    /// The search, while its bar is open.
    pub find: Option<Find>,
    /// The finding that is looked at, in the evaluation's list.
    pub selected: Option<usize>,
    /// What it said: after an edit another may stand in its place.
    selected_headline: String,
}

impl Looking {
    /// Begins with another report, on its cover.
    pub fn begin(&mut self, form: &Form) {
        self.grids = form.tables.iter().map(|_| GridState::default()).collect();
        self.texts = TextState::default();
        self.tab = Tab::Cover;
        self.selected = None;
        self.findings.reasons = findings::ReasonFields::default();
    }

    /// Whether the findings stand at the right.
    pub fn shows_findings(&self, ctx: &egui::Context) -> bool {
        const ROOMY: f32 = 1150.0;
        self.findings_open
            .unwrap_or_else(|| ctx.content_rect().width() >= ROOMY)
    }

    /// Whether something typed into a table is not in the report yet.
    pub fn is_typing(&self) -> bool {
        self.grids.iter().any(GridState::is_typing)
    }

    /// What is being typed into a table, as far as it is a number: what would be lost with it in a crash.
    pub fn typing(&self, session: &Session) -> Edit {
        let tables = self.grids.iter().zip(&session.form().tables);
        let typed = tables.filter_map(|(grid, table)| grid.typing(session, table));
        Edit::cells(session.report(), typed.collect::<Vec<_>>())
    }

    /// Puts what is being typed into the report; `false` if it cannot stay as it is, and its cell says why.
    pub fn commit(&mut self, session: &mut Session) -> bool {
        let form = session.form().clone();
        for (grid, table) in self.grids.iter_mut().zip(&form.tables) {
            if !grid.commit(session, table) {
                return false;
            }
        }
        session.pause();
        true
    }

    /// Looks at a finding.
    pub fn select(&mut self, session: &Session, index: usize, finding: &Finding) {
        self.selected_headline = finding.headline(session.report());
        self.selected = Some(index);
    }

    /// The finding that is looked at, if it is still what it was.
    pub fn selected_finding<'a>(&self, session: &'a Session) -> Option<&'a Finding> {
        let finding = session.evaluation().findings.get(self.selected?)?;
        (finding.headline(session.report()) == self.selected_headline).then_some(finding)
    }

    /// The cells of the finding that is looked at.
    pub fn lit_cells(&self, session: &Session) -> Vec<CellIx> {
        let hovered = self.findings.hovered;
        let hovered = hovered.and_then(|index| session.evaluation().findings.get(index));
        let finding = hovered.or_else(|| self.selected_finding(session));
        finding
            .map(|finding| finding.about.marked().to_vec())
            .unwrap_or_default()
    }

    /// The table that is shown.
    pub fn table(&self, session: &Session) -> Option<usize> {
        let Tab::Section(section) = self.tab else {
            return None;
        };
        match session.form().sections[section].body {
            Body::Table(table) => Some(table),
            Body::Text(_) => None,
        }
    }

    /// The active cell of the table that is shown.
    pub fn active_cell(&self, session: &Session) -> Option<CellIx> {
        let table = self.table(session)?;
        self.grids[table].active_cell(&session.form().tables[table])
    }

    /// The selected cells of the table that is shown.
    pub fn selected_cells(&self, session: &Session) -> Vec<CellIx> {
        let Some(table) = self.table(session) else {
            return Vec::new();
        };
        self.grids[table]
            .selected(session.report(), &session.form().tables[table])
            .concat()
    }
}
