//! Finds the official tables in what others made of them, by the form's own labels and never by counting numbers.

use super::heads::{self, Lookup};
use super::source::{RawCell, RawTable};
use crate::form::{CellIx, Content, Form, GridCell, Table};
use crate::value::{self, Value};

/// What was found for the cells of a form.
#[derive(Debug, Default)]
pub struct Recognised {
    /// Cells with the number that was read, in the form's order; blanks of the source among them.
    pub placed: Vec<(CellIx, Value)>,
    /// Cells whose content is more than a number, with it and the reason.
    pub refused: Vec<(CellIx, String, String)>,
    /// Rows of the form that were not found, by their label.
    pub missing: Vec<String>,
    /// What the source says in each cell that was found, word for word.
    pub words: Vec<(CellIx, String)>,
}

impl Recognised {
    /// Whether there was anything of the form at all.
    pub fn is_empty(&self) -> bool {
        self.placed.is_empty() && self.refused.is_empty()
    }
}

/// Looks for every table of the form in these tables.
pub fn recognise(form: &Form, tables: &[RawTable]) -> Recognised {
    recognise_in(form, tables, &[], Local::None)
}

/// Looks for every table of the form in these tables; for one that is in none of them in the `fields`, every word of
/// the source in order, as a text file with one cell a line has them.
pub(super) fn recognise_in(
    form: &Form,
    tables: &[RawTable],
    fields: &[String],
    local: Local,
) -> Recognised {
    let mut found = Recognised::default();
    let tables: Vec<Lookup<'_>> = tables.iter().map(Lookup::new).collect();
    let plains: Vec<String> = fields.iter().map(|field| plain(field)).collect();
    for table in &form.tables {
        let wanted = rows_of(table, local);
        let count = |rows: &Vec<Option<Fields>>| rows.iter().flatten().count();
        let mut in_tables: Vec<_> = tables
            .iter()
            .map(|lookup| matches(table, &wanted, lookup))
            .collect();
        // The sort keeps the order of equals.
        in_tables.sort_by_key(|rows| std::cmp::Reverse(count(rows)));
        // What is in no table: one cell a line.
        in_tables.push(in_flow(form, table, &wanted, fields, &plains));
        // The other half of a table that was torn is another table.
        let best = in_tables.into_iter().reduce(|best, next| {
            let rows = best.into_iter().zip(next);
            rows.map(|(a, b)| a.or(b)).collect()
        });
        let best = best.unwrap_or_default();
        // Half a table is that table, and so are some rows of it; a stray label is not.
        const SOME_ROWS: usize = 4;
        let rows = best.iter().flatten().count();
        if rows == 0 || (rows * 2 < wanted.len() && rows < SOME_ROWS) {
            continue;
        }
        for (row, cells) in wanted.iter().zip(best) {
            match cells {
                Some(cells) => found.place(form, row, &cells),
                None if row.optional => {}
                None => found.missing.push(row.label.clone()),
            }
        }
    }
    found
}

/// What the source has for the cells of a row; none where it lacks just that cell.
pub(super) type Fields = Vec<Option<String>>;

/// A row of the form that holds numbers.
struct WantedRow {
    /// The nearest label; empty where the table has none.
    label: String,
    /// The same as it is compared.
    plain: String,
    /// The words of the head right above each cell.
    heads: Vec<String>,
    cells: Vec<CellIx>,
    /// Whether it may be missing.
    optional: bool,
}

/// Whether the rows of local additions are looked for too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Local {
    Rows,
    None,
}

fn head_above(table: &Table, cell: &GridCell) -> String {
    let above = (0..cell.row).rev().find_map(|row| {
        let cell = &table.grid.cells[table.grid.covering(row, cell.col)];
        match &cell.content {
            Content::Head(text) => Some(plain(text)),
            _ => None,
        }
    });
    above.unwrap_or_default()
}

fn rows_of(table: &Table, local: Local) -> Vec<WantedRow> {
    let mut rows: Vec<(usize, WantedRow)> = Vec::new();
    let mut label = (usize::MAX, String::new());
    for cell in &table.grid.cells {
        match &cell.content {
            // Local rows are not part of what everybody publishes.
            _ if local == Local::None && table.grid.rows[cell.row].is_some() => {}
            Content::Label(text) => label = (cell.row, text.clone()),
            Content::Value(ix) => match rows.last_mut() {
                Some((row, wanted)) if *row == cell.row => {
                    wanted.cells.push(*ix);
                    wanted.heads.push(head_above(table, cell));
                }
                _ => {
                    let label = if label.0 == cell.row {
                        label.1.clone()
                    } else {
                        String::new()
                    };
                    rows.push((
                        cell.row,
                        WantedRow {
                            plain: plain(&label),
                            label,
                            heads: vec![head_above(table, cell)],
                            cells: vec![*ix],
                            optional: table.grid.rows[cell.row].is_some(),
                        },
                    ));
                }
            },
            _ => {}
        }
    }
    rows.into_iter().map(|(_, row)| row).collect()
}

/// For each wanted row the texts of its numbers, where the source has them.
fn matches(table: &Table, wanted: &[WantedRow], lookup: &Lookup<'_>) -> Vec<Option<Fields>> {
    let mut next = 0;
    let mut all: Vec<Option<(usize, Fields)>> = Vec::with_capacity(wanted.len());
    for row in wanted {
        if row.label.is_empty() {
            let from = heads::below(&lookup.plains, &row.heads);
            let whole = unlabelled(table, row, lookup, from);
            let partly = || heads::row_below(lookup, &row.heads, from);
            all.push(whole.or_else(partly).map(|cells| (0, cells)));
            continue;
        }
        let hit = [0, SLIPS].into_iter().find_map(|slips| {
            let behind = |at: usize| row_behind(lookup, at, row, slips);
            (next..lookup.rows.len()).find_map(|at| Some((at, behind(at)?)))
        });
        if let Some((at, _)) = &hit {
            next = at + 1;
        }
        all.push(hit);
    }
    between(wanted, lookup, &mut all);
    all.into_iter()
        .map(|row| row.map(|(_, cells)| cells))
        .collect()
}

/// What stands behind a label: one field for each cell, or, where some are lacking, those that stand under their heads.
fn row_behind(lookup: &Lookup<'_>, at: usize, wanted: &WantedRow, slips: usize) -> Option<Fields> {
    let plains = &lookup.plains[at];
    let place = plains
        .iter()
        .position(|cell| is_label(cell, &wanted.plain, slips));
    let Some(place) = place else {
        return cut_row(lookup, at, wanted);
    };
    // Another label stands there: this one heads several rows.
    if plains[place + 1..].iter().any(|cell| is_numbered(cell)) {
        return None;
    }
    match behind(&lookup.rows[at][place + 1..], wanted.cells.len()) {
        Some(cells) => Some(cells.into_iter().map(Some).collect()),
        None => heads::fields(lookup, at, &wanted.heads),
    }
}

/// A row that the end of a page has cut in two: its label goes on in the next row, and each number stands in one of both.
fn cut_row(lookup: &Lookup<'_>, at: usize, wanted: &WantedRow) -> Option<Fields> {
    let label = &wanted.plain;
    let begins = |cell: &String| !cell.is_empty() && label.starts_with(cell.as_str());
    if !lookup.plains[at].iter().any(begins) {
        return None;
    }
    let below = |above: &RawCell| {
        let mut cells = lookup.cells(at + 1);
        cells.find(|cell| (cell.col, cell.cols) == (above.col, above.cols))
    };
    let pair = |above: &RawCell| {
        let below = below(above).map(|cell| cell.text.trim().to_owned());
        (above.text.trim().to_owned(), below)
    };
    let mut pairs = lookup.cells(at).map(pair);
    pairs.find(|(above, below)| {
        let below = below.as_ref().filter(|below| !below.is_empty());
        !above.is_empty() && below.is_some_and(|below| plain(above) + &plain(below) == *label)
    })?;
    let numbers = pairs.map(|(above, below)| match (above, below?) {
        (number, empty) | (empty, number) if empty.is_empty() => Some(number),
        _ => None,
    });
    let numbers: Vec<String> = numbers.collect::<Option<_>>()?;
    let numbers = behind(&numbers, wanted.cells.len())?;
    Some(numbers.into_iter().map(Some).collect())
}

/// Rows whose label is spelt too badly are known by their place: between rows that are known stand just as many. Half
/// of the label must still be right.
fn between(wanted: &[WantedRow], lookup: &Lookup<'_>, all: &mut [Option<(usize, Fields)>]) {
    let mut at = 0;
    while at < all.len() {
        let gap = at..all[at..]
            .iter()
            .position(Option::is_some)
            .map_or(all.len(), |n| at + n);
        let before = at
            .checked_sub(1)
            .and_then(|at| all[at].as_ref())
            .map(|(row, _)| *row);
        let after = all
            .get(gap.end)
            .and_then(|row| row.as_ref())
            .map(|(row, _)| *row);
        if let (Some(before), Some(after)) = (before, after)
            && after - before - 1 == gap.len()
        {
            for (nth, index) in gap.clone().enumerate() {
                let row = before + 1 + nth;
                let slips = wanted[index].plain.chars().count() / 2;
                let cells = row_behind(lookup, row, &wanted[index], slips);
                all[index] = cells.map(|cells| (row, cells));
            }
        }
        at = gap.end + 1;
    }
}

/// The most wrong characters of a label that is known by itself.
const SLIPS: usize = 2;

/// The numbers among the cells behind a label, if they are as many as there should be.
fn behind(behind: &[String], count: usize) -> Option<Vec<String>> {
    let mut behind = behind;
    // Merged labels leave empty fields behind them, wide tables at their end.
    while behind.len() > count && behind[0].trim().is_empty() {
        behind = &behind[1..];
    }
    while behind.len() > count && behind[behind.len() - 1].trim().is_empty() {
        behind = &behind[..behind.len() - 1];
    }
    // One number that stands in several merged columns.
    if count < behind.len() && behind[count..].iter().all(|cell| cell.trim().is_empty()) {
        behind = &behind[..count];
    }
    if behind.len() == count {
        return Some(behind.to_vec());
    }
    // Tables of different widths on one sheet: columns are merged anywhere. With nothing blank there is no doubt.
    let filled: Vec<String> = behind
        .iter()
        .filter(|cell| !cell.trim().is_empty())
        .cloned()
        .collect();
    (behind.len() > count && filled.len() == count).then_some(filled)
}

/// Whether a cell is a label with a number of its own, such as `1.属于国家秘密`.
fn is_numbered(rest: &str) -> bool {
    let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let label = digits
        .strip_prefix('.')
        .filter(|_| digits.len() < rest.len());
    label.is_some_and(|label| label.starts_with(|c: char| !c.is_ascii_digit()))
}

/// Whether a cell is a label, at most `slips` characters of it wrong; short ones must be right. The report's year in a
/// label is any year.
fn is_label(cell: &str, label: &str, slips: usize) -> bool {
    const YEAR: &str = "{year}";
    if label.contains(YEAR) {
        let bare = |text: &str| text.replace(|c: char| c.is_ascii_digit(), "");
        return is_label(&bare(cell), &bare(&label.replace(YEAR, "")), slips);
    }
    let slips = if label.chars().count() < SHORT {
        0
    } else {
        slips
    };
    cell == label || slips > 0 && distance(cell, label, slips) <= slips
}

/// A row of numbers under the table's own heads, for tables whose rows have no label.
fn unlabelled(
    table: &Table,
    wanted: &WantedRow,
    lookup: &Lookup<'_>,
    from: usize,
) -> Option<Fields> {
    let rows = &lookup.rows;
    let heads: Vec<String> = table
        .grid
        .cells
        .iter()
        .filter_map(|cell| match &cell.content {
            Content::Head(text) => Some(plain(text)),
            _ => None,
        })
        .collect();
    let mut seen: Vec<&String> = lookup.plains.iter().flatten().collect();
    let known = heads
        .iter()
        .filter(|head| match seen.iter().position(|cell| cell == head) {
            Some(at) => {
                seen.swap_remove(at);
                true
            }
            None => false,
        })
        .count();
    if known * 10 < heads.len() * 7 {
        return None;
    }
    let is_number = |cell: &String| {
        cell.trim().is_empty()
            || cell.contains(|c: char| c.is_numeric())
            || matches!(cell.trim(), "/" | "-" | "—")
    };
    let numbers = |row: &Vec<String>| -> Option<Fields> {
        let filled = || {
            row.iter()
                .filter(|cell| !cell.trim().is_empty())
                .cloned()
                .collect::<Vec<_>>()
        };
        let cells = if row.len() == wanted.cells.len() {
            row.clone()
        } else {
            filled()
        };
        let fits = cells.len() == wanted.cells.len() && cells.iter().all(is_number);
        fits.then(|| cells.into_iter().map(Some).collect())
    };
    heads::best_below(from..rows.len(), |row| numbers(&rows[row]))
}

/// For each wanted row the fields behind its label, where that many stand there that could be numbers.
fn in_flow(
    form: &Form,
    table: &Table,
    wanted: &[WantedRow],
    fields: &[String],
    plains: &[String],
) -> Vec<Option<Fields>> {
    // Words such as 其他 stand everywhere: only what follows the table's own heads counts.
    let heads: Vec<String> = table
        .grid
        .cells
        .iter()
        .filter(|cell| matches!(cell.content, Content::Head(_) | Content::Block(_)))
        .filter_map(|cell| cell.content.words().map(plain))
        .collect();
    let mut next = 0;
    let mut met = 0;
    for head in heads
        .iter()
        .take(HEADS_BEFORE_ROWS.max(table.head_rows * table.grid.cols))
    {
        if let Some(at) = plains[next..].iter().position(|field| field == head) {
            next += at + 1;
            met += 1;
        }
    }
    if met == 0 {
        return wanted.iter().map(|_| None).collect();
    }
    // With one row of numbers all heads stand above it, else the rows begin behind the first head already.
    let has_labels = wanted.iter().any(|row| !row.label.is_empty());
    if has_labels {
        next = plains
            .iter()
            .position(|field| Some(field) == heads.first())
            .unwrap_or(0);
    } else if met * 10 < heads.len() * 7 {
        return wanted.iter().map(|_| None).collect();
    }
    let rows = wanted.iter().map(|row| {
        let at = if row.label.is_empty() {
            next
        } else {
            let find = |slips: usize| {
                let is_it = |field: &String| is_label(field, &row.plain, slips);
                plains[next..].iter().position(is_it)
            };
            next + find(0).or_else(|| find(SLIPS))? + 1
        };
        let cells = fields.get(at..at + row.cells.len())?;
        let fits = row.cells.iter().zip(cells).all(|(&cell, field)| {
            let spec = form.cell(cell);
            let digits = field.chars().any(|c| c.is_numeric()) && field.chars().count() < 40;
            (digits && !is_numbered(&plain(field)))
                || value::parse(field, spec.kind, spec.unit.as_deref()).is_ok()
        });
        if !fits {
            return None;
        }
        next = at + row.cells.len();
        Some(cells.iter().cloned().map(Some).collect())
    });
    rows.collect()
}

/// How many heads stand above the first row of a table without head rows of its own.
const HEADS_BEFORE_ROWS: usize = 1;
/// A shorter label must be right to the character.
const SHORT: usize = 6;

impl Recognised {
    /// The cells of which anything was found.
    pub fn cells(&self) -> impl Iterator<Item = CellIx> + '_ {
        let placed = self.placed.iter().map(|(cell, _)| *cell);
        placed.chain(self.refused.iter().map(|(cell, ..)| *cell))
    }

    fn place(&mut self, form: &Form, row: &WantedRow, texts: &[Option<String>]) {
        for (&cell, text) in row.cells.iter().zip(texts) {
            let Some(text) = text else { continue };
            let spec = form.cell(cell);
            self.words.push((cell, text.trim().to_owned()));
            match value::parse(text, spec.kind, spec.unit.as_deref()) {
                Ok(value) => self.placed.push((cell, value)),
                Err(reason) => self.refused.push((cell, text.clone(), reason.to_string())),
            }
        }
    }
}

/// A label without what differs from copy to copy: blanks, quotation marks, wide and narrow signs.
pub(super) fn plain(label: &str) -> String {
    label
        .chars()
        .filter(|c| !c.is_whitespace() && !"“”\"‘’'".contains(*c))
        .map(|c| match c {
            '、' | '．' | '。' => '.',
            '（' => '(',
            '）' => ')',
            '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => {
                char::from_u32(c as u32 - 0xFEE0).unwrap_or(c)
            }
            c => c,
        })
        .collect()
}

/// How many characters differ (Levenshtein), or more than `most`.
pub(super) fn distance(a: &str, b: &str, most: usize) -> usize {
    // Most cells are no label at all, and much shorter.
    if a.chars().count().abs_diff(b.chars().count()) > most {
        return most + 1;
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = (above + 1)
                .min(row[j] + 1)
                .min(diagonal + usize::from(x != y));
            diagonal = above;
        }
    }
    row[b.len()]
}
