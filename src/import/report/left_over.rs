//! What of a source's tables was not used, so that nothing of it goes by unseen.

use super::cut::cut;
use super::page::{self, Page};
use super::tables::Found;
use crate::import::matching::{
    FormWords, Plain, SourceCell, WordIx, begins_official, is_made_of, plain,
};
use crate::import::outcome::LeftOver;
use std::cell::OnceCell;
use std::collections::{BTreeMap, HashSet};

/// The form's own words and what was read into its cells.
pub(super) struct Used<'a> {
    found: &'a Found,
    page: &'a Page<'a>,
    /// What stands in the cells that were found.
    numbers: HashSet<&'a str>,
    /// For each word of the source whether it is the form's own and so no content.
    is_own: Vec<OnceCell<bool>>,
}

impl<'a> Used<'a> {
    pub fn of(found: &'a Found, page: &'a Page<'a>) -> Self {
        let words = found.recognised.words.iter();
        let vocabulary = page.content.vocabulary.words();
        Self {
            found,
            page,
            numbers: words.map(|(_, words)| words.as_str()).collect(),
            is_own: vocabulary.iter().map(|_| OnceCell::new()).collect(),
        }
    }

    /// Whether a line is nothing else. A source with one cell a line has its tables as text.
    pub fn holds(&self, line: &str) -> bool {
        let is_used = |words: &str| {
            self.numbers.contains(words) || self.is_form_word(words) || is_beginning(words)
        };
        // A local row on a line of its own.
        let beside_colon = line
            .rsplit_once(['：', ':'])
            .is_some_and(|(label, number)| {
                let is_label = self.found.words.has_label(&Plain::of(label));
                is_label
                    && self
                        .numbers
                        .contains(number.trim_end_matches(['。', '；']).trim())
            });
        beside_colon || is_used(line) || is_made_of(line, is_used)
    }

    /// Whether words are the form's own, or part of a label that goes over several lines.
    fn is_form_word(&self, words: &str) -> bool {
        let words = plain(words);
        match self.page.content.vocabulary.find(&words) {
            Some(word) if self.is_own(word) => true,
            Some(_) => self.page.content.pieces.contains(&words),
            None => {
                self.page.content.pieces.contains(&words)
                    || self.found.words.contain(&Plain::new(words))
            }
        }
    }

    fn is_own(&self, word: WordIx) -> bool {
        let words = || self.page.content.vocabulary.word(word);
        let form: &FormWords = &self.found.words;
        *self.is_own[word.index()].get_or_init(|| form.contain(words()))
    }
}

/// Rows with numbers that are in no cell of the report; a table of which nothing was used is one.
pub(super) fn rows(used: &Used<'_>, page: &Page<'_>) -> Vec<LeftOver> {
    let mut used_rows = used_rows(used.found);
    let row = |cells| SourceRow::of(cells, used, page);
    // Where each cell has a line of its own, it is held like one.
    let (lines, tables): (Vec<_>, Vec<_>) = (page.content.tables.iter())
        .zip(&page.has_lines)
        .partition(|(table, _)| table.is_cell_a_line());
    let mut all: Vec<Vec<SourceRow<'_>>> = (tables.into_iter())
        .map(|(table, has_lines)| {
            let rows = table.rows.iter();
            let rows = rows.filter(|cells| !(*has_lines && is_line(cells)));
            rows.filter_map(|cells| row(cells)).collect()
        })
        .collect();
    let with_numbers: Vec<usize> = all.iter().map(Vec::len).collect();
    // A row of which each half stands in a table of its own.
    for rows in &mut all {
        rows.retain(|row| !used_rows.iter().any(|used| used.holds_half(row)));
    }
    // Those under their own label first: many rows say the same.
    for by_label in [true, false] {
        for rows in &mut all {
            rows.retain(|row| !take(&mut used_rows, row, by_label));
        }
        if by_label {
            for rows in &mut all {
                rows.retain_mut(|row| !take_in_any_order(&mut used_rows, row));
            }
        }
    }
    let cells = lines
        .iter()
        .flat_map(|(table, _)| table.rows.iter().flatten());
    let texts = cells.map(|cell| cell.raw.text.trim());
    let unused = texts.filter(|text| text.chars().any(char::is_numeric) && !used.holds(text));
    let mut left_over: Vec<LeftOver> = unused.map(|text| LeftOver::Row(cut(text))).collect();
    for (unused, rows) in all.iter().zip(with_numbers) {
        if unused.len() > 1 && unused.len() == rows {
            let first = unused[0].words();
            left_over.push(LeftOver::Table { rows, first });
        } else {
            left_over.extend(unused.iter().map(|row| LeftOver::Row(row.words())));
        }
    }
    left_over
}

/// Whether a row is one line of text, in a table that has such.
fn is_line(cells: &[SourceCell<'_>]) -> bool {
    let texts = cells.iter().map(|cell| cell.raw.text.trim());
    texts.filter(|text| !text.is_empty()).count() == 1
}

/// A row of the source with numbers in it.
struct SourceRow<'a> {
    cells: &'a [SourceCell<'a>],
    /// The words of its cells, as labels are compared.
    labels: Vec<&'a str>,
    /// Its words that could be figures, with blanks between.
    figures: String,
    /// What of it was not used, where that is known.
    rest: Option<String>,
}

impl<'a> SourceRow<'a> {
    fn of(cells: &'a [SourceCell<'a>], used: &Used<'_>, page: &'a Page<'_>) -> Option<Self> {
        if page::facts(cells).is_some() {
            return None;
        }
        let figures = cells.iter().filter(|cell| !used.is_own(cell.word));
        let figures = figures.map(|cell| cell.raw.text.trim());
        let figures: Vec<&str> = figures.filter(|text| !text.is_empty()).collect();
        let mut characters = figures.iter().flat_map(|text| text.chars());
        let vocabulary = &page.content.vocabulary;
        let label = |cell: &SourceCell<'_>| vocabulary.word(cell.word).text.as_str();
        characters.any(char::is_numeric).then(|| Self {
            cells,
            labels: cells
                .iter()
                .map(label)
                .filter(|label| !label.is_empty())
                .collect(),
            figures: figures.join(" "),
            rest: None,
        })
    }

    /// How it begins.
    fn words(&self) -> String {
        if let Some(rest) = &self.rest {
            return cut(rest);
        }
        let texts: Vec<&str> = self
            .cells
            .iter()
            .map(|cell| cell.raw.text.as_str())
            .collect();
        cut(&texts.join(" "))
    }
}

/// A row of the form that was found in the source.
struct UsedRow<'a> {
    label: &'a str,
    /// How many cells of it are filled.
    filled: usize,
    /// What stands in them, with blanks between.
    figures: String,
    words: Vec<&'a str>,
}

impl UsedRow<'_> {
    /// Whether a row of the source is some of the numbers of this one, which has no label.
    fn holds_half(&self, row: &SourceRow<'_>) -> bool {
        const SEVERAL: usize = 4;
        let own: Vec<&str> = self.figures.split(' ').collect();
        let half: Vec<&str> = row.figures.split(' ').collect();
        let is_half = (SEVERAL..own.len()).contains(&half.len());
        let is_bare = row.labels.len() == half.len();
        self.label.is_empty()
            && is_bare
            && is_half
            && own.windows(half.len()).any(|some| some == half)
    }
}

fn used_rows(found: &Found) -> Vec<UsedRow<'_>> {
    let mut rows: BTreeMap<(usize, &str), Vec<&str>> = BTreeMap::new();
    for (cell, words) in &found.recognised.words {
        let spec = found.form.cell(*cell);
        let row = rows.entry((spec.table, &spec.row_id)).or_default();
        row.extend(Some(words.as_str()).filter(|words| !words.is_empty()));
    }
    let filled = rows.into_iter().filter(|(_, words)| !words.is_empty());
    let used = filled.map(|((table, row_id), words)| UsedRow {
        label: found.words.row_name(table, row_id),
        filled: words.len(),
        figures: words.join(" "),
        words,
    });
    used.collect()
}

/// Whether words are how an official label begins that has lost its end, as 第二十条第.
fn is_beginning(words: &str) -> bool {
    const SHORTEST: usize = 4;
    words.chars().count() >= SHORTEST && begins_official(&plain(words))
}

/// The same for a row under its label whose columns stand in another order or that has more of them; of these what was not
/// used is kept.
fn take_in_any_order(used: &mut Vec<UsedRow<'_>>, row: &mut SourceRow<'_>) -> bool {
    let texts = row.cells.iter().map(|cell| cell.raw.text.trim());
    let texts: Vec<&str> = texts.filter(|text| !text.is_empty()).collect();
    let rest_of = |used: &UsedRow<'_>| {
        let mut rest = texts.clone();
        let mut words = used.words.iter();
        let all = words.all(|word| {
            let at = rest.iter().rposition(|text| text == word);
            at.map(|at| rest.remove(at)).is_some()
        });
        all.then_some(rest)
    };
    let is_named = |label: &str| row.labels.iter().any(|words| label.ends_with(words));
    let is_it = |used: &UsedRow<'_>| match used.label {
        "" => row.labels.len() == used.words.len(),
        label => is_named(label),
    };
    let mut named = used.iter().enumerate().filter(|(_, used)| is_it(used));
    let Some((at, rest)) = named.find_map(|(at, used)| Some((at, rest_of(used)?))) else {
        return false;
    };
    let label = used.swap_remove(at).label;
    let is_label = |text: &&str| label.ends_with(plain(text).as_str());
    let more = rest.iter().filter(|text| !is_label(text));
    let has_more = more.into_iter().any(|text| text.contains(char::is_numeric));
    if has_more {
        row.rest = Some(rest.join(" "));
    }
    !has_more
}

/// Takes the row of the form that this row of the source accounts for, if there is one.
fn take(used: &mut Vec<UsedRow<'_>>, row: &SourceRow<'_>, by_label: bool) -> bool {
    let is_named = |label: &str| row.labels.iter().any(|words| label.ends_with(words));
    // A label that is spelt badly stands before the numbers, or even in the same cell.
    let fits = used.iter().enumerate().filter(|(_, used)| {
        row.figures.ends_with(&used.figures) && (!by_label || is_named(used.label))
    });
    let longest = fits.max_by_key(|(_, used)| used.filled);
    let at = longest.map(|(at, _)| at);
    at.map(|at| used.swap_remove(at)).is_some()
}
