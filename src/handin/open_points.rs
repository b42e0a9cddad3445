//! What is missing before a report can be handed in.

use crate::check::{Evaluation, Finding, level_name};
use crate::form::Level;
use crate::report::Report;

/// Something that is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenPoint {
    /// What, as a line.
    pub words: String,
    /// The finding that says so, by its place in the evaluation's list.
    pub finding: Option<usize>,
}

/// Everything that is missing, the gravest first: the organ's name, what must be corrected, texts and cells that are not
/// filled in, and what wants a reason and has none.
pub fn open_points(report: &Report, evaluation: &Evaluation) -> Vec<OpenPoint> {
    let mut points = Vec::new();
    if report.organ().trim().is_empty() {
        points.push(OpenPoint {
            words: "没有填单位名称".to_owned(),
            finding: None,
        });
    }
    let all = evaluation.findings.iter().enumerate();
    let is_open = |(_, finding): &(usize, &Finding)| {
        finding.reason.is_none() && (finding.level != Level::Hint || finding.unfilled)
    };
    points.extend(all.filter(is_open).map(|(nth, finding)| OpenPoint {
        words: format!(
            "{}：{}",
            if finding.unfilled {
                "没有填"
            } else {
                level_name(finding.level)
            },
            finding.headline(report)
        ),
        finding: Some(nth),
    }));
    points
}
