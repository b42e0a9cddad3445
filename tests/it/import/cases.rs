//! Whole small reports in the layouts of published ones, each with its right answer beside it (`tests/cases`).

use crate::support::{fixture, lines};
use nianbao::import::{self, Imported, Wanted};
use nianbao::value::Value;
use serde_json::Value as Json;
use std::path::Path;

fn read(path: &Path) -> Imported {
    import::from_file_as(path, &Wanted::default()).unwrap_or_else(|why| panic!("{why}"))
}

/// What differs from the right answer.
fn differences(read: &Imported, right: &Json) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut differs = |what: &str, found: String, wanted: String| {
        if found != wanted {
            wrong.push(format!("{what}: {found:?}, and not {wanted:?}"));
        }
    };
    let year = match read.lacks_year {
        true => Json::Null,
        false => read.report.year().into(),
    };
    differs("year", year.to_string(), right["year"].to_string());
    let organ = right["organ"].as_str().unwrap();
    differs("organ", read.report.organ().to_owned(), organ.to_owned());
    let form = read.report.form();
    for (id, text) in right["texts"].as_object().unwrap() {
        let found = read.report.text(form.find_text(id).unwrap());
        differs(id, found.to_owned(), text.as_str().unwrap().to_owned());
    }
    let is_lost = |id: &str| read.not_placed.iter().any(|lost| lost.id == id);
    for (id, number) in right["cells"].as_object().unwrap() {
        let wanted = match number {
            Json::Null => String::new(),
            Json::String(number) => number.clone(),
            number => number.to_string(),
        };
        let found = match read.report.value(form.find(id).unwrap()) {
            _ if is_lost(id) => "not read".to_owned(),
            Value::Blank => String::new(),
            value => value.to_string(),
        };
        differs(id, found, wanted);
    }
    let lost: Vec<&str> = read
        .not_placed
        .iter()
        .map(|lost| lost.id.as_str())
        .collect();
    for (table, wanted) in right["unread"].as_object().unwrap() {
        let table = format!("{table}.");
        let count = lost.iter().filter(|id| id.starts_with(&table)).count();
        differs(
            &format!("unread {table}"),
            count.to_string(),
            wanted.to_string(),
        );
    }
    let told = [lines(&read.remarks), lines(&read.left_over)].concat();
    for words in right["told"].as_array().unwrap() {
        let words = words.as_str().unwrap();
        if !told.iter().any(|line| line.contains(words)) {
            wrong.push(format!("{words} is not told: {told:#?}"));
        }
    }
    wrong
}

#[test]
fn small_reports_in_every_layout_are_read_or_told() {
    let folder = fixture("cases");
    let entries = std::fs::read_dir(&folder).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    let mut paths: Vec<_> = paths
        .filter(|path| path.extension().is_some_and(|ending| ending != "json"))
        .collect();
    paths.sort();
    assert!(paths.len() >= 16);
    let mut wrong = Vec::new();
    for path in paths {
        let right = std::fs::read_to_string(path.with_extension("right.json")).unwrap();
        let right: Json = serde_json::from_str(&right).unwrap();
        let name = path.file_name().unwrap().to_string_lossy();
        let read = read(&path);
        let found = differences(&read, &right).into_iter();
        wrong.extend(found.map(|difference| format!("{name}: {difference}")));
    }
    assert_eq!(wrong, [""; 0]);
}

/// What a total adds up is not all there: nobody knows it.
#[test]
fn a_total_over_rows_that_were_not_read_is_no_number() {
    let read = read(&fixture("cases/c22_partial_total.txt"));
    let evaluation = nianbao::check::evaluate(&read.report);
    let json = nianbao::export::to_json(&read.report, &evaluation);
    let json: Json = serde_json::from_str(&json).unwrap();
    for column in ["natural", "biz", "other", "total"] {
        assert_eq!(json["cells"][format!("t3.r3_7.{column}")], Json::Null);
    }
    assert_eq!(json["cells"]["t3.r1.total"], 66);
    for table in crate::support::document(&read.report).tables() {
        for cell in &table.cells {
            let Some(number) = cell.number else { continue };
            let id = &read.report.form().cell(number.cell).id;
            if id.starts_with("t3.r3_7.") {
                assert_eq!(cell.text, "", "{id}");
            }
        }
    }
    let about_total = |finding: &nianbao::check::Finding| {
        let cells = finding.about.cells.iter();
        cells
            .clone()
            .any(|cell| read.report.form().cell(*cell).id.starts_with("t3.r3_7."))
    };
    assert!(!evaluation.findings.iter().any(about_total));
}
