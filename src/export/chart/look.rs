//! Colours of a chart, and what tells its lines apart: colour, shape of the dots and dashes, for those who see few
//! colours and for prints without any.

use super::drawing::{Dot, Item, Point, Shape, Strip};
use crate::export::palette::{ACCENT, Rgb};

/// Words.
pub const INK: Rgb = [0x1F, 0x29, 0x37];

/// Words that explain.
pub const WEAK: Rgb = [0x5B, 0x64, 0x72];

/// Lines across the chart.
pub const GRID: Rgb = [0xE3, 0xE6, 0xEB];

/// The line at 0.
pub const BASE: Rgb = [0x8A, 0x93, 0xA0];

/// How broad lines are.
const BREADTH: f32 = 2.0;

/// How far dots reach.
const RADIUS: f32 = 3.6;

/// Dark enough for words on white, and told apart by most who see few colours.
const COLORS: [Rgb; 6] = [
    ACCENT,
    [0xBF, 0x4B, 0x0B],
    [0x1B, 0x78, 0x4B],
    [0x7A, 0x3E, 0x9D],
    [0x85, 0x63, 0x00],
    [0x47, 0x55, 0x69],
];

const SHAPES: [Shape; 6] = [
    Shape::Disc,
    Shape::Square,
    Shape::Up,
    Shape::Diamond,
    Shape::Down,
    Shape::Ring,
];

const DASHES: [&[f32]; 3] = [&[], &[7.0, 3.0], &[2.5, 2.5]];

/// What a line looks like.
#[derive(Clone, Copy)]
pub struct Look {
    pub color: Rgb,
    shape: Shape,
    dash: &'static [f32],
}

/// The colour of the line with this number.
pub fn color(line: usize) -> Rgb {
    COLORS[line % COLORS.len()]
}

/// How the line with this number looks.
pub fn look(line: usize) -> Look {
    Look {
        color: color(line),
        shape: SHAPES[(line + line / SHAPES.len()) % SHAPES.len()],
        dash: DASHES[line % DASHES.len()],
    }
}

impl Look {
    /// A dot of the line.
    pub fn dot(self, at: Point) -> Dot {
        Dot {
            at,
            shape: self.shape,
            radius: RADIUS,
            color: self.color,
        }
    }

    /// The line itself, from point to point.
    pub fn strip(self, points: Vec<Point>) -> Item {
        Item::Strip(Strip {
            points,
            width: BREADTH,
            dash: self.dash,
            color: self.color,
        })
    }
}
