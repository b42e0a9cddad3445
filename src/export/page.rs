//! The page of an official document (GB/T 9704-2012 《党政机关公文格式》): A4, the text area 156 × 225 mm, 22 lines of
//! 28 characters, 三号 type. All lengths in points (1/72 inch) unless they say otherwise.

/// Width of the paper.
pub const WIDTH: f32 = 595.28;
/// Height of the paper.
pub const HEIGHT: f32 = 841.89;
/// Above the text area: 37 mm.
pub const TOP: f32 = 104.88;
/// Left of it: 28 mm.
pub const LEFT: f32 = 79.37;
/// Width of the text area: 156 mm.
pub const TEXT_WIDTH: f32 = 442.2;
/// Height of the text area: 225 mm.
pub const TEXT_HEIGHT: f32 = 637.8;
/// From one line to the next, in twentieths of a point as Word counts: 22 lines fill the text area.
pub const LINE: f32 = 28.95;
/// From one character to the next: 28 fill a line.
pub const PITCH: f32 = 15.75;
/// How far the first line of a paragraph is set in: two characters.
pub const INDENT: f32 = 2.0 * TEXT_SIZE;
/// The height of an ideograph's box above the base line, in ems.
pub const ASCENT: f32 = 0.88;
/// 三号, the size of the text.
pub const TEXT_SIZE: f32 = 16.0;
/// 二号, the size of the title.
pub const TITLE_SIZE: f32 = 22.0;
/// 四号, the size of page numbers.
pub const FOOTER_SIZE: f32 = 14.0;
/// 小四号, the size of the draft mark.
pub const MARK_SIZE: f32 = 12.0;
/// 五号, the size of tables where they fit.
pub const TABLE_SIZE: f32 = 10.5;
/// Between a heading and its table.
pub const TABLE_GAP: f32 = 6.0;
/// What must still fit below a table: Word ends each with a paragraph, be it never so low.
pub const BELOW_TABLE: f32 = 1.0;
/// From there to what follows on the same page.
pub const AFTER_TABLE: f32 = 11.0;
/// Between a cell's left or right rule and its words.
pub const CELL_MARGIN: f32 = 1.5;
/// How much farther in a label stands that is not in the middle of its cell.
pub const LABEL_INDENT: f32 = 1.5;
/// How many characters of the title fill a line.
pub const TITLE_CHARACTERS: usize = 20;

/// Whether a part of the title fits on a line.
pub fn title_fits(part: &str) -> bool {
    part.chars().count() <= TITLE_CHARACTERS
}

/// How wide a number is in ems: as wide as the widest digits of the usual fonts make it, so that it is broken in none.
pub fn digits_width(text: &str) -> f32 {
    const DIGIT: f32 = 0.64;
    let width = |c: char| if c.is_ascii() { DIGIT } else { 1.0 };
    text.chars().map(width).sum()
}

/// The size at which a number, which must not be broken, fits into a width, at most `size`.
pub fn fitting_size(text: &str, width: f32, size: f32) -> f32 {
    const SMALLEST: f32 = 3.0;
    let ems = digits_width(text);
    if ems * size <= width {
        return size;
    }
    // Half points, as word processors have them.
    ((width / ems * 2.0).floor() / 2.0).clamp(SMALLEST, size)
}

/// The width and height of a page, in points.
pub fn page_size() -> (f32, f32) {
    (WIDTH, HEIGHT)
}
