//! A sentence cut into what the grammar knows: words, numbers with their units, marks, and characters that it does not
//! know.

use super::lexicon::{Lexicon, Unit};
use super::role::{Role, Sign};
use crate::prose::numeral::{Numeral, begins_chinese, numeral_at};
use crate::prose::width::is_digit;
use rust_decimal::Decimal;
use std::ops::Range;

/// One token.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// What it is.
    pub kind: Kind,
    /// Where it stands, in bytes.
    pub at: Range<usize>,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// A known word.
    Word(Role),
    /// A number with its unit, and how many bytes the unit has.
    Number(Numeral, Unit, usize),
    /// 。！？ and the end of a line.
    Stop,
    /// A semicolon.
    Half,
    /// ，and colons.
    Comma,
    /// 、and the plus sign.
    Pause,
    /// An opening bracket.
    Open,
    /// A closing bracket.
    Close,
    /// Characters that are not known.
    Unknown,
}

/// Cuts a line of text into tokens; what is said of years depends on the report's.
pub fn tokens(text: &str, lexicon: &Lexicon, year: i32) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::with_capacity(text.len() / 6);
    let mut at = 0;
    while at < text.len() {
        let word = lexicon.next(text, at);
        let gap_end = word.as_ref().map_or(text.len(), |(_, range)| range.start);
        at = gap(text, at, gap_end, lexicon, year, &mut found);
        if at > gap_end {
            // A number took the word's first characters with it.
            continue;
        }
        if let Some((role, range)) = word {
            // 零起 is a number, 零申请 is none.
            if text[range.clone()] == *"零"
                && let Some(token) = number(text, range.start, lexicon, year)
            {
                at = token.at.end;
                found.push(token);
                continue;
            }
            at = range.end;
            found.push(Token {
                kind: Kind::Word(role),
                at: range,
            });
        }
    }
    found
}

/// What stands between two words; gives back where it went on to.
fn gap(
    text: &str,
    from: usize,
    to: usize,
    lexicon: &Lexicon,
    year: i32,
    found: &mut Vec<Token>,
) -> usize {
    let mut at = from;
    while at < to {
        let Some(c) = text[at..].chars().next() else {
            break;
        };
        if (is_digit(c) || begins_chinese(c))
            && let Some(token) = number(text, at, lexicon, year)
        {
            at = token.at.end;
            found.push(token);
            continue;
        }
        let end = at + c.len_utf8();
        if let Some(kind) = mark(c) {
            found.push(Token { kind, at: at..end });
        } else if !is_silent(c) {
            match found.last_mut() {
                Some(last) if last.kind == Kind::Unknown && last.at.end == at => last.at.end = end,
                _ => found.push(Token {
                    kind: Kind::Unknown,
                    at: at..end,
                }),
            }
        }
        at = end;
    }
    at
}

fn mark(c: char) -> Option<Kind> {
    Some(match c {
        '。' | '！' | '？' | '!' | '?' | '\n' | '|' => Kind::Stop,
        '；' | ';' => Kind::Half,
        '，' | ',' | '：' | ':' | '＝' | '=' => Kind::Comma,
        '、' | '+' | '＋' | '/' => Kind::Pause,
        '（' | '(' | '[' | '【' | '〔' => Kind::Open,
        '）' | ')' | ']' | '】' | '〕' => Kind::Close,
        _ => return None,
    })
}

/// Blanks and quotation marks say nothing.
fn is_silent(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '—' | '–'
                | '-'
                | '－'
                | '·'
                | '“'
                | '”'
                | '"'
                | '‘'
                | '’'
                | '《'
                | '》'
                | '\u{200b}'
                | '\u{feff}'
        )
}

/// A number with its unit; a Chinese numeral only with one.
fn number(text: &str, at: usize, lexicon: &Lexicon, year: i32) -> Option<Token> {
    let (numeral, end) = numeral_at(text, at)?;
    let gap = text[end..].len()
        - text[end..]
            .trim_start_matches([' ', '\u{3000}', '\u{a0}'])
            .len();
    let unit = lexicon.unit(text, end + gap);
    if numeral.chinese && unit.is_none() {
        return None;
    }
    let (unit, length, end) = match unit {
        // A gap parts a number from what is not its unit.
        Some((Unit::Other, _)) | None => (Unit::Other, 0, end),
        Some((unit, unit_end)) => (unit, unit_end - end - gap, unit_end),
    };
    let kind = match unit {
        // 一年来 is no year.
        Unit::Year if numeral.chinese && numeral.written == Decimal::ONE => Kind::Word(Role::Plain),
        Unit::Year => Kind::Word(year_role(&numeral, year)),
        Unit::Month => {
            let is_span = is_of_span(&text[..at], &text[end..]);
            Kind::Word(month_role(&numeral, is_span))
        }
        unit => Kind::Number(numeral, unit, length),
    };
    Some(Token { kind, at: at..end })
}

/// What a year says: `2025年` in the report of 2025.
fn year_role(numeral: &Numeral, year: i32) -> Role {
    let named = i32::try_from(numeral.written.trunc().mantissa()).unwrap_or(0);
    let years: Range<i32> = 1950..2100;
    if !years.contains(&named) {
        return Role::Says(Sign::Other);
    }
    match named - year {
        0 => Role::Says(Sign::This),
        -1 => Role::Says(Sign::Last),
        1 => Role::Says(Sign::Next),
        _ => Role::Says(Sign::Other),
    }
}

/// January and December bound a whole year (1月1日, 1月至12月); any other month is a part of one.
fn month_role(numeral: &Numeral, is_span: bool) -> Role {
    let month = numeral.written;
    let is_edge = month == 1.into() || month == 12.into();
    if is_edge && is_span {
        Role::Plain
    } else {
        Role::Says(Sign::Other)
    }
}

/// Whether what stands before and behind a month makes it one end of a span.
fn is_of_span(before: &str, behind: &str) -> bool {
    let joins = ['至', '到', '-', '—', '－', '–', '~', '～'];
    let is_end = |c: char| is_digit(c) || joins.contains(&c) || matches!(c, '底' | '末');
    behind.trim_start().starts_with(is_end) || before.trim_end().ends_with(joins)
}
