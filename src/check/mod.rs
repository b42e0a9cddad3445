//! Holds a report against its form (审核): totals, relations, blanks, texts.
//!
//! [`evaluate`] is pure and cannot fail: it works on the whole form at once (a few microseconds), so there is nothing
//! to keep up to date. What it cannot decide because something is blank it counts as unchecked; that is never shown as
//! passed. Messages are worded only when asked for.

mod about;
mod add_up;
mod alike;
mod cells;
mod evaluation;
mod explain;
mod form_year;
mod lane;
mod message;
mod narrative;
mod readings;
mod relations;
mod remedy;
mod texts;
mod trial;
mod writing;
mod years;

pub use about::{About, Passage, Rule};
pub use evaluation::{Evaluation, Finding, draft_mark, is_draft_mark, verdict};
pub use explain::{Culprit, Evidence, Slip, Statement, Witness, culprits};
pub use message::{Side, level_name, quote as quoted};
pub use narrative::{
    LastNumber, Meaning, Now, Recognised, Stated, Verdict, Written, last_numbers, recognised,
    rule_out, ruled_out, stated,
};
pub use readings::Readings;
pub use relations::{Standing, standings};
pub use remedy::{NumberPlace, Remedies, Remedy, numbers_edit};
pub use writing::{Topic, topics};

use crate::form::{CellIx, Level, with_year};
use crate::report::{Decided, Figures, Report};
use crate::value::Value;
use add_up::add_up;
use rust_decimal::Decimal;

/// What a report says once it is finished, to be held against others: its numbers, its totals as they add up, and its
/// texts. A total of which a part is blank is what the report prints, and blank if it prints none.
pub fn figures(report: &Report) -> Figures {
    let (computed, effective) = add_up(report, report.values());
    let mut figures = report.figures(|cell| {
        let (total, printed) = (computed.get(cell), effective.get(cell));
        match (total.complete, printed.complete) {
            (true, _) => total.value,
            (false, true) => printed.value,
            (false, false) => Value::Blank,
        }
    });
    for (cell, printed) in report.all_stated() {
        let total = computed.get(cell);
        if total.complete && !total.value.same_number(printed) {
            figures.set_misprint(cell, printed);
        }
    }
    figures
}

/// The totals that a report prints and that do not add up, a line each: `表四 · 行政复议·总计 印着 0，各项之和是 11`.
pub fn misprints(report: &Report) -> Vec<String> {
    let evaluation = evaluate(report);
    let line = |&cell: &CellIx| {
        let name = with_year(&report.form().full_name(cell), report.year());
        let (printed, sum) = (evaluation.effective(cell), evaluation.value(cell));
        format!("{name} 印着 {printed}，各项之和是 {sum}")
    };
    evaluation.discrepancies.iter().map(line).collect()
}

/// Checks a report against its form. Reads its texts first; whoever checks it often keeps them: [`evaluate_read`].
pub fn evaluate(report: &Report) -> Evaluation {
    evaluate_read(report, &Readings::new(report))
}

/// Checks a report against its form; `readings` are its texts as they were read.
pub fn evaluate_read(report: &Report, readings: &Readings) -> Evaluation {
    let (computed, effective) = add_up(report, report.values());
    let mut result = Evaluation {
        computed,
        effective,
        ..Evaluation::default()
    };
    for (cell, stated) in report.all_stated() {
        let computed = result.computed.get(cell);
        if computed.complete && !computed.value.same_number(stated) {
            result.discrepancies.push(cell);
        }
    }
    form_year::check(report, &mut result);
    relations::check(report, &mut result);
    cells::check(report, &mut result);
    texts::check(report, readings, &mut result);
    narrative::check(report, readings, &mut result);
    writing::check(report, readings, &mut result);
    years::check(report, readings, &mut result);
    result.findings.sort_by_key(|finding| finding.level);
    evaluation::number_the_same(report.form(), &mut result.findings);
    if !report.reasons().is_empty() {
        take_reasons(report, &mut result);
    }
    if !report.notes().decisions.is_empty() {
        leave_kept(report, &mut result);
    }
    result
}

/// What the blanks of the equation that runs through a cell's column must still come to, once its other side is known;
/// negative if its side is too big already.
pub fn still_lacking(report: &Report, evaluation: &Evaluation, cell: CellIx) -> Option<Decimal> {
    relations::still_lacking(report, evaluation, cell)
}

/// Puts to the findings the reasons that were given for just these numbers.
fn take_reasons(report: &Report, result: &mut Evaluation) {
    let given_for = |finding: &Finding| {
        let evidence = finding.evidence(report, result);
        let given = finding.reason_keys(report);
        let mut reasons = given.filter_map(|key| report.reasons().get(key));
        let reason = reasons.find(|reason| reason.about() == evidence)?;
        Some(reason.text().to_owned())
    };
    let wants_one = |finding: &Finding| finding.wants_reason();
    let reasons: Vec<Option<String>> = result
        .findings
        .iter()
        .map(|finding| Some(finding).filter(|f| wants_one(f)).and_then(given_for))
        .collect();
    for (finding, reason) in result.findings.iter_mut().zip(reasons) {
        finding.reason = reason;
    }
}

/// Leaves out the hints that somebody has decided to let stand as they are.
fn leave_kept(report: &Report, result: &mut Evaluation) {
    let decisions = &report.notes().decisions;
    let is_kept = |finding: &Finding| {
        let decision = decisions.get(&finding.key(report.form()));
        let kept = decision.filter(|decision| decision.is == Decided::Kept);
        finding.level == Level::Hint
            && kept.is_some_and(|kept| kept.about == finding.evidence(report, result))
    };
    let kept: Vec<bool> = result.findings.iter().map(is_kept).collect();
    let mut kept = kept.into_iter();
    result.findings.retain(|_| kept.next() == Some(false));
}
