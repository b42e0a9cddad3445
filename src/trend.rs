//! Numbers over the years (历年趋势): which lines a form wants drawn, and their points.

use crate::form::{CellIx, Form, with_year};
use crate::report::Figures;
use crate::value::Value;
use rust_decimal::{Decimal, RoundingStrategy};
use std::fmt::Display;

/// One chart: a few lines over the same years.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// What it shows, e.g. `办理结果`.
    pub name: String,
    /// 件.
    pub unit: String,
    /// The years, one step each, from the first to the last one at hand; those in between that are not at hand too.
    pub years: Vec<i32>,
    /// What its lines show, in the newest form's order.
    pub series: Vec<Series>,
    /// Whether its series are parts of a whole, whose shares are what is looked at.
    pub shares: bool,
    /// What must be known of its numbers, a sentence each: which printed totals do not add up.
    pub notes: Vec<String>,
}

/// What one line of a chart shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// Its number in each year; blank where that year's report lacks it or is not at hand.
    pub values: Vec<Value>,
}

/// The charts that the newest report's form wants, over all reports.
pub fn charts(all: &[Figures]) -> Vec<Chart> {
    let (Some(first), Some(newest)) = (
        all.iter().map(Figures::year).min(),
        all.iter().max_by_key(|figures| figures.year()),
    ) else {
        return Vec::new();
    };
    let years: Vec<i32> = (first..=newest.year()).collect();
    let number = |year: i32, chart: &str, line: &str| {
        let figures = all.iter().find(|figures| figures.year() == year)?;
        point(figures.form(), figures, chart, line)
    };
    let trends = newest.form().trends.iter();
    trends
        .map(|trend| Chart {
            name: trend.name.clone(),
            unit: trend.unit.clone(),
            series: trend
                .lines
                .iter()
                .map(|line| Series {
                    name: line.name.clone(),
                    values: years
                        .iter()
                        .map(|&year| number(year, &trend.name, &line.name).unwrap_or_default())
                        .collect(),
                })
                .collect(),
            shares: trend.shares,
            notes: all
                .iter()
                .flat_map(|figures| notes(figures, &trend.name))
                .collect(),
            years: years.clone(),
        })
        .collect()
}

/// Whose figures these are: each organ once, in the order of the years.
pub fn organs(all: &[Figures]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for figures in all {
        if !names.contains(&figures.organ()) {
            names.push(figures.organ());
        }
    }
    names.join("、")
}

/// What one year's report says for a line.
fn point(form: &Form, figures: &Figures, chart: &str, line: &str) -> Option<Value> {
    let trend = form.trends.iter().find(|trend| trend.name == chart)?;
    let line = trend.lines.iter().find(|known| known.name == line)?;
    let part = figures.sum(&line.sum);
    let Some(of) = &line.of else {
        return Some(part);
    };
    let (part, whole) = (part.decimal()?, figures.sum(of).decimal()?);
    // Of nothing there is no percentage.
    percent(part, whole).map(Value::Amount)
}

/// A part as a percentage of a whole, to one decimal, halves rounded up (四舍五入); none of nothing.
pub fn percent(part: Decimal, whole: Decimal) -> Option<Decimal> {
    let percent = part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)?;
    let rounded = percent.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero);
    Some(rounded.normalize())
}

/// Which totals that a chart shows do not add up in one year's report.
fn notes(figures: &Figures, chart: &str) -> Vec<String> {
    let form = figures.form();
    let Some(trend) = form.trends.iter().find(|trend| trend.name == chart) else {
        return Vec::new();
    };
    let sums = trend
        .lines
        .iter()
        .flat_map(|line| [Some(&line.sum), line.of.as_ref()]);
    let shown: Vec<CellIx> = sums.flatten().flat_map(|sum| sum.cells()).collect();
    let of_chart = figures.misprints().iter();
    let of_chart = of_chart.filter(|(cell, _)| shown.contains(cell));
    let note = |&(cell, printed): &(CellIx, Value)| {
        format!(
            "注：{} 年“{}”印的是 {printed}，各项加起来是 {}；图中用加起来的数。",
            figures.year(),
            with_year(&form.full_name(cell), figures.year()),
            figures.value(cell)
        )
    };
    of_chart.map(note).collect()
}

/// What is said of a number that is the same as the year before.
pub const SAME: &str = "持平";

/// What is said of one that was nothing the year before.
pub const FROM_NOTHING: &str = "上年为 0";

/// A number with the minus sign of print for the hyphen of typing.
pub fn with_minus(number: impl Display) -> String {
    number.to_string().replace('-', "−")
}

/// How much more or less a number is than the year before's (同比), of a rate in points; nothing if one of them is not
/// known.
pub fn change(before: Value, now: Value, unit: &str) -> Option<String> {
    let (before, now) = (before.decimal()?, now.decimal()?);
    if before == now {
        return Some(format!("同比{SAME}"));
    }
    if unit == "%" {
        let points = with_minus(format!("{:+}", (now - before).normalize()));
        return Some(format!("同比 {points} 个百分点"));
    }
    Some(match percent(now - before, before.abs()) {
        // Not the same, if by less than can be written.
        Some(percent) if percent.is_zero() => match now > before {
            true => "同比 +0.0%".to_owned(),
            false => "同比 −0.0%".to_owned(),
        },
        Some(percent) => format!("同比 {}%", with_minus(format!("{percent:+}"))),
        None => FROM_NOTHING.to_owned(),
    })
}
