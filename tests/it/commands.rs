//! The commands as scripts see them: output, exit status, and nothing else on standard output.

use crate::support::page;
use crate::support::{fixture, report};
use nianbao::export::Format;
use serde_json::Value as Json;
use std::path::Path;
use std::process::{Command, Output};

fn nianbao(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_nianbao"))
        .args(args)
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

fn draft_of(name: &str, folder: &Path) -> String {
    let path = folder.join(format!("{name}.ron"));
    nianbao::draft::save(&report(name), &path).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn check_prints_one_line_of_json_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let (bad, good) = (
        draft_of("pingtan_2020", folder.path()),
        draft_of("pingtan_2022", folder.path()),
    );
    let output = nianbao(&["check", &bad, &good, "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let lines: Vec<Json> = text(&output.stdout)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["file"], bad);
    assert_eq!(
        (&lines[0]["form"], &lines[0]["year"]),
        (&"2019".into(), &2020.into())
    );
    assert_eq!(
        lines[0]["verdict"],
        serde_json::json!({"error": 2, "query": 4, "hint": 0, "unchecked": 0})
    );
    let finding = &lines[0]["findings"][0];
    assert_eq!(finding["level"], "error");
    assert_eq!(finding["relation"], "T3-OUTCOME-SUM");
    assert_eq!(finding["cells"][0], "t3.r3_7.natural");
    assert_eq!(finding["cells"].as_array().unwrap().len(), 20);
    assert_eq!(
        (&finding["left"], &finding["right"], &finding["difference"]),
        (&"20".into(), &"26".into(), &"6".into())
    );
    assert_eq!(
        finding["message"],
        "表三 · 自然人 · 三（七）总计=20，（一）至（六）各项之和=26，差 6"
    );
    assert_eq!(lines[1]["verdict"]["error"], 0);
    assert_eq!(nianbao(&["check", &good]).status.code(), Some(0));
}

#[test]
fn an_unreadable_file_does_not_stop_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let good = draft_of("pingtan_2022", folder.path());
    let output = nianbao(&["check", "没有.ron", &good]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("没有.ron") && text(&output.stdout).contains("必改 0"));
}

/// What `check` says of these files one by one, put together.
fn checked_one_by_one(files: &[String], json: &[&str]) -> (Vec<u8>, Vec<u8>, i32) {
    let mut whole = (Vec::new(), Vec::new(), 0);
    for file in files {
        let output = nianbao(&[&["check", file], json].concat());
        whole.0.extend(output.stdout);
        whole.1.extend(output.stderr);
        whole.2 = whole.2.max(output.status.code().unwrap());
    }
    whole
}

#[test]
fn many_drafts_are_told_in_order_as_if_each_were_checked_alone() {
    let folder = tempfile::tempdir().unwrap();
    let names = ["pingtan_2022", "pingtan_2020", "hongze_2023"];
    let sources = names.map(|name| draft_of(name, folder.path()));
    let mut files = Vec::new();
    for nth in 0..60 {
        let file = folder.path().join(format!("{nth}.ron"));
        match nth % 7 {
            // Damaged, missing, and empty ones in between.
            3 => std::fs::write(&file, "(nianbao: 1, form: ").unwrap(),
            5 => {}
            6 => std::fs::write(&file, "").unwrap(),
            of => drop(std::fs::copy(&sources[of % sources.len()], &file).unwrap()),
        }
        files.push(file.to_str().unwrap().to_owned());
    }
    for json in [&[][..], &["--json"]] {
        let named: Vec<&str> = files.iter().map(String::as_str).collect();
        let output = nianbao(&[&["check"], &named[..], json].concat());
        let (out, err, status) = checked_one_by_one(&files, json);
        assert_eq!(text(&output.stdout), text(&out));
        assert_eq!(text(&output.stderr), text(&err));
        assert_eq!((output.status.code(), status), (Some(2), 2));
    }
}

#[test]
fn a_folder_stands_for_its_drafts_and_those_of_its_subfolders() {
    let folder = tempfile::tempdir().unwrap();
    let below = folder.path().join("乡镇/街道");
    std::fs::create_dir_all(&below).unwrap();
    let mut files = vec![
        draft_of("pingtan_2022", &below),
        draft_of("pingtan_2020", folder.path()),
        draft_of("hongze_2023", &folder.path().join("乡镇")),
    ];
    let upper = folder.path().join("Z.RON");
    std::fs::copy(&files[0], &upper).unwrap();
    files.push(upper.to_str().unwrap().to_owned());
    std::fs::write(folder.path().join("说明.txt"), "不是草稿").unwrap();
    files.sort_by_key(|file| Path::new(file).to_owned());
    #[cfg(unix)]
    std::os::unix::fs::symlink(folder.path(), below.join("回到开头")).unwrap();

    let output = nianbao(&["check", folder.path().to_str().unwrap(), "--json"]);
    let (out, err, status) = checked_one_by_one(&files, &["--json"]);
    assert_eq!(text(&output.stdout), text(&out));
    assert_eq!(text(&output.stderr), text(&err));
    assert_eq!(output.status.code(), Some(status));
}

#[test]
fn a_folder_without_drafts_is_not_passed() {
    let folder = tempfile::tempdir().unwrap();
    let good = draft_of("pingtan_2022", folder.path());
    let empty = folder.path().join("空的");
    std::fs::create_dir(&empty).unwrap();
    let output = nianbao(&["check", empty.to_str().unwrap(), &good]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("没有草稿") && text(&output.stderr).contains("空的"));
    assert!(text(&output.stdout).contains("必改 0"));
}

#[test]
fn a_reader_that_leaves_ends_a_long_check() {
    use std::io::Read as _;
    let folder = tempfile::tempdir().unwrap();
    let draft = draft_of("pingtan_2020", folder.path());
    for nth in 0..400 {
        std::fs::copy(&draft, folder.path().join(format!("{nth}.ron"))).unwrap();
    }
    let mut child = Command::new(env!("CARGO_BIN_EXE_nianbao"))
        .args(["check", folder.path().to_str().unwrap()])
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 16];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let since = std::time::Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if since.elapsed().as_secs() > 30 {
            child.kill().unwrap();
            panic!("it still runs though nobody reads");
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    };
    assert_eq!(status.code(), Some(0));
}

#[test]
fn import_keeps_the_rest_and_names_what_has_no_place() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("洪泽.ron");
    let from = fixture("reports/hongze_2023.json");
    let output = nianbao(&["import", from.to_str().unwrap(), "-o", to.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(text(&output.stdout), "");
    for column in [
        "natural", "biz", "research", "welfare", "legal", "other", "total",
    ] {
        assert!(text(&output.stderr).contains(&format!(
            "t3.r3_6.{column}\t0\t2021年格式没有这一格，它属于2019年格式"
        )));
    }
    assert_eq!(nianbao::draft::open(&to).unwrap(), report("hongze_2023"));

    let fine = nianbao(&[
        "import",
        fixture("reports/pingtan_2022.json").to_str().unwrap(),
    ]);
    assert_eq!(fine.status.code(), Some(0));
    assert_eq!(
        nianbao::draft::from_text(text(&fine.stdout)).unwrap(),
        report("pingtan_2022")
    );
}

#[test]
fn json_goes_out_and_comes_in_again() {
    let folder = tempfile::tempdir().unwrap();
    let draft = draft_of("pingtan_2020", folder.path());
    let output = nianbao(&["export", &draft, "--to", "json"]);
    assert_eq!(output.status.code(), Some(0));
    let json: Json = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["cells"]["t3.r3_7.natural"], 26);
    assert_eq!(json["cells"]["t2.procurement.amount"], Json::Null);
    assert_eq!(
        json["stated"],
        serde_json::json!({"t3.r3_7.natural": 20, "t3.r3_7.total": 21})
    );
    assert_eq!(
        json["texts"]
            .as_object()
            .unwrap()
            .keys()
            .collect::<Vec<_>>(),
        ["s1", "s5", "s6"]
    );
    let file = folder.path().join("a.json");
    std::fs::write(&file, &output.stdout).unwrap();
    let again = folder.path().join("b.ron");
    let import = nianbao(&[
        "import",
        file.to_str().unwrap(),
        "-o",
        again.to_str().unwrap(),
    ]);
    assert_eq!((import.status.code(), text(&import.stderr)), (Some(0), ""));
    assert_eq!(
        nianbao::draft::open(&again).unwrap(),
        report("pingtan_2020")
    );
    let to_json = nianbao(&["import", file.to_str().unwrap(), "--to", "json"]);
    assert_eq!(to_json.stdout, output.stdout);
}

#[test]
fn amounts_of_any_notation_keep_their_digits() {
    let json = r#"{"year": 2024, "organ": "某局", "cells": {"t2.fee.amount": 72701.2578, "t3.r1.natural": 3440.0, "t3.r1.biz": 2.5, "t3.r1.other": " ", "t3.r2.natural": "/"}}"#;
    let imported = nianbao::import::from_json(json).unwrap();
    let report = &imported.report;
    let value = |id: &str| report.value(report.form().find(id).unwrap()).to_string();
    assert_eq!(value("t2.fee.amount"), "72701.2578");
    assert_eq!(value("t3.r1.natural"), "3440");
    assert_eq!(value("t3.r1.other"), "");
    let refused: Vec<_> = imported
        .not_placed
        .iter()
        .map(|cell| cell.id.as_str())
        .collect();
    assert_eq!(refused, ["t3.r1.biz", "t3.r2.natural"]);
}

#[test]
fn html_holds_every_label_and_number_escaped() {
    use nianbao::report::{Edit, History};
    let mut history = History::new(report("pingtan_2022"));
    let s1 = history.report().form().find_text("s1").unwrap();
    history.apply(Edit::text(history.report(), s1, "一段 <b>&\"'\n\n二段"));
    history.apply(Edit::organ(history.report(), "<script>alert(1)</script>局"));
    let html = page(history.report());
    assert_eq!(html.matches("<table").count(), 3);
    assert_eq!(html.matches("<script").count(), 0);
    assert!(html.contains("一段 &lt;b&gt;&amp;&quot;&#39;</p>") && html.contains("二段</p>"));
    let form = history.report().form();
    let words_on_lines = html.replace("<br>", "");
    for table in &form.tables {
        for cell in &table.grid.cells {
            if let Some(words) = cell.content.words() {
                assert!(
                    words_on_lines.contains(&format!(">{}<", words.replace('\n', ""))),
                    "{words}"
                );
            }
        }
        let spans = table.grid.cells.iter().filter(|cell| cell.rows > 1).count();
        assert!(html.matches("rowspan=").count() >= spans);
    }
    assert!(html.contains(">9116.36</td>") && html.contains(">10690</td>"));
    for section in &form.sections {
        assert!(html.contains(&format!("　{}</h2>", section.heading)));
    }
}

#[test]
fn misuse_is_told_in_chinese_with_status_2() {
    for args in [
        &["check"][..],
        &["export", "a.ron"],
        &["export", "a.ron", "--to", "doc"],
        &["export", "--to", "html"],
        &["check", "--nonsense", "a.ron"],
        &["import", "a.json", "b.json"],
        &["import", "a.json", "-o"],
        &["frobnicate", "a.ron"],
    ] {
        let output = nianbao(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(
            output.stdout.is_empty() && text(&output.stderr).contains("用法见 nianbao --help"),
            "{args:?}"
        );
    }
    let help = nianbao(&["--help"]);
    assert_eq!(help.status.code(), Some(0));
    for word in ["check", "export", "import", "退出状态", "年报填报"] {
        assert!(text(&help.stdout).contains(word));
    }
    assert!(text(&nianbao(&["--version"]).stdout).starts_with("nianbao "));
}

#[test]
fn an_export_that_cannot_be_written_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let draft = draft_of("pingtan_2022", folder.path());
    let to = folder.path().join("没有").join("a.html");
    let output = nianbao(&["export", &draft, "--to", "html", "-o", to.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        text(&output.stderr).contains("没有导出成功") && text(&output.stderr).contains("a.html")
    );
}

#[test]
fn totals_beyond_all_bounds_are_named() {
    let json = r#"{"year": 2024, "organ": "某局", "cells": {"t3.r1.natural": 5},
        "stated": {"t3.r1.total": 9000000000000000}}"#;
    let imported = nianbao::import::from_json(json).unwrap();
    let refused: Vec<_> = imported
        .not_placed
        .iter()
        .map(|cell| (cell.id.as_str(), cell.content.as_str()))
        .collect();
    assert_eq!(refused, [("t3.r1.total", "9000000000000000")]);
    let text = nianbao::draft::to_text(&imported.report);
    assert_eq!(nianbao::draft::from_text(&text).unwrap(), imported.report);
}

#[test]
fn an_export_over_the_draft_itself_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let draft = draft_of("pingtan_2022", folder.path());
    let output = nianbao(&["export", &draft, "--to", "html", "-o", &draft]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        nianbao::draft::open(Path::new(&draft)).unwrap(),
        report("pingtan_2022")
    );
}

#[test]
fn two_drafts_are_compared_cell_by_cell() {
    use nianbao::report::{Edit, History};
    use nianbao::value::Value;
    let folder = tempfile::tempdir().unwrap();
    let old = report("hongze_2023");
    let form = old.form().clone();
    let mut history = History::new(old.clone());
    let cell = form.find("t3.r3_1.natural").unwrap();
    history.apply(Edit::cells(&old, [(cell, Value::Count(9))]));
    let s5 = form.find_text("s5").unwrap();
    history.apply(Edit::text(history.report(), s5, "一段。\n二段。"));
    let (a, b) = (folder.path().join("a.ron"), folder.path().join("b.ron"));
    nianbao::draft::save(&old, &a).unwrap();
    nianbao::draft::save(history.report(), &b).unwrap();
    let run = |args: &[&str]| {
        let output = nianbao(args);
        (output.status.code(), text(&output.stdout).to_owned())
    };
    let (a, b) = (a.to_str().unwrap(), b.to_str().unwrap());
    assert_eq!(
        run(&["diff", a, a]),
        (Some(0), "两份草稿内容相同\n".to_owned())
    );
    let (status, out) = run(&["diff", a, b]);
    assert_eq!(status, Some(1));
    assert!(
        out.contains("表三 · （一）予以公开 · 自然人：0 → 9") && out.contains("  + 二段。"),
        "{out}"
    );
    let (_, json) = run(&["diff", a, b, "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let cells: Vec<&str> = json["cells"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| c["cell"].as_str().unwrap())
        .collect();
    // The cell, and the total over it; those of （七） are the printed ones, since rows of them are not there.
    assert_eq!(cells, ["t3.r3_1.natural", "t3.r3_1.total"]);
    assert_eq!(json["texts"][0]["b"], "一段。\n二段。");
    assert_eq!(run(&["diff", a, "没有.ron"]).0, Some(2));
}

#[test]
fn an_import_never_goes_over_another_draft() {
    let folder = tempfile::tempdir().unwrap();
    let draft = draft_of("pingtan_2022", folder.path());
    let before = std::fs::read(&draft).unwrap();
    let other = fixture("reports/pingtan_2021.json");
    let output = nianbao(&["import", other.to_str().unwrap(), "-o", &draft]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("-o 写的文件已经有了"));
    assert_eq!(std::fs::read(&draft).unwrap(), before);
    // The same once more is no harm.
    let same = fixture("reports/pingtan_2022.json");
    let output = nianbao(&["import", same.to_str().unwrap(), "-o", &draft]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
}

#[test]
fn next_begins_the_year_after_any_report() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("2021.ron");
    let from = fixture("reports/pingtan_2020.json");
    let output = nianbao(&["next", from.to_str().unwrap(), "-o", to.to_str().unwrap()]);
    // One amount of that report is no number and is named.
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    assert_eq!(text(&output.stdout), "");
    assert!(text(&output.stderr).contains("格式由2019年格式换成2021年格式"));
    let new = nianbao::draft::open(&to).unwrap();
    let prior = new.prior().unwrap();
    assert_eq!((new.year(), prior.figures.year()), (2021, 2020));
    assert_eq!(prior.source, "pingtan_2020.json");
    assert_eq!(prior.sha256.len(), 64);
    // Last year's draft is never written over by the new one.
    let itself = nianbao(&["next", to.to_str().unwrap(), "-o", to.to_str().unwrap()]);
    assert_eq!(itself.status.code(), Some(2));
    assert_eq!(nianbao::draft::open(&to).unwrap(), new);
    assert_eq!(nianbao(&["next", "没有.docx"]).status.code(), Some(2));
}

/// Exit status, result, and what is told.
fn said_by(args: &[&str]) -> (i32, String, String) {
    let output = nianbao(args);
    let [result, told] = [&output.stdout, &output.stderr].map(|bytes| text(bytes).to_owned());
    (output.status.code().unwrap(), result, told)
}

/// No output goes over its own source, a draft, a backup of one, or what is no file.
#[test]
fn outputs_never_go_over_sources_drafts_or_devices() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let json = at("年报.json");
    std::fs::copy(fixture("reports/pingtan_2022.json"), &json).unwrap();
    let draft = at("年报.ron");
    nianbao::draft::save(&report("pingtan_2022"), &draft).unwrap();
    let renamed = at("年报副本.txt");
    std::fs::copy(&draft, &renamed).unwrap();
    let backup = at("年报.ron.bak");
    std::fs::copy(&draft, &backup).unwrap();
    let pipe = std::path::PathBuf::from("/dev/null");
    let json_text = json.to_string_lossy().into_owned();
    let draft_text = draft.to_string_lossy().into_owned();
    let cases = [
        (
            vec!["import", &json_text, "--to", "json"],
            vec![&json, &draft, &renamed, &backup],
        ),
        (vec!["import", &json_text], vec![&json, &backup]),
        (
            vec!["export", &draft_text, "--to", "html"],
            vec![&draft, &renamed, &backup],
        ),
        (
            vec!["export", &draft_text, "--to", "json"],
            vec![&draft, &renamed, &backup],
        ),
        (vec!["next", &draft_text], vec![&draft, &backup]),
    ];
    for (words, outputs) in cases {
        let devices = pipe.exists().then_some(&pipe);
        for output in outputs.into_iter().chain(devices) {
            let before = std::fs::read(output).unwrap();
            let to = output.to_string_lossy();
            let mut words = words.clone();
            words.extend(["-o", &to]);
            let (status, _, said) = said_by(&words);
            assert_eq!(status, 2, "{words:?}: {said}");
            assert!(said.contains("-o 写的"), "{words:?}: {said}");
            assert_eq!(std::fs::read(output).unwrap(), before, "{words:?}");
        }
    }
}

/// Where a file does not say its year, it is asked for.
#[test]
fn the_year_that_a_file_lacks_is_asked_for() {
    let file = fixture("cases/c14_no_year_anywhere.txt");
    let file = file.to_string_lossy();
    let (status, out, said) = said_by(&["import", &file, "--to", "json"]);
    assert_eq!(status, 1);
    assert!(out.contains("\"year\":null"), "{out}");
    assert!(said.contains("没有在文件里找到年度"), "{said}");
    let (status, out, said) = said_by(&["import", &file]);
    assert_eq!((status, out.as_str()), (2, ""));
    assert!(said.contains("--year"), "{said}");
    let (status, out, _) = said_by(&["import", &file, "--to", "json", "--year", "2023"]);
    assert_eq!(status, 1);
    assert!(out.contains("\"year\":2023"), "{out}");
}

/// Names and contents of a folder.
fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut all: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            (name, std::fs::read(entry.path()).unwrap())
        })
        .collect();
    all.sort();
    all
}

#[test]
fn many_drafts_are_exported_in_order_to_many_formats() {
    let folder = tempfile::tempdir().unwrap();
    let (a, b) = (
        draft_of("pingtan_2022", folder.path()),
        draft_of("hongze_2024", folder.path()),
    );
    // The same report under another name, and one that is none.
    let twin = folder.path().join("twin.ron");
    std::fs::copy(&a, &twin).unwrap();
    let twin = twin.to_str().unwrap();
    let to = folder.path().join("out");
    let to_text = to.to_str().unwrap();
    let args = [
        "export",
        &a,
        "没有.ron",
        &b,
        twin,
        &a,
        "--to",
        "all",
        "-o",
        to_text,
    ];
    let output = nianbao(&args);
    assert_eq!(output.status.code(), Some(2));
    let (said, complained) = (text(&output.stdout), text(&output.stderr));
    assert!(
        complained.contains("没有.ron") && complained.contains("（2）"),
        "{complained}"
    );
    let stem = |name: &str| nianbao::export::file_stem(&report(name));
    let (first, second) = (stem("pingtan_2022"), stem("hongze_2024"));
    let mut wanted = Vec::new();
    for stem in [&first, &second, &format!("{first}（2）")] {
        for format in Format::OFFICIAL {
            wanted.push(to.join(format!("{stem}.{}", format.name())));
        }
    }
    let lines: Vec<_> = said.lines().map(std::path::PathBuf::from).collect();
    assert_eq!(lines, wanted);
    assert_eq!(contents(&to).len(), wanted.len());
    for file in &wanted[..5] {
        let output = nianbao(&["verify", file.to_str().unwrap(), &a]);
        assert_eq!(output.status.code(), Some(0), "{file:?}");
    }
    // The same bytes as one by one.
    let alone = nianbao(&["export", &b, "--to", "docx"]);
    assert_eq!(std::fs::read(&wanted[5]).unwrap(), alone.stdout);
    // Nothing that is there is replaced unless it is said so.
    let before = contents(&to);
    let again = nianbao(&["export", &b, "--to", "docx,html,json", "-o", to_text]);
    assert_eq!(again.status.code(), Some(2));
    assert!(text(&again.stderr).contains("--replace"));
    let json = to.join(format!("{second}.json"));
    assert_eq!(text(&again.stdout).trim(), json.to_str().unwrap());
    std::fs::remove_file(&json).unwrap();
    assert_eq!(contents(&to), before);
    std::fs::write(&wanted[5], "x").unwrap();
    let replaced = nianbao(&["export", &b, "--to", "docx", "-o", to_text, "--replace"]);
    assert_eq!(
        replaced.status.code(),
        Some(0),
        "{}",
        text(&replaced.stderr)
    );
    assert_eq!(contents(&to), before);
    // Where a file is named, it is a file.
    let one = folder.path().join("一份.docx");
    for _ in 0..2 {
        let one = one.to_str().unwrap();
        let output = nianbao(&["export", &b, "--to", "docx", "-o", one, "--replace"]);
        assert_eq!(output.status.code(), Some(0));
    }
    assert_eq!(std::fs::read(&one).unwrap(), alone.stdout);
}

#[test]
fn the_drafts_of_a_folder_are_exported() {
    let folder = tempfile::tempdir().unwrap();
    draft_of("pingtan_2022", folder.path());
    draft_of("hongze_2024", folder.path());
    let to = folder.path().join("out");
    let (from, to_text) = (folder.path().to_str().unwrap(), to.to_str().unwrap());
    let output = nianbao(&["export", from, "--to", "html", "-o", to_text]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert_eq!(contents(&to).len(), 2);
    let empty = nianbao(&["export", to_text, "--to", "html,json", "-o", to_text]);
    assert_eq!(empty.status.code(), Some(2));
    assert!(text(&empty.stderr).contains("没有导出：这个文件夹里没有草稿"));
    for wrong in [
        vec!["export", from, "--to", "html,doc", "-o", to_text],
        vec!["export", from, from, "--to", "html"],
        vec!["check", from, "--replace"],
    ] {
        assert_eq!(nianbao(&wrong).status.code(), Some(2), "{wrong:?}");
    }
}
