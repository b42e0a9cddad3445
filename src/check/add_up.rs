//! Totals added up from what is filled in.

use super::lane::{Lane, Total};
use crate::report::Report;
use crate::value::Value;

/// Computes what is computed from these values, and puts the stated totals of the report over it.
pub(super) fn add_up(report: &Report, values: &[Value]) -> (Lane, Lane) {
    let form = report.form();
    let mut computed = Lane::of(values);
    for &(cell, relation) in &form.computations {
        let total = computed.add(&form.relations[relation].right);
        computed.set(cell, total);
    }
    let mut effective = computed.clone();
    for (cell, value) in report.all_stated() {
        effective.set(
            cell,
            Total {
                value,
                complete: true,
            },
        );
    }
    (computed, effective)
}
