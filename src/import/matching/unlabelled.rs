//! A row of numbers under the table's own heads, for tables whose rows have no label.

use super::cell_text::CellText;
use super::fields;
use super::form_words::{FormWordIx, WantedRow};
use super::heads::{Lookup, Reading, best_below};
use super::tables::SourceCell;
use crate::import::source::UNREAD;
use std::collections::HashMap;

/// What the row's numbers could be, where the source has them.
pub(super) fn row<'a>(lookup: &Lookup<'a, '_>, wanted: &WantedRow) -> Option<Reading<'a>> {
    let from = lookup.below(wanted.heads);
    let under_heads = lookup.row_below(wanted.heads, from);
    let numbers = |count: usize| in_order(lookup, wanted.heads, count, from);
    lookup.reading(from, wanted.heads, under_heads, numbers)
}

/// The only row with just as many numbers.
fn in_order<'a>(
    lookup: &Lookup<'a, '_>,
    list: usize,
    count: usize,
    from: usize,
) -> Option<Vec<CellText<'a>>> {
    if !has_most(lookup) {
        return None;
    }
    let rows = &lookup.table.rows;
    // The year or an organ may stand before the numbers.
    let labels = |row: &[SourceCell<'_>]| row.iter().position(is_number).unwrap_or(row.len());
    let fits = |at: usize| {
        if lookup.table.is_index(at) {
            return false;
        }
        let row = &rows[at][labels(&rows[at])..];
        let is_filled = |cell: &&SourceCell<'_>| !cell.raw.text.trim().is_empty();
        let is_whole = row.len() == count;
        let cells = || row.iter().filter(|cell| is_whole || is_filled(cell));
        cells().count() == count && cells().all(is_number)
    };
    let numbers = |at: usize| -> Option<Vec<CellText<'a>>> {
        let cells = lookup.cells(at, list).into_iter().skip(labels(&rows[at]));
        let cells: Vec<CellText<'a>> = cells.collect();
        let is_whole = cells.len() == count;
        let cells = cells
            .into_iter()
            .filter(|cell| is_whole || !cell.is_blank());
        fits(at).then(|| cells.collect())
    };
    // Of several such rows nobody knows which is meant.
    let others = (from..rows.len()).filter(|at| labels(&rows[*at]) > 0 && fits(*at));
    if others.count() > 1 {
        return None;
    }
    let row = |at: usize| numbers(at).map(|texts| texts.into_iter().map(Some).collect());
    let best = best_below(from..rows.len(), row)?;
    best.into_iter().collect()
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
    bare.is_empty() || bare.contains(UNREAD) || fields::is_number(bare)
}
