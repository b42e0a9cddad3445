//! An official table as a document has it.

use super::page;
use crate::form::CellIx;
use crate::prose;
use crate::value::Value;
use std::ops::Range;

/// An official table, without the rows that this report does not have.
#[derive(Clone, Debug)]
pub struct TableBlock {
    /// Its index in [`crate::form::Form::tables`].
    pub table: usize,
    /// The heading above it.
    pub heading: String,
    /// What it is, for those who do not see it: its columns and rows in words.
    pub description: String,
    /// The name of a sheet for it, e.g. `三、依申请公开`.
    pub sheet: String,
    /// How it is set.
    pub setting: Setting,
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
    /// The same on the lines that it is set on.
    pub lines: Vec<String>,
    /// The size of its words, in points.
    pub size: f32,
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

    /// How far its words stand in from the left, in points, beside the cell's margin.
    pub fn indent(self) -> f32 {
        if self.is_centred() {
            0.0
        } else {
            page::LABEL_INDENT
        }
    }
}

/// How a table is set. Lengths in twentieths of a point, which is how Word counts.
#[derive(Clone, Debug, Default)]
pub struct Setting {
    /// The columns' widths.
    pub widths: Vec<u32>,
    /// The rows' heights.
    pub heights: Vec<u32>,
    /// The size of its words, in points.
    pub size: f32,
    /// Where it may stand.
    pub place: Place,
}

/// Where a table may stand, with its heading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Place {
    /// Whole, on this page or the next.
    #[default]
    Whole,
    /// Whole, on a page that it begins.
    PageOfItsOwn,
    /// Over several pages, its head rows on each.
    Split,
}

impl TableBlock {
    /// The number of columns.
    pub fn columns(&self) -> usize {
        self.setting.widths.len()
    }

    /// How much of the whole width some columns have, from 0 to 1.
    pub fn share(&self, columns: Range<usize>) -> f32 {
        let whole: u32 = self.setting.widths.iter().sum();
        let some: u32 = self.setting.widths[columns].iter().sum();
        some as f32 / whole.max(1) as f32
    }

    /// The columns' widths when the table is at most `whole` wide; equal ones stay equal.
    pub fn widths_in(&self, whole: u32) -> Vec<u32> {
        let widths = &self.setting.widths;
        let sum: u64 = widths.iter().copied().map(u64::from).sum();
        let share = |&width: &u32| (u64::from(width) * u64::from(whole) / sum.max(1)) as u32;
        widths.iter().map(share).collect()
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
    /// The least width of its words if its column must be wide enough for them, in ems; else 0.
    pub fn least_width(&self) -> f32 {
        match (self.cols, self.number, self.role) {
            (1, None, Role::Head | Role::CentredLabel) => prose::least_width(&self.text),
            _ => 0.0,
        }
    }

    /// The columns that it covers.
    pub fn columns(&self) -> Range<usize> {
        self.col..self.col + self.cols
    }
}
