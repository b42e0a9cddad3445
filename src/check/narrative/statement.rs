//! What a figure of a line states.

use std::ops::Range;

/// A figure that says something about the tables.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// The figure's index in its line.
    pub figure: usize,
    /// What it may mean, the usual meaning first; each is the sum of some facts (indices in [`crate::form::Narrative::facts`]). Of a
    /// share what it is a share of is looked up at its whole.
    pub readings: Vec<Vec<usize>>,
    /// Whether its words are too vague to be held to it.
    pub weak: bool,
    /// Of a share the statement that it is a share of.
    pub of: Option<usize>,
    /// Of a share: what the named whole may mean.
    pub per: Vec<Vec<usize>>,
    /// The statement of its whole, with which it stands and falls.
    pub whole: Option<usize>,
    /// Where it stands in the line, in bytes.
    pub at: Range<usize>,
}
