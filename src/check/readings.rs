//! A report's texts, read once and again only where they change.

use crate::form::TextIx;
use crate::prose::Reading;
use crate::report::Report;

/// What is read in each text of a report, by [`TextIx`].
#[derive(Clone, Debug, Default)]
pub struct Readings(Vec<Reading>);

impl Readings {
    /// Reads all texts of a report.
    pub fn new(report: &Report) -> Self {
        let mut readings = Self::default();
        readings.follow(report);
        readings
    }

    /// Reads again what is no longer as it was read, whichever report it was read of.
    pub fn follow(&mut self, report: &Report) {
        self.0
            .resize_with(report.form().texts.len(), Reading::default);
        for ((text, _), reading) in report.form().indexed_texts().zip(&mut self.0) {
            reading.follow(report.text(text));
        }
    }

    /// What is read in one text.
    pub fn of(&self, text: TextIx) -> &Reading {
        &self.0[usize::from(text.0)]
    }
}
