//! One table out of the pieces that the ends of pages and the lines between its blocks make of it.

use super::cell_text::RowTexts;
use crate::prose::squeezed;

/// The tables that were about whole, by their number in the source, and the place of the one that was picked among them.
pub(super) type Picked = (Vec<usize>, usize);

/// The rows of one table of the form, out of all tables that have some of them: the first one that is about whole, and
/// the pieces that go with it, as the pages of a torn table do. Any other table that has rows of these names is one of its
/// own, such as last year's.
///
/// Where several are about whole and say different things, `prefer` picks one of them; they are named by their number in
/// the source, and the one that was picked by its place among them.
pub(super) fn put_together<'a>(
    all: Vec<Vec<Option<RowTexts<'a>>>>,
    prefer: impl Fn(&[usize]) -> usize,
) -> (Vec<Option<RowTexts<'a>>>, Option<Picked>) {
    let count = |rows: &[Numbered<'_>]| rows.iter().flatten().count();
    // Each row with the number of its table.
    let numbered = |(table, rows): (usize, Vec<Option<RowTexts<'a>>>)| {
        let rows = rows.into_iter().map(|row| Some((table, row?)));
        rows.collect::<Vec<_>>()
    };
    let mut all: Vec<Vec<Numbered<'a>>> = all.into_iter().enumerate().map(numbered).collect();
    let most = all.iter().map(|rows| count(rows)).max().unwrap_or(0);
    let is_about_whole = |rows: &[Numbered<'_>]| count(rows) * 10 >= most * 8;
    let Some(first) = all.iter().position(|rows| is_about_whole(rows)) else {
        return (Vec::new(), None);
    };
    let is_another = |rows: &[Numbered<'_>]| {
        let is_whole = is_about_whole(rows) && count(rows) * 2 > rows.len();
        is_whole && !is_piece(rows, &all[first]) && !say_the_same(rows, &all[first])
    };
    let others = (first + 1..all.len()).filter(|at| is_another(&all[*at]));
    let among: Vec<usize> = std::iter::once(first).chain(others).collect();
    let several = (among.len() > 1).then(|| {
        let picked = prefer(&among).min(among.len() - 1);
        (among, picked)
    });
    let own = (several.as_ref()).map_or(first, |(among, picked)| among[*picked]);
    let mut best = all.remove(own);
    // The sort keeps the order of equals.
    all.sort_by_key(|rows| std::cmp::Reverse(count(rows)));
    for rows in all {
        if is_piece(&rows, &best) {
            let both = best.into_iter().zip(rows);
            best = both.map(|(a, b)| a.or(b)).collect();
        }
    }
    let best = best.into_iter();
    let best = best.map(|row| row.map(|(_, fields)| fields));
    (best.collect(), several)
}

/// A row with the number of the table that it stands in.
type Numbered<'a> = Option<(usize, RowTexts<'a>)>;

fn say_the_same(one: &[Numbered<'_>], other: &[Numbered<'_>]) -> bool {
    let texts = |row: &Numbered<'_>| row.as_ref().map(|(_, texts)| squeezed_texts(texts));
    one.iter().map(texts).eq(other.iter().map(texts))
}

fn squeezed_texts(texts: &RowTexts<'_>) -> Vec<Option<String>> {
    let texts = texts.iter();
    texts
        .map(|text| text.map(|text| squeezed(text.words)))
        .collect()
}

/// Whether rows stand before or behind all that is known, or in a gap of it and in the source between the same rows too.
fn is_piece(rows: &[Numbered<'_>], known: &[Numbered<'_>]) -> bool {
    let ends = |rows: &[Numbered<'_>]| {
        let first = rows.iter().position(Option::is_some)?;
        Some((first, rows.iter().rposition(Option::is_some)?))
    };
    let (Some((from, to)), Some((first, last))) = (ends(rows), ends(known)) else {
        return false;
    };
    let table = |row: &Numbered<'_>| row.as_ref().map(|(table, _)| *table);
    let here = table(&rows[from]);
    let before = known[..from].iter().rev().find_map(table);
    let behind = known[to + 1..].iter().find_map(table);
    let is_gap = known[from..=to].iter().all(Option::is_none);
    to < first || from > last || is_gap && before < here && here < behind
}
