//! The topics of a text and where it writes about them, for who shows them.

use crate::check::readings::Readings;
use crate::form::{TextIx, WritingDemand};
use crate::report::Report;
use std::ops::Range;

/// One of the topics of a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Topic<'a> {
    /// Its name.
    pub name: &'a str,
    /// The first words that cover it, in bytes; none if nothing does.
    pub covered: Option<Range<usize>>,
}

/// The topics that a text is to write about, and where it does.
pub fn topics<'a>(report: &'a Report, readings: &Readings, text: TextIx) -> Vec<Topic<'a>> {
    let demands = readings.writing(text).topics.iter();
    let all = demands.filter_map(
        |(demand, covered)| match &report.form().writing[*demand].is {
            WritingDemand::Topics { of, .. } => Some((of, covered)),
            _ => None,
        },
    );
    let topics = all.flat_map(|(of, covered)| {
        of.iter().zip(covered).map(|((name, _), covered)| Topic {
            name,
            covered: covered.clone(),
        })
    });
    topics.collect()
}
