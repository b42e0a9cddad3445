//! One organ's form for one year, filled in (年报), and the only ways to change it.
//!
//! A [`Report`] changes by an [`Edit`] alone: a list of changes that each carry the old and the new, so that undo, the
//! dirty mark and every later record of changes come from one place ([`History`]).

mod change;
mod diff;
mod edit;
mod figures;
mod history;
mod link;
mod linked;
mod name;
mod notes;
mod origin;
mod reason;
mod stretch;

pub use change::Change;
pub use diff::Place;
pub use edit::Edit;
pub use figures::{Figures, Prior};
pub use history::History;
pub use link::{Link, Linked};
pub use notes::{Decided, Decision, Notes, Recount, Signature};
pub use origin::{Addend, Origin, total};
pub use reason::Reason;
pub use stretch::Stretch;

use crate::form::{AdditionIx, CellIx, Form, GridCell, Table, TextIx};
use crate::value::Value;
use name::on_one_line;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The namespace of the tags by which a file of pages says which pieces of text are a report's title, headings, paragraphs
/// and cells.
pub const STRUCTURE: &str = "urn:nianbao:structure:1";

/// A filled-in form.
#[derive(Clone, Debug)]
pub struct Report {
    form: Arc<Form>,
    year: i32,
    organ: String,
    values: Vec<Value>,
    stated: BTreeMap<CellIx, Value>,
    texts: Vec<String>,
    /// For each text its linked numbers, in order.
    links: Vec<Vec<Link>>,
    additions: BTreeSet<AdditionIx>,
    reasons: BTreeMap<String, Reason>,
    origins: BTreeMap<CellIx, Origin>,
    addends: BTreeMap<CellIx, Vec<Addend>>,
    prior: Option<Arc<Prior>>,
    notes: Box<Notes>,
}

impl Report {
    /// An empty report.
    pub fn new(form: Arc<Form>, organ: impl Into<String>, year: i32) -> Self {
        Self {
            year,
            organ: on_one_line(&organ.into()),
            values: vec![Value::Blank; form.cells.len()],
            stated: BTreeMap::new(),
            texts: vec![String::new(); form.texts.len()],
            links: vec![Vec::new(); form.texts.len()],
            additions: BTreeSet::new(),
            reasons: BTreeMap::new(),
            origins: BTreeMap::new(),
            addends: BTreeMap::new(),
            prior: None,
            notes: Box::default(),
            form,
        }
    }

    /// The form it fills in.
    pub fn form(&self) -> &Arc<Form> {
        &self.form
    }

    /// The year reported on.
    pub fn year(&self) -> i32 {
        self.year
    }

    /// The organ that reports.
    pub fn organ(&self) -> &str {
        &self.organ
    }

    /// The report's official title.
    pub fn title(&self) -> String {
        self.form.title(&self.organ, self.year)
    }

    /// What was filled into an input cell; blank for a computed one.
    pub fn value(&self, cell: CellIx) -> Value {
        self.values[usize::from(cell.0)]
    }

    /// What was filled in, for each cell of the form.
    pub fn values(&self) -> &[Value] {
        &self.values
    }

    /// What an imported report printed in a computed cell, where that differs from what adds up (原填值).
    pub fn stated(&self, cell: CellIx) -> Option<Value> {
        self.stated.get(&cell).copied()
    }

    /// All stated totals.
    pub fn all_stated(&self) -> impl Iterator<Item = (CellIx, Value)> + '_ {
        self.stated.iter().map(|(&cell, &value)| (cell, value))
    }

    /// A text, with `\n` between paragraphs.
    pub fn text(&self, text: TextIx) -> &str {
        &self.texts[usize::from(text.0)]
    }

    /// Whether a local addition is switched on.
    pub fn has_addition(&self, addition: AdditionIx) -> bool {
        self.additions.contains(&addition)
    }

    /// The local additions that are switched on.
    pub fn additions(&self) -> impl Iterator<Item = AdditionIx> + '_ {
        self.additions.iter().copied()
    }

    /// Where the number in a cell comes from; none if it was typed. A computed cell is imported if the document printed its
    /// total just as it added up then; see [`Report::is_printed`].
    pub fn origin(&self, cell: CellIx) -> Option<Origin> {
        self.origins.get(&cell).copied()
    }

    /// Whether an imported document printed a computed cell as it adds up, and all that it adds up is still the document's
    /// own. Once a number below it is changed, such a total says nothing of it any more.
    pub fn is_printed(&self, cell: CellIx) -> bool {
        self.form.cell(cell).computed
            && self.origin(cell) == Some(Origin::Imported)
            && self.is_as_imported(cell)
    }

    fn is_as_imported(&self, cell: CellIx) -> bool {
        if !self.form.cell(cell).computed {
            return self.origin(cell) == Some(Origin::Imported);
        }
        let mut computed = self.form.computations.iter();
        let Some(&(_, relation)) = computed.find(|(other, _)| *other == cell) else {
            return false;
        };
        let mut parts = self.form.relations[relation].right.cells();
        parts.all(|part| self.is_as_imported(part))
    }

    /// What the number in a cell is made of, if it was put in by parts.
    pub fn addends(&self, cell: CellIx) -> &[Addend] {
        self.addends.get(&cell).map_or(&[], Vec::as_slice)
    }

    /// Every cell that was put in by parts.
    pub fn all_addends(&self) -> impl Iterator<Item = (CellIx, &[Addend])> {
        self.addends
            .iter()
            .map(|(&cell, addends)| (cell, addends.as_slice()))
    }

    /// What is noted beside it.
    pub fn notes(&self) -> &Notes {
        &self.notes
    }

    /// Last year's figures, if they were brought along.
    pub fn prior(&self) -> Option<&Arc<Prior>> {
        self.prior.as_ref()
    }

    /// Last year's figures, if those that were brought along are of the year before.
    pub fn last_year(&self) -> Option<&Prior> {
        let prior = self.prior.as_deref()?;
        (prior.figures.year().checked_add(1) == Some(self.year)).then_some(prior)
    }

    /// What it says, where `number` is what counts in each cell.
    pub fn figures(&self, number: impl Fn(CellIx) -> Value) -> Figures {
        let mut figures = Figures::blank(self.form.clone(), self.organ(), self.year());
        for cell in self.cells() {
            figures.set(cell, number(cell));
        }
        for (text, _) in self.form.indexed_texts() {
            figures.set_text(text, self.text(text).to_owned());
        }
        figures
    }

    /// The reasons given for what wants one (需说明), by the finding's key.
    pub fn reasons(&self) -> &BTreeMap<String, Reason> {
        &self.reasons
    }

    /// Whether a cell is part of this report: every official one, and those of the additions switched on.
    pub fn shows(&self, cell: CellIx) -> bool {
        self.form
            .cell(cell)
            .addition
            .is_none_or(|addition| self.has_addition(addition))
    }

    /// The cells that are part of this report, in reading order.
    pub fn cells(&self) -> impl Iterator<Item = CellIx> + '_ {
        self.form
            .indexed_cells()
            .map(|(ix, _)| ix)
            .filter(|&ix| self.shows(ix))
    }

    /// The cells of a table's grid that are part of this report, labels and heads included, in reading order.
    pub fn grid_cells<'a>(
        &'a self,
        table: &'a Table,
    ) -> impl Iterator<Item = (usize, &'a GridCell)> + 'a {
        let shown = |cell: &GridCell| {
            table.grid.rows[cell.row].is_none_or(|addition| self.has_addition(addition))
        };
        table
            .grid
            .cells
            .iter()
            .enumerate()
            .filter(move |(_, cell)| shown(cell))
    }

    /// Whether nothing at all is filled in.
    pub fn is_empty(&self) -> bool {
        self.values.iter().all(|value| value.is_blank())
            && self.stated.is_empty()
            && self.texts.iter().all(String::is_empty)
    }
}

/// Two reports are equal when they say the same, whichever way they came to say it.
impl PartialEq for Report {
    fn eq(&self, other: &Self) -> bool {
        self.form.id == other.form.id
            && self.year == other.year
            && self.organ == other.organ
            && self.values == other.values
            && self.stated == other.stated
            && self.texts == other.texts
            && self.links == other.links
            && self.additions == other.additions
            && self.reasons == other.reasons
            && self.origins == other.origins
            && self.addends == other.addends
            && self.prior == other.prior
            && self.notes == other.notes
    }
}
