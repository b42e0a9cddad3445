//! Whether the form is the one of the report's year.

use super::about::{About, Rule};
use super::evaluation::{Evaluation, Finding, Said};
use super::remedy::{Remedies, Remedy};
use crate::form::{self, Level};
use crate::report::Report;

/// The form is not used in the report's year.
#[derive(Debug)]
struct WrongForm;

pub(super) fn check(report: &Report, result: &mut Evaluation) {
    if !report.form().years.contains(report.year()) {
        let rule = Rule::Program("FORM-YEAR");
        let finding = Finding::new(Level::Error, rule, About::report(), WrongForm);
        result.findings.push(finding);
    }
}

impl Said for WrongForm {
    fn headline(&self, _: &Finding, report: &Report) -> String {
        format!("{} 年度不用{}", report.year(), report.form().name)
    }

    fn message(&self, finding: &Finding, report: &Report, _: &Evaluation) -> String {
        let form = report.form();
        let right = form::by_year(report.year())
            .map_or_else(String::new, |form| format!("，应使用{}", form.name));
        let to = form.years.to;
        let to = to.map_or_else(|| " 年及以后".to_owned(), |to| format!("—{to} "));
        format!(
            "{}{right}；{}适用于 {}{to}年度",
            self.headline(finding, report),
            form.name,
            form.years.from
        )
    }

    fn remedies(&self, _: &Finding, report: &Report, _: &Evaluation) -> Remedies {
        let known = form::by_year(report.year());
        known.map(|_| Remedy::ChangeForm).into()
    }
}
