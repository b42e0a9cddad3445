//! How a text is laid out while it is written: as it will print, with its first lines indented and its headings seen.

use crate::prose;
use crate::ui::theme;
use egui::text::{LayoutJob, LayoutSection, TextFormat};

/// Letters of a page.
pub const SIZE: f32 = 16.0;
/// From one line to the next.
const LINE: f32 = 27.5;
/// How far the first line of a paragraph is moved in (首行缩进): two characters.
const INDENT: f32 = 2.0 * SIZE;

/// A text as a page of this width, `scale` times its usual size.
pub fn job(text: &str, width: f32, scale: f32) -> LayoutJob {
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
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        let start = at + line.len() - line.trim_start().len();
        // Who types the indent himself gets no second one.
        let indent = if line.starts_with('\u{3000}') || words.is_empty() {
            0.0
        } else {
            INDENT * scale
        };
        let heading = prose::heading(words).map_or(at, |heading| start + heading.end);
        let end = at + line.len();
        let mut push = |from: usize, to: usize, leading_space: f32, bold: bool| {
            if from < to {
                job.sections.push(LayoutSection {
                    leading_space,
                    byte_range: egui::text::ByteIndex(from)..egui::text::ByteIndex(to),
                    format: format(bold, scale),
                });
            }
        };
        push(at, heading, indent, true);
        push(
            heading,
            end,
            if heading == at { indent } else { 0.0 },
            false,
        );
        at = end;
    }
    job
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
