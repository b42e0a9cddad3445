//! A source looked through once: its tables and words, its lines of text, and which of them are headings.

use super::headings::Headings;
use crate::import::matching::{Content, SourceTable};
use crate::import::source::{Part, Source};

/// What every step asks of a source.
pub(super) struct Page<'a> {
    pub content: Content<'a>,
    /// The lines of text; those of a sheet that is used like a page among them.
    pub lines: Vec<&'a str>,
    pub headings: Headings<'a>,
}

impl<'a> Page<'a> {
    pub fn of(source: &'a Source) -> Self {
        let content = Content::of(source);
        let mut tables = content.tables.iter();
        let mut lines: Vec<&'a str> = Vec::new();
        for part in &source.parts {
            match part {
                Part::Text(text) => lines.push(text),
                Part::Table(raw) => {
                    if let Some(table) = tables.next() {
                        lines.extend(lines_of(table, raw.name.is_empty()));
                    }
                }
            }
        }
        lines.retain(|line| !line.trim().is_empty());
        Self {
            headings: Headings::of(&lines),
            content,
            lines,
        }
    }
}

/// The lines of a table that is used like a page, or holds a whole report.
fn lines_of<'a>(table: &SourceTable<'a>, is_nameless: bool) -> Vec<&'a str> {
    const WIDE: usize = 4;
    const MANY: usize = 4;
    let (mut alone, mut filled, mut wide) = (Vec::new(), 0, 0);
    for row in &table.rows {
        let texts = row.iter().map(|cell| cell.raw.text.as_str());
        let mut texts = texts.filter(|text| !text.trim().is_empty());
        let Some(first) = texts.next() else { continue };
        filled += 1;
        // What stands beside something else is a fact in a list and no line of text.
        match texts.count() {
            0 => alone.push(first),
            more => wide += usize::from(more + 1 > WIDE),
        }
    }
    let is_page = !is_nameless && alone.len() * 2 > filled;
    let is_report = || wide > MANY && Headings::of(&alone).are_of_a_report();
    match is_page || is_report() {
        true => alone,
        false => Vec::new(),
    }
}
