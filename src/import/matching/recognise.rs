//! Finds the official tables in what others made of them, by the form's own labels and the heads of its columns.

use super::content::Content;
use super::flow;
use super::form_words::{FormWords, TableWords, WantedRow};
use super::heads::{Lookup, RowTexts};
use super::likeness::Likeness;
use super::pieces::put_together;
use super::rows;
use super::tables::SourceTable;
use crate::form::{CellIx, Form};
use crate::import::outcome::WhyNot;
use crate::import::source::{RawTable, UNREAD};
use crate::value::{self, Value};

/// What was found for the cells of a form.
#[derive(Debug, Default)]
pub struct Recognised {
    /// Cells with the number that was read, in the form's order; blanks of the source among them.
    pub placed: Vec<(CellIx, Value)>,
    /// Cells whose content is more than a number, with it and the reason.
    pub refused: Vec<(CellIx, String, WhyNot)>,
    /// Rows of the form that were not found, by their label.
    pub missing: Vec<String>,
    /// What the source says in each cell that was found, word for word.
    pub words: Vec<(CellIx, String)>,
    /// Names of the form's tables that the source has more than once; the first one was read.
    pub doubled: Vec<String>,
}

/// Whether the rows of local additions (地方附加行) are looked for too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Additions {
    Wanted,
    Left,
}

/// Looks for every table of the form in these tables.
pub fn recognise(form: &Form, tables: &[RawTable]) -> Recognised {
    let content = Content::of_tables(tables);
    let words = FormWords::of(form);
    let likeness = Likeness::of(&content.vocabulary, &words);
    recognise_in(form, &words, &content, &likeness, Additions::Left)
}

/// Looks for every table of the form in a source's tables, and for one that is in none of them in its fields, as a text
/// file with one cell a line has them.
pub fn recognise_in(
    form: &Form,
    words: &FormWords,
    content: &Content<'_>,
    likeness: &Likeness,
    additions: Additions,
) -> Recognised {
    let mut found = Recognised::default();
    for (table, table_words) in form.tables.iter().zip(&words.tables) {
        let is_wanted = |row: &&WantedRow| additions == Additions::Wanted || !row.is_optional;
        let wanted: Vec<&WantedRow> = table_words.rows.iter().filter(is_wanted).collect();
        let in_table = |source| in_table(source, content, likeness, words, table_words, &wanted);
        let (mut best, is_doubled) = put_together(content.tables.iter().map(in_table).collect());
        // What is in no table: one cell a line. Where the table is there, what it lacks stands nowhere else.
        let is_there = || {
            content
                .tables
                .iter()
                .any(|source| is_there(source, likeness, &wanted))
        };
        if best.iter().all(Option::is_none) && !is_there() {
            let fields = &content.fields;
            best = flow::rows(form, table, table_words, &wanted, fields, likeness);
        }
        // Half a table is that table, and so are some rows of it; a stray label is not.
        const SOME_ROWS: usize = 4;
        let rows = best.iter().flatten().count();
        if rows == 0 || (rows * 2 < wanted.len() && rows < SOME_ROWS) {
            continue;
        }
        if is_doubled {
            found.doubled.push(table.name.clone());
        }
        for (row, texts) in wanted.iter().zip(best) {
            match texts {
                Some(texts) => {
                    let unit = |nth| is_in_small_unit(words, table_words, row, nth, content);
                    found.place(form, row, &texts, unit);
                }
                None if row.is_optional => {}
                None => found.missing.push(row.label.clone()),
            }
        }
    }
    found
}

/// For each wanted row the texts of its numbers, where one table of the source has them.
fn in_table<'a>(
    source: &SourceTable<'a>,
    content: &Content<'a>,
    likeness: &Likeness,
    words: &FormWords,
    table_words: &TableWords,
    wanted: &[&WantedRow],
) -> Vec<Option<RowTexts<'a>>> {
    let lookup = Lookup::new(source, &content.vocabulary, likeness, words, table_words);
    let rows = rows::texts_of(&lookup, wanted).into_iter();
    rows.map(|row| row.map(|(_, texts)| texts)).collect()
}

/// Whether a table of the source is the form's, whatever could be read of it: most of its labels stand beside something.
fn is_there(source: &SourceTable<'_>, likeness: &Likeness, wanted: &[&WantedRow]) -> bool {
    let labels: Option<Vec<usize>> = wanted.iter().map(|row| row.label_ix).collect();
    let Some(labels) = labels else { return false };
    let beside = |label: usize| {
        let mut rows = source.rows.iter().filter(|row| row.len() > 1);
        rows.any(|row| {
            row.iter()
                .any(|cell| likeness.is_label(cell.word, label, 0))
        })
    };
    let known = labels.iter().filter(|label| beside(**label));
    known.count() * 2 > labels.len()
}

/// Amounts are wanted in the one and sometimes given in the other.
const LARGE_UNIT: &str = "万元";
const SMALL_UNIT: &str = "元";

/// Whether the source counts in 元 what the form counts in 万元 in the nth cell of a row.
fn is_in_small_unit(
    words: &FormWords,
    table: &TableWords,
    row: &WantedRow,
    nth: usize,
    content: &Content<'_>,
) -> bool {
    let Some(head) = table.head_lists[row.heads][nth] else {
        return false;
    };
    let head = words.word(head).text.as_str();
    head.contains(LARGE_UNIT)
        && !content.says(head)
        && content.says(&head.replace(LARGE_UNIT, SMALL_UNIT))
}

impl Recognised {
    /// Whether there was nothing of the form at all.
    pub fn is_empty(&self) -> bool {
        self.placed.is_empty() && self.refused.is_empty()
    }

    /// The cells of which anything was found.
    pub fn cells(&self) -> impl Iterator<Item = CellIx> + '_ {
        let placed = self.placed.iter().map(|(cell, _)| *cell);
        placed.chain(self.refused.iter().map(|(cell, ..)| *cell))
    }

    fn place(
        &mut self,
        form: &Form,
        row: &WantedRow,
        texts: &[Option<&str>],
        is_in_small_unit: impl Fn(usize) -> bool,
    ) {
        for (nth, (&cell, text)) in row.cells.iter().zip(texts).enumerate() {
            let Some(text) = text else { continue };
            let spec = form.cell(cell);
            let words = text.trim().replace(UNREAD, "□");
            self.words.push((cell, words));
            if !text.trim().is_empty() && is_in_small_unit(nth) {
                let refused = (cell, (*text).to_owned(), WhyNot::OtherUnit);
                self.refused.push(refused);
                continue;
            }
            if text.contains(UNREAD) {
                let words = text.trim().replace(UNREAD, "□");
                self.refused.push((cell, words, WhyNot::Unread));
                continue;
            }
            match value::parse(text, spec.kind, spec.unit.as_deref()) {
                Ok(value) => self.placed.push((cell, value)),
                Err(why) => self.refused.push((cell, (*text).to_owned(), why.into())),
            }
        }
    }
}
