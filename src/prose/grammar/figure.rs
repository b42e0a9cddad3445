//! A number of a text with what its sentence says of it.

use super::lexicon::Unit;
use super::role::{Signs, Tags};
use crate::prose::numeral::Numeral;
use rust_decimal::Decimal;
use std::ops::Range;

/// How a figure stands in its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// As a number.
    Number,
    /// As words that there is none; counts as 0.
    None,
    /// As a share of the figure with this index in the same line.
    Share(usize),
    /// As a share of what is named, of what is named behind it (自然人占新收申请的一成).
    Rate,
}

/// What a figure is a part of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Whole {
    /// What narrows the whole down: outcomes, qualities, what is carried over.
    pub tags: Tags,
    /// Its figure in the line, if it has one.
    pub figure: Option<usize>,
    /// Whether it may be a part of something else that was spoken of as well.
    pub either: bool,
    /// Whether it is said that the whole's number is what is spoken of (6件申请中).
    pub strict: bool,
}

/// Something that is counted.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The number with its unit, or the words, in bytes.
    pub at: Range<usize>,
    /// Where the unit begins.
    pub unit_at: usize,
    /// The number.
    pub numeral: Numeral,
    /// Its unit.
    pub unit: Unit,
    /// How it is said.
    pub way: Way,
    /// What it counts: acts, qualities, the subject spoken of.
    pub tags: Tags,
    /// What happens, by the figure of the same list before it (废止规章1件、规范性文件27件).
    pub listed_acts: Tags,
    /// What it is a part of.
    pub whole: Option<Whole>,
    /// Of words that there is none: all but the only ones that are named (均为自然人).
    pub others: Tags,
    /// Of a share: what is named as its whole.
    pub per: Tags,
    /// What is named right there, in order.
    pub named: Vec<Tags>,
    /// Of words that there is none: the things named, with where they stand.
    pub places: Vec<(Tags, Range<usize>)>,
    /// All subjects that its sentence has named so far.
    pub subjects: Tags,
    /// What else is said before it.
    pub signs: Signs,
    /// What else is said behind it, as far as it belongs to it.
    pub behind: Signs,
    /// Whether what it counts is named right before it and nothing stands behind it.
    pub stands_free: bool,
    /// Whether its sentence says that it speaks of what the vocabulary is about.
    pub concerned: bool,
    /// Whether every word around it is understood.
    pub firm: bool,
    /// Whether it speaks of the tables' year and of no other thing; if not, it is no number of the tables.
    pub meant: bool,
    /// Its sentence, counted within the line.
    pub sentence: usize,
    /// Its part of a sentence between semicolons, counted within the line.
    pub half: usize,
    /// In how many brackets it stands.
    pub depth: usize,
    /// Whether only a 、parts it from the figure before.
    pub listed: bool,
    /// Whether it comes right behind the opening bracket that follows another figure.
    pub opens: bool,
}

impl Figure {
    /// What it comes to in whole units of its kind: cases, 元, hundredths.
    pub fn value(&self) -> Decimal {
        let unit = match self.unit {
            Unit::Money(yuan) => yuan,
            _ => 1,
        };
        self.numeral.value().saturating_mul(Decimal::from(unit))
    }
}

/// What is spoken of where nothing else is named.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Topic {
    /// Nothing yet.
    #[default]
    Nothing,
    /// Something that is not in the tables, with its number.
    Other,
    /// Something that is not in the tables was mentioned: only what tells by itself what it is still counts.
    Mentioned,
    /// A subject of the vocabulary.
    Subject(Tags),
}
