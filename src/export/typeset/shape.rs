//! From characters to glyphs: each character takes the first face that has it. Chinese and Latin need no more than that.

use super::faces::{Face, Faces, Style};
use crate::export::clean::UNKNOWN;
use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

/// A character's glyph.
#[derive(Clone, Debug)]
pub(in crate::export) struct Glyph {
    pub c: char,
    /// The face, as an index in the shaper's list.
    pub face: usize,
    pub id: u32,
    /// In ems.
    pub advance: f32,
    /// Its bytes in the text.
    pub range: Range<usize>,
}

/// Finds glyphs, and remembers faces and what was found.
pub(in crate::export) struct Shaper<'a> {
    faces: &'a Faces,
    /// The faces used so far.
    pub used: Vec<Arc<Face>>,
    known: HashMap<(Style, char), (usize, u32, f32)>,
    /// Characters that no face has.
    pub missing: BTreeSet<char>,
}

impl<'a> Shaper<'a> {
    pub fn new(faces: &'a Faces) -> Self {
        Self {
            faces,
            used: Vec::new(),
            known: HashMap::new(),
            missing: BTreeSet::new(),
        }
    }

    /// The glyphs of a text, one for each character.
    pub fn shape(&mut self, text: &str, style: Style) -> Vec<Glyph> {
        text.char_indices()
            .map(|(at, c)| {
                let (face, id, advance) = self.glyph(c, style);
                Glyph {
                    c,
                    face,
                    id,
                    advance,
                    range: at..at + c.len_utf8(),
                }
            })
            .collect()
    }

    fn glyph(&mut self, c: char, style: Style) -> (usize, u32, f32) {
        if let Some(&known) = self.known.get(&(style, c)) {
            return known;
        }
        let found = self.find(c, style).unwrap_or_else(|| {
            self.missing.insert(c);
            self.find(UNKNOWN, style).unwrap_or((0, 0, 1.0))
        });
        self.known.insert((style, c), found);
        found
    }

    fn find(&mut self, c: char, style: Style) -> Option<(usize, u32, f32)> {
        let faces = self.faces.for_style(style);
        let found = faces.filter_map(|face| Some((face, glyph_in(face, c)?)));
        // Some faces have only Latin forms of the signs that Chinese shares with Latin.
        let mut fits = found
            .clone()
            .filter(|(_, (_, advance))| !is_wide(c) || *advance > 0.9);
        if let Some((face, (id, advance))) = fits.next().or_else(|| found.clone().next()) {
            return Some((self.number(face), id, advance));
        }
        let face = self.faces.anywhere(c, style)?;
        let (id, advance) = glyph_in(&face, c)?;
        Some((self.number(&face), id, advance))
    }

    fn number(&mut self, face: &Arc<Face>) -> usize {
        let same = |used: &Arc<Face>| Arc::ptr_eq(used, face) || used.font == face.font;
        self.used.iter().position(same).unwrap_or_else(|| {
            self.used.push(face.clone());
            self.used.len() - 1
        })
    }
}

fn glyph_in(face: &Face, c: char) -> Option<(u32, f32)> {
    let font = face.font_ref();
    let id = Charmap::new(&font).map(c)?;
    let metrics = GlyphMetrics::new(&font, Size::new(1.0), LocationRef::default());
    Some((id.to_u32(), metrics.advance_width(id)?))
}

/// Signs that are one em wide in Chinese text though Latin has them too.
fn is_wide(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’' | '—' | '…')
}

/// Whether a character is Chinese text or sign, which may stand apart from its neighbours in a justified line.
pub(super) fn is_chinese(c: char) -> bool {
    is_wide(c) || c >= '\u{2E80}' || matches!(c, '\u{2460}'..='\u{24FF}')
}

/// Whether a sign's left half is empty: brackets and quotation marks that open.
pub(super) fn opens(c: char) -> bool {
    "“‘（《〈「『【〔〖［｛".contains(c)
}

/// Whether a sign's right half is empty: those that close, and points.
pub(super) fn closes(c: char) -> bool {
    "”’）》〉」』】〕〗］｝，。、；：！？．".contains(c)
}

/// Whether a sign may stand beyond the straight edge of a text.
pub(super) fn hangs(c: char) -> bool {
    "，。、；：！？".contains(c)
}

#[cfg(test)]
mod tests {
    use super::{Faces, Shaper, Style};

    #[test]
    fn rare_characters_come_from_the_next_face_and_unknown_ones_are_marked() {
        let mut shaper = Shaper::new(Faces::bundled());
        let glyphs = shaper.shape("鄠甪喆堃䶮县", Style::Subheading);
        assert!(glyphs.iter().all(|glyph| glyph.id != 0));
        assert!(shaper.missing.is_empty());
        assert!(shaper.used.len() > 1, "one face has not all of them");
        let unknown = shaper.shape("\u{2A6D6}", Style::Text);
        assert_ne!(unknown[0].id, 0, "never an empty box");
        assert!(shaper.missing.contains(&'\u{2A6D6}'));
    }
}
