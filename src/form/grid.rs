//! A table's cells with their spans, resolved once.
//!
//! Rows list their cells as a web page does: each takes the next free column, wide and tall ones cover the slots that
//! they span. After resolution every slot belongs to exactly one cell.

use super::index::{AdditionIx, CellIx};
use std::ops::Range;

/// A resolved table: what the screen paints, the exporters write and the importers match.
#[derive(Debug)]
pub struct Grid {
    /// The number of columns.
    pub cols: usize,
    /// For each row the local addition that it belongs to, if any.
    pub rows: Vec<Option<AdditionIx>>,
    /// The cells in reading order.
    pub cells: Vec<GridCell>,
    at: Vec<u16>,
}

/// A cell with its place and span.
#[derive(Debug)]
pub struct GridCell {
    /// The first row.
    pub row: usize,
    /// The first column.
    pub col: usize,
    /// Rows covered, at least 1.
    pub rows: usize,
    /// Columns covered, at least 1.
    pub cols: usize,
    /// What it shows.
    pub content: Content,
}

/// What a cell of the table shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// The full-width head of a block of rows.
    Block(String),
    /// A column's head.
    Head(String),
    /// A row's label.
    Label(String),
    /// A remark printed inside the table.
    Note(String),
    /// A number.
    Value(CellIx),
}

impl Content {
    /// The printed words, if it is not a number.
    pub fn words(&self) -> Option<&str> {
        match self {
            Self::Block(text) | Self::Head(text) | Self::Label(text) | Self::Note(text) => {
                Some(text)
            }
            Self::Value(_) => None,
        }
    }
}

/// A cell that does not fit.
pub(super) enum Misfit {
    /// It covers a slot that is taken, or leaves the table at the right or at the bottom.
    Cell {
        row: usize,
        nth: usize,
        why: &'static str,
    },
    /// Nothing covers this slot.
    Hole { row: usize, col: usize },
}

/// A row before resolution: `(columns, rows, content)` of each cell.
pub(super) type LooseRow = (Option<AdditionIx>, Vec<(usize, usize, Content)>);

impl Grid {
    /// Resolves spans.
    pub(super) fn resolve(cols: usize, loose: Vec<LooseRow>) -> Result<Self, Misfit> {
        const FREE: u16 = u16::MAX;
        let height = loose.len();
        let mut grid = Self {
            cols,
            rows: Vec::with_capacity(height),
            cells: Vec::new(),
            at: vec![FREE; cols * height],
        };
        for (row, (addition, cells)) in loose.into_iter().enumerate() {
            grid.rows.push(addition);
            let mut col = 0;
            for (nth, (wide, tall, content)) in cells.into_iter().enumerate() {
                let misfit = |why| Err(Misfit::Cell { row, nth, why });
                while col < cols && grid.at[row * cols + col] != FREE {
                    col += 1;
                }
                if wide == 0 || tall == 0 {
                    return misfit("跨行跨列数至少是 1");
                }
                if col + wide > cols {
                    return misfit("超出了表格的列数");
                }
                if row + tall > height {
                    return misfit("超出了表格的行数");
                }
                for r in row..row + tall {
                    for c in col..col + wide {
                        let slot = &mut grid.at[r * cols + c];
                        if *slot != FREE {
                            return misfit("与别的单元格重叠");
                        }
                        *slot = grid.cells.len() as u16;
                    }
                }
                grid.cells.push(GridCell {
                    row,
                    col,
                    rows: tall,
                    cols: wide,
                    content,
                });
                col += wide;
            }
        }
        match grid.at.iter().position(|&slot| slot == FREE) {
            Some(hole) => Err(Misfit::Hole {
                row: hole / cols,
                col: hole % cols,
            }),
            None => Ok(grid),
        }
    }

    /// The index in [`Grid::cells`] of the cell that covers a slot.
    ///
    /// # Panics
    /// If the slot lies outside the table.
    pub fn covering(&self, row: usize, col: usize) -> usize {
        assert!(col < self.cols, "column {col} of {}", self.cols);
        usize::from(self.at[row * self.cols + col])
    }

    /// The rows in which a cell's column means the same: from its heads to the next ones.
    pub fn block_around(&self, cell: &GridCell) -> Range<usize> {
        let heads = |row: usize| {
            let mut cells = self.cells.iter().filter(|cell| cell.row == row);
            cells.any(|cell| matches!(cell.content, Content::Head(_) | Content::Block(_)))
        };
        let mut start = cell.row;
        while start > 0 && !heads(start - 1) {
            start -= 1;
        }
        while start > 0 && heads(start - 1) {
            start -= 1;
        }
        let end = (cell.row..self.rows.len()).find(|&row| heads(row));
        start..end.unwrap_or(self.rows.len())
    }

    /// The words of the heads that stand above all of a cell, from the outermost to the nearest; a block's head ends the
    /// search. Local rows at the end belong to no block: only the heads of the whole table, in its first `head_rows`
    /// rows, are theirs.
    pub(super) fn heads_above(&self, cell: &GridCell, head_rows: usize) -> Vec<&str> {
        let mut heads = Vec::new();
        let mut row = cell.row;
        while row > 0 {
            let above = &self.cells[self.covering(row - 1, cell.col)];
            let of_this_row = self.rows[above.row] == self.rows[cell.row] || above.row < head_rows;
            match &above.content {
                _ if !of_this_row => {}
                Content::Head(text)
                    if above.col <= cell.col && above.col + above.cols >= cell.col + cell.cols =>
                {
                    heads.push(text.as_str());
                }
                Content::Block(_) => break,
                _ => {}
            }
            row = above.row;
        }
        heads.reverse();
        heads
    }

    /// The words of the labels to the left of a cell, from the outermost to the nearest.
    pub(super) fn labels_left(&self, cell: &GridCell) -> Vec<&str> {
        let mut labels = Vec::new();
        let mut col = 0;
        while col < cell.col {
            let left = &self.cells[self.covering(cell.row, col)];
            if let Content::Label(text) = &left.content {
                labels.push(text.as_str());
            }
            col = left.col + left.cols;
        }
        labels
    }
}
