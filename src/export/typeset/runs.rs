//! From a line of glyphs to what is painted: one run for each stretch of one face.

use super::lines::Line;
use super::pages::{Ink, Owner, PageItem, PlacedGlyph, Run};
use super::shape::Glyph;

/// A text that stands on some lines.
#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    pub text: &'a str,
    pub glyphs: &'a [Glyph],
    pub size: f32,
    pub owner: Owner,
    pub ink: Ink,
}

impl Words<'_> {
    /// Paints one of the lines from `x` on, on a base line.
    pub fn paint(&self, line: &Line, x: f32, baseline: f32, items: &mut Vec<PageItem>) {
        let glyphs = self.glyphs;
        let mut x = x;
        let mut at = line.glyphs.start;
        while at < line.glyphs.end {
            let face = glyphs[at].face;
            let same = glyphs[at..line.glyphs.end]
                .iter()
                .take_while(|glyph| glyph.face == face)
                .count();
            let stretch = at..at + same;
            let from = glyphs[stretch.start].range.start;
            let to = glyphs[stretch.end - 1].range.end;
            let advance = |at: usize| line.advances[at - line.glyphs.start];
            let placed = stretch.clone().map(|at| PlacedGlyph {
                id: glyphs[at].id,
                advance: advance(at),
                range: glyphs[at].range.start - from..glyphs[at].range.end - from,
            });
            items.push(PageItem::Run(Run {
                owner: self.owner,
                face,
                size: self.size,
                x,
                y: baseline,
                glyphs: placed.collect(),
                text: self.text[from..to].to_owned(),
                ink: self.ink,
            }));
            x += stretch.clone().map(advance).sum::<f32>();
            at = stretch.end;
        }
    }
}
