//! This year held against the last one: what must carry over, what changed more than is usual, what was copied and still
//! names last year.

mod across;
mod periods;
mod prior;
mod same;
mod stale;
mod swings;

use super::evaluation::Evaluation;
use super::readings::Readings;
use crate::report::Report;

pub(super) fn check(report: &Report, readings: &Readings, result: &mut Evaluation) {
    periods::check(report, readings, result);
    let Some(prior) = report.prior() else { return };
    let last = &prior.figures;
    prior::check(report, last, result);
    if report.last_year().is_none() {
        return;
    }
    across::check(report, last, result);
    swings::check(report, last, result);
    stale::check(report, readings, last, result);
    same::check(report, readings, result);
}
