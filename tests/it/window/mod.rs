//! The window without a screen.

mod answers;
mod blocks;
mod cards;
mod filling;
mod handing_in;
mod jobs;
mod keys;
mod manners;
mod monkey;
mod numbers;
mod outputs;
mod painted;
mod published;
mod recount;
mod room;
mod side;
mod texts;
mod troubles;
mod typing;
mod whole;
mod writing;
mod year_of_import;
mod years;
