//! Several reports side by side, below the window.

use crate::support::report;
use nianbao::check;
use nianbao::compare::{Line, TableLines, paragraphs, tables};
use nianbao::report::{Edit, Figures, History, Report};
use nianbao::value::Value;
use rust_decimal::Decimal;

fn pingtan() -> Vec<Figures> {
    let years = ["2019", "2020", "2021", "2022"];
    let figures = |year| check::figures(&report(&format!("pingtan_{year}")));
    years.map(figures).to_vec()
}

fn line<'a>(tables: &'a [TableLines], name: &str, column: &str) -> &'a Line {
    let mut all = tables.iter().flat_map(|table| {
        let named = |line: &&Line| {
            let own = line.column.map_or("", |at| table.columns[at].as_str());
            line.name == name && own == column
        };
        table.lines.iter().filter(named)
    });
    let found = all.next();
    assert!(all.next().is_none(), "{name} {column} is there twice");
    found.unwrap_or_else(|| panic!("no line {name} {column}"))
}

fn counts(numbers: [Option<i64>; 4]) -> Vec<Option<Value>> {
    numbers.map(|n| n.map(Value::Count)).to_vec()
}

#[test]
fn every_number_of_every_year_stands_in_one_line() {
    let all = pingtan();
    let tables = tables(&all);
    assert_eq!(tables.len(), 3);
    assert_eq!(tables[1].columns.len(), 7);
    let received = line(&tables, "一、本年新收政府信息公开申请数量", "总计");
    assert_eq!(
        received.values,
        counts([Some(23), Some(21), Some(70), Some(74)])
    );
    // As many numbers as the reports have, none left out and none twice, but for the sums.
    for (nth, figures) in all.iter().enumerate() {
        let lines = tables.iter().flat_map(|table| &table.lines);
        let shown = lines.filter(|line| !line.name.contains("合计"));
        let here = shown.filter(|line| line.values[nth].is_some()).count();
        let form = figures.form();
        let official = form.cells.iter().filter(|cell| cell.addition.is_none());
        // The older form's one row of 7 is shown by the sums.
        let by_sum = if form.id == "2019" { 7 } else { 0 };
        assert_eq!(here + by_sum, official.count(), "{}", figures.year());
    }
}

#[test]
fn rows_that_were_one_are_summed_beside_it() {
    let all = pingtan();
    let tables = tables(&all);
    let sum = line(&tables, "（六）其他处理（合计）", "自然人");
    let part = |id: &str| all[3].find(id).unwrap();
    let now = ["1", "2", "3"]
        .map(|nth| part(&format!("t3.r3_6_{nth}.natural")))
        .into_iter()
        .reduce(Value::plus);
    assert_eq!(sum.values[3], now);
    assert_eq!(sum.values[0], all[0].find("t3.r3_6.natural"));
    // A cell that only the older form has.
    let gone = line(&tables, "政府集中采购 · 采购项目数量", "");
    assert_eq!(gone.values[2..], [None, None]);
    assert_eq!(gone.values[1], Some(Value::Count(395)));
}

#[test]
fn a_local_row_is_shown_if_any_year_has_it() {
    let with_local = |number: Option<i64>, year| {
        let form = nianbao::form::by_year(year).unwrap();
        let mut history = History::new(Report::new(form.clone(), "甲", year));
        if let Some(number) = number {
            let addition = form.find_addition("changchun").unwrap();
            history.apply(Edit::addition(history.report(), addition, true));
            let cell = form.find("t2.published.total").unwrap();
            let number = Value::Count(number);
            history.apply(Edit::cells(history.report(), [(cell, number)]));
        }
        check::figures(history.report())
    };
    let all = [
        with_local(None, 2019),
        with_local(Some(321), 2020),
        with_local(None, 2021),
    ];
    let tables = tables(&all);
    let mut lines = tables[0].lines.iter();
    let local = lines.find(|line| line.name.contains("发布总数量"));
    let expected = [Some(Value::Blank), Some(Value::Count(321)), None];
    assert_eq!(local.unwrap().values, expected);
}

#[test]
fn differences_and_changes_are_told_between_those_that_have_the_cell() {
    let tables = tables(&pingtan());
    let received = line(&tables, "一、本年新收政府信息公开申请数量", "总计");
    assert!(!received.differs_at(0) && received.differs_at(1) && received.differs());
    assert_eq!(
        received.change(2, 3),
        Some((Decimal::from(4), Some(Decimal::from(6))))
    );
    let secret = line(&tables, "（三）不予公开1.属于国家秘密", "总计");
    assert!(!secret.differs());
    assert_eq!(secret.change(2, 3), Some((Decimal::ZERO, None)));
    let valid = line(&tables, "规章 · 现行有效件数", "");
    assert!(!valid.differs_at(2), "no year before has this cell");
    assert_eq!(valid.change(1, 2), None);
}

#[test]
fn paragraphs_are_paired_as_far_as_they_go() {
    assert_eq!(
        paragraphs("甲\n乙\n丙", "甲\n丁\n\n丙\n戊"),
        [
            (Some("甲"), Some("甲")),
            (Some("乙"), Some("丁")),
            (Some("丙"), Some("丙")),
            (None, Some("戊")),
        ]
    );
    assert_eq!(paragraphs("", ""), []);
}

/// A paragraph stands beside its own other wording, whatever is missing before it.
#[test]
fn paragraphs_stand_beside_their_other_wording() {
    let opened = "（一）主动公开情况。全年主动公开政府信息312条，其中规范性文件3件，解读12篇。";
    let asked = "（二）依申请公开情况。2023年受理政府信息公开申请35件，均在法定期限内答复。";
    let anew = "（二）依申请公开情况。2024年受理政府信息公开申请41件，均在法定期限内答复。";
    let managed = "（三）政府信息管理情况。建立健全信息发布审核制度，定期清理失效文件。";
    let managed_anew = "（三）政府信息管理情况。健全信息发布审核制度，定期清理过时失效的文件。";
    assert_eq!(
        paragraphs(
            &[opened, asked, managed].join("\n"),
            &[anew, managed_anew].join("\n")
        ),
        [
            (Some(opened), None),
            (Some(asked), Some(anew)),
            (Some(managed), Some(managed_anew))
        ]
    );
    assert_eq!(
        paragraphs(asked, &[opened, anew].join("\n")),
        [(None, Some(opened)), (Some(asked), Some(anew))]
    );
}
