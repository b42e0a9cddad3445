//! The part of a face that a document uses, as a font file of its own.
//!
//! Readers of OFD differ: some take glyphs by number, some by character, some know TrueType outlines only. So the file is
//! written anew with TrueType outlines and a character map; curves of the third degree become curves of the second that
//! lie within half a thousandth of an em.

use super::error::OfdError;
use crate::export::typeset::{Face, PageItem, Typeset};
use kurbo::{BezPath, CubicBez, Point};
use skrifa::MetadataProvider as _;
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::string::StringId;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, PoisonError};
use write_fonts::FontBuilder;
use write_fonts::tables::cmap::Cmap;
use write_fonts::tables::glyf::{Bbox, GlyfLocaBuilder, Glyph, SimpleGlyph};
use write_fonts::tables::head::{Flags, Head};
use write_fonts::tables::hhea::Hhea;
use write_fonts::tables::hmtx::{Hmtx, LongMetric};
use write_fonts::tables::loca::LocaFormat;
use write_fonts::tables::maxp::Maxp;
use write_fonts::tables::name::{Name, NameRecord};
use write_fonts::tables::os2::Os2;
use write_fonts::tables::post::Post;
use write_fonts::types::{FWord, GlyphId, NameId, Tag, UfWord};

/// Of an em: how far a curve may move.
const ACCURACY: f64 = 0.0005;

/// Part of a face.
pub(super) struct Subset {
    /// The font file.
    pub file: Vec<u8>,
    /// The face's name.
    pub name: String,
    /// Its family's name.
    pub family: String,
    /// The glyphs' numbers in the file, by those in the face.
    numbers: BTreeMap<u32, u16>,
}

impl Subset {
    /// The number in the file of a glyph of the face.
    pub fn number(&self, glyph: u32) -> u16 {
        self.numbers.get(&glyph).copied().unwrap_or(0)
    }

    /// The name in the archive of the font with this index.
    pub fn file_name(nth: usize) -> String {
        format!("Font_{nth}.ttf")
    }
}

/// For each face of the pages what they use of it, in the faces' order.
pub(super) fn subsets(typeset: &Typeset) -> Result<Vec<Subset>, OfdError> {
    let mut used: Vec<BTreeMap<char, u32>> = vec![BTreeMap::new(); typeset.faces.len()];
    for item in typeset.pages.iter().flat_map(|page| &page.items) {
        let PageItem::Run(run) = item else { continue };
        for glyph in &run.glyphs {
            let c = run.text[glyph.range.clone()].chars().next();
            used[run.face].extend(c.map(|c| (c, glyph.id)));
        }
    }
    let faces = typeset.faces.iter().zip(used);
    faces.map(|(face, used)| subset(face, &used)).collect()
}

fn subset(face: &Face, used: &BTreeMap<char, u32>) -> Result<Subset, OfdError> {
    let font = face.font_ref();
    let said = |id| font.localized_strings(id).english_or_first();
    let family = said(StringId::FAMILY_NAME).map_or_else(|| "Font".to_owned(), |s| s.to_string());
    let name = said(StringId::POSTSCRIPT_NAME).map_or_else(|| family.clone(), |s| s.to_string());
    // The first glyph of a font file stands for what it lacks.
    let glyphs: BTreeSet<u32> = used.values().copied().filter(|&id| id != 0).collect();
    let numbers: BTreeMap<u32, u16> = std::iter::once(0).chain(glyphs).zip(0..).collect();
    let characters = used.iter().map(|(c, id)| (*c, GlyphId::from(numbers[id])));
    let file = file(face, &numbers, characters.collect(), [&family, &name])?;
    Ok(Subset {
        file,
        name,
        family,
        numbers,
    })
}

/// What is measured while glyphs are written.
#[derive(Default)]
struct Measured {
    metrics: Vec<LongMetric>,
    bbox: Option<Bbox>,
    points: usize,
    contours: usize,
}

fn file(
    face: &Face,
    numbers: &BTreeMap<u32, u16>,
    characters: Vec<(char, GlyphId)>,
    [family, name]: [&str; 2],
) -> Result<Vec<u8>, OfdError> {
    let fail = |why: String| OfdError::Font(format!("{name}：{why}"));
    let font = face.font_ref();
    let whole = font.metrics(Size::unscaled(), LocationRef::default());
    let advances = font.glyph_metrics(Size::unscaled(), LocationRef::default());
    let mut builder = GlyfLocaBuilder::new();
    let mut measured = Measured::default();
    for &id in numbers.keys() {
        let glyph = glyph(face, id, f64::from(whole.units_per_em)).map_err(fail)?;
        let advance = advances.advance_width(id.into()).unwrap_or(0.0);
        measured.take(&glyph, advance.round() as u16);
        builder
            .add_glyph(&*glyph)
            .map_err(|why| fail(why.to_string()))?;
    }
    let (glyf, loca, format) = builder.build();
    let (ascent, descent) = (whole.ascent.round() as i16, whole.descent.round() as i16);
    let bbox = measured.bbox.unwrap_or_default();
    let head = Head {
        units_per_em: whole.units_per_em,
        flags: Flags::empty(),
        x_min: bbox.x_min,
        y_min: bbox.y_min,
        x_max: bbox.x_max,
        y_max: bbox.y_max,
        lowest_rec_ppem: 6,
        index_to_loc_format: i16::from(format == LocaFormat::Long),
        ..Head::default()
    };
    let widest = measured.metrics.iter().map(|metric| metric.advance).max();
    let hhea = Hhea {
        ascender: FWord::new(ascent),
        descender: FWord::new(descent),
        advance_width_max: UfWord::new(widest.unwrap_or(0)),
        x_max_extent: FWord::new(bbox.x_max),
        caret_slope_rise: 1,
        number_of_h_metrics: measured.metrics.len() as u16,
        ..Hhea::default()
    };
    let os2 = Os2 {
        us_first_char_index: end_of(characters.first()),
        us_last_char_index: end_of(characters.last()),
        s_typo_ascender: ascent,
        s_typo_descender: descent,
        us_win_ascent: ascent.unsigned_abs(),
        us_win_descent: descent.unsigned_abs(),
        ach_vend_id: Tag::new(b"NONE"),
        ..Os2::default()
    };
    let cmap = Cmap::from_mappings(characters).map_err(|why| fail(why.to_string()))?;
    let maxp = measured.maxp();
    let hmtx = Hmtx::new(measured.metrics, Vec::new());
    let mut font = FontBuilder::new();
    let tables = font
        .add_table(&head)
        .and_then(|font| font.add_table(&hhea))
        .and_then(|font| font.add_table(&maxp))
        .and_then(|font| font.add_table(&os2))
        .and_then(|font| font.add_table(&hmtx))
        .and_then(|font| font.add_table(&cmap))
        .and_then(|font| font.add_table(&glyf))
        .and_then(|font| font.add_table(&loca))
        .and_then(|font| font.add_table(&names(family, name)))
        .and_then(|font| font.add_table(&Post::default()));
    tables
        .map(FontBuilder::build)
        .map_err(|why| fail(why.to_string()))
}

/// A character's number as far as the old table has room for it.
fn end_of(character: Option<&(char, GlyphId)>) -> u16 {
    character.map_or(0, |(c, _)| u16::try_from(u32::from(*c)).unwrap_or(u16::MAX))
}

/// What the font is called, for Windows in English.
fn names(family: &str, name: &str) -> Name {
    let said = [
        (NameId::FAMILY_NAME, family),
        (NameId::SUBFAMILY_NAME, "Regular"),
        (NameId::UNIQUE_ID, name),
        (NameId::FULL_NAME, name),
        (NameId::VERSION_STRING, "Version 1.0"),
        (NameId::POSTSCRIPT_NAME, name),
    ];
    let record = |(id, text): (NameId, &str)| {
        const WINDOWS: u16 = 3;
        const UNICODE: u16 = 1;
        const ENGLISH: u16 = 0x0409;
        NameRecord::new(WINDOWS, UNICODE, ENGLISH, id, text.to_owned().into())
    };
    Name::new(said.map(record).to_vec())
}

impl Measured {
    fn take(&mut self, glyph: &Glyph, advance: u16) {
        let bbox = glyph.bbox();
        let left = bbox.map_or(0, |bbox| bbox.x_min);
        self.metrics.push(LongMetric::new(advance, left));
        self.bbox = match (self.bbox, bbox) {
            (Some(all), Some(one)) => Some(all.union(one)),
            (all, one) => all.or(one),
        };
        if let Glyph::Simple(glyph) = glyph {
            let points = glyph.contours.iter().map(|contour| contour.len()).sum();
            self.points = self.points.max(points);
            self.contours = self.contours.max(glyph.contours.len());
        }
    }

    fn maxp(&self) -> Maxp {
        let most = |n: usize| Some(u16::try_from(n).unwrap_or(u16::MAX));
        Maxp {
            num_glyphs: self.metrics.len() as u16,
            max_points: most(self.points),
            max_contours: most(self.contours),
            max_composite_points: Some(0),
            max_composite_contours: Some(0),
            max_zones: Some(2),
            max_twilight_points: Some(0),
            max_storage: Some(0),
            max_function_defs: Some(0),
            max_instruction_defs: Some(0),
            max_stack_elements: Some(0),
            max_size_of_instructions: Some(0),
            max_component_elements: Some(0),
            max_component_depth: Some(0),
        }
    }
}

/// A glyph's outline in the units of its face.
fn glyph(face: &Face, id: u32, em: f64) -> Result<Arc<Glyph>, String> {
    let known = || {
        face.quadratic
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    };
    if let Some(glyph) = known().get(&id) {
        return Ok(glyph.clone());
    }
    let glyph = Arc::new(quadratic(face, id, em)?);
    known().insert(id, glyph.clone());
    Ok(glyph)
}

/// The same, worked out.
fn quadratic(face: &Face, id: u32, em: f64) -> Result<Glyph, String> {
    let font = face.font_ref();
    let Some(outline) = font.outline_glyphs().get(id.into()) else {
        return Ok(Glyph::Empty);
    };
    let mut pen = Pen {
        path: BezPath::new(),
        at: Point::ZERO,
        accuracy: em * ACCURACY,
    };
    let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
    outline
        .draw(settings, &mut pen)
        .map_err(|why| why.to_string())?;
    if pen.path.elements().is_empty() {
        return Ok(Glyph::Empty);
    }
    SimpleGlyph::from_bezpath(&pen.path)
        .map(Glyph::Simple)
        .map_err(|why| format!("{why:?}"))
}

/// Draws lines and curves of the second degree.
struct Pen {
    path: BezPath,
    at: Point,
    accuracy: f64,
}

impl Pen {
    fn point(&mut self, x: f32, y: f32) -> Point {
        self.at = Point::new(f64::from(x), f64::from(y));
        self.at
    }
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        let to = self.point(x, y);
        self.path.move_to(to);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let to = self.point(x, y);
        self.path.line_to(to);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        let control = self.point(cx, cy);
        let to = self.point(x, y);
        self.path.quad_to(control, to);
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        let from = self.at;
        let (a, b) = (self.point(ax, ay), self.point(bx, by));
        let curve = CubicBez::new(from, a, b, self.point(x, y));
        for (_, _, part) in curve.to_quads(self.accuracy) {
            self.path.quad_to(part.p1, part.p2);
        }
    }

    fn close(&mut self) {
        self.path.close_path();
    }
}
