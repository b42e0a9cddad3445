//! Relations between cells of one year (勾稽关系) that do not hold.

use super::about::About;
use super::evaluation::{Evaluation, Finding, Said};
use super::message::{Side, sum_words};
use super::remedy::{Remedies, Remedy};
use crate::form::{CellIx, Comparison, Form, Level, Relation, Sum};
use crate::report::Report;
use crate::value::Value;
use rust_decimal::Decimal;

/// A relation whose two sides do not agree.
#[derive(Debug)]
struct Broken {
    relation: usize,
    left: Value,
    right: Value,
}

/// A relation of which one side, still with blanks, is more than the other side will ever be.
#[derive(Debug)]
struct Overfull {
    relation: usize,
    /// Whether the left side is the one that is too big.
    left: bool,
    /// What the side that is too big comes to so far.
    so_far: Value,
    /// What the other side comes to.
    whole: Value,
}

/// How a relation stands in a report.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    /// The relation (index in [`Form::relations`]).
    pub relation: usize,
    /// What the left side comes to so far.
    pub left: Value,
    /// What the right side comes to so far.
    pub right: Value,
    /// Whether it holds; none if a blank keeps it from being checked.
    pub holds: Option<bool>,
}

/// How every relation stands that is meant for this organ and these rows, those that a total fulfils by itself too.
pub fn standings(report: &Report, evaluation: &Evaluation) -> Vec<Standing> {
    let applying = applying(report);
    let standing = |(index, relation): (usize, &Relation)| {
        let left = evaluation.effective.add(&relation.left);
        let right = evaluation.effective.add(&relation.right);
        let holds = relation.is.holds(left.value, right.value);
        Standing {
            relation: index,
            left: left.value,
            right: right.value,
            holds: (left.complete && right.complete).then_some(holds),
        }
    };
    applying.map(standing).collect()
}

/// The relations that are meant for this organ and these rows.
fn applying(report: &Report) -> impl Iterator<Item = (usize, &Relation)> {
    let all = report.form().relations.iter().enumerate();
    all.filter(|(_, relation)| applies(report, relation))
}

pub(super) fn check(report: &Report, result: &mut Evaluation) {
    let form = report.form();
    for (index, relation) in applying(report) {
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
            // Still unchecked: the blanks may hide more that is wrong.
            result.unchecked.push(index);
            if let Some(overfull) = overfull(form, index, result) {
                let about = About::relation(form, index);
                result
                    .findings
                    .push(Finding::of_form(form, relation.rule, about, overfull));
            }
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

/// Whether a relation is one of this report.
pub(super) fn applies(report: &Report, relation: &Relation) -> bool {
    let addition = relation.addition;
    relation.organs.contain(report.organ()) && addition.is_none_or(|a| report.has_addition(a))
}

/// What is said of a relation with blanks on one side, if that side is too big already.
fn overfull(form: &Form, index: usize, evaluation: &Evaluation) -> Option<Overfull> {
    let relation = &form.relations[index];
    let open = open_side(form, relation, evaluation)?;
    let is_error = form.rules[relation.rule].level == Level::Error;
    (is_error && open.rest() < Decimal::ZERO).then_some(Overfull {
        relation: index,
        left: open.left,
        so_far: open.so_far,
        whole: open.whole,
    })
}

/// A side of an equation on which something is blank, while the other side is known.
struct Open {
    left: bool,
    so_far: Value,
    whole: Value,
}

impl Open {
    /// What the blanks must still come to.
    fn rest(&self) -> Decimal {
        let number = |value: Value| value.decimal().unwrap_or_default();
        number(self.whole) - number(self.so_far)
    }
}

/// The side with blanks; none where both have some or none has, or where a blank would make its side smaller.
fn open_side(form: &Form, relation: &Relation, evaluation: &Evaluation) -> Option<Open> {
    if relation.is != Comparison::Equal {
        return None;
    }
    let (left, right) = (
        evaluation.effective.add(&relation.left),
        evaluation.effective.add(&relation.right),
    );
    let (is_left, sum) = match (left.complete, right.complete) {
        (true, false) => (false, &relation.right),
        (false, true) => (true, &relation.left),
        _ => return None,
    };
    let (open, whole) = if is_left {
        (left, right)
    } else {
        (right, left)
    };
    only_adds(form, sum, evaluation).then_some(Open {
        left: is_left,
        so_far: open.value,
        whole: whole.value,
    })
}

/// Whether everything that is lacking in a sum will add to it, and nothing in it is negative.
fn only_adds(form: &Form, sum: &Sum, evaluation: &Evaluation) -> bool {
    let lane = &evaluation.effective;
    let adds = |&cell: &CellIx| {
        let parts = form.computations.iter().find(|(total, _)| *total == cell);
        let is_lacking = !lane.get(cell).complete;
        !lane.is_negative(cell)
            && parts.filter(|_| is_lacking).is_none_or(|&(_, relation)| {
                only_adds(form, &form.relations[relation].right, evaluation)
            })
    };
    sum.plus.iter().all(adds) && sum.minus.iter().all(|&cell| lane.get(cell).complete)
}

/// What the blanks of the equation that runs through a cell's column must still come to, once its other side is known:
/// `表三`'s 一+二 is 72, so the outcomes that are not filled in yet share 72.
pub(super) fn still_lacking(
    report: &Report,
    evaluation: &Evaluation,
    cell: CellIx,
) -> Option<Decimal> {
    let form = report.form();
    let place = |cell: CellIx| {
        let cell = form.cell(cell);
        let at = &form.tables[cell.table].grid.cells[cell.slot];
        (cell.table, at.col)
    };
    let runs_through = |&&index: &&usize| {
        let relation = &form.relations[index];
        let in_column = relation
            .cells
            .iter()
            .all(|&other| place(other) == place(cell));
        in_column && form.rules[relation.rule].level == Level::Error
    };
    let mut open = evaluation.unchecked.iter().filter(runs_through);
    open.find_map(|&index| open_side(form, &form.relations[index], evaluation))
        .map(|open| open.rest())
}

impl Said for Overfull {
    fn headline(&self, _: &Finding, report: &Report) -> String {
        let relation = &report.form().relations[self.relation];
        let (big, small) = self.words(relation);
        format!("{}：{big} 已经多于 {small}", relation.subject)
    }

    fn message(&self, finding: &Finding, report: &Report, _: &Evaluation) -> String {
        let relation = &report.form().relations[self.relation];
        let (big, small) = self.words(relation);
        format!(
            "{} · {big} 还没有填完就有 {}，{small}={}，多 {}",
            relation.subject,
            self.so_far,
            self.whole,
            finding.difference().unwrap_or_default()
        )
    }

    fn sides(&self, report: &Report, evaluation: &Evaluation) -> Option<(Side, Side)> {
        let relation = &report.form().relations[self.relation];
        let side = |words: &str, sum, total| Side {
            words: words.to_owned(),
            terms: sum_words(&evaluation.terms(sum)),
            total,
        };
        let (left, right) = self.numbers()?;
        Some((
            side(&relation.left_words, &relation.left, left),
            side(&relation.right_words, &relation.right, right),
        ))
    }

    fn numbers(&self) -> Option<(Value, Value)> {
        Some(match self.left {
            true => (self.so_far, self.whole),
            false => (self.whole, self.so_far),
        })
    }
}

impl Overfull {
    /// The words of the side that is too big, and of the other.
    fn words<'a>(&self, relation: &'a Relation) -> (&'a str, &'a str) {
        let (left, right) = (&*relation.left_words, &*relation.right_words);
        match self.left {
            true => (left, right),
            false => (right, left),
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

    fn remedies(&self, finding: &Finding, _: &Report, evaluation: &Evaluation) -> Remedies {
        let wrong = |cell: &CellIx| evaluation.discrepancies.contains(cell);
        let cell = finding.about.cells.iter().copied().find(wrong);
        cell.map(|cell| Remedy::AdoptComputed(cell, evaluation.value(cell)))
            .into()
    }
}
