//! A paragraph of last year's text taken over into this year's (采用上年这一段): its place, its year, its numbers.

use crate::check::{Evaluation, LastNumber, Now, last_numbers};
use crate::form::{Sum, TextIx};
use crate::prose::{as_left_over, masked, numbers, written_like};
use crate::report::{Linked, Report};
use rust_decimal::Decimal;
use std::ops::Range;

/// A paragraph of last year's as it is this year's.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TakenOver {
    /// Its words, with this year's numbers in them, linked.
    pub words: Linked,
    /// Where it belongs in this year's text, in bytes.
    pub at: usize,
    /// How often the year was put right.
    pub years: usize,
    /// How many numbers became this year's.
    pub carried: usize,
    /// How many of those could mean something else that was the same last year and now is not; they are the usual meaning.
    pub unsure: usize,
    /// How many are still last year's, and marked.
    pub left: usize,
}

/// What comes in place of a stretch.
enum Instead {
    Year,
    Number { digits: String, of: Sum, sure: bool },
    Left,
}

/// Takes over a paragraph of last year's text, which stands there at these bytes. Nothing if last year is not known.
pub fn take_over(
    report: &Report,
    evaluation: &Evaluation,
    text: TextIx,
    paragraph: &Range<usize>,
) -> Option<TakenOver> {
    let prior = report.last_year()?;
    let last = prior.figures.find_text(&report.form().text(text).id);
    let words = last.get(paragraph.clone())?;
    let stretches = stretches(report, evaluation, text, last, paragraph);
    let mut taken = TakenOver {
        at: place_of(paragraph, last, report.text(text)),
        ..TakenOver::default()
    };
    let new = &mut taken.words;
    let mut end = 0;
    for (at, instead) in stretches {
        new.push_words(&words[end..at.start]);
        match instead {
            Instead::Year => {
                new.push_words(&report.year().to_string());
                taken.years += 1;
            }
            Instead::Number { digits, of, sure } => {
                new.push_number(&digits, of);
                taken.carried += 1;
                taken.unsure += usize::from(!sure);
            }
            Instead::Left => {
                new.push_words(&as_left_over(&words[at.clone()]));
                taken.left += 1;
            }
        }
        end = at.end;
    }
    new.push_words(&words[end..]);
    Some(taken)
}

/// What changes in a paragraph, in bytes from its start and in order.
fn stretches(
    report: &Report,
    evaluation: &Evaluation,
    text: TextIx,
    last: &str,
    paragraph: &Range<usize>,
) -> Vec<(Range<usize>, Instead)> {
    let words = &last[paragraph.clone()];
    let here = |at: &Range<usize>| at.start - paragraph.start..at.end - paragraph.start;
    let known = last_numbers(report, evaluation, text);
    let is_inside = |it: &&LastNumber| paragraph.start <= it.at.start && it.at.end <= paragraph.end;
    let mut found: Vec<(Range<usize>, Instead)> = Vec::new();
    // Numbers that are dealt with, and stretches that stay.
    let mut settled: Vec<Range<usize>> = Vec::new();
    for number in known.iter().filter(is_inside) {
        let digits = here(&(number.at.start..number.unit_at.max(number.at.start)));
        match &number.now {
            Now::Number { value, of, sure } => {
                let old = &words[digits.clone()];
                let place = digits.start..digits.start + old.trim_end().len();
                settled.push(place.clone());
                let (digits, of, sure) = (written_like(old, *value), of.clone(), *sure);
                found.push((place, Instead::Number { digits, of, sure }));
            }
            Now::None | Now::Same => settled.push(here(&number.at)),
            Now::Unknown if words[here(&number.at)].starts_with(|c: char| c.is_ascii_digit()) => {}
            Now::Unknown => {
                settled.push(here(&number.at));
                found.push((here(&number.at), Instead::Left));
            }
        }
    }
    let own = report.year();
    for number in numbers(words) {
        let meets =
            |other: &Range<usize>| other.start < number.at.end && number.at.start < other.end;
        if settled.iter().any(meets) {
            continue;
        }
        match kind(words, &number.at, number.value, own) {
            Kind::Stays => {}
            Kind::Year => found.push((number.at, Instead::Year)),
            Kind::Changes => found.push((number.at, Instead::Left)),
        }
    }
    found.sort_by_key(|(at, _)| at.start);
    found.dedup_by(|next, before| next.0.start < before.0.end);
    found
}

/// What becomes of a number that is none of the tables.
enum Kind {
    /// It does not change from year to year: a date that bounds the year, the number of a document or a heading.
    Stays,
    /// It is last year.
    Year,
    /// It was last year's.
    Changes,
}

fn kind(words: &str, at: &Range<usize>, value: Decimal, year: i32) -> Kind {
    let (before, behind) = (&words[..at.start], words[at.end..].trim_start());
    let is_titled = before.rfind('《') > before.rfind('》');
    let bounds_year = |edge: i64| value == Decimal::ONE || value == Decimal::from(edge);
    let is_year = behind.starts_with('年');
    let since = Decimal::from(year - 1) - value;
    if is_year && value == Decimal::from(year - 1) && !is_titled {
        return Kind::Year;
    }
    // Years long ago are history; the one before last, and those to come, moved on with the year.
    let stays = is_year && !is_titled && since > Decimal::ONE && since < Decimal::ONE_HUNDRED
        || behind.starts_with('月') && bounds_year(12)
        || behind.starts_with('日') && bounds_year(31)
        || before.ends_with(['〔', '[', '第'])
        || before.ends_with(['-', '－', '—', '：', ':']) && !is_counted(behind)
        || behind.starts_with(['号', '-'])
        || is_ordinal(before, behind)
        || behind.starts_with("热线")
        || is_in_a_word(before, &words[at.end..]) && !is_counted(behind)
        || value >= Decimal::from(1_000_000) && !is_counted(behind);
    if stays { Kind::Stays } else { Kind::Changes }
}

/// Whether a number is part of an address or a name, unless it counts something: hzzwgk@126.com, 12345.gov.cn, G20; not
/// 政务APP312条.
fn is_in_a_word(before: &str, behind: &str) -> bool {
    let is_word = |c: char| c.is_ascii_alphabetic() || "@_".contains(c);
    let goes_on = behind
        .trim_start_matches(['.', '-', '/'])
        .starts_with(is_word);
    before.ends_with(is_word) || goes_on
}

/// Whether a number numbers what follows it: `1.`, `2、`, `（3）`.
fn is_ordinal(before: &str, behind: &str) -> bool {
    let begins = before.trim_end().is_empty() || before.ends_with(['。', '；', '：']);
    begins && behind.starts_with(['.', '．', '、'])
        || before.ends_with(['（', '(']) && behind.starts_with(['）', ')'])
}

/// Whether what stands behind a number counts it.
fn is_counted(behind: &str) -> bool {
    behind.starts_with(|c: char| "件条次篇期场份个项人名家万元亿%％起宗例户批则".contains(c))
}

/// Where in this year's text a paragraph of last year's belongs: behind the nearest of those before it that has been taken
/// over, else before the nearest of those behind it, else at the end.
fn place_of(paragraph: &Range<usize>, last: &str, now: &str) -> usize {
    let mask = |line: &str| masked(line, None);
    let here: Vec<(Range<usize>, String)> = lines(now)
        .map(|at| (at.clone(), mask(&now[at])))
        .filter(|(_, mask)| !mask.is_empty())
        .collect();
    let taken = |at: &Range<usize>| {
        let mask = mask(&last[at.clone()]);
        here.iter().find(|(_, other)| *other == mask)
    };
    let (before, behind): (Vec<_>, Vec<_>) = lines(last).partition(|at| at.start < paragraph.start);
    if let Some((at, _)) = before.iter().rev().find_map(taken) {
        return (at.end + 1).min(now.len());
    }
    let own = behind.iter().filter(|at| at.start > paragraph.start);
    own.into_iter()
        .find_map(taken)
        .map_or(now.len(), |(at, _)| at.start)
}

/// The lines of a text, in bytes.
fn lines(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut start = 0;
    text.split('\n').map(move |line| {
        let at = start..start + line.len();
        start = at.end + 1;
        at
    })
}
