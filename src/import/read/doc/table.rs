//! Tables: rows say where each of their cells begins and ends, and nothing of the others.

use super::changes::Change;
use crate::import::error::ReadError;
use crate::import::limits::MAX_CELLS;
use crate::import::read::grid::{CellPlace, DeepCell, UNSEEN, is_missed, settle};
use crate::import::read::ole::u16_at;
use crate::import::source::{Part, UNREAD};

/// What the end of a row says of it.
#[derive(Clone, Debug, Default)]
pub(super) struct RowShape {
    /// The places of the lines between its cells, one more than these; twentieths of a point.
    lines: Vec<i16>,
    merges: Vec<Merge>,
    is_flat: bool,
    /// Whether something else than paper lies behind some of its cells.
    is_shaded: bool,
}

/// Stands before each white character, until its row says what lies behind it.
pub(super) const WHITE: char = '\u{FDD0}';

#[derive(Clone, Copy, Debug, Default)]
struct Merge {
    /// Goes on with the cell at its left.
    with_left: bool,
    /// Goes on with the cell above.
    with_above: bool,
}

impl RowShape {
    /// Carries out a change; any other changes nothing.
    pub fn change(&mut self, change: &Change<'_>) {
        let byte = |at: usize| change.value.get(at).copied().unwrap_or(0);
        match change.code {
            0xD608 => self.define(change.value),
            0xD62B => {
                if let Some(merge) = self.merges.get_mut(usize::from(byte(0))) {
                    merge.with_above = byte(1) == 1;
                }
            }
            0x5624 => {
                let (first, limit) = (usize::from(byte(0)), usize::from(byte(1)));
                let merges = self.merges.iter_mut().take(limit).skip(first + 1);
                merges.for_each(|merge| merge.with_left = true);
            }
            // Shadings of all cells, in two or in ten bytes each.
            0xD609 => {
                let mut all = change.value.chunks_exact(2);
                self.is_shaded |= all.any(|shading| !matches!(shading, [0 | 0xFF, 0 | 0xFF]));
            }
            0xD612 | 0xD616 | 0xD60C | 0xD670 | 0xD671 | 0xD672 => {
                let mut all = change.value.chunks_exact(10);
                self.is_shaded |= all.any(|shading| !is_paper(shading));
            }
            0x9407 => {
                // Less than nothing for a height that is kept whatever stands in the row.
                const LEAST: i16 = -30;
                let height = change.word().cast_signed();
                self.is_flat = height < 0 && height > LEAST;
            }
            _ => {}
        }
    }

    fn define(&mut self, value: &[u8]) {
        const CELL: usize = 20;
        let count = value.first().map_or(0, |count| usize::from(*count));
        let line = |nth: usize| u16_at(value, 1 + 2 * nth).map(u16::cast_signed);
        self.lines = (0..=count).filter_map(line).collect();
        let merge = |nth: usize| {
            let flags = u16_at(value, 1 + 2 * (count + 1) + CELL * nth).unwrap_or(0);
            Merge {
                with_left: flags & 2 != 0,
                with_above: flags & 0x20 != 0 && flags & 0x40 == 0,
            }
        };
        self.merges = (0..count).map(merge).collect();
    }
}

/// Whether a shading of ten bytes is none, or white.
fn is_paper(shading: &[u8]) -> bool {
    let (behind, pattern) = (&shading[4..8], u16_at(shading, 8));
    let is_clear = matches!(behind, [_, _, _, 0xFF] | [0xFF, 0xFF, 0xFF, 0]);
    is_clear && matches!(pattern, Some(0 | 0xFFFF))
}

/// Takes white characters out of the parts of a row, or lets them stand on what lies behind them.
fn settle_white(cells: &mut [Vec<Part>], is_shaded: bool) {
    for parts in cells {
        let mut lost = String::new();
        for part in parts.iter_mut() {
            let Part::Text(text) = part else { continue };
            if !text.contains(WHITE) {
                continue;
            }
            let mut is_white = false;
            text.retain(|c| {
                let is_lost = std::mem::replace(&mut is_white, c == WHITE) && !is_shaded;
                lost.extend((is_lost && c != WHITE).then_some(c));
                c != WHITE && !is_lost
            });
        }
        parts.retain(|part| part.text().is_none_or(|text| !text.trim().is_empty()));
        if parts.is_empty() && is_missed(&lost) {
            parts.push(Part::Text(UNSEEN.to_string()));
        }
    }
}

/// A table that is being read.
#[derive(Default)]
pub(super) struct OpenTable {
    rows: Vec<(RowShape, Vec<Vec<Part>>)>,
    cells: Vec<Vec<Part>>,
    /// Of the cell that is being read.
    pub parts: Vec<Part>,
    pub has_picture: bool,
    /// Whether a number stands in the cell that nobody sees, or that is struck out.
    pub has_unseen: bool,
    count: usize,
}

impl OpenTable {
    pub fn end_cell(&mut self) -> Result<(), ReadError> {
        let mut parts = std::mem::take(&mut self.parts);
        if std::mem::take(&mut self.has_picture) && parts.is_empty() {
            parts.push(Part::Text(UNREAD.to_string()));
        }
        if std::mem::take(&mut self.has_unseen) && parts.is_empty() {
            parts.push(Part::Text(UNSEEN.to_string()));
        }
        self.cells.push(parts);
        self.count += 1;
        if self.count > MAX_CELLS {
            return Err(ReadError::TableTooLarge);
        }
        Ok(())
    }

    pub fn end_row(&mut self, shape: RowShape) -> Result<(), ReadError> {
        self.parts.clear();
        self.has_unseen = false;
        self.count += 1;
        if self.count > MAX_CELLS {
            return Err(ReadError::TableTooLarge);
        }
        let mut cells = std::mem::take(&mut self.cells);
        settle_white(&mut cells, shape.is_shaded);
        self.rows.push((shape, cells));
        Ok(())
    }

    /// The table, or what it holds if it only arranges other tables.
    pub fn finish(mut self) -> Vec<Part> {
        if !self.cells.is_empty() {
            let mut cells = std::mem::take(&mut self.cells);
            settle_white(&mut cells, true);
            self.rows.push((RowShape::default(), cells));
        }
        let lines = self.lines();
        let column = |line: i16| {
            lines
                .partition_point(|other| other.0 <= line)
                .saturating_sub(1)
        };
        let count = self.rows.len();
        let mut cells: Vec<DeepCell> = Vec::new();
        for (row, (shape, contents)) in self.rows.into_iter().enumerate() {
            if shape.is_flat {
                continue;
            }
            for (nth, parts) in contents.into_iter().enumerate() {
                // A row that says nothing of its cells has one in each column.
                let (from, to) = match (shape.lines.get(nth), shape.lines.get(nth + 1)) {
                    (Some(&from), Some(&to)) => (column(from), column(to)),
                    _ => (nth, nth + 1),
                };
                let cols = to.saturating_sub(from).max(1);
                let merge = shape.merges.get(nth).copied().unwrap_or_default();
                if merge.with_left
                    && let Some(left) = cells.last_mut().filter(|left| left.place.row == row)
                {
                    left.place.cols += cols;
                    continue;
                }
                let is_above = |above: &&mut DeepCell| {
                    let place = above.place;
                    (place.col, place.cols, place.row + place.rows) == (from, cols, row)
                };
                if merge.with_above
                    && let Some(above) = cells.iter_mut().rev().take(MAX_BACK).find(is_above)
                {
                    above.place.rows += 1;
                    continue;
                }
                let place = CellPlace {
                    row,
                    col: from,
                    rows: 1,
                    cols,
                };
                cells.push(DeepCell { place, parts });
            }
        }
        let widths: Vec<u32> = lines
            .windows(2)
            .map(|pair| u32::from(pair[1].0.abs_diff(pair[0].0)))
            .collect();
        let mut parts = settle(String::new(), count, cells);
        if let [Part::Table(whole)] = parts.as_mut_slice() {
            whole.drop_slivers(&widths);
        }
        parts
    }

    /// The lines between the columns of all rows, those that lie close together as one: its first place and its last.
    fn lines(&self) -> Vec<(i16, i16)> {
        /// Twentieths of a point.
        const NEAR: i16 = 20;
        let mut all: Vec<i16> = self
            .rows
            .iter()
            .flat_map(|(shape, _)| shape.lines.clone())
            .collect();
        all.sort_unstable();
        let mut lines: Vec<(i16, i16)> = Vec::new();
        for line in all {
            match lines.last_mut() {
                Some(last) if line.saturating_sub(last.1) <= NEAR => last.1 = line,
                _ => lines.push((line, line)),
            }
        }
        lines
    }
}

/// Cells that are looked through for the one above.
const MAX_BACK: usize = 3_000;
