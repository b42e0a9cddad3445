//! Numbers over the years (历年趋势): which lines a form wants drawn, and their points.

use crate::form::Form;
use crate::report::Figures;
use crate::value::Value;

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
}

/// What one line of a chart shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// Its number in each year; blank where that year's report lacks it or is not at hand.
    pub values: Vec<Value>,
}

/// The charts that the newest report's form wants, over all reports. Nothing for less than two years.
pub fn charts(all: &[Figures]) -> Vec<Chart> {
    let (Some(first), Some(newest)) = (
        all.iter().map(Figures::year).min(),
        all.iter().max_by_key(|figures| figures.year()),
    ) else {
        return Vec::new();
    };
    let years: Vec<i32> = (first..=newest.year()).collect();
    if years.len() < 2 {
        return Vec::new();
    }
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
                .map(|(name, _)| Series {
                    name: name.clone(),
                    values: years
                        .iter()
                        .map(|&year| number(year, &trend.name, name).unwrap_or_default())
                        .collect(),
                })
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
    let (_, sum) = trend.lines.iter().find(|(name, _)| name == line)?;
    Some(figures.sum(sum))
}
