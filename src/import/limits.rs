//! How much of anything is still read.

/// Bytes of a file. No report comes near this size.
pub const MAX_BYTES: usize = 64 << 20;

/// Cells of a table: more than any official one has by far; what is larger is no table to read.
pub const MAX_CELLS: usize = 20_000;

/// Bytes of a JSON: a report has some thousands, and each may cost a hundred.
pub const MAX_JSON: usize = 1 << 20;

/// Characters of a paragraph or a cell: more than the text of a whole report has.
pub const MAX_PARAGRAPH: usize = 100_000;

/// Bytes of all words of a file.
pub const MAX_WORDS: usize = 4 << 20;
