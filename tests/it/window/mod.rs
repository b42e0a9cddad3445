//! The window without a screen.

mod blocks;
mod jobs;
mod keys;
mod manners;
mod outputs;
mod painted;
mod side;
mod texts;
mod troubles;
mod whole;
mod years;
