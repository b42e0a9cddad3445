//! Numbers taken over from last year that are still to be written anew: they stand in the text as `【上年：312】`, seen on the
//! page, found by the check, and read as nothing.

use std::ops::Range;

const LEFT_OPENS: &str = "【上年：";
/// What ends such a number.
pub(super) const LEFT_CLOSES: char = '】';

/// Words of last year as they stand in a text until they are written anew.
pub fn as_left_over(words: &str) -> String {
    format!("{LEFT_OPENS}{words}{LEFT_CLOSES}")
}

/// What stands at the head of a text and is still to be written anew, up to its closing bracket.
pub(super) fn left_over(text: &str) -> Option<&str> {
    let rest = text.strip_prefix(LEFT_OPENS)?;
    let close = rest
        .find(LEFT_CLOSES)
        .filter(|&close| !rest[..close].contains('\n'))?;
    Some(&text[..LEFT_OPENS.len() + close])
}

/// Where a text has something of last year that is still to be written anew, brackets included, in bytes.
pub fn all_left_over(text: &str) -> Vec<Range<usize>> {
    let found = text.match_indices(LEFT_OPENS).filter_map(|(at, _)| {
        let length = left_over(&text[at..])?.len() + LEFT_CLOSES.len_utf8();
        Some(at..at + length)
    });
    found.collect()
}
