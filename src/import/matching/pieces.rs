//! One table out of the pieces that the ends of pages and the lines between its blocks make of it.

use super::heads::RowTexts;

/// The rows of one table of the form, out of all tables that have some of them: the first one that is about whole, and
/// the pieces that go with it, as the pages of a torn table do. Any other table that has rows of these names is one of its
/// own, such as last year's.
///
/// Also says whether there is another one that is about whole.
pub(super) fn put_together<'a>(
    all: Vec<Vec<Option<RowTexts<'a>>>>,
) -> (Vec<Option<RowTexts<'a>>>, bool) {
    let count = |rows: &[Option<RowTexts<'_>>]| rows.iter().flatten().count();
    let most = all.iter().map(|rows| count(rows)).max().unwrap_or(0);
    let is_about_whole = |rows: &Vec<Option<RowTexts<'_>>>| count(rows) * 10 >= most * 8;
    let Some(first) = all.iter().position(is_about_whole) else {
        return (Vec::new(), false);
    };
    // Each row with the number of its table.
    let numbered = |(table, rows): (usize, Vec<Option<RowTexts<'a>>>)| {
        let rows = rows.into_iter().map(|row| Some((table, row?)));
        rows.collect::<Vec<_>>()
    };
    let mut others: Vec<_> = all.into_iter().enumerate().map(numbered).collect();
    let mut best = others.remove(first);
    // The sort keeps the order of equals.
    others.sort_by_key(|rows| std::cmp::Reverse(rows.iter().flatten().count()));
    let mut is_doubled = false;
    for rows in others {
        let count = rows.iter().flatten().count();
        if !is_piece(&rows, &best) {
            is_doubled |= count * 10 >= most * 8 && count * 2 > rows.len();
        } else {
            let both = best.into_iter().zip(rows);
            best = both.map(|(a, b)| a.or(b)).collect();
        }
    }
    let best = best.into_iter();
    let best = best.map(|row| row.map(|(_, fields)| fields));
    (best.collect(), is_doubled)
}

/// Whether rows stand before or behind all that is known, or in a gap of it and in the source between the same rows too.
fn is_piece(
    rows: &[Option<(usize, RowTexts<'_>)>],
    known: &[Option<(usize, RowTexts<'_>)>],
) -> bool {
    let ends = |rows: &[Option<(usize, RowTexts<'_>)>]| {
        let first = rows.iter().position(Option::is_some)?;
        Some((first, rows.iter().rposition(Option::is_some)?))
    };
    let (Some((from, to)), Some((first, last))) = (ends(rows), ends(known)) else {
        return false;
    };
    let table = |row: &Option<(usize, RowTexts<'_>)>| row.as_ref().map(|(table, _)| *table);
    let here = table(&rows[from]);
    let before = known[..from].iter().rev().find_map(table);
    let behind = known[to + 1..].iter().find_map(table);
    let is_gap = known[from..=to].iter().all(Option::is_none);
    to < first || from > last || is_gap && before < here && here < behind
}
