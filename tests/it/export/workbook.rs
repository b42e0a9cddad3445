//! The sheets of a workbook that say the numbers of the others once more: charts, and the list of all numbers.

use crate::support::{document, exported, part, published, report, with_last};
use nianbao::export::Format;
use nianbao::export::document::Block;
use nianbao::export::xlsx::{CHARTS, DATA, FIRST_TEXT_ROW, Shown, chart_cells};
use nianbao::import::read;
use nianbao::report::{Edit, History, Report};
use nianbao::trend;
use nianbao::value::Value;
use nianbao::verify::{Difference, verify};
use std::io::{Cursor, Read as _, Write as _};
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

/// The workbook of a report with something in one of its parts written otherwise.
fn altered(report: &Report, name: &str, from: &str, to: &str) -> Vec<u8> {
    let bytes = exported(report, Format::Xlsx);
    let mut old = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut new = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..old.len() {
        let mut part = old.by_index(index).unwrap();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        let own = part.name().unwrap().into_owned();
        if own == name {
            let text = String::from_utf8(content).unwrap();
            assert!(text.contains(from), "{from}");
            content = text.replacen(from, to, 1).into_bytes();
        }
        new.start_file(own, SimpleFileOptions::default()).unwrap();
        new.write_all(&content).unwrap();
    }
    new.finish().unwrap().into_inner()
}

fn differences(report: &Report, workbook: &[u8]) -> Vec<Difference> {
    verify(&document(report), &read::read(workbook).unwrap()).differences
}

/// The name of a sheet's part in the package, by its place among the sheets from 1.
fn sheet(nth: usize) -> String {
    format!("xl/worksheets/sheet{nth}.xml")
}

#[test]
fn the_list_follows_the_tables() {
    let report = report("pingtan_2022");
    assert_eq!(differences(&report, &exported(&report, Format::Xlsx)), []);
    let list = sheet(document(&report).tables().count() + 3);
    let formulas = part(&exported(&report, Format::Xlsx), &list);
    // The first number of table three, and another one that is not the same.
    let from = formulas.find("<f>IF('三、").unwrap();
    let formula = &formulas[from..from + formulas[from..].find("</f>").unwrap()];
    let elsewhere = formula.replace("$D$6", "$J$6");
    assert_ne!(formula, elsewhere);
    let found = differences(&report, &altered(&report, &list, formula, &elsewhere));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].place.starts_with("工作表“数据” · 表三 · "),
        "{found:?}"
    );
    // What cannot be followed is not passed.
    let unknown = formula.replace("IF(", "CHOOSE(");
    let found = differences(&report, &altered(&report, &list, formula, &unknown));
    assert_eq!(found.len(), 1, "{found:?}");
}

/// Those that have something to draw.
fn with_numbers(charts: &[trend::Chart]) -> Vec<&trend::Chart> {
    let has_number = |chart: &&trend::Chart| {
        let mut values = chart.series.iter().flat_map(|series| &series.values);
        values.any(|value| !value.is_blank() && !value.same_number(Value::Count(0)))
    };
    charts.iter().filter(has_number).collect()
}

#[test]
fn every_chart_of_the_form_stands_beside_its_numbers() {
    for (name, read) in published() {
        let mut two = read.report.clone();
        if name == "pingtan_2022" {
            two = with_last(&two, &report("pingtan_2021"));
        }
        let document = document(&two);
        let bytes = exported(&two, Format::Xlsx);
        assert_eq!(differences(&two, &bytes), [], "{name}");
        let charts = trend::charts(&document.years);
        assert_eq!(charts.len(), two.form().trends.len(), "{name}");
        for (nth, own) in (1..).zip(with_numbers(&charts)) {
            let chart = part(&bytes, &format!("xl/charts/chart{nth}.xml"));
            let series = match own.shares {
                true => own.series.len(),
                false => document.years.len(),
            };
            assert_eq!(chart.matches("<c:ser>").count(), series, "{name} {nth}");
            // They show cells, not numbers of their own.
            let values = chart.matches("<c:val><c:numRef><c:f>图表!").count();
            assert_eq!(values, series, "{name} {nth}");
        }
        let shown: Vec<Value> = (chart_cells(&document).into_iter())
            .filter_map(|(.., shown)| match shown {
                Shown::Number(value) => Some(value),
                _ => None,
            })
            .collect();
        let drawn = charts.iter().flat_map(|chart| &chart.series);
        let drawn: Vec<Value> = drawn.flat_map(|series| series.values.clone()).collect();
        assert_eq!(shown, drawn, "{name}");
    }
}

/// A bar that begins elsewhere than at 0 says something else than its number; numbers that stand over each other say nothing.
#[test]
fn bars_begin_at_zero_and_numbers_of_narrow_parts_are_left_out() {
    let mut history = History::new(report("hongze_2024"));
    let form = history.report().form().clone();
    let cells = [
        ("t3.r1.natural", 9_000_000),
        ("t3.r1.biz", 9),
        ("t3.r1.legal", 3_000_000),
    ];
    let cells = cells.map(|(id, number)| (form.find(id).unwrap(), Value::Count(number)));
    history.apply(Edit::cells(history.report(), cells));
    let bytes = exported(history.report(), Format::Xlsx);
    let charts = trend::charts(&document(history.report()).years);
    for (nth, chart) in (1..).zip(with_numbers(&charts)) {
        let drawn = part(&bytes, &format!("xl/charts/chart{nth}.xml"));
        assert_eq!(drawn.contains("<c:min val=\"0\"/>"), !chart.shares, "{nth}");
        if chart.name == "申请人构成" {
            // By a rule of the numbers' format, which the program that shows them applies anew when they change.
            let rule = |series: &str| -> u64 {
                let (series, _) = series.split_once("</c:ser>").unwrap();
                assert!(!series.contains("<c:delete"));
                let (_, rule) = series.split_once("formatCode=\"[&lt;").unwrap();
                let (least, rest) = rule.split_once(']').unwrap();
                assert!(rest.starts_with("&quot;&quot;;General\""), "{rest}");
                least.parse().unwrap()
            };
            let rules: Vec<u64> = drawn.split("<c:ser>").skip(1).map(rule).collect();
            assert_eq!(rules.len(), 6);
            assert!(rules.iter().all(|least| (10..3_000_000).contains(least)));
            let said = format!("太窄的段图上不写数：2024年小于 {} 的。", rules[0]);
            assert!(words(history.report()).contains(&said), "{said}");
        }
    }
}

/// The words on the sheet with charts.
fn words(report: &Report) -> Vec<String> {
    let cells = chart_cells(&document(report)).into_iter();
    let words = cells.filter_map(|(.., shown)| match shown {
        Shown::Words(words) | Shown::OfTheChart(words) => Some(words),
        _ => None,
    });
    words.collect()
}

/// A program would make up an axis for nothing; that there is no chart is said.
#[test]
fn charts_without_a_number_are_left_out_and_that_is_said() {
    let left_out = "都是 0 或没有数，没有画图；填了数以后再导出一次。";
    let mut history = History::new(report("pingtan_2022"));
    let report = history.report();
    let inputs = report
        .cells()
        .filter(|&cell| !report.form().cell(cell).computed);
    let edit = Edit::cells(report, inputs.map(|cell| (cell, Value::Count(0))));
    for nothing in [false, true] {
        if nothing {
            history.apply(edit.clone());
        }
        let bytes = exported(history.report(), Format::Xlsx);
        let charts = trend::charts(&document(history.report()).years);
        let drawn = with_numbers(&charts).len();
        assert_eq!(drawn == 0, nothing);
        let said = words(history.report());
        let said = said.iter().filter(|words| *words == left_out).count();
        assert_eq!(said, charts.len() - drawn);
        let archive = ZipArchive::new(Cursor::new(&bytes)).unwrap();
        let parts = archive.file_names().filter(|name| {
            name.as_ref()
                .is_ok_and(|name| name.starts_with("xl/charts/chart"))
        });
        assert_eq!(parts.count(), drawn);
        assert_eq!(differences(history.report(), &bytes), []);
    }
}

/// What the picture of two years says, in the same words.
#[test]
fn what_changed_is_said_as_in_the_pictures() {
    let two = with_last(&report("pingtan_2022"), &report("pingtan_2021"));
    let bytes = exported(&two, Format::Xlsx);
    let styles = part(&bytes, "xl/styles.xml");
    assert!(styles.contains("formatCode=\"+0.0%;&quot;−&quot;0.0%;&quot;持平&quot;\""));
    let charts = sheet(document(&two).tables().count() + 2);
    let sheet = part(&bytes, &charts);
    assert!(sheet.contains("=0,\"上年为 0\",") || sheet.contains("=0,&quot;上年为 0&quot;,"));
    let mut said = 0;
    let shown = chart_cells(&document(&two));
    let mut numbers = Vec::new();
    for (.., shown) in shown {
        match shown {
            Shown::Number(value) => numbers.push(value),
            Shown::Change(change) => {
                let [.., before, now] = numbers[..] else {
                    panic!("a change without numbers");
                };
                let told = trend::change(before, now, "件").unwrap_or_default();
                match change.parse::<f64>() {
                    Ok(0.0) => assert_eq!(told, "同比持平"),
                    Ok(part) => {
                        let percent = told.trim_start_matches("同比 ").trim_end_matches('%');
                        let percent: f64 = percent.replace('−', "-").parse().unwrap();
                        assert!((part * 100.0 - percent).abs() < 0.051, "{told}: {part}");
                    }
                    Err(_) => assert_eq!(told, change),
                }
                said += 1;
            }
            Shown::Words(_) | Shown::OfTheChart(_) => {}
        }
    }
    assert!(said > 10);
}

/// A name in brackets has no second pair behind it, and numbers of nine digits are written in 亿 at an axis.
#[test]
fn heads_and_axes_are_short() {
    let report = report("pingtan_2022");
    let words = words(&report);
    assert!(
        words.iter().all(|words| !words.contains("）（")),
        "{words:?}"
    );
    assert!(words.iter().any(|words| words.ends_with("（占审结的，%）")));
    let chart = part(&exported(&report, Format::Xlsx), "xl/charts/chart1.xml");
    let format =
        r#"[&gt;=100000000]0\.00,,&quot;亿&quot;;[&gt;=100000]0\.0,&quot;万&quot;;General"#;
    assert!(chart.contains(format), "{chart}");
}

/// Heads of columns stand in words even where numbers beside them are long.
#[test]
fn long_numbers_take_no_room_from_heads() {
    let mut history = History::new(report("hongze_2024"));
    let report = history.report();
    let large = report.cells().filter(|&cell| {
        let own = report.form().cell(cell);
        own.id.starts_with("t4.") && !own.id.contains("pending") && !own.computed
    });
    let large: Vec<_> = large
        .map(|cell| (cell, Value::Count(123_456_789)))
        .collect();
    assert!(large.len() > 8);
    let edit = Edit::cells(report, large);
    history.apply(edit);
    let document = document(history.report());
    let last = document.tables().count();
    let text = part(&exported(history.report(), Format::Xlsx), &sheet(last + 1));
    let columns = text.split("<col ").skip(1).map(|col| -> f64 {
        let (_, width) = col.split_once(" width=\"").unwrap();
        width.split('"').next().unwrap().parse().unwrap()
    });
    // Of four characters of 10.5 points and the cell's margins, in digits of the usual letters.
    let columns: Vec<f64> = columns.collect();
    assert!(columns.iter().all(|width| *width > 8.0), "{columns:?}");
}

/// Headings are never alone at a page's foot, and what is broken into pages fits on them.
#[test]
fn headings_of_the_cover_begin_pages_with_their_texts() {
    let first = report("pingtan_2022");
    let mut broken = 0;
    for length in 1..12 {
        let mut history = History::new(first.clone());
        let texts = first.form().indexed_texts().map(|(text, _)| text);
        for text in texts {
            let words = "坚持以人民为中心，不断提升政府信息公开的质量和实效。".repeat(length);
            let edit = Edit::text(history.report(), text, &[words.as_str(); 3].join("\n"));
            history.apply(edit);
        }
        let document = document(history.report());
        let text = part(&exported(history.report(), Format::Xlsx), &sheet(1));
        let number = |text: &str, name: &str| -> f64 {
            let (_, rest) = text.split_once(&format!(" {name}=\"")).unwrap();
            rest.split('"').next().unwrap().parse().unwrap()
        };
        let breaks: Vec<usize> = (text.split("<brk").skip(1))
            .map(|text| number(text, "id") as usize)
            .collect();
        broken += breaks.len();
        let rows: Vec<(usize, f64)> = (text.split("<row ").skip(1))
            .map(|row| {
                let row = format!(" {}", row.split('>').next().unwrap());
                let height = match row.contains(" ht=") {
                    true => number(&row, "ht"),
                    false => 15.0,
                };
                (number(&row, "r") as usize, height)
            })
            .collect();
        let last = rows[rows.len() - 1].0;
        let starts = std::iter::once(0).chain(breaks.iter().copied());
        for (from, to) in starts.zip(breaks.iter().copied().chain([last])) {
            let page = rows.iter().filter(|(row, _)| (from + 1..=to).contains(row));
            let height: f64 = page.map(|(_, height)| height).sum();
            assert!(height < 730.0, "{height} on a page, {length}");
        }
        let words: Vec<bool> = (document.blocks.iter())
            .filter_map(|block| match block {
                Block::Table(_) => None,
                block => Some(matches!(block, Block::Heading(_) | Block::Subheading(_))),
            })
            .collect();
        for before in breaks {
            assert!(
                !words[before - 1 - FIRST_TEXT_ROW as usize],
                "{length}: {before}"
            );
        }
    }
    assert!(broken > 5);
}

/// Nobody reads pages of ids; what is printed instead says so.
#[test]
fn the_list_for_programs_is_not_printed() {
    let report = report("hongze_2024");
    let bytes = exported(&report, Format::Xlsx);
    let workbook = part(&bytes, "xl/workbook.xml");
    assert!(
        workbook.contains(">数据!$A$1:$C$1</definedName>"),
        "{workbook}"
    );
    let list = sheet(document(&report).tables().count() + 3);
    assert!(part(&bytes, &list).contains("这一张供别的程序取数，数都在前面各表里，不打印"));
}

/// 结果／维持 and not 结果维／持.
#[test]
fn labels_leave_no_single_character_over() {
    let strings = part(
        &exported(&report("hongze_2024"), Format::Xlsx),
        "xl/sharedStrings.xml",
    );
    for label in ["（三）不\n予公开", "结果\n维持"] {
        assert!(strings.contains(&format!(">{label}<")), "{label}");
    }
    for text in strings.split("<t").skip(1) {
        let text = &text[text.find('>').unwrap() + 1..text.find("</t>").unwrap()];
        let alone = |line: &str| line.chars().count() == 1;
        assert!(
            !text.contains('\n') || !text.split('\n').any(alone),
            "{text}"
        );
    }
}

#[test]
fn charts_live_with_the_tables() {
    let report = report("hongze_2024");
    let table = sheet(3);
    let text = part(&exported(&report, Format::Xlsx), &table);
    // The first number of table three that is filled in: it is one of the applicants'.
    let from = text.find("<c r=\"D6\"").unwrap();
    let cell = &text[from..from + text[from..].find("</c>").unwrap()];
    let value = cell.find("<v>").unwrap();
    let other = format!("{}<v>98765</v>", &cell[..value]);
    let found = differences(&report, &altered(&report, &table, cell, &other));
    let is_chart = |difference: &&Difference| difference.place.contains(CHARTS);
    let in_charts: Vec<&Difference> = found.iter().filter(is_chart).collect();
    // The sum of the new ones, and the natural persons among them.
    assert_eq!(in_charts.len(), 2, "{found:#?}");
    assert!(
        in_charts
            .iter()
            .any(|difference| difference.file == "98765")
    );
    assert!(
        found
            .iter()
            .any(|difference| difference.place.contains(DATA))
    );
}

/// A total that is printed otherwise than it adds up is drawn as it adds up, as in 历年比较, and a note says so.
#[test]
fn a_misprinted_total_is_drawn_as_it_adds_up() {
    let mut history = History::new(report("pingtan_2022"));
    let total = history.report().form().find("t3.r1.total").unwrap();
    history.apply(Edit::stated(history.report(), total, Some(Value::Count(7))));
    let report = history.report();
    assert_eq!(differences(report, &exported(report, Format::Xlsx)), []);
    let words = chart_cells(&document(report)).into_iter();
    let notes = words.filter(|(.., shown)| match shown {
        Shown::Words(words) => words.starts_with("注：2022 年") && words.contains("印的是 7"),
        _ => false,
    });
    assert_eq!(notes.count(), 1);
}

/// 1 of 16 is 6.25 %, which offices round up.
#[test]
fn halves_of_percentages_are_rounded_up() {
    let percent = |part: i64, whole: i64| trend::percent(part.into(), whole.into());
    let said = |part, whole| percent(part, whole).unwrap().to_string();
    assert_eq!(said(1, 16), "6.3");
    assert_eq!(said(3, 16), "18.8");
    assert_eq!(said(-1, 16), "-6.3");
    assert_eq!(said(1, 8), "12.5");
    assert_eq!(percent(1, 0), None);
}
