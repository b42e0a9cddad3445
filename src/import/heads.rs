//! Numbers by the heads of their columns, for rows that lack some of their cells.

use super::recognise::plain;
use super::source::{RawCell, RawTable};
use similar::{Algorithm, DiffOp, capture_diff_slices};

/// What a row has under each of these heads, if it is whole: a row of which a cell fell out has moved, and its columns say
/// nothing any more.
pub(super) fn fields(raw: &RawTable, row: usize, heads: &[String]) -> Option<Vec<Option<String>>> {
    let reaches = |cell: &&RawCell| (cell.row..cell.row + cell.rows).contains(&row);
    let filled: usize = raw.cells.iter().filter(reaches).map(|cell| cell.cols).sum();
    if filled != raw.cols {
        return None;
    }
    let head = |col: usize| {
        // The nearest above that is one column wide and known.
        let above = raw.cells.iter().filter(|cell| cell.row + cell.rows <= row);
        let over = above.filter(|cell| cell.col == col && cell.cols == 1);
        over.map(|cell| (cell.row, plain(&cell.text)))
            .filter(|(_, text)| heads.contains(text))
            .max_by_key(|(row, _)| *row)
            .map(|(_, text)| (col, text))
    };
    let there: Vec<(usize, String)> = (0..raw.cols).filter_map(head).collect();
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
            let (col, _) = there[old_index + nth];
            let here = |cell: &&RawCell| cell.row == row && cell.col == col && cell.cols == 1;
            found[new_index + nth] = raw.cells.iter().find(here).map(|cell| cell.text.clone());
        }
    }
    let count = found.iter().flatten().count();
    (count * 2 >= heads.len() && count > 0).then_some(found)
}

/// The same for the last row of numbers of a table whose rows have no labels.
pub(super) fn last_row(raw: &RawTable, heads: &[String]) -> Option<Vec<Option<String>>> {
    (0..raw.rows).rev().find_map(|row| {
        let mut cells = raw.cells.iter().filter(|cell| cell.row == row);
        let is_number = |cell: &RawCell| {
            let text = cell.text.trim();
            text.chars().count() < 16 && !text.chars().any(char::is_alphabetic)
        };
        cells.all(is_number).then(|| fields(raw, row, heads))?
    })
}
