//! The window; the only place that knows egui.

mod action;
pub mod app;
mod ask;
mod beginning;
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
mod job;
mod mending;
mod notice;
mod pace;
mod preview;
mod review;
mod session;
mod settings;
mod sheet;
mod shell;
mod start;
mod status;
mod tab;
mod text;
pub mod theme;
mod top;
mod troubles;
mod unused;
mod view;
mod widgets;
mod years;

pub use shell::{measure_empty_window, run};
