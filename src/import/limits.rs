//! How much of anything is still read.

/// Bytes of a file. No report comes near this size.
pub const MAX_BYTES: usize = 64 << 20;

/// Cells of a table: more than any official one has by far; what is larger is no table to read.
pub const MAX_CELLS: usize = 20_000;
