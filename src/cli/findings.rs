//! The outcome of a check, for people and for scripts.

use crate::check::{self, Culprit, Evaluation, Evidence, Finding, Readings, level_name, verdict};
use crate::form::{CellIx, Form, Level};
use crate::report::Report;
use crate::value::Value;
use serde::Serialize;
use std::io::{self, Write};
use std::path::Path;

#[derive(Serialize)]
struct CheckJson<'a> {
    file: String,
    form: &'a str,
    year: i32,
    organ: &'a str,
    verdict: Verdict,
    findings: Vec<FindingJson<'a>>,
    culprits: Vec<CulpritJson<'a>>,
}

#[derive(Serialize)]
struct CulpritJson<'a> {
    changes: Vec<ChangeJson<'a>>,
    explains: usize,
    /// Whether the window would say 最可能.
    sure: bool,
    note: &'static str,
}

#[derive(Serialize)]
struct ChangeJson<'a> {
    cell: &'a str,
    from: String,
    to: String,
}

#[derive(Serialize)]
struct Verdict {
    error: usize,
    query: usize,
    hint: usize,
    unchecked: usize,
}

#[derive(Serialize)]
struct FindingJson<'a> {
    level: Level,
    relation: &'a str,
    cells: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    /// Where in the text, as character offsets: from, to.
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<Vec<[usize; 2]>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    left: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    right: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    difference: Option<String>,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
}

/// One line of JSON.
pub fn as_json<'a>(file: &Path, report: &'a Report, evaluation: &'a Evaluation) -> String {
    let form = report.form();
    let finding = |finding: &'a Finding| {
        let numbers = finding.numbers();
        let passage = finding.about.passage.as_ref();
        FindingJson {
            level: finding.level,
            relation: finding.rule_id(form),
            cells: finding
                .about
                .cells
                .iter()
                .map(|&cell| form.cell(cell).id.as_str())
                .collect(),
            text: passage.map(|passage| form.text(passage.text).id.as_str()),
            at: passage.map(|passage| {
                let text = report.text(passage.text);
                let chars = |byte: usize| text[..byte].chars().count();
                let at = passage.at.iter();
                at.map(|at| [chars(at.start), chars(at.end)]).collect()
            }),
            left: numbers.map(|(left, _)| left.to_string()),
            right: numbers.map(|(_, right)| right.to_string()),
            difference: finding
                .difference()
                .map(|difference| difference.to_string()),
            message: finding.message(report, evaluation),
            reason: finding.reason.as_deref(),
        }
    };
    let json = CheckJson {
        file: file.display().to_string(),
        form: &form.id,
        year: report.year(),
        organ: report.organ(),
        verdict: Verdict {
            error: evaluation.count(Level::Error),
            query: evaluation.count(Level::Query),
            hint: evaluation.count(Level::Hint),
            unchecked: evaluation.unchecked_count(),
        },
        findings: evaluation.findings.iter().map(finding).collect(),
        culprits: culprits(report, evaluation)
            .iter()
            .map(|culprit| culprit_json(form, culprit))
            .collect(),
    };
    serde_json::to_string(&json).expect("strings and numbers always make JSON")
}

/// What probably is behind the errors, with the texts as witnesses.
fn culprits(report: &Report, evaluation: &Evaluation) -> Vec<Culprit> {
    let evidence = Evidence::of_texts(report, &Readings::new(report));
    check::culprits(report, evaluation, &evidence)
}

fn culprit_json<'a>(form: &'a Form, culprit: &Culprit) -> CulpritJson<'a> {
    let change = |&(cell, from, to): &(CellIx, Value, Value)| ChangeJson {
        cell: &form.cell(cell).id,
        from: from.to_string(),
        to: to.to_string(),
    };
    CulpritJson {
        changes: culprit.changes.iter().map(change).collect(),
        explains: culprit.explains.len(),
        sure: culprit.is_sure(),
        note: culprit.slip.words(),
    }
}

/// Some lines for a person.
pub fn as_text(
    file: &Path,
    report: &Report,
    evaluation: &Evaluation,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(
        out,
        "{}：{}（{}）",
        file.display(),
        report.title(),
        report.form().name
    )?;
    for finding in &evaluation.findings {
        let message = finding.message(report, evaluation);
        match &finding.reason {
            Some(reason) => writeln!(out, "  已说明\t{message}；原因：{reason}")?,
            None => writeln!(out, "  {}\t{message}", level_name(finding.level))?,
        }
    }
    for culprit in culprits(report, evaluation) {
        let lead = if culprit.is_sure() {
            "最可能"
        } else {
            "可能"
        };
        writeln!(out, "  {lead}\t{}", culprit.message(report))?;
    }
    writeln!(out, "  {}", verdict(evaluation))
}
