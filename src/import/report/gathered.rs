//! What has been gathered of a report so far.

use crate::form::{CellIx, Form, with_year};
use crate::import::outcome::{Imported, LeftOver, NotPlaced, Remark};
use crate::report::{History, Report};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A report that is being put together, and all that must be said of it.
pub(super) struct Gathered {
    pub history: History,
    pub not_placed: Vec<NotPlaced>,
    pub remarks: Vec<Remark>,
    pub left_over: Vec<LeftOver>,
    /// See [`Imported::headings`].
    pub headings: BTreeMap<usize, String>,
}

impl Gathered {
    pub fn new(form: Arc<Form>, organ: String, year: i32) -> Self {
        Self {
            history: History::new(Report::new(form, organ, year)),
            not_placed: Vec::new(),
            remarks: Vec::new(),
            left_over: Vec::new(),
            headings: BTreeMap::new(),
        }
    }

    pub fn form(&self) -> Arc<Form> {
        self.history.report().form().clone()
    }

    /// A cell in the form's words.
    pub fn name(&self, cell: CellIx) -> String {
        let report = self.history.report();
        with_year(&report.form().full_name(cell), report.year())
    }

    pub fn into_imported(self) -> Imported {
        Imported {
            not_placed: self.not_placed,
            remarks: self.remarks,
            left_over: self.left_over,
            headings: self.headings,
            ..Imported::whole(self.history.report().clone())
        }
    }
}
