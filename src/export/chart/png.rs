//! A chart as a picture, with glyphs from the program's own fonts.

use super::drawing::{Dot, Drawing, EDGE, Item, Point, Strip, Text};
use super::measure::style;
use crate::export::typeset::{Faces, Outlines, Shaper, fill_rect, paint_of};
use tiny_skia::{FillRule, LineJoin, Path, PathBuilder, Pixmap, Stroke, StrokeDash, Transform};

/// Why a picture could not be made; its `Display` is a sentence for the clerk.
#[derive(Debug, thiserror::Error)]
#[error("没有画成图片：{0}。可以改用 SVG")]
pub struct PngError(String);

/// A drawing as a PNG file with `scale` pixels for a point.
///
/// # Errors
/// [`PngError`] if it comes to no pixels at all, or too many to hold.
pub fn png(drawing: &Drawing, scale: f32) -> Result<Vec<u8>, PngError> {
    let side = |points: f32| (points * scale).round() as u32;
    let pixmap = Pixmap::new(side(drawing.width), side(drawing.height))
        .ok_or_else(|| PngError("大小不合适".to_owned()))?;
    let mut picture = Picture {
        pixmap,
        transform: Transform::from_scale(scale, scale),
        shaper: Shaper::new(Faces::bundled()),
        outlines: Outlines::default(),
    };
    picture.pixmap.fill(tiny_skia::Color::WHITE);
    for item in &drawing.items {
        match item {
            Item::Fill { at, color } => fill_rect(&mut picture.pixmap, *at, *color, scale),
            Item::Strip(strip) => picture.strip(strip),
            Item::Dot(dot) => picture.dot(dot),
            Item::Text(text) => picture.text(text),
        }
    }
    let encoded = picture.pixmap.encode_png();
    encoded.map_err(|error| PngError(error.to_string()))
}

struct Picture {
    pixmap: Pixmap,
    transform: Transform,
    shaper: Shaper<'static>,
    outlines: Outlines,
}

impl Picture {
    fn strip(&mut self, strip: &Strip) {
        let stroke = Stroke {
            width: strip.width,
            line_join: LineJoin::Round,
            dash: StrokeDash::new(strip.dash.to_vec(), 0.0),
            ..Stroke::default()
        };
        if let Some(path) = path(&strip.points, false) {
            let paint = paint_of(strip.color);
            self.pixmap
                .stroke_path(&path, &paint, &stroke, self.transform, None);
        }
    }

    fn dot(&mut self, dot: &Dot) {
        let path = match dot.corners() {
            Some(corners) => path(&corners, true),
            None => PathBuilder::from_circle(dot.at[0], dot.at[1], dot.radius),
        };
        let Some(path) = path else {
            return;
        };
        let (inside, edge) = dot.colors();
        let stroke = Stroke {
            width: EDGE,
            ..Stroke::default()
        };
        let transform = self.transform;
        self.pixmap
            .fill_path(&path, &paint_of(inside), FillRule::Winding, transform, None);
        self.pixmap
            .stroke_path(&path, &paint_of(edge), &stroke, transform, None);
    }

    fn text(&mut self, text: &Text) {
        let paint = paint_of(text.color);
        let mut x = text.left();
        for glyph in self.shaper.shape(&text.words, style(text.bold)) {
            let face = (glyph.face, &*self.shaper.used[glyph.face]);
            let place = Transform::from_scale(text.size, -text.size)
                .post_translate(x, text.at[1])
                .post_concat(self.transform);
            let pixmap = &mut self.pixmap;
            self.outlines.paint(pixmap, face, glyph.id, place, &paint);
            x += glyph.advance * text.size;
        }
    }
}

fn path(points: &[Point], closed: bool) -> Option<Path> {
    let (first, rest) = points.split_first()?;
    let mut path = PathBuilder::new();
    path.move_to(first[0], first[1]);
    for [x, y] in rest {
        path.line_to(*x, *y);
    }
    if closed {
        path.close();
    }
    path.finish()
}
