//! Puts cells into place as they arrive row by row, and decides what a table inside a table means.

use crate::import::error::ReadError;
use crate::import::limits::MAX_CELLS;
use crate::import::source::{Part, RawCell, RawTable};

/// Columns of a table, as browsers limit them.
pub(super) const MAX_COLS: usize = 1_000;
/// Tables inside tables inside tables.
pub(super) const MAX_NESTING: usize = 64;

/// Paragraphs and tables of a file: each costs memory, however short.
const MAX_PARTS: usize = 200_000;

/// Refuses a file of more parts than any report has.
pub(super) fn few_enough(parts: usize) -> Result<(), ReadError> {
    if parts > MAX_PARTS {
        return Err(ReadError::TooManyParts);
    }
    Ok(())
}

/// Where a cell stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct CellPlace {
    pub row: usize,
    pub col: usize,
    pub rows: usize,
    pub cols: usize,
}

/// Gives each cell its place: the first free one of its row. Rows reach down, so columns are taken for a while.
#[derive(Debug, Default)]
pub(super) struct Flow {
    /// For each column the first row that is free again.
    free_from: Vec<usize>,
    /// The next column to try.
    col: usize,
    /// Rows opened so far.
    pub rows: usize,
    cells: usize,
}

impl Flow {
    /// Begins a row.
    pub fn open_row(&mut self) -> Result<(), ReadError> {
        self.rows += 1;
        self.col = 0;
        if self.rows > MAX_CELLS {
            return Err(ReadError::TableTooLarge);
        }
        Ok(())
    }

    /// Leaves columns out.
    pub fn skip(&mut self, cols: usize) {
        self.col = self.col.saturating_add(cols).min(MAX_COLS);
    }

    /// The place of the next cell of this row; `rows` may be `usize::MAX`, to the end of the table.
    pub fn place(&mut self, rows: usize, cols: usize) -> Result<CellPlace, ReadError> {
        self.cells += 1;
        if self.cells > MAX_CELLS {
            return Err(ReadError::TableTooLarge);
        }
        if self.rows == 0 {
            self.open_row()?;
        }
        let row = self.rows - 1;
        let taken =
            |free_from: &[usize], col: usize| free_from.get(col).is_some_and(|&at| at > row);
        while taken(&self.free_from, self.col) {
            self.col += 1;
        }
        let col = self.col;
        if col >= MAX_COLS {
            return Err(ReadError::TableTooLarge);
        }
        let mut end = col + 1;
        while end < col.saturating_add(cols).min(MAX_COLS) && !taken(&self.free_from, end) {
            end += 1;
        }
        if self.free_from.len() < end {
            self.free_from.resize(end, 0);
        }
        let rows = rows.max(1);
        self.free_from[col..end].fill(row.saturating_add(rows));
        self.col = end;
        Ok(CellPlace {
            row,
            col,
            rows,
            cols: end - col,
        })
    }
}

/// A cell whose content may hold tables itself.
#[derive(Debug)]
pub(super) struct DeepCell {
    pub place: CellPlace,
    pub parts: Vec<Part>,
}

/// What a table comes to: itself, or what it holds if it only arranges other tables on a page.
///
/// It arranges if the tables in it have more cells than itself; a small table inside of a cell becomes words.
pub(super) fn settle(name: String, rows: usize, cells: Vec<DeepCell>) -> Vec<Part> {
    let inner: usize = cells
        .iter()
        .flat_map(|cell| &cell.parts)
        .map(|part| match part {
            Part::Table(table) => table.cells.len(),
            Part::Text(_) => 0,
        })
        .sum();
    if inner > cells.len() {
        return cells.into_iter().flat_map(|cell| cell.parts).collect();
    }
    let cells = cells.into_iter().map(|cell| RawCell {
        row: cell.place.row,
        col: cell.place.col,
        rows: cell
            .place
            .rows
            .min(rows.saturating_sub(cell.place.row))
            .max(1),
        cols: cell.place.cols,
        text: words(&cell.parts),
    });
    let table = table(name, cells.collect());
    if table.cells.is_empty() {
        Vec::new()
    } else {
        vec![Part::Table(table)]
    }
}

/// A table of these cells, as large as they need.
pub(super) fn table(name: String, mut cells: Vec<RawCell>) -> RawTable {
    cells.sort_by_key(|cell| (cell.row, cell.col));
    RawTable {
        name,
        rows: cells
            .iter()
            .map(|cell| cell.row + cell.rows)
            .max()
            .unwrap_or(0),
        cols: cells
            .iter()
            .map(|cell| cell.col + cell.cols)
            .max()
            .unwrap_or(0),
        cells,
    }
}

/// The words of a cell, a line for each paragraph and each row of a table in it.
fn words(parts: &[Part]) -> String {
    let mut lines: Vec<String> = Vec::new();
    for part in parts {
        match part {
            Part::Text(text) => lines.push(text.clone()),
            Part::Table(table) => {
                let mut row = usize::MAX;
                for cell in &table.cells {
                    let text = cell.text.replace('\n', " ");
                    match lines.last_mut() {
                        Some(line) if cell.row == row => {
                            line.push(' ');
                            line.push_str(&text);
                        }
                        _ => lines.push(text),
                    }
                    row = cell.row;
                }
            }
        }
    }
    lines.join("\n").trim().to_owned()
}

/// A character as it is kept: blanks of any kind as a blank, what is never seen as nothing.
pub(super) fn seen(c: char) -> Option<char> {
    match c {
        '\u{A0}' | '\u{2007}' | '\u{202F}' => Some(' '),
        '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}' => None,
        c if c.is_control() && c != '\n' && c != '\t' => None,
        c => Some(c),
    }
}

/// A sheet's cells as they are met, anywhere on it.
#[derive(Debug)]
pub(super) struct Sheet {
    name: String,
    cells: Vec<(usize, usize, String)>,
    merged: Vec<((usize, usize), (usize, usize))>,
    bytes: usize,
}

impl Sheet {
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            cells: Vec::new(),
            merged: Vec::new(),
            bytes: 0,
        }
    }

    /// Adds a cell; one without words is none. `false` if the sheet has become too large.
    #[must_use]
    pub fn put(&mut self, row: usize, col: usize, text: &str) -> bool {
        const MAX_TEXT: usize = 16 << 20;
        let text: String = text.chars().filter_map(seen).collect();
        let text = text.trim();
        if !text.is_empty() {
            self.bytes += text.len();
            self.cells.push((row, col, text.to_owned()));
        }
        self.cells.len() <= MAX_CELLS && self.bytes <= MAX_TEXT
    }

    /// Says that an area is one cell; both corners belong to it.
    pub fn merge(&mut self, from: (usize, usize), to: (usize, usize)) {
        if self.merged.len() < MAX_CELLS && from.0 <= to.0 && from.1 <= to.1 {
            self.merged.push((from, to));
        }
    }

    /// Rows and columns up to the last that has words.
    fn size(&self) -> (usize, usize) {
        let rows = self.cells.iter().map(|cell| cell.0 + 1).max().unwrap_or(0);
        let cols = self.cells.iter().map(|cell| cell.1 + 1).max().unwrap_or(0);
        (rows, cols)
    }

    /// Whether it is small enough for a table.
    pub fn fits(&self) -> bool {
        let (rows, cols) = self.size();
        rows.saturating_mul(cols) <= MAX_CELLS
    }

    /// The sheet as a table, each place of it in some cell; `None` if it is empty. Only for one that [`Self::fits`].
    pub fn table(self) -> Option<RawTable> {
        let (mut rows, mut cols) = self.size();
        if rows == 0 {
            return None;
        }
        // A merged cell with words in it reaches beyond them, unless someone has merged whole rows of the sheet.
        const FAR: usize = 100;
        let words: std::collections::HashMap<(usize, usize), String> = self
            .cells
            .into_iter()
            .map(|(row, col, text)| ((row, col), text))
            .collect();
        for (from, to) in self
            .merged
            .iter()
            .filter(|(from, _)| words.contains_key(from))
        {
            if to.0 - from.0 <= FAR && to.1 - from.1 <= FAR {
                let wider = (rows.max(to.0 + 1), cols.max(to.1 + 1));
                if wider.0 * wider.1 <= MAX_CELLS {
                    (rows, cols) = wider;
                }
            }
        }
        let mut taken = vec![false; rows * cols];
        let mut cells = Vec::new();
        for (from, to) in self.merged {
            let to = (to.0.min(rows - 1), to.1.min(cols - 1));
            if from.0 > to.0 || from.1 > to.1 {
                continue;
            }
            let places =
                || (from.0..=to.0).flat_map(|r| (from.1..=to.1).map(move |c| r * cols + c));
            if places().any(|at| taken[at]) {
                continue;
            }
            places().for_each(|at| taken[at] = true);
            cells.push(RawCell {
                row: from.0,
                col: from.1,
                rows: to.0 - from.0 + 1,
                cols: to.1 - from.1 + 1,
                text: words.get(&from).cloned().unwrap_or_default(),
            });
        }
        for at in (0..rows * cols).filter(|&at| !taken[at]) {
            let (row, col) = (at / cols, at % cols);
            cells.push(RawCell {
                row,
                col,
                rows: 1,
                cols: 1,
                text: words.get(&(row, col)).cloned().unwrap_or_default(),
            });
        }
        Some(table(self.name, cells))
    }
}
