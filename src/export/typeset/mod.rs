//! A document laid out on pages: a list of what is painted where. The PDF and the preview are painted from this list,
//! so that what is seen is what is printed.
//!
//! Chinese official layout (GB/T 9704): lines on a grid of 22, justified, no closing sign at the head of a line, tables
//! whole on a page where they fit, else split between rows with their head rows again on every page.

mod faces;
mod flow;
mod lines;
mod pages;
mod raster;
mod rows;
mod running;
mod runs;
mod shape;
mod table;

pub(in crate::export) use faces::Style;
pub use faces::{Face, Faces, SANS, SANS_BOLD};
pub use flow::typeset;
pub use pages::{Ink, Owner, Page, PageItem, PlacedGlyph, Rect, Run, Typeset};
pub(in crate::export) use raster::{Outlines, fill_rect, paint_of};
pub use raster::{Picture, picture};
pub(in crate::export) use shape::Shaper;
