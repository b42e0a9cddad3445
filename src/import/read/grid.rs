//! Puts cells into place as they arrive row by row, and decides what a table inside a table means.

use crate::import::error::ReadError;
use crate::import::limits::MAX_CELLS;
use crate::import::source::{Part, RawCell, RawTable, UNREAD};
use crate::prose::{half_width, is_digit};
use std::collections::{BTreeSet, HashMap};

/// Columns that one cell may cover, as browsers limit them.
pub(super) const MAX_COLS: usize = 1_000;
/// Columns of a table as its cells are laid out, of which most may have no cell of their own.
const MAX_TAKEN: usize = 4 * MAX_COLS;
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

/// Stands for all words of a cell of which a number is in the file and nothing is seen, until its table is whole.
pub(super) const UNSEEN: char = '\u{FDD1}';

/// Whether words are a number and nothing else.
pub(super) fn is_number_alone(words: &str) -> bool {
    let words = words.trim();
    words.contains(is_digit)
        && words
            .chars()
            .all(|c| is_digit(c) || "+-.,".contains(half_width(c)))
}

/// Whether text that nobody sees would be missed: a number, but for the 0 that tables hide where they show none.
pub(super) fn is_missed(text: &str) -> bool {
    text.chars().any(|c| is_digit(c) && half_width(c) != '0')
}

/// A number that nobody sees is unread, unless all of its row is so: that row is not there.
fn settle_unseen(cells: &mut [RawCell]) {
    let is_unseen = |cell: &RawCell| cell.text.contains(UNSEEN);
    if !cells.iter().any(is_unseen) {
        return;
    }
    let seen = |cell: &&RawCell| !cell.text.trim().is_empty() && !is_unseen(cell);
    let rows: BTreeSet<usize> = cells.iter().filter(seen).map(|cell| cell.row).collect();
    for cell in cells.iter_mut().filter(|cell| is_unseen(cell)) {
        let unread = rows.contains(&cell.row).then_some(UNREAD);
        cell.text = unread.into_iter().collect();
    }
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

    /// Cells that reach down end here.
    pub fn end_spans(&mut self) {
        let rows = self.rows;
        self.free_from
            .iter_mut()
            .for_each(|free| *free = (*free).min(rows));
    }

    /// Leaves columns out.
    pub fn skip(&mut self, cols: usize) {
        self.col = self.col.saturating_add(cols.min(MAX_COLS)).min(MAX_TAKEN);
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
        if col >= MAX_TAKEN {
            return Err(ReadError::TableTooLarge);
        }
        let mut end = col + 1;
        while end < col + cols.min(MAX_COLS) && !taken(&self.free_from, end) {
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
        let mut parts: Vec<Part> = cells.into_iter().flat_map(|cell| cell.parts).collect();
        // Pictures and input boxes between the tables of a page are none of a report's.
        parts.retain(|part| part.text().is_none_or(|text| !is_only_unread(text)));
        return parts;
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

/// Whether nothing but what cannot be read stands in a text.
pub(super) fn is_only_unread(text: &str) -> bool {
    let mut rest = text.chars().filter(|c| !c.is_whitespace());
    text.contains(UNREAD) && rest.all(|c| c == UNREAD)
}

/// A table of these cells, as large as they need.
pub(super) fn table(name: String, mut cells: Vec<RawCell>) -> RawTable {
    cells.sort_by_key(|cell| (cell.row, cell.col));
    settle_unseen(&mut cells);
    drop_empty_columns(&mut cells);
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
        is_aligned: false,
    }
}

/// Takes out the columns in which no cell begins, where there are far too many: one that says it covers a thousand
/// covers those that there are.
fn drop_empty_columns(cells: &mut [RawCell]) {
    const MANY: usize = 100;
    let cols = cells.iter().map(|cell| cell.col + cell.cols).max();
    if cols.is_none_or(|cols| cols <= MANY) {
        return;
    }
    let mut begins: Vec<usize> = cells.iter().map(|cell| cell.col).collect();
    begins.sort_unstable();
    begins.dedup();
    let before = |col: usize| begins.partition_point(|begin| *begin < col);
    for cell in cells {
        let end = before(cell.col + cell.cols);
        cell.col = before(cell.col);
        cell.cols = (end - cell.col).max(1);
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
        UNSEEN | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}' => None,
        c if c.is_control() && c != '\n' && c != '\t' => None,
        c => Some(c),
    }
}

/// Which rows or columns of a sheet are seen.
struct Shown {
    /// For each how many of those before it are.
    before: Vec<usize>,
}

impl Shown {
    fn new(count: usize, is_hidden: impl Fn(usize) -> bool) -> Self {
        let mut before = Vec::with_capacity(count + 1);
        before.push(0);
        for at in 0..count {
            before.push(before[at] + usize::from(!is_hidden(at)));
        }
        Self { before }
    }

    fn before(&self, at: usize) -> usize {
        let last = self.before.len() - 1;
        self.before[at.min(last)] + at.saturating_sub(last)
    }

    fn has(&self, at: usize) -> bool {
        self.before(at + 1) > self.before(at)
    }
}

/// A sheet's cells as they are met, anywhere on it.
#[derive(Debug)]
pub(super) struct Sheet {
    name: String,
    cells: Vec<(usize, usize, String)>,
    merged: Vec<((usize, usize), (usize, usize))>,
    bytes: usize,
    hidden_rows: BTreeSet<usize>,
    /// First and last.
    hidden_cols: Vec<(usize, usize)>,
}

impl Sheet {
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            cells: Vec::new(),
            merged: Vec::new(),
            bytes: 0,
            hidden_rows: BTreeSet::new(),
            hidden_cols: Vec::new(),
        }
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// Adds a cell; one without words, seen or [`UNSEEN`], is none. `false` if the sheet has become too large.
    #[must_use]
    pub fn put(&mut self, row: usize, col: usize, text: &str) -> bool {
        const MAX_TEXT: usize = 16 << 20;
        let words: String = text.chars().filter_map(seen).collect();
        let unseen = text.contains(UNSEEN).then(|| UNSEEN.to_string());
        let text = match words.trim() {
            "" => unseen.as_deref().unwrap_or_default(),
            words => words,
        };
        if !text.is_empty() {
            self.bytes += text.len();
            self.cells.push((row, col, text.to_owned()));
        }
        self.cells.len() <= MAX_CELLS && self.bytes <= MAX_TEXT
    }

    /// Whether nothing stands in a cell.
    pub fn is_blank(&self, row: usize, col: usize) -> bool {
        let mut cells = self.cells.iter();
        !cells.any(|cell| (cell.0, cell.1) == (row, col))
    }

    /// Says that nobody sees a row.
    pub fn hide_row(&mut self, row: usize) {
        self.hidden_rows.insert(row);
    }

    /// Says that nobody sees these columns, the last one included.
    pub fn hide_columns(&mut self, from: usize, to: usize) {
        const MOST: usize = 1_000;
        if self.hidden_cols.len() < MOST && from <= to {
            self.hidden_cols.push((from, to));
        }
    }

    /// Takes out the rows and columns that nobody sees. A merged cell stays as long as any of it is seen.
    fn without_hidden(mut self) -> Self {
        if self.hidden_rows.is_empty() && self.hidden_cols.is_empty() {
            return self;
        }
        let rows = std::mem::take(&mut self.hidden_rows);
        let cols = std::mem::take(&mut self.hidden_cols);
        let (mut height, mut width) = self.size();
        for (_, to) in &self.merged {
            (height, width) = (height.max(to.0 + 1), width.max(to.1 + 1));
        }
        let rows = Shown::new(height, |row| rows.contains(&row));
        let cols = Shown::new(width, |col| {
            cols.iter().any(|(from, to)| (*from..=*to).contains(&col))
        });
        let mut seen_of: HashMap<(usize, usize), bool> = HashMap::new();
        self.merged.retain_mut(|(from, to)| {
            let first = (rows.before(from.0), cols.before(from.1));
            let end = (rows.before(to.0 + 1), cols.before(to.1 + 1));
            let is_seen = end.0 > first.0 && end.1 > first.1;
            seen_of.insert(*from, is_seen);
            (*from, *to) = (first, (end.0.saturating_sub(1), end.1.saturating_sub(1)));
            is_seen
        });
        // What a merged cell shows is what its first one holds: it comes last, so that it is the one that counts.
        let (mut first, mut others) = (Vec::new(), Vec::new());
        for (row, col, text) in std::mem::take(&mut self.cells) {
            let place = (rows.before(row), cols.before(col), text);
            match seen_of.get(&(row, col)) {
                Some(true) => first.push(place),
                None if rows.has(row) && cols.has(col) => others.push(place),
                _ => {}
            }
        }
        others.append(&mut first);
        self.cells = others;
        self
    }

    /// Says that an area is one cell; both corners belong to it.
    pub fn merge(&mut self, from: (usize, usize), to: (usize, usize)) {
        /// As Excel limits a sheet.
        const MOST: (usize, usize) = (1 << 20, 1 << 14);
        let is_area = from.0 <= to.0 && from.1 <= to.1 && to.0 < MOST.0 && to.1 < MOST.1;
        if self.merged.len() < MAX_CELLS && is_area {
            self.merged.push((from, to));
        }
    }

    /// Rows and columns up to the last that has words.
    fn size(&self) -> (usize, usize) {
        let rows = self.cells.iter().map(|cell| cell.0 + 1).max().unwrap_or(0);
        let cols = self.cells.iter().map(|cell| cell.1 + 1).max().unwrap_or(0);
        (rows, cols)
    }

    /// Whether it is small enough for a table, hidden rows and columns counted.
    pub fn fits(&self) -> bool {
        let (rows, cols) = self.size();
        rows.saturating_mul(cols) <= MAX_CELLS
    }

    /// The sheet as a table, each place of it in some cell; `None` if it is empty. Only for one that [`Self::fits`].
    pub fn table(self) -> Option<RawTable> {
        self.without_hidden().seen_table()
    }

    fn seen_table(self) -> Option<RawTable> {
        let (mut rows, mut cols) = self.size();
        if rows == 0 {
            return None;
        }
        // A merged cell with words in it reaches beyond them, unless someone has merged whole rows of the sheet.
        const FAR: usize = 100;
        let words: HashMap<(usize, usize), String> = self
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
