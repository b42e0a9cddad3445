//! Numbers as running text writes them: digits of either width, 万 and 亿 behind them, Chinese numerals, and the words
//! that make them rough.

use super::number::{next_digit, number_end};
use super::width::{half_width, is_digit};
use rust_decimal::Decimal;
use std::ops::Range;

/// A number in running text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numeral {
    /// As written, 万 or 亿 behind digits aside: 1.2 of `1.2万`.
    pub written: Decimal,
    /// What 万 or 亿 behind digits multiplies it by: 1, 10000 or 100000000.
    pub times: u32,
    /// Whether a word behind it makes it rough (余, 多).
    pub rough: bool,
    /// Whether it is written with Chinese characters.
    pub chinese: bool,
}

impl Numeral {
    /// What it comes to.
    pub fn value(&self) -> Decimal {
        self.written.saturating_mul(Decimal::from(self.times))
    }
}

const TEN_THOUSAND: u32 = 10_000;
const HUNDRED_MILLION: u32 = 100_000_000;

/// The number that begins at a byte, and where it ends.
pub fn numeral_at(text: &str, at: usize) -> Option<(Numeral, usize)> {
    let first = text[at..].chars().next()?;
    let (mut numeral, mut end) = if is_digit(first) {
        digits_at(text, at)?
    } else {
        chinese_at(text, at)?
    };
    let mut rest = text[end..].chars();
    let chinese = numeral.chinese;
    let is_rough = |c: &char| matches!(c, '余' | '多') || chinese && matches!(c, '来' | '几');
    if let Some(c) = rest.next().filter(is_rough) {
        numeral.rough = true;
        end += c.len_utf8();
        // 30余万
        if !numeral.chinese && rest.next() == Some('万') {
            numeral.times = TEN_THOUSAND;
            end += '万'.len_utf8();
        }
    }
    Some((numeral, end))
}

/// The whole number of which a place of a text is a part, in bytes: written with digits, or with Chinese characters. None
/// if the place is empty or holds anything else.
pub fn number_around(text: &str, place: Range<usize>) -> Option<Range<usize>> {
    let inside = text.get(place.clone())?;
    let first = inside.chars().next()?;
    let is_part: fn(char) -> bool = match is_digit(first) {
        true => |c| is_digit(c) || matches!(half_width(c), ',' | '.'),
        false => is_chinese,
    };
    if !inside.chars().all(is_part) {
        return None;
    }
    // Longer is no number.
    const LONGEST: usize = 60;
    let before = text[..place.start].chars().rev();
    let before = before.take(LONGEST).take_while(|&c| is_part(c));
    let start = place.start - before.map(char::len_utf8).sum::<usize>();
    if !is_digit(first) {
        let behind = text[place.end..].chars().take(LONGEST);
        let behind = behind.take_while(|&c| is_part(c));
        return Some(start..place.end + behind.map(char::len_utf8).sum::<usize>());
    }
    // The signs of a list stand between numbers too.
    let mut at = next_digit(text, start)?;
    while at <= place.start {
        let end = number_end(text, at);
        if at <= place.start && place.end <= end {
            return Some(at..end);
        }
        at = next_digit(text, end)?;
    }
    None
}

fn digits_at(text: &str, at: usize) -> Option<(Numeral, usize)> {
    let mut end = number_end(text, at);
    let digits = text[at..end].chars().map(half_width).filter(|&c| c != ',');
    let written: Decimal = digits.collect::<String>().parse().ok()?;
    let times = match text[end..].chars().next() {
        Some('万') => TEN_THOUSAND,
        Some('亿') => HUNDRED_MILLION,
        _ => 1,
    };
    // 万元 and 亿元 are units of their own.
    let is_unit = text[end..].chars().nth(1) == Some('元');
    let times = if is_unit { 1 } else { times };
    if times > 1 {
        end += '万'.len_utf8();
    }
    // 3万 may be a manner of speaking; 1.2万 is rounded to what it says.
    let is_exact = written.scale() > 0;
    let numeral = Numeral {
        written,
        times,
        rough: times > 1 && !is_exact,
        chinese: false,
    };
    Some((numeral, end))
}

fn digit_of(c: char) -> Option<i64> {
    Some(match c {
        '零' | '〇' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

fn place_of(c: char) -> Option<i64> {
    Some(match c {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1000,
        _ => return None,
    })
}

/// Whether a character can begin a Chinese numeral.
pub fn begins_chinese(c: char) -> bool {
    digit_of(c).is_some() || matches!(c, '十' | '拾')
}

/// Whether a character can stand in a Chinese numeral.
fn is_chinese(c: char) -> bool {
    digit_of(c).is_some() || place_of(c).is_some() || c == '万'
}

/// A Chinese numeral below a hundred million: `一百零三`, `壹拾`, `两`; figure by figure too (`二〇二五`).
fn chinese_at(text: &str, at: usize) -> Option<(Numeral, usize)> {
    let (mut end, mut total, mut section, mut figure) = (at, 0_i64, 0_i64, None);
    let (mut last_place, mut figures, mut places) = (10_i64, String::new(), false);
    for c in text[at..].chars() {
        if let Some(digit) = digit_of(c) {
            figures.push_str(&digit.to_string());
            figure = Some(digit);
        } else if let Some(place) = place_of(c) {
            section += figure.take().unwrap_or(1) * place;
            (last_place, places) = (place, true);
        } else if c == '万' {
            let is_unit = text[end + c.len_utf8()..].starts_with('元');
            if is_unit || end == at {
                break;
            }
            total = (section + figure.take().unwrap_or(0)) * i64::from(TEN_THOUSAND);
            (section, last_place, places) = (0, i64::from(TEN_THOUSAND), true);
        } else {
            break;
        }
        end += c.len_utf8();
        if figures.len() > 8 {
            return None;
        }
    }
    if end == at {
        return None;
    }
    let value = if !places {
        figures.parse().ok()?
    } else {
        // 一百三 is 130, 一百零三 is 103.
        let behind_zero = text[at..end].contains(['零', '〇']);
        let unit = if behind_zero || last_place <= 10 {
            1
        } else {
            last_place / 10
        };
        total + section + figure.unwrap_or(0) * unit
    };
    let numeral = Numeral {
        written: Decimal::from(value),
        times: 1,
        rough: false,
        chinese: true,
    };
    Some((numeral, end))
}
