//! A table of the source, made ready for many questions.

use super::labels::plain;
use super::vocabulary::{Vocabulary, WordIx};
use crate::import::source::{RawCell, RawTable};

/// A table of the source, its rows found and its words known.
#[derive(Debug)]
pub struct SourceTable<'a> {
    /// The sheet's name as labels are compared; empty where there is none.
    pub name: String,
    /// The words right above it.
    pub caption: Option<WordIx>,
    /// A line above it that names a unit.
    pub unit_line: Option<WordIx>,
    /// Columns.
    pub cols: usize,
    /// Whether its cells are made out by where words stand.
    pub is_aligned: bool,
    /// For each row its own cells: not those that reach in from above or from the left.
    pub rows: Vec<Vec<SourceCell<'a>>>,
    /// For each row how many columns are in cells.
    filled: Vec<usize>,
}

/// A cell of such a table.
#[derive(Clone, Copy, Debug)]
pub struct SourceCell<'a> {
    pub raw: &'a RawCell,
    pub word: WordIx,
}

impl<'a> SourceTable<'a> {
    pub fn new(raw: &'a RawTable, caption: Option<WordIx>, vocabulary: &mut Vocabulary) -> Self {
        let mut rows = vec![Vec::new(); raw.rows];
        let mut filled = vec![0; raw.rows];
        for cell in &raw.cells {
            if let Some(row) = rows.get_mut(cell.row) {
                let word = vocabulary.add(&cell.text);
                row.push(SourceCell { raw: cell, word });
            }
            let rows = filled.iter_mut().skip(cell.row).take(cell.rows);
            rows.for_each(|filled| *filled += cell.cols);
        }
        Self {
            name: plain(&raw.name),
            caption,
            unit_line: None,
            cols: raw.cols,
            is_aligned: raw.is_aligned,
            rows,
            filled,
        }
    }

    /// Whether it has one cell in nearly every row, as lines have that end in a bar each.
    pub fn is_cell_a_line(&self) -> bool {
        const MANY: usize = 6;
        const NARROW: usize = 3;
        let single = self.rows.iter().filter(|row| row.len() == 1).count();
        let is_narrow = self.cols <= NARROW && self.name.is_empty();
        is_narrow && self.rows.len() >= MANY && single * 10 >= self.rows.len() * 7
    }

    /// Whether a row only numbers the columns.
    pub fn is_index(&self, row: usize) -> bool {
        is_index(self.rows[row].iter().map(|cell| cell.raw.text.as_str()))
    }

    /// Whether every column of a row is in some cell: where one fell out, the columns say nothing any more.
    pub fn is_whole(&self, row: usize) -> bool {
        self.filled.get(row) == Some(&self.cols)
    }
}

/// Whether cells only number the columns below them (栏次): 1, 2, 3 and so on behind words, perhaps in brackets or circles.
pub fn is_index<'a>(cells: impl Iterator<Item = &'a str>) -> bool {
    const SEVERAL: usize = 4;
    let filled = cells.map(str::trim).filter(|words| !words.is_empty());
    let numbers = filled.map(nth).skip_while(Option::is_none);
    let numbers: Vec<Option<u32>> = numbers.collect();
    numbers.len() >= SEVERAL && (1..).map(Some).zip(&numbers).all(|(nth, own)| nth == *own)
}

/// The number of a column: 3, (3), ③.
fn nth(words: &str) -> Option<u32> {
    const FIRST: u32 = 0x2460;
    let bare = words.trim_matches(['(', ')', '（', '）', '[', ']', '栏']);
    let mut characters = bare.chars();
    match (characters.next(), characters.next()) {
        (Some(circled @ '①'..='⑳'), None) => Some(u32::from(circled) - FIRST + 1),
        _ => bare.parse().ok(),
    }
}
