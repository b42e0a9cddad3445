//! 年报填报: fills in, checks and outputs the yearly 政府信息公开工作年度报告 of a Chinese government office.
//!
//! The house, in reading order; each room uses only those above it (`tests/it/house` keeps that true):
//!
//! * [`disk`]: files replaced safely, and the program's own folder
//! * [`prose`]: running text: sentences, numbers and what they count, likeness
//! * [`file_text`]: lines of a text file
//! * [`value`]: what a cell holds
//! * [`form`]: the official forms, as data
//! * [`report`]: one filled-in form, its edits and their history
//! * [`check`]: a report held against its form
//! * [`compose`]: words for the texts, from the tables
//! * [`compare`]: two reports side by side
//! * [`rollover`]: a new year begun from the last one
//! * [`trend`]: numbers over the years
//! * [`draft`]: a report on disk
//! * [`import`], [`export`]: other files in and out
//! * [`verify`]: an exported file held against its draft
//! * [`handin`]: the folder that is handed in
//! * [`args`]: what was asked for on the command line
//! * [`cli`]: commands for scripts
//! * [`ui`]: the window
//!
//! # How to add
//!
//! * **A form**: a file in `assets/forms`, and its line in `form/catalog.rs`. If it needs more code, what forms can say
//!   (`form/load/file.rs`) is too weak: strengthen that.
//! * **A check**: a file in `check/` with a type that implements `Said` (`check/evaluation.rs`) and a function that finds
//!   it, and that function's line in [`check::evaluate_read`]. Window, command line and JSON show it as they show every
//!   finding. What it looks for stands in the form file where forms may differ.
//! * **A word that texts use** for something of the tables: its line under `narrative` in the form's file
//!   (`form/load/narrative_file.rs` says what can stand there; a word may have a gap, `不…掌握`), and a sentence in
//!   `tests/narrative/kinds.json`.
//! * **A paragraph that is written from the tables** (写一段): its entry under `passages` in the form's file.
//! * **A reader**: a file in `import/read/` that makes the parts of a document of some bytes, and how such bytes are told
//!   from others, in `import/read/mod.rs`. Whatever the file says, it ends within bounds: see `tests/it/import/hostile.rs`.
//! * **An exporter**: a file in `export/` that writes a [`export::Document`], and its variant of [`export::Format`]. It
//!   knows no label, row or rule of a form. `verify` must be able to read it back.
//! * **A command**: its variant of [`args::Command`] with the function in `args.rs` that reads its words, and a file in
//!   `cli/` that carries it out.
//! * **A question** to the clerk: a file in `ui/ask/` with its state and its view, which answers with an
//!   action (`ui/action.rs`), and its variant of the questions in `ui/ask/mod.rs`. What the action does stands in `ui/app`.

pub mod disk;

pub mod prose;

pub mod file_text;

pub mod value;

pub mod form;

pub mod report;

pub mod check;

pub mod compose;

pub mod compare;

pub mod rollover;

pub mod trend;

pub mod draft;

pub mod import;

pub mod export;

pub mod verify;

pub mod handin;

pub mod args;

pub mod cli;

pub mod ui;
