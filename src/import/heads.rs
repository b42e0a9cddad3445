//! Numbers by the heads of their columns, for rows that lack some of their cells.

use super::recognise::{Fields, plain};
use super::source::{RawCell, RawTable};
use super::table::Rows;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::ops::Range;

/// What a row has under each of these heads, if it is whole: a row of which a cell fell out has moved, and its columns say
/// nothing any more.
pub(super) fn fields(raw: &RawTable, row: usize, heads: &[String]) -> Option<Fields> {
    let reaches = |cell: &&RawCell| (cell.row..cell.row + cell.rows).contains(&row);
    let filled: usize = raw.cells.iter().filter(reaches).map(|cell| cell.cols).sum();
    if filled != raw.cols {
        return None;
    }
    let own = raw.cells.iter().filter(|cell| cell.row == row);
    let head = |own: &RawCell| {
        // The nearest above that is just as wide and known.
        let above = raw.cells.iter().filter(|cell| cell.row + cell.rows <= row);
        let over = above.filter(|cell| (cell.col, cell.cols) == (own.col, own.cols));
        over.map(|cell| (cell.row, plain(&cell.text)))
            .filter(|(_, text)| heads.contains(text))
            .max_by_key(|(row, _)| *row)
            .map(|(_, text)| (own.text.clone(), text))
    };
    let there: Vec<(String, String)> = own.filter_map(head).collect();
    let words: Vec<&String> = there.iter().map(|(_, text)| text).collect();
    let wanted: Vec<&String> = heads.iter().collect();
    let mut found = vec![None; heads.len()];
    for same in capture_diff_slices(Algorithm::Myers, &words, &wanted) {
        let DiffOp::Equal {
            old_index,
            new_index,
            len,
        } = same
        else {
            continue;
        };
        for nth in 0..len {
            found[new_index + nth] = Some(there[old_index + nth].0.clone());
        }
    }
    let count = found.iter().flatten().count();
    (count * 2 >= heads.len() && count > 0).then_some(found)
}

/// The same for the row of numbers of a table whose rows have no labels; the heads stand above `from`.
pub(super) fn row_below(raw: &RawTable, heads: &[String], from: usize) -> Option<Fields> {
    best_below(from..raw.rows, |row| {
        let mut cells = raw.cells.iter().filter(|cell| cell.row == row);
        let is_number = |cell: &RawCell| {
            let text = cell.text.trim();
            text.chars().count() < 16 && !text.chars().any(char::is_alphabetic)
        };
        cells.all(is_number).then(|| fields(raw, row, heads))?
    })
}

/// The row behind the last one that holds such heads.
pub(super) fn below(rows: &Rows, heads: &[String]) -> usize {
    // One alone stands in other tables too.
    const SOME: usize = 2;
    let is_head = |cell: &&String| heads.contains(&plain(cell));
    let last = rows
        .iter()
        .rposition(|row| row.iter().filter(is_head).count() >= SOME);
    last.map_or(0, |row| row + 1)
}

/// Of these rows the first that has numbers, else the first that could have: an empty one below the table is common.
pub(super) fn best_below(
    rows: Range<usize>,
    row: impl Fn(usize) -> Option<Fields>,
) -> Option<Fields> {
    let is_filled =
        |text: &Option<String>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
    let mut empty = None;
    for found in rows.filter_map(row) {
        if found.iter().any(is_filled) {
            return Some(found);
        }
        empty = empty.or(Some(found));
    }
    empty
}
