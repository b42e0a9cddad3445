//! How many lines a text takes in a cell, and how high its row must be.
//!
//! Neither Excel nor LibreOffice fits rows to merged cells by itself, so heights are estimated: rather a little too
//! high than a line cut off.

use super::sheet::LONGEST_TEXT;
use crate::prose::{self, clauses};
use unicode_linebreak::linebreaks;

/// The highest row that Excel takes, in points.
pub(super) const HIGHEST: f64 = 409.0;
/// A line's height as a multiple of the letters' size: what the tallest usual Chinese font needs.
const LINE: f64 = 1.45;
/// What a row is higher than its lines, in points.
const GAP: f64 = 4.0;
/// What a cell keeps free at its left and right together, in pixels.
const PADDING: f64 = 7.0;
/// The width of a digit or Latin letter as a part of the letters' size; Chinese ones are 1.
const LATIN: f64 = 0.6;
const PIXELS_PER_POINT: f64 = 96.0 / 72.0;

/// The height of a row with so many lines of letters of this size, in points.
pub(super) fn height(lines: usize, points: f64) -> f64 {
    (lines as f64 * points * LINE + GAP).min(HIGHEST)
}

/// The width that a text needs on one line, in pixels.
pub(super) fn width(text: &str, points: f64) -> f64 {
    width_of(ems(text), points)
}

/// Pixels in points.
pub(super) fn points(pixels: u32) -> f64 {
    f64::from(pixels) / PIXELS_PER_POINT
}

/// The width that so many ems need, in pixels.
pub(super) fn width_of(ems: f64, points: f64) -> f64 {
    ems * points * PIXELS_PER_POINT + PADDING
}

/// The number of lines that a text takes in a cell of this width (pixels), with letters of this size (points).
pub(super) fn lines(text: &str, width: f64, points: f64) -> usize {
    let room = room(width, points);
    text.split('\n').map(|line| wrapped(line, room)).sum()
}

/// A short text, a label or a title, on as few lines as a cell of this width (pixels) has room for, all about as long as
/// each other.
pub(super) fn balanced(text: &str, width: f64, points: f64) -> String {
    prose::balanced(text, room(width, points) as f32).join("\n")
}

/// A text in parts that each fit into one row, cut behind clauses where that is possible.
pub(super) fn parts(text: &str, width: f64, points: f64) -> Vec<&str> {
    let most = ((HIGHEST - GAP) / (points * LINE)) as usize;
    let fits = |part: &str| {
        lines(part, width, points) <= most && part.encode_utf16().count() <= LONGEST_TEXT
    };
    if fits(text) {
        return vec![text];
    }
    // However badly its words break, two lines together hold more than one full line.
    let surely = (most / 2 * room(width, points) as usize).max(1);
    let mut parts = Vec::new();
    let (mut from, mut to) = (0, 0);
    for end in clauses(text).map(|clause| clause.end) {
        if !fits(&text[from..end]) {
            if to > from {
                parts.push(&text[from..to]);
                from = to;
            }
            while !fits(&text[from..end]) {
                let cut = text[from..].char_indices().nth(surely);
                let cut = cut.map_or(end, |(at, _)| from + at);
                parts.push(&text[from..cut]);
                from = cut;
            }
        }
        to = end;
    }
    if from < text.len() {
        parts.push(&text[from..]);
    }
    parts
}

fn ems(text: &str) -> f64 {
    let em = |c: char| if c.is_ascii() { LATIN } else { 1.0 };
    text.chars().map(em).sum()
}

fn room(width: f64, points: f64) -> f64 {
    ((width - PADDING) / (points * PIXELS_PER_POINT)).max(1.0)
}

fn wrapped(line: &str, room: f64) -> usize {
    let mut lines = 1;
    let (mut used, mut from) = (0.0, 0);
    for (to, _) in linebreaks(line) {
        let word = ems(&line[from..to]);
        from = to;
        if used + word <= room {
            used += word;
            continue;
        }
        if used > 0.0 {
            lines += 1;
        }
        // A word longer than a line is broken anywhere.
        let more = ((word / room).ceil() - 1.0).max(0.0);
        lines += more as usize;
        used = word - more * room;
    }
    lines
}
