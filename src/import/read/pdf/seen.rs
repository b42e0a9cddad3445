//! What is seen of what is drawn: not what lies outside of the clip, has the paper's colour on the paper, or lies below
//! something that was painted over it.

use super::area::Area;
use super::page::Glyph;
use super::path::Path;

/// An area that was painted, and how many characters stood there before.
#[derive(Clone, Copy, Debug)]
struct Painted {
    area: Area,
    is_white: bool,
    /// Whether nothing shines through.
    covers: bool,
    before: usize,
}

/// All areas that were painted on a page.
#[derive(Debug, Default)]
pub(in crate::import::read) struct Painting {
    areas: Vec<Painted>,
    /// White characters, by their number among all.
    white: Vec<usize>,
}

/// Areas that are kept; on a page with more nobody knows what lies behind white text.
const MOST: usize = 600;

impl Painting {
    /// An area was filled; `before` characters stood on the page.
    pub fn fill(
        &mut self,
        path: &Path,
        clip: Area,
        is_white: bool,
        is_opaque: bool,
        before: usize,
    ) {
        for points in path.outlines() {
            let Some(area) = Area::around(points.iter().copied()) else {
                continue;
            };
            let is_corner = |&(x, y): &(f64, f64)| {
                let near = |a: f64, b: f64| (a - b).abs() < 0.5;
                (near(x, area.left) || near(x, area.right))
                    && (near(y, area.top) || near(y, area.bottom))
            };
            let is_rectangle = (4..=5).contains(&points.len()) && points.iter().all(is_corner);
            self.add(
                area.within(clip),
                is_white,
                is_opaque && is_rectangle,
                before,
            );
        }
    }

    /// A picture was drawn there.
    pub fn picture(&mut self, area: Area, before: usize) {
        self.add(area, false, false, before);
    }

    fn add(&mut self, area: Area, is_white: bool, covers: bool, before: usize) {
        /// Points; what is thinner is a line.
        const THIN: f64 = 4.0;
        let is_line = area.right - area.left < THIN || area.bottom - area.top < THIN;
        if !is_line && self.areas.len() <= MOST {
            self.areas.push(Painted {
                area,
                is_white,
                covers,
                before,
            });
        }
    }

    /// The next character is white.
    pub fn white(&mut self, nth: usize) {
        self.white.push(nth);
    }

    /// For each character whether it is seen.
    pub fn seen(&self, glyphs: &[Glyph]) -> Vec<bool> {
        let mut seen = vec![true; glyphs.len()];
        let middle = |glyph: &Glyph| {
            let x = (glyph.left + glyph.right) / 2.0;
            (x, glyph.base - 0.35 * glyph.size)
        };
        if self.areas.len() > MOST {
            return seen;
        }
        for &nth in &self.white {
            if let (Some(glyph), Some(seen)) = (glyphs.get(nth), seen.get_mut(nth)) {
                let mut below = self.areas.iter().rev().filter(|area| area.before <= nth);
                let ground = below.find(|area| area.area.holds(middle(glyph)));
                *seen = ground.is_some_and(|ground| !ground.is_white);
            }
        }
        for painted in self
            .areas
            .iter()
            .filter(|painted| painted.covers && painted.before > 0)
        {
            let below = glyphs.iter().zip(&mut seen).take(painted.before);
            for (glyph, seen) in below {
                *seen &= !painted.area.holds(middle(glyph));
            }
        }
        seen
    }
}

/// Whether anything of a character lies within the clip.
pub(super) fn is_within(clip: &Area, glyph: &Glyph) -> bool {
    clip.touches(&Area {
        left: glyph.left,
        top: glyph.base - 0.7 * glyph.size,
        right: glyph.right,
        bottom: glyph.base,
    })
}
