//! The second count (复核): somebody else keys the numbers of the tables again without seeing the first ones, column by
//! column, in tables like those of the report; what differs is shown only at the end.

mod compared;
mod page;
mod state;

pub use page::recount_ui;
pub use state::Recounting;
