//! Numbers of spreadsheets as a person sees them: rounded as the format says, never with an exponent or with the noise
//! of binary fractions.

use super::grid::UNSEEN;
use crate::import::source::UNREAD;
use crate::prose::{half_width, numeral_at};
use rust_decimal::prelude::ToPrimitive as _;
use rust_decimal::{Decimal, RoundingStrategy};
use std::str::FromStr as _;

/// Digits that a spreadsheet keeps of a number.
const DIGITS: usize = 15;

/// A number without any format.
pub(super) fn plain(number: f64) -> String {
    if !number.is_finite() {
        return String::new();
    }
    let number = without_noise(number);
    const WHOLE: f64 = 1e15;
    if number.fract() == 0.0 && number.abs() < WHOLE {
        return format!("{}", number as i64);
    }
    let text = format!("{number:.*e}", DIGITS - 1);
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if !(-20..=20).contains(&exponent) {
        return if exponent < 0 { "0".to_owned() } else { text };
    }
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let mut out = if exponent < 0 {
        format!(
            "0.{}{digits}",
            "0".repeat(exponent.unsigned_abs() as usize - 1)
        )
    } else {
        let whole = exponent as usize + 1;
        let padded = format!("{digits:0<whole$}");
        format!("{}.{}", &padded[..whole], &padded[whole..])
    };
    out.truncate(out.trim_end_matches('0').trim_end_matches('.').len());
    if number < 0.0 && out != "0" {
        out.insert(0, '-');
    }
    out
}

/// A number without what binary fractions have left behind in it: 22.9999999999996 is shown as 23.
fn without_noise(number: f64) -> f64 {
    /// More decimals than any cell of a form has.
    const UNIT: f64 = 1e6;
    const NOISE: f64 = 1e-9;
    let rounded = (number * UNIT).round() / UNIT;
    match (number - rounded).abs() <= NOISE && rounded.is_finite() {
        true => rounded,
        false => number,
    }
}

/// The formats of Excel that have a number and no text in the file.
pub(super) fn built_in(id: usize) -> &'static str {
    match id {
        1 | 3 | 37 | 38 | 41 | 42 => "0",
        2 | 4 | 39 | 40 | 43 | 44 => "0.00",
        9 => "0%",
        10 => "0.00%",
        14..=22 | 27..=36 | 45..=47 | 50..=58 => "yyyy/m/d",
        _ => "General",
    }
}

/// A number with a format of a spreadsheet. Thousands are not parted.
pub(super) fn shown(number: f64, format: &str) -> String {
    if format == "General" {
        return plain(number);
    }
    let sections = sections(format);
    let chosen = by_condition(&sections, number);
    let (section, number) = match sections.as_slice() {
        _ if chosen.is_some() => (chosen.unwrap_or_default(), number),
        [_, negative, ..] if number < 0.0 => (negative.as_str(), -number),
        [_, _, zero, ..] if number == 0.0 => (zero.as_str(), number),
        [first, ..] => (first.as_str(), number),
        [] => return plain(number),
    };
    // A format that says nothing shows nothing; nobody misses a 0.
    let unseen = || (number != 0.0).then_some(UNSEEN).into_iter().collect();
    if sections.len() > 1 && section.trim().is_empty() {
        return unseen();
    }
    let shape = Shape::of(section);
    if shape.shows_no_number() {
        return match shape.before.trim().is_empty() && !shape.is_filled {
            true => unseen(),
            // Some print a dash for nothing.
            false if number == 0.0 && shape.is_dash() => plain(number),
            false => UNREAD.to_string(),
        };
    }
    if shape.is_white {
        return UNREAD.to_string();
    }
    if shape.is_date {
        return date(number);
    }
    // Book-keeping formats print a dash for nothing; that is a 0 here, and not a blank cell.
    let is_dash = number == 0.0 && shape.only_optional;
    if shape.is_other || is_dash {
        return plain(number);
    }
    let digits = if shape.is_general {
        plain(number)
    } else {
        shape.digits(number)
    };
    format!("{}{digits}{}", shape.before, shape.after)
        .trim()
        .to_owned()
}

/// Whether these words are a number as some format shows it: rounded, in thousands, as a percentage, in Chinese numerals;
/// and not other digits that the format has put in its place.
pub(super) fn is_shown_as(number: f64, words: &str) -> bool {
    let words: String = words.chars().map(half_width).collect();
    if !words.contains(|c: char| c.is_ascii_digit()) {
        let numeral = numeral_at(&words, 0).filter(|(_, end)| *end == words.len());
        let value = numeral.and_then(|(numeral, _)| numeral.value().to_f64());
        return value == Some(number.abs());
    }
    let significant = |text: &str| -> String {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        digits.trim_matches('0').to_owned()
    };
    let shown = significant(words.split(['E', 'e']).next().unwrap_or_default());
    // A small number may be rounded to nothing.
    if shown.is_empty() {
        return number.abs() < 1.0;
    }
    let exact = format!("{:.*e}", (shown.len() - 1).min(DIGITS), number.abs());
    let exact = exact.split('e').next().map(significant);
    exact.is_some_and(|exact| exact == shown)
}

/// The section of which the condition holds, as in `[>=10000]0!.0,"万";0`; `None` where no section has one.
fn by_condition(sections: &[String], number: f64) -> Option<&str> {
    let condition = |section: &str| {
        let (condition, _) = section.trim_start().strip_prefix('[')?.split_once(']')?;
        let limit = condition.trim_start_matches(['<', '>', '=']);
        let limit_number: f64 = limit.trim().parse().ok()?;
        Some(match &condition[..condition.len() - limit.len()] {
            "<" => number < limit_number,
            "<=" => number <= limit_number,
            ">" => number > limit_number,
            ">=" => number >= limit_number,
            "=" => number == limit_number,
            "<>" => number != limit_number,
            _ => return None,
        })
    };
    let has_condition = sections.iter().any(|section| condition(section).is_some());
    let mut fitting = sections.iter();
    let fits = |section: &&String| condition(section).unwrap_or(true);
    let found = fitting.find(fits).or(sections.last());
    found.filter(|_| has_condition).map(String::as_str)
}

/// The parts of a format: positive, negative, zero, text.
fn sections(format: &str) -> Vec<String> {
    let mut sections = vec![String::new()];
    let (mut quoted, mut escaped) = (false, false);
    for c in format.chars() {
        match c {
            ';' if !quoted && !escaped => {
                sections.push(String::new());
                continue;
            }
            '"' if !escaped => quoted = !quoted,
            _ => {}
        }
        escaped = !escaped && matches!(c, '\\' | '!') && !quoted;
        if let Some(section) = sections.last_mut() {
            section.push(c);
        }
    }
    sections
}

/// A digit of a pattern.
const PLACE: char = '\u{1}';

#[derive(Default)]
struct Shape {
    before: String,
    after: String,
    /// Placeholders of the whole part, and what stands between them, as in `0!.0000` for 万元.
    pattern: Vec<char>,
    whole: usize,
    least: usize,
    most: usize,
    percent: bool,
    thousands: u32,
    has_digits: bool,
    only_optional: bool,
    is_general: bool,
    is_date: bool,
    is_other: bool,
    /// Whether a sign fills the cell.
    is_filled: bool,
    /// Whether the number is white, whatever lies behind it.
    is_white: bool,
}

impl Shape {
    fn of(section: &str) -> Self {
        let mut shape = Self::default();
        if section.trim().eq_ignore_ascii_case("general") || section.trim().is_empty() {
            shape.is_general = true;
            return shape;
        }
        let section = section
            .replace("General", "\u{1}")
            .replace("G/通用格式", "\u{1}");
        let mut after_point = false;
        let mut characters = section.chars();
        while let Some(c) = characters.next() {
            match c {
                '"' => {
                    for c in characters.by_ref().take_while(|&c| c != '"') {
                        shape.literal(c);
                    }
                }
                '\\' | '!' => {
                    if let Some(c) = characters.next() {
                        shape.literal(c);
                    }
                }
                // A width left free, and a fill.
                '_' => drop(characters.next()),
                '*' => shape.is_filled |= characters.next().is_some_and(|c| c != ' '),
                '[' => {
                    let inner: String = characters.by_ref().take_while(|&c| c != ']').collect();
                    shape.is_date |= matches!(inner.as_str(), "h" | "hh" | "m" | "mm" | "s" | "ss");
                    shape.is_white |=
                        matches!(inner.as_str(), "White" | "WHITE" | "white" | "白色");
                }
                '\u{1}' => shape.is_general = true,
                '0' | '#' | '?' => {
                    shape.only_optional = c == '?' && (!shape.has_digits || shape.only_optional);
                    shape.has_digits = true;
                    shape.thousands = 0;
                    match (after_point, c) {
                        (true, '0') => {
                            shape.most += 1;
                            shape.least = shape.most;
                        }
                        (true, _) => shape.most += 1,
                        (false, '0') => shape.whole += 1,
                        (false, _) => {}
                    }
                    if !after_point {
                        let between = std::mem::take(&mut shape.after);
                        shape.pattern.extend(between.chars());
                        shape.pattern.push(PLACE);
                    }
                }
                '.' => after_point = true,
                ',' => shape.thousands += 1,
                '%' => {
                    shape.percent = true;
                    shape.literal('%');
                }
                'E' | 'e' | '/' if shape.has_digits => shape.is_other = true,
                'y' | 'm' | 'd' | 'h' | 's' | 'Y' | 'M' | 'D' | 'H' | 'S' | 'e' | 'g' | 'b' => {
                    shape.is_date = true;
                }
                '@' => shape.is_other = true,
                c => shape.literal(c),
            }
        }
        shape
    }

    /// Whether there is no place for any digit in it.
    fn shows_no_number(&self) -> bool {
        !self.has_digits && !self.is_general && !self.is_date && !self.is_other
    }

    fn is_dash(&self) -> bool {
        let words = self.before.trim();
        !words.is_empty() && words.chars().all(|c| "-–—/".contains(c))
    }

    fn literal(&mut self, c: char) {
        if self.has_digits || self.is_general {
            &mut self.after
        } else {
            &mut self.before
        }
        .push(c);
    }

    fn digits(&self, number: f64) -> String {
        let text = plain(number);
        let Ok(mut exact) = Decimal::from_str(&text) else {
            return text;
        };
        if self.percent {
            exact = exact.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(exact);
        }
        for _ in 0..self.thousands.min(4) {
            exact /= Decimal::ONE_THOUSAND;
        }
        let most = self.most.min(DIGITS);
        let rounded =
            exact.round_dp_with_strategy(most as u32, RoundingStrategy::MidpointAwayFromZero);
        let text = format!("{:.most$}", rounded.abs());
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let mut fraction = fraction.to_owned();
        while fraction.len() > self.least && fraction.ends_with('0') {
            fraction.pop();
        }
        let width = self.whole.min(DIGITS);
        let point = if fraction.is_empty() { "" } else { "." };
        let sign = if rounded.is_sign_negative() && !rounded.is_zero() {
            "-"
        } else {
            ""
        };
        let whole = self.spread(&format!("{whole:0>width$}"));
        format!("{sign}{whole}{point}{fraction}")
    }

    /// Digits with what the format puts between them, from the right.
    fn spread(&self, digits: &str) -> String {
        if self.pattern.iter().all(|c| *c == PLACE) {
            return digits.to_owned();
        }
        let mut left = digits.chars().rev();
        let mut places = self.pattern.iter().filter(|c| **c == PLACE).count();
        let mut out: Vec<char> = Vec::new();
        for c in self.pattern.iter().rev() {
            match *c {
                PLACE if places == 1 => out.extend(left.by_ref()),
                PLACE => {
                    places -= 1;
                    out.extend(left.next());
                }
                between => out.push(between),
            }
        }
        out.iter().rev().collect()
    }
}

/// A day as spreadsheets count it, from the end of 1899.
pub(super) fn date(number: f64) -> String {
    let days = number.floor();
    if !(0.0..=3_000_000.0).contains(&days) {
        return plain(number);
    }
    let first = jiff::civil::date(1899, 12, 30);
    match first.checked_add(jiff::Span::new().days(days as i64)) {
        Ok(day) => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
        Err(_) => plain(number),
    }
}
