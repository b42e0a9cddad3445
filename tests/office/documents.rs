//! Reports in documents that other programs have made: every number is read into its cell, and what is not is listed.

use super::{root, run};
use nianbao::check;
use nianbao::export::Document;
use nianbao::export::document::Block;
use nianbao::form::CellIx;
use nianbao::import::{self, Imported, NotPlaced};
use nianbao::report::{Edit, History, Report};
use nianbao::value::Value;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};

/// A published report with texts, and what it prints in each cell.
struct Truth {
    name: String,
    report: Report,
    printed: BTreeMap<CellIx, String>,
    /// What stands in a cell and is no number of its unit.
    strange: Vec<NotPlaced>,
}

/// All eight.
fn truths() -> Vec<Truth> {
    let mut files: Vec<PathBuf> = fs::read_dir(root().join("tests/reports"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension() == Some(OsStr::new("json")))
        .collect();
    files.sort();
    let all: Vec<Truth> = files.iter().map(|path| truth(path)).collect();
    assert_eq!(all.len(), 8);
    all
}

fn truth(path: &Path) -> Truth {
    let Imported {
        report, not_placed, ..
    } = import::from_file(path).unwrap();
    let form = report.form().clone();
    let file: Json = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    let printed = file["cells"].as_object().unwrap().iter();
    let printed = printed.filter_map(|(id, value)| {
        let text = match value {
            Json::Null => String::new(),
            Json::String(text) => text.clone(),
            other => other.to_string(),
        };
        form.find(id).map(|cell| (cell, text))
    });
    let printed = printed.collect();
    let (organ, year) = (report.organ().to_owned(), report.year());
    let mut history = History::new(report);
    for (ix, spec) in form.indexed_texts() {
        let text = format!(
            "{year}年，{organ}认真贯彻落实《中华人民共和国政府信息公开条例》，全年主动公开政府信息1,234条，公开率100%，\
             网址 https://www.example.gov.cn/col/index.html?a=1&b=2，收到申请 12 件，比上年增加 3 件（{}）。\n\
             （一）主动公开情况。依法公开规章 0 件、行政规范性文件 5 件。\n\
             1.行政许可和其他对外管理服务事项共 22 项；\n2.“三安全一稳定”无。",
            spec.id
        );
        history.apply(Edit::text(history.report(), ix, &text));
    }
    Truth {
        name: path.file_stem().unwrap().to_string_lossy().into_owned(),
        report: history.report().clone(),
        printed,
        strange: not_placed,
    }
}

/// What other programs are told to write: the form's own layout, with what was printed.
fn layout(truth: &Truth) -> Json {
    let document = Document::new(
        &truth.report,
        &check::evaluate(&truth.report),
        &nianbao::draft::digest(&truth.report),
        false,
    );
    let block = |block: &Block| match block {
        Block::Heading(text) => json!({"heading": text}),
        Block::Subheading(text)
        | Block::RunIn { text, .. }
        | Block::Signature { text, .. }
        | Block::Paragraph(text) => {
            json!({"text": text})
        }
        Block::Table(table) => {
            let cells = table.cells.iter().map(|cell| {
                let number = cell.number.map(|number| number.cell);
                let text = match number {
                    Some(number) => truth.printed.get(&number).cloned().unwrap_or_default(),
                    None => cell.text.clone(),
                };
                json!([
                    cell.row,
                    cell.col,
                    cell.rows,
                    cell.cols,
                    text,
                    number.is_some()
                ])
            });
            json!({"rows": table.rows, "cols": table.columns(), "cells": cells.collect::<Vec<_>>()})
        }
    };
    let blocks: Vec<Json> = document.blocks.iter().map(block).collect();
    let form = &document.form.id;
    json!({"title": document.title, "organ": document.organ, "form": form, "blocks": blocks})
}

/// The documents of all reports, each kind in a folder of its own.
struct Workshop {
    folder: tempfile::TempDir,
    truths: Vec<Truth>,
}

impl Workshop {
    fn new() -> Self {
        let workshop = Self {
            folder: tempfile::tempdir().unwrap(),
            truths: truths(),
        };
        for truth in &workshop.truths {
            let path = workshop.path(&format!("{}.json", truth.name));
            fs::write(path, layout(truth).to_string()).unwrap();
        }
        let template = root().join("tests/reports/template_2021_blank.docx");
        for script in ["write.py", "fill.py"] {
            let script = root().join("tests/office").join(script);
            let args = [&script, workshop.folder.path(), &template];
            run("/usr/bin/python3", args);
        }
        workshop
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The documents of a kind, by the name of their report.
    fn files(&self, kind: &str) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.path(kind)).unwrap();
        let mut all: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        all.sort();
        all
    }

    /// Saves all documents of a kind in another format; the new kind's name.
    fn saved_by_libreoffice(&self, kind: &str, open_as: Option<&str>, to: &str) -> String {
        let ending = to.split(':').next().unwrap();
        let tagged = if to.contains("\"true\"") {
            " tagged"
        } else {
            ""
        };
        let way = open_as.map_or(String::new(), |filter| format!(" as {filter}"));
        let made = format!("{kind}{way} to {ending}{tagged}");
        let profile = format!(
            "-env:UserInstallation=file://{}",
            self.path("profile").display()
        );
        let mut args: Vec<OsString> = vec!["--headless".into(), profile.into()];
        args.extend(open_as.map(|filter| format!("--infilter={filter}").into()));
        args.extend(["--convert-to".into(), to.into(), "--outdir".into()]);
        args.push(self.path(&made).into());
        args.extend(self.files(kind).into_iter().map(OsString::from));
        run("soffice", args);
        assert_eq!(self.files(&made).len(), self.files(kind).len(), "{made}");
        made
    }

    /// The documents of a kind under another ending; the new kind's name.
    fn renamed(&self, kind: &str, ending: &str) -> String {
        let made = format!("{kind} as {ending}");
        fs::create_dir(self.path(&made)).unwrap();
        for file in self.files(kind) {
            let name = file.with_extension(ending);
            fs::copy(&file, self.path(&made).join(name.file_name().unwrap())).unwrap();
        }
        made
    }

    /// Prints all pages of a kind to PDF files; the new kind's name.
    fn printed_by_chromium(&self, kind: &str, name: &str, options: &[&str]) -> String {
        let made = format!("{kind} by Chromium{name}");
        fs::create_dir(self.path(&made)).unwrap();
        let profile = format!("--user-data-dir={}", self.path("chromium").display());
        for page in self.files(kind) {
            let pdf = self
                .path(&made)
                .join(page.with_extension("pdf").file_name().unwrap());
            let print = format!("--print-to-pdf={}", pdf.display());
            let page = page.display().to_string();
            let fixed = [
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                &profile,
                &print,
            ];
            run(
                "chromium",
                fixed.iter().chain(options).chain([&page.as_str()]),
            );
        }
        made
    }

    /// Imports all documents of a kind and holds each cell and text against the truth.
    fn check(&self, kind: &str) -> Tally {
        let mut tally = Tally::default();
        for path in self.files(kind) {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            let truth = self.truths.iter().find(|truth| truth.name == name).unwrap();
            tally.documents += 1;
            tally.hold(&format!("{kind}/{name}"), &path, truth);
        }
        println!(
            "{kind:<44} {:>2} 份 {:>5} 格，读对 {:>5}，列出 {:>3}，不声不响读错 {:>3}，别处不对 {}",
            tally.documents,
            tally.right + tally.listed.len() + tally.silent.len(),
            tally.right,
            tally.listed.len(),
            tally.silent.len(),
            tally.around.len()
        );
        tally
    }
}

/// What became of the cells of some documents.
#[derive(Default)]
struct Tally {
    documents: usize,
    right: usize,
    /// Not read, and said so.
    listed: Vec<String>,
    silent: Vec<String>,
    /// Organ, year and texts that are not what they were.
    around: Vec<String>,
}

impl Tally {
    fn hold(&mut self, name: &str, path: &Path, truth: &Truth) {
        let Truth {
            report: truth,
            strange,
            ..
        } = truth;
        let read = match import::from_file(path) {
            Ok(read) => read,
            Err(error) => return self.around.push(format!("{name}: {error}")),
        };
        let (was, is) = (check::evaluate(truth), check::evaluate(&read.report));
        for cell in truth.cells() {
            let id = &truth.form().cell(cell).id;
            let wanted = was.effective(cell);
            let found = read.report.form().find(id);
            let found = found.map_or(Value::Blank, |cell| is.effective(cell));
            if found == wanted {
                self.right += 1;
            } else if read.not_placed.iter().any(|lost| lost.id == *id) {
                self.listed.push(format!("{name} {id}"));
            } else {
                self.silent
                    .push(format!("{name} {id}: {found:?} and not {wanted:?}"));
            }
        }
        let is_strange = |lost: &&NotPlaced| {
            let same = |cell: &NotPlaced| cell.id == lost.id && cell.content == lost.content;
            strange.iter().any(same)
        };
        let missed = read.not_placed.iter().filter(|lost| !is_strange(lost));
        let missed =
            missed.map(|lost| format!("{name} {}“{}”: {}", lost.id, lost.content, lost.why));
        self.around.extend(missed);
        let named = (read.report.organ(), read.report.year());
        if named != (truth.organ(), truth.year()) {
            self.around.push(format!("{name}: {named:?}"));
        }
        for (ix, spec) in truth.form().indexed_texts() {
            let text = read.report.form().find_text(&spec.id);
            let text = text.map_or("", |ix| read.report.text(ix));
            // Where lines were broken, by Word in its source or on a page, programs differ in blanks.
            let exact = !["word", "pdf", "Chromium"]
                .iter()
                .any(|kind| name.contains(kind));
            let said = |text: &str| {
                if exact {
                    text.to_owned()
                } else {
                    text.replace(' ', "")
                }
            };
            if said(text) != said(truth.text(ix)) {
                self.around.push(format!("{name} {}: {text}", spec.id));
            }
        }
    }

    fn assert_whole(&self) {
        assert!(self.documents > 0);
        let first = |all: &[String]| all.iter().take(8).cloned().collect::<Vec<_>>().join("\n");
        assert_eq!(first(&self.silent), "");
        assert_eq!(first(&self.listed), "");
        assert_eq!(first(&self.around), "");
    }
}

const PDF: &str = r#"pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"false"}}"#;
const TAGGED: &str = r#"pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}"#;

#[test]
fn documents_of_other_programs_are_imported_cell_by_cell() {
    let workshop = Workshop::new();
    // As they were written, and then saved again or printed by another program.
    let written = [
        "filled by LibreOffice docx",
        "filled by LibreOffice odt",
        "python-docx",
        "template",
        "openpyxl",
        "page",
        "word",
        "word-filtered",
    ];
    let mut kinds = written.map(str::to_owned).to_vec();
    for kind in ["python-docx", "template"] {
        for to in ["docx", "odt", "html:HTML (StarWriter)", PDF, TAGGED] {
            kinds.push(workshop.saved_by_libreoffice(kind, None, to));
        }
        let old = workshop.saved_by_libreoffice(kind, None, "doc:MS Word 97");
        kinds.push(workshop.renamed(&old, "wps"));
        kinds.push(old);
    }
    kinds.push(workshop.saved_by_libreoffice("large docx", None, PDF));
    for kind in ["page", "word"] {
        for to in ["odt:writer8", "docx:MS Word 2007 XML", "doc:MS Word 97"] {
            kinds.push(workshop.saved_by_libreoffice(kind, None, to));
        }
        for to in ["ods:calc8", "xlsx:Calc MS Excel 2007 XML"] {
            kinds.push(workshop.saved_by_libreoffice(kind, Some("HTML (StarCalc)"), to));
        }
    }
    for kind in ["page", "large page", "word"] {
        kinds.push(workshop.printed_by_chromium(kind, "", &[]));
        let bare = ["--no-pdf-header-footer", "--disable-pdf-tagging"];
        kinds.push(workshop.printed_by_chromium(kind, " untagged", &bare));
    }
    for to in ["xlsx", "ods", "xls", "html:HTML (StarCalc)", "pdf"] {
        kinds.push(workshop.saved_by_libreoffice("openpyxl", None, to));
    }
    let tallies: Vec<Tally> = kinds.iter().map(|kind| workshop.check(kind)).collect();
    let documents: usize = tallies.iter().map(|tally| tally.documents).sum();
    let right: usize = tallies.iter().map(|tally| tally.right).sum();
    println!("{} 种，{documents} 份，读对 {right} 格", tallies.len());
    tallies.iter().for_each(Tally::assert_whole);
}
