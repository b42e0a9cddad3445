//! What of a source's tables was not used, so that nothing of it goes by unseen.

use super::labels::{distance, plain, without_note, words_of};
use super::lines;
use super::recognise::Recognised;
use super::source::RawTable;
use crate::form::{Form, with_year};
use std::collections::{BTreeMap, HashSet};

/// Rows with numbers that are in no cell of the report, a line each; a table of which nothing was used is one line.
pub(super) fn rows(form: &Form, found: &Recognised, tables: &[RawTable]) -> Vec<String> {
    let known = Known::of(form);
    let mut used = used_rows(form, found);
    let mut all: Vec<Vec<Vec<String>>> = tables.iter().map(RawTable::own_cells).collect();
    let with_numbers: Vec<usize> = all
        .iter_mut()
        .map(|rows| {
            rows.retain(|row| known.has_numbers(row));
            rows.len()
        })
        .collect();
    // Those under their own label first: many rows say the same.
    for by_label in [true, false] {
        for rows in &mut all {
            rows.retain(|row| !take(&mut used, &known, row, by_label));
        }
    }
    let mut lines = Vec::new();
    for (unused, with_numbers) in all.iter().zip(with_numbers) {
        if unused.len() > 1 && unused.len() == with_numbers {
            let first = cut(&unused[0].join(" "));
            lines.push(format!("没有用到的表格（{with_numbers} 行数）：{first}"));
        } else {
            let rows = unused.iter().map(|row| cut(&row.join(" ")));
            lines.extend(rows.map(|row| format!("没有用到的一行：{row}")));
        }
    }
    lines
}

/// The form's own words and what was read into its cells: a source with one cell a line has its tables as text.
pub(super) struct Used {
    known: Known,
    numbers: HashSet<String>,
    /// Parts of labels that go over several lines.
    pieces: HashSet<String>,
}

impl Used {
    pub(super) fn of(form: &Form, found: &Recognised, pieces: HashSet<String>) -> Self {
        Self {
            known: Known::of(form),
            numbers: found.words.iter().map(|(_, words)| words.clone()).collect(),
            pieces,
        }
    }

    /// Whether a line is nothing else.
    pub(super) fn holds(&self, line: &str) -> bool {
        let is_used = |words: &str| {
            self.numbers.contains(words)
                || self.known.contain(words)
                || self.pieces.contains(&plain(words))
        };
        is_used(line) || lines::is_made_of(line, is_used)
    }
}

/// A row of the form that was found in the source.
struct UsedRow {
    label: String,
    /// What stands in it, without blanks.
    words: Vec<String>,
}

fn used_rows(form: &Form, found: &Recognised) -> Vec<UsedRow> {
    let mut rows: BTreeMap<(usize, &str), UsedRow> = BTreeMap::new();
    for (cell, words) in &found.words {
        let spec = form.cell(*cell);
        let row = rows
            .entry((spec.table, &spec.row_id))
            .or_insert_with(|| UsedRow {
                label: plain(&with_year(&spec.row_name, 0)),
                words: Vec::new(),
            });
        row.words
            .extend(Some(words.clone()).filter(|words| !words.is_empty()));
    }
    let rows = rows.into_values();
    rows.filter(|row| !row.words.is_empty()).collect()
}

/// Takes the row of the form that this row of the source accounts for, if there is one.
fn take(used: &mut Vec<UsedRow>, known: &Known, row: &[String], by_label: bool) -> bool {
    let figures = known.figures(row).join(" ");
    let labels: Vec<String> = row.iter().map(|cell| plain(cell)).collect();
    let is_named = |label: &str| {
        let names = |cell: &String| !cell.is_empty() && label.ends_with(cell.as_str());
        labels.iter().any(names)
    };
    // A label that is spelt badly stands before the numbers, or even in the same cell.
    let fits = used.iter().enumerate().filter(|(_, row)| {
        figures.ends_with(&row.words.join(" ")) && (!by_label || is_named(&row.label))
    });
    let longest = fits.max_by_key(|(_, row)| row.words.len());
    let at = longest.map(|(at, _)| at);
    at.map(|at| used.swap_remove(at)).is_some()
}

/// The form's own words, which are no content.
struct Known {
    exactly: HashSet<String>,
    long: Vec<String>,
}

impl Known {
    fn of(form: &Form) -> Self {
        const LONG: usize = 6;
        let exactly = words_of(form);
        let long = exactly.iter().filter(|words| words.chars().count() >= LONG);
        let long = long.cloned().collect();
        Self { exactly, long }
    }

    fn contain(&self, text: &str) -> bool {
        const SLIPS: usize = 2;
        let text = plain(text);
        let is_it = |text: &str| {
            let nearly = |words: &String| distance(words, text, SLIPS) <= SLIPS;
            self.exactly.contains(text) || self.long.iter().any(nearly)
        };
        is_it(&text) || without_note(&text).is_some_and(is_it)
    }

    /// The words of a row that could be figures.
    fn figures<'a>(&self, row: &'a [String]) -> Vec<&'a str> {
        let all = row.iter().map(|cell| cell.trim());
        all.filter(|cell| !cell.is_empty() && !self.contain(cell))
            .collect()
    }

    fn has_numbers(&self, row: &[String]) -> bool {
        let number = |cell: &&str| cell.chars().any(char::is_numeric);
        self.figures(row).iter().any(number)
    }
}

/// The beginning of some words, on one line.
pub(super) fn cut(words: &str) -> String {
    const SHOWN: usize = 60;
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}……", &line[..at]),
        None => line,
    }
}
