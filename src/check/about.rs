//! What a finding is about, and which rule it comes from.

use crate::form::{CellIx, Form, TextIx};
use std::ops::Range;

/// Where a rule is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// In the form (index in [`Form::rules`]).
    Form(usize),
    /// In the program, as something that holds for every form, under this id.
    Program(&'static str),
}

/// What a finding is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// The cells, a relation's left side first; of a finding about a text those that the text was held against.
    pub cells: Vec<CellIx>,
    /// The text and where in it.
    pub passage: Option<Passage>,
    /// The relation (index in [`Form::relations`]) that does not hold.
    pub relation: Option<usize>,
    /// The section where it is seen; none if it is about the report as a whole.
    pub section: Option<usize>,
}

/// Places in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The text.
    pub text: TextIx,
    /// The places in bytes, in order; none if the text as a whole is meant.
    pub at: Vec<Range<usize>>,
}

impl About {
    /// The report as a whole.
    pub fn report() -> Self {
        Self::default()
    }

    /// Cells of a table.
    pub fn cells(form: &Form, cells: &[CellIx]) -> Self {
        let table = cells.first().map(|&cell| form.cell(cell).table);
        Self {
            cells: cells.to_vec(),
            section: table.and_then(|table| form.section_of_table(table)),
            ..Self::default()
        }
    }

    /// A relation of the form that does not hold.
    pub fn relation(form: &Form, relation: usize) -> Self {
        Self {
            relation: Some(relation),
            ..Self::cells(form, &form.relations[relation].cells)
        }
    }

    /// Places in a text, which was held against `cells`.
    pub fn text(form: &Form, text: TextIx, at: Vec<Range<usize>>, cells: Vec<CellIx>) -> Self {
        Self {
            cells,
            passage: Some(Passage { text, at }),
            relation: None,
            section: form.section_of_text(text),
        }
    }

    /// The text that it is about.
    pub fn in_text(&self) -> Option<TextIx> {
        self.passage.as_ref().map(|passage| passage.text)
    }

    /// The cells that are shown as affected: none where a text is, since the tables may well be right.
    pub fn marked(&self) -> &[CellIx] {
        match self.passage {
            Some(_) => &[],
            None => &self.cells,
        }
    }
}
