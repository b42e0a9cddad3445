//! Drafts on disk: readable, exact, atomic, and never half-understood.

use crate::form::values::any_value;
use crate::support::{fixture, published, report};
use nianbao::disk::Before;
use nianbao::draft::{self, Problem};
use nianbao::form::{self, TextIx};
use nianbao::report::{Decided, Decision, Edit, History, Link, Notes, Recount, Report, Signature};
use nianbao::value::Value;
use proptest::prelude::*;
use std::fs;

/// Any report of either form.
fn any_report() -> impl Strategy<Value = Report> {
    let one = |id: &'static str, year: i32| {
        let form = form::by_id(id).unwrap();
        let values: Vec<_> = form.cells.iter().map(|cell| any_value(cell.kind)).collect();
        let stated = proptest::collection::vec(
            (0..form.cells.len(), any_value(nianbao::value::Kind::Count)),
            0..4,
        );
        let texts = proptest::collection::vec(
            "(\\PC|[\n\t\"\\\\()\\[\\]{}《》<&'=+@鄠甪]){0,40}",
            form.texts.len(),
        );
        (values, stated, texts, "\\PC{0,20}", any::<bool>()).prop_map(
            move |(values, stated, texts, organ, addition)| {
                let mut history = History::new(Report::new(form.clone(), organ, year));
                if let Some(ix) = form.find_addition("changchun") {
                    history.apply(Edit::addition(history.report(), ix, addition));
                }
                let cells = form
                    .indexed_cells()
                    .map(|(ix, _)| ix)
                    .zip(values)
                    .filter(|(ix, _)| history.report().shows(*ix));
                history.apply(Edit::cells(history.report(), cells.collect::<Vec<_>>()));
                for (at, value) in stated {
                    let (ix, _) = form.indexed_cells().nth(at).unwrap();
                    history.apply(Edit::stated(
                        history.report(),
                        ix,
                        (!value.is_blank()).then_some(value),
                    ));
                }
                for ((ix, _), text) in form.indexed_texts().zip(texts) {
                    history.apply(Edit::text(history.report(), ix, &text));
                }
                history.report().clone()
            },
        )
    };
    prop_oneof![one("2019", 2020), one("2021", 2024)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_saved_is_what_is_opened(report in any_report()) {
        let text = draft::to_text(&report);
        prop_assert_eq!(&draft::from_text(&text).unwrap(), &report);
        // Notepad and some version control systems change line ends; nothing else may change with them.
        prop_assert_eq!(&draft::from_text(&text.replace('\n', "\r\n")).unwrap(), &report);
    }

    #[test]
    fn json_out_and_in_again_is_the_same(report in any_report()) {
        let evaluation = nianbao::check::evaluate(&report);
        let imported = nianbao::import::from_json(&nianbao::export::to_json(&report, &evaluation)).unwrap();
        prop_assert_eq!(imported.not_placed, vec![]);
        let again = imported.report;
        for cell in report.cells() {
            prop_assert_eq!(again.value(cell), report.value(cell));
            prop_assert!(nianbao::check::evaluate(&again).effective(cell).same_number(evaluation.effective(cell)));
        }
        for (text, _) in report.form().indexed_texts() {
            prop_assert_eq!(again.text(text), report.text(text));
        }
        prop_assert_eq!(again.organ(), report.organ().trim());
    }

    /// A draft cut short anywhere, or with a byte changed, is refused or says what it said; it never panics.
    #[test]
    fn damage_is_refused_or_harmless(at in 0.0..1.0f64, byte in 32u8..127) {
        let text = draft::to_text(&report("pingtan_2022"));
        let mut cut = (text.trim_end().len() as f64 * at) as usize;
        while !text.is_char_boundary(cut) {
            cut -= 1;
        }
        prop_assert!(draft::from_text(&text[..cut]).is_err());
        let mut bytes = text.clone().into_bytes();
        bytes[cut.min(text.len() - 1)] = byte;
        if let Ok(changed) = String::from_utf8(bytes) {
            let _ = draft::from_text(&changed);
        }
    }
}

#[test]
fn a_draft_is_readable_and_in_fixed_order() {
    let text = draft::to_text(&report("pingtan_2022"));
    assert!(text.starts_with("(\n    nianbao: 1,\n    form: \"2021\",\n    year: 2022,\n    organ: \"平潭综合实验区管委会\",\n"));
    assert!(text.contains("\n            \"r1\":     (natural: 71, biz: 3, research: 0, welfare: 0, legal: 0, other: 0),\n"));
    assert!(text.contains("\n            \"fee\":      (amount: \"9116.36\"),\n"));
    assert!(!text.contains("total"));
    let stated = draft::to_text(&report("pingtan_2020"));
    assert!(stated.contains(
        "    stated: {\n        \"t3.r3_7.natural\": 20,\n        \"t3.r3_7.total\": 21,\n    },\n"
    ));
}

#[test]
fn all_published_reports_survive_saving() {
    let folder = tempfile::tempdir().unwrap();
    for (name, imported) in published() {
        let path = folder.path().join(format!("{name}.ron"));
        draft::save(&imported.report, &path).unwrap();
        assert_eq!(draft::open(&path).unwrap(), imported.report, "{name}");
    }
}

#[test]
fn saving_keeps_the_previous_state_as_a_backup() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("年报 一.ron");
    let (first, second) = (report("pingtan_2021"), report("pingtan_2022"));
    assert!(matches!(
        draft::save(&first, &path).unwrap().before,
        Before::Nothing
    ));
    let saved = draft::save(&second, &path).unwrap();
    assert_eq!(draft::open(&path).unwrap(), second);
    let Before::Kept(backup) = saved.before else {
        panic!("{:?}", saved.before)
    };
    assert_eq!(draft::open(&backup).unwrap(), first);
    draft::save(&first, &path).unwrap();
    assert_eq!(draft::open(&draft::backup_path(&path)).unwrap(), second);
    let names: Vec<_> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(names.len(), 2, "no passing files are left: {names:?}");
}

#[test]
fn a_read_only_file_or_missing_folder_is_told_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.ron");
    draft::save(&report("pingtan_2021"), &path).unwrap();
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).unwrap();
    let before = fs::read(&path).unwrap();
    let error = draft::save(&report("pingtan_2022"), &path)
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("没有权限") && error.contains("a.ron"),
        "{error}"
    );
    assert_eq!(fs::read(&path).unwrap(), before);
    let gone = folder.path().join("没有").join("b.ron");
    let error = draft::save(&report("pingtan_2022"), &gone)
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("不存在") && error.contains("另存到别处"),
        "{error}"
    );
    let error = draft::save(&report("pingtan_2022"), folder.path())
        .unwrap_err()
        .to_string();
    assert!(error.contains("文件夹"), "{error}");
}

#[cfg(unix)]
#[test]
fn a_link_is_followed_and_the_file_stays_readable_for_others() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let (file, link) = (folder.path().join("真.ron"), folder.path().join("链.ron"));
    draft::save(&report("pingtan_2021"), &file).unwrap();
    assert_eq!(
        fs::metadata(&file).unwrap().permissions().mode() & 0o444,
        0o444 & !current_umask()
    );
    std::os::unix::fs::symlink(&file, &link).unwrap();
    draft::save(&report("pingtan_2022"), &link).unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(draft::open(&file).unwrap(), report("pingtan_2022"));
}

#[cfg(unix)]
fn current_umask() -> u32 {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("probe");
    fs::write(&path, "").unwrap();
    0o666 & !fs::metadata(&path).unwrap().permissions().mode()
}

/// What is changed in a sound draft, the words of the complaint, and the text on whose line it points.
#[test]
fn what_is_not_understood_is_refused_with_its_line() {
    let sound = draft::to_text(&report("pingtan_2020"));
    let cases = [
        ("organ:", "organs:", "没有名为“organs”的项目", "organs:"),
        ("other: 1)", "otter: 1)", "没有单元格“t3.r1.otter”", "otter"),
        ("\"r3_2\":", "\"r3_1\":", "“r3_1”出现了两次", ""),
        (
            "natural: 20, biz",
            "natural: 20, natural: 3, biz",
            "“natural”出现了两次",
            "",
        ),
        ("(natural: 20", "(natural: \"二十\"", "应是整数", "二十"),
        (
            "(natural: 20",
            "(natural: 20.5",
            "小数 20.5 要写在引号里",
            "20.5",
        ),
        (
            "(natural: 20",
            "(total: 1, natural: 20",
            "由程序计算",
            "(total: 1",
        ),
        (
            "\"t3.r3_7.natural\"",
            "\"t3.r1.natural\"",
            "不是程序计算的总计",
            "\"t3.r1.natural\": 20",
        ),
        (
            "\"t3.r3_7.natural\": 20",
            "\"t3.r3_7.natural\": None",
            "不能是空白",
            "\"t3.r3_7.natural\": None",
        ),
        ("\"s5\": []", "\"s7\": []", "没有正文“s7”", "\"s7\""),
        (
            "form: \"2019\"",
            "form: \"2040\"",
            "没有“2040”这种年报格式",
            "\"2040\"",
        ),
        (
            "texts: {",
            "additions: [\"mars\"], texts: {",
            "没有附加行“mars”",
            "\"mars\"",
        ),
        (
            "(natural: 20",
            "(natural: 99999999999999",
            "应是整数",
            "99999999999999",
        ),
        (")\n", "", "", ""),
    ];
    for (good, bad, words, place) in cases {
        let at = if good == ")\n" {
            sound.len() - 2
        } else {
            sound.find(good).unwrap_or_else(|| panic!("{good}"))
        };
        let text = format!("{}{bad}{}", &sound[..at], &sound[at + good.len()..]);
        let error = draft::from_text(&text).expect_err(bad);
        assert!(error.to_string().contains(words), "{bad}: {error}");
        if !place.is_empty() {
            let line = text[..text.find(place).unwrap()].matches('\n').count() + 1;
            let told = match error {
                Problem::Damaged { line, .. } | Problem::UnknownForm { line, .. } => line,
                other => panic!("{bad}: {other}"),
            };
            assert_eq!(told, line, "{bad}");
        }
    }
}

#[test]
fn newer_foreign_and_binary_files_are_told_apart() {
    let text = draft::to_text(&report("pingtan_2022"));
    let newer = text
        .replace("nianbao: 1", "nianbao: 3")
        .replace("form:", "shape: 3,\n    form:");
    assert!(matches!(draft::from_text(&newer), Err(Problem::Newer(3))));
    for foreign in [
        "",
        "(a: 1)",
        "你好",
        "[1, 2]",
        "{\"form\":\"2021\"}",
        "<html></html>",
    ] {
        assert!(
            matches!(draft::from_text(foreign), Err(Problem::Foreign)),
            "{foreign}: {:?}",
            draft::from_text(foreign)
        );
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.ron");
    fs::write(&path, [0xD0, 0xCF, 0x11, 0xE0, 0xFF, 0xFE]).unwrap();
    let error = draft::open(&path).unwrap_err();
    assert!(matches!(error.what, Problem::NotText));
    assert!(error.to_string().contains("a.ron"));
    assert!(matches!(
        draft::open(folder.path()).unwrap_err().what,
        Problem::Read(_)
    ));
    assert!(matches!(
        draft::open(&folder.path().join("没有")).unwrap_err().what,
        Problem::Read(_)
    ));
    let with_mark = format!("\u{FEFF}{text}");
    fs::write(&path, with_mark).unwrap();
    assert_eq!(draft::open(&path).unwrap(), report("pingtan_2022"));
}

/// A draft that lies here since the first version must open for ever.
#[test]
fn the_first_version_opens() {
    let opened = draft::open(&fixture("drafts/v1.ron")).unwrap();
    assert_eq!(opened.organ(), "长春市九台区兴隆街道办事处");
    assert_eq!(
        opened.value(opened.form().find("t2.fee.items_delta").unwrap()),
        Value::Count(-2)
    );
    assert_eq!(
        opened
            .value(opened.form().find("t2.procurement.amount").unwrap())
            .to_string(),
        "251000.50"
    );
    assert_eq!(
        opened.stated(opened.form().find("t3.r1.total").unwrap()),
        Some(Value::Count(7))
    );
    assert!(
        opened
            .value(opened.form().find("t3.r4.other").unwrap())
            .is_blank()
    );
}

/// A report with every kind of note beside it.
fn noted() -> Report {
    let report = report("pingtan_2022");
    let text = report.form().find_text("s1").unwrap();
    report
        .with(|report| Edit::text(report, text, "全年收到申请97件，办结21件。"))
        .with(|report| {
            let words = report.text(text);
            let link = |digits: &str, of: &str| {
                let start = words.find(digits).unwrap();
                Link {
                    at: start..start + digits.len(),
                    of: report.form().find_sum(of).unwrap(),
                }
            };
            let links = vec![link("97", "t3.r1.total"), link("21", "t3.r3_1.total")];
            Edit::links(report, text, links)
        })
        .with(|report| {
            let decision = Decision {
                is: Decided::NotOfTheTables,
                about: "“21件”".to_owned(),
            };
            let recount = Recount {
                name: "王芳".to_owned(),
                date: "2023-01-12".to_owned(),
                sha256: "00ff".to_owned(),
            };
            let notes = Notes {
                decisions: [("TEXT@s1·21件".to_owned(), decision)].into(),
                recount: Some(recount),
                checklist: ["s1.open".to_owned()].into(),
                signature: Some(Signature {
                    organ: "某县财政局".to_owned(),
                    date: "2023年1月12日".to_owned(),
                }),
                form_sha256: Some("abcd".to_owned()),
            };
            Edit::notes(report, notes)
        })
}

fn text_s1(report: &Report) -> TextIx {
    report.form().find_text("s1").unwrap()
}

#[test]
fn what_is_noted_beside_a_report_is_version_2_and_comes_back_whole() {
    let noted = noted();
    let text = draft::to_text(&noted);
    assert!(text.starts_with("(\n    nianbao: 2,\n"), "{text}");
    assert!(text.contains("(at: 6, digits: \"97\", of: \"t3.r1.total\"),"));
    let back = draft::from_text(&text).unwrap();
    assert_eq!(back, noted);
    assert_eq!(draft::to_text(&back), text);
    // Without notes, programs of the first version still open it.
    let plain = back.with(|report| Edit::notes(report, Notes::default()));
    let plain = plain.with(|report| Edit::links(report, text_s1(report), Vec::new()));
    assert!(draft::to_text(&plain).starts_with("(\n    nianbao: 1,\n"));
}

#[test]
fn a_draft_says_only_what_its_version_knows() {
    let text = draft::to_text(&noted());
    for (from, to, line) in [
        ("nianbao: 2", "nianbao: 1", "form_sha256"),
        ("of: \"t3.r1.total\"", "of: \"t3.r1.sum\"", "t3.r1.sum"),
        ("\"not_of_the_tables\"", "\"never\"", "never"),
    ] {
        let changed = text.replace(from, to);
        match draft::from_text(&changed) {
            Err(Problem::Damaged { reason, .. }) => assert!(reason.contains(line), "{reason}"),
            other => panic!("{to}: {other:?}"),
        }
    }
    let collection = "(\n    nianbao_collection: 1,\n    county: \"某县\",\n)";
    assert!(matches!(
        draft::from_text(collection),
        Err(Problem::Collection)
    ));
}

#[test]
fn many_keys_take_no_longer_than_their_number() {
    let keys = |count: usize| -> String { (0..count).map(|n| format!("\"k{n}\": 0,\n")).collect() };
    let text = draft::to_text(&report("pingtan_2022"));
    let stated = format!("    stated: {{\n{}    }},\n)", keys(60_000));
    let long = text.trim_end().trim_end_matches(')').to_owned() + &stated;
    match draft::from_text(&long) {
        Err(Problem::Damaged { reason, .. }) => assert!(reason.contains("k0"), "{reason}"),
        other => panic!("{other:?}"),
    }
    let twice = long.replace("\"k59999\"", "\"k0\"");
    match draft::from_text(&twice) {
        Err(Problem::Damaged { reason, .. }) => assert!(reason.contains("出现了两次"), "{reason}"),
        other => panic!("{other:?}"),
    }
}

/// An organ's name stands in titles and file names: it is on one line, whatever a file says.
#[test]
fn an_organ_of_two_lines_is_put_on_one() {
    let path = fixture("drafts/organ_of_two_lines.ron");
    let opened = draft::open(&path).unwrap();
    assert_eq!(opened.organ(), "机关 二行");
    let renamed = opened
        .clone()
        .with(|report| Edit::organ(report, "甲\r\n乙\u{2028}丙"));
    assert_eq!(renamed.organ(), "甲 乙 丙");
    let folder = tempfile::tempdir().unwrap();
    let program = || std::process::Command::new(env!("CARGO_BIN_EXE_nianbao"));
    for format in ["docx", "pdf", "html", "xlsx"] {
        let out = folder.path().join(format!("年报.{format}"));
        let export = program()
            .arg("export")
            .arg(&path)
            .args(["--to", format, "-o"])
            .arg(&out)
            .output();
        let export = export.unwrap();
        assert!(
            export.status.success(),
            "{}",
            String::from_utf8_lossy(&export.stderr)
        );
        let verify = program()
            .arg("verify")
            .arg(&out)
            .arg(&path)
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&verify.stdout);
        assert!(verify.status.success(), "{format}: {told}");
    }
}

/// Files of very many parts are read, or refused, in a time that grows as they do.
#[test]
fn a_draft_of_forty_thousand_keys_is_read_or_refused() {
    const MANY: usize = 40_000;
    let keys = |of: &dyn Fn(usize) -> String| (0..MANY).map(of).collect::<Vec<_>>().join(",");
    let file = |texts: &str, more: &str| {
        format!(
            "(nianbao: 2, form: \"2021\", year: 2022, organ: \"x\", texts: {{{texts}}}, tables: {{}}, {more})"
        )
    };
    let unknown = [
        file(&keys(&|n| format!("\"k{n}\":[]")), ""),
        file(
            "",
            &format!("stated: {{{}}}", keys(&|n| format!("\"k{n}\": 1"))),
        ),
        file(
            "",
            &format!("origins: {{{}}}", keys(&|n| format!("\"k{n}\": []"))),
        ),
        file(
            "",
            &format!("addends: {{{}}}", keys(&|n| format!("\"k{n}\": []"))),
        ),
        file(
            "",
            &format!("additions: [{}]", keys(&|n| format!("\"k{n}\""))),
        ),
        file("", &keys(&|n| format!("k{n}: 1"))),
    ];
    for text in unknown {
        let refused = draft::from_text(&text);
        assert!(
            matches!(refused, Err(Problem::Damaged { .. })),
            "{refused:?}"
        );
    }
    let text = "1件".repeat(MANY);
    let links = keys(&|n| format!("(at: {}, digits: \"1\", of: \"t3.r1.total\")", 2 * n));
    let reasons = keys(&|n| format!("\"k{n}\": (text: \"原因写在这里，够长了\", about: \"x\")"));
    let decisions = keys(&|n| format!("\"k{n}\": (is: \"kept\", about: \"x\")"));
    let checklist = keys(&|n| format!("\"k{n}\""));
    let more = format!(
        "links: {{\"s1\": [{links}]}}, reasons: {{{reasons}}}, decisions: {{{decisions}}}, checklist: [{checklist}]"
    );
    let read = draft::from_text(&file(&format!("\"s1\": [\"{text}\"]"), &more)).unwrap();
    assert_eq!(
        (read.reasons().len(), read.links(text_s1(&read)).len()),
        (MANY, MANY)
    );
    assert!(draft::from_text(&draft::to_text(&read)).unwrap() == read);
}
