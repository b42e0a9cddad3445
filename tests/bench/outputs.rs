//! How fast exports are written, beside the programs that offices write them with: python-docx, openpyxl and
//! LibreOffice in the same run on the same report.
//!
//! `cargo bench --bench outputs` needs /usr/bin/python3 with python3-docx and python3-openpyxl, and LibreOffice.

#[path = "../support/random.rs"]
#[allow(dead_code, reason = "only the wild reports are wanted here")]
mod random;

use nianbao::export::typeset::Faces;
use nianbao::export::{Document, Format};
use nianbao::form;
use nianbao::report::Report;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sample = root.join("assets/samples/jiutai_xinglong_2020.ron");
    let report = nianbao::draft::open(&sample).expect("the sample");
    let folder = tempfile::tempdir().expect("a folder");
    println!("一份年报（示例），中位数，毫秒");
    let ours: Vec<(Format, f64)> = Format::OFFICIAL
        .map(|format| (format, median(200, || write(&report, format))))
        .to_vec();
    for (format, ms) in &ours {
        println!("  {:<5} {ms:>8.3}", format.name());
    }
    let docx = folder.path().join("年报.docx");
    std::fs::write(&docx, write(&report, Format::Docx)).expect("a file");
    let json = folder.path().join("年报.json");
    std::fs::write(&json, as_json(&report)).expect("a file");
    let reference = root.join("tests/bench/reference.py");
    let output = Command::new("/usr/bin/python3")
        .arg(reference)
        .args([&json, &docx])
        .output()
        .expect("/usr/bin/python3");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    println!("同一份年报，别的程序");
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let (name, ms) = line.split_once(' ').expect("a name and a number");
        let ms: f64 = ms.parse().expect("a number");
        let format = match name {
            "python-docx" => Format::Docx,
            "openpyxl" => Format::Xlsx,
            _ => Format::Pdf,
        };
        let own = ours
            .iter()
            .find(|(of, _)| *of == format)
            .expect("measured")
            .1;
        println!("  {name:<12} {ms:>8.1}  本程序快 {:.1} 倍", ms / own);
    }
    let many: Vec<Report> = (0..200)
        .map(|seed| {
            let form = &form::official()[seed as usize % 2];
            random::wild(form, &mut random::Random::new(seed))
        })
        .collect();
    let begun = Instant::now();
    for (nth, report) in many.iter().enumerate() {
        for format in Format::OFFICIAL {
            let path = folder.path().join(format!("{nth}.{}", format.name()));
            std::fs::write(path, write(report, format)).expect("a file");
        }
    }
    println!(
        "200 份长文年报各导出五种格式：{:.2} 秒，内存峰值 {} MB",
        begun.elapsed().as_secs_f64(),
        peak_memory().map_or("？".to_owned(), |mb| mb.to_string())
    );
    for (nth, report) in many.iter().enumerate() {
        let path = folder.path().join(format!("{nth}.ron"));
        nianbao::draft::save(report, &path).expect("a draft");
    }
    let begun = Instant::now();
    let done = Command::new(env!("CARGO_BIN_EXE_nianbao"))
        .arg("export")
        .arg(folder.path())
        .args(["--to", "all", "-o"])
        .arg(folder.path().join("all"))
        .output()
        .expect("the program");
    assert!(done.status.success(), "{done:?}");
    println!(
        "同样的 200 份由一条命令（export 文件夹 --to all）：{:.2} 秒",
        begun.elapsed().as_secs_f64()
    );
}

fn write(report: &Report, format: Format) -> Vec<u8> {
    let document = Document::new(
        report,
        &nianbao::check::evaluate(report),
        &nianbao::draft::digest(report),
        true,
    );
    let written = format.write_document(&document, Faces::bundled());
    written.expect("an export").bytes
}

/// The document's blocks and cells, from which the other programs make theirs.
fn as_json(report: &Report) -> String {
    use nianbao::export::document::{Block, Number};
    use serde_json::json;
    let document = Document::new(
        report,
        &nianbao::check::evaluate(report),
        &nianbao::draft::digest(report),
        true,
    );
    let block = |block: &Block| match block {
        Block::Heading(text) | Block::Subheading(text) => json!({"heading": text}),
        Block::RunIn { text, .. } | Block::Signature { text, .. } | Block::Paragraph(text) => {
            json!({"text": text})
        }
        Block::Table(table) => {
            let cells = table.cells.iter().map(|cell| {
                let computed = |number: Number| document.form.cell(number.cell).computed;
                let is_computed = cell.number.is_some_and(computed);
                let (is_number, text) = (cell.number.is_some(), &cell.text);
                json!([
                    cell.row,
                    cell.col,
                    cell.rows,
                    cell.cols,
                    text,
                    is_number,
                    is_computed
                ])
            });
            json!({"rows": table.rows, "cols": table.columns(), "cells": cells.collect::<Vec<_>>()})
        }
    };
    let blocks: Vec<_> = document.blocks.iter().map(block).collect();
    json!({"title": document.title, "blocks": blocks}).to_string()
}

fn median(times: usize, work: impl Fn() -> Vec<u8>) -> f64 {
    let mut all: Vec<f64> = (0..times)
        .map(|_| {
            let begun = Instant::now();
            std::hint::black_box(work());
            begun.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    all.sort_by(f64::total_cmp);
    all[times / 2]
}

/// The most memory that this process has held, in megabytes, where the system says.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1024)
}
