//! Years as reports write them, and which of them a text is about.

use super::site;
use crate::prose::{half_width, squeezed};
use std::collections::BTreeMap;

/// The first year about which a report of this kind could be, and the one behind the last.
const YEARS: std::ops::Range<i32> = 2000..2100;

/// A digit of either width, or a Chinese one.
pub(super) fn digit(c: char) -> Option<i32> {
    match half_width(c) {
        c @ '0'..='9' => Some(c as i32 - '0' as i32),
        '〇' | '○' | '零' | 'O' => Some(0),
        c => "一二三四五六七八九"
            .chars()
            .position(|n| n == c)
            .map(|n| n as i32 + 1),
    }
}

/// A year that begins here, and how many characters it has.
pub(super) fn year_at(characters: &[char], at: usize) -> Option<(i32, usize)> {
    const DIGITS: usize = 4;
    let digits = characters.get(at..at + DIGITS)?.iter();
    let year = digits
        .map(|c| digit(*c))
        .try_fold(0, |number, digit| Some(number * 10 + digit?))?;
    let goes_on = characters
        .get(at + DIGITS)
        .is_some_and(|c| digit(*c).is_some());
    (YEARS.contains(&year) && !goes_on).then_some((year, DIGITS))
}

/// The year, if words without blanks are nothing else: （2023年度）
pub(super) fn is_year_alone(words: &str) -> Option<i32> {
    let bare = words.trim_matches(['（', '）', '(', ')', '【', '】', '[', ']', '〔', '〕']);
    let characters: Vec<char> = bare.chars().collect();
    let (year, length) = year_at(&characters, 0)?;
    let rest: String = characters[length..].iter().collect();
    ["", "年", "年度"].contains(&rest.as_str()).then_some(year)
}

/// The year from whose first day to its last a sentence counts: 自2023年1月1日起至2023年12月31日止.
pub(super) fn of_period(line: &str) -> Option<i32> {
    const NEAR: usize = 24;
    let line: String = squeezed(line).chars().map(half_width).collect();
    let mut found = None;
    for first in [
        "年1月1日",
        "年01月01日",
        "年一月一日",
        "年1月至",
        "年1月—",
        "年1月-",
    ] {
        for (at, _) in line.match_indices(first) {
            let before: Vec<char> = line[..at].chars().rev().take(4).collect();
            let before: Vec<char> = before.into_iter().rev().collect();
            let behind: String = line[at + first.len()..].chars().take(NEAR).collect();
            let ends = behind.contains("12月31日") || behind.contains("十二月三十一日");
            let ends = ends || !first.ends_with('日') && behind.contains("12月");
            let year = year_at(&before, 0).filter(|_| ends);
            found = found.or(year.map(|(year, _)| year));
        }
    }
    found
}

/// The year and the month of a line that is a date.
pub(super) fn of_date(line: &str) -> Option<(i32, u32)> {
    let line = squeezed(line);
    let characters: Vec<char> = line.chars().collect();
    let (year, length) = year_at(&characters, 0)?;
    let rest = characters.get(length + 1..)?;
    let month: Vec<char> = rest
        .iter()
        .copied()
        .take_while(|c| digit(*c).is_some() || *c == '十')
        .collect();
    let number = |c: &char| digit(*c).and_then(|digit| u32::try_from(digit).ok());
    let month = match month.as_slice() {
        ['十'] => Some(10),
        ['十', c] => number(c).map(|units| 10 + units),
        digits => digits
            .iter()
            .try_fold(0, |sum: u32, c| Some(sum * 10 + number(c)?)),
    };
    Some((year, month.filter(|month| (1..=12).contains(month))?))
}

/// How often each year is named in lines that are the report's own.
pub(super) fn named<'a>(lines: impl Iterator<Item = &'a str>) -> BTreeMap<i32, usize> {
    let mut years = BTreeMap::new();
    for line in lines.filter(|line| !site::is_furniture(line)) {
        for (at, _) in line.match_indices('年') {
            let digits: Vec<char> = line[..at].chars().rev().take(5).collect();
            let digits: Vec<char> = digits.into_iter().rev().collect();
            let is_longer = digits.len() == 5 && digits[0].is_ascii_digit();
            let from = digits.len().saturating_sub(4);
            if let Some((year, _)) = year_at(&digits, from).filter(|_| !is_longer) {
                *years.entry(year).or_insert(0) += 1;
            }
        }
    }
    years
}
