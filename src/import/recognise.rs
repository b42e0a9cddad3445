//! Finds the official tables in what others made of them, by the form's own labels and the heads of its columns; the
//! place of a number in its row counts only where no head speaks against it.

use super::heads::{self, Fields, Lookup};
use super::labels::{SLIPS, is_label, is_numbered, plain};
use super::lines::{self, is_number};
use super::pieces::put_together;
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
    /// Names of the form's tables that the source has more than once; the first one was read.
    pub doubled: Vec<String>,
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
    let says = |words: &str| {
        let mut cells = tables.iter().flat_map(|lookup| &lookup.plains).flatten();
        cells.any(|cell| cell == words) || plains.iter().any(|field| field == words)
    };
    for table in &form.tables {
        let wanted = rows_of(table, local);
        let in_tables = tables.iter().map(|lookup| matches(table, &wanted, lookup));
        let (mut best, is_doubled) = put_together(in_tables.collect());
        // What is in no table: one cell a line. Where the table is there, what it lacks stands nowhere else.
        if best.iter().all(Option::is_none) && !is_there(&wanted, &tables) {
            best = in_flow(form, table, &wanted, fields, &plains);
        }
        // Half a table is that table, and so are some rows of it; a stray label is not.
        const SOME_ROWS: usize = 4;
        let rows = best.iter().flatten().count();
        if rows == 0 || (rows * 2 < wanted.len() && rows < SOME_ROWS) {
            continue;
        }
        if is_doubled {
            found.doubled.push(table.name.clone());
        }
        for (row, cells) in wanted.iter().zip(best) {
            match cells {
                Some(cells) => found.place(form, row, &cells, &says),
                None if row.optional => {}
                None => found.missing.push(row.label.clone()),
            }
        }
    }
    found
}

/// Whether one of these tables is the form's, whatever could be read of it: most of its labels stand beside something.
fn is_there(wanted: &[WantedRow], tables: &[Lookup<'_>]) -> bool {
    let beside = |lookup: &Lookup<'_>, label: &str| {
        let mut rows = lookup.plains.iter().filter(|row| row.len() > 1);
        rows.any(|row| row.iter().any(|cell| cell == label))
    };
    let labels: Vec<&str> = wanted.iter().map(|row| row.plain.as_str()).collect();
    let known = |lookup: &Lookup<'_>| {
        let known = labels.iter().filter(|label| beside(lookup, label));
        known.count() * 2 > labels.len()
    };
    labels.iter().all(|label| !label.is_empty()) && tables.iter().any(known)
}

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
            let settled = settled(lookup, row, whole, partly());
            all.push(settled.map(|cells| (0, cells)));
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
    let counted = behind(&lookup.rows[at][place + 1..], wanted.cells.len());
    let counted = counted.map(|cells| cells.into_iter().map(Some).collect());
    settled(
        lookup,
        wanted,
        counted,
        heads::fields(lookup, at, &wanted.heads),
    )
}

/// Cells by their number in the row, unless the heads over them say otherwise: then a column is missing, added or in
/// another place.
fn settled(
    lookup: &Lookup<'_>,
    wanted: &WantedRow,
    counted: Option<Fields>,
    by_heads: Option<Fields>,
) -> Option<Fields> {
    let agree = |counted: &Fields, heads: &Fields| {
        let said = |words: &Option<String>| words.as_deref().map(str::trim).map(str::to_owned);
        let mut pairs = heads.iter().zip(counted);
        pairs.all(|(head, count)| head.is_none() || said(head) == said(count))
    };
    let by_heads = by_heads.filter(|_| heads::are_in_place(lookup, &wanted.heads));
    match (counted, by_heads) {
        (Some(counted), Some(heads)) if agree(&counted, &heads) => Some(counted),
        (counted, heads) => heads.or(counted),
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

/// The numbers among the cells behind a label, if they are as many as there should be.
fn behind(behind: &[String], count: usize) -> Option<Vec<String>> {
    // Merged labels leave empty fields behind them, wide tables at their end.
    let mut behind = behind;
    let is_empty = |cell: &String| cell.trim().is_empty();
    let more = behind.len().saturating_sub(count);
    let before = behind.iter().take_while(|cell| is_empty(cell)).count();
    let after = behind
        .iter()
        .rev()
        .take_while(|cell| is_empty(cell))
        .count();
    // Where both may have done so, blanks of the table's own could be either.
    if more > 0 && before > 0 && after > 0 && before < behind.len() {
        return None;
    }
    behind = &behind[before.min(more)..];
    behind = &behind[..behind.len() - after.min(behind.len().saturating_sub(count))];
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
        // A note in brackets may stand behind it.
        let bare = cell.split(['（', '(']).next().unwrap_or_default().trim();
        bare.is_empty() || lines::is_number(bare)
    };
    let is_filled = |cell: &&String| !cell.trim().is_empty();
    // The year or an organ may stand before the numbers.
    let labelled = |row: &Vec<String>| row.iter().position(is_number).unwrap_or(row.len());
    let numbers = |row: &Vec<String>| -> Option<Fields> {
        let row = &row[labelled(row)..];
        let cells = if row.len() == wanted.cells.len() {
            row.to_vec()
        } else {
            row.iter().filter(is_filled).cloned().collect()
        };
        let fits = cells.len() == wanted.cells.len() && cells.iter().all(is_number);
        fits.then(|| cells.into_iter().map(Some).collect())
    };
    // Of several such rows nobody knows which is meant.
    let others = rows.iter().skip(from);
    let others = others.filter(|row| labelled(row) > 0 && numbers(row).is_some());
    if others.count() > 1 {
        return None;
    }
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
        let end = at + row.cells.len();
        let cells = fields.get(at..end)?;
        // With more numbers than cells nobody knows which is which.
        if fields.get(end).is_some_and(|field| is_number(field)) {
            return None;
        }
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

/// Amounts are wanted in the one and sometimes given in the other.
const LARGE_UNIT: &str = "万元";
const SMALL_UNIT: &str = "元";

/// How many heads stand above the first row of a table without head rows of its own.
const HEADS_BEFORE_ROWS: usize = 1;
impl Recognised {
    /// The cells of which anything was found.
    pub fn cells(&self) -> impl Iterator<Item = CellIx> + '_ {
        let placed = self.placed.iter().map(|(cell, _)| *cell);
        placed.chain(self.refused.iter().map(|(cell, ..)| *cell))
    }

    fn place(
        &mut self,
        form: &Form,
        row: &WantedRow,
        texts: &[Option<String>],
        says: &impl Fn(&str) -> bool,
    ) {
        let cells = row.cells.iter().zip(&row.heads);
        for ((&cell, head), text) in cells.zip(texts) {
            let Some(text) = text else { continue };
            let spec = form.cell(cell);
            self.words.push((cell, text.trim().to_owned()));
            let in_yuan = head.replace(LARGE_UNIT, SMALL_UNIT);
            if in_yuan != *head && !says(head) && says(&in_yuan) && !text.trim().is_empty() {
                let reason = "原件的表头写的单位是元，这一格要填万元，请换算后填写";
                self.refused.push((cell, text.clone(), reason.to_owned()));
                continue;
            }
            match value::parse(text, spec.kind, spec.unit.as_deref()) {
                Ok(value) => self.placed.push((cell, value)),
                Err(reason) => self.refused.push((cell, text.clone(), reason.to_string())),
            }
        }
    }
}
