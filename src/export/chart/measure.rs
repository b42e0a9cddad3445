//! How wide words are.

use super::drawing::{Anchor, Point, Text};
use crate::export::clean::clean;
use crate::export::palette::Rgb;
use crate::export::typeset::{Faces, Shaper, Style};
use crate::prose::balanced;

/// Measures words in the program's own font, so that a chart is the same on every PC.
pub(super) struct Measure(Shaper<'static>);

/// The style of words in a chart.
pub(super) fn style(bold: bool) -> Style {
    if bold { Style::Heading } else { Style::Chart }
}

impl Measure {
    pub fn new() -> Self {
        Self(Shaper::new(Faces::bundled()))
    }

    pub fn width(&mut self, words: &str, size: f32, bold: bool) -> f32 {
        let glyphs = self.0.shape(words, style(bold));
        glyphs.iter().map(|glyph| glyph.advance * size).sum()
    }

    /// The width of the widest of several words of regular weight; 0 if there are none.
    pub fn widest(&mut self, words: &[String], size: f32) -> f32 {
        let widths = words.iter().map(|words| self.width(words, size, false));
        widths.fold(0.0, f32::max)
    }

    /// Words that take no more room than this: what does not fit gives way to `…`.
    pub fn shortened(&mut self, words: &str, size: f32, bold: bool, room: f32) -> String {
        let words = clean(words).replace('\n', " ");
        if self.width(&words, size, bold) <= room {
            return words;
        }
        let mut short = words;
        while short.pop().is_some() {
            let ended = format!("{}…", short.trim_end());
            if self.width(&ended, size, bold) <= room {
                return ended;
            }
        }
        String::new()
    }

    /// Words of regular weight on as few lines as need no more room than this.
    pub fn wrapped(&mut self, words: &str, size: f32, room: f32) -> Vec<String> {
        let words = clean(words).replace('\n', " ");
        let mut ems = room / size;
        loop {
            let lines = balanced(&words, ems).into_iter();
            let lines: Vec<String> = lines.map(|line| line.trim().to_owned()).collect();
            // Letters may be wider than they are taken for.
            if self.widest(&lines, size) <= room || ems <= 1.0 {
                return lines;
            }
            ems *= 0.95;
        }
    }

    /// Words of regular weight in their place.
    pub fn text(&mut self, words: &str, size: f32, color: Rgb, at: Point, anchor: Anchor) -> Text {
        Text {
            at,
            anchor,
            size,
            bold: false,
            color,
            width: self.width(words, size, false),
            words: words.to_owned(),
        }
    }
}
