//! The window painted without OpenGL: where no driver has it, where it crashes, and over remote desktops.
//!
//! egui hands out shapes; what differs from the last frame is found ([`changes`]), turned into triangles and filled in
//! ([`painter`]), and only those parts of the window are handed to the system ([`window`]).

mod area;
mod changes;
mod colour;
mod mesh;
mod painter;
mod surface;
mod texture;
mod triangle;
mod window;

pub use painter::Painter;
pub use window::{Content, run};
