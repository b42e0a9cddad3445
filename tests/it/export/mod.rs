//! What leaves the program, and comes back.

mod charts;
mod exports;
mod fonts;
mod handin;
mod verify;
mod workbook;
mod xlsx;
