//! Checks on made-up reports: wording, signs, texts, forms of the wrong year.

use crate::support::report;
use nianbao::check::{self, Evaluation};
use nianbao::form::{self, Level};
use nianbao::report::{Edit, History, Report};
use nianbao::value::Value;
use rust_decimal::Decimal;

fn with_cell(report: Report, id: &str, value: Value) -> Report {
    let cell = report.form().find(id).unwrap();
    let mut history = History::new(report);
    history.apply(Edit::cells(history.report(), [(cell, value)]));
    history.report().clone()
}

fn with_text(report: Report, id: &str, text: &str) -> Report {
    let ix = report.form().find_text(id).unwrap();
    let mut history = History::new(report);
    history.apply(Edit::text(history.report(), ix, text));
    history.report().clone()
}

fn messages(report: &Report, level: Level) -> Vec<String> {
    let evaluation: Evaluation = check::evaluate(report);
    evaluation
        .findings
        .iter()
        .filter(|f| f.level == level)
        .map(|f| f.message(report, &evaluation))
        .collect()
}

#[test]
fn an_unbalanced_column_is_told_with_both_sides_and_the_difference() {
    let broken = with_cell(report("pingtan_2022"), "t3.r3_1.natural", Value::Count(12));
    assert_eq!(
        messages(&broken, Level::Error),
        [
            "表三 · 自然人 · 一+二=72，三（七）+四=63，差 9",
            "表三 · 总计 · 一+二=75，三（七）+四=66，差 9",
        ]
    );
    let evaluation = check::evaluate(&broken);
    let form = broken.form();
    let ids: Vec<_> = evaluation.findings[0]
        .about
        .cells
        .iter()
        .map(|&cell| form.cell(cell).id.as_str())
        .collect();
    assert_eq!(
        ids,
        [
            "t3.r1.natural",
            "t3.r2.natural",
            "t3.r3_7.natural",
            "t3.r4.natural"
        ]
    );
    let (left, right) = evaluation.findings[0].sides(&broken, &evaluation).unwrap();
    assert_eq!(
        (left.terms.as_str(), right.terms.as_str()),
        ("71 + 1", "63 + 0")
    );
}

#[test]
fn negative_numbers_are_errors_except_in_signed_cells() {
    let negative = with_cell(report("pingtan_2022"), "t2.normdoc.made", Value::Count(-3));
    assert_eq!(
        messages(&negative, Level::Error),
        ["表二 · 行政规范性文件 · 本年制发件数 · 现为 -3，数量和金额不能是负数"]
    );
    let signed = with_cell(
        report("jiutai_xinglong_2020"),
        "t2.penalty.items_prev",
        Value::Count(9),
    );
    let signed = with_cell(signed, "t2.penalty.items_delta", Value::Count(-3));
    assert_eq!(messages(&signed, Level::Error), [""; 0]);
    let amount = with_cell(
        report("pingtan_2022"),
        "t2.fee.amount",
        Value::Amount(Decimal::new(-1, 4)),
    );
    assert_eq!(messages(&amount, Level::Error).len(), 1);
}

#[test]
fn rules_marked_as_warnings_want_a_reason() {
    let fewer = with_cell(
        report("jiutai_xinglong_2020"),
        "t2.penalty.items_delta",
        Value::Count(-3),
    );
    assert!(
        messages(&fewer, Level::Query)[0]
            .starts_with("表二 · 行政处罚 · 上一年项目数量+本年增/减=-3，不应少于 0，差 3")
    );
    let bound = with_cell(
        report("jiutai_xinglong_2020"),
        "t2.rule.disclosed",
        Value::Count(2),
    );
    assert!(
        messages(&bound, Level::Query)[0]
            .starts_with("表二 · 规章 · 本年新公开数量=2，不应多于对外公开总数量=0，多 2")
    );
    // Only organs that cannot make 规章 are asked about them.
    let power = |organ: &str| {
        let mut history = History::new(with_cell(
            report("pingtan_2022"),
            "t2.rule.made",
            Value::Count(1),
        ));
        history.apply(Edit::organ(history.report(), organ));
        messages(history.report(), Level::Query)
            .iter()
            .any(|message| message.contains("规章的制发+废止+现行有效=1，应为 0"))
    };
    assert!(power("某市某区某街道办事处") && power("某县教育局"));
    assert!(!power("某省人民政府") && !power("内蒙古自治区人民政府") && !power("某市人民政府"));
}

#[test]
fn the_fee_statement_is_asked_for_in_section_six() {
    let asks = |text: &str| {
        let report = with_text(report("pingtan_2022"), "s6", text);
        messages(&report, Level::Query)
            .iter()
            .any(|message| message.contains("信息处理费"))
    };
    assert!(asks("无其他需要报告的事项。"));
    assert!(!asks("2022年没有收取信息处理费。"));
    // An empty section is asked for as such, once.
    assert!(!asks(""));
}

#[test]
fn numbers_in_the_text_are_held_against_the_tables() {
    let told = |text: &str, level| -> Vec<String> {
        let report = with_text(report("pingtan_2022"), "s1", text);
        messages(&report, level)
            .into_iter()
            .filter(|message| message.contains("写“"))
            .collect()
    };
    // 新收 74, 新收+上年结转 75, 办理 75, 复议 2, 诉讼 1.
    assert_eq!(
        told(
            "2022年共收到政府信息公开申请74件，其中自然人71件，答复75件。",
            Level::Query
        ),
        [""; 0]
    );
    assert_eq!(
        told("受理行政复议申请2件，行政诉讼1件。", Level::Query),
        [""; 0]
    );
    assert_eq!(
        // 新收+上年结转: not the usual meaning, and no mistake either.
        [
            told("收到申请75件。", Level::Query),
            told("收到申请75件。", Level::Hint)
        ]
        .concat(),
        [""; 0]
    );
    let wrong = told("全年收到公开申请77件。", Level::Query);
    assert_eq!(wrong.len(), 1);
    assert!(
        wrong[0].starts_with(
            "一、总体情况写“全年收到公开申请77件”：与表格不符，表中新收=74，新收+上年结转=75"
        ),
        "{}",
        wrong[0]
    );
    assert_eq!(
        told("办理政府信息公开行政复议３件。", Level::Query).len(),
        1
    );
    assert_eq!(
        told("收到群众来信77件，未收到投诉。", Level::Query),
        [""; 0]
    );
    assert_eq!(told("", Level::Query), [""; 0]);
}

#[test]
fn a_form_of_another_year_is_an_error() {
    let report = Report::new(form::by_id("2019").unwrap(), "某局", 2022);
    assert_eq!(
        messages(&report, Level::Error),
        ["2022 年度不用2019年格式，应使用2021年格式；2019年格式适用于 2019—2020 年度"]
    );
}

#[test]
fn a_stated_total_takes_part_and_can_be_dropped() {
    let cell = |report: &Report, id: &str| report.form().find(id).unwrap();
    let mut history = History::new(report("pingtan_2022"));
    let total = cell(history.report(), "t3.r1.total");
    history.apply(Edit::stated(
        history.report(),
        total,
        Some(Value::Count(70)),
    ));
    let evaluation = check::evaluate(history.report());
    assert_eq!(evaluation.discrepancies, [total]);
    assert_eq!(
        (evaluation.value(total), evaluation.effective(total)),
        (Value::Count(74), Value::Count(70))
    );
    assert_eq!(
        messages(history.report(), Level::Error),
        [
            "表三 · 总计 · 一+二=71，三（七）+四=75，差 4",
            "表三 · 一、本年新收政府信息公开申请数量 · 总计=70，自然人+法人或其他组织五类=74，差 4",
        ]
    );
    history.apply(Edit::stated(history.report(), total, None));
    assert_eq!(messages(history.report(), Level::Error), [""; 0]);
}

#[test]
fn other_numbers_in_the_text_are_not_taken_for_applications() {
    for text in [
        "收到政府信息公开申请（含上年结转1件）75件。",
        "收到申请数量较上年减少12件。",
        "受理行政许可申请1200件，受理不动产登记申请3456件。",
        "收到申请74件，答复75件，办结人大代表建议和政协提案32件。",
        "平均每月收到申请6.2件。",
    ] {
        let report = with_text(report("pingtan_2022"), "s1", text);
        let told: Vec<_> = messages(&report, Level::Query)
            .into_iter()
            .filter(|message| message.contains("写“"))
            .collect();
        assert_eq!(told, [""; 0], "{text}");
    }
}

#[test]
fn a_number_that_cannot_be_compared_yet_is_unchecked() {
    let empty = Report::new(form::by_id("2021").unwrap(), "某局", 2024);
    let before = check::evaluate(&empty).unchecked_count();
    let text = with_text(empty, "s1", "全年收到政府信息公开申请77件。");
    let evaluation = check::evaluate(&text);
    assert_eq!(evaluation.unchecked_count(), before + 1);
    assert_eq!(
        evaluation.unchecked_texts,
        [text.form().find_text("s1").unwrap()]
    );
}

#[test]
fn an_autonomous_regions_counties_are_asked_about_as_well() {
    let power = |organ: &str| {
        let mut history = History::new(with_cell(
            report("pingtan_2022"),
            "t2.rule.made",
            Value::Count(1),
        ));
        history.apply(Edit::organ(history.report(), organ));
        messages(history.report(), Level::Query)
            .iter()
            .any(|message| message.contains("规章的制发"))
    };
    assert!(power("广西壮族自治区南宁市宾阳县人民政府"));
    assert!(!power("广西壮族自治区人民政府"));
}
