//! The report as an Excel workbook that goes on calculating: a cover with the texts, then one sheet a table.
//!
//! A superior's office adds such files up and changes figures in them, so totals are live formulas, what does not
//! balance turns red by itself, and only what is filled in by hand can be overwritten. The same document always gives
//! the same bytes.

mod charts;
mod cover;
mod data;
mod formulas;
mod measure;
mod ranges;
mod rules;
mod sheet;
mod style;
mod table;
mod workbook;

pub use charts::{CHARTS, Shown, cells as chart_cells};
pub use cover::{FIRST_TEXT_ROW, facts};
pub use data::{DATA, rows};
pub use sheet::{COVER, FIRST_ROW, sheet_names};
pub use table::lines_above;
pub use workbook::to_xlsx;
