//! The numbers of the texts held against the tables (正文与表格): each agrees with cells, contradicts them, could be two
//! things, or is no number of the tables.

mod carried;
mod found;
mod meaning;
mod recognised;
mod said;
mod verdict;
mod wholes;

pub use carried::{LastNumber, Now, last_numbers};
pub(super) use found::check;
pub(super) use meaning::{Statement, statements};
pub use recognised::{Recognised, Stated, recognised, stated};
pub use verdict::{Meaning, Verdict};
pub(super) use wholes::{Whole, wholes};
