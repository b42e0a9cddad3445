//! Sentences with their truth: what they say of the tables is understood, and no true one is accused.
//!
//! `SENTENCES=file.json cargo test --test it sentences_of_a_file -- --nocapture` runs another file of the same kind as
//! `tests/narrative/sentences.json` and prints what came of it.

use crate::support::fixture;
use nianbao::check;
use nianbao::form::{self, Form};
use nianbao::import;
use nianbao::report::{Edit, History, Report};
use nianbao::value::Value;
use serde_json::Value as Json;
use std::path::Path;
use std::sync::Arc;

/// A form by its id: the program's own, or with FORMS=folder the one that lies there, so that words can be tried.
fn form_of(id: &str) -> Arc<Form> {
    let Some(folder) = std::env::var_os("FORMS") else {
        return form::by_id(id).unwrap();
    };
    let text = std::fs::read_to_string(Path::new(&folder).join(format!("{id}.ron"))).unwrap();
    Arc::new(Form::parse(&text).unwrap())
}

/// A report with a table's numbers; totals add up by themselves.
fn filled(table: &Json) -> Report {
    let form = form_of(table["form"].as_str().unwrap());
    let organ = table["organ"].as_str().unwrap();
    let year = i32::try_from(table["year"].as_i64().unwrap()).unwrap();
    let mut history = History::new(Report::new(form.clone(), organ, year));
    let mut values = Vec::new();
    for (id, value) in table["cells"].as_object().unwrap() {
        let cell = form.find(id).unwrap();
        if form.cell(cell).computed {
            continue;
        }
        values.push(match value {
            Json::String(amount) => (cell, Value::Amount(amount.parse().unwrap())),
            number => (cell, Value::Count(number.as_i64().unwrap())),
        });
    }
    history.apply(Edit::cells(history.report(), values));
    history.report().clone()
}

fn with_texts<'a>(report: &Report, texts: impl Iterator<Item = (&'a String, &'a Json)>) -> Report {
    let mut history = History::new(report.clone());
    for (id, text) in texts {
        let ix = report.form().find_text(id).unwrap();
        history.apply(Edit::text(history.report(), ix, text.as_str().unwrap()));
    }
    history.report().clone()
}

/// Something that a text is told to be wrong in: the words, the cells, the message.
struct Accusation {
    quoted: Vec<String>,
    cells: Vec<String>,
    message: String,
}

/// Everything that is told of places in the texts.
fn accusations(report: &Report) -> Vec<Accusation> {
    let evaluation = check::evaluate(report);
    let form = report.form();
    let of_places = evaluation.findings.iter().filter_map(|finding| {
        let passage = finding
            .about
            .passage
            .as_ref()
            .filter(|passage| !passage.at.is_empty())?;
        let text = report.text(passage.text);
        Some(Accusation {
            quoted: passage
                .at
                .iter()
                .map(|at| text[at.clone()].to_owned())
                .collect(),
            cells: finding
                .about
                .cells
                .iter()
                .map(|&cell| form.cell(cell).id.clone())
                .collect(),
            message: finding.message(report, &evaluation),
        })
    });
    of_places.collect()
}

#[derive(Default)]
struct Score {
    right: usize,
    wrong: usize,
    found: usize,
    to_find: usize,
    failures: Vec<String>,
}

impl Score {
    fn recall(&self) -> f64 {
        self.found as f64 / self.to_find.max(1) as f64
    }

    fn precision(&self) -> f64 {
        self.right as f64 / (self.right + self.wrong).max(1) as f64
    }
}

fn strings(json: &Json) -> Vec<&str> {
    json.as_array().map_or_else(Vec::new, |all| {
        all.iter().filter_map(Json::as_str).collect()
    })
}

/// Runs a file of sentences.
fn run(path: &Path) -> Score {
    let file: Json = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let tables = file["tables"].as_object().unwrap();
    let neutral = file["neutral"].as_object().unwrap();
    let mut score = Score::default();
    for case in file["cases"].as_array().unwrap() {
        let base = with_texts(
            &filled(&tables[case["table"].as_str().unwrap()]),
            neutral.iter(),
        );
        let sections = case["sections"].as_object().unwrap();
        let report = with_texts(&base, sections.iter());
        let told = accusations(&report);
        let (wrong, cells) = (strings(&case["wrong"]), strings(&case["contradicts"]));
        let consistent = case["consistent"].as_bool().unwrap();
        let is_right = |accusation: &Accusation| {
            let words = accusation.quoted.iter().any(|quoted| {
                wrong
                    .iter()
                    .any(|wrong| quoted.contains(wrong) || wrong.contains(quoted.as_str()))
            });
            let named = cells.is_empty()
                || cells
                    .iter()
                    .any(|cell| accusation.cells.iter().any(|c| c == cell));
            !consistent && words && named
        };
        let right = told
            .iter()
            .filter(|accusation| is_right(accusation))
            .count();
        score.right += right;
        score.wrong += told.len() - right;
        score.to_find += usize::from(!consistent);
        score.found += usize::from(right > 0);
        let id = case["id"].as_str().unwrap();
        let text: String = sections.values().filter_map(Json::as_str).collect();
        if !consistent && right == 0 {
            score
                .failures
                .push(format!("{id} missed {wrong:?} {cells:?}: {text}"));
        }
        for accusation in told.iter().filter(|accusation| !is_right(accusation)) {
            score.failures.push(format!(
                "{id} accused falsely: {}\n    {text}",
                accusation.message
            ));
        }
    }
    score
}

#[test]
fn sentences_are_understood() {
    let score = run(&fixture("narrative/sentences.json"));
    assert_eq!(score.failures, [""; 0]);
    assert_eq!(score.found, 22);
}

/// For a file that nobody has seen while the grammar was written.
#[test]
fn sentences_of_a_file() {
    let Some(path) = std::env::var_os("SENTENCES") else {
        return;
    };
    let score = run(Path::new(&path));
    for failure in &score.failures {
        println!("{failure}");
    }
    println!(
        "recall {}/{} = {:.1} %, precision {}/{} = {:.1} %",
        score.found,
        score.to_find,
        100.0 * score.recall(),
        score.right,
        score.right + score.wrong,
        100.0 * score.precision()
    );
    assert!(score.recall() >= 0.90 && score.precision() >= 0.98);
}

/// Whole small reports: each has one text that its tables contradict, but the one that is true.
#[test]
fn small_reports_are_held_against_their_tables() {
    let mut files: Vec<_> = std::fs::read_dir(fixture("narrative"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    files.sort();
    let mut told = Vec::new();
    for path in files {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let report = import::from_file(&path).unwrap().report;
        let all: Vec<String> = accusations(&report)
            .into_iter()
            .map(|told| told.quoted.join(" "))
            .collect();
        told.push(format!("{name}: {}", all.join("、")));
    }
    assert_eq!(
        told,
        [
            "n00_true: ",
            "n01_natural: 4件",
            "n02_qi: 4起",
            "n04_tiao: 4条",
            "n05_none: 未收到",
            "n06_carry: 3件",
            "n08_penalty: 3件",
            "n09_doc: 7件",
            "n10_outcome: 3件、3件",
            "n11_parts: 197条 99条 74条 86条 12条",
            "n14_cleared: 已全部办结",
            "n15_items_as_decisions: ",
        ]
    );
}

/// Published reports, true and false as they are: no number of their texts is accused that is no slip.
#[test]
fn published_texts_are_not_accused() {
    let mut told = Vec::new();
    for name in [
        "jiutai_xinglong_2020.txt",
        "shanghai_office_2019.html",
        "hongze_2023.pdf",
        "hongze_2024.pdf",
        "shuyang_fgj_2023.html",
    ] {
        let report = import::from_file(&fixture("reports").join(name))
            .unwrap()
            .report;
        let all = accusations(&report).into_iter();
        told.extend(all.map(|told| format!("{name}: {}", told.message)));
    }
    assert_eq!(told, [""; 0]);
}
