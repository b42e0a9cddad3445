//! A page as it was published held against its draft; our own exports are held against it by what writes workbooks.

#[path = "../../../src/verify/published/mod.rs"]
mod published;
#[path = "../../../src/verify/shortened.rs"]
mod shortened;

pub use published::published;
