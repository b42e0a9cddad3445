//! Finds the official tables in what others made of them, by the form's own labels and never by counting numbers.

use super::table::Rows;
use crate::form::{CellIx, Content, Form, Table};
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
}

impl Recognised {
    /// Whether there was anything of the form at all.
    pub fn is_empty(&self) -> bool {
        self.placed.is_empty() && self.refused.is_empty()
    }
}

/// Looks for every table of the form in these tables.
pub fn recognise(form: &Form, tables: &[Rows]) -> Recognised {
    let mut found = Recognised::default();
    for table in &form.tables {
        let wanted = rows_of(table);
        let best = tables
            .iter()
            .map(|rows| matches(table, &wanted, rows))
            .max_by_key(|rows| rows.iter().flatten().count());
        let Some(best) = best else { continue };
        // Half a table is that table, and so are some rows of it; a stray label is not.
        const SOME_ROWS: usize = 4;
        let rows = best.iter().flatten().count();
        if rows == 0 || (rows * 2 < wanted.len() && rows < SOME_ROWS) {
            continue;
        }
        for (row, cells) in wanted.iter().zip(best) {
            match cells {
                Some(cells) => found.place(form, row, &cells),
                None => found.missing.push(row.label.clone()),
            }
        }
    }
    found
}

/// A row of the form that holds numbers.
struct WantedRow {
    /// The nearest label; empty where the table has none.
    label: String,
    cells: Vec<CellIx>,
}

fn rows_of(table: &Table) -> Vec<WantedRow> {
    let mut rows: Vec<(usize, WantedRow)> = Vec::new();
    let mut label = (usize::MAX, String::new());
    for cell in &table.grid.cells {
        match &cell.content {
            // Local rows are not part of what everybody publishes.
            _ if table.grid.rows[cell.row].is_some() => {}
            Content::Label(text) => label = (cell.row, text.clone()),
            Content::Value(ix) => match rows.last_mut() {
                Some((row, wanted)) if *row == cell.row => wanted.cells.push(*ix),
                _ => {
                    let label = if label.0 == cell.row {
                        label.1.clone()
                    } else {
                        String::new()
                    };
                    rows.push((
                        cell.row,
                        WantedRow {
                            label,
                            cells: vec![*ix],
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
fn matches(table: &Table, wanted: &[WantedRow], rows: &Rows) -> Vec<Option<Vec<String>>> {
    let mut next = 0;
    let all = wanted.iter().map(|row| {
        if row.label.is_empty() {
            return unlabelled(table, row, rows);
        }
        let hit = [0, 2].into_iter().find_map(|slips| {
            (next..rows.len()).find_map(|at| {
                Some((
                    at,
                    after_label(&rows[at], &row.label, row.cells.len(), slips)?,
                ))
            })
        });
        let (at, cells) = hit?;
        next = at + 1;
        Some(cells)
    });
    all.collect()
}

/// The cells behind a label, if the row has it, as many as there should be; at most `slips` characters may be wrong.
fn after_label(row: &[String], label: &str, count: usize, slips: usize) -> Option<Vec<String>> {
    const SHORT: usize = 6;
    let label = plain(label);
    let slips = if label.chars().count() < SHORT {
        0
    } else {
        slips
    };
    let at = row.iter().position(|cell| {
        let cell = plain(cell);
        cell == label || (slips > 0 && distance(&cell, &label, slips) <= slips)
    })?;
    let mut behind = &row[at + 1..];
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

/// A row of numbers under the table's own heads, for tables whose rows have no label.
fn unlabelled(table: &Table, wanted: &WantedRow, rows: &Rows) -> Option<Vec<String>> {
    let heads: Vec<String> = table
        .grid
        .cells
        .iter()
        .filter_map(|cell| match &cell.content {
            Content::Head(text) => Some(plain(text)),
            _ => None,
        })
        .collect();
    let mut seen: Vec<String> = rows.iter().flatten().map(|cell| plain(cell)).collect();
    let known = heads
        .iter()
        .filter(|head| match seen.iter().position(|cell| cell == *head) {
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
    let numbers = |row: &Vec<String>| -> Option<Vec<String>> {
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
        (cells.len() == wanted.cells.len() && cells.iter().all(is_number)).then_some(cells)
    };
    rows.iter().rev().find_map(numbers)
}

impl Recognised {
    fn place(&mut self, form: &Form, row: &WantedRow, texts: &[String]) {
        for (&cell, text) in row.cells.iter().zip(texts) {
            let spec = form.cell(cell);
            match value::parse(text, spec.kind, spec.unit.as_deref()) {
                Ok(value) => self.placed.push((cell, value)),
                Err(reason) => self.refused.push((cell, text.clone(), reason.to_string())),
            }
        }
    }
}

/// A label without what differs from copy to copy: blanks, quotation marks, wide and narrow signs.
fn plain(label: &str) -> String {
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
fn distance(a: &str, b: &str, most: usize) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > most {
        return most + 1;
    }
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
