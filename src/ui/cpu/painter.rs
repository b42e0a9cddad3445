//! Paints frames into a picture that stays, as far as they differ from the one before.

use super::area::Area;
use super::changes::Dirty;
use super::colour;
use super::mesh::{self, Canvas};
use super::texture::Texture;
use egui::epaint::{ClippedShape, Primitive};
use egui::{Color32, ColorImage, Context, TextureId, TexturesDelta};
use std::collections::HashMap;

/// The window's picture, and what it is made of.
pub struct Painter {
    size: [usize; 2],
    /// One [`colour`] a pixel, all opaque.
    pixels: Vec<u32>,
    textures: HashMap<TextureId, Texture>,
    /// The shapes of the last frame. They keep their texts alive, so that another text is told from them by its address.
    shapes: Vec<ClippedShape>,
    scale: f32,
    ground: Color32,
    /// Whether pictures that shapes of the last frame show may have changed.
    stale: bool,
}

impl Painter {
    /// Where nothing is painted the ground shows.
    pub fn new(ground: Color32) -> Self {
        Self {
            size: [0, 0],
            pixels: Vec::new(),
            textures: HashMap::new(),
            shapes: Vec::new(),
            scale: 0.0,
            ground,
            stale: true,
        }
    }

    /// Takes over textures; before a frame that shows them.
    pub fn take(&mut self, delta: &mut TexturesDelta) {
        for (id, deltas) in delta.set.drain() {
            for delta in deltas {
                match (delta.pos, self.textures.get_mut(&id)) {
                    (Some(at), Some(texture)) => {
                        texture.patch(at, &delta);
                        // Letters that are new to their picture were shown by no frame before.
                        self.stale |= id != TextureId::default();
                    }
                    _ => {
                        self.textures.insert(id, Texture::new(&delta));
                        self.stale = true;
                    }
                }
            }
        }
    }

    /// Lets textures go; after the frame.
    pub fn free(&mut self, delta: &mut TexturesDelta) {
        for id in delta.free.drain() {
            self.textures.remove(&id);
        }
    }

    /// Paints a frame at so many pixels a point; the areas that were painted, which do not overlap.
    pub fn paint(
        &mut self,
        ctx: &Context,
        shapes: Vec<ClippedShape>,
        scale: f32,
        size: [usize; 2],
    ) -> Vec<Area> {
        let fresh = self.stale || self.size != size || self.scale != scale;
        if self.size != size {
            self.size = size;
            self.pixels = vec![colour::packed(self.ground); size[0] * size[1]];
        }
        (self.scale, self.stale) = (scale, false);
        let dirty = if fresh {
            Dirty::everything(size)
        } else {
            Dirty::between(&self.shapes, &shapes, scale, size)
        };
        let areas = dirty.areas();
        if !areas.is_empty() {
            let shown = shapes.iter().filter(|shape| dirty.touches(shape, scale));
            self.fill(ctx, shown.cloned().collect(), &areas);
        }
        self.shapes = shapes;
        areas
    }

    fn fill(&mut self, ctx: &Context, shapes: Vec<ClippedShape>, areas: &[Area]) {
        let mut canvas = Canvas {
            width: self.size[0],
            pixels: &mut self.pixels,
        };
        let ground = colour::packed(self.ground);
        for area in areas {
            for y in area.top..area.bottom {
                canvas.row(y, area.left, area.right).fill(ground);
            }
        }
        let mut clipped = Vec::new();
        for primitive in ctx.tessellate(shapes, self.scale) {
            let Primitive::Mesh(mesh) = primitive.primitive else {
                // What only a graphics card can paint; the window has nothing of the kind.
                continue;
            };
            let Some(texture) = self.textures.get(&mesh.texture_id) else {
                continue;
            };
            let clip = Area::clip(primitive.clip_rect, self.scale);
            clipped.clear();
            clipped.extend(areas.iter().map(|area| area.intersect(clip)));
            clipped.retain(|area| !area.is_empty());
            if !clipped.is_empty() {
                mesh::fill(&mut canvas, &mesh, texture, self.scale, &clipped);
            }
        }
    }

    /// The picture: its width and height in pixels, and its pixels row by row as `0xAARRGGBB`.
    pub fn picture(&self) -> ([usize; 2], &[u32]) {
        (self.size, &self.pixels)
    }

    /// A copy of the picture.
    pub fn screenshot(&self) -> ColorImage {
        let bytes = self.pixels.iter().flat_map(|pixel| {
            let [alpha, red, green, blue] = pixel.to_be_bytes();
            [red, green, blue, alpha]
        });
        ColorImage::from_rgba_premultiplied(self.size, &bytes.collect::<Vec<u8>>())
    }
}
