//! Numbers by the heads of their columns, for rows that lack some of their cells.

use super::recognise::{Fields, plain};
use super::source::{RawCell, RawTable};
use super::table::Rows;
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
        // The nearest above that is just as wide and known, or two of which the end of a page has made one.
        let above = raw.cells.iter().filter(|cell| cell.row + cell.rows <= row);
        let over = above.filter(|cell| (cell.col, cell.cols) == (own.col, own.cols));
        let over: Vec<String> = over.map(|cell| plain(&cell.text)).collect();
        let known = |text: &String| heads.contains(text);
        let one = |at: usize| Some(over[at].clone()).filter(known);
        let two = |at: usize| Some(over.get(at.checked_sub(1)?)?.clone() + &over[at]).filter(known);
        (0..over.len())
            .rev()
            .find_map(|at| one(at).or_else(|| two(at)))
            .map(|text| (own.text.clone(), text))
    };
    let there: Vec<(String, String)> = own.filter_map(head).collect();
    let words: Vec<&str> = there.iter().map(|(_, head)| head.as_str()).collect();
    let wanted: Vec<&str> = heads.iter().map(String::as_str).collect();
    let mut found = vec![None; heads.len()];
    for (at, nth) in certain(&words, &wanted) {
        found[nth] = Some(there[at].0.clone());
    }
    let count = found.iter().flatten().count();
    (count * 2 >= heads.len() && count > 0).then_some(found)
}

/// The pairs of equal words that belong together however the two lists are laid side by side: the same heads stand over
/// several groups of columns, and where a group is missing nobody knows which.
fn certain(a: &[&str], b: &[&str]) -> Vec<(usize, usize)> {
    // Far more than any table has heads.
    const MOST: usize = 100;
    if a.len() > MOST {
        return Vec::new();
    }
    // The most pairs before and from each place on.
    let mut before = vec![vec![0; b.len() + 1]; a.len() + 1];
    let mut from = before.clone();
    for i in 0..a.len() {
        for j in 0..b.len() {
            let pair = before[i][j] + usize::from(a[i] == b[j]);
            before[i + 1][j + 1] = pair.max(before[i][j + 1]).max(before[i + 1][j]);
            let (i, j) = (a.len() - 1 - i, b.len() - 1 - j);
            let pair = from[i + 1][j + 1] + usize::from(a[i] == b[j]);
            from[i][j] = pair.max(from[i][j + 1]).max(from[i + 1][j]);
        }
    }
    let places = (0..a.len()).flat_map(|i| (0..b.len()).map(move |j| (i, j)));
    let best = |&(i, j): &(usize, usize)| {
        a[i] == b[j] && before[i][j] + 1 + from[i + 1][j + 1] == from[0][0]
    };
    let possible: Vec<(usize, usize)> = places.filter(best).collect();
    let crosses = |(i, j): (usize, usize), (k, l): (usize, usize)| {
        (i, j) != (k, l) && ((i <= k && j >= l) || (i >= k && j <= l))
    };
    let is_certain = |pair: &&(usize, usize)| !possible.iter().any(|other| crosses(**pair, *other));
    possible.iter().filter(is_certain).copied().collect()
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
pub(super) fn below(plains: &Rows, heads: &[String]) -> usize {
    // One alone stands in other tables too.
    const SOME: usize = 2;
    let is_head = |cell: &&String| heads.contains(*cell);
    let last = plains
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
    // Numbers that stand further below are those of something else.
    const NEAR: usize = 20;
    let mut empty = None;
    for found in rows.take(NEAR).filter_map(row) {
        if found.iter().any(is_filled) {
            return Some(found);
        }
        empty = empty.or(Some(found));
    }
    empty
}
