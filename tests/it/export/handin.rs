//! The folder that is handed in: whole and true, or not there at all.

use crate::support::{report, with_last};
use nianbao::check::{self, standings};
use nianbao::draft;
use nianbao::export::typeset::Faces;
use nianbao::handin::{
    FileKind, HandinError, MANIFEST, Manifest, SHEET, folder_name, make, open_points, sheet,
};
use nianbao::import;
use nianbao::report::{Edit, History, Notes, Reason, Report};
use nianbao::value::Value;
use nianbao::verify::verify;
use std::fs;
use std::path::Path;
use std::process::Command;

/// A report with last year's numbers, of which one relation does not hold and a second count no longer does.
fn truth() -> Report {
    let all = with_last(&report("hongze_2024"), &report("hongze_2023"));
    let mut history = History::new(all);
    let recount = draft::recount_of(history.report(), "李四", "2025-01-10".to_owned());
    let notes = Notes {
        recount: Some(recount),
        ..history.report().notes().clone()
    };
    history.apply(Edit::notes(history.report(), notes));
    history.report().clone()
}

fn changed(report: &Report, id: &str, value: Value) -> Report {
    let mut history = History::new(report.clone());
    let cell = report.form().find(id).unwrap();
    history.apply(Edit::cells(report, [(cell, value)]));
    history.report().clone()
}

fn made(report: &Report, folder: &Path) -> Result<nianbao::handin::HandedIn, HandinError> {
    make(report, folder, Faces::bundled(), &mut |_| true)
}

/// Everything that the sheet says, in one text.
fn said(report: &Report) -> String {
    let evaluation = check::evaluate(report);
    let document = sheet(report, &evaluation, &[]);
    let words = document.blocks.iter().map(|block| match block {
        nianbao::export::document::Block::Table(table) => {
            let cells = table.cells.iter().map(|cell| cell.text.as_str());
            cells.collect::<Vec<_>>().join("|")
        }
        block => block.text().unwrap_or_default().to_owned(),
    });
    words.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_folder_holds_what_its_manifest_says() {
    let truth = truth();
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join(folder_name(&truth));
    let done = made(&truth, &to).unwrap();
    let names: Vec<_> = fs::read_dir(&to)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    assert_eq!(names.len(), done.files.len());
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        1,
        "nothing is left beside it"
    );
    let manifest: Manifest =
        serde_json::from_str(&fs::read_to_string(to.join(MANIFEST)).unwrap()).unwrap();
    assert_eq!(manifest.files.len() + 1, names.len());
    for file in &manifest.files {
        let bytes = fs::read(to.join(&file.name)).unwrap();
        assert_eq!(nianbao::disk::sha256(&bytes), file.sha256, "{}", file.name);
        assert_eq!(bytes.len(), file.bytes);
    }
    let of = |kind| manifest.files.iter().filter(move |file| file.kind == kind);
    assert_eq!(of(FileKind::Report).count(), 5);
    assert_eq!(of(FileKind::Sheet).count(), 2);
    let own = of(FileKind::Draft).next().unwrap();
    assert!(draft::open(&to.join(&own.name)).unwrap() == truth);
    assert!(manifest.recount.unwrap().valid);
    // The sheet names each of them with its SHA-256, and is read back as it was written.
    let evaluation = check::evaluate(&truth);
    let before: Vec<_> = manifest
        .files
        .iter()
        .filter(|file| file.kind != FileKind::Sheet)
        .cloned()
        .collect();
    let document = sheet(&truth, &evaluation, &before);
    for ending in ["docx", "pdf"] {
        let source = import::source_of(&to.join(format!("{SHEET}.{ending}"))).unwrap();
        let found = verify(&document, &source);
        assert_eq!(found.differences, [], "{ending}");
        assert!(found.cells > 2 * before.len());
    }
    // The same folder each time.
    let again = folder.path().join("再来");
    made(&truth, &again).unwrap();
    for file in &done.files {
        let name = file.file_name().unwrap();
        assert_eq!(
            fs::read(file).unwrap(),
            fs::read(again.join(name)).unwrap(),
            "{name:?}"
        );
    }
}

#[test]
fn the_sheet_says_how_it_was_checked() {
    let truth = truth();
    let words = said(&truth);
    let form = truth.form();
    let evaluation = check::evaluate(&truth);
    let all = standings(&truth, &evaluation);
    assert!(all.len() > 20, "{}", all.len());
    for standing in &all {
        let relation = &form.relations[standing.relation];
        for (side, value) in [
            (&relation.left_words, standing.left),
            (&relation.right_words, standing.right),
        ] {
            let is_number = side.parse::<i64>().is_ok();
            let said = match (is_number, value.is_blank()) {
                (true, _) => format!("|{side}|"),
                (false, true) => format!("{side}：空白|"),
                (false, false) => format!("{side}：{value}|"),
            };
            assert!(words.contains(&said), "{said}");
        }
        assert!(words.contains(&format!("|{}|", relation.is.sign())));
    }
    let broken = all
        .iter()
        .filter(|standing| standing.holds == Some(false))
        .count();
    assert_eq!(words.matches("|不成立").count(), broken);
    assert!(words.contains("李四于 2025-01-10 把各表的数另打了一遍，与年报一致"));
    assert!(words.contains("上年数来自2021.docx（2023 年）"));
    for finding in &evaluation.findings {
        let message = finding.message(&truth, &evaluation);
        assert!(
            words.contains(&nianbao::export::document::clean(&message)),
            "{message}"
        );
    }
    // A number changes: the count is void and never said to hold, what no longer balances is named.
    let off = changed(&truth, "t3.r1.natural", Value::Count(4711));
    let words = said(&off);
    assert!(words.contains("已经失效") && !words.contains("与年报一致"));
    assert!(words.contains("：4711|") && words.contains("|不成立"));
    // A blank is not checked, and neither is what needs it.
    let blank = changed(&truth, "t3.r1.natural", Value::Blank);
    let words = said(&blank);
    assert!(words.contains("|没有检查") && words.contains("有空白"));
    let count = check::evaluate(&blank).unchecked_count();
    assert!(count > 0 && words.contains(&format!("“未检查 {count}”")));
    let alone = report("hongze_2024");
    let document = sheet(&alone, &check::evaluate(&alone), &[]);
    let report = "2024年政府信息公开工作年度报告";
    let lines = ["淮安市洪泽区人民政府", report, "审核情况表"];
    assert_eq!(document.title_lines(), lines);
    let words = said(&alone);
    assert!(words.contains("草稿里没有上年数") && words.contains("没有复核"));
}

#[test]
fn a_reason_settles_what_wants_one() {
    let truth = truth();
    let evaluation = check::evaluate(&truth);
    let open = open_points(&truth, &evaluation);
    let wanted = evaluation.findings.iter().position(|finding| {
        finding.wants_reason() && finding.reason.is_none() && !finding.unfilled
    });
    let nth = wanted.expect("something wants a reason");
    assert!(open.iter().any(|point| point.finding == Some(nth)));
    let finding = &evaluation.findings[nth];
    let key = finding.key(truth.form());
    let about = finding.evidence(&truth, &evaluation);
    let mut history = History::new(truth.clone());
    // As long as somebody may write it.
    let words = "上年并入别的单位。".repeat(400);
    let reason = Reason::new(&words, about);
    history.apply(Edit::reason(history.report(), &key, reason));
    let report = history.report();
    let after = open_points(report, &check::evaluate(report));
    assert_eq!(after.len(), open.len() - 1);
    assert!(said(report).contains("原因：上年并入别的单位"));
    let folder = tempfile::tempdir().unwrap();
    made(report, &folder.path().join("交件")).unwrap();
}

#[test]
fn a_failure_leaves_no_folder() {
    let truth = truth();
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("交件");
    let is_empty = || fs::read_dir(folder.path()).unwrap().next().is_none();
    // Given up at every step.
    for stop in 0..9 {
        let mut asked = 0;
        let made = make(&truth, &to, Faces::bundled(), &mut |_| {
            asked += 1;
            asked <= stop
        });
        assert!(matches!(made, Err(HandinError::GivenUp)), "{stop}");
        assert!(is_empty(), "{stop}");
    }
    // A file that says something else when it is read back.
    let spoilt = make(&truth, &to, Faces::bundled(), &mut |name| {
        if name.starts_with(SHEET) {
            return true;
        }
        // Somebody is faster and puts another file in its place.
        for entry in fs::read_dir(folder.path()).unwrap() {
            let _ = fs::write(entry.unwrap().path().join(name), "x");
        }
        true
    });
    assert!(spoilt.is_err() && is_empty(), "{spoilt:?}");
    // What is there stays as it is.
    fs::create_dir(&to).unwrap();
    fs::write(to.join("别的"), "x").unwrap();
    assert!(matches!(made(&truth, &to), Err(HandinError::Exists(_))));
    assert_eq!(fs::read_dir(&to).unwrap().count(), 1);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    fs::remove_file(to.join("别的")).unwrap();
    fs::remove_dir(&to).unwrap();
    fs::write(&to, "文件").unwrap();
    assert!(matches!(made(&truth, &to), Err(HandinError::Exists(_))));
    assert!(made(&truth, Path::new("/没有/这里/交件")).is_err());
}

#[test]
fn the_command_says_what_is_missing_and_makes_nothing_then() {
    let folder = tempfile::tempdir().unwrap();
    let draft = folder.path().join("年报.ron");
    draft::save(&report("hongze_2024"), &draft).unwrap();
    let to = folder.path().join("交件");
    let run = |more: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_nianbao"));
        command.arg("handin").arg(&draft).arg("-o").arg(&to);
        command.args(more).output().unwrap()
    };
    let refused = run(&[]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(refused.stdout.is_empty() && !to.exists());
    let words = String::from_utf8(refused.stderr).unwrap();
    assert!(
        words.contains("没有填：一、总体情况") && words.contains("--anyway"),
        "{words}"
    );
    let done = run(&["--anyway"]);
    assert_eq!(
        done.status.code(),
        Some(1),
        "something is missing all the same"
    );
    let files = String::from_utf8(done.stdout).unwrap();
    assert_eq!(files.lines().count(), 9);
    assert!(files.lines().all(|file| Path::new(file).is_file()));
    let again = run(&["--anyway"]);
    assert_eq!(again.status.code(), Some(2));
}
