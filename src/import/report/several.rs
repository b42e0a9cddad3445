//! Several reports in one file: where each begins, and the one that is read.

use super::organ;
use super::page::Page;
use super::title::{self, Title, TitleKind};
use crate::import::outcome::ReportInFile;
use crate::import::source::Source;
use std::ops::Range;

/// One of several reports.
pub(super) struct Piece {
    /// Its parts of the source.
    parts: Range<usize>,
    /// What its title says.
    pub is: ReportInFile,
}

impl Piece {
    /// The source without the other reports.
    pub fn cut_out(&self, source: &Source) -> Source {
        Source {
            parts: source.parts[self.parts.clone()].to_vec(),
            // What the file calls itself says nothing about one of several.
            properties: Default::default(),
            remarks: source.remarks.clone(),
        }
    }
}

/// The reports of a source, in order, if there are several: a title of its own is followed by parts that were there before.
pub(super) fn find(page: &Page<'_>, source: &Source) -> Vec<Piece> {
    let titles = title::all(&page.lines);
    let mut own: Vec<&Title> = titles
        .iter()
        .filter(|title| title.kind == TitleKind::Title && title.year.is_some())
        .collect();
    let marks = marks(page);
    // Above each page stands the same title once more.
    own.dedup_by(|b, a| {
        let is_unnamed = a.organ.is_empty() || b.organ.is_empty();
        a.year == b.year && (is_unnamed || organ::is_about_same(&a.organ, &b.organ))
    });
    let mut begins: Vec<&Title> = Vec::new();
    for (nth, title) in own.iter().enumerate() {
        let next = own.get(nth + 1).map_or(usize::MAX, |next| next.at);
        let from = begins.last().map_or(0, |title| title.at);
        let within = |range: Range<usize>| {
            let marks = marks.iter().filter(move |(line, _)| range.contains(line));
            marks.map(|(_, mark)| *mark).collect::<Vec<_>>()
        };
        let (before, behind) = (within(from..title.at), within(title.at..next));
        let comes_again = behind.iter().any(|mark| before.contains(mark));
        if begins.is_empty() && !behind.is_empty() || comes_again {
            begins.push(title);
        }
    }
    if begins.len() < 2 {
        return Vec::new();
    }
    let part_of = |title: &Title| page.parts[title.at];
    let mut pieces = Vec::new();
    for (nth, title) in begins.iter().enumerate() {
        let from = if nth == 0 { 0 } else { part_of(title) };
        let to = begins.get(nth + 1).map(|next| part_of(next));
        pieces.push(Piece {
            parts: from..to.unwrap_or(source.parts.len()),
            is: ReportInFile {
                organ: title.organ.clone(),
                year: title.year,
            },
        });
    }
    // Two titles in one part of the source cannot be told apart.
    let are_apart = pieces.iter().all(|piece| !piece.parts.is_empty());
    if are_apart { pieces } else { Vec::new() }
}

/// Lines in which what every report has once begins: its first headings, and its tables by their number of columns.
fn marks(page: &Page<'_>) -> Vec<(usize, Mark)> {
    let headings = page.headings.openings().into_iter();
    let headings = headings.map(|(line, section)| (line, Mark::Heading(section)));
    let tables = page.tables.iter();
    let tables = tables.map(|table| (table.line, Mark::Table(table.first)));
    let mut marks: Vec<(usize, Mark)> = headings.chain(tables).collect();
    marks.sort_unstable_by_key(|(line, _)| *line);
    marks
}

/// Something that every report has once.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Heading(usize),
    /// A table whose first official word is this.
    Table(usize),
}
