//! Pictures that triangles are filled with: the letters, and pages of the preview.

use super::colour;
use egui::epaint::{ImageData, ImageDelta};
use egui::{TextureFilter, TextureOptions, TextureWrapMode};

/// A picture, one [`colour`] a pixel.
pub struct Texture {
    pub size: [usize; 2],
    pub pixels: Vec<u32>,
    options: TextureOptions,
}

impl Texture {
    /// A new picture.
    pub fn new(delta: &ImageDelta) -> Self {
        let ImageData::Color(image) = &delta.image;
        Self {
            size: image.size,
            pixels: image.pixels.iter().copied().map(colour::packed).collect(),
            options: delta.options,
        }
    }

    /// Replaces a part of it; what lies outside is left out.
    pub fn patch(&mut self, [left, top]: [usize; 2], delta: &ImageDelta) {
        let ImageData::Color(image) = &delta.image;
        let width = image.size[0].min(self.size[0].saturating_sub(left));
        if width == 0 {
            return;
        }
        let rows = image.pixels.chunks_exact(image.size[0]);
        let below = self
            .pixels
            .chunks_exact_mut(self.size[0])
            .skip(top)
            .zip(rows);
        for (to, from) in below {
            for (to, from) in to[left..left + width].iter_mut().zip(from) {
                *to = colour::packed(*from);
            }
        }
    }

    /// The colour at a place in pixels of the picture, `step` of which come to one on the screen.
    pub fn sample(&self, [x, y]: [f32; 2], step: f32) -> u32 {
        let filter = if step > 1.0 {
            self.options.minification
        } else {
            self.options.magnification
        };
        match filter {
            TextureFilter::Nearest => self.pixel(x.floor() as i64, y.floor() as i64),
            TextureFilter::Linear => {
                let (x, y) = (x - 0.5, y - 0.5);
                let (left, top) = (x.floor(), y.floor());
                let part = |of: f32| (of * 256.0) as u32;
                let (across, down) = (part(x - left), part(y - top));
                let (left, top) = (left as i64, top as i64);
                let row = |y: i64| mixed(self.pixel(left, y), self.pixel(left + 1, y), across);
                if down == 0 {
                    row(top)
                } else {
                    mixed(row(top), row(top + 1), down)
                }
            }
        }
    }

    fn pixel(&self, x: i64, y: i64) -> u32 {
        let wrap = |at: i64, size: usize| {
            let size = (size as i64).max(1);
            let at = match self.options.wrap_mode {
                TextureWrapMode::ClampToEdge => at.clamp(0, size - 1),
                TextureWrapMode::Repeat => at.rem_euclid(size),
                TextureWrapMode::MirroredRepeat => {
                    let at = at.rem_euclid(2 * size);
                    at.min(2 * size - 1 - at)
                }
            };
            at as usize
        };
        let at = wrap(y, self.size[1]) * self.size[0] + wrap(x, self.size[0]);
        self.pixels.get(at).copied().unwrap_or_default()
    }
}

/// Between two colours: `part` / 256 of the second.
fn mixed(a: u32, b: u32, part: u32) -> u32 {
    if part == 0 || a == b {
        return a;
    }
    let (a, b) = (a.to_be_bytes(), b.to_be_bytes());
    u32::from_be_bytes(std::array::from_fn(|channel| {
        let sum = u32::from(a[channel]) * (256 - part) + u32::from(b[channel]) * part;
        ((sum + 128) >> 8) as u8
    }))
}
