//! The report as JSON, by cell id; `import` reads it back.

use crate::check::Evaluation;
use crate::report::{Reason, Report, Signature};
use crate::value::Value;
use serde_json::{Map, Value as Json};

/// One JSON object and a line end. Computed cells hold what adds up, blanks and totals of which a part is blank are
/// `null`, amounts are strings; `stated` holds the stated totals that differ, or that cannot be worked out,
/// `signature` who signs and when, if the cover says so.
pub fn to_json(report: &Report, evaluation: &Evaluation) -> String {
    let form = report.form();
    let texts: Map<_, _> = form
        .indexed_texts()
        .filter(|(ix, spec)| !spec.optional || !report.text(*ix).is_empty())
        .map(|(ix, spec)| (spec.id.clone(), report.text(ix).into()))
        .collect();
    let cells: Map<_, _> = report
        .cells()
        .map(|ix| (form.cell(ix).id.clone(), number(evaluation.known_sum(ix))))
        .collect();
    let mut object = Map::new();
    object.insert("form".to_owned(), form.id.as_str().into());
    object.insert("year".to_owned(), report.year().into());
    object.insert("organ".to_owned(), report.organ().into());
    let additions: Vec<Json> = report
        .additions()
        .map(|ix| form.additions[usize::from(ix.0)].id.as_str().into())
        .collect();
    if !additions.is_empty() {
        object.insert("additions".to_owned(), additions.into());
    }
    if let Some(Signature { organ, date }) = &report.notes().signature {
        let signature = serde_json::json!({"organ": organ, "date": date});
        object.insert("signature".to_owned(), signature);
    }
    object.insert("texts".to_owned(), texts.into());
    object.insert("cells".to_owned(), cells.into());
    let stated: Map<_, _> = report
        .all_stated()
        .map(|(ix, value)| (form.cell(ix).id.clone(), number(value)))
        .collect();
    if !stated.is_empty() {
        object.insert("stated".to_owned(), stated.into());
    }
    let reason =
        |reason: &Reason| serde_json::json!({"text": reason.text(), "about": reason.about()});
    let reasons: Map<_, _> = report
        .reasons()
        .iter()
        .map(|(key, value)| (key.clone(), reason(value)))
        .collect();
    if !reasons.is_empty() {
        object.insert("reasons".to_owned(), reasons.into());
    }
    let mut text = Json::Object(object).to_string();
    text.push('\n');
    text
}

fn number(value: Value) -> Json {
    match value {
        Value::Blank => Json::Null,
        Value::Count(n) => n.into(),
        Value::Amount(d) => d.to_string().into(),
    }
}
