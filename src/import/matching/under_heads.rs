//! The cells of a row by the heads over them.

use super::cell_text::{CellText, RowTexts};
use super::form_words::{FormWordIx, Heads};
use super::says::{Said, Says};

/// What stands under each head of a list among the cells of a row; nothing where that is less than half.
pub(super) fn by_heads<'a>(
    says: &Says<'_>,
    cells: &[CellText<'a>],
    list: usize,
) -> Option<RowTexts<'a>> {
    let (wanted, groups) = (says.heads(list), says.groups(list));
    let under = |cell: &CellText<'a>| match says.over(cell, list) {
        Said::Head(head) => Some((*cell, Some(head))),
        _ => None,
    };
    let (there, words): (Vec<CellText<'a>>, Heads) = cells.iter().filter_map(under).unzip();
    let mut found = vec![None; wanted.len()];
    if wanted.iter().all(|head| is_once(wanted, *head)) {
        // Heads that are all different say it in any order.
        let clear = |(_, head): &(usize, &Option<FormWordIx>)| is_once(&words, **head);
        for (nth, head) in wanted.iter().enumerate().filter(clear) {
            let at = words.iter().position(|word| word == head);
            found[nth] = at.map(|at| there[at]);
        }
    } else if (there.iter()).all(|cell| cell.group.is_some() && groups.contains(&cell.group)) {
        // So do several groups of the same heads, by what stands over them.
        for (nth, key) in wanted.iter().zip(groups).enumerate() {
            let pairs = words.iter().zip(&there);
            let mut same = pairs.filter(|(word, cell)| (*word, &cell.group) == key);
            let first = same.next().filter(|_| same.next().is_none());
            found[nth] = first.map(|(_, cell)| *cell);
        }
    } else {
        for (at, nth) in certain(&words, wanted) {
            found[nth] = Some(there[at]);
        }
    }
    let count = found.iter().flatten().count();
    (count * 2 >= wanted.len() && count > 0).then_some(found)
}

fn is_once(all: &Heads, word: Option<FormWordIx>) -> bool {
    all.iter().filter(|other| **other == word).count() == 1
}

/// The pairs of equal words that belong together however the two lists are laid side by side: the same heads stand over
/// several groups of columns, and where a group is missing nobody knows which.
fn certain<T: PartialEq>(a: &[T], b: &[T]) -> Vec<(usize, usize)> {
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
