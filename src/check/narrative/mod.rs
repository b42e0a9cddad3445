//! The numbers of the texts held against the tables (正文与表格): each agrees with cells, contradicts them, could be two
//! things, or is no number of the tables.

mod carried;
mod found;
mod held;
mod lookup;
mod meaning;
mod recognised;
mod ruled_out;
mod said;
mod statement;
mod sums;
mod verdict;
mod wholes;
mod written;

pub use carried::{LastNumber, Now, last_numbers};
pub(super) use found::check;
pub(super) use meaning::statements;
pub use recognised::{Recognised, Stated, recognised, stated};
pub use ruled_out::{rule_out, ruled_out};
pub(super) use statement::Statement;
pub use verdict::{Meaning, Verdict};
pub(super) use wholes::{Whole, wholes};
pub use written::Written;
