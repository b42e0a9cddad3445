//! What leaves the program, and comes back.

mod charts;
mod exports;
mod fonts;
mod verify;
mod xlsx;
