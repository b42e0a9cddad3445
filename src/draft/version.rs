//! The versions of a draft's file format.

/// The version that drafts with notes beside the report are written in; every version up to it is read.
pub const VERSION: u32 = 2;

/// The version of drafts that use nothing which came later, so that programs of that time still open them.
pub const FIRST_VERSION: u32 = 1;
