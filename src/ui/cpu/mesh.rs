//! Fills egui's triangles. Letters are upright rectangles whose pixels fit those of their picture one to one: these are
//! copied; a table's grounds are of one colour: these are rows of it. Everything else is filled pixel by pixel.

use super::area::Area;
use super::colour;
use super::texture::Texture;
use super::triangle::{Triangle, first_pixel};
use egui::epaint::{Mesh, Vertex};

/// What is painted on, row by row.
pub struct Canvas<'a> {
    pub width: usize,
    pub pixels: &'a mut [u32],
}

impl Canvas<'_> {
    /// A part of a row; nothing may lie outside.
    pub fn row(&mut self, y: i32, left: i32, right: i32) -> &mut [u32] {
        let start = y as usize * self.width;
        &mut self.pixels[start + left as usize..start + right as usize]
    }
}

/// Fills a mesh's triangles, each as far as it lies in one of the areas, which must not overlap and must lie on the canvas.
pub fn fill(canvas: &mut Canvas<'_>, mesh: &Mesh, texture: &Texture, scale: f32, areas: &[Area]) {
    let corner = |index: u32| Corner::new(&mesh.vertices[index as usize], texture, scale);
    let mut rest = mesh.indices.as_slice();
    while let [a, b, c, others @ ..] = rest {
        rest = others;
        let corners = [corner(*a), corner(*b), corner(*c)];
        // Two triangles as egui makes them of an upright rectangle.
        if let [d, e, f, others @ ..] = rest
            && (d, e) == (c, b)
            && let Some(upright) = Upright::new([corners[0], corners[1], corners[2], corner(*f)])
        {
            rest = others;
            for area in areas {
                upright.fill(canvas, texture, *area);
            }
            continue;
        }
        let Some(triangle) = Triangle::new(corners.map(|corner| corner.at)) else {
            continue;
        };
        let paint = Paint::of(corners, texture);
        for area in areas {
            triangle.rows(*area, |y, left, right| {
                paint.row(canvas.row(y, left, right), texture, left, y);
            });
        }
    }
}

/// A corner on the screen and in the picture, in pixels.
#[derive(Clone, Copy)]
struct Corner {
    at: [f32; 2],
    of: [f32; 2],
    colour: egui::Color32,
}

impl Corner {
    fn new(vertex: &Vertex, texture: &Texture, scale: f32) -> Self {
        let [width, height] = texture.size.map(|side| side as f32);
        Self {
            at: [vertex.pos.x * scale, vertex.pos.y * scale],
            of: [vertex.uv.x * width, vertex.uv.y * height],
            colour: vertex.color,
        }
    }
}

/// An upright rectangle of one colour with an upright picture in it.
struct Upright {
    from: Corner,
    to: Corner,
}

impl Upright {
    /// From its corners: left above, right above, left below, right below.
    fn new([a, b, c, d]: [Corner; 4]) -> Option<Self> {
        let is_upright = |of: fn(&Corner) -> [f32; 2]| {
            let [a, b, c, d] = [of(&a), of(&b), of(&c), of(&d)];
            a[0] == c[0] && b[0] == d[0] && a[1] == b[1] && c[1] == d[1]
        };
        let one_colour = a.colour == b.colour && a.colour == c.colour && a.colour == d.colour;
        let ahead = a.at[0] <= d.at[0] && a.at[1] <= d.at[1];
        (one_colour && ahead && is_upright(|corner| corner.at) && is_upright(|corner| corner.of))
            .then_some(Self { from: a, to: d })
    }

    fn fill(&self, canvas: &mut Canvas<'_>, texture: &Texture, area: Area) {
        let area = area.intersect(Area {
            left: first_pixel(self.from.at[0]),
            top: first_pixel(self.from.at[1]),
            right: first_pixel(self.to.at[0]),
            bottom: first_pixel(self.to.at[1]),
        });
        if area.is_empty() {
            return;
        }
        let tint = colour::packed(self.from.colour);
        if self.from.of == self.to.of {
            let paint = colour::product(texture.sample(self.from.of, 0.0), tint);
            for y in area.top..area.bottom {
                colour::fill(canvas.row(y, area.left, area.right), paint);
            }
            return;
        }
        let (across, down) = (self.along(0), self.along(1));
        let starts = (
            across.whole(area.left, area.right, texture.size[0]),
            down.whole(area.top, area.bottom, texture.size[1]),
        );
        for (nth, y) in (area.top..area.bottom).enumerate() {
            let row = canvas.row(y, area.left, area.right);
            if let (Some(left), Some(top)) = starts {
                let start = (top + nth) * texture.size[0] + left;
                copy(row, &texture.pixels[start..start + row.len()], tint);
            } else {
                let step = across.step.abs().max(down.step.abs());
                for (nth, pixel) in row.iter_mut().enumerate() {
                    let place = [across.at(area.left + nth as i32), down.at(y)];
                    let paint = colour::product(texture.sample(place, step), tint);
                    *pixel = colour::over(paint, *pixel);
                }
            }
        }
    }

    /// How the picture lies along one axis.
    fn along(&self, axis: usize) -> Along {
        let length = self.to.at[axis] - self.from.at[axis];
        let step = (self.to.of[axis] - self.from.of[axis]) / length;
        Along {
            start: self.from.of[axis] + (0.5 - self.from.at[axis]) * step,
            step,
        }
    }
}

/// Letters, tinted.
fn copy(row: &mut [u32], picture: &[u32], tint: u32) {
    for (pixel, texel) in row.iter_mut().zip(picture) {
        if *texel != 0 {
            *pixel = colour::over(colour::product(*texel, tint), *pixel);
        }
    }
}

/// A straight line through a picture: the place for the centre of screen pixel `n` is `start + n * step`.
struct Along {
    start: f32,
    step: f32,
}

impl Along {
    fn at(&self, pixel: i32) -> f32 {
        self.start + pixel as f32 * self.step
    }

    /// The picture's pixel for the first of these on the screen, if pixel fits pixel and all of them lie in it.
    fn whole(&self, first: i32, end: i32, size: usize) -> Option<usize> {
        const NEAR: f32 = 0.02;
        let off = |pixel: i32| {
            let at = self.at(pixel) - 0.5;
            ((at - at.round()).abs() < NEAR).then_some(at.round())
        };
        let (start, last) = (off(first)?, off(end - 1)?);
        let fits = start >= 0.0
            && last < size as f32
            && last - start == (end - 1 - first) as f32
            && (self.step - 1.0).abs() < 0.5;
        fits.then_some(start as usize)
    }
}

/// How a triangle is coloured.
enum Paint {
    Plain(u32),
    /// Between the corners' colours, with one pixel of the picture.
    Shaded([Slope; 4], u32),
    Pictured {
        colours: [Slope; 4],
        places: [Slope; 2],
        step: f32,
    },
}

impl Paint {
    fn of(corners: [Corner; 3], texture: &Texture) -> Self {
        let [a, b, c] = corners;
        let one_texel = a.of == b.of && a.of == c.of;
        if one_texel && a.colour == b.colour && a.colour == c.colour {
            let texel = texture.sample(a.of, 0.0);
            return Self::Plain(colour::product(texel, colour::packed(a.colour)));
        }
        let at = corners.map(|corner| corner.at);
        let channels = corners.map(|corner| colour::packed(corner.colour).to_be_bytes());
        let colours = std::array::from_fn(|channel| {
            Slope::new(at, channels.map(|bytes| f32::from(bytes[channel])))
        });
        if one_texel {
            return Self::Shaded(colours, texture.sample(a.of, 0.0));
        }
        let places: [Slope; 2] =
            std::array::from_fn(|axis| Slope::new(at, corners.map(|corner| corner.of[axis])));
        let steepest = |slope: &Slope| slope.across.abs().max(slope.down.abs());
        let step = places.iter().map(steepest).fold(0.0, f32::max);
        Self::Pictured {
            colours,
            places,
            step,
        }
    }

    fn row(&self, row: &mut [u32], texture: &Texture, left: i32, y: i32) {
        match self {
            Self::Plain(paint) => colour::fill(row, *paint),
            Self::Shaded(colours, texel) => {
                for (nth, pixel) in row.iter_mut().enumerate() {
                    let tint = shade(colours, left + nth as i32, y);
                    *pixel = colour::over(colour::product(*texel, tint), *pixel);
                }
            }
            Self::Pictured {
                colours,
                places,
                step,
            } => {
                for (nth, pixel) in row.iter_mut().enumerate() {
                    let x = left + nth as i32;
                    let place = [places[0].at(x, y), places[1].at(x, y)];
                    let paint = colour::product(texture.sample(place, *step), shade(colours, x, y));
                    *pixel = colour::over(paint, *pixel);
                }
            }
        }
    }
}

fn shade(colours: &[Slope; 4], x: i32, y: i32) -> u32 {
    let channel = |nth: usize| (colours[nth].at(x, y) + 0.5).clamp(0.0, 255.0) as u8;
    u32::from_be_bytes(std::array::from_fn(channel))
}

/// A value that grows evenly over a triangle.
struct Slope {
    origin: [f32; 2],
    value: f32,
    across: f32,
    down: f32,
}

impl Slope {
    /// From its values at three places.
    fn new([a, b, c]: [[f32; 2]; 3], [at_a, at_b, at_c]: [f32; 3]) -> Self {
        let (ab, ac) = ([b[0] - a[0], b[1] - a[1]], [c[0] - a[0], c[1] - a[1]]);
        let area = ab[0] * ac[1] - ab[1] * ac[0];
        let (to_b, to_c) = (at_b - at_a, at_c - at_a);
        let share = |part: f32| if area == 0.0 { 0.0 } else { part / area };
        Self {
            origin: a,
            value: at_a,
            across: share(to_b * ac[1] - to_c * ab[1]),
            down: share(to_c * ab[0] - to_b * ac[0]),
        }
    }

    /// At the centre of a pixel.
    fn at(&self, x: i32, y: i32) -> f32 {
        let (x, y) = (x as f32 + 0.5, y as f32 + 0.5);
        self.value + (x - self.origin[0]) * self.across + (y - self.origin[1]) * self.down
    }
}
