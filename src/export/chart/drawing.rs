//! A chart laid out: a list of what is painted where, from which the SVG, the PNG and the window are all painted.

use crate::export::palette::{PAPER, Rgb};
use crate::export::typeset::Rect;

/// A chart laid out. All lengths in points from the upper left corner.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    /// Its width.
    pub width: f32,
    /// Its height.
    pub height: f32,
    /// What it shows.
    pub title: String,
    /// Every number in it, as sentences for those who cannot see it.
    pub description: String,
    /// What is painted, in this order.
    pub items: Vec<Item>,
}

/// Across and down.
pub type Point = [f32; 2];

/// Something painted.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// A filled rectangle.
    Fill {
        /// Where it is.
        at: Rect,
        /// Its colour.
        color: Rgb,
    },
    /// A line from point to point.
    Strip(Strip),
    /// A dot.
    Dot(Dot),
    /// Words on one line.
    Text(Text),
}

impl Item {
    /// Moves it down.
    pub fn move_down(&mut self, by: f32) {
        match self {
            Self::Fill { at, .. } => at.y += by,
            Self::Strip(strip) => strip.points.iter_mut().for_each(|point| point[1] += by),
            Self::Dot(dot) => dot.at[1] += by,
            Self::Text(text) => text.at[1] += by,
        }
    }
}

/// A line from point to point.
#[derive(Clone, Debug, PartialEq)]
pub struct Strip {
    /// Its points, two at least.
    pub points: Vec<Point>,
    /// How broad it is.
    pub width: f32,
    /// Lengths of dashes and of the gaps behind them by turns; none for a line without gaps.
    pub dash: &'static [f32],
    /// The colour.
    pub color: Rgb,
}

/// A dot, with a thin edge that sets it off from what it lies on.
#[derive(Clone, Debug, PartialEq)]
pub struct Dot {
    /// Its middle.
    pub at: Point,
    /// Its shape.
    pub shape: Shape,
    /// How far it reaches from its middle, without the edge.
    pub radius: f32,
    /// The colour of its line.
    pub color: Rgb,
}

/// What a dot looks like: lines are told apart by it where their colours are not seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A round dot.
    Disc,
    /// A square.
    Square,
    /// A triangle that stands on a side.
    Up,
    /// A square that stands on a corner.
    Diamond,
    /// A triangle that stands on a corner.
    Down,
    /// A round dot, white inside.
    Ring,
}

/// How broad a dot's edge is.
pub const EDGE: f32 = 1.2;

impl Dot {
    /// Its corners; none if it is round.
    pub fn corners(&self) -> Option<Vec<Point>> {
        let [x, y] = self.at;
        // Of one area for the eye, whatever the shape.
        let corners: &[Point] = match self.shape {
            Shape::Disc | Shape::Ring => return None,
            Shape::Square => &[[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]],
            Shape::Up => &[[0.0, -1.2], [1.15, 0.8], [-1.15, 0.8]],
            Shape::Diamond => &[[0.0, -1.3], [1.3, 0.0], [0.0, 1.3], [-1.3, 0.0]],
            Shape::Down => &[[0.0, 1.2], [-1.15, -0.8], [1.15, -0.8]],
        };
        let place = |[dx, dy]: &Point| [x + dx * self.radius, y + dy * self.radius];
        Some(corners.iter().map(place).collect())
    }

    /// The colours of its inside and of its edge.
    pub fn colors(&self) -> (Rgb, Rgb) {
        match self.shape {
            Shape::Ring => (PAPER, self.color),
            _ => (self.color, PAPER),
        }
    }

    /// The room that it takes.
    pub fn bounds(&self) -> Rect {
        let [x, y] = self.at;
        let reach = 1.3 * self.radius + EDGE / 2.0;
        Rect {
            x: x - reach,
            y: y - reach,
            width: 2.0 * reach,
            height: 2.0 * reach,
        }
    }
}

/// Words on one line.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// Where they are held, on the base line.
    pub at: Point,
    /// By which end.
    pub anchor: Anchor,
    /// The size.
    pub size: f32,
    /// Whether they are bold.
    pub bold: bool,
    /// The colour.
    pub color: Rgb,
    /// The words.
    pub words: String,
    /// How wide they are in the program's own font.
    pub width: f32,
}

/// Where words are held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// At their left end.
    Start,
    /// In their middle.
    Middle,
    /// At their right end.
    End,
}

impl Text {
    /// The left end of the words.
    pub fn left(&self) -> f32 {
        self.at[0]
            - match self.anchor {
                Anchor::Start => 0.0,
                Anchor::Middle => self.width / 2.0,
                Anchor::End => self.width,
            }
    }

    /// The room that they take.
    pub fn bounds(&self) -> Rect {
        Rect {
            x: self.left(),
            y: self.at[1] - ASCENT * self.size,
            width: self.width,
            height: (ASCENT + DESCENT) * self.size,
        }
    }
}

/// How far words reach above the base line, in ems.
const ASCENT: f32 = 0.86;

/// How far they reach below it, in ems.
const DESCENT: f32 = 0.1;
