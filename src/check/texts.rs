//! What the texts must hold: something at all, and the words that the form asks for.

use super::about::{About, Rule};
use super::evaluation::{Evaluation, Finding, Said};
use super::readings::Readings;
use crate::form::{CellIx, Level, Sum};
use crate::report::Report;
use rust_decimal::Decimal;

/// A text that is not written.
#[derive(Debug)]
struct NotWritten;

/// A text that lacks words which it should hold.
#[derive(Debug)]
struct Missing {
    requirement: usize,
}

pub(super) fn check(report: &Report, readings: &Readings, result: &mut Evaluation) {
    let form = report.form();
    for (text, spec) in form.indexed_texts() {
        if !spec.optional && readings.of(text).text().trim().is_empty() {
            let about = About::text(form, text, Vec::new(), Vec::new());
            let rule = Rule::Program("TEXT-BLANK");
            let finding = Finding::new(Level::Query, rule, about, NotWritten);
            result.findings.push(finding.unfilled());
        }
    }
    for (index, requirement) in form.requirements.iter().enumerate() {
        let text = readings.of(requirement.text).text();
        let mut words = requirement.any_of.iter();
        if text.trim().is_empty() || words.any(|words| text.contains(words.as_str())) {
            continue;
        }
        let is_positive = |sum: &Sum| {
            let number = result.effective.add(sum).value.decimal();
            number.is_some_and(|number| number > Decimal::ZERO)
        };
        if requirement.when.as_ref().is_none_or(is_positive) {
            let held_against = requirement
                .when
                .iter()
                .flat_map(Sum::cells)
                .collect::<Vec<CellIx>>();
            let about = About::text(form, requirement.text, Vec::new(), held_against);
            let missing = Missing { requirement: index };
            let finding = Finding::of_form(form, requirement.rule, about, missing);
            result.findings.push(finding);
        }
    }
}

impl Said for NotWritten {
    fn headline(&self, finding: &Finding, report: &Report) -> String {
        format!("{}：还没有填写", name(finding, report))
    }

    fn message(&self, finding: &Finding, report: &Report, _: &Evaluation) -> String {
        format!(
            "{}；请写明，确实没有的也要写一句",
            self.headline(finding, report)
        )
    }
}

impl Said for Missing {
    fn headline(&self, finding: &Finding, report: &Report) -> String {
        let requirement = &report.form().requirements[self.requirement];
        let words = requirement.any_of.first().map_or("", String::as_str);
        format!("{}：没有写到“{words}”", name(finding, report))
    }

    fn message(&self, finding: &Finding, report: &Report, _: &Evaluation) -> String {
        let wording = finding.wording(report.form());
        format!("{}；{wording}", self.headline(finding, report))
    }
}

/// The name of the text that a finding is about.
pub(super) fn name<'a>(finding: &Finding, report: &'a Report) -> &'a str {
    let text = finding.about.in_text();
    text.map_or("", |text| &report.form().text(text).name)
}
