//! A source looked through once: its tables and words, its lines of text, and which of them are headings.

use super::headings::Headings;
use super::stated::{self, Stated};
use super::title;
use crate::import::matching::{Content, SourceCell, SourceTable};
use crate::import::source::{Part, Source};
use crate::prose::squeezed;

/// What every step asks of a source.
pub(super) struct Page<'a> {
    pub content: Content<'a>,
    /// The lines of text; those of a sheet that is used like a page among them.
    pub lines: Vec<&'a str>,
    pub headings: Headings<'a>,
    /// For each line the part of the source in which it stands.
    pub parts: Vec<usize>,
    /// The official tables that are no lines of text.
    pub tables: Vec<OfficialTable>,
    /// For each table of the content the short lines right above it.
    pub captions: Vec<Vec<&'a str>>,
    /// What rows of tables state beside its name.
    pub stated: Vec<Stated>,
    /// For each table of the content whether its rows with one filled cell are lines.
    pub has_lines: Vec<bool>,
}

/// A table with words of the official ones.
pub(super) struct OfficialTable {
    /// How many lines stand above it.
    pub line: usize,
    /// The first of these words, by its place in the source's vocabulary.
    pub first: usize,
}

impl<'a> Page<'a> {
    pub fn of(source: &'a Source) -> Self {
        let content = Content::of(source);
        let mut tables = content.tables.iter();
        let mut lines: Vec<&'a str> = Vec::new();
        let (mut parts, mut official) = (Vec::new(), Vec::new());
        let (mut above, mut captions) = (Vec::new(), Vec::new());
        let (mut stated, mut has_lines) = (Vec::new(), Vec::new());
        for (nth, part) in source.parts.iter().enumerate() {
            match part {
                Part::Text(text) => {
                    lines.push(text);
                    above.push(text.as_str());
                }
                Part::Table(raw) => {
                    captions.push(caption(&std::mem::take(&mut above)));
                    if let Some(table) = tables.next() {
                        let own = lines_of(table, raw.name.is_empty());
                        let first = official_word(table, &content);
                        if let Some(first) = first.filter(|_| own.is_empty()) {
                            let line = lines.len();
                            official.push(OfficialTable { line, first });
                        }
                        stated.extend(table.rows.iter().filter_map(|row| facts(row)).flatten());
                        has_lines.push(!own.is_empty());
                        lines.extend(own);
                    }
                }
            }
            let empty = |line: &&str| !line.trim().is_empty();
            let from = parts.len();
            let kept: Vec<&str> = lines.drain(from..).filter(empty).collect();
            lines.extend(kept);
            parts.resize(lines.len(), nth);
        }
        Self {
            headings: Headings::of(&lines),
            content,
            lines,
            parts,
            tables: official,
            captions,
            stated,
            has_lines,
        }
    }

    /// The line in which the report's first part begins, or above which its first table stands.
    pub fn first(&self) -> Option<usize> {
        let table = self.tables.first().map(|table| table.line);
        self.headings.first().into_iter().chain(table).min()
    }
}

/// Those of the lines above a table that belong to it.
fn caption<'a>(above: &[&'a str]) -> Vec<&'a str> {
    const NEAR: usize = 3;
    const LONGEST: usize = 60;
    let filled = above.iter().rev().filter(|line| !line.trim().is_empty());
    let near = filled.take(NEAR).copied();
    near.filter(|line| line.chars().count() <= LONGEST)
        .collect()
}

/// The first official word of a table that has some of them.
fn official_word(table: &SourceTable<'_>, content: &Content<'_>) -> Option<usize> {
    const SOME: usize = 4;
    let cells = table.rows.iter().flatten();
    let is_known = |cell: &&SourceCell<'_>| content.vocabulary.is_official(cell.word);
    let mut known = cells.filter(is_known).take(SOME);
    let first = known.next()?.word.index();
    (known.count() + 1 >= SOME).then_some(first)
}

/// What a row states beside its name, if it does nothing else.
pub(super) fn facts(row: &[SourceCell<'_>]) -> Option<Vec<Stated>> {
    stated::of_row(row.iter().map(|cell| cell.raw.text.as_str()))
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
        // What stands beside something else is a fact in a list and no line of text.
        if facts(row).is_some() {
            continue;
        }
        filled += 1;
        match texts.count() {
            0 => alone.push(first),
            more => wide += usize::from(more + 1 > WIDE),
        }
    }
    let is_page = !is_nameless && alone.len() * 2 > filled;
    // Paragraphs with a frame around them.
    let is_sentence = |text: &&str| text.contains('。');
    let is_box = || alone.len() == filled && alone.iter().all(is_sentence);
    let is_report = || wide > MANY && Headings::of(&alone).are_of_a_report();
    if is_page || is_box() || is_report() {
        return alone;
    }
    // A title in the first rows of a sheet.
    let texts = |row: &Vec<SourceCell<'a>>| {
        let texts = row.iter().map(|cell| cell.raw.text.as_str());
        let filled = texts.filter(|text| !text.trim().is_empty());
        filled.collect::<Vec<&'a str>>()
    };
    let first = table.rows.iter().map(texts).take_while(|row| row.len() < 2);
    let is_title = |text: &&str| title::take_apart(&squeezed(text)).is_some();
    first.flatten().filter(is_title).collect()
}
