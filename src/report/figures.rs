//! What a report says once it is finished, totals included; and such figures of last year inside this year's draft.

use crate::form::{CellIx, Form, LastSum, Sum, TextIx};
use crate::value::Value;
use std::sync::Arc;

/// A report to be held against others: numbers with their totals, and texts.
#[derive(Clone, Debug)]
pub struct Figures {
    form: Arc<Form>,
    year: i32,
    organ: String,
    values: Vec<Value>,
    texts: Vec<String>,
    misprints: Vec<(CellIx, Value)>,
}

/// Equal when they say the same.
impl PartialEq for Figures {
    fn eq(&self, other: &Self) -> bool {
        self.form.id == other.form.id
            && self.year == other.year
            && self.organ == other.organ
            && self.values == other.values
            && self.texts == other.texts
    }
}

impl Figures {
    /// The figures of nobody yet.
    pub fn blank(form: Arc<Form>, organ: impl Into<String>, year: i32) -> Self {
        Self {
            year,
            organ: super::name::on_one_line(&organ.into()),
            values: vec![Value::Blank; form.cells.len()],
            texts: vec![String::new(); form.texts.len()],
            misprints: Vec::new(),
            form,
        }
    }

    /// Notes that the report printed another total in a cell than adds up there.
    pub fn set_misprint(&mut self, cell: CellIx, printed: Value) {
        self.misprints.push((cell, printed));
    }

    /// The totals that the report printed and that do not add up, as printed.
    pub fn misprints(&self) -> &[(CellIx, Value)] {
        &self.misprints
    }

    /// Puts a number into a cell, computed ones included.
    pub fn set(&mut self, cell: CellIx, value: Value) {
        self.values[usize::from(cell.0)] = value;
    }

    /// Puts a text in.
    pub fn set_text(&mut self, text: TextIx, words: String) {
        self.texts[usize::from(text.0)] = words;
    }

    /// The form that was filled in.
    pub fn form(&self) -> &Arc<Form> {
        &self.form
    }

    /// The year reported on.
    pub fn year(&self) -> i32 {
        self.year
    }

    /// The organ that reported.
    pub fn organ(&self) -> &str {
        &self.organ
    }

    /// The number in a cell.
    pub fn value(&self, cell: CellIx) -> Value {
        self.values[usize::from(cell.0)]
    }

    /// The number in the cell of this id; none if the form has no such cell.
    pub fn find(&self, id: &str) -> Option<Value> {
        self.form.find(id).map(|cell| self.value(cell))
    }

    /// A text, with `\n` between paragraphs.
    pub fn text(&self, text: TextIx) -> &str {
        &self.texts[usize::from(text.0)]
    }

    /// The text of this id; empty if the form has none.
    pub fn find_text(&self, id: &str) -> &str {
        self.form.find_text(id).map_or("", |text| self.text(text))
    }

    /// What a sum of this form's cells comes to; blank if one of them is.
    pub fn sum(&self, sum: &Sum) -> Value {
        let plus = sum.plus.iter().map(|&cell| self.value(cell));
        let minus = sum.minus.iter().map(|&cell| self.value(cell).negated());
        plus.chain(minus)
            .fold(Value::Count(sum.constant), Value::plus)
    }

    /// What a sum of last year's cells comes to: nothing if these figures are on a form that lacks one of them, blank
    /// if one of them is blank.
    pub fn last_sum(&self, sum: &LastSum) -> Option<Value> {
        let plus = sum.plus.iter().map(|id| self.find(id));
        let minus = sum.minus.iter().map(|id| self.find(id).map(Value::negated));
        plus.chain(minus)
            .try_fold(Value::Count(0), |sum, value| Some(sum.plus(value?)))
    }

    /// What these figures say where `form` has `cell`: the cell of the same id. Nothing if their form has none.
    pub fn same_cell(&self, form: &Form, cell: CellIx) -> Option<Value> {
        if form.id == self.form.id {
            return Some(self.value(cell));
        }
        self.find(&form.cell(cell).id)
    }
}

/// Last year's figures (上年数), carried inside this year's draft.
#[derive(Clone, Debug, PartialEq)]
pub struct Prior {
    /// What last year's report says.
    pub figures: Figures,
    /// The name of the file that it was read from.
    pub source: String,
    /// The SHA-256 of that file, as hexadecimal digits: whether a file is still the one.
    pub sha256: String,
}
