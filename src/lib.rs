//! 年报填报: fills in, checks and outputs the yearly 政府信息公开工作年度报告 of a Chinese government office.
//!
//! The house, in reading order; each room uses only those above it (`tests/it/house` keeps that true):
//!
//! * [`disk`]: files replaced safely, and the program's own folder
//! * [`prose`]: running text: sentences, numbers, likeness
//! * [`source`]: lines of a text file
//! * [`value`]: what a cell holds
//! * [`form`]: the official forms, as data
//! * [`report`]: one filled-in form, its edits and their history
//! * [`check`]: a report held against its form
//! * [`compare`]: two reports side by side
//! * [`rollover`]: a new year begun from the last one
//! * [`trend`]: numbers over the years
//! * [`draft`]: a report on disk
//! * [`import`], [`export`]: other files in and out
//! * [`verify`]: an exported file held against its draft
//! * [`args`]: what was asked for on the command line
//! * [`cli`]: commands for scripts
//! * [`ui`]: the window

pub mod disk;

pub mod prose;

pub mod source;

pub mod value;

pub mod form;

pub mod report;

pub mod check;

pub mod compare;

pub mod rollover;

pub mod trend;

pub mod draft;

pub mod import;

pub mod export;

pub mod verify;

pub mod args;

pub mod cli;

pub mod ui;
