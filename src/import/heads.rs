//! Numbers by the heads of their columns, for rows that lack some of their cells.

use super::labels::plain;
use super::source::{RawCell, RawTable};
use super::table::Rows;
use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

/// What the source has for the cells of a row; none where it lacks just that cell.
pub(super) type Fields = Vec<Option<String>>;

/// A table of the source, made ready for many questions.
pub(super) struct Lookup<'a> {
    raw: &'a RawTable,
    pub rows: Rows,
    /// The same cells as labels are compared.
    pub plains: Rows,
    /// For each row the places of its own cells among all.
    places: Vec<Vec<usize>>,
    /// For each row how many columns are in cells.
    filled: Vec<usize>,
    /// For each list of heads the one that stands over each cell.
    over: RefCell<HashMap<Vec<String>, Over>>,
}

/// For each cell the head over it.
type Over = Rc<Vec<Option<String>>>;

impl<'a> Lookup<'a> {
    pub fn new(raw: &'a RawTable) -> Self {
        let rows = raw.own_cells();
        let plains = |row: &Vec<String>| row.iter().map(|cell| plain(cell)).collect();
        let plains = rows.iter().map(plains).collect();
        let mut places = vec![Vec::new(); raw.rows];
        let mut filled = vec![0; raw.rows];
        for (at, cell) in raw.cells.iter().enumerate() {
            if let Some(row) = places.get_mut(cell.row) {
                row.push(at);
            }
            let rows = filled.iter_mut().skip(cell.row).take(cell.rows);
            rows.for_each(|filled| *filled += cell.cols);
        }
        Self {
            raw,
            rows,
            plains,
            places,
            filled,
            over: RefCell::default(),
        }
    }

    /// The own cells of a row; none of one that is not there.
    pub fn cells(&self, row: usize) -> impl Iterator<Item = &'a RawCell> {
        let places = self.places.get(row).into_iter().flatten();
        places.map(|&at| &self.raw.cells[at])
    }

    /// For each cell the nearest of these heads above it that is just as wide.
    fn over(&self, heads: &[String]) -> Over {
        if let Some(over) = self.over.borrow().get(heads) {
            return over.clone();
        }
        let known = |text: &String| heads.contains(text);
        let mut over = vec![None; self.raw.cells.len()];
        // For the columns of a cell the head that was met last, and the words right above.
        let mut last: HashMap<(usize, usize), (Option<String>, String)> = HashMap::new();
        for (places, plains) in self.places.iter().zip(&self.plains) {
            for (&at, text) in places.iter().zip(plains) {
                let cell = &self.raw.cells[at];
                let (head, above) = last.entry((cell.col, cell.cols)).or_default();
                over[at].clone_from(head);
                // The end of a page may have made two of one.
                let both = || Some(above.clone() + text).filter(known);
                let here = Some(text.clone()).filter(known).or_else(both);
                if here.is_some() {
                    *head = here;
                }
                above.clone_from(text);
            }
        }
        let over = Rc::new(over);
        let mut all = self.over.borrow_mut();
        all.insert(heads.to_vec(), over.clone());
        over
    }
}

/// What a row has under each of these heads, if it is whole: a row of which a cell fell out has moved, and its columns say
/// nothing any more.
pub(super) fn fields(lookup: &Lookup<'_>, row: usize, heads: &[String]) -> Option<Fields> {
    if lookup.filled.get(row) != Some(&lookup.raw.cols) {
        return None;
    }
    let over = lookup.over(heads);
    let places = lookup.places[row].iter();
    let there: Vec<(&str, &str)> = places
        .filter_map(|&at| Some((lookup.raw.cells[at].text.as_str(), over[at].as_deref()?)))
        .collect();
    let words: Vec<&str> = there.iter().map(|(_, head)| *head).collect();
    let wanted: Vec<&str> = heads.iter().map(String::as_str).collect();
    let mut found = vec![None; heads.len()];
    let is_once =
        |all: &[&str], word: &str| all.iter().filter(|other| **other == word).count() == 1;
    if wanted.iter().all(|head| is_once(&wanted, head)) {
        // Heads that are all different say it in any order.
        for (nth, head) in wanted
            .iter()
            .enumerate()
            .filter(|(_, head)| is_once(&words, head))
        {
            let at = words.iter().position(|word| word == head);
            found[nth] = at.map(|at| there[at].0.to_owned());
        }
    } else {
        for (at, nth) in certain(&words, &wanted) {
            found[nth] = Some(there[at].0.to_owned());
        }
    }
    let count = found.iter().flatten().count();
    (count * 2 >= heads.len() && count > 0).then_some(found)
}

/// Whether the rows in which these heads stand are whole, so that their columns are those of the numbers below: text with
/// tabs between leaves out what is merged.
pub(super) fn are_in_place(lookup: &Lookup<'_>, heads: &[String]) -> bool {
    let holds = |row: &Vec<String>| row.iter().any(|cell| heads.contains(cell));
    let rows = lookup.plains.iter().zip(&lookup.filled);
    let mut rows = rows.filter(|(row, _)| holds(row));
    rows.all(|(_, filled)| *filled == lookup.raw.cols)
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
pub(super) fn row_below(lookup: &Lookup<'_>, heads: &[String], from: usize) -> Option<Fields> {
    best_below(from..lookup.rows.len(), |row| {
        let is_number = |cell: &RawCell| {
            let text = cell.text.trim();
            text.chars().count() < 16 && !text.chars().any(char::is_alphabetic)
        };
        lookup
            .cells(row)
            .all(is_number)
            .then(|| fields(lookup, row, heads))?
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
