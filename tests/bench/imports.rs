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
    println!("从文件到年报，中位数，毫秒；旁边是只把各格文字读出来的 Python 库");
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
        let own = median(100, path);
        let name = path.to_string_lossy();
        match others.get(&*name) {
            Some((library, ms)) => {
                println!(
                    "  {file:<36} {own:>8.3}  {library:<12} {ms:>8.3}  本程序快 {:.1} 倍",
                    ms / own
                );
            }
            None => println!("  {file:<36} {own:>8.3}"),
        }
    }
}

fn median(times: usize, path: &Path) -> f64 {
    let mut all: Vec<f64> = (0..times)
        .map(|_| {
            let begun = std::time::Instant::now();
            std::hint::black_box(import::from_file(path).expect("a report"));
            begun.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    all.sort_by(f64::total_cmp);
    all[times / 2]
}
