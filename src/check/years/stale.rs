//! Sentences taken over from last year that still name it.

use crate::check::about::About;
use crate::check::evaluation::{Evaluation, Finding, Said};
use crate::check::message::quote;
use crate::check::readings::Readings;
use crate::check::remedy::{Remedies, Remedy};
use crate::check::texts::name;
use crate::prose::{Reading, clauses, is_nearly, mentions_of_year};
use crate::report::{Figures, Report};
use std::ops::Range;

/// A text names last year in sentences that it has from last year's text.
#[derive(Debug)]
struct StaleYear;

pub(super) fn check(report: &Report, readings: &Readings, last: &Figures, result: &mut Evaluation) {
    let form = report.form();
    for stale in &form.stale_years {
        for &text in &stale.texts {
            let last_text = last.find_text(&form.text(text).id);
            let at = stale_in(readings.of(text), last_text, last.year());
            if !at.is_empty() {
                let about = About::text(form, text, at, Vec::new());
                let finding = Finding::of_form(form, stale.rule, about, StaleYear);
                result.findings.push(finding);
            }
        }
    }
}

/// Where a text names last year in a clause that it has from last year's text, a few words changed or none.
fn stale_in(reading: &Reading, last: &str, year: i32) -> Vec<Range<usize>> {
    let text = reading.text();
    let named = format!("{year}年");
    if !last.contains(&named) || !text.contains(&named) {
        return Vec::new();
    }
    let known: Vec<&str> = clauses(last)
        .map(|clause| last[clause].trim())
        .filter(|clause| clause.contains(&named))
        .collect();
    let is_copied = |clause: &Range<usize>| {
        let clause = text[clause.clone()].trim();
        clause.contains(&named) && known.iter().any(|known| is_nearly(known, clause))
    };
    let copied = reading.clauses().filter(is_copied);
    copied
        .flat_map(|clause| {
            let found = mentions_of_year(&text[clause.clone()], year).into_iter();
            found.map(move |at| clause.start + at.start..clause.start + at.end)
        })
        .collect()
}

impl Said for StaleYear {
    fn headline(&self, finding: &Finding, report: &Report) -> String {
        let passage = finding.about.passage.iter();
        let at: Vec<&Range<usize>> = passage.clone().flat_map(|passage| &passage.at).collect();
        let text = passage.map(|passage| report.text(passage.text)).next();
        let quoted = match (text, at.first()) {
            (Some(text), Some(at)) => quote(text, at),
            _ => String::new(),
        };
        let more = if at.len() > 1 {
            format!("等 {} 处", at.len())
        } else {
            String::new()
        };
        let name = name(finding, report);
        format!("{name}写“{quoted}”{more}：照抄上年，年份没有改")
    }

    fn remedies(&self, finding: &Finding, report: &Report, _: &Evaluation) -> Remedies {
        let passage = finding.about.passage.clone();
        let rewrite = passage.map(|passage| Remedy::Rewrite {
            text: passage.text,
            at: passage.at,
            words: format!("{}年", report.year()),
        });
        rewrite.into()
    }

    fn message(&self, finding: &Finding, report: &Report, _: &Evaluation) -> String {
        let wording = finding.wording(report.form());
        format!("{}；{wording}", self.headline(finding, report))
    }
}
