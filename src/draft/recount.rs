//! The second count (复核) of a draft: of which numbers it was.

use crate::disk;
use crate::report::{Recount, Report};

/// The second count of a report as it stands, by somebody of this name on this day.
pub fn recount_of(report: &Report, name: &str, date: String) -> Recount {
    Recount {
        name: name.to_owned(),
        date,
        sha256: sha256_of_numbers(report),
    }
}

/// Whether a second count was of the numbers that the report has now.
pub fn recount_holds(recount: &Recount, report: &Report) -> bool {
    recount.sha256 == sha256_of_numbers(report)
}

/// The SHA-256 of every number that a report is filled in with, and of what it prints in the place of totals.
fn sha256_of_numbers(report: &Report) -> String {
    let form = report.form();
    let mut all = format!("{} {}\n", form.id, report.year());
    let inputs = report.cells().filter(|&cell| !form.cell(cell).computed);
    let inputs = inputs.map(|cell| (cell, report.value(cell)));
    for (cell, value) in inputs.chain(report.all_stated()) {
        all += &format!("{} {value}\n", form.cell(cell).id);
    }
    disk::sha256(all.as_bytes())
}
