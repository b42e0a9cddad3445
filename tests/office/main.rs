//! The exports in the programs that clerks open them with: LibreOffice takes, prints and recalculates them; poppler and
//! qpdf read the PDF; the schemas of ISO 29500 hold for every part. And the other way round: what LibreOffice, Chromium,
//! python-docx and openpyxl write is imported, and pages made by the editors of web sites agree with their drafts.
//!
//! `cargo test --test office` needs LibreOffice (Writer, Calc), python3-uno, python3-lxml, python3-docx,
//! python3-openpyxl, chromium, poppler-utils, qpdf, easyofd and ofdkit in target/readers, nodejs and what `npm ci` installs
//! in tests/office/editors; a missing one is a failure, never skipped over.

mod damage;
mod documents;
mod ofd;
mod pages;
mod phone;
mod published;

#[path = "../support/random.rs"]
#[allow(dead_code, reason = "only the wild reports are wanted here")]
mod random;

use nianbao::export::typeset::Faces;
use nianbao::export::{Document, Format};
use nianbao::form;
use nianbao::import::{self, read};
use nianbao::report::{Edit, History, Report};
use nianbao::value::Value;
use nianbao::verify::verify;
use std::ffi::OsStr;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The sample with its texts, and reports of both forms with numbers everywhere.
fn reports() -> Vec<(String, Report)> {
    let sample = root().join("assets/samples/jiutai_xinglong_2020.ron");
    let mut all = vec![("sample".to_owned(), nianbao::draft::open(&sample).unwrap())];
    for name in [
        "hongze_2023",
        "hongze_2024",
        "pingtan_2019",
        "pingtan_2020",
        "pingtan_2022",
    ] {
        let path = root().join(format!("tests/reports/{name}.json"));
        all.push((name.to_owned(), import::from_file(&path).unwrap().report));
    }
    for seed in 0..4 {
        let form = &form::official()[seed as usize % 2];
        let report = random::wild(form, &mut random::Random::new(1000 + seed));
        all.push((format!("wild{seed}"), report));
    }
    all
}

fn document(report: &Report) -> Document {
    Document::new(
        report,
        &nianbao::check::evaluate(report),
        &nianbao::draft::digest(report),
        true,
    )
}

/// Every report in one format, in a folder.
fn export_all(folder: &Path, format: Format) -> Vec<(Report, PathBuf)> {
    let write = |(name, report): (String, Report)| {
        let path = folder.join(format!("{name}.{}", format.name()));
        let written = format.write_document(&document(&report), Faces::bundled());
        fs::write(&path, written.unwrap().bytes).unwrap();
        (report, path)
    };
    reports().into_iter().map(write).collect()
}

/// Runs a tool and returns what it says; it must end well.
fn run<S: AsRef<OsStr>>(program: &str, args: impl IntoIterator<Item = S>) -> String {
    let output = Command::new(program).args(args).output();
    let output = output.unwrap_or_else(|error| panic!("{program}: {error}; .ci/run installs it"));
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let complained = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program}: {said}{complained}");
    said
}

/// The same for one that reads what it is to do.
fn run_with_input<S: AsRef<OsStr>>(
    program: &str,
    args: impl IntoIterator<Item = S>,
    input: &str,
) -> String {
    let mut command = Command::new(program);
    let command = (command.args(args).stdin(Stdio::piped())).stdout(Stdio::piped());
    let child = command.spawn();
    let mut child = child.unwrap_or_else(|error| panic!("{program}: {error}; .ci/run installs it"));
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(input.as_bytes()).unwrap();
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{program}");
    String::from_utf8(output.stdout).unwrap()
}

/// Turns files into another format with LibreOffice, in the same folder.
fn convert<'a>(folder: &Path, to: &str, files: impl IntoIterator<Item = &'a PathBuf>) {
    convert_in(folder, to, files, None);
}

/// The same, with the fonts that a configuration of fontconfig knows.
fn convert_in<'a>(
    folder: &Path,
    to: &str,
    files: impl IntoIterator<Item = &'a PathBuf>,
    fonts: Option<&Path>,
) {
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.display());
    let mut command = Command::new("soffice");
    command.args(["--headless", &profile, "--convert-to", to, "--outdir"]);
    command.arg(folder).args(files);
    command.envs(fonts.map(|file| ("FONTCONFIG_FILE", file)));
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("soffice: {error}; .ci/run installs it"));
    let complained = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "soffice: {complained}");
}

/// Text without white space, as layouts differ in it.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn every_part_of_word_and_excel_files_is_valid() {
    let folder = tempfile::tempdir().unwrap();
    let mut files = export_all(folder.path(), Format::Docx);
    files.extend(export_all(folder.path(), Format::Xlsx));
    let script = root().join("tests/ooxml/validate.py");
    let args = files.iter().map(|(_, path)| path.as_os_str());
    run(
        "/usr/bin/python3",
        [script.as_os_str()].into_iter().chain(args),
    );
}

#[test]
fn libreoffice_opens_word_files_and_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let files = export_all(folder.path(), Format::Docx);
    let again = folder.path().join("again");
    fs::create_dir(&again).unwrap();
    convert(&again, "docx", files.iter().map(|(_, path)| path));
    convert(&again, "pdf", files.iter().map(|(_, path)| path));
    for (report, path) in &files {
        // What another program has read and written says the same as the draft.
        let bytes = fs::read(again.join(path.file_name().unwrap())).unwrap();
        let found = verify(&document(report), &read::read(&bytes).unwrap());
        assert_eq!(found.differences, [], "{}", path.display());
        let pdf = again.join(path.with_extension("pdf").file_name().unwrap());
        let text = squeezed(&run("pdftotext", [pdf.as_os_str(), OsStr::new("-")]));
        for heading in &report.form().sections {
            assert!(
                text.contains(&squeezed(&heading.heading)),
                "{}",
                path.display()
            );
        }
    }
    // Table three stands on one page in its own document, as on the official form.
    let pdf = again.join("hongze_2024.pdf");
    let page = run(
        "pdftotext",
        [
            OsStr::new("-f"),
            OsStr::new("2"),
            OsStr::new("-l"),
            OsStr::new("2"),
            pdf.as_os_str(),
            OsStr::new("-"),
        ],
    );
    let page = squeezed(&page);
    assert!(
        page.contains("申请人情况") && page.contains("四、结转下年度继续办理"),
        "{page}"
    );
}

#[test]
fn pdfs_are_sound_searchable_and_carry_their_fonts() {
    let folder = tempfile::tempdir().unwrap();
    for (report, path) in export_all(folder.path(), Format::Pdf) {
        let name = path.display();
        run("qpdf", [OsStr::new("--check"), path.as_os_str()]);
        let fonts = run("pdffonts", [path.as_os_str()]);
        assert!(fonts.lines().count() > 3, "{name}: {fonts}");
        for font in fonts.lines().skip(2) {
            let columns: Vec<&str> = font.split_whitespace().collect();
            let [emb, sub, uni] = columns[columns.len() - 5..columns.len() - 2] else {
                panic!("{font}")
            };
            assert_eq!([emb, sub, uni], ["yes"; 3], "{name}: {font}");
        }
        let text = squeezed(&run("pdftotext", [path.as_os_str(), OsStr::new("-")]));
        let document = document(&report);
        for cell in document.tables().flat_map(|table| &table.cells) {
            let words = squeezed(&cell.text);
            // Words on several lines stand between those of their neighbours.
            if cell.number.is_some() {
                assert!(text.contains(&words), "{name}: {words}");
            }
        }
        let info = run("pdfinfo", [path.as_os_str()]);
        assert!(
            info.contains("Tagged:          yes") && info.contains(&document.digest),
            "{info}"
        );
    }
}

#[test]
fn libreoffice_recalculates_totals_and_turns_them_red() {
    let folder = tempfile::tempdir().unwrap();
    let path = root().join("tests/reports/hongze_2024.json");
    let report = import::from_file(&path).unwrap().report;
    let form = report.form().clone();
    // Blanks are checked by nobody, so they are filled first.
    let mut history = History::new(report.clone());
    history.apply(Edit::zero_blanks(
        &report,
        report.cells().collect::<Vec<_>>(),
    ));
    let report = history.report().clone();
    let book = folder.path().join("年报.xlsx");
    let document = document(&report);
    fs::write(
        &book,
        Format::Xlsx
            .write_document(&document, Faces::bundled())
            .unwrap()
            .bytes,
    )
    .unwrap();
    let sheets = nianbao::export::xlsx::sheet_names(&document);
    let at = |id: &str| {
        let wanted = form.find(id).unwrap();
        let mut found = None;
        for (table, sheet) in document.tables().zip(&sheets) {
            for cell in &table.cells {
                if cell.number.is_some_and(|number| number.cell == wanted) {
                    let column = char::from(b'A' + cell.col as u8);
                    let row = cell.row + nianbao::export::xlsx::FIRST_ROW as usize + 1;
                    found = Some((sheet.clone(), format!("{column}{row}")));
                }
            }
        }
        found.unwrap()
    };
    let value = |id: &str| match report.value(form.find(id).unwrap()) {
        Value::Count(n) => n,
        other => panic!("{other:?}"),
    };
    let (open, new, total) = ("t3.r3_1.natural", "t3.r1.natural", "t3.r3_7.natural");
    let evaluation = nianbao::check::evaluate(&report);
    let before = evaluation
        .value(form.find(total).unwrap())
        .decimal()
        .unwrap();
    let commands = serde_json::json!([
        {"get": at(total)}, {"background": at(new)}, {"background": at(total)},
        {"set": [at(open).0, at(open).1, value(open) + 1]},
        {"get": at(total)}, {"get": at("t3.r3_1.total")}, {"background": at(new)}, {"background": at(total)},
        {"set": [at(new).0, at(new).1, value(new) + 1]},
        {"background": at(new)}, {"background": at(total)},
    ]);
    let script = root().join("tests/ooxml/recalculate.py");
    let mut child = Command::new("/usr/bin/python3")
        .args([script.as_os_str(), book.as_os_str()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(commands.to_string().as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    let said: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).unwrap();
    let before: i64 = before.try_into().unwrap();
    let expected = serde_json::json!([
        before,
        false,
        false,
        before + 1,
        value(open) + 1,
        true,
        true,
        false,
        false,
    ]);
    assert_eq!(serde_json::Value::Array(said), expected);
}

/// Documents that LibreOffice has made from ours in other formats are read to the same numbers.
#[test]
fn what_libreoffice_writes_is_imported() {
    let folder = tempfile::tempdir().unwrap();
    let numbers = |report: &Report| {
        let evaluation = nianbao::check::evaluate(report);
        let number = |ix| (report.form().cell(ix).id.clone(), evaluation.effective(ix));
        report.cells().map(number).collect::<Vec<_>>()
    };
    for (from, to) in [
        (
            Format::Docx,
            [
                "docx",
                "doc",
                "odt",
                "html:HTML (StarWriter)",
                "pdf",
                "txt:Text",
            ]
            .as_slice(),
        ),
        (
            Format::Html,
            ["odt:writer8", "docx:MS Word 2007 XML"].as_slice(),
        ),
        (Format::Xlsx, ["xlsx", "ods", "xls", "html"].as_slice()),
    ] {
        let files = export_all(folder.path(), from);
        for filter in to {
            let ending = filter.split(':').next().unwrap();
            let again = folder.path().join(format!("{}-{ending}", from.name()));
            fs::create_dir_all(&again).unwrap();
            convert(&again, filter, files.iter().map(|(_, path)| path));
            for (truth, path) in &files {
                // Wild names are no titles; a text file cannot say where a blank cell was; in an old .xls file LibreOffice
                // keeps 0 as the result of a total that shows nothing; a web page has a cell's note among its words.
                let name = path.file_name().unwrap().to_string_lossy();
                let blank = numbers(truth).iter().any(|(_, value)| value.is_blank());
                let noted =
                    from == Format::Xlsx && ending == "html" && truth.all_stated().count() > 0;
                if name.starts_with("wild") || noted || blank && matches!(ending, "txt" | "xls") {
                    continue;
                }
                let made = again.join(path.with_extension(ending).file_name().unwrap());
                let read = import::from_file(&made)
                    .unwrap_or_else(|error| panic!("{} {filter}: {error}", path.display()));
                let pairs = numbers(&read.report).into_iter().zip(numbers(truth));
                let wrong: Vec<_> = pairs.filter(|(a, b)| a != b).collect();
                assert_eq!(wrong, [], "{} {filter} {:?}", path.display(), read.lines());
            }
        }
    }
}

#[test]
fn web_pages_are_read_by_libreoffice_too() {
    let folder = tempfile::tempdir().unwrap();
    let files = export_all(folder.path(), Format::Html);
    let again = folder.path().join("again");
    fs::create_dir(&again).unwrap();
    convert(&again, "odt:writer8", files.iter().map(|(_, path)| path));
    for (report, path) in &files {
        let odt = again.join(path.with_extension("odt").file_name().unwrap());
        let found = verify(
            &document(report),
            &read::read(&fs::read(odt).unwrap()).unwrap(),
        );
        assert_eq!(found.differences, [], "{}", path.display());
    }
}
