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

/// Whether what balances speaks for the numbers of cells: every relation that they, or what they add up, stand in is
/// checked and holds, and there is one that does not hold by itself.
pub(super) fn is_borne_out(report: &Report, evaluation: &Evaluation, cells: &[CellIx]) -> bool {
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
    let mut speaking = (0..form.relations.len()).filter(speaks).peekable();
    speaking.peek().is_some() && speaking.all(|index| holds(report, evaluation, index))
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
