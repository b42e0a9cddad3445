//! Paragraphs written from the tables: only what they say, and nothing that the program itself would not understand.

use crate::support::random::{Random, balanced};
use nianbao::check::{self, Evaluation, Readings, Verdict};
use nianbao::compose::{Composed, TakenOver, compose, offered, take_over};
use nianbao::form::{self, Form, Passage, TextIx};
use nianbao::report::{Edit, Linked, Report};
use nianbao::value::{Kind, Value};
use rust_decimal::Decimal;
use std::sync::Arc;

/// Everything that a form offers, with the text into which it goes.
fn passages(form: &Form) -> impl Iterator<Item = (TextIx, &Passage)> {
    form.indexed_texts()
        .flat_map(|(text, _)| offered(form, text).map(move |passage| (text, passage)))
}

fn written(report: &Report, name: &str) -> Composed {
    let form = report.form();
    let (_, passage) = passages(form).find(|(_, it)| it.name == name).unwrap();
    compose(report, &check::evaluate(report), passage)
}

/// A report in which every cell is filled in.
fn filled(form: &Arc<Form>, value: impl Fn(Kind) -> Value) -> Report {
    let report = Report::new(form.clone(), "青川市水务局", form.years.from);
    let cells = form.indexed_cells().filter(|(_, cell)| !cell.computed);
    let all: Vec<_> = cells.map(|(ix, cell)| (ix, value(cell.kind))).collect();
    report.with(|report| Edit::cells(report, all))
}

fn zero(kind: Kind) -> Value {
    match kind {
        Kind::Amount => Value::Amount(Decimal::ZERO),
        _ => Value::Count(0),
    }
}

fn put(report: Report, cells: &[(&str, i64)]) -> Report {
    let form = report.form().clone();
    let cells = cells
        .iter()
        .map(|&(id, n)| (form.find(id).unwrap(), Value::Count(n)));
    let cells: Vec<_> = cells.collect();
    report.with(|report| Edit::cells(report, cells))
}

/// Puts a paragraph into its text and holds it against the tables; every linked number must be understood as what it is.
fn is_understood(report: &Report, text: TextIx, words: &Linked) -> Result<(), String> {
    let with_text = report
        .clone()
        .with(|report| Edit::insert(report, text, 0..0, words.clone()));
    let readings = Readings::new(&with_text);
    let evaluation: Evaluation = check::evaluate_read(&with_text, &readings);
    let numbers = check::recognised(&with_text, &readings, &evaluation, text);
    for number in &numbers {
        if number.verdict != Verdict::Agrees {
            let what = &words.words()[number.at.clone()];
            return Err(format!("{what} is {:?}: {}", number.verdict, words.words()));
        }
    }
    for linked in words.links() {
        let is_it =
            |at: &std::ops::Range<usize>| at.start <= linked.at.start && linked.at.end <= at.end;
        if !numbers.iter().any(|number| is_it(&number.at)) {
            let what = &words.words()[linked.at.clone()];
            return Err(format!(
                "{what} of {:?} is not recognised: {}",
                linked.of,
                words.words()
            ));
        }
    }
    let mut findings = evaluation.findings.iter();
    let told = findings.find(|finding| {
        let passage = finding.about.passage.as_ref();
        passage.is_some_and(|passage| passage.text == text && !passage.at.is_empty())
    });
    told.map_or(Ok(()), |finding| {
        Err(format!(
            "{}: {}",
            finding.message(&with_text, &evaluation),
            words.words()
        ))
    })
}

#[test]
fn what_is_written_from_the_tables_agrees_with_them() {
    let mut random = Random::new(11);
    for form in form::official() {
        for nth in 0..400 {
            let size = [0, 3, 40, 9000][nth % 4];
            let mut report = balanced(form, size, &mut random);
            if nth % 5 == 4 {
                // Whole blocks of 0, as most units have.
                let start = ["t2.", "t3.", "t4."][random.below(3)];
                let cells = form.indexed_cells();
                let cells = cells.filter(|(_, cell)| cell.id.starts_with(start) && !cell.computed);
                let zeros: Vec<_> = cells.map(|(ix, cell)| (ix, zero(cell.kind))).collect();
                report = report.with(|report| Edit::cells(report, zeros));
            }
            if let Some(fee) = form.find("t2.fee.amount") {
                let amount = Decimal::new(random.below(90_000_000) as i64, random.below(5) as u32);
                report = report.with(|report| Edit::cells(report, [(fee, Value::Amount(amount))]));
            }
            let evaluation = check::evaluate(&report);
            for (text, passage) in passages(form) {
                let composed = compose(&report, &evaluation, passage);
                assert!(!composed.words.words().is_empty(), "{}", passage.name);
                assert!(composed.blanks.is_empty());
                if let Err(what) = is_understood(&report, text, &composed.words) {
                    panic!("{} {nth}: {what}", form.id);
                }
            }
        }
    }
}

#[test]
fn a_unit_with_nothing_but_zeros_has_its_sentences_too() {
    for form in form::official() {
        let report = filled(form, zero);
        for (text, passage) in passages(form) {
            let composed = compose(&report, &check::evaluate(&report), passage);
            assert!(
                composed.words.links().is_empty(),
                "{}",
                composed.words.words()
            );
            is_understood(&report, text, &composed.words).unwrap();
            let report = report.clone();
            let report = report.with(|report| Edit::text(report, text, composed.words.words()));
            let evaluation = check::evaluate(&report);
            let numbers = check::recognised(&report, &Readings::new(&report), &evaluation, text);
            assert!(!numbers.is_empty(), "{}", composed.words.words());
        }
    }
    let report = filled(&form::by_id("2021").unwrap(), zero);
    assert_eq!(
        written(&report, "依申请公开").words.words(),
        "2021年，未收到政府信息公开申请，无上年结转。"
    );
}

#[test]
fn a_paragraph_says_what_the_tables_say() {
    let report = put(
        filled(&form::by_id("2021").unwrap(), zero),
        &[
            ("t3.r1.natural", 71),
            ("t3.r1.biz", 3),
            ("t3.r2.natural", 1),
            ("t3.r3_1.natural", 60),
            ("t3.r3_1.biz", 3),
            ("t3.r3_5_2.natural", 10),
            ("t3.r4.natural", 2),
        ],
    );
    let composed = written(&report, "依申请公开");
    assert_eq!(
        composed.words.words(),
        "2021年，新收政府信息公开申请74件，其中自然人71件、商业企业3件。上年结转政府信息公开申请1件。\
         办结政府信息公开申请73件，其中予以公开63件、不予处理10件。结转下年度继续办理2件。"
    );
    let linked = composed.words.links().iter().map(|number| {
        let cells = number
            .of
            .cells()
            .map(|cell| report.form().cell(cell).id.as_str());
        (&composed.words.words()[number.at.clone()], cells.collect())
    });
    let linked: Vec<(&str, Vec<&str>)> = linked.collect();
    assert_eq!(linked[0], ("74", vec!["t3.r1.total"]));
    assert_eq!((linked[6].0, linked[6].1.len()), ("10", 5));
    assert!(composed.unbalanced.is_empty());
}

#[test]
fn nothing_is_written_of_what_is_blank() {
    let form = form::by_id("2021").unwrap();
    let blank = Report::new(form.clone(), "青川市水务局", 2021);
    for (_, passage) in passages(&form) {
        let composed = compose(&blank, &check::evaluate(&blank), passage);
        assert_eq!(composed.words.words(), "");
        assert!(!composed.blanks.is_empty());
    }
    let full = put(
        filled(&form, zero),
        &[("t3.r1.natural", 4), ("t3.r3_1.natural", 4)],
    );
    let cell = form.find("t3.r3_2.biz").unwrap();
    let one_blank = full.with(|report| Edit::cells(report, [(cell, Value::Blank)]));
    let composed = written(&one_blank, "依申请公开");
    assert_eq!(
        composed.words.words(),
        "2021年，新收政府信息公开申请4件，其中自然人4件。无结转下年度继续办理的政府信息公开申请。"
    );
    assert_eq!(composed.blanks, [cell]);
}

#[test]
fn tables_that_do_not_balance_are_told() {
    let form = form::by_id("2021").unwrap();
    let report = put(filled(&form, zero), &[("t3.r1.natural", 4)]);
    let composed = written(&report, "依申请公开");
    assert!(!composed.unbalanced.is_empty());
    assert!(composed.words.words().contains("新收政府信息公开申请4件"));
    assert!(written(&report, "行政复议、行政诉讼").unbalanced.is_empty());
}

/// This year's report beside last year's, each with its numbers and its first text.
fn beside_last(now: (&[(&str, i64)], &str), last: (&[(&str, i64)], &str)) -> (Report, TextIx) {
    let form = form::by_id("2021").unwrap();
    let text = form.find_text("s1").unwrap();
    let of = |year: i32, (cells, words): (&[(&str, i64)], &str)| {
        let report = filled(&form, zero).with(|report| Edit::year(report, year));
        put(report, cells).with(|report| Edit::text(report, text, words))
    };
    let report = crate::support::with_last(&of(2025, now), &of(2024, last));
    (report, text)
}

fn taken(report: &Report, text: TextIx, paragraph: &str) -> TakenOver {
    let last = &report.last_year().unwrap().figures;
    let words = last.find_text(&report.form().text(text).id);
    let start = words.find(paragraph).unwrap();
    let at = start..start + paragraph.len();
    take_over(report, &check::evaluate(report), text, &at).unwrap()
}

const LAST: &[(&str, i64)] = &[
    ("t3.r1.natural", 12),
    ("t3.r1.biz", 3),
    ("t3.r3_1.natural", 9),
    ("t3.r3_1.biz", 3),
    ("t3.r4.natural", 3),
    ("t2.normdoc.made", 2),
];
const NOW: &[(&str, i64)] = &[
    ("t3.r1.natural", 1234),
    ("t3.r1.biz", 5),
    ("t3.r2.natural", 3),
    ("t3.r3_1.natural", 1237),
    ("t3.r3_1.biz", 5),
    ("t2.normdoc.made", 4),
];

#[test]
fn a_paragraph_of_last_year_brings_this_years_numbers_along() {
    let paragraph = "2024年，全年收到政府信息公开申请15件，其中自然人12件，予以公开十二件，结转下年度3件。\
         制发行政规范性文件2件。网站公开信息312条，培训2次，共2场。";
    let (report, text) = beside_last((NOW, ""), (LAST, paragraph));
    let taken = taken(&report, text, paragraph);
    assert_eq!(
        taken.words.words(),
        "2025年，全年收到政府信息公开申请1239件，其中自然人1234件，予以公开1242件，结转下年度0件。\
         制发行政规范性文件4件。网站公开信息【上年：312】条，培训【上年：2】次，共【上年：2】场。"
    );
    assert_eq!((taken.years, taken.carried, taken.left), (1, 5, 3));
    // 收到 could be what is new, or that and what was carried over: the same last year, not this year.
    assert_eq!(taken.unsure, 2);
    let report = report.with(|report| Edit::text(report, text, taken.words.words()));
    let evaluation = check::evaluate(&report);
    let findings: Vec<&str> = evaluation
        .findings
        .iter()
        .filter(|finding| finding.about.in_text() == Some(text))
        .map(|finding| finding.rule_id(report.form()))
        .collect();
    assert_eq!(findings, ["TEXT-LEFT"; 3]);
}

#[test]
fn no_number_of_last_year_comes_in_silently() {
    // Contradicted last year's own tables; could have meant two things that now differ; there was none and now there is.
    for (paragraph, expected) in [
        ("收到申请14件。", "收到申请【上年：14】件。"),
        ("较2023年增加4件。", "较【上年：2023】年增加【上年：4】件。"),
        ("按期答复率100%。", "按期答复率【上年：100】%。"),
        ("3月15日召开会议。", "【上年：3】月【上年：15】日召开会议。"),
        (
            "按照《2024年工作要点》办理。",
            "按照《【上年：2024】年工作要点》办理。",
        ),
        (
            "无上年结转的政府信息公开申请。",
            "【上年：无上年结转】的政府信息公开申请。",
        ),
    ] {
        let (report, text) = beside_last((NOW, ""), (LAST, paragraph));
        let taken = taken(&report, text, paragraph);
        assert_eq!(taken.words.words(), expected);
        assert_eq!(taken.carried, 0);
    }
}

#[test]
fn what_is_the_same_every_year_stays() {
    for paragraph in [
        "（国办公开办函〔2021〕30号）要求，统计期限自1月1日至12月31日。",
        "1.高效办成一件事，五个方面落实第20条。",
        "电话：0431-82111111，12345热线。",
        "2019年机构改革以来。",
        "未发生因政府信息公开工作被申请行政复议的情况。",
    ] {
        let (report, text) = beside_last((NOW, ""), (LAST, paragraph));
        let taken = taken(&report, text, paragraph);
        assert_eq!(taken.words.words(), paragraph);
        assert_eq!((taken.years, taken.carried, taken.left), (0, 0, 0));
    }
}

#[test]
fn a_paragraph_comes_where_it_belongs_in_the_order() {
    let last = "（一）主动公开\n2024年公开12条。\n（二）依申请公开\n收到申请15件。\n（三）监督保障";
    let now = "（一）主动公开\n2025年公开【上年：12】条。\n（三）监督保障";
    let (report, text) = beside_last((NOW, now), (LAST, last));
    for paragraph in ["（二）依申请公开", "收到申请15件。"] {
        assert_eq!(
            taken(&report, text, paragraph).at,
            now.find("（三）").unwrap()
        );
    }
    let (report, text) = beside_last((NOW, "别的话。"), (LAST, last));
    assert_eq!(taken(&report, text, "收到申请15件。").at, "别的话。".len());
}

#[test]
fn a_made_up_form_has_its_paragraphs_without_code_of_its_own() {
    let small = include_str!("../forms/small.ron");
    let form = Arc::new(Form::parse(small).unwrap());
    let report = put(
        filled(&form, zero),
        &[("f.apple.in", 12), ("f.apple.out", 5), ("f.pear.out", 0)],
    );
    let composed = written(&report, "水果");
    assert_eq!(composed.words.words(), "2030年，买进苹果12件，卖出5件。");
    let text = form.find_text("a").unwrap();
    is_understood(&report, text, &composed.words).unwrap();
    let open = small.replace("{f.pear.in}件", "{f.pear.in件");
    let error = Form::parse(&open).unwrap_err();
    assert!(error.line > 80, "{error}");
    let unknown = small.replace("卖出梨{f.pear.out}", "卖出梨{f.plum.out}");
    assert!(
        Form::parse(&unknown)
            .unwrap_err()
            .what
            .contains("f.plum.out")
    );
}
