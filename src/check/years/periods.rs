//! Spans of dates in the texts that do not lie in the report's year.

use crate::check::about::About;
use crate::check::evaluation::{Evaluation, Finding, Said};
use crate::check::message::quote;
use crate::check::readings::Readings;
use crate::check::texts::name;
use crate::form::Period;
use crate::prose::{Reading, year_before};
use crate::report::Report;
use std::ops::Range;

/// A span of dates that begins in another year, at these bytes.
#[derive(Debug)]
struct OtherYear {
    at: Range<usize>,
}

pub(super) fn check(report: &Report, readings: &Readings, result: &mut Evaluation) {
    let form = report.form();
    for period in &form.periods {
        for &text in &period.texts {
            let Some(at) = period_in(readings.of(text), period, report.year()) else {
                continue;
            };
            let about = About::text(form, text, vec![at.clone()], Vec::new());
            let finding = Finding::of_form(form, period.rule, about, OtherYear { at });
            result.findings.push(finding);
        }
    }
}

/// The first span of a text that begins in another year.
fn period_in(reading: &Reading, period: &Period, year: i32) -> Option<Range<usize>> {
    const YEAR_DIGITS: usize = 4;
    let text = reading.text();
    if !text.contains(&period.from) {
        return None;
    }
    reading.clauses().find_map(|at| {
        let (start, clause) = (at.start, &text[at]);
        let (at, _) = clause.match_indices(&period.from).find(|(at, found)| {
            let behind = &clause[at + found.len()..];
            let before = year_before(&clause[..*at]);
            behind.contains(&period.to) && before.is_some_and(|before| before != year)
        })?;
        Some(start + at - YEAR_DIGITS..start + at + period.from.len())
    })
}

impl Said for OtherYear {
    fn headline(&self, finding: &Finding, report: &Report) -> String {
        let text = finding.about.in_text();
        let quoted = text.map(|text| quote(report.text(text), &self.at));
        format!(
            "{}写“{}”：不是报告年度 {} 年",
            name(finding, report),
            quoted.unwrap_or_default(),
            report.year()
        )
    }

    fn message(&self, finding: &Finding, report: &Report, _: &Evaluation) -> String {
        let wording = finding.wording(report.form());
        format!("{}；{wording}", self.headline(finding, report))
    }
}
