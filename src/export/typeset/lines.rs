//! From glyphs to lines: where a line may end (Unicode line breaking, with Chinese quotation marks as brackets), and
//! lines justified.

use super::shape::{Glyph, closes, hangs, is_chinese, opens};
use crate::prose::line_breaks;
use std::ops::Range;

/// How a text is set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting {
    pub size: f32,
    /// The width of a line.
    pub width: f32,
    /// How far the first line is set in.
    pub indent: f32,
    /// Added behind each character.
    pub tracking: f32,
    /// Between Chinese and Latin.
    pub gap: f32,
    /// Whether lines fill the width.
    pub justify: bool,
}

impl Setting {
    /// Words without a straight right edge, an indent or any room between them but their own.
    pub fn ragged(size: f32, width: f32) -> Self {
        Self {
            size,
            width,
            indent: 0.0,
            tracking: 0.0,
            gap: 0.0,
            justify: false,
        }
    }
}

/// A line: some glyphs, and how far each advances.
#[derive(Debug)]
pub(super) struct Line {
    pub glyphs: Range<usize>,
    pub advances: Vec<f32>,
    /// The width of what is seen.
    pub width: f32,
}

/// The widest that the room between two characters is made for the sake of a straight edge, in ems.
const MOST_STRETCH: f32 = 0.4;

/// Breaks a text into lines.
pub(super) fn break_lines(text: &str, glyphs: &[Glyph], setting: Setting) -> Vec<Line> {
    let advances = advances(glyphs, setting);
    let may_break = opportunities(text, glyphs);
    let mut lines = Vec::new();
    let mut start = 0;
    while start < glyphs.len() {
        let room = setting.width - if start == 0 { setting.indent } else { 0.0 };
        let end = line_end(glyphs, &advances, &may_break, start, room, setting);
        lines.push(line(
            glyphs,
            &advances,
            start..end,
            room,
            setting,
            end == glyphs.len(),
        ));
        start = end;
    }
    lines
}

/// From each glyph to the next: wider between Chinese and Latin. Every sign has its square, as on the grid of GB/T 9704, and
/// as Word is told to have it: programs squeeze them in different ways.
fn advances(glyphs: &[Glyph], setting: Setting) -> Vec<f32> {
    let em = setting.size;
    let one = |(nth, glyph): (usize, &Glyph)| {
        let mut advance = glyph.advance * em + setting.tracking;
        let Some(next) = glyphs.get(nth + 1) else {
            return advance;
        };
        let latin = |c: char| c.is_ascii_alphanumeric();
        let chinese = |c: char| is_chinese(c) && !closes(c) && !opens(c);
        if latin(glyph.c) && chinese(next.c) || chinese(glyph.c) && latin(next.c) {
            advance += setting.gap;
        }
        advance
    };
    glyphs.iter().enumerate().map(one).collect()
}

/// For each glyph whether a line may end behind it.
fn opportunities(text: &str, glyphs: &[Glyph]) -> Vec<bool> {
    let mut may = vec![false; glyphs.len()];
    let mut at = 0;
    for offset in line_breaks(text) {
        while at < glyphs.len() && glyphs[at].range.end < offset {
            at += 1;
        }
        if at < glyphs.len() {
            may[at] = true;
        }
    }
    may
}

fn line_end(
    glyphs: &[Glyph],
    advances: &[f32],
    may_break: &[bool],
    start: usize,
    room: f32,
    setting: Setting,
) -> usize {
    const ROUNDING: f32 = 0.01;
    let em = setting.size;
    let mut width = 0.0;
    let mut last_chance = None;
    for at in start..glyphs.len() {
        let glyph = &glyphs[at];
        // What is not seen may stand over the edge, and a point over a straight one, as Word has it.
        let seen = match glyph.c {
            ' ' | '\u{3000}' => width,
            c if setting.justify && hangs(c) => width,
            _ => width + glyph.advance * em,
        };
        if seen > room + ROUNDING && at > start {
            return last_chance.unwrap_or(at);
        }
        if may_break[at] {
            last_chance = Some(at + 1);
        }
        width += advances[at];
    }
    glyphs.len()
}

fn line(
    glyphs: &[Glyph],
    advances: &[f32],
    range: Range<usize>,
    room: f32,
    setting: Setting,
    is_last: bool,
) -> Line {
    let mut advances = advances[range.clone()].to_vec();
    let line = &glyphs[range.clone()];
    let seen = line.len() - line.iter().rev().take_while(|glyph| glyph.c == ' ').count();
    let natural: f32 = advances[..seen.saturating_sub(1)].iter().sum::<f32>()
        + seen
            .checked_sub(1)
            .map_or(0.0, |last| line[last].advance * setting.size);
    let mut slack = room - natural;
    let mut width = natural;
    if slack < 0.0
        && seen > 1
        && let Some(last) = line[..seen].last().filter(|glyph| hangs(glyph.c))
    {
        slack += last.advance * setting.size;
    }
    if setting.justify && !is_last && slack > 0.0 {
        let stretches = |at: usize| {
            let (c, next) = (line[at].c, line[at + 1].c);
            is_chinese(c) || is_chinese(next) || c == ' '
        };
        let places: Vec<usize> = (0..seen.saturating_sub(1))
            .filter(|&at| stretches(at))
            .collect();
        let each = slack / places.len().max(1) as f32;
        if !places.is_empty() && each <= MOST_STRETCH * setting.size {
            for at in places {
                advances[at] += each;
            }
            width = room;
        }
    }
    Line {
        glyphs: range,
        advances,
        width,
    }
}

#[cfg(test)]
mod tests {
    use super::super::faces::{Faces, Style};
    use super::super::shape::Shaper;
    use super::{Setting, break_lines};

    fn lines(text: &str, characters: f32) -> Vec<String> {
        let glyphs = Shaper::new(Faces::bundled()).shape(text, Style::Text);
        let setting = Setting {
            size: 10.0,
            width: characters * 10.0,
            indent: 0.0,
            tracking: 0.0,
            gap: 0.0,
            justify: true,
        };
        break_lines(text, &glyphs, setting)
            .iter()
            .map(|line| {
                text[glyphs[line.glyphs.start].range.start..glyphs[line.glyphs.end - 1].range.end]
                    .to_owned()
            })
            .collect()
    }

    #[test]
    fn no_line_begins_with_what_closes_or_ends_with_what_opens() {
        // A point may stand beyond the edge.
        assert_eq!(lines("公开信息，及时", 4.0), ["公开信息，", "及时"]);
        assert_eq!(lines("公开信息）及时", 4.0), ["公开信", "息）及时"]);
        assert_eq!(lines("公开信息。”及时", 4.0), ["公开信", "息。”及", "时"]);
        assert_eq!(lines("公开信（一）及", 4.0), ["公开信", "（一）及"]);
        assert_eq!(lines("公开信“三安全”", 4.0), ["公开信", "“三安", "全”"]);
    }

    #[test]
    fn numbers_are_not_torn_unless_they_fill_a_line() {
        assert_eq!(lines("共收到123456件", 5.0), ["共收到", "123456件"]);
        assert_eq!(lines("1234567890123", 2.0).concat(), "1234567890123");
    }

    #[test]
    fn every_character_stands_on_exactly_one_line() {
        let text =
            "一是“三安全一稳定”……——2024年（全年）共收到申请1234件，《条例》第二十条。 abc def，ghi";
        for width in 2..40 {
            assert_eq!(lines(text, width as f32).concat(), text);
        }
    }
}
