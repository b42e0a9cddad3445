//! The colours that are the same on the screen, on paper and in other programs' files, each written down once.

/// Red, green and blue.
pub type Rgb = [u8; 3];

/// 必改, and the draft mark.
pub const ERROR: Rgb = [0xB4, 0x23, 0x18];
/// Behind what must be corrected.
pub const ERROR_FILL: Rgb = [0xFD, 0xEC, 0xEA];
/// Behind the head of a block of rows.
pub const BLOCK_FILL: Rgb = [0xDC, 0xE6, 0xF4];
/// Behind a number that is added up.
pub const COMPUTED_FILL: Rgb = [0xF1, 0xF3, 0xF5];
/// A table's rules on the screen and in a workbook; on paper they are black.
pub const RULE: Rgb = [0x2B, 0x2F, 0x36];
/// What leads elsewhere, and the first line of a chart.
pub const ACCENT: Rgb = [0x1A, 0x56, 0xB4];
/// The ground.
pub const PAPER: Rgb = [0xFF, 0xFF, 0xFF];
/// Words and rules in print.
pub const BLACK: Rgb = [0, 0, 0];

/// Six hexadecimal digits, as web pages, Word and Excel want a colour.
pub fn hex([red, green, blue]: Rgb) -> String {
    format!("{red:02X}{green:02X}{blue:02X}")
}
