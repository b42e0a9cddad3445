//! Where the active cell goes: pure functions over a resolved grid.
//!
//! A cell is named by its index in [`Grid::cells`]; only cells that hold a number can be active.

use crate::form::{Content, Grid};

/// A step of the active cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Left,
    Right,
    Up,
    Down,
    /// Up and down to an input; computed cells are skipped where there is one behind them.
    UpInput,
    DownInput,
    /// As far as the row or column goes.
    FarLeft,
    FarRight,
    FarUp,
    FarDown,
    /// About a screenful.
    PageUp,
    PageDown,
    /// The first and the last number of the table.
    First,
    Last,
    /// The next and the previous input in reading order; computed cells are skipped.
    Next,
    Previous,
    /// The next and the previous input down a column as far as it means the same, and then down the column beside it.
    NextDown,
    PreviousDown,
}

/// Rows that a page step passes.
const PAGE: usize = 10;

/// What the steps need to know of a table.
pub struct Field<'a> {
    pub grid: &'a Grid,
    /// Whether a row is part of the report.
    pub shows_row: &'a dyn Fn(usize) -> bool,
    /// Whether a cell (by its place in the grid) takes input.
    pub is_input: &'a dyn Fn(usize) -> bool,
}

impl Field<'_> {
    /// Whether a cell of the grid holds a number that the report shows.
    fn is_number(&self, slot: usize) -> bool {
        let cell = &self.grid.cells[slot];
        matches!(cell.content, Content::Value(_)) && (self.shows_row)(cell.row)
    }

    fn numbers(&self) -> impl DoubleEndedIterator<Item = usize> {
        (0..self.grid.cells.len()).filter(|&slot| self.is_number(slot))
    }

    /// The first input of the table, where a clerk starts; else the first number.
    pub fn start(&self) -> Option<usize> {
        self.numbers()
            .find(|&slot| (self.is_input)(slot))
            .or_else(|| self.numbers().next())
    }

    /// Where a step leads from `from`; the same cell if there is nothing that way.
    pub fn step(&self, from: usize, step: Step) -> usize {
        let cell = &self.grid.cells[from];
        let same_row = |slot: &usize| self.grid.cells[*slot].row == cell.row;
        let far = |next: fn(&Self, usize) -> Option<usize>| {
            let mut at = from;
            while let Some(further) = next(self, at) {
                at = further;
            }
            Some(at)
        };
        let to = match step {
            Step::Left => self.left(from),
            Step::Right => self.right(from),
            Step::Up => self.up(from),
            Step::Down => self.down(from),
            Step::UpInput => self.input(from, Self::up),
            Step::DownInput => self.input(from, Self::down),
            Step::FarLeft => self.numbers().find(same_row),
            Step::FarRight => self.numbers().rev().find(same_row),
            Step::FarUp => far(Self::up),
            Step::FarDown => far(Self::down),
            Step::PageUp => Some((0..PAGE).fold(from, |at, _| self.up(at).unwrap_or(at))),
            Step::PageDown => Some((0..PAGE).fold(from, |at, _| self.down(at).unwrap_or(at))),
            Step::First => self.numbers().next(),
            Step::Last => self.numbers().next_back(),
            Step::Next => self
                .numbers()
                .find(|&slot| slot > from && (self.is_input)(slot)),
            Step::Previous => self
                .numbers()
                .rev()
                .find(|&slot| slot < from && (self.is_input)(slot)),
            Step::NextDown => self.by_columns().find(|&slot| self.is_below(from, slot)),
            Step::PreviousDown => self.by_columns().rfind(|&slot| self.is_below(slot, from)),
        };
        to.unwrap_or(from)
    }

    /// The inputs column by column.
    fn by_columns(&self) -> impl DoubleEndedIterator<Item = usize> {
        let mut inputs: Vec<usize> = self.numbers().filter(|&at| (self.is_input)(at)).collect();
        inputs.sort_by_cached_key(|&slot| self.down_key(slot));
        inputs.into_iter()
    }

    fn down_key(&self, slot: usize) -> (usize, usize, usize) {
        let cell = &self.grid.cells[slot];
        (self.grid.block_around(cell).start, cell.col, cell.row)
    }

    /// Whether a cell comes after another, column by column.
    fn is_below(&self, first: usize, then: usize) -> bool {
        self.down_key(first) < self.down_key(then)
    }

    /// The first input that `next` leads to; where there is none, what lies next.
    fn input(&self, from: usize, next: fn(&Self, usize) -> Option<usize>) -> Option<usize> {
        let mut steps = std::iter::successors(next(self, from), |&at| next(self, at));
        steps
            .find(|&slot| (self.is_input)(slot))
            .or_else(|| next(self, from))
    }

    fn left(&self, from: usize) -> Option<usize> {
        let cell = &self.grid.cells[from];
        (0..cell.col)
            .rev()
            .map(|col| self.grid.covering(cell.row, col))
            .find(|&slot| self.is_number(slot))
    }

    fn right(&self, from: usize) -> Option<usize> {
        let cell = &self.grid.cells[from];
        (cell.col + cell.cols..self.grid.cols)
            .map(|col| self.grid.covering(cell.row, col))
            .find(|&slot| self.is_number(slot))
    }

    fn up(&self, from: usize) -> Option<usize> {
        let cell = &self.grid.cells[from];
        (0..cell.row)
            .rev()
            .map(|row| self.grid.covering(row, cell.col))
            .find(|&slot| self.is_number(slot))
    }

    fn down(&self, from: usize) -> Option<usize> {
        let cell = &self.grid.cells[from];
        (cell.row + cell.rows..self.grid.rows.len())
            .map(|row| self.grid.covering(row, cell.col))
            .find(|&slot| self.is_number(slot))
    }
}
