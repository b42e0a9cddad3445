//! A report as a printed document: title, headings, paragraphs and the official tables, in order.
//!
//! Made once from the form's resolved grids; Word, Excel, PDF and the web page are written from this alone, and
//! `verify` holds what it reads back against it. Only what differs between two kinds of file is left to the writers.

pub use super::clean::clean;
pub use super::table::{Number, Place, Role, Setting, TableBlock, TableCell};

use super::page;
use crate::form::Form;
use crate::prose;
use crate::report::Figures;
use std::sync::Arc;

/// The property of an exported file that holds the draft's SHA-256.
pub const DIGEST: &str = "nianbao-draft-sha256";

/// A report ready to be written.
#[derive(Clone, Debug)]
pub struct Document {
    /// The official title.
    pub title: String,
    /// Where the title is best broken, in bytes: right behind the organ's name, and before what is added to the report's
    /// own title.
    pub title_breaks: Vec<usize>,
    /// The organ that reports.
    pub organ: String,
    /// The year reported on.
    pub year: i32,
    /// The form that is filled in.
    pub form: Arc<Form>,
    /// The relations (in [`Form::relations`]) that hold for this organ and these rows.
    pub relations: Vec<usize>,
    /// The SHA-256 of the draft's text, in lower-case hexadecimal digits.
    pub digest: String,
    /// What says on each page that the report is not finished, e.g. `草稿`.
    pub mark: Option<String>,
    /// The verdict of the checks in one line.
    pub verdict: String,
    /// What the report says as it is held against others, and before it last year's, if the draft has that.
    pub years: Vec<Figures>,
    /// Headings, paragraphs and tables, in order.
    pub blocks: Vec<Block>,
}

/// A part of a document.
#[derive(Clone, Debug)]
pub enum Block {
    /// The heading of a section, e.g. `一、总体情况`.
    Heading(String),
    /// A paragraph that heads those after it, e.g. `（一）加强组织领导`.
    Subheading(String),
    /// A paragraph that begins with its heading, e.g. `（一）存在的问题。一是……`.
    RunIn {
        /// The whole paragraph.
        text: String,
        /// Where the heading ends in it, in bytes.
        heading: usize,
    },
    /// A paragraph.
    Paragraph(String),
    /// A line of the signature, at the right.
    Signature {
        /// Its words.
        text: String,
        /// How far it ends from the right edge, in characters.
        indent: f32,
    },
    /// A table.
    Table(TableBlock),
}

impl Block {
    /// Its words, unless it is a table.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Heading(text)
            | Self::Subheading(text)
            | Self::RunIn { text, .. }
            | Self::Signature { text, .. }
            | Self::Paragraph(text) => Some(text),
            Self::Table(_) => None,
        }
    }
}

impl Document {
    /// The title in as few parts as fit on a line each, as far as it can be broken where it should.
    pub fn title_parts(&self, fits: impl Fn(&str) -> bool) -> Vec<&str> {
        let mut parts = Vec::new();
        let (mut from, mut to) = (0, 0);
        for end in self.title_breaks.iter().copied().chain([self.title.len()]) {
            if from < to && to < end && !fits(&self.title[from..end]) {
                parts.push(&self.title[from..to]);
                from = to;
            }
            to = end;
        }
        parts.push(&self.title[from..]);
        parts
    }

    /// The lines of the title on paper: the whole on one if it fits, else the organ's name and the rest, and what is too long
    /// even so on lines about as long as each other, in whole words where it can be told.
    pub fn title_lines(&self) -> Vec<&str> {
        let parts = self.title_parts(page::title_fits).into_iter();
        parts
            .flat_map(|part| prose::balanced_title(part, page::TITLE_CHARACTERS as f32))
            .collect()
    }

    /// What the file says about where it comes from, by name.
    pub fn properties(&self) -> [(&'static str, &str); 3] {
        [
            (DIGEST, &self.digest),
            ("nianbao-form", &self.form.id),
            ("nianbao-version", env!("CARGO_PKG_VERSION")),
        ]
    }

    /// The tables in it.
    pub fn tables(&self) -> impl Iterator<Item = &TableBlock> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        })
    }
}
