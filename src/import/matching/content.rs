//! What stands in a source, looked through once: its tables, and every word of it in order.

use super::fields::{self, Fields, LineField};
use super::tables::SourceTable;
use super::units;
use super::vocabulary::{Vocabulary, WordIx};
use crate::import::source::{Part, RawTable, Source};
use std::borrow::Cow;
use std::collections::HashSet;

/// A line, or a field of one, or the words of a cell.
#[derive(Clone, Debug)]
pub struct Field<'a> {
    pub text: Cow<'a, str>,
    /// None for what is longer than any label.
    pub word: Option<WordIx>,
    /// The line in which it begins and the one in which it ends; a row of a table is one.
    pub lines: (usize, usize),
}

/// What stands in a source.
#[derive(Debug, Default)]
pub struct Content<'a> {
    pub vocabulary: Vocabulary,
    pub tables: Vec<SourceTable<'a>>,
    /// Every word of the source in order: what stands in lines, and in cells.
    pub fields: Vec<Field<'a>>,
    /// Lines that are only part of a label, as labels are compared.
    pub pieces: HashSet<String>,
    /// How many lines there are.
    lines: usize,
    /// The last line that named a unit, until another subject begins.
    unit_line: Option<WordIx>,
}

impl<'a> Content<'a> {
    pub fn of(source: &'a Source) -> Self {
        let mut content = Self::default();
        let both_text = |a: &Part, b: &Part| a.text().is_some() && b.text().is_some();
        for run in source.parts.chunk_by(both_text) {
            match run[0].table() {
                Some(table) => content.table(table, true),
                None => {
                    let lines: Vec<&str> = run.iter().filter_map(Part::text).collect();
                    content.lines(&lines);
                }
            }
        }
        content
    }

    /// Only tables.
    pub fn of_tables(tables: &'a [RawTable]) -> Self {
        let mut content = Self::default();
        for table in tables {
            content.table(table, false);
        }
        content
    }

    /// Whether these words, plain already, stand somewhere.
    pub fn says(&self, plain: &str) -> bool {
        self.vocabulary.find(plain).is_some()
    }

    fn table(&mut self, raw: &'a RawTable, with_fields: bool) {
        let caption = self.fields.last().and_then(|field| field.word);
        let mut table = SourceTable::new(raw, caption, &mut self.vocabulary);
        table.unit_line = self.unit_line;
        if with_fields {
            // Where each cell has a line of its own, a blank one has too.
            let keeps_blanks = table.is_cell_a_line();
            let cells = table.rows.iter().flatten();
            let cells = cells.filter(|cell| keeps_blanks || !cell.raw.text.trim().is_empty());
            let before = self.lines;
            self.fields.extend(cells.map(|cell| Field {
                text: Cow::Borrowed(&cell.raw.text),
                word: Some(cell.word),
                lines: (before + cell.raw.row, before + cell.raw.row),
            }));
            self.lines += raw.rows;
        }
        self.tables.push(table);
    }

    /// Between the blocks of a table a unit still holds; any other line ends it.
    fn note_unit(&mut self, line: Option<WordIx>) {
        /// Bytes of a line that only names a unit.
        const LONGEST: usize = 90;
        let plain = line.map(|word| &self.vocabulary.word(word).text);
        let plain = plain.filter(|plain| plain.len() <= LONGEST);
        let names_unit = plain.is_some_and(|plain| !units::named_in_line(plain).is_empty());
        if names_unit {
            self.unit_line = line;
        } else if !line.is_some_and(|word| self.vocabulary.is_official(word)) {
            self.unit_line = None;
        }
    }

    fn lines(&mut self, lines: &[&'a str]) {
        /// Bytes; no label is longer, not even with a note.
        const LONGEST: usize = 600;
        let Fields { all, pieces } = fields::fields(lines);
        self.pieces.extend(pieces);
        for LineField { text, lines } in all {
            let word = (text.len() <= LONGEST).then(|| self.vocabulary.add(&text));
            self.note_unit(word);
            let lines = (self.lines + lines.0, self.lines + lines.1);
            self.fields.push(Field { text, word, lines });
        }
        self.lines += lines.len();
    }
}
