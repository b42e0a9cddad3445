//! What stands in a file of any kind, in reading order, before anything of a form is looked for in it.

pub use super::raw_table::{RawCell, RawTable, UNREAD};

use super::outcome::Remark;
use std::collections::BTreeMap;

/// The content of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// Paragraphs and tables in reading order.
    pub parts: Vec<Part>,
    /// What the file says about itself, by name: title, and the draft's digest in our own exports.
    pub properties: BTreeMap<String, String>,
    /// What could not be taken along.
    pub remarks: Vec<Remark>,
}

/// A part of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A paragraph or heading, without line breaks at its ends.
    Text(String),
    /// A table.
    Table(RawTable),
}

impl Part {
    /// The words of a paragraph.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Table(_) => None,
        }
    }

    /// The table, if this is one.
    pub fn table(&self) -> Option<&RawTable> {
        match self {
            Self::Table(table) => Some(table),
            Self::Text(_) => None,
        }
    }
}

impl Source {
    /// The tables, in reading order.
    pub fn tables(&self) -> impl Iterator<Item = &RawTable> {
        self.parts.iter().filter_map(Part::table)
    }
}
