//! The official table as a grid to type in: painted cells, one live text field over the active one.
//!
//! [`nav`] and [`editor`] say what keys mean, [`tracks`] where things stand, [`paint`] how they look; [`show()`] brings them
//! together with egui. What the grid cannot do itself it hands back as a [`GridEvent`].

mod beside;
mod editor;
mod event;
mod field;
mod keys;
mod names;
mod nav;
mod paint;
mod pointer;
mod selection;
mod show;
mod size;
mod state;
mod tracks;
mod view;

pub use beside::Beside;
pub use event::GridEvent;
pub use show::show;
pub use size::Size;
pub use state::{GridState, LayoutKey};
pub use view::{height, shape};
