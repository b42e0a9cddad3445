//! Lines that were run together taken apart again: a whole report in one line has its parts by the official headings.

use crate::form;
use crate::import::source::{Part, Source};
use std::borrow::Cow;

/// Titles end so.
const TITLE_ENDS: [&str; 3] = [
    "政府信息公开工作年度报告",
    "政府信息公开年度报告",
    "政府信息公开年报",
];

/// A source in which each official heading begins a line; only lines with several of them are touched.
pub(super) fn unfold(source: &Source) -> Cow<'_, Source> {
    let needs = |part: &Part| part.text().is_some_and(|text| !breaks(text).is_empty());
    if !source.parts.iter().any(needs) {
        return Cow::Borrowed(source);
    }
    let mut unfolded = source.clone();
    unfolded.parts.clear();
    for part in &source.parts {
        match part.text() {
            Some(text) => unfolded.parts.extend(pieces(text).map(Part::Text)),
            None => unfolded.parts.push(part.clone()),
        }
    }
    Cow::Owned(unfolded)
}

/// The lines of a text that was run together.
fn pieces(text: &str) -> impl Iterator<Item = String> {
    let mut at = 0;
    let ends = breaks(text).into_iter().chain([text.len()]);
    let pieces: Vec<String> = ends
        .map(|end| {
            let piece = text[at..end].trim().to_owned();
            at = end;
            piece
        })
        .filter(|piece| !piece.is_empty())
        .collect();
    pieces.into_iter()
}

/// Where a text that holds several official headings is broken: before and behind each, and behind its title.
fn breaks(text: &str) -> Vec<usize> {
    const SEVERAL: usize = 3;
    // The shortest line with so many of them.
    const SHORTEST: usize = 90;
    if text.len() < SHORTEST {
        return Vec::new();
    }
    let sections = form::official().iter().flat_map(|form| &form.sections);
    let mut headings: Vec<&str> = sections.map(|section| &*section.heading).collect();
    headings.sort_unstable();
    headings.dedup();
    let found = headings.iter().filter_map(|heading| {
        let at = text.find(heading)?;
        Some((at, at + heading.len()))
    });
    let mut found: Vec<(usize, usize)> = found.collect();
    found.sort_unstable();
    // A line for each, as a table of contents has it, is none that was run together.
    let is_apart = |at: usize| !text[..at].ends_with('\n');
    if found.iter().filter(|(at, _)| is_apart(*at)).count() < SEVERAL {
        return Vec::new();
    }
    let first = found[0].0;
    let title = TITLE_ENDS.iter().find_map(|end| {
        let at = text[..first].find(end)? + end.len();
        let is_near = text[..at].chars().count() <= 60;
        is_near.then_some(at)
    });
    let both = found.into_iter().flat_map(|(from, to)| [from, to]);
    let mut all: Vec<usize> = title.into_iter().chain(both).collect();
    all.retain(|at| *at > 0);
    all.dedup();
    all
}
