//! A report that is about to be shown.

use crate::report::Report;

/// A report that is about to be shown: a new year's, or the open one on another form.
#[derive(Clone, Debug, PartialEq)]
pub struct Beginning {
    /// The report.
    pub report: Report,
    /// What is said once it is shown.
    pub said: &'static str,
    /// What became of last year's report.
    pub lines: Vec<String>,
    /// What the clerk must hear of how last year's file was read.
    pub remarks: Vec<String>,
}
