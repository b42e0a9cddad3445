//! The window without a screen.

mod blocks;
mod cards;
mod filling;
mod jobs;
mod keys;
mod manners;
mod numbers;
mod outputs;
mod painted;
mod room;
mod side;
mod texts;
mod troubles;
mod typing;
mod whole;
mod years;
