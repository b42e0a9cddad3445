//! Numbers in the texts held against the tables.

use super::about::About;
use super::evaluation::{Evaluation, Finding, Said};
use super::message::quote;
use super::readings::Readings;
use super::texts::name;
use crate::form::{Candidate, CellIx, Form, Level, Mention};
use crate::prose::Reading;
use crate::report::Report;
use rust_decimal::Decimal;
use std::ops::Range;

/// A number in a text that is none of those in the tables, or an unusual one (`candidate`).
#[derive(Debug)]
struct Mentioned {
    mention: usize,
    number: Decimal,
    at: Range<usize>,
    candidate: Option<usize>,
}

pub(super) fn check(report: &Report, readings: &Readings, result: &mut Evaluation) {
    let form = report.form();
    let mut scanned = None;
    let mut numbers = Vec::new();
    for (index, mention) in form.mentions.iter().enumerate() {
        let reading = readings.of(mention.text);
        let key = (mention.text, mention.unit.as_str());
        if scanned.replace(key) != Some(key) {
            numbers = numbers_before(reading, &mention.unit);
        }
        let meant = numbers
            .iter()
            .filter(|number| number.is_meant_by(mention, reading.text()));
        for number in meant {
            compare(number, index, form, result);
        }
    }
}

/// Holds one number against the readings that the form allows it.
fn compare(number: &Counted, index: usize, form: &Form, result: &mut Evaluation) {
    let mention = &form.mentions[index];
    let mut all_known = true;
    let mut same = None;
    for (nth, candidate) in mention.candidates.iter().enumerate() {
        let total = result.effective.add(&candidate.sum);
        all_known &= total.complete;
        if total.complete && total.value.decimal() == Some(number.value) {
            same = Some(nth);
            break;
        }
    }
    let (candidate, level) = match same {
        Some(nth) if mention.candidates[nth].hint => (Some(nth), Level::Hint),
        Some(_) => return,
        // With blanks in the tables, what the number should be is not known yet.
        None if !all_known => {
            result.unchecked_texts.push(mention.text);
            return;
        }
        None => (None, form.rules[mention.rule].level),
    };
    let mut held_against: Vec<CellIx> = Vec::new();
    for cell in mention.candidates.iter().flat_map(|c| c.sum.cells()) {
        if !held_against.contains(&cell) {
            held_against.push(cell);
        }
    }
    let about = About::text(form, mention.text, vec![number.at.clone()], held_against);
    let said = Mentioned {
        mention: index,
        number: number.value,
        at: number.at.clone(),
        candidate,
    };
    let mut finding = Finding::of_form(form, mention.rule, about, said);
    finding.level = level;
    result.findings.push(finding);
}

impl Said for Mentioned {
    fn headline(&self, finding: &Finding, report: &Report) -> String {
        let mention = &report.form().mentions[self.mention];
        let quoted = quote(report.text(mention.text), &self.at);
        let usual = mention.candidates.first().map_or("", |c| &c.says);
        let name = name(finding, report);
        match self.candidate {
            Some(_) => format!("{name}写“{quoted}”：不是{usual}"),
            None => format!("{name}写“{quoted}”：与表格不符"),
        }
    }

    fn message(&self, finding: &Finding, report: &Report, evaluation: &Evaluation) -> String {
        let form = report.form();
        let headline = self.headline(finding, report);
        let readings = self.readings(form, evaluation).unwrap_or_default();
        match self.candidate {
            Some(_) => format!("{headline}，{readings}"),
            None => format!("{headline}，{readings}；{}", finding.wording(form)),
        }
    }

    fn readings(&self, form: &Form, evaluation: &Evaluation) -> Option<String> {
        let candidates = &form.mentions[self.mention].candidates;
        let reading =
            |c: &Candidate| format!("{}={}", c.says, evaluation.effective.add(&c.sum).value);
        Some(match self.candidate {
            Some(nth) => format!(
                "等于{}，{}",
                reading(&candidates[nth]),
                reading(&candidates[0])
            ),
            None => format!(
                "表中{}",
                candidates
                    .iter()
                    .map(reading)
                    .collect::<Vec<_>>()
                    .join("，")
            ),
        })
    }

    fn key_detail(&self, form: &Form) -> Option<String> {
        let unit = &form.mentions[self.mention].unit;
        Some(format!("{}{unit}", self.number))
    }
}

/// A number in a text with the unit right behind it.
struct Counted {
    value: Decimal,
    /// The number with its unit, in bytes.
    at: Range<usize>,
    /// Where its clause begins.
    clause: usize,
    /// Where the last number with the unit ended, or the clause begins.
    behind_last: usize,
}

impl Counted {
    fn is_meant_by(&self, mention: &Mention, text: &str) -> bool {
        let near = &text[self.behind_last..self.at.start];
        let clause = &text[self.clause..self.at.start];
        let mut groups = mention.words.iter();
        let has =
            |part: &str, words: &[String]| words.iter().any(|word| part.contains(word.as_str()));
        // The verb stands near its number; what it speaks of may have been named earlier in the clause.
        groups.next().is_none_or(|verbs| has(near, verbs))
            && groups.all(|words| has(clause, words))
            && !has(near, &mention.without)
    }
}

/// Every whole number that stands right before `unit`, as in `收到申请 75 件`.
fn numbers_before(reading: &Reading, unit: &str) -> Vec<Counted> {
    let mut counted: Vec<Counted> = Vec::new();
    for (number, at) in reading.before_unit(unit) {
        // The decimals of a larger number count nothing.
        if number.value.scale() > 0 {
            continue;
        }
        let clause = reading.clause_at(at.start).start;
        let behind_last = counted
            .last()
            .map_or(clause, |last| last.at.end.max(clause));
        counted.push(Counted {
            value: number.value,
            at,
            clause,
            behind_last,
        });
    }
    counted
}
