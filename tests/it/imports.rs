//! Last year's documents read into reports.

use super::support::random::{Random, wild};
use super::support::{exported, fixture, published, report};
use nianbao::export::Format;
use nianbao::import::{self, Imported, from_source, read};
use nianbao::report::Report;
use nianbao::value::Value;
use nianbao::{check, form};

fn from_bytes(bytes: &[u8]) -> Imported {
    from_source(&read::read(bytes).unwrap()).unwrap()
}

/// Every number, stated totals included.
fn numbers(report: &Report) -> Vec<(String, Value)> {
    let evaluation = check::evaluate(report);
    let number = |ix| (report.form().cell(ix).id.clone(), evaluation.effective(ix));
    report.cells().map(number).collect()
}

/// Cells and what stood in them, where they have no place in the form.
fn strange(imported: &Imported) -> Vec<(&str, &str)> {
    let mut all: Vec<_> = imported
        .not_placed
        .iter()
        .filter(|cell| !cell.content.is_empty())
        .map(|cell| (cell.id.as_str(), cell.content.as_str()))
        .collect();
    all.sort_unstable();
    all
}

#[test]
fn every_published_document_is_read_to_exactly_its_numbers() {
    for file in [
        "hongze_2023.pdf",
        "hongze_2024.pdf",
        "jiutai_xinglong_2020.txt",
        "shanghai_office_2019.html",
    ] {
        let read = import::from_file(&fixture(&format!("reports/{file}"))).unwrap();
        let (name, _) = file.split_once('.').unwrap();
        let truth = published().into_iter().find(|(n, _)| n == name).unwrap().1;
        assert_eq!(read.report.form().id, truth.report.form().id, "{file}");
        assert_eq!(read.report.year(), truth.report.year(), "{file}");
        assert!(
            truth.report.organ().ends_with(read.report.organ()),
            "{file}"
        );
        assert_eq!(numbers(&read.report), numbers(&truth.report), "{file}");
        assert_eq!(strange(&read), strange(&truth), "{file}");
    }
}

#[test]
fn a_mix_of_two_forms_is_named() {
    let read = import::from_file(&fixture("reports/hongze_2023.pdf")).unwrap();
    assert!(
        read.remarks
            .iter()
            .any(|remark| remark.contains("两种格式混用") && remark.contains("（六）其他处理")),
        "{:?}",
        read.remarks
    );
    let lost: Vec<String> = read.problems();
    assert!(
        lost.iter()
            .any(|line| line.starts_with("没有找到：表三 · （六）其他处理1.")
                && line.ends_with("（6 格）")),
        "{lost:?}"
    );
    // What it prints wrongly is red.
    let evaluation = check::evaluate(&read.report);
    assert_eq!(evaluation.discrepancies.len(), 2);
}

#[test]
fn texts_come_along_by_their_headings() {
    let read = import::from_file(&fixture("reports/hongze_2024.pdf"))
        .unwrap()
        .report;
    let text = |id: &str| read.text(read.form().find_text(id).unwrap());
    assert!(text("preamble").starts_with("本报告由淮安市洪泽区人民政府办公室"));
    assert!(text("s1").starts_with("2024年，淮安市洪泽区人民政府坚持以"));
    assert!(text("s1").contains("\n（一）主动公开情况。"));
    assert!(!text("s5").is_empty() && !text("s6").is_empty());
}

#[test]
fn our_own_exports_are_read_back_whole() {
    let sample =
        nianbao::draft::open(&fixture("../assets/samples/jiutai_xinglong_2020.ron")).unwrap();
    let all = published().into_iter().map(|(name, it)| (name, it.report));
    for (name, truth) in all.chain([("sample".to_owned(), sample)]) {
        for format in Format::OFFICIAL {
            let read = from_bytes(&exported(&truth, format));
            assert_eq!(read.report.organ(), truth.organ(), "{name} {format:?}");
            assert_eq!(numbers(&read.report), numbers(&truth), "{name} {format:?}");
            for (ix, spec) in truth.form().indexed_texts() {
                assert_eq!(
                    read.report.text(ix),
                    truth.text(ix),
                    "{name} {format:?} {}",
                    spec.id
                );
            }
            assert_eq!(read.not_placed, [], "{name} {format:?}");
        }
    }
}

#[test]
fn numbers_of_wild_reports_are_read_back_from_every_format() {
    for seed in 0..6 {
        let forms = form::official();
        let truth = wild(&forms[seed as usize % 2], &mut Random::new(500 + seed));
        for format in Format::OFFICIAL {
            let read = from_bytes(&exported(&truth, format));
            let pairs = numbers(&read.report).into_iter().zip(numbers(&truth));
            let wrong: Vec<_> = pairs.filter(|(a, b)| a != b).collect();
            assert_eq!(wrong, [], "{seed} {format:?} {:?}", read.remarks);
        }
    }
}

#[test]
fn oddities_are_read_with_a_remark_or_refused_but_never_dropped() {
    let page = super::support::page(&report("hongze_2024"));
    let odd = page
        .replacen(">9487<", ">9487（其中修订 16 件）<", 1)
        .replacen(">2776<", ">约2776<", 1)
        .replacen(">84<", ">—<", 1);
    let read = from_bytes(odd.as_bytes());
    let cell = |id: &str| read.report.value(read.report.form().find(id).unwrap());
    assert_eq!(cell("t2.licence.decisions"), Value::Count(9487));
    assert!(
        read.remarks
            .iter()
            .any(|remark| remark.contains("原文是“9487（其中修订 16 件）”，读作 9487"))
    );
    assert_eq!(cell("t2.penalty.decisions"), Value::Blank);
    assert!(strange(&read).contains(&("t2.penalty.decisions", "约2776")));
    assert_eq!(cell("t2.coercion.decisions"), Value::Blank);
}

#[test]
fn what_is_no_report_is_refused_with_a_sentence() {
    for (bytes, words) in [
        (&b"hello"[..], "没有在这个文件里认出年报的表格"),
        (b"%PDF-1.7\nbroken", "PDF"),
        (&[0x89, b'P', b'N', b'G', 13, 10, 26, 10], "图片"),
        (b"", "空文件"),
    ] {
        let refused = read::read(bytes)
            .and_then(|source| from_source(&source))
            .unwrap_err();
        assert!(refused.contains(words), "{refused}");
    }
}

#[test]
fn what_was_not_used_of_a_source_is_listed() {
    let left_over = |name: &str| {
        let read = import::from_file(&fixture(&format!("reports/{name}"))).unwrap();
        read.left_over
    };
    // The row of the older form; everything else has its place.
    for name in ["hongze_2023.pdf", "hongze_2024.pdf"] {
        assert_eq!(
            left_over(name),
            ["没有用到的一行：（六）其他处理 0 0 0 0 0 0 0"]
        );
    }
    let page = super::support::page(&report("pingtan_2022"));
    let read = from_bytes(page.as_bytes());
    assert_eq!(read.left_over, [""; 0]);
    let cell = read.report.form().find("t3.r1.natural").unwrap();
    assert_eq!(read.words[&cell], "71");
    // A row and a table that no form knows, and a sentence below a table.
    let row = "<tr><td>三号自设行</td><td>5</td><td>6</td></tr>";
    let table =
        "<table><tr><td>网站浏览量</td><td>8812</td></tr><tr><td>微博</td><td>7</td></tr></table>";
    let odd = page.replacen(
        "</table>",
        &format!("{row}</table>{table}<p>数据由各科室提供。</p>"),
        1,
    );
    assert_eq!(
        from_bytes(odd.as_bytes()).left_over,
        [
            "没有用到的一行：三号自设行 5 6",
            "没有用到的表格（2 行数）：网站浏览量 8812",
            "没有用到的文字：数据由各科室提供。",
        ]
    );
}
