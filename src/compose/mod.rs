//! Words for the texts that come from elsewhere than the keyboard: from the tables (写一段), from last year's text (采用上年).
//!
//! Nothing is invented: where a number is not known, nothing is written of it, and that is said.

mod last;
mod passage;

pub use last::{TakenOver, take_over};
pub use passage::{Composed, compose, offered};
