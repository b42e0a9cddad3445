//! Findings about how the texts are written.

use crate::check::about::About;
use crate::check::evaluation::{Evaluation, Finding, Said};
use crate::check::message::quote;
use crate::check::readings::Readings;
use crate::check::texts::name;
use crate::form::{Form, TextIx, WritingDemand};
use crate::report::Report;
use std::ops::Range;

/// Something in a text that does not fit what is demanded of it.
#[derive(Debug)]
struct Amiss {
    demand: usize,
    text: TextIx,
    at: Option<Range<usize>>,
    quoted: String,
}

/// Topics that a text does not write about.
#[derive(Debug)]
struct NotWrittenAbout {
    topics: Vec<String>,
}

pub(in crate::check) fn check(report: &Report, readings: &Readings, result: &mut Evaluation) {
    let form = report.form();
    for (text, _) in form.indexed_texts() {
        let seen = readings.writing(text);
        for (index, at) in &seen.amiss {
            let demand = &form.writing[*index];
            let first = at.first().cloned();
            let quoted = first
                .as_ref()
                .map_or_else(String::new, |at| report.text(text)[at.clone()].to_owned());
            let said = Amiss {
                demand: *index,
                text,
                at: first,
                quoted,
            };
            let about = About::text(form, text, at.clone(), Vec::new());
            result
                .findings
                .push(Finding::of_form(form, demand.rule, about, said));
        }
        for (index, covered) in &seen.topics {
            let demand = &form.writing[*index];
            let WritingDemand::Topics { least, of } = &demand.is else {
                continue;
            };
            let open = of
                .iter()
                .zip(covered)
                .filter(|(_, covered)| covered.is_none());
            let topics: Vec<String> = open.map(|((name, _), _)| name.clone()).collect();
            if seen.length >= *least && !topics.is_empty() {
                let about = About::text(form, text, Vec::new(), Vec::new());
                result.findings.push(Finding::of_form(
                    form,
                    demand.rule,
                    about,
                    NotWrittenAbout { topics },
                ));
            }
        }
    }
}

impl Said for Amiss {
    fn headline(&self, finding: &Finding, report: &Report) -> String {
        let name = name(finding, report);
        let form = report.form();
        let quoted = match &self.at {
            Some(at) => format!("写“{}”", quote(report.text(self.text), at)),
            None => format!("只写了“{}”", report.text(self.text).trim()),
        };
        let what = match &form.writing[self.demand].is {
            WritingDemand::NoGaps { .. } => "：单位前面漏了数字".to_owned(),
            WritingDemand::YearOf { .. } => format!("：不是报告年度 {} 年", report.year()),
            WritingDemand::NothingLeft => "：还是上年的".to_owned(),
            WritingDemand::HeadingsInOrder => "：与前面的序号接不上".to_owned(),
            WritingDemand::PartsNamed { .. } => {
                format!("：本年报是 {} 个部分", form.sections.len())
            }
            _ => String::new(),
        };
        let places = finding.about.passage.iter().map(|passage| passage.at.len());
        let more = match places.sum() {
            0 | 1 => String::new(),
            n => format!("等 {n} 处"),
        };
        format!("{name}{quoted}{more}{what}")
    }

    fn message(&self, finding: &Finding, report: &Report, _: &Evaluation) -> String {
        let wording = finding.wording(report.form());
        format!("{}；{wording}", self.headline(finding, report))
    }

    fn key_detail(&self, _: &Form) -> Option<String> {
        Some(self.quoted.clone())
    }
}

impl Said for NotWrittenAbout {
    fn headline(&self, finding: &Finding, report: &Report) -> String {
        format!(
            "{}：没有写到{}",
            name(finding, report),
            self.topics.join("、")
        )
    }

    fn message(&self, finding: &Finding, report: &Report, _: &Evaluation) -> String {
        let wording = finding.wording(report.form());
        format!("{}；{wording}", self.headline(finding, report))
    }
}
