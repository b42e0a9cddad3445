//! What a finding about a number of a text says.

use super::verdict::Meaning;
use crate::check::evaluation::{Evaluation, Finding, Said};
use crate::check::message::quote;
use crate::check::texts::name;
use crate::form::{Form, TextIx};
use crate::report::Report;
use rust_decimal::Decimal;
use std::ops::Range;

/// A number in a text that is none of what it can mean.
#[derive(Debug)]
pub struct Contradicted {
    /// The text.
    pub text: TextIx,
    /// The number with its unit, in bytes.
    pub at: Range<usize>,
    /// What it comes to.
    pub value: Decimal,
    /// Its unit, or the words where it is no number.
    pub unit: String,
    /// What it can mean.
    pub meanings: Vec<Meaning>,
    /// Of a share: the number that it is a share of.
    pub share_of: Option<Range<usize>>,
}

impl Said for Contradicted {
    fn headline(&self, finding: &Finding, report: &Report) -> String {
        let quoted = quote(report.text(self.text), &self.at);
        format!("{}写“{quoted}”：与表格不符", name(finding, report))
    }

    fn message(&self, finding: &Finding, report: &Report, evaluation: &Evaluation) -> String {
        let form = report.form();
        let headline = self.headline(finding, report);
        let readings = self.readings(form, evaluation).unwrap_or_default();
        format!("{headline}，{readings}；{}", finding.wording(form))
    }

    fn readings(&self, _: &Form, _: &Evaluation) -> Option<String> {
        let all = self.meanings.iter();
        let all = all.map(|meaning| format!("{}={}", meaning.says, meaning.value));
        let all = all.collect::<Vec<_>>().join("，");
        Some(match &self.share_of {
            Some(_) => format!("按表中{all}算不出这个比例"),
            None => format!("表中{all}"),
        })
    }

    fn key_detail(&self, _: &Form) -> Option<String> {
        Some(format!("{}{}", self.value.normalize(), self.unit))
    }
}
