//! The window without a screen.

mod blocks;
mod jobs;
mod keys;
mod manners;
mod outputs;
mod side;
mod texts;
mod troubles;
mod whole;
mod year_of_import;
mod years;
