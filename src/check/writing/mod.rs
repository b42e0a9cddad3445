//! How the texts are written: numbers left out, years and parts of another report, headings out of order, what is not
//! written about.

mod found;
mod gaps;
mod line;
mod text;
mod topics;

pub(super) use found::check;
pub(super) use line::{LineWriting, line_writing};
pub(super) use text::{TextWriting, text_writing};
pub use topics::{Topic, topics};
