//! A text read once: what it is made of, kept until it changes.

use super::number::{Number, numbers};
use super::sentence::clauses;
use std::ops::Range;
use std::sync::OnceLock;

/// A text with its clauses and numbers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    text: String,
    /// Found when they are asked for: many checks of a text ask for none.
    clauses: OnceLock<Vec<Range<usize>>>,
    numbers: Vec<Number>,
}

impl Reading {
    /// Reads a text.
    pub fn of(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            clauses: OnceLock::new(),
            numbers: numbers(text),
        }
    }

    /// Reads the text anew if it is another one.
    pub fn follow(&mut self, text: &str) {
        if self.text != text {
            *self = Self::of(text);
        }
    }

    /// The text as it was read.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its clauses, in bytes, from end to end.
    pub fn clauses(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        self.all_clauses().iter().cloned()
    }

    /// Its numbers, in order.
    pub fn numbers(&self) -> &[Number] {
        &self.numbers
    }

    /// The clause in which a byte lies.
    pub fn clause_at(&self, at: usize) -> Range<usize> {
        let clauses = self.all_clauses();
        let nth = clauses.partition_point(|clause| clause.end <= at);
        let end = self.text.len()..self.text.len();
        clauses.get(nth).cloned().unwrap_or(end)
    }

    fn all_clauses(&self) -> &[Range<usize>] {
        self.clauses.get_or_init(|| clauses(&self.text).collect())
    }

    /// The numbers that stand right before a unit, each with where both stand: `收到申请 75 件`.
    pub fn before_unit<'a>(
        &'a self,
        unit: &'a str,
    ) -> impl Iterator<Item = (&'a Number, Range<usize>)> + 'a {
        self.numbers.iter().filter_map(move |number| {
            let behind = &self.text[number.at.end..];
            let gap = behind.len() - behind.trim_start_matches(' ').len();
            let is_before = behind[gap..].starts_with(unit);
            is_before.then(|| (number, number.at.start..number.at.end + gap + unit.len()))
        })
    }
}
