//! An official table with its words as glyphs: where its columns stand, how high its rows are, what of it fits on a page.

use super::faces::Style;
use super::lines::{Line, Setting, break_lines};
use super::shape::{Glyph, Shaper};
use crate::export::document::{TableBlock, TableCell};
use crate::export::{page, setting};
use std::ops::Range;

/// A table measured.
pub(super) struct Measured {
    /// The left edges of the columns, and the right edge of the last, from the text area's.
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
        setting::leading(self.size)
    }
}

impl Measured {
    /// Measures a table; one that is wider than the text area stands out at both sides of it.
    pub fn new(table: &TableBlock, shaper: &mut Shaper<'_>) -> Self {
        let points = |&twentieths: &u32| twentieths as f32 / 20.0;
        let widths = &table.setting.widths;
        let whole: f32 = widths.iter().map(points).sum();
        let mut columns = vec![(page::TEXT_WIDTH - whole) / 2.0];
        for width in widths.iter().map(points) {
            columns.push(columns[columns.len() - 1] + width);
        }
        Self {
            columns,
            rows: table.setting.heights.iter().map(points).collect(),
            cells: table.cells.iter().map(|cell| words(cell, shaper)).collect(),
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

fn words(cell: &TableCell, shaper: &mut Shaper<'_>) -> CellWords {
    let mut words = CellWords {
        text: cell.lines.join("\n"),
        glyphs: Vec::new(),
        lines: Vec::new(),
        size: cell.size,
    };
    let mut at = 0;
    for line in &cell.lines {
        let before = words.glyphs.len();
        let mut glyphs = shaper.shape(line, Style::Table);
        let lines = break_lines(line, &glyphs, Setting::ragged(cell.size, f32::MAX));
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
