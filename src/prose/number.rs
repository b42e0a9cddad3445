//! Numbers in running text, written with digits.

use super::width::{half_width, is_digit};
use rust_decimal::Decimal;
use std::ops::Range;

/// A number in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// What it comes to, its unit aside.
    pub value: Decimal,
    /// Its digits, thousands commas and decimals, in bytes.
    pub at: Range<usize>,
}

/// The digits between two thousands commas.
const GROUP: usize = 3;

/// Every number of a text, in order: digits of either width, with thousands commas and decimals. Signs are no part of
/// it; what is longer than any number is left out.
pub fn numbers(text: &str) -> Vec<Number> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = next_digit(text, at) {
        let end = number_end(text, start);
        at = end;
        let digits: String = text[start..end]
            .chars()
            .map(half_width)
            .filter(|&c| c != ',')
            .collect();
        if let Ok(value) = digits.parse() {
            let at = start..end;
            found.push(Number { value, at });
        }
    }
    found
}

/// The first digit from a byte on. Looks at bytes: few characters of a text can be digits, and texts are read often.
pub(super) fn next_digit(text: &str, from: usize) -> Option<usize> {
    const FULL_WIDTH: u8 = 0xEF;
    let mut at = from;
    loop {
        let bytes = &text.as_bytes()[at..];
        at += bytes
            .iter()
            .position(|&byte| byte.is_ascii_digit() || byte == FULL_WIDTH)?;
        let c = text[at..].chars().next()?;
        if is_digit(c) {
            return Some(at);
        }
        at += c.len_utf8();
    }
}

/// Where the number that begins at `start` ends.
pub(super) fn number_end(text: &str, start: usize) -> usize {
    let run = |from: usize| {
        let rest = &text[from..];
        from + rest.find(|c| !is_digit(c)).unwrap_or(rest.len())
    };
    let count = |from: usize, to: usize| text[from..to].chars().count();
    let mut end = run(start);
    if count(start, end) <= GROUP {
        // A full-width comma parts two numbers of a list.
        while text[end..].starts_with(',') && count(end + 1, run(end + 1)) == GROUP {
            end = run(end + 1);
        }
    }
    let point = text[end..].chars().next();
    match point.filter(|&c| half_width(c) == '.') {
        Some(point) if run(end + point.len_utf8()) > end + point.len_utf8() => {
            run(end + point.len_utf8())
        }
        _ => end,
    }
}

const YEAR_DIGITS: usize = 4;

/// The year that ends a text, four digits.
pub fn year_before(text: &str) -> Option<i32> {
    let digits = text.get(text.len().checked_sub(YEAR_DIGITS)?..)?;
    let all = digits.bytes().all(|b| b.is_ascii_digit());
    all.then(|| digits.parse().ok())?
}

/// Where a text names a year (`2023年`), in bytes.
pub fn mentions_of_year(text: &str, year: i32) -> Vec<Range<usize>> {
    let named = format!("{year}年");
    let found = text.match_indices(&named);
    found.map(|(at, _)| at..at + named.len()).collect()
}
