//! Forms as data: the official ones complete, made-up ones without code, faulty ones refused with their line.

use crate::support::page;
use nianbao::form::{self, Body, Content, Form};
use nianbao::report::{Edit, History, Report};
use nianbao::value::{Kind, Value};
use nianbao::{check, rollover, trend};
use std::sync::Arc;

const SMALL: &str = include_str!("../../forms/small.ron");

#[test]
fn the_year_chooses_the_form() {
    let id = |year| form::by_year(year).map(|form| form.id.clone());
    assert_eq!(id(2018), None);
    assert_eq!(id(2019).as_deref(), Some("2019"));
    assert_eq!(id(2020).as_deref(), Some("2019"));
    assert_eq!(id(2021).as_deref(), Some("2021"));
    assert_eq!(id(2026).as_deref(), Some("2021"));
}

/// Counts from the official layouts (rows, columns, value cells, computed cells).
#[test]
fn the_official_tables_are_complete() {
    let shapes = |id: &str| -> Vec<(usize, usize, usize, usize)> {
        let form = form::by_id(id).unwrap();
        let cells_of = |table: usize| {
            form.cells
                .iter()
                .filter(move |cell| cell.table == table && cell.addition.is_none())
        };
        (form.tables.iter().enumerate())
            .map(|(index, table)| {
                let rows = table.grid.rows.iter().filter(|row| row.is_none()).count();
                let computed = cells_of(index).filter(|cell| cell.computed).count();
                (rows, table.grid.cols, cells_of(index).count(), computed)
            })
            .collect()
    };
    assert_eq!(
        shapes("2019"),
        [(18, 4, 22, 0), (26, 10, 161, 29), (4, 15, 15, 3)]
    );
    assert_eq!(
        shapes("2021"),
        [(14, 4, 10, 0), (28, 10, 175, 31), (4, 15, 15, 3)]
    );
    for form in form::official() {
        assert_eq!(form.sections.len(), 6);
        assert_eq!(
            form.texts
                .iter()
                .map(|text| text.id.as_str())
                .collect::<Vec<_>>(),
            ["preamble", "s1", "s5", "s6"]
        );
        assert!(
            form.rules
                .iter()
                .all(|rule| !rule.source.is_empty() && !rule.wording.is_empty())
        );
    }
}

#[test]
fn cells_are_named_by_what_is_printed_around_them() {
    let form = form::by_id("2021").unwrap();
    let name = |id: &str| form.full_name(form.find(id).unwrap());
    assert_eq!(name("t3.r3_1.natural"), "表三 · （一）予以公开 · 自然人");
    assert_eq!(
        name("t3.r3_3_1.other"),
        "表三 · （三）不予公开1.属于国家秘密 · 其他"
    );
    assert_eq!(
        name("t2.licence.decisions"),
        "表二 · 行政许可 · 本年处理决定数量"
    );
    assert_eq!(
        name("t4.row.dir_upheld"),
        "表四 · 未经复议直接起诉·结果维持"
    );
    let fee = form.cell(form.find("t2.fee.amount").unwrap());
    assert_eq!(
        (fee.kind, fee.unit.as_deref()),
        (Kind::Amount, Some("万元"))
    );
    let old = form::by_id("2019").unwrap();
    assert_eq!(
        old.cell(old.find("t2.licence.items_delta").unwrap()).kind,
        Kind::Signed
    );
    assert_eq!(
        old.cell(old.find("t2.procurement.amount").unwrap()).unit,
        None
    );
}

#[test]
fn last_years_cells_are_cells_of_an_official_form() {
    let all = form::official();
    let is_known = |id: &String| all.iter().any(|form| form.find(id).is_some());
    for form in all {
        for across in &form.across {
            let mut ids = across.last.plus.iter().chain(&across.last.minus);
            assert!(ids.all(is_known), "{}: {:?}", form.id, across.last);
        }
        for former in &form.formerly {
            let old = form::by_id(&former.form).expect("an official form");
            assert!(old.find(&former.cell).is_some(), "{}", former.cell);
        }
    }
}

#[test]
fn every_slot_of_every_grid_is_covered_once() {
    for form in form::official() {
        for table in &form.tables {
            let mut covered = vec![0; table.grid.rows.len() * table.grid.cols];
            for cell in &table.grid.cells {
                for row in cell.row..cell.row + cell.rows {
                    for col in cell.col..cell.col + cell.cols {
                        covered[row * table.grid.cols + col] += 1;
                        assert!(std::ptr::eq(
                            &table.grid.cells[table.grid.covering(row, col)],
                            cell
                        ));
                    }
                }
            }
            assert!(
                covered.iter().all(|&times| times == 1),
                "{} {}",
                form.id,
                table.id
            );
        }
    }
}

#[test]
fn a_made_up_form_is_filled_and_checked_without_code_of_its_own() {
    let form = Arc::new(Form::parse(SMALL).unwrap());
    let cell = |id: &str| form.find(id).unwrap();
    let mut history = History::new(Report::new(form.clone(), "果园", 2030));
    let fill = |history: &mut History, id: &str, value| {
        history.apply(Edit::cells(history.report(), [(cell(id), value)]))
    };
    for (id, n) in [
        ("f.apple.in", 7),
        ("f.apple.out", 3),
        ("f.pear.in", 9),
        ("f.pear.out", 0),
    ] {
        fill(&mut history, id, Value::Count(n));
    }
    let evaluation = check::evaluate(history.report());
    assert_eq!(evaluation.value(cell("f.apple.left")), Value::Count(4));
    assert!(evaluation.unchecked.is_empty());
    let messages: Vec<_> = evaluation
        .findings
        .iter()
        .map(|finding| finding.message(history.report(), &evaluation))
        .collect();
    assert_eq!(
        messages[0],
        "表甲 · 进 · 梨进=9，不应多于出的合计+5=8，多 1".replace(" · 进 ·", " ·")
    );
    assert_eq!(messages[1], "表甲 · 货款 · 数量 空白；填 0");
    assert_eq!(
        messages[2],
        "一、说明：还没有填写；请写明，确实没有的也要写一句"
    );

    fill(&mut history, "f.apple.out", Value::Count(8));
    let evaluation = check::evaluate(history.report());
    assert_eq!(evaluation.value(cell("f.apple.left")), Value::Count(-1));
    assert_eq!(evaluation.findings[0].rule_id(&form), "NEG");
    assert_eq!(evaluation.findings[0].about.cells, [cell("f.apple.left")]);

    let html = page(history.report());
    assert!(
        html.contains("<h1") && html.contains("果园2030年小报告") && html.contains("colspan=\"3\"")
    );
    assert_eq!(form.sections[1].body, Body::Table(0));
}

#[test]
fn the_local_row_appears_only_where_it_is_switched_on() {
    let form = form::by_id("2019").unwrap();
    let addition = form.find_addition("changchun").unwrap();
    let cell = form.find("t2.published.total").unwrap();
    let mut history = History::new(Report::new(form.clone(), "某街道", 2020));
    let labels = |report: &Report| {
        let words = report
            .grid_cells(&form.tables[0])
            .filter_map(|(_, cell)| cell.content.words())
            .collect::<Vec<_>>()
            .concat();
        words.contains("非新闻类、消息类")
    };
    assert!(!history.report().shows(cell) && !labels(history.report()));
    history.apply(Edit::addition(history.report(), addition, true));
    assert!(history.report().shows(cell) && labels(history.report()));
    // Switched off, its figure goes as well, and comes back with one undo.
    history.apply(Edit::cells(history.report(), [(cell, Value::Count(3))]));
    history.apply(Edit::addition(history.report(), addition, false));
    assert!(!history.report().shows(cell) && history.report().value(cell).is_blank());
    history.undo();
    assert_eq!(history.report().value(cell), Value::Count(3));
    history.undo();
    history.undo();
    assert!(!history.report().shows(cell));
}

/// Each fault with the words that the complaint must contain, and the text on whose line it must point.
#[test]
fn faulty_forms_are_refused_with_their_place() {
    let cases = [
        (
            "Label(text: \"梨\")",
            "Label(text: \"梨\", cols: 2)",
            "列数",
            "Label(text: \"梨\"",
        ),
        (
            "Head(text: \"数量\", cols: 3)",
            "Head(text: \"数量\", cols: 2)",
            "没有单元格",
            "Head(text: \"品名\"",
        ),
        (
            "Head(text: \"品名\", rows: 2)",
            "Head(text: \"品名\", rows: 9)",
            "行数",
            "Head(text: \"品名\"",
        ),
        (
            "Label(text: \"苹果\")",
            "Label(text: \"苹果\", rows: 2)",
            "列数",
            "Label(text: \"梨\"",
        ),
        (
            "f.pear.in\", is",
            "f.plum.in\", is",
            "没有单元格“f.plum.in”",
            "f.plum.in",
        ),
        (
            "f.[rows].out",
            "f.[lines].out",
            "没有名为“lines”的列表",
            "f.[lines].out",
        ),
        (
            "computed: \"LEFT\"",
            "computed: \"RIGHT\"",
            "而没有这样一条等式",
            "computed: \"RIGHT\"",
        ),
        (
            "(id: \"out\")",
            "(id: \"in\")",
            "出现了两次",
            "id: \"apple\"",
        ),
        (
            "right: \"f.{rows}.in - f.{rows}.out\"",
            "right: \"f.{rows}.in - f.{rows}.left\"",
            "它自己",
            "computed: \"LEFT\"",
        ),
        (
            "body: Table(\"f\")",
            "body: Table(\"g\")",
            "没有表“g”",
            "Table(\"g\")",
        ),
        (
            "tables: [\"f\"], is: Filled",
            "tables: [\"x\"], is: Filled",
            "没有表“x”",
            "\"x\"",
        ),
        ("format: 1", "format: 2", "版本是 2", "id: \"small\""),
        ("head_rows: 2", "head_rows: 1", "边界", "id: \"f\""),
        (
            "kind: Count",
            "kind: Colour",
            "不是完整的格式文件",
            "kind: Colour",
        ),
        (
            "right: \"last:f.{rows}.left\"",
            "right: \"f.{rows}.left\"",
            "没有上年的格",
            "\"f.{rows}.left\",\n            says: (\"进\"",
        ),
        (
            "left: \"f.{rows}.in\", is: Equal, right: \"last",
            "left: \"f.{rows}.in + 1\", is: Equal, right: \"last",
            "左边只能是一格",
            "f.{rows}.in + 1",
        ),
        (
            "of: [(\"f.money.paid\"",
            "of: [(\"f.money.got\"",
            "没有单元格“f.money.got”",
            "f.money.got",
        ),
        (
            "f.[rows].out + 5",
            "last:f.pear.out + 5",
            "只有 across 右边可以写上年的格",
            "last:f.pear.out",
        ),
        (
            "cell: \"g.all.in\"",
            "cell: \"g.all.in + g.all.out\"",
            "以前的格式里要写一格",
            "g.all.in + g.all.out",
        ),
        ("texts: [\"a\"]", "texts: [\"z\"]", "没有正文“z”", "\"z\""),
        (
            "(\"存\", \"f.[rows].left\")",
            "(\"存\", \"f.[rows].right\")",
            "没有单元格“f.apple.right”",
            "f.[rows].right",
        ),
        (
            "id: \"LEFT\", level",
            "id: \"LEFT\", colour: 1, level",
            "不是完整的格式文件",
            "colour",
        ),
    ];
    for (good, bad, words, place) in cases {
        assert!(SMALL.contains(good), "{good}");
        let text = SMALL.replacen(good, bad, 1);
        let error = Form::parse(&text).expect_err(bad);
        assert!(error.what.contains(words), "{bad}: {error}");
        let line = text[..text.find(place).unwrap()].matches('\n').count() + 1;
        assert_eq!(error.line, line, "{bad}: {error}");
    }
}

#[test]
fn a_made_up_form_is_held_against_its_last_year_without_code_of_its_own() {
    let form = Arc::new(Form::parse(SMALL).unwrap());
    let filled = |year: i32, numbers: [(&str, Value); 5]| {
        let mut history = History::new(Report::new(form.clone(), "果园", year));
        let cell = |id: &str| form.find(id).unwrap();
        let numbers = numbers.map(|(id, value)| (cell(id), value));
        history.apply(Edit::cells(history.report(), numbers));
        history
    };
    let paid = |text: &str| Value::Amount(text.parse().unwrap());
    let numbers = |apple, pear, money| {
        [
            ("f.apple.in", Value::Count(apple)),
            ("f.apple.out", Value::Count(3)),
            ("f.pear.in", Value::Count(pear)),
            ("f.pear.out", Value::Count(0)),
            ("f.money.paid", money),
        ]
    };
    let last = filled(2030, numbers(7, 2, paid("1.25")));
    let mut this = filled(2031, numbers(3, 2, paid("13000")));
    let prior = rollover::prior_of(last.report(), "果园.ron", "");
    this.apply(Edit::prior(this.report(), Some(prior)));
    let (report, evaluation) = (this.report(), check::evaluate(this.report()));
    let said: Vec<_> = evaluation
        .findings
        .iter()
        .map(|finding| (finding.rule_id(&form), finding.message(report, &evaluation)))
        .collect();
    assert_eq!(
        said[0],
        (
            "ROLL",
            "表甲 · 苹果 · 进 · 进=3，上年的存=4，差 1".to_owned()
        )
    );
    assert_eq!(
        said[2],
        (
            "PAID",
            "表甲 · 货款 · 数量：上年 1.25，本年 13000，约为上年的 10400 倍；疑似元".to_owned()
        )
    );
    let charts = trend::charts(&[check::figures(last.report()), check::figures(report)]);
    assert_eq!(
        charts[0].series[0].values,
        [Value::Count(6), Value::Count(2)]
    );
}

#[test]
fn labels_hold_the_official_words() {
    let form = form::by_id("2021").unwrap();
    let words = |table: usize| -> Vec<String> {
        form.tables[table]
            .grid
            .cells
            .iter()
            .filter_map(|cell| cell.content.words().map(str::to_owned))
            .collect()
    };
    assert!(words(0).contains(&"本年收费金额（单位：万元）".to_owned()));
    assert!(words(1).contains(
        &"2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请".to_owned()
    ));
    let rowspan = |text: &str| {
        let cells = &form.tables[1].grid.cells;
        cells
            .iter()
            .find(|cell| cell.content == Content::Label(text.to_owned()))
            .map(|cell| cell.rows)
    };
    assert_eq!(rowspan("三、本年度办理结果"), Some(22));
    assert_eq!(rowspan("（三）不予公开"), Some(8));
    assert_eq!(rowspan("（六）其他处理"), Some(3));
}
