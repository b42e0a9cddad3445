//! Numbers that changed since last year more than is usual.

use crate::check::about::About;
use crate::check::evaluation::{Evaluation, Finding, Said};
use crate::form::{CellIx, Jump, with_year};
use crate::report::{Figures, Report};
use crate::value::Value;
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// A number changed since last year as one of [`crate::form::Form::swings`] describes.
#[derive(Debug)]
struct Swung {
    cell: CellIx,
    last: Decimal,
    now: Value,
}

pub(super) fn check(report: &Report, last: &Figures, result: &mut Evaluation) {
    let form = report.form();
    let mut seen = BTreeSet::new();
    for swing in &form.swings {
        for &cell in &swing.cells {
            let now = result.effective.get(cell);
            let before = last.same_cell(form, cell).and_then(Value::decimal);
            let (Some(before), Some(number)) = (before, now.value.decimal()) else {
                continue;
            };
            if now.complete && happened(swing.is, before, number) && seen.insert(cell) {
                let about = About::cells(form, &[cell]);
                let said = Swung {
                    cell,
                    last: before.normalize(),
                    now: now.value,
                };
                let finding = Finding::of_form(form, swing.rule, about, said);
                result.findings.push(finding);
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

impl Said for Swung {
    fn headline(&self, _: &Finding, report: &Report) -> String {
        let name = with_year(&report.form().full_name(self.cell), report.year());
        format!("{name}：{}", change_words(self.last, self.now))
    }

    fn message(&self, finding: &Finding, report: &Report, _: &Evaluation) -> String {
        let wording = finding.wording(report.form());
        format!("{}；{wording}", self.headline(finding, report))
    }
}

/// What changed, in words: `上年 2293，本年 10690，增长 366 %`.
fn change_words(last: Decimal, now: Value) -> String {
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
