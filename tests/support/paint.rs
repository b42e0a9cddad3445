//! Paints a window's triangles on the CPU: the same bytes on every machine, and no graphics driver.
//!
//! egui hands out textured triangles with premultiplied colours that are blended in gamma space; that is all there is
//! to do.

use egui::epaint::{ImageData, Primitive, Vertex};
use egui::{Color32, Context, FullOutput, Pos2, Rect, TextureId, TexturesDelta};
use std::collections::HashMap;

/// A picture of four floats a pixel, premultiplied, in gamma space.
struct Picture {
    size: [usize; 2],
    pixels: Vec<[f32; 4]>,
}

impl Picture {
    fn new(size: [usize; 2]) -> Self {
        Self {
            size,
            pixels: vec![[0.0; 4]; size[0] * size[1]],
        }
    }

    /// The colour at a place in texture coordinates, between the four nearest pixels.
    fn sample(&self, uv: Pos2) -> [f32; 4] {
        let at = |c: f32, size: usize| (c * size as f32 - 0.5).clamp(0.0, size as f32 - 1.0);
        let (x, y) = (at(uv.x, self.size[0]), at(uv.y, self.size[1]));
        let (x0, y0) = (x as usize, y as usize);
        let (x1, y1) = (
            (x0 + 1).min(self.size[0] - 1),
            (y0 + 1).min(self.size[1] - 1),
        );
        let (fx, fy) = (x - x0 as f32, y - y0 as f32);
        let pixel = |x: usize, y: usize| self.pixels[y * self.size[0] + x];
        std::array::from_fn(|i| {
            let top = pixel(x0, y0)[i] * (1.0 - fx) + pixel(x1, y0)[i] * fx;
            let bottom = pixel(x0, y1)[i] * (1.0 - fx) + pixel(x1, y1)[i] * fx;
            top * (1.0 - fy) + bottom * fy
        })
    }
}

fn floats(colour: Color32) -> [f32; 4] {
    colour.to_array().map(|channel| f32::from(channel) / 255.0)
}

/// The painter with the textures that egui gave it.
#[derive(Default)]
pub struct Painter {
    textures: HashMap<TextureId, Picture>,
}

impl egui_kittest::TestRenderer for Painter {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        for (id, deltas) in &delta.set {
            for delta in deltas {
                let ImageData::Color(image) = &delta.image;
                let [left, top] = delta.pos.unwrap_or([0, 0]);
                if delta.pos.is_none() {
                    self.textures.insert(*id, Picture::new(image.size));
                }
                let texture = self
                    .textures
                    .get_mut(id)
                    .expect("a patch of a known texture");
                for (nth, pixel) in image.pixels.iter().enumerate() {
                    let (x, y) = (left + nth % image.size[0], top + nth / image.size[0]);
                    texture.pixels[y * texture.size[0] + x] = floats(*pixel);
                }
            }
        }
        for id in &delta.free {
            self.textures.remove(id);
        }
        delta.clear();
    }

    fn render(&mut self, ctx: &Context, output: &FullOutput) -> Result<image::RgbaImage, String> {
        let scale = ctx.pixels_per_point();
        let size = ctx.content_rect().size() * scale;
        let mut picture = Picture::new([size.x.round() as usize, size.y.round() as usize]);
        for clipped in ctx.tessellate(output.shapes.clone(), scale) {
            let Primitive::Mesh(mesh) = clipped.primitive else {
                return Err("a callback cannot be painted".to_owned());
            };
            let texture = self
                .textures
                .get(&mesh.texture_id)
                .ok_or("an unknown texture")?;
            for triangle in mesh.indices.chunks_exact(3) {
                let corners = [triangle[0], triangle[1], triangle[2]]
                    .map(|index| mesh.vertices[index as usize]);
                fill(&mut picture, texture, corners, clipped.clip_rect, scale);
            }
        }
        let bytes = picture
            .pixels
            .iter()
            .flat_map(|pixel| pixel.map(|channel| (channel * 255.0).round() as u8))
            .collect();
        image::RgbaImage::from_raw(picture.size[0] as u32, picture.size[1] as u32, bytes)
            .ok_or("a size".to_owned())
    }
}

/// Fills one triangle, pixel centre by pixel centre.
fn fill(picture: &mut Picture, texture: &Picture, corners: [Vertex; 3], clip: Rect, scale: f32) {
    let [a, b, c] = corners.map(|corner| (corner.pos.to_vec2() * scale).to_pos2());
    let area = cross(a, b, c);
    if area == 0.0 {
        return;
    }
    let bounds = Rect::from_points(&[a, b, c]).intersect(clip * scale);
    let pixels = |from: f32, to: f32, size: usize| {
        (from.round().max(0.0) as usize)..(to.round().max(0.0) as usize).min(size)
    };
    for y in pixels(bounds.top() - 0.5, bounds.bottom() + 0.5, picture.size[1]) {
        for x in pixels(bounds.left() - 0.5, bounds.right() + 0.5, picture.size[0]) {
            let centre = Pos2::new(x as f32 + 0.5, y as f32 + 0.5);
            if !(clip * scale).contains(centre) {
                continue;
            }
            let weights = [
                cross(b, c, centre),
                cross(c, a, centre),
                cross(a, b, centre),
            ]
            .map(|part| part / area);
            // A centre on an edge that two triangles share belongs to one of them only.
            let inside = |weight: f32, from: Pos2, to: Pos2| {
                weight > 0.0 || (weight == 0.0 && owns(from, to, area > 0.0))
            };
            if inside(weights[0], b, c) && inside(weights[1], c, a) && inside(weights[2], a, b) {
                let mix = |part: &dyn Fn(&Vertex) -> f32| {
                    (0..3).map(|i| weights[i] * part(&corners[i])).sum::<f32>()
                };
                let uv = Pos2::new(mix(&|v| v.uv.x), mix(&|v| v.uv.y));
                let texel = texture.sample(uv);
                let colour: [f32; 4] =
                    std::array::from_fn(|i| texel[i] * mix(&|v| floats(v.color)[i]));
                let below = &mut picture.pixels[y * picture.size[0] + x];
                *below = std::array::from_fn(|i| {
                    (colour[i] + below[i] * (1.0 - colour[3])).clamp(0.0, 1.0)
                });
            }
        }
    }
}

fn cross(a: Pos2, b: Pos2, c: Pos2) -> f32 {
    (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
}

fn owns(from: Pos2, to: Pos2, clockwise: bool) -> bool {
    let (from, to) = if clockwise { (from, to) } else { (to, from) };
    (from.y == to.y && from.x < to.x) || from.y > to.y
}
