//! Years side by side (历年比较): the tables line by line, the texts paragraph by paragraph, charts; in the place of the
//! tabs.

mod charts;
mod page;
mod paper;
mod side_by_side;
mod tables;
mod texts;

pub use page::years_ui;
pub use side_by_side::Years;
