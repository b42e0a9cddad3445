//! What was keyed in the second count.

use crate::draft;
use crate::form::{CellIx, Content};
use crate::report::{Edit, History, Report};
use crate::ui::grid::GridState;
use crate::ui::session::Session;
use crate::value::Value;

/// A second count that has begun.
pub struct Recounting {
    /// The tables that are keyed into: blank, of the same form.
    pub(super) session: Session,
    pub(super) grids: Vec<GridState>,
    /// The table in sight, as an index in the form's list.
    pub(super) table: usize,
    /// Whether what differs is in sight.
    pub(super) is_compared: bool,
    /// Who counts.
    pub(super) name: String,
    /// What is wrong with the name.
    pub(super) complaint: Option<String>,
    /// Whether the name is to take the keyboard.
    pub(super) wants_name: bool,
}

/// A number that was keyed otherwise than it stands in the report.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Differing {
    /// The cell.
    pub cell: CellIx,
    /// What the report says.
    pub report: Value,
    /// What was keyed; blank if nothing was.
    pub keyed: Value,
}

impl Recounting {
    /// A count of which nothing is keyed yet.
    pub fn new(report: &Report) -> Self {
        let blank = Report::new(report.form().clone(), report.organ(), report.year());
        let mut history = History::new(blank);
        for addition in report.additions() {
            history.apply(Edit::addition(history.report(), addition, true));
        }
        let tables = report.form().tables.len();
        let mut count = Self {
            session: Session::fresh(history.report().clone(), false),
            grids: (0..tables).map(|_| GridState::by_column()).collect(),
            table: 0,
            is_compared: false,
            name: String::new(),
            complaint: None,
            wants_name: false,
        };
        count.show_table(0);
        count
    }

    /// A count that goes on with what was keyed before.
    pub fn resumed(report: &Report, keyed: &[(CellIx, Value)]) -> Self {
        let mut count = Self::new(report);
        let edit = Edit::cells(count.session.report(), keyed.iter().copied());
        count.session.apply(edit);
        count
    }

    /// What is kept of it against crashes, the number that is being typed included.
    pub fn kept(&self) -> String {
        let tables = self.grids.iter().zip(&self.session.form().tables);
        let typing = tables.filter_map(|(grid, table)| grid.typing(&self.session, table));
        let typing: Vec<(CellIx, Value)> = typing.collect();
        let report = self.session.report().clone();
        draft::keyed_line(&report.with(|report| Edit::cells(report, typing)))
    }

    /// Whether anything is keyed.
    pub fn has_begun(&self) -> bool {
        let report = self.session.report();
        let keyed = report.cells().any(|cell| !report.value(cell).is_blank());
        keyed || self.grids.iter().any(GridState::is_typing)
    }

    /// Goes to the next table, or back to the one before.
    pub fn turn(&mut self, back: bool) {
        let tables = self.grids.len();
        let by = if back { tables - 1 } else { 1 };
        if self.commit() {
            self.show_table((self.table + by) % tables);
        }
    }

    /// Shows a table; the keyboard goes there.
    pub(super) fn show_table(&mut self, table: usize) {
        self.table = table;
        self.is_compared = false;
        self.grids[table].take_keyboard();
    }

    /// Puts what is being typed in; `false` if it is no number, which its cell says.
    pub(super) fn commit(&mut self) -> bool {
        let form = self.session.form().clone();
        let mut grids = self.grids.iter_mut().zip(&form.tables);
        grids.all(|(grid, table)| grid.commit(&mut self.session, table))
    }

    /// Makes a cell the active one of its table.
    pub(super) fn go_to(&mut self, cell: CellIx) {
        let form = self.session.form().clone();
        let table = form.cell(cell).table;
        let is_it = |at: &Content| matches!(at, Content::Value(ix) if *ix == cell);
        let mut cells = form.tables[table].grid.cells.iter();
        self.show_table(table);
        if let Some(slot) = cells.position(|at| is_it(&at.content)) {
            self.grids[table].go_to(slot);
        }
    }

    /// How many cells of a table are not keyed yet.
    pub(super) fn left(&self, table: usize) -> usize {
        let (report, form) = (self.session.report(), self.session.form());
        let inputs = report
            .cells()
            .filter(|&cell| form.cell(cell).table == table && !form.cell(cell).computed);
        inputs.filter(|&cell| report.value(cell).is_blank()).count()
    }

    /// What was keyed otherwise than the report says it now.
    pub(super) fn differing(&self, report: &Report) -> Vec<Differing> {
        let form = report.form();
        let inputs = report.cells().filter(|&cell| !form.cell(cell).computed);
        let pairs = inputs.map(|cell| Differing {
            cell,
            report: report.value(cell),
            keyed: self.session.report().value(cell),
        });
        let is_same = |pair: &Differing| match (pair.report.is_blank(), pair.keyed.is_blank()) {
            (false, false) => pair.report.same_number(pair.keyed),
            (blank, other) => blank == other,
        };
        pairs.filter(|pair| !is_same(pair)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Recounting;
    use crate::draft::{recount_holds, recount_of};
    use crate::form;
    use crate::report::{Edit, History, Report};
    use crate::value::Value;

    #[test]
    fn a_count_is_of_the_numbers_as_they_were() {
        let form = form::by_year(2023).unwrap();
        let mut history = History::new(Report::new(form.clone(), "某局", 2023));
        let cell = form.find("t3.r1.natural").unwrap();
        history.apply(Edit::cells(history.report(), [(cell, Value::Count(12))]));
        let mut count = Recounting::new(history.report());
        assert!(!count.has_begun());
        assert_eq!(count.differing(history.report()).len(), 1);
        let keyed = |value| Edit::cells(&Report::new(form.clone(), "某局", 2023), [(cell, value)]);
        count.session.apply(keyed(Value::Count(12)));
        assert!(count.has_begun());
        assert_eq!(count.differing(history.report()), []);
        let recount = recount_of(history.report(), "李四", "2024-01-10".to_owned());
        assert!(recount_holds(&recount, history.report()));
        // Blank is not 0.
        let other = form.find("t3.r1.other").unwrap();
        history.apply(Edit::cells(history.report(), [(other, Value::Count(0))]));
        assert!(!recount_holds(&recount, history.report()));
        assert_eq!(count.differing(history.report()).len(), 1);
    }
}
