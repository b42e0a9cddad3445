//! A report as a printed document: title, headings, paragraphs and the official tables, in order.
//!
//! Made once from the form's resolved grids; Word, Excel, PDF and the web page are written from this alone, and
//! `verify` holds what it reads back against it. Only what differs between two kinds of file is left to the writers.

pub use super::clean::clean;

use crate::form::{CellIx, Form};
use crate::value::Value;
use std::ops::Range;
use std::sync::Arc;

/// The property of an exported file that holds the draft's SHA-256.
pub const DIGEST: &str = "nianbao-draft-sha256";

/// A report ready to be written.
#[derive(Clone, Debug)]
pub struct Document {
    /// The official title.
    pub title: String,
    /// Where the title is best broken: right behind the organ's name, in bytes.
    pub title_break: usize,
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
    /// A paragraph.
    Paragraph(String),
    /// A table.
    Table(TableBlock),
}

/// An official table, without the rows that this report does not have.
#[derive(Clone, Debug)]
pub struct TableBlock {
    /// Its index in [`Form::tables`].
    pub table: usize,
    /// The heading above it.
    pub heading: String,
    /// The name of a sheet for it, e.g. `三、依申请公开`.
    pub sheet: String,
    /// Relative column widths.
    pub widths: Vec<u32>,
    /// The number of rows.
    pub rows: usize,
    /// Rows at the top that are repeated on every page.
    pub head_rows: usize,
    /// Its cells in reading order.
    pub cells: Vec<TableCell>,
}

/// A cell of a printed table.
#[derive(Clone, Debug)]
pub struct TableCell {
    /// The first row.
    pub row: usize,
    /// The first column.
    pub col: usize,
    /// Rows covered, at least 1.
    pub rows: usize,
    /// Columns covered, at least 1.
    pub cols: usize,
    /// What it is.
    pub role: Role,
    /// What it shows; `\n` where a label has line breaks of its own.
    pub text: String,
    /// The number in it, where it holds one.
    pub number: Option<Number>,
}

/// What a printed cell is, and thereby how it looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The full-width head of a block of rows.
    Block,
    /// A column's head.
    Head,
    /// A remark in the place of a head.
    Note,
    /// A label that heads a line of figures.
    Label,
    /// A label in the middle of its cell: of several rows, or of a table without a label column.
    CentredLabel,
    /// A number.
    Value,
}

/// The number in a cell.
#[derive(Clone, Copy, Debug)]
pub struct Number {
    /// The form's cell.
    pub cell: CellIx,
    /// What the report says in it.
    pub value: Value,
    /// What adds up in it, of a computed cell; what is filled in, of another.
    pub computed: Value,
    /// Whether the report states another total than adds up.
    pub stated: bool,
}

impl Role {
    /// Whether its words stand in the middle.
    pub fn is_centred(self) -> bool {
        matches!(self, Self::Head | Self::CentredLabel | Self::Value)
    }
}

impl Document {
    /// The title on one line, or on two where it is too long for one: the organ's name, then the rest.
    pub fn title_lines(&self) -> Vec<&str> {
        match self.title.split_at(self.title_break) {
            (organ, rest)
                if !organ.is_empty()
                    && !rest.is_empty()
                    && self.title.chars().count() > super::page::TITLE_CHARACTERS =>
            {
                vec![organ, rest]
            }
            _ => vec![&self.title],
        }
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

impl TableBlock {
    /// The columns' widths when the table is at most `whole` wide; equal ones stay equal.
    pub fn widths_in(&self, whole: u32) -> Vec<u32> {
        let sum: u64 = self.widths.iter().copied().map(u64::from).sum();
        let share = |&width: &u32| (u64::from(width) * u64::from(whole) / sum.max(1)) as u32;
        self.widths.iter().map(share).collect()
    }

    /// The cells that stand in a row or reach into it from above, from left to right.
    pub fn covering(&self, row: usize) -> Vec<&TableCell> {
        let reaches = |cell: &&TableCell| (cell.row..cell.row + cell.rows).contains(&row);
        let mut cells: Vec<&TableCell> = self.cells.iter().filter(reaches).collect();
        cells.sort_by_key(|cell| cell.col);
        cells
    }
}

impl TableCell {
    /// The columns that it covers.
    pub fn columns(&self) -> Range<usize> {
        self.col..self.col + self.cols
    }
}
