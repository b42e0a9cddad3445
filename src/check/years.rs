//! This year held against the last one: what must carry over, what changed more than is usual, what was copied and still
//! names last year.

use super::{Detail, Evaluation, Finding};
use crate::form::{Across, CellIx, Jump, Level, Period};
use crate::report::{Figures, Report};
use crate::value::Value;
use rust_decimal::Decimal;
use similar::{Algorithm, capture_diff_slices, diff_ratio};
use std::collections::BTreeSet;
use std::ops::Range;

pub(super) fn check(report: &Report, result: &mut Evaluation) {
    periods(report, result);
    let Some(prior) = report.prior() else { return };
    let last = &prior.figures;
    if report.last_year().is_none() {
        let detail = Detail::PriorYear { year: last.year() };
        result.findings.push(Finding::new(Level::Query, detail));
        return;
    }
    let (before, now) = (last.organ().trim(), report.organ().trim());
    if !before.is_empty() && !now.is_empty() && before != now {
        let organ = last.organ().to_owned();
        let detail = Detail::PriorOrgan { organ };
        result.findings.push(Finding::new(Level::Query, detail));
    }
    across(report, last, result);
    swings(report, last, result);
    stale_years(report, last, result);
}

fn across(report: &Report, last: &Figures, result: &mut Evaluation) {
    let form = report.form();
    let mut found = Vec::new();
    for (index, across) in form.across.iter().enumerate() {
        // A form without these cells has no last year for them.
        let Some(before) = last.last_sum(&across.last) else {
            continue;
        };
        let left = result.effective.add(&across.left);
        let right = result.effective.add(&across.right);
        if !(left.complete && right.complete) || before.is_blank() {
            result.unchecked_across.push(index);
            continue;
        }
        let (left, right) = (left.value, right.value.plus(before));
        if !across.is.holds(left, right) {
            found.push((index, left, right));
        }
    }
    // A total that is off because one of its parts is says nothing more.
    let off: Vec<CellIx> = found
        .iter()
        .map(|&(index, ..)| form.across[index].cells[0])
        .collect();
    let follows = |across: &Across| {
        let computed = form
            .computations
            .iter()
            .find(|(cell, _)| *cell == across.cells[0] && report.stated(*cell).is_none());
        computed.is_some_and(|&(_, relation)| {
            let mut parts = form.relations[relation].right.cells();
            parts.any(|part| off.contains(&part))
        })
    };
    found.retain(|&(index, ..)| !follows(&form.across[index]));
    for (across, left, right) in found {
        let level = form.rules[form.across[across].rule].level;
        let detail = Detail::Across {
            across,
            left,
            right,
        };
        result.findings.push(Finding::new(level, detail));
    }
}

fn swings(report: &Report, last: &Figures, result: &mut Evaluation) {
    let form = report.form();
    let mut seen = BTreeSet::new();
    for (index, swing) in form.swings.iter().enumerate() {
        for &cell in &swing.cells {
            let now = result.effective.get(cell);
            let before = last.same_cell(form, cell).and_then(Value::decimal);
            let (Some(before), Some(number)) = (before, now.value.decimal()) else {
                continue;
            };
            if now.complete && happened(swing.is, before, number) && seen.insert(cell) {
                let detail = Detail::Swing {
                    swing: index,
                    cell,
                    last: before.normalize(),
                    now: now.value,
                };
                let level = form.rules[swing.rule].level;
                result.findings.push(Finding::new(level, detail));
            }
        }
    }
}

fn happened(jump: Jump, before: Decimal, now: Decimal) -> bool {
    let (small, large) = (before.abs().min(now.abs()), before.abs().max(now.abs()));
    let times = |n: u32| small.saturating_mul(Decimal::from(n));
    match jump {
        Jump::FromOrToZero { least } => small.is_zero() && large >= Decimal::from(least),
        _ if small.is_zero() => false,
        Jump::Shifted { least, .. } if large < Decimal::from(least) => false,
        Jump::Shifted { by, .. } => {
            // A year's own growth comes on top.
            const GROWTH: u32 = 3;
            let shift = 10u32.saturating_pow(by);
            large >= times(shift / GROWTH) && large <= times(shift.saturating_mul(GROWTH))
        }
        Jump::Digit { least } => large >= Decimal::from(least) && has_a_digit_more(large, small),
        Jump::Times { more_than, least } => {
            large >= Decimal::from(least) && large > times(more_than)
        }
    }
}

/// Whether one digit taken out of a number gives about the other one: just the other one, or, where the number became
/// much larger by it, one that is near.
fn has_a_digit_more(long: Decimal, short: Decimal) -> bool {
    /// Smaller growth has likelier reasons than a slip.
    const MUCH: u32 = 5;
    /// Of the shorter number: how far the longer one without its digit may be from it.
    const NEAR: u32 = 20;
    /// Below this, two years easily differ by just one digit.
    const LARGE: u32 = 100;
    let digits = long.trunc().to_string();
    if digits.len() != short.trunc().to_string().len() + 1 {
        return false;
    }
    let much = long >= short.saturating_mul(Decimal::from(MUCH));
    let large = short >= Decimal::from(LARGE);
    let about = |without: Decimal| {
        let off = (without - short.trunc()).abs();
        off.is_zero() && large || much && off <= short / Decimal::from(NEAR)
    };
    (0..digits.len()).any(|at| {
        let without = [&digits[..at], &digits[at + 1..]].concat();
        without.parse::<Decimal>().is_ok_and(about)
    })
}

fn stale_years(report: &Report, last: &Figures, result: &mut Evaluation) {
    let form = report.form();
    for (index, stale) in form.stale_years.iter().enumerate() {
        for &text in &stale.texts {
            let at = stale_in(
                report.text(text),
                last.find_text(&form.text(text).id),
                last.year(),
            );
            if !at.is_empty() {
                let detail = Detail::StaleYear {
                    stale: index,
                    text,
                    at,
                };
                let level = form.rules[stale.rule].level;
                result.findings.push(Finding::new(level, detail));
            }
        }
    }
}

/// Where a text names last year in a sentence that it has from last year's text, a few words changed or none.
fn stale_in(text: &str, last: &str, year: i32) -> Vec<Range<usize>> {
    let named = format!("{year}年");
    if !last.contains(&named) || !text.contains(&named) {
        return Vec::new();
    }
    let names_it = |(_, sentence): &(usize, &str)| sentence.contains(&named);
    let known: Vec<&str> = sentences(last)
        .filter(names_it)
        .map(|(_, sentence)| sentence)
        .collect();
    let is_copied = |sentence: &str| known.iter().any(|known| is_nearly(known, sentence));
    let copied = sentences(text)
        .filter(names_it)
        .filter(|(_, sentence)| is_copied(sentence));
    copied
        .flat_map(|(start, sentence)| {
            let found = mentions_of_year(sentence, year).into_iter();
            found.map(move |at| start + at.start..start + at.end)
        })
        .collect()
}

/// Whether two sentences are the same but for a few words.
fn is_nearly(a: &str, b: &str) -> bool {
    /// Of both together.
    const ALIKE: f32 = 0.8;
    if a == b {
        return true;
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    // Of what is much longer, most is new in any case.
    let (short, long) = (a.len().min(b.len()), a.len().max(b.len()));
    if 2.0 * short as f32 / ((short + long) as f32) < ALIKE {
        return false;
    }
    let same = capture_diff_slices(Algorithm::Myers, &a, &b);
    diff_ratio(&same, a.len(), b.len()) >= ALIKE
}

/// Spans of dates in the texts that do not lie in the report's year.
fn periods(report: &Report, result: &mut Evaluation) {
    let form = report.form();
    for (index, period) in form.periods.iter().enumerate() {
        for &text in &period.texts {
            let words = report.text(text);
            let Some((at, year)) = period_in(words, period, report.year()) else {
                continue;
            };
            let detail = Detail::Period {
                period: index,
                text,
                at,
                year,
            };
            let level = form.rules[period.rule].level;
            result.findings.push(Finding::new(level, detail));
        }
    }
}

/// The first span of a text that begins in another year.
fn period_in(text: &str, period: &Period, year: i32) -> Option<(Range<usize>, i32)> {
    sentences(text).find_map(|(start, sentence)| {
        let (at, _) = sentence.match_indices(&period.from).find(|(at, found)| {
            let behind = &sentence[at + found.len()..];
            let before = year_before(&sentence[..*at]);
            behind.contains(&period.to) && before.is_some_and(|before| before != year)
        })?;
        let said = year_before(&sentence[..at])?;
        let end = start + at + period.from.len();
        Some((start + at - YEAR_DIGITS..end, said))
    })
}

const YEAR_DIGITS: usize = 4;

/// The year that ends a text.
fn year_before(text: &str) -> Option<i32> {
    let digits = text.get(text.len().checked_sub(YEAR_DIGITS)?..)?;
    digits
        .bytes()
        .all(|b| b.is_ascii_digit())
        .then(|| digits.parse().ok())?
}

/// The sentences of a text with where they begin.
fn sentences(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    text.split_inclusive(['。', '；', '！', '？', '\n'])
        .map(move |sentence| {
            let at = start;
            start += sentence.len();
            let lead = sentence.len() - sentence.trim_start().len();
            (at + lead, sentence.trim())
        })
        .filter(|(_, sentence)| !sentence.is_empty())
}

/// Where a text names a year, as in last year's wording that is offered for this year.
pub fn mentions_of_year(text: &str, year: i32) -> Vec<Range<usize>> {
    let named = format!("{year}年");
    let found = text.match_indices(&named);
    found.map(|(at, _)| at..at + named.len()).collect()
}

/// What changed, in words: `上年 2293，本年 10690，增长 366 %`.
pub(super) fn change_words(last: Decimal, now: Value) -> String {
    /// From here on nobody thinks in per cent.
    const MANY: i64 = 10;
    let number = now.decimal().unwrap_or_default();
    let times = |large: Decimal, small: Decimal| {
        let times = (!small.is_zero()).then(|| (large / small).round());
        times.filter(|&times| times >= MANY.into())
    };
    let change = match (times(number, last), times(last, number)) {
        (Some(times), _) => format!("，约为上年的 {times} 倍"),
        (_, Some(times)) => format!("，约为上年的 {times} 分之一"),
        _ if last.is_zero() => String::new(),
        _ => {
            let share = (number - last) / last.abs() * Decimal::from(100);
            let word = if number < last { "减少" } else { "增长" };
            format!("，{word} {} %", share.abs().round())
        }
    };
    format!("上年 {last}，本年 {now}{change}")
}
