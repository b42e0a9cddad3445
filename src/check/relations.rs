//! Relations between cells of one year (勾稽关系) that do not hold.

use super::about::About;
use super::evaluation::{Evaluation, Finding, Said};
use super::message::{Side, sum_words};
use super::remedy::Remedy;
use crate::form::{CellIx, Comparison};
use crate::report::Report;
use crate::value::Value;

/// A relation whose two sides do not agree.
#[derive(Debug)]
struct Broken {
    relation: usize,
    left: Value,
    right: Value,
}

pub(super) fn check(report: &Report, result: &mut Evaluation) {
    let form = report.form();
    for (index, relation) in form.relations.iter().enumerate() {
        if !relation.organs.contain(report.organ())
            || relation.addition.is_some_and(|a| !report.has_addition(a))
        {
            continue;
        }
        let left = result.effective.add(&relation.left);
        // What a computed cell's own relation says holds by itself, unless another total is stated.
        if left.complete
            && relation
                .defines
                .is_some_and(|cell| report.stated(cell).is_none())
        {
            continue;
        }
        let right = result.effective.add(&relation.right);
        if !(left.complete && right.complete) {
            result.unchecked.push(index);
            continue;
        }
        if !relation.is.holds(left.value, right.value) {
            let broken = Broken {
                relation: index,
                left: left.value,
                right: right.value,
            };
            let about = About::relation(form, index);
            result
                .findings
                .push(Finding::of_form(form, relation.rule, about, broken));
        }
    }
}

impl Said for Broken {
    fn headline(&self, _: &Finding, report: &Report) -> String {
        let relation = &report.form().relations[self.relation];
        if let Some(words) = &relation.broken_words {
            return format!("{}：{words}", relation.subject);
        }
        let sign = relation.is.broken_sign();
        format!(
            "{}：{} {sign} {}",
            relation.subject, relation.left_words, relation.right_words
        )
    }

    fn message(&self, finding: &Finding, report: &Report, evaluation: &Evaluation) -> String {
        let relation = &report.form().relations[self.relation];
        match &relation.broken_words {
            Some(words) => format!("{} · {words}，现为 {}", relation.subject, self.left),
            None => self.evidence(finding, report, evaluation),
        }
    }

    /// In the words of both sides, whatever is said on the screen: reasons were given for these.
    fn evidence(&self, finding: &Finding, report: &Report, _: &Evaluation) -> String {
        let (left, right) = (self.left, self.right);
        let relation = &report.form().relations[self.relation];
        let (subject, l, r) = (
            &relation.subject,
            &relation.left_words,
            &relation.right_words,
        );
        // A side that is only a constant is its own wording.
        let right_side = if relation.right.cells().next().is_some() {
            format!("{r}={right}")
        } else {
            right.to_string()
        };
        let difference = finding.difference().unwrap_or_default();
        match relation.is {
            Comparison::Equal if right_side == right.to_string() => {
                format!("{subject} · {l}={left}，应为 {right_side}")
            }
            Comparison::Equal => {
                format!("{subject} · {l}={left}，{right_side}，差 {difference}")
            }
            Comparison::AtMost => {
                format!("{subject} · {l}={left}，不应多于{right_side}，多 {difference}")
            }
            Comparison::AtLeast => {
                format!("{subject} · {l}={left}，不应少于 {right_side}，差 {difference}")
            }
        }
    }

    fn sides(&self, report: &Report, evaluation: &Evaluation) -> Option<(Side, Side)> {
        let relation = &report.form().relations[self.relation];
        let side = |words: &str, sum, total| Side {
            words: words.to_owned(),
            terms: sum_words(&evaluation.terms(sum)),
            total,
        };
        Some((
            side(&relation.left_words, &relation.left, self.left),
            side(&relation.right_words, &relation.right, self.right),
        ))
    }

    fn numbers(&self) -> Option<(Value, Value)> {
        Some((self.left, self.right))
    }

    fn remedy(&self, finding: &Finding, _: &Report, evaluation: &Evaluation) -> Option<Remedy> {
        let wrong = |cell: &CellIx| evaluation.discrepancies.contains(cell);
        let cell = finding.about.cells.iter().copied().find(wrong)?;
        Some(Remedy::AdoptComputed(cell, evaluation.value(cell)))
    }
}
