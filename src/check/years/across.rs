//! What must carry over from last year, as 上年结转 must.

use crate::check::about::About;
use crate::check::evaluation::{Evaluation, Finding, Said};
use crate::check::message::{Side, Term, sum_words};
use crate::check::remedy::{Remedies, Remedy};
use crate::form::{Across, CellIx};
use crate::report::{Figures, Report};
use crate::value::Value;

/// A relation to last year (index in [`crate::form::Form::across`]) that does not hold.
#[derive(Debug)]
struct NotCarriedOver {
    across: usize,
    left: Value,
    right: Value,
}

pub(super) fn check(report: &Report, last: &Figures, result: &mut Evaluation) {
    let form = report.form();
    let mut found = Vec::new();
    for (index, across) in form.across.iter().enumerate() {
        // A form without these cells has no last year for them.
        let Some(before) = last.last_sum(&across.last) else {
            continue;
        };
        let left = result.effective.add(&across.left);
        let right = result.effective.add(&across.right);
        if !(left.complete && right.complete) || before.is_blank() {
            result.unchecked_across.push(index);
            continue;
        }
        let (left, right) = (left.value, right.value.plus(before));
        if !across.is.holds(left, right) {
            found.push((index, left, right));
        }
    }
    // A total that is off because one of its parts is says nothing more.
    let off: Vec<CellIx> = found
        .iter()
        .map(|&(index, ..)| form.across[index].cells[0])
        .collect();
    let follows = |across: &Across| {
        let computed = form
            .computations
            .iter()
            .find(|(cell, _)| *cell == across.cells[0] && report.stated(*cell).is_none());
        computed.is_some_and(|&(_, relation)| {
            let mut parts = form.relations[relation].right.cells();
            parts.any(|part| off.contains(&part))
        })
    };
    found.retain(|&(index, ..)| !follows(&form.across[index]));
    for (across, left, right) in found {
        let about = About::cells(form, &form.across[across].cells);
        let said = NotCarriedOver {
            across,
            left,
            right,
        };
        let rule = form.across[across].rule;
        result
            .findings
            .push(Finding::of_form(form, rule, about, said));
    }
}

impl Said for NotCarriedOver {
    fn headline(&self, _: &Finding, report: &Report) -> String {
        let across = &report.form().across[self.across];
        let sign = across.is.broken_sign();
        format!(
            "{}：{} {sign} {}",
            across.subject, across.left_words, across.right_words
        )
    }

    fn message(&self, finding: &Finding, report: &Report, _: &Evaluation) -> String {
        let across = &report.form().across[self.across];
        let difference = finding.difference().unwrap_or_default();
        format!(
            "{} · {}={}，{}={}，差 {difference}",
            across.subject, across.left_words, self.left, across.right_words, self.right
        )
    }

    fn sides(&self, report: &Report, evaluation: &Evaluation) -> Option<(Side, Side)> {
        let across = &report.form().across[self.across];
        let last = &report.prior()?.figures;
        let before = |minus: bool, ids: &[String]| -> Vec<Term> {
            let values = ids.iter().filter_map(|id| last.find(id));
            values.map(|value| (minus, value)).collect()
        };
        let mut right_terms = before(false, &across.last.plus);
        right_terms.extend(before(true, &across.last.minus));
        right_terms.extend(evaluation.terms(&across.right));
        let side = |words: &str, terms: &[Term], total| Side {
            words: words.to_owned(),
            terms: sum_words(terms),
            total,
        };
        let left_terms = evaluation.terms(&across.left);
        Some((
            side(&across.left_words, &left_terms, self.left),
            side(&across.right_words, &right_terms, self.right),
        ))
    }

    fn numbers(&self) -> Option<(Value, Value)> {
        Some((self.left, self.right))
    }

    fn remedies(&self, _: &Finding, report: &Report, _: &Evaluation) -> Remedies {
        let form = report.form();
        let cell = form.across[self.across].fills;
        let input = cell.filter(|&cell| !form.cell(cell).computed);
        input.map(|cell| Remedy::LastYear(cell, self.right)).into()
    }
}
