//! Which parts of the window differ from the last frame: found from the shapes, before anything is made of them.
//!
//! Shapes that both frames have in the same order are matched; whatever was added or went away changes the pixels under
//! it and no others. Any matching is right; a better one paints less.

use super::area::Area;
use egui::Shape;
use egui::epaint::ClippedShape;
use std::sync::Arc;

/// Pixels of a tile's side.
const TILE: i32 = 16;
/// How far ahead a shape is looked for among those of the other frame.
const AHEAD: usize = 48;
/// How many comparisons are spent on looking ahead before the rest is taken as changed.
const PATIENCE: usize = 40_000;

/// The areas of the window, in tiles, that must be painted again.
pub struct Dirty {
    columns: i32,
    rows: i32,
    whole: Area,
    tiles: Vec<bool>,
}

impl Dirty {
    /// Nothing of a window of this size.
    pub fn nothing(size: [usize; 2]) -> Self {
        let whole = Area::of_size(size);
        let (columns, rows) = (
            (whole.right + TILE - 1) / TILE,
            (whole.bottom + TILE - 1) / TILE,
        );
        Self {
            columns,
            rows,
            whole,
            tiles: vec![false; (columns * rows) as usize],
        }
    }

    /// Everything.
    pub fn everything(size: [usize; 2]) -> Self {
        let mut dirty = Self::nothing(size);
        dirty.tiles.fill(true);
        dirty
    }

    /// What differs between two frames.
    pub fn between(
        old: &[ClippedShape],
        new: &[ClippedShape],
        scale: f32,
        size: [usize; 2],
    ) -> Self {
        let mut dirty = Self::nothing(size);
        let (mut from, mut to) = (0, 0);
        let mut patience = PATIENCE;
        while from < old.len() && to < new.len() {
            if is_same(&old[from], &new[to]) {
                (from, to) = (from + 1, to + 1);
                continue;
            }
            let (gone, added) = meeting(&old[from..], &new[to..], &mut patience).unwrap_or((1, 1));
            for shape in old[from..from + gone].iter().chain(&new[to..to + added]) {
                dirty.mark(shape, scale);
            }
            (from, to) = (from + gone, to + added);
        }
        for shape in old[from..].iter().chain(&new[to..]) {
            dirty.mark(shape, scale);
        }
        dirty
    }

    fn mark(&mut self, shape: &ClippedShape, scale: f32) {
        let tiles = self.tiles_under(trace(shape, scale));
        for y in tiles.top..tiles.bottom {
            let row = (y * self.columns) as usize;
            self.tiles[row + tiles.left as usize..row + tiles.right.max(tiles.left) as usize]
                .fill(true);
        }
    }

    /// Whether a shape leaves a trace on what must be painted again.
    pub fn touches(&self, shape: &ClippedShape, scale: f32) -> bool {
        let tiles = self.tiles_under(trace(shape, scale));
        (tiles.top..tiles.bottom).any(|y| {
            let row = (y * self.columns) as usize;
            (tiles.left..tiles.right).any(|x| self.tiles[row + x as usize])
        })
    }

    fn tiles_under(&self, area: Area) -> Area {
        let area = area.intersect(self.whole);
        if area.is_empty() {
            return Area::of_size([0, 0]);
        }
        Area {
            left: area.left / TILE,
            top: area.top / TILE,
            right: ((area.right + TILE - 1) / TILE).min(self.columns),
            bottom: ((area.bottom + TILE - 1) / TILE).min(self.rows),
        }
    }

    /// What must be painted again as rectangles that do not overlap.
    pub fn areas(&self) -> Vec<Area> {
        let mut areas: Vec<Area> = Vec::new();
        for y in 0..self.rows {
            let row = &self.tiles[(y * self.columns) as usize..((y + 1) * self.columns) as usize];
            let mut x = 0;
            for run in row.chunk_by(|a, b| a == b) {
                let (left, right) = (x * TILE, (x + run.len() as i32) * TILE);
                x += run.len() as i32;
                if !run[0] {
                    continue;
                }
                let (top, bottom) = (y * TILE, (y + 1) * TILE);
                let above = areas
                    .iter_mut()
                    .rev()
                    .find(|area| (area.left, area.right, area.bottom) == (left, right, top));
                match above {
                    Some(area) => area.bottom = bottom,
                    None => areas.push(Area {
                        left,
                        top,
                        right,
                        bottom,
                    }),
                }
            }
        }
        let inside = areas.into_iter().map(|area| area.intersect(self.whole));
        inside.filter(|area| !area.is_empty()).collect()
    }
}

/// Every pixel on which a shape may leave a trace.
fn trace(shape: &ClippedShape, scale: f32) -> Area {
    let drawn = shape.transform_after_tessellation * shape.shape.visual_bounding_rect();
    Area::around(drawn, scale).intersect(Area::clip(shape.clip_rect, scale))
}

/// How many shapes of each frame must be passed over until one is the same in both; the fewest.
fn meeting(
    old: &[ClippedShape],
    new: &[ClippedShape],
    patience: &mut usize,
) -> Option<(usize, usize)> {
    for both in 1..2 * AHEAD {
        for gone in 0..=both {
            let added = both - gone;
            let (Some(a), Some(b)) = (old.get(gone), new.get(added)) else {
                continue;
            };
            *patience = patience.checked_sub(1)?;
            if is_same(a, b) {
                return Some((gone, added));
            }
        }
    }
    None
}

/// Whether two shapes leave the same pixels. Equal text that was laid out twice counts as changed: comparing it letter by
/// letter would cost more than painting it.
fn is_same(a: &ClippedShape, b: &ClippedShape) -> bool {
    a.clip_rect == b.clip_rect
        && a.transform_after_tessellation == b.transform_after_tessellation
        && match (&a.shape, &b.shape) {
            (Shape::Text(a), Shape::Text(b)) => {
                Arc::ptr_eq(&a.galley, &b.galley)
                    && (a.pos, a.angle, a.opacity_factor) == (b.pos, b.angle, b.opacity_factor)
                    && (a.underline, a.fallback_color) == (b.underline, b.fallback_color)
                    && a.override_text_color == b.override_text_color
            }
            (a, b) => a == b,
        }
}
