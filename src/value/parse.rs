//! Reading what people type or paste into a number cell.
//!
//! Full-width digits, thousands commas, blanks, the cell's own unit and `=3+4` are understood. Anything that is more
//! than one number is refused with a reason that can be shown at the cell; nothing is dropped or guessed.

use super::{Kind, LIMIT, MAX_SCALE, Value};
use crate::prose::{half_width, is_digit};
use rust_decimal::Decimal;
use std::str::FromStr as _;

/// Why a text is not a number for this cell. Its `Display` is a sentence for the clerk.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InputError {
    /// Something other than a number.
    #[error("“{0}”不是一个数字：这一格只能填一个数，说明文字请写到正文里")]
    NotANumber(String),
    /// A fraction in a cell of counts.
    #[error("“{0}”不是整数：这一格按{1}填整数")]
    NotWhole(String, String),
    /// Commas that do not separate thousands.
    #[error("“{0}”里的逗号位置不对：请只填数字，不加逗号")]
    Commas(String),
    /// A unit that is not the cell's.
    #[error("“{0}”带的单位与这一格不同：这一格的单位是{1}，请换算后只填数字")]
    Unit(String, String),
    /// A unit in a cell whose official head names none.
    #[error("“{0}”带了单位，而表头没有规定单位：请只填数字，单位写到“其他需要报告的事项”里")]
    NoUnit(String),
    /// Beyond what a cell holds.
    #[error("“{0}”太大或小数位太多：最多 12 位整数、10 位小数")]
    TooLarge(String),
}

/// Reads `text` as the content of a cell of `kind` whose unit is `unit` (`件`, `项`, `万元`, or none).
///
/// An empty text, and a lone `/`, `-` or `—` as published tables use them, is a blank. An amount in 元 typed into a
/// cell of 万元 is converted exactly.
///
/// # Errors
/// Says what is wrong with the text; the caller keeps what was typed.
pub fn parse(text: &str, kind: Kind, unit: Option<&str>) -> Result<Value, InputError> {
    if has_gap(text) {
        return Err(InputError::NotANumber(text.trim().to_owned()));
    }
    let plain: String = text.chars().filter_map(plain).collect();
    if matches!(plain.as_str(), "" | "/" | "-" | "--") {
        return Ok(Value::Blank);
    }
    let shown = || text.trim().to_owned();
    let (digits, factor) = strip_unit(&plain, unit).map_err(|wrong| match (wrong, unit) {
        (_, Some(unit)) => InputError::Unit(shown(), unit.to_owned()),
        (_, None) => InputError::NoUnit(shown()),
    })?;
    let number = match digits.strip_prefix('=') {
        Some(sum) => add_up(sum, &shown)?,
        None => term(digits, &shown)?,
    };
    let number = match factor {
        Factor::One => number,
        Factor::YuanToWan => (number / Decimal::from(10_000)).normalize(),
    };
    let value = if kind == Kind::Amount {
        Value::amount(number)
    } else {
        if !number.fract().is_zero() {
            return Err(InputError::NotWhole(
                shown(),
                unit.unwrap_or("个").to_owned(),
            ));
        }
        i64::try_from(number.trunc()).ok().and_then(Value::count)
    };
    value.ok_or_else(|| InputError::TooLarge(shown()))
}

/// Whether blanks stand between two digits: those are two numbers, as two cells pasted into one make them.
fn has_gap(text: &str) -> bool {
    let mut after_digit = false;
    let mut gap = false;
    for c in text.chars() {
        if c.is_whitespace() {
            gap = after_digit;
            continue;
        }
        if gap && is_digit(c) {
            return true;
        }
        after_digit = is_digit(c);
        gap = false;
    }
    false
}

/// One character as a number is written with it: half-width, one kind of dash; blanks of every kind vanish.
fn plain(c: char) -> Option<char> {
    match c {
        c if c.is_whitespace() => None,
        '\u{200B}' | '\u{FEFF}' => None,
        '−' | '–' | '—' | '―' | '─' | '‐' | '‑' | '﹣' => Some('-'),
        '。' => Some('.'),
        '﹢' => Some('+'),
        c => Some(half_width(c)),
    }
}

enum Factor {
    One,
    YuanToWan,
}

struct WrongUnit;

/// Takes the cell's own unit off the end; amounts in 元 are understood in cells of 万元.
fn strip_unit<'a>(plain: &'a str, unit: Option<&str>) -> Result<(&'a str, Factor), WrongUnit> {
    if let Some(digits) = unit.and_then(|unit| plain.strip_suffix(unit)) {
        return Ok((digits, Factor::One));
    }
    let digits =
        plain.trim_end_matches(['件', '项', '个', '元', '万', '亿', '条', '次', '人', '%']);
    match &plain[digits.len()..] {
        "" => Ok((plain, Factor::One)),
        // What stands before the unit is more than a number: that is the better complaint.
        _ if digits.is_empty() || digits.contains(|c: char| c.is_alphabetic()) => {
            Ok((plain, Factor::One))
        }
        "元" if unit == Some("万元") => Ok((digits, Factor::YuanToWan)),
        "万" if unit == Some("万元") => Ok((digits, Factor::One)),
        _ => Err(WrongUnit),
    }
}

/// Adds `3+4-1` up.
fn add_up(sum: &str, shown: &dyn Fn() -> String) -> Result<Decimal, InputError> {
    let mut total = Decimal::ZERO;
    let mut rest = sum;
    while !rest.is_empty() {
        let end = rest
            .char_indices()
            .skip(1)
            .find(|&(_, c)| c == '+' || c == '-')
            .map_or(rest.len(), |(at, _)| at);
        total = total
            .checked_add(term(&rest[..end], shown)?)
            .ok_or_else(|| InputError::TooLarge(shown()))?;
        rest = &rest[end..];
    }
    if sum.is_empty() {
        Err(InputError::NotANumber(shown()))
    } else {
        Ok(total)
    }
}

/// One signed decimal number, with or without thousands commas.
fn term(digits: &str, shown: &dyn Fn() -> String) -> Result<Decimal, InputError> {
    let unsigned = digits.strip_prefix(['+', '-']).unwrap_or(digits);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let is_number = !whole.is_empty()
        && whole.bytes().all(|b| b.is_ascii_digit() || b == b',')
        && fraction.bytes().all(|b| b.is_ascii_digit())
        && !unsigned.ends_with('.');
    if !is_number {
        return Err(InputError::NotANumber(shown()));
    }
    if whole.contains(',') {
        let mut groups = whole.split(',');
        let first = groups.next().unwrap_or_default();
        if !(1..=3).contains(&first.len()) || groups.any(|group| group.len() != 3) {
            return Err(InputError::Commas(shown()));
        }
    }
    let significant = whole.replace(',', "");
    if significant.trim_start_matches('0').len() > LIMIT.to_string().len()
        || fraction.len() > MAX_SCALE as usize
    {
        return Err(InputError::TooLarge(shown()));
    }
    let plain = digits.replace(',', "");
    Decimal::from_str(plain.strip_prefix('+').unwrap_or(&plain))
        .map_err(|_| InputError::NotANumber(shown()))
}
