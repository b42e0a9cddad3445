//! What would become of the relations if the report said something else.

use super::add_up::add_up;
use super::evaluation::Evaluation;
use super::relations::applies;
use crate::form::{CellIx, Level};
use crate::report::Report;
use crate::value::Value;

/// The first relation (in [`crate::form::Form::relations`]) that holds now and would not, if a cell held another number.
/// Only what is to be corrected where it does not hold.
pub(super) fn broken_by(
    report: &Report,
    evaluation: &Evaluation,
    cell: CellIx,
    value: Value,
) -> Option<usize> {
    let form = report.form();
    let mut values = report.values().to_vec();
    *values.get_mut(usize::from(cell.0))? = value;
    let (_, after) = add_up(report, &values);
    (0..form.relations.len()).find(|&index| {
        let relation = &form.relations[index];
        if !holds(report, evaluation, index) {
            return false;
        }
        let (left, right) = (after.add(&relation.left), after.add(&relation.right));
        left.complete && right.complete && !relation.is.holds(left.value, right.value)
    })
}

/// What the relations of a table say of its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Testimony {
    /// All that could be told from them is checked and holds.
    For,
    /// One of them fails.
    Against,
    /// There are none, or blanks keep one of them from being checked.
    Silent,
}

/// What is to be told of the numbers of cells by what balances: by every relation that they, or what they add up, stand in
/// and that does not hold by itself.
pub(super) fn testimony(report: &Report, evaluation: &Evaluation, cells: &[CellIx]) -> Testimony {
    let form = report.form();
    let mut all = cells.to_vec();
    let mut at = 0;
    // Every cell that is added up in one of them.
    while at < all.len() {
        let mut computed = form.computations.iter();
        if let Some(&(_, relation)) = computed.find(|(total, _)| *total == all[at]) {
            let parts = form.relations[relation].right.cells();
            let new: Vec<CellIx> = parts.filter(|part| !all.contains(part)).collect();
            all.extend(new);
        }
        at += 1;
    }
    let speaks = |index: &usize| {
        let relation = &form.relations[*index];
        let defines_itself = relation
            .defines
            .is_some_and(|cell| report.stated(cell).is_none());
        !defines_itself
            && form.rules[relation.rule].level == Level::Error
            && applies(report, relation)
            && relation.left.cells().next().is_some()
            && relation.right.cells().next().is_some()
            && relation.cells.iter().any(|cell| all.contains(cell))
    };
    let speaking: Vec<usize> = (0..form.relations.len()).filter(speaks).collect();
    let fails = |&index: &usize| {
        let mut findings = evaluation.findings.iter();
        findings.any(|finding| finding.about.relation == Some(index))
    };
    if speaking.iter().any(fails) {
        Testimony::Against
    } else if !speaking.is_empty() && speaking.iter().all(|&it| holds(report, evaluation, it)) {
        Testimony::For
    } else {
        Testimony::Silent
    }
}

/// Whether a relation that must hold was checked and does.
fn holds(report: &Report, evaluation: &Evaluation, index: usize) -> bool {
    let relation = &report.form().relations[index];
    let mut findings = evaluation.findings.iter();
    report.form().rules[relation.rule].level == Level::Error
        && applies(report, relation)
        && !evaluation.unchecked.contains(&index)
        && !findings.any(|finding| finding.about.relation == Some(index))
}
