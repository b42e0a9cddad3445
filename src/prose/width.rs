//! Full-width and half-width forms of one character, and white space.

/// How far the full-width forms (U+FF01–U+FF5E) lie behind ASCII.
const SHIFT: u32 = 0xFEE0;

/// A full-width letter, digit or sign as its ASCII form, the ideographic space as a blank; any other character as it is.
pub fn half_width(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - SHIFT).unwrap_or(c),
        '\u{3000}' => ' ',
        c => c,
    }
}

/// An ASCII letter, digit or sign as its full-width form; any other character as it is.
pub fn full_width(c: char) -> char {
    match c {
        '!'..='~' => char::from_u32(u32::from(c) + SHIFT).unwrap_or(c),
        c => c,
    }
}

/// Whether a character is an Arabic digit of either width.
pub fn is_digit(c: char) -> bool {
    half_width(c).is_ascii_digit()
}

/// A text without white space, for comparing what was set in different ways.
pub fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
