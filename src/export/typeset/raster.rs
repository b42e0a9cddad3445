//! A page as a picture, painted from the same list as the PDF.

use super::faces::Face;
use super::pages::{Ink, Page, PageItem, Rect, Run, Typeset};
use crate::export::page;
use crate::export::palette::Rgb;
use skrifa::MetadataProvider as _;
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use std::collections::HashMap;
use tiny_skia::{Color, FillRule, Paint, Path, PathBuilder, Pixmap, Transform};

/// A page in pixels.
pub struct Picture {
    /// Pixels in a line.
    pub width: u32,
    /// Lines.
    pub height: u32,
    /// Red, green, blue and opacity of each pixel; every page is opaque.
    pub rgba: Vec<u8>,
}

/// Paints a page with `scale` pixels for a point; `None` if it comes to no pixels at all, or too many to hold.
pub fn picture(typeset: &Typeset, page: &Page, scale: f32) -> Option<Picture> {
    let side = |points: f32| (points * scale).round() as u32;
    let mut pixmap = Pixmap::new(side(page::WIDTH), side(page::HEIGHT))?;
    pixmap.fill(Color::WHITE);
    let mut outlines = Outlines::default();
    for item in &page.items {
        match item {
            PageItem::Fill { at, ink } => fill_rect(&mut pixmap, *at, ink.rgb(), scale),
            // A hair's breadth on paper is a whole pixel on the screen, in one place and not smeared over two.
            PageItem::Rule(at) => {
                fill_rect(&mut pixmap, snapped(*at, scale), Ink::Black.rgb(), scale);
            }
            PageItem::Run(run) => paint_run(&mut pixmap, typeset, run, scale, &mut outlines),
        }
    }
    Some(Picture {
        width: pixmap.width(),
        height: pixmap.height(),
        rgba: pixmap.take(),
    })
}

/// Paint of a colour.
pub(in crate::export) fn paint_of([red, green, blue]: Rgb) -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color_rgba8(red, green, blue, u8::MAX);
    paint.anti_alias = true;
    paint
}

fn snapped(at: Rect, scale: f32) -> Rect {
    let along = |from: f32, length: f32| {
        let from = (from * scale).round();
        let length = (length * scale).round().max(1.0);
        (from / scale, length / scale)
    };
    let ((x, width), (y, height)) = (along(at.x, at.width), along(at.y, at.height));
    Rect {
        x,
        y,
        width,
        height,
    }
}

/// Fills a rectangle.
pub(in crate::export) fn fill_rect(pixmap: &mut Pixmap, at: Rect, color: Rgb, scale: f32) {
    if let Some(rect) = tiny_skia::Rect::from_xywh(at.x, at.y, at.width, at.height) {
        let transform = Transform::from_scale(scale, scale);
        pixmap.fill_rect(rect, &paint_of(color), transform, None);
    }
}

fn paint_run(
    pixmap: &mut Pixmap,
    typeset: &Typeset,
    run: &Run,
    scale: f32,
    outlines: &mut Outlines,
) {
    let face = (run.face, &*typeset.faces[run.face]);
    let paint = paint_of(run.ink.rgb());
    let mut x = run.x;
    for placed in &run.glyphs {
        let place = Transform::from_scale(run.size, -run.size)
            .post_translate(x, run.y)
            .post_scale(scale, scale);
        outlines.paint(pixmap, face, placed.id, place, &paint);
        x += placed.advance;
    }
}

/// Glyphs' outlines, each read from its face once.
#[derive(Default)]
pub(in crate::export) struct Outlines(HashMap<(usize, u32), Option<Path>>);

impl Outlines {
    /// Paints a glyph of a face, which is known by its number; `place` takes an em above the base line to pixels.
    pub fn paint(
        &mut self,
        pixmap: &mut Pixmap,
        (number, face): (usize, &Face),
        id: u32,
        place: Transform,
        paint: &Paint,
    ) {
        let path = self.0.entry((number, id));
        if let Some(path) = path.or_insert_with(|| outline(face, id)) {
            pixmap.fill_path(path, paint, FillRule::Winding, place, None);
        }
    }
}

/// A glyph's outline, one em high.
fn outline(face: &Face, id: u32) -> Option<Path> {
    let font = face.font_ref();
    let glyph = font.outline_glyphs().get(id.into())?;
    let mut pen = Pen(PathBuilder::new());
    let settings = DrawSettings::unhinted(Size::new(1.0), LocationRef::default());
    glyph.draw(settings, &mut pen).ok()?;
    pen.0.finish()
}

struct Pen(PathBuilder);

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to(x, y);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.0.quad_to(cx, cy, x, y);
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.0.cubic_to(ax, ay, bx, by, x, y);
    }

    fn close(&mut self) {
        self.0.close();
    }
}
