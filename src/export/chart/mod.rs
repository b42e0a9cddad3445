//! Numbers over the years as a picture: laid out once as a list of what is painted where, from which the SVG, the PNG
//! and the window are all painted.

mod axis;
mod bars;
mod drawing;
mod format;
mod frame;
mod labels;
mod layout;
mod lines;
mod look;
mod measure;
mod names;
mod plot;
mod png;
mod shares;
mod svg;

pub use super::palette::Rgb;
pub use bars::BEFORE;
pub use drawing::{Anchor, Dot, Drawing, EDGE, Item, Point, Shape, Strip, Text};
pub use format::{Format, file_name};
pub use layout::draw;
pub use look::color;
pub use png::{PngError, png};
pub use svg::svg;
