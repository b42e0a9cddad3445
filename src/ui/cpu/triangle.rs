//! Which pixels a triangle covers: those whose centre lies in it. A centre on the edge between two triangles belongs to
//! exactly one of them, as on a graphics card, so that nothing is painted twice and nothing is left out.

use super::area::Area;

/// Corners are put on a grid of 1/256 pixel.
const GRID: f32 = 256.0;
/// Beyond this many pixels nobody looks.
const FAR: f32 = 2_097_152.0;

/// A place on the grid.
fn snapped(at: f32) -> i64 {
    (at.clamp(-FAR, FAR) * GRID).round() as i64
}

/// The first pixel whose centre lies at a place in pixels or after it.
pub fn first_pixel(at: f32) -> i32 {
    (snapped(at) - 128 + 255).div_euclid(256) as i32
}

/// One side: a pixel's centre is inside where `along` · 256 · y − `across` · 256 · x + `at` is not negative.
struct Side {
    across: i64,
    along: i64,
    at: i64,
}

/// A triangle whose corners are given clockwise or not, in pixels.
pub struct Triangle {
    sides: [Side; 3],
    bounds: Area,
}

impl Triangle {
    /// `None` if it covers nothing.
    pub fn new(corners: [[f32; 2]; 3]) -> Option<Self> {
        let [a, mut b, mut c] = corners.map(|[x, y]| [snapped(x), snapped(y)]);
        let area = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
        if area == 0 {
            return None;
        }
        if area < 0 {
            (b, c) = (c, b);
        }
        let pixels = |axis: usize| {
            let all = [a[axis], b[axis], c[axis]];
            let pixel = |at: i64| (at - 128 + 255).div_euclid(256) as i32;
            // One more, for centres on the last edge.
            let (first, last) = (all.iter().min()?, all.iter().max()?);
            Some((pixel(*first), pixel(*last) + 1))
        };
        let ((left, right), (top, bottom)) = (pixels(0)?, pixels(1)?);
        let bounds = Area {
            left,
            top,
            right,
            bottom,
        };
        let sides = [(a, b), (b, c), (c, a)].map(|(from, to)| {
            let (along, across) = (to[0] - from[0], to[1] - from[1]);
            // Upper and left sides own the centres on them.
            let owns = across < 0 || (across == 0 && along > 0);
            let at = along * (128 - from[1]) - across * (128 - from[0]) - i64::from(!owns);
            Side { across, along, at }
        });
        Some(Self { sides, bounds })
    }

    /// Calls with each row of pixels that it covers in an area: y, the first x, and the x after the last.
    pub fn rows(&self, area: Area, mut paint: impl FnMut(i32, i32, i32)) {
        let area = area.intersect(self.bounds);
        for y in area.top..area.bottom {
            let (mut left, mut right) = (i64::from(area.left), i64::from(area.right));
            for side in &self.sides {
                let rest = side.along * 256 * i64::from(y) + side.at;
                let step = side.across * 256;
                match step {
                    0 if rest >= 0 => {}
                    0 => right = left,
                    ..0 => left = left.max(-(rest.div_euclid(-step))),
                    _ => right = right.min(rest.div_euclid(step) + 1),
                }
            }
            if left < right {
                paint(y, left as i32, right as i32);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each pixel of a fan around a point anywhere is painted once, whatever the corners' fractions.
    #[test]
    fn triangles_that_meet_leave_no_gap_and_paint_nothing_twice() {
        let everything = Area::of_size([40, 40]);
        let corners = [[3.0, 2.0], [37.0, 2.0], [37.0, 33.0], [3.0, 33.0]];
        for step in 0..400 {
            let (x, y) = (step as f32 * 0.077 + 4.0, step as f32 * 0.061 + 5.0);
            let mut times = vec![0; 40 * 40];
            for nth in 0..4 {
                // Every other one the other way round.
                let (one, other) = (corners[nth], corners[(nth + 1) % 4]);
                let ends = if nth % 2 == 0 {
                    [one, other]
                } else {
                    [other, one]
                };
                let Some(triangle) = Triangle::new([[x, y], ends[0], ends[1]]) else {
                    continue;
                };
                triangle.rows(everything, |y, left, right| {
                    for x in left..right {
                        times[(y * 40 + x) as usize] += 1;
                    }
                });
            }
            for (nth, times) in times.into_iter().enumerate() {
                let inside = (3..37).contains(&(nth % 40)) && (2..33).contains(&(nth / 40));
                assert_eq!(times, i32::from(inside), "pixel {nth} around {x}, {y}");
            }
        }
    }

    #[test]
    fn a_triangle_of_any_size_stays_in_its_area() {
        let area = Area {
            left: 3,
            top: 5,
            right: 9,
            bottom: 8,
        };
        for corners in [
            [[-1e30, -1e30], [1e30, -1e30], [0.0, 1e30]],
            [[f32::NAN, 0.0], [5.0, 9.0], [8.0, 1.0]],
            [[f32::NEG_INFINITY, 4.0], [f32::INFINITY, 4.0], [2.0, 9.0]],
        ] {
            if let Some(triangle) = Triangle::new(corners) {
                triangle.rows(area, |y, left, right| {
                    assert!((5..8).contains(&y) && 3 <= left && left < right && right <= 9);
                });
            }
        }
    }
}
