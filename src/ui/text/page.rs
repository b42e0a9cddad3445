//! How a text is laid out while it is written: as it will print, with its first lines indented and its headings seen.

use super::marks;
use crate::check::Recognised;
use crate::prose;
use crate::ui::theme;
use egui::text::{ByteIndex, LayoutJob, LayoutSection, TextFormat};
use egui::{Color32, Stroke};
use std::ops::Range;

/// Letters of a page.
pub const SIZE: f32 = 16.0;
/// From one line to the next.
const LINE: f32 = 27.5;
/// How far the first line of a paragraph is moved in (首行缩进): two characters.
const INDENT: f32 = 2.0 * SIZE;

/// A text as a page of this width, `scale` times its usual size, its numbers marked.
pub fn job(text: &str, width: f32, scale: f32, numbers: &[Recognised]) -> LayoutJob {
    let mut job = LayoutJob {
        text: text.to_owned(),
        break_on_newline: true,
        ..LayoutJob::default()
    };
    job.wrap.max_width = width;
    if text.is_empty() {
        // The height of the first line.
        job.append("", INDENT * scale, format(false, scale));
    }
    let mut marks = marked(text, numbers).into_iter().peekable();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        let start = at + line.len() - line.trim_start().len();
        // Who types the indent himself gets no second one.
        let mut indent = if line.starts_with('\u{3000}') || words.is_empty() {
            0.0
        } else {
            INDENT * scale
        };
        let heading = prose::heading(words).map_or(at, |heading| start + heading.end);
        let end = at + line.len();
        let mut push = |from: usize, to: usize, format: TextFormat| {
            if from < to {
                job.sections.push(LayoutSection {
                    leading_space: std::mem::take(&mut indent),
                    byte_range: ByteIndex(from)..ByteIndex(to),
                    format,
                });
            }
        };
        for (mut from, to, bold) in [(at, heading, true), (heading, end, false)] {
            while let Some((place, underline, background)) =
                marks.next_if(|(place, ..)| place.start < to)
            {
                let end = place.end.min(to);
                push(from, place.start, format(bold, scale));
                let marked = TextFormat {
                    underline,
                    background,
                    ..format(bold, scale)
                };
                push(place.start.max(from), end, marked);
                from = end.max(from);
            }
            push(from, to, format(bold, scale));
        }
        at = end;
    }
    job
}

/// What stands out in a text, in order: its numbers, and what of last year is still to be written anew.
fn marked(text: &str, numbers: &[Recognised]) -> Vec<(Range<usize>, Stroke, Color32)> {
    let left = Stroke::new(2.0, theme::ERROR);
    let left = prose::all_left_over(text)
        .into_iter()
        .map(|at| (at, left, theme::ERROR_FILL));
    let numbers = numbers.iter().map(|number| {
        let (underline, background) = marks::look(number.verdict);
        (number.at.clone(), underline, background)
    });
    let mut all: Vec<_> = left.chain(numbers).collect();
    all.sort_by_key(|(at, ..)| at.start);
    all
}

fn format(bold: bool, scale: f32) -> TextFormat {
    TextFormat {
        font_id: if bold {
            theme::bold(SIZE * scale)
        } else {
            theme::regular(SIZE * scale)
        },
        color: theme::TEXT,
        line_height: Some(LINE * scale),
        valign: egui::Align::Center,
        ..TextFormat::default()
    }
}
