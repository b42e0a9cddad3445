//! Findings about paragraphs that are nearly the same as last year's (雷同).

use crate::check::about::About;
use crate::check::alike::AlikeLast;
use crate::check::evaluation::{Evaluation, Finding, Said};
use crate::check::message::beginning;
use crate::check::readings::Readings;
use crate::check::remedy::{Remedies, Remedy};
use crate::check::texts::name;
use crate::form::{Form, TextIx};
use crate::report::Report;
use std::ops::Range;

/// A paragraph is nearly the same as one of last year's.
#[derive(Debug)]
struct SameAsLast {
    text: TextIx,
    at: Range<usize>,
    last: AlikeLast,
}

pub(super) fn check(report: &Report, readings: &Readings, result: &mut Evaluation) {
    let form = report.form();
    for alike in &form.alike {
        for &text in &alike.texts {
            for line in readings.lines(text) {
                let Some(last) = line.alike.clone() else {
                    continue;
                };
                let at = line.start..line.start + line.text.len();
                let about = About::text(form, text, vec![at.clone()], Vec::new());
                let said = SameAsLast { text, at, last };
                let finding = Finding::of_form(form, alike.rule, about, said);
                result.findings.push(finding);
            }
        }
    }
}

impl Said for SameAsLast {
    fn headline(&self, finding: &Finding, report: &Report) -> String {
        let begins = beginning(&report.text(self.text)[self.at.clone()]);
        let (name, percent) = (name(finding, report), self.last.percent);
        format!("{name}“{begins}”这一段与上年的 {percent}% 相同")
    }

    fn message(&self, finding: &Finding, report: &Report, _: &Evaluation) -> String {
        let wording = finding.wording(report.form());
        format!("{}；{wording}", self.headline(finding, report))
    }

    fn remedies(&self, finding: &Finding, report: &Report, evaluation: &Evaluation) -> Remedies {
        let keep = Remedy::Keep {
            key: finding.key(report.form()),
            about: finding.evidence(report, evaluation),
        };
        Remedies {
            all: vec![keep],
            ..Remedies::default()
        }
    }

    fn last_year(&self) -> Option<(TextIx, Range<usize>)> {
        Some((self.text, self.last.at.clone()))
    }

    fn key_detail(&self, _: &Form) -> Option<String> {
        Some(format!("上年第{}字", self.last.at.start))
    }
}
