//! The exit statuses, as scripts see them.

/// Fine.
pub const FINE: u8 = 0;

/// Something must be corrected.
pub const FOUND: u8 = 1;

/// Something could not be read or written, or the command was not understood.
pub const FAILED: u8 = 2;
