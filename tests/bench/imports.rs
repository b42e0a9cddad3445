//! How fast documents are imported, beside Python's libraries that read the same files: python-docx, openpyxl and lxml.
//!
//! `cargo bench --bench imports` needs /usr/bin/python3 with python3-docx, python3-openpyxl and python3-lxml.

use nianbao::import;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Documents of other programs, one of each format.
const FILES: [&str; 7] = [
    "readers/pingtan_2022.docx",
    "reports/shanghai_office_2019.html",
    "readers/pingtan_2022.xlsx",
    "readers/pingtan_2022.xls",
    "readers/pingtan_2022.ods",
    "reports/hongze_2024.pdf",
    "reports/jiutai_xinglong_2020.txt",
];

fn path(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(file)
}

/// From the file on disk to the finished report.
#[divan::bench(args = FILES)]
fn import(bencher: divan::Bencher<'_, '_>, file: &str) {
    let path = path(file);
    bencher.bench(|| import::from_file(&path).expect("a report"));
}

fn main() {
    divan::main();
    println!("中位数，毫秒：只读出各格的文字，认出年报，同一份文件用 Python 库只读出各格");
    let script = path("bench/imports.py");
    let files: Vec<PathBuf> = FILES.iter().map(|file| path(file)).collect();
    let output = Command::new("/usr/bin/python3")
        .arg(script)
        .args(&files)
        .output();
    let output = output.expect("/usr/bin/python3");
    let complained = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{complained}");
    let said = String::from_utf8_lossy(&output.stdout);
    let others: BTreeMap<&str, (&str, f64)> = said
        .lines()
        .map(|line| {
            let fields: Vec<&str> = line.split('\t').collect();
            (fields[0], (fields[1], fields[2].parse().expect("a number")))
        })
        .collect();
    for (file, path) in FILES.iter().zip(&files) {
        let read = median(100, || import::source_of(path).is_ok());
        let whole = median(100, || import::from_file(path).is_ok());
        print!("  {file:<36} 读出 {read:>7.3}  导入 {whole:>7.3}");
        match others.get(&*path.to_string_lossy()) {
            Some((library, ms)) => println!(
                "  {library:<11} {ms:>7.3}  是读出的 {:.1} 倍、导入的 {:.1} 倍",
                ms / read,
                ms / whole
            ),
            None => println!(),
        }
    }
}

fn median(times: usize, work: impl Fn() -> bool) -> f64 {
    let mut all: Vec<f64> = (0..times)
        .map(|_| {
            let begun = std::time::Instant::now();
            assert!(std::hint::black_box(work()));
            begun.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    all.sort_by(f64::total_cmp);
    all[times / 2]
}
