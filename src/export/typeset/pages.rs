//! A document on pages: what is painted where, in the order in which it is painted.

use super::faces::Face;
use crate::export::palette::{self, Rgb};
use std::ops::Range;
use std::sync::Arc;

/// A document on pages. All lengths in points from the page's upper left corner.
pub struct Typeset {
    /// The pages in order.
    pub pages: Vec<Page>,
    /// The faces that runs refer to.
    pub faces: Vec<Arc<Face>>,
    /// The headings with their page and height on it, for an outline.
    pub headings: Vec<(String, usize, f32)>,
    /// Characters that no font at hand has; 〓 stands in their place.
    pub missing: Vec<char>,
}

/// A page.
#[derive(Default)]
pub struct Page {
    /// What is painted, in this order.
    pub items: Vec<PageItem>,
}

/// Something painted on a page.
pub enum PageItem {
    /// Glyphs on one line.
    Run(Run),
    /// A filled rectangle.
    Fill {
        /// Where it is.
        at: Rect,
        /// Its colour.
        ink: Ink,
    },
    /// A thin line, given as the rectangle that it covers.
    Rule(Rect),
}

/// A rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    /// Its left edge.
    pub x: f32,
    /// Its upper edge.
    pub y: f32,
    /// Its width.
    pub width: f32,
    /// Its height.
    pub height: f32,
}

/// Glyphs of one face on one line.
pub struct Run {
    /// What it is a part of.
    pub owner: Owner,
    /// The face, as an index in [`Typeset::faces`].
    pub face: usize,
    /// The size.
    pub size: f32,
    /// Where the first glyph's origin stands.
    pub x: f32,
    /// The base line.
    pub y: f32,
    /// The glyphs.
    pub glyphs: Vec<PlacedGlyph>,
    /// The words that they show.
    pub text: String,
    /// The colour.
    pub ink: Ink,
}

/// A glyph in its place.
pub struct PlacedGlyph {
    /// Its id in the face.
    pub id: u32,
    /// From its origin to the next one's.
    pub advance: f32,
    /// The bytes of [`Run::text`] that it shows.
    pub range: Range<usize>,
}

/// What a run is a part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Owner {
    /// The title.
    Title,
    /// The block with this index.
    Block(usize),
    /// A cell of the table that is the block with this index.
    Cell {
        /// The table's index among the document's blocks.
        block: usize,
        /// The cell's index in its table's list.
        cell: usize,
    },
    /// The page itself: numbers, marks, labels that are printed once more.
    Page,
}

/// A colour on paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// Words and rules.
    Black,
    /// Behind the heads of blocks.
    BlockHead,
    /// The draft mark.
    Warning,
}

impl Ink {
    /// Red, green and blue.
    pub fn rgb(self) -> Rgb {
        match self {
            Self::Black => palette::BLACK,
            Self::BlockHead => palette::BLOCK_FILL,
            Self::Warning => palette::ERROR,
        }
    }
}
