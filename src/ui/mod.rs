//! The window; the only place that knows egui.

pub mod app;
pub mod chart;
mod clipboard;
mod command;
mod cover;
mod dialogs;
mod exporting;
mod find;
mod findings;
mod fonts;
mod grid;
mod modals;
mod pace;
mod preview;
mod review;
mod session;
mod settings;
mod sheet;
mod shell;
mod start;
mod status;
mod text;
pub mod theme;
mod top;
mod years;

pub use shell::{measure_empty_window, run};
