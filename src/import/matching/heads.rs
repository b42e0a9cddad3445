//! Numbers by the heads of their columns, for rows that lack some of their cells.

use super::form_words::{FormWordIx, FormWords, Heads, TableWords, WantedRow};
use super::likeness::Likeness;
use super::tables::{SourceCell, SourceTable};
use super::vocabulary::Vocabulary;
use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;

/// What the source has for the cells of a row; none where it lacks just that cell.
pub(super) type RowTexts<'a> = Vec<Option<&'a str>>;

/// What the numbers of a row could be, read in two ways; at least one of them is there.
#[derive(Clone, Debug)]
pub(super) struct Reading<'a> {
    /// One after another.
    pub by_order: Option<RowTexts<'a>>,
    /// By the heads over them.
    pub by_heads: Option<RowTexts<'a>>,
}

/// A table of the source in which a table of the form is looked for.
pub(super) struct Lookup<'a, 'b> {
    pub table: &'b SourceTable<'a>,
    pub vocabulary: &'b Vocabulary,
    pub likeness: &'b Likeness,
    pub form: &'b FormWords,
    pub wanted: &'b TableWords,
    /// For each list of heads where they stand.
    heads: Vec<OnceCell<HeadsOver>>,
    /// See [`Lookup::label_columns`].
    label_columns: OnceCell<Option<usize>>,
}

/// Where the heads of a row stand in a table of the source.
struct HeadsOver {
    /// For each own cell of each row the nearest head above it that is just as wide.
    over: Vec<Vec<Option<FormWordIx>>>,
    /// Whether the rows in which these heads stand are whole, so that their columns are those of the numbers below: text
    /// with tabs between leaves out what is merged.
    are_in_place: bool,
}

impl<'a, 'b> Lookup<'a, 'b> {
    pub fn new(
        table: &'b SourceTable<'a>,
        vocabulary: &'b Vocabulary,
        likeness: &'b Likeness,
        form: &'b FormWords,
        wanted: &'b TableWords,
    ) -> Self {
        let heads = wanted.head_lists.iter().map(|_| OnceCell::new()).collect();
        Self {
            table,
            vocabulary,
            likeness,
            form,
            wanted,
            heads,
            label_columns: OnceCell::new(),
        }
    }

    /// How many columns hold labels, if merged labels have left an empty cell for each place that they cover.
    pub fn label_columns(&self) -> Option<usize> {
        *self.label_columns.get_or_init(|| {
            let rows = self.wanted.rows.iter();
            let most = rows.map(|row| row.cells.len()).max().unwrap_or(0);
            let (mut columns, mut leaves_places) = (0, false);
            for row in &self.table.rows {
                let is_label = |cell: &SourceCell<'_>| self.likeness.is_some_label(cell.word);
                let Some(label) = row.iter().rposition(is_label) else {
                    continue;
                };
                let before = label.checked_sub(1).map(|before| &row[before]);
                leaves_places |= before.is_some_and(|cell| cell.raw.text.trim().is_empty());
                leaves_places |= row.len() - label - 1 > most;
                columns = columns.max(label + 1);
            }
            leaves_places.then_some(columns)
        })
    }

    fn heads(&self, list: usize) -> &HeadsOver {
        self.heads[list].get_or_init(|| self.find(&self.wanted.head_lists[list]))
    }

    fn find(&self, heads: &Heads) -> HeadsOver {
        let known = |word: Option<FormWordIx>| word.filter(|_| heads.contains(&word));
        let mut over = Vec::with_capacity(self.table.rows.len());
        let mut are_in_place = true;
        // For the columns of a cell the head that was met last, and the words right above.
        let mut last: HashMap<(usize, usize), (Option<FormWordIx>, &str)> = HashMap::new();
        for (nth, row) in self.table.rows.iter().enumerate() {
            let mut over_row = Vec::with_capacity(row.len());
            for cell in row {
                let text = self.vocabulary.word(cell.word).text.as_str();
                let (head, above) = last.entry((cell.raw.col, cell.raw.cols)).or_default();
                over_row.push(*head);
                let exact = known(self.likeness.exact(cell.word));
                are_in_place &= exact.is_none() || self.table.is_whole(nth);
                // The end of a page may have made two of one.
                let is_both = |head: &&FormWordIx| {
                    self.form.word(**head).text.strip_prefix(*above) == Some(text)
                };
                let is_piece = |text: &str| {
                    !text.is_empty() && !text.starts_with(|c: char| c.is_ascii_digit())
                };
                let both = || {
                    let pieces = is_piece(above) && is_piece(text);
                    let mut heads = heads.iter().flatten().filter(|_| pieces);
                    heads.find(is_both).copied()
                };
                *head = exact.or_else(both).or(*head);
                *above = text;
            }
            over.push(over_row);
        }
        HeadsOver { over, are_in_place }
    }

    fn are_in_place(&self, heads: usize) -> bool {
        self.heads(heads).are_in_place
    }

    /// What a row has under each of these heads, if it is whole: a row of which a cell fell out has moved, and its
    /// columns say nothing any more.
    pub fn texts_under(&self, row: usize, list: usize) -> Option<RowTexts<'a>> {
        // In a single column heads, labels and numbers stand one below the other.
        if !self.table.is_whole(row) || self.table.cols < 2 {
            return None;
        }
        let wanted = &self.wanted.head_lists[list];
        let cells = self.table.rows[row].iter();
        let (there, words): (Vec<&'a str>, Heads) = cells
            .zip(&self.heads(list).over[row])
            .filter(|(_, head)| head.is_some())
            .map(|(cell, head)| (cell.raw.text.as_str(), *head))
            .unzip();
        let mut found = vec![None; wanted.len()];
        let is_once = |all: &Heads, word| all.iter().filter(|other| **other == word).count() == 1;
        if wanted.iter().all(|head| is_once(wanted, *head)) {
            // Heads that are all different say it in any order.
            let clear = |(_, head): &(usize, &Option<FormWordIx>)| is_once(&words, **head);
            for (nth, head) in wanted.iter().enumerate().filter(clear) {
                let at = words.iter().position(|word| word == head);
                found[nth] = at.map(|at| there[at]);
            }
        } else {
            for (at, nth) in certain(&words, wanted) {
                found[nth] = Some(there[at]);
            }
        }
        let count = found.iter().flatten().count();
        (count * 2 >= wanted.len() && count > 0).then_some(found)
    }

    /// Both readings of a row, if there is any; heads that are out of place say nothing.
    pub fn reading(
        &self,
        wanted: &WantedRow,
        by_order: Option<RowTexts<'a>>,
        by_heads: Option<RowTexts<'a>>,
    ) -> Option<Reading<'a>> {
        let by_heads = by_heads.filter(|_| self.are_in_place(wanted.heads));
        (by_order.is_some() || by_heads.is_some()).then_some(Reading { by_order, by_heads })
    }

    /// The row behind the last one that holds such heads.
    pub fn below(&self, list: usize) -> usize {
        // One alone stands in other tables too.
        const SOME: usize = 2;
        let heads = &self.wanted.head_lists[list];
        let is_head = |cell: &&SourceCell<'_>| {
            let word = self.likeness.exact(cell.word);
            word.is_some() && heads.contains(&word)
        };
        let rows = &self.table.rows;
        let last = rows
            .iter()
            .rposition(|row| row.iter().filter(is_head).count() >= SOME);
        last.map_or(0, |row| row + 1)
    }

    /// What stands under these heads in a row of nothing but numbers, for tables whose rows have no labels; the heads
    /// stand above `from`.
    pub fn row_below(&self, list: usize, from: usize) -> Option<RowTexts<'a>> {
        let is_number = |cell: &SourceCell<'_>| {
            let text = cell.raw.text.trim();
            text.chars().count() < 16 && !text.chars().any(char::is_alphabetic)
        };
        best_below(from..self.table.rows.len(), |row| {
            let is_row = self.table.rows[row].iter().all(is_number);
            is_row.then(|| self.texts_under(row, list))?
        })
    }
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

/// Of these rows the first that has numbers, else the first that could have: an empty one below the table is common.
pub(super) fn best_below<'a>(
    rows: Range<usize>,
    row: impl Fn(usize) -> Option<RowTexts<'a>>,
) -> Option<RowTexts<'a>> {
    let is_filled = |text: &Option<&str>| text.is_some_and(|text| !text.trim().is_empty());
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
