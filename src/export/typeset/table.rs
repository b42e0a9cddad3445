//! An official table: how wide its columns are, how high its rows, and what of it stands on which page.

use super::faces::Style;
use super::lines::{Line, Setting, break_lines};
use super::shape::{Glyph, Shaper};
use crate::export::document::{TableBlock, TableCell};
use crate::export::page;
use std::ops::Range;

/// From one line of a cell to the next, in ems.
const LEADING: f32 = 1.22;
/// Above and below a cell's words.
const PADDING: f32 = 1.9;

/// A table measured at one size.
pub(super) struct Measured {
    /// The left edges of the columns, and the right edge of the last.
    pub columns: Vec<f32>,
    /// The heights of the rows.
    pub rows: Vec<f32>,
    /// The words of the cells, as the block lists them.
    pub cells: Vec<CellWords>,
}

/// The words of a cell on lines.
pub(super) struct CellWords {
    pub text: String,
    pub glyphs: Vec<Glyph>,
    pub lines: Vec<Line>,
    pub size: f32,
}

impl CellWords {
    /// How high the words are.
    pub fn height(&self) -> f32 {
        self.lines.len() as f32 * self.leading()
    }

    /// From one line to the next.
    pub fn leading(&self) -> f32 {
        self.size * LEADING
    }
}

impl Measured {
    /// Measures a table that fills the text area's width, with rows of at least `least_row` ems.
    pub fn new(table: &TableBlock, size: f32, least_row: f32, shaper: &mut Shaper<'_>) -> Self {
        let whole: u32 = table.widths.iter().sum::<u32>().max(1);
        let mut columns = vec![0.0];
        let mut upto = 0;
        for width in &table.widths {
            upto += width;
            columns.push(page::TEXT_WIDTH * upto as f32 / whole as f32);
        }
        let cells: Vec<CellWords> = table
            .cells
            .iter()
            .map(|cell| {
                let width = columns[cell.col + cell.cols] - columns[cell.col];
                words(cell, width - 2.0 * page::CELL_MARGIN, size, shaper)
            })
            .collect();
        let rows = row_heights(table, &cells, size * least_row);
        Self {
            columns,
            rows,
            cells,
        }
    }

    /// The height of some rows.
    pub fn height(&self, rows: Range<usize>) -> f32 {
        self.rows[rows].iter().sum()
    }

    /// The rows from `from` on that fit into a height; at least one.
    pub fn fitting(&self, from: usize, height: f32) -> usize {
        let mut used = 0.0;
        let fits = |row: &&f32| {
            used += **row;
            used <= height
        };
        let count = self.rows[from..].iter().take_while(fits).count();
        from + count.max(1)
    }
}

fn words(cell: &TableCell, width: f32, size: f32, shaper: &mut Shaper<'_>) -> CellWords {
    // A number too wide for its column is set smaller, so that it stays on one line as long as it can be read at all.
    let size = match cell.number {
        Some(_) => page::fitting_size(&cell.text, width, size),
        None => size,
    };
    let setting = Setting::ragged(size, width);
    let mut words = CellWords {
        text: cell.text.clone(),
        glyphs: Vec::new(),
        lines: Vec::new(),
        size,
    };
    let mut at = 0;
    for line in cell.text.split('\n') {
        let before = words.glyphs.len();
        let mut glyphs = shaper.shape(line, Style::Table);
        let lines = break_lines(line, &glyphs, setting);
        for glyph in &mut glyphs {
            glyph.range = glyph.range.start + at..glyph.range.end + at;
        }
        words.lines.extend(lines.into_iter().map(|line| Line {
            glyphs: line.glyphs.start + before..line.glyphs.end + before,
            ..line
        }));
        words.glyphs.append(&mut glyphs);
        at += line.len() + 1;
    }
    words
}

fn row_heights(table: &TableBlock, cells: &[CellWords], least: f32) -> Vec<f32> {
    let mut rows = vec![least; table.rows];
    let needed = |words: &CellWords| words.height() + 2.0 * PADDING;
    let mut by_span: Vec<(&TableCell, &CellWords)> = table.cells.iter().zip(cells).collect();
    by_span.sort_by_key(|(cell, _)| cell.rows);
    for (cell, words) in by_span {
        let span = cell.row..cell.row + cell.rows;
        let lacking = needed(words) - rows[span.clone()].iter().sum::<f32>();
        if lacking > 0.0 {
            // Shared, so that no row of a group stands out.
            let each = lacking / cell.rows as f32;
            rows[span].iter_mut().for_each(|row| *row += each);
        }
    }
    rows
}
