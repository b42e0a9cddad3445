//! A row of numbers under the table's own heads, for tables whose rows have no label.

use super::fields;
use super::form_words::{FormWordIx, WantedRow};
use super::heads::{Lookup, Reading, RowTexts, best_below};
use super::tables::SourceCell;
use std::collections::HashMap;

/// What the row's numbers could be, where the source has them.
pub(super) fn row<'a>(lookup: &Lookup<'a, '_>, wanted: &WantedRow) -> Option<Reading<'a>> {
    let from = lookup.below(wanted.heads);
    let counted = in_order(lookup, wanted, from);
    let under_heads = lookup.row_below(wanted.heads, from);
    lookup.reading(wanted, counted, under_heads)
}

/// The only row with just as many numbers.
fn in_order<'a>(lookup: &Lookup<'a, '_>, wanted: &WantedRow, from: usize) -> Option<RowTexts<'a>> {
    if !has_most(lookup) {
        return None;
    }
    let rows = &lookup.table.rows;
    // The year or an organ may stand before the numbers.
    let labels = |row: &[SourceCell<'_>]| row.iter().position(is_number).unwrap_or(row.len());
    let numbers = |row: &[SourceCell<'a>]| -> Option<RowTexts<'a>> {
        let row = &row[labels(row)..];
        let is_filled = |cell: &&SourceCell<'_>| !cell.raw.text.trim().is_empty();
        let cells: Vec<&SourceCell<'a>> = if row.len() == wanted.cells.len() {
            row.iter().collect()
        } else {
            row.iter().filter(is_filled).collect()
        };
        let fits = cells.len() == wanted.cells.len() && cells.iter().all(|cell| is_number(cell));
        fits.then(|| {
            cells
                .into_iter()
                .map(|cell| Some(cell.raw.text.as_str()))
                .collect()
        })
    };
    // Of several such rows nobody knows which is meant.
    let others = rows.iter().skip(from);
    let others = others.filter(|row| labels(row) > 0 && numbers(row).is_some());
    if others.count() > 1 {
        return None;
    }
    best_below(from..rows.len(), |row| numbers(&rows[row]))
}

/// Whether most heads of the form's table stand in the source's.
fn has_most(lookup: &Lookup<'_, '_>) -> bool {
    let mut seen: HashMap<FormWordIx, usize> = HashMap::new();
    for cell in lookup.table.rows.iter().flatten() {
        if let Some(word) = lookup.likeness.exact(cell.word) {
            *seen.entry(word).or_default() += 1;
        }
    }
    let heads = &lookup.wanted.heads;
    let known = heads.iter().filter(|head| match seen.get_mut(head) {
        Some(left @ 1..) => {
            *left -= 1;
            true
        }
        _ => false,
    });
    known.count() * 10 >= heads.len() * 7
}

/// Whether nothing but a number stands in a cell; a note in brackets may stand behind it.
fn is_number(cell: &SourceCell<'_>) -> bool {
    let bare = cell.raw.text.split(['（', '(']).next();
    let bare = bare.unwrap_or_default().trim();
    bare.is_empty() || fields::is_number(bare)
}
