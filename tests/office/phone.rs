//! The web page in Chromium, on a telephone of 375 pixels and on a desktop: by itself, and as the editors of web sites give it
//! on. `PICTURES=FOLDER cargo test --test office phone` keeps how each looks.

use super::published::{EDITORS, edited};
use super::{document, export_all, root, run_with_input};
use nianbao::export::Format;
use nianbao::import::from_file;
use nianbao::report::{Edit, History, Report};
use nianbao::value::Value;
use serde::Deserialize;
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};

const PHONE: u32 = 375;
const DESKTOP: u32 = 1280;

/// What measure.mjs says of a page.
#[derive(Debug, Deserialize)]
struct Measured {
    /// As wide as it can be scrolled, and as its body.
    page: f64,
    body: f64,
    tables: Vec<Table>,
    /// Cells that are numbers, and those of them that are broken or cut off.
    numbers: usize,
    broken: Vec<String>,
    cut: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Table {
    /// As wide as it stands on the page, and as its rows are.
    r#box: f64,
    rows: f64,
    /// How far it can be scrolled.
    across: f64,
    down: f64,
    /// As wide as what it stands in.
    around: f64,
    /// The cells of its last row.
    columns: Vec<f64>,
}

fn measured(pages: &[PathBuf], width: u32) -> Vec<Measured> {
    let pictures = std::env::var_os("PICTURES").map(PathBuf::from);
    let job = |page: &PathBuf| {
        let name = page.file_stem().unwrap().to_string_lossy();
        let picture = pictures
            .as_ref()
            .map(|to| to.join(format!("{name}-{width}.png")));
        json!({"page": page, "width": width, "picture": picture})
    };
    let jobs: Vec<_> = pages.iter().map(job).collect();
    let script = root().join("tests/office/editors/measure.mjs");
    let said = run_with_input(
        "node",
        [&script],
        &serde_json::Value::Array(jobs).to_string(),
    );
    serde_json::from_str(&said).unwrap()
}

/// The sample with a long address in its text and seven digits in every cell of table three.
fn large() -> Report {
    let sample = from_file(&root().join("assets/samples/jiutai_xinglong_2020.ron")).unwrap();
    let mut history = History::new(sample.report);
    let form = history.report().form().clone();
    let cells = history
        .report()
        .cells()
        .filter(|cell| form.cell(*cell).id.starts_with("t3."));
    let cells: Vec<_> = cells.filter(|cell| !form.cell(*cell).computed).collect();
    let numbers = cells
        .into_iter()
        .map(|cell| (cell, Value::Count(1_234_567)));
    history.apply(Edit::cells(history.report(), numbers.collect::<Vec<_>>()));
    let text = form.find_text("s1").unwrap();
    let words = format!(
        "{}\n全文见https://www.example.gov.cn/zwgk/xxgkml/{}/index.html，欢迎查阅。",
        history.report().text(text),
        "abcdefghij0123456789".repeat(6)
    );
    history.apply(Edit::text(history.report(), text, &words));
    history.report().clone()
}

fn pages(folder: &Path) -> Vec<(Report, PathBuf)> {
    let mut all = export_all(folder, Format::Html);
    let large = large();
    let path = folder.join("large.html");
    let faces = nianbao::export::typeset::Faces::bundled();
    let written = Format::Html
        .write_document(&document(&large), faces)
        .unwrap();
    fs::write(&path, written.bytes).unwrap();
    all.push((large, path));
    all
}

#[test]
fn pages_fit_a_telephone_and_tables_scroll_by_themselves() {
    let folder = tempfile::tempdir().unwrap();
    let pages = pages(folder.path());
    let paths: Vec<PathBuf> = pages.iter().map(|(_, path)| path.clone()).collect();
    for ((_, path), found) in pages.iter().zip(measured(&paths, PHONE)) {
        assert!(found.page <= f64::from(PHONE), "{path:?} {found:?}");
        assert!(found.body <= f64::from(PHONE), "{path:?} {found:?}");
        assert!(found.numbers > 100, "{path:?} {found:?}");
        assert_eq!(found.broken, Vec::<String>::new(), "{path:?}");
        assert_eq!(found.cut, Vec::<String>::new(), "{path:?}");
        assert_eq!(found.tables.len(), 3, "{path:?}");
        for table in &found.tables {
            assert!(table.r#box <= table.around, "{path:?} {table:?}");
            assert_eq!(table.down, 0.0, "{path:?} {table:?}");
            // What does not fit is reached by scrolling the table, and nothing else.
            let hidden = table.rows - table.r#box;
            assert_eq!(table.across > 0.0, hidden > 1.0, "{path:?} {table:?}");
        }
        assert!(found.tables[1].across > 200.0, "{path:?} {found:?}");
    }
    for ((report, path), found) in pages.iter().zip(measured(&paths, DESKTOP)) {
        assert_eq!(found.broken, Vec::<String>::new(), "{path:?}");
        let document = document(report);
        for (table, ours) in found.tables.iter().zip(document.tables()) {
            assert_eq!(
                (table.across > 0.0, table.down),
                (table.rows > table.r#box, 0.0),
                "{path:?} {table:?}"
            );
            if table.rows > table.r#box {
                continue;
            }
            assert!(table.rows > table.around - 4.0, "{path:?} {table:?}");
            // Its columns are as wide as on paper.
            let last = ours.cells.iter().filter(|cell| cell.row + 1 == ours.rows);
            let own = last.map(|cell| f64::from(ours.share(cell.columns())) * table.rows);
            for (found, own) in table.columns.iter().zip(own) {
                assert!((found - own).abs() < 4.0, "{path:?} {own} {table:?}");
            }
        }
    }
}

/// Sites put what an editor gives on into a frame of their own.
#[test]
fn pages_of_editors_keep_tables_and_numbers_whole() {
    let folder = tempfile::tempdir().unwrap();
    let (_, page) = pages(folder.path()).remove(0);
    let mut paths = Vec::new();
    for (editor, content) in edited(folder.path(), &page) {
        let path = folder.path().join(format!("{editor}.html"));
        let site = format!(
            "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
             content=\"width=device-width, initial-scale=1\"></head><body style=\"margin:0\">\
             <div style=\"max-width:1000px;margin:auto;padding:0 10px\">{content}</div></body></html>"
        );
        fs::write(&path, site).unwrap();
        paths.push(path);
    }
    assert_eq!(paths.len(), EDITORS.len());
    for (path, found) in paths.iter().zip(measured(&paths, DESKTOP)) {
        assert_eq!(found.tables.len(), 3, "{path:?}");
        assert_eq!(found.broken, Vec::<String>::new(), "{path:?}");
    }
    let found = measured(&paths, PHONE);
    let mut scrolled = Vec::new();
    for (editor, found) in EDITORS.iter().zip(&found) {
        assert_eq!(found.broken, Vec::<String>::new(), "{editor}");
        if found.tables.iter().any(|table| table.across > 0.0) {
            assert!(found.page <= f64::from(PHONE), "{editor} {found:?}");
            scrolled.push(*editor);
        }
    }
    // The others give on no style, or only those that they know.
    assert_eq!(scrolled, ["ckeditor4 all", "tinymce", "ueditor"]);
}
