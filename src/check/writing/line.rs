//! What there is to say of how a line is written; computed once for each line.

use super::gaps::gaps;
use crate::form::{Form, TextIx, WritingDemand};
use crate::prose::{Finder, all_left_over, sentences, year_before};
use crate::report::Report;
use std::ops::Range;

/// What was seen in a line; places count from its start.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LineWriting {
    /// What does not fit a demand (index in [`Form::writing`]).
    pub amiss: Vec<(usize, Range<usize>)>,
    /// Where it covers a topic (the demand's index, and the topic's in it).
    pub covers: Vec<(usize, usize, Range<usize>)>,
    /// The ordinal that it begins with.
    pub ordinal: Option<Ordinal>,
    /// The year that it begins with.
    pub begins_with: Option<(i32, Range<usize>)>,
    /// Whether it names the report's year.
    pub names_year: bool,
    /// How many characters it has.
    pub length: usize,
}

/// The number before a heading or an item: 一、, （一）, 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Ordinal {
    /// 0 for 一、, 1 for （一）, 2 for 1.
    pub level: u8,
    /// Its number.
    pub number: u32,
    /// The number with its brackets.
    pub at: Range<usize>,
}

/// Looks at a line of a text.
pub fn line_writing(line: &str, text: TextIx, report: &Report) -> LineWriting {
    let form = report.form();
    let mut seen = LineWriting {
        ordinal: ordinal(line),
        names_year: line.contains(&format!("{}年", report.year())),
        begins_with: begins_with(line),
        length: line.chars().count(),
        ..LineWriting::default()
    };
    for (index, demand) in form.writing.iter().enumerate() {
        if !demand.texts.contains(&text) {
            continue;
        }
        match &demand.is {
            WritingDemand::NoGaps { glued, apart } => {
                let found = gaps(line, glued, apart);
                seen.amiss.extend(found.into_iter().map(|at| (index, at)));
            }
            WritingDemand::YearOf { signs, names } => {
                let found = other_year(line, signs, names, report.year());
                seen.amiss.extend(found.map(|at| (index, at)));
            }
            WritingDemand::NothingLeft => {
                let found = all_left_over(line);
                seen.amiss.extend(found.into_iter().map(|at| (index, at)));
            }
            WritingDemand::PartsNamed {
                signs,
                counts,
                foreign,
            } => {
                let found = other_parts(line, signs, counts, foreign, form);
                seen.amiss.extend(found.map(|at| (index, at)));
            }
            WritingDemand::Topics { .. } => {
                for (word, at) in demand.covering.words.all(line) {
                    let topic = demand.covering.topics[word];
                    let known = seen
                        .covers
                        .iter()
                        .any(|(other, of, _)| (*other, *of) == (index, topic));
                    if !known {
                        seen.covers.push((index, topic, at));
                    }
                }
            }
            WritingDemand::MoreThan(_)
            | WritingDemand::HeadingsInOrder
            | WritingDemand::PartsAddUp => {}
        }
    }
    seen
}

/// A Chinese numeral below a hundred.
fn chinese(numeral: &str) -> Option<u32> {
    let digit = |c: char| {
        "一二三四五六七八九"
            .chars()
            .position(|d| d == c)
            .map(|at| at as u32 + 1)
    };
    let (tens, ones) = match numeral.split_once('十') {
        Some((tens, ones)) => {
            let tens = if tens.is_empty() {
                Some(1)
            } else {
                tens.chars().next().and_then(digit)
            };
            (tens?, ones)
        }
        None => (0, numeral),
    };
    let mut ones = ones.chars();
    let one = match ones.next() {
        Some(c) => digit(c)?,
        None => 0,
    };
    (ones.next().is_none() && tens * 10 + one > 0).then_some(tens * 10 + one)
}

/// The ordinal that a line begins with.
fn ordinal(line: &str) -> Option<Ordinal> {
    let start = line.len() - line.trim_start().len();
    let rest = &line[start..];
    let is_chinese = |c: char| "一二三四五六七八九十".contains(c);
    let made = |level, numeral: &str, number: Option<u32>, brackets: usize| {
        let at = start..start + numeral.len() + brackets;
        number.map(|number| Ordinal { level, number, at })
    };
    if let Some(inner) = rest.strip_prefix(['（', '(']) {
        let numeral = &inner[..inner.find(|c| !is_chinese(c)).unwrap_or(inner.len())];
        let open = rest.len() - inner.len();
        let close = inner[numeral.len()..]
            .chars()
            .next()
            .filter(|c| matches!(c, '）' | ')'))?;
        return made(1, numeral, chinese(numeral), open + close.len_utf8());
    }
    let numeral = &rest[..rest.find(|c| !is_chinese(c)).unwrap_or(rest.len())];
    if !numeral.is_empty() && rest[numeral.len()..].starts_with('、') {
        return made(0, numeral, chinese(numeral), '、'.len_utf8());
    }
    let numeral = &rest[..rest
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(rest.len())];
    let mut behind = rest[numeral.len()..].chars();
    let mark = behind.next().filter(|c| matches!(c, '.' | '．' | '、'))?;
    let is_number = behind.next().is_none_or(|c| !c.is_ascii_digit());
    let number = numeral
        .parse()
        .ok()
        .filter(|_| is_number && numeral.len() <= 2);
    made(2, numeral, number, mark.len_utf8())
}

/// The year that a line begins with, as `2024年，`.
fn begins_with(line: &str) -> Option<(i32, Range<usize>)> {
    const DIGITS: usize = 4;
    let start = line.len() - line.trim_start().len();
    let rest = &line[start..];
    let rest = match ordinal(line) {
        Some(_) => return None,
        None => rest,
    };
    let behind = rest.get(DIGITS..)?.strip_prefix('年')?;
    let behind = behind.strip_prefix('度').unwrap_or(behind);
    let year = year_before(&rest[..DIGITS])?;
    behind
        .starts_with(['，', ','])
        .then(|| (year, start..start + DIGITS + '年'.len_utf8()))
}

/// The sentences of a line that speak of this report.
fn of_this_report<'a>(line: &'a str, signs: &'a Finder) -> impl Iterator<Item = (usize, &'a str)> {
    let of = sentences(line).map(|at| (at.start, &line[at]));
    of.filter(|(_, sentence)| signs.is_in(sentence))
}

/// Where a line gives this report another year.
fn other_year(line: &str, signs: &Finder, names: &Finder, year: i32) -> Option<Range<usize>> {
    if !names.is_in(line) {
        return None;
    }
    let named = format!("{year}年");
    of_this_report(line, signs).find_map(|(start, sentence)| {
        let (_, name) = names.next(sentence, 0)?;
        let before = &sentence[..name.start];
        let from = before
            .rfind(|c| "，。；：、,《（(".contains(c))
            .unwrap_or(0);
        let at = before[from..].rfind('年')? + from;
        let other = year_before(&before[..at])?;
        let is_other = other != year && !sentence.contains(&named);
        is_other.then(|| start + at - 4..start + at + '年'.len_utf8())
    })
}

/// Where a line names parts that this report has not, or another number of them.
fn other_parts(
    line: &str,
    signs: &Finder,
    counts: &[String],
    foreign: &[String],
    form: &Form,
) -> Option<Range<usize>> {
    if !signs.is_in(line) {
        return None;
    }
    of_this_report(line, signs).find_map(|(start, sentence)| {
        let listed = sentence.matches('、').count() > 1;
        let part = foreign
            .iter()
            .find_map(|part| sentence.find(part.as_str()).map(|at| at..at + part.len()));
        if let Some(part) = part.filter(|_| listed) {
            return Some(start + part.start..start + part.end);
        }
        counts.iter().find_map(|count| {
            let at = sentence.find(count.as_str())?;
            let before = sentence[..at].trim_end().trim_end_matches(['个', '大']);
            let is_digit = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
            let from = before.rfind(|c| !is_digit(c)).map_or(0, |at| {
                at + before[at..].chars().next().map_or(0, char::len_utf8)
            });
            let numeral = &before[from..];
            let number = numeral.parse().ok().or_else(|| chinese(numeral))?;
            // 一部分 is no number of parts.
            let wrong = number > 1 && number as usize != form.sections.len();
            wrong.then(|| start + from..start + at + count.len())
        })
    })
}
