//! The official forms, and what their cells hold.

mod forms;
mod fresh;
pub mod values;
