//! What one table's grid remembers, and what is being typed into it.

use super::editor::{Editor, Mode};
use super::nav::Step;
use super::selection;
use super::size::Size;
use super::tracks::Tracks;
use crate::form::{AdditionIx, CellIx, Content, Table};
use crate::report::{Edit, Origin, Report};
use crate::ui::session::Session;
use crate::value;
use egui::Event;

/// What one table's grid remembers between frames.
#[derive(Default)]
pub struct GridState {
    /// The active cell's place in the table's grid.
    pub(super) active: Option<usize>,
    /// The corner opposite to the active cell, while more than one is selected.
    pub(super) end: Option<usize>,
    pub(super) editor: Editor,
    /// Where a run of Tabs began: Enter returns below it.
    pub(super) tab_start: Option<usize>,
    pub(super) want_focus: bool,
    pub(super) want_scroll: bool,
    /// The caret goes behind the text that is about to be edited.
    pub(super) want_caret_at_end: bool,
    /// What was chosen in the menu.
    pub(super) from_menu: Vec<Event>,
    /// The cell over which the text field lay in the last pass.
    pub(super) field_over: Option<usize>,
    pub(super) layout: Option<Layout>,
    /// How large the table was drawn last.
    pub(super) size: Size,
    /// Whether Enter goes on in the next column at the end of one.
    by_column: bool,
}

/// Row heights, kept while nothing that they depend on changes.
pub(super) struct Layout {
    pub(super) key: LayoutKey,
    pub(super) tracks: Tracks,
}

/// What a table's columns and rows depend on.
#[derive(Clone, PartialEq)]
pub struct LayoutKey {
    pub(super) form: String,
    pub(super) size: Size,
    pub(super) pixels_per_point: f32,
    pub(super) year: i32,
    /// What the numbers of each column need.
    pub(super) needs: Vec<f32>,
    pub(super) additions: Vec<AdditionIx>,
}

impl GridState {
    /// A grid that is filled column by column: at the end of one Enter goes on in the next.
    pub fn by_column() -> Self {
        Self {
            by_column: true,
            ..Self::default()
        }
    }

    /// Where Enter leads.
    pub(super) fn enter(&self, back: bool) -> Step {
        match (self.by_column, back) {
            (true, true) => Step::PreviousDown,
            (true, false) => Step::NextDown,
            (false, true) => Step::UpInput,
            (false, false) => Step::DownInput,
        }
    }

    /// Puts a pasted rectangle into the table from the active cell on; returns what the clerk is to be told.
    pub fn paste_block(
        &mut self,
        session: &mut Session,
        table: &Table,
        text: &str,
    ) -> Option<String> {
        self.cancel();
        let rows = self.selected(session.report(), table);
        let active = self.active.unwrap_or_default();
        let plan = selection::paste(session.report(), &table.grid, active, &rows, text);
        session.do_step(Edit::cells_from(
            session.report(),
            Some(Origin::Pasted),
            plan.values.clone(),
        ));
        plan.complaint(session.report(), session.evaluation())
    }

    /// Makes a cell the active one; the keyboard goes there.
    pub fn go_to(&mut self, slot: usize) {
        self.active = Some(slot);
        self.end = None;
        self.editor = Editor::default();
        self.tab_start = None;
        self.want_focus = true;
        self.want_scroll = true;
    }

    /// The active cell is brought back into sight if something has taken its room.
    pub fn stay_in_sight(&mut self) {
        self.want_scroll = true;
    }

    /// The keyboard goes to the active cell.
    pub fn take_keyboard(&mut self) {
        self.want_focus = true;
    }

    /// Forgets what is being typed; `false` if nothing was.
    pub fn cancel(&mut self) -> bool {
        let was_typing = self.is_typing();
        self.editor = Editor::default();
        was_typing
    }

    /// The active cell.
    pub fn active_cell(&self, table: &Table) -> Option<CellIx> {
        match table.grid.cells.get(self.active?)?.content {
            Content::Value(ix) => Some(ix),
            _ => None,
        }
    }

    /// The selected cells, row by row; the active one alone if there are no more.
    pub fn selected(&self, report: &Report, table: &Table) -> Vec<Vec<CellIx>> {
        let Some(active) = self.active else {
            return Vec::new();
        };
        let shows =
            |row: usize| table.grid.rows[row].is_none_or(|addition| report.has_addition(addition));
        selection::Block::between(&table.grid, active, self.end.unwrap_or(active))
            .cells(&table.grid, shows)
    }

    /// Whether something typed is not in the report yet.
    pub fn is_typing(&self) -> bool {
        self.editor.mode != Mode::Ready
    }

    /// What is being typed, if it is a number.
    pub fn typing(&self, session: &Session, table: &Table) -> Option<(CellIx, value::Value)> {
        let ix = self.active_cell(table).filter(|_| self.is_typing())?;
        let cell = session.form().cell(ix);
        let value = value::parse(&self.editor.text, cell.kind, cell.unit.as_deref());
        Some((ix, value.ok()?))
    }

    /// Puts what is being typed into the report. Returns `false`, with the reason shown at the cell, if it is no number.
    pub fn commit(&mut self, session: &mut Session, table: &Table) -> bool {
        if self.editor.mode == Mode::Ready {
            return true;
        }
        let Some(ix) = self.active_cell(table) else {
            return true;
        };
        let cell = session.form().cell(ix);
        match value::parse(&self.editor.text, cell.kind, cell.unit.as_deref()) {
            Ok(value) => {
                let edit = Edit::cells(session.report(), [(ix, value)]);
                session.apply(edit);
                self.editor = Editor::default();
                true
            }
            Err(reason) => {
                self.editor.refused = Some(reason.to_string());
                self.want_focus = true;
                false
            }
        }
    }

    /// Starts editing what stands in the active cell, or what has been typed into it so far.
    pub(super) fn begin_edit(&mut self, session: &Session, table: &Table) {
        let Some(ix) = self
            .active_cell(table)
            .filter(|&ix| !session.form().cell(ix).computed)
        else {
            return;
        };
        if !self.is_typing() {
            self.editor.text = session.report().value(ix).to_string();
        }
        self.editor.mode = Mode::InPlace;
        self.editor.refused = None;
        self.want_caret_at_end = true;
    }
}
