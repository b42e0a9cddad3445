//! What the clerk looks at in the open report: the tab, cells, texts, findings, the search.

use super::keyboard::Parts;
use crate::check::Finding;
use crate::form::{Body, CellIx, Form};
use crate::report::{Change, Edit};
use crate::ui::find::Find;
use crate::ui::findings;
use crate::ui::grid::GridState;
use crate::ui::session::Session;
use crate::ui::tab::Tab;
use crate::ui::text::TextState;

/// What the program has changed in one step that the clerk asked for.
pub struct Changed {
    /// The cells.
    pub cells: Vec<CellIx>,
    /// What was done, in words.
    words: String,
    /// The revision that it led to.
    revision: u64,
    /// When, in the window's seconds.
    at: f64,
}

impl Changed {
    /// What an edit has changed that has just been done.
    pub fn by(edit: &Edit, session: &Session, ctx: &egui::Context) -> Option<Self> {
        let mut cells: Vec<CellIx> = Vec::new();
        let mut places = 0;
        for change in edit.changes() {
            match *change {
                Change::Cell { cell, .. } | Change::Stated { cell, .. } => cells.push(cell),
                Change::Text { .. } => places += 1,
                _ => {}
            }
        }
        let what = match (cells.len(), places) {
            (0, 0) => return None,
            (0, n) => format!("已改正文 {n} 处"),
            (n, _) => format!("已改 {n} 格"),
        };
        Some(Self {
            cells,
            words: format!("{what}，Ctrl+Z 撤销"),
            revision: session.history().revision(),
            at: ctx.input(|input| input.time),
        })
    }

    /// What was done, as long as nothing else has been.
    pub fn words(&self, session: &Session) -> Option<&str> {
        (self.revision == session.history().revision()).then_some(&*self.words)
    }

    /// Whether it is still to be seen; the window is woken when it no longer is.
    fn is_fresh(&self, ctx: &egui::Context, session: &Session) -> bool {
        const SECONDS: f64 = 2.0;
        let left = self.at + SECONDS - ctx.input(|input| input.time);
        if left > 0.0 {
            ctx.request_repaint_after_secs(left as f32);
        }
        left > 0.0 && self.words(session).is_some()
    }
}

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
    pub parts: Parts,
    /// How many times its usual size the page was shown last.
    pub scale: f32,
    /// What the program has just changed.
    pub changed: Option<Changed>,
    /// How much of the window's height messages took from the page in the last frame.
    pub taken_by_messages: f32,
    /// The finding that is looked at, in the evaluation's list.
    selected: Option<usize>,
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
        self.changed = None;
        self.parts = Parts::default();
        self.findings.reasons = findings::ReasonFields::default();
        self.findings.want_top = true;
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

    /// Looks at a finding, by its place in the evaluation's list.
    pub fn select(&mut self, session: &Session, index: usize) {
        let Some(finding) = session.evaluation().findings.get(index) else {
            return;
        };
        self.selected_headline = finding.headline(session.report());
        self.selected = Some(index);
        self.findings.want_scroll = true;
    }

    /// Looks at no finding any more.
    pub fn select_none(&mut self) {
        self.selected = None;
    }

    /// Where the finding stood in the list that was looked at last, whether or not it is still there.
    pub fn was_selected(&self) -> Option<usize> {
        self.selected
    }

    /// The place in the list of the finding that is looked at.
    pub fn selected(&self, session: &Session) -> Option<usize> {
        self.selected_finding(session).and(self.selected)
    }

    /// The first finding about the page in sight, in the evaluation's list.
    pub fn first_on_page(&self, session: &Session) -> Option<usize> {
        match self.tab {
            Tab::Section(section) => session.findings_of(section).map(|(at, _)| at).next(),
            Tab::Cover => None,
        }
    }

    /// The finding that is looked at, if it is still what it was.
    pub fn selected_finding<'a>(&self, session: &'a Session) -> Option<&'a Finding> {
        let finding = session.evaluation().findings.get(self.selected?)?;
        (finding.headline(session.report()) == self.selected_headline).then_some(finding)
    }

    /// The finding whose card is under the pointer, else the one that is looked at.
    fn pointed_at(&self, session: &Session) -> Option<usize> {
        let hovered = self.findings.hovered;
        let is_there = |&index: &usize| index < session.evaluation().findings.len();
        hovered.filter(is_there).or_else(|| self.selected(session))
    }

    /// The cells of the finding that is looked at.
    pub fn lit_cells(&self, session: &Session) -> Vec<CellIx> {
        let finding = self.pointed_at(session);
        let finding = finding.map(|index| &session.evaluation().findings[index]);
        finding
            .map(|finding| finding.about.marked().to_vec())
            .unwrap_or_default()
    }

    /// The cells that may be wrong behind the finding that is looked at.
    pub fn suspects(&self, session: &Session) -> Vec<CellIx> {
        let culprits = self.pointed_at(session).into_iter();
        let culprits = culprits.flat_map(|index| session.culprits_of(index));
        let cells = culprits.flat_map(|culprit| culprit.changes.iter().map(|&(cell, ..)| cell));
        cells.collect()
    }

    /// The cells that the program has just changed, for a moment.
    pub fn just_changed(&self, ctx: &egui::Context, session: &Session) -> &[CellIx] {
        let changed = self.changed.as_ref();
        match changed.filter(|changed| changed.is_fresh(ctx, session)) {
            Some(changed) => &changed.cells,
            None => &[],
        }
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
