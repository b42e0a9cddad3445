//! What a column counts, its head says: columns in another order, heads of another meaning, other units, in every format.

use crate::support::random::{Random, balanced};
use crate::support::{numbers, silently_wrong};
use nianbao::check;
use nianbao::export::document::{Block, TableBlock};
use nianbao::export::typeset::Faces;
use nianbao::export::{Document, Format};
use nianbao::form;
use nianbao::import::source::{Part, RawCell, RawTable};
use nianbao::import::{Imported, WhyNot, from_source, read};
use nianbao::report::{Edit, History, Report};
use nianbao::value::Value;
use rust_decimal::Decimal;

/// Every way in which a table is written down.
const WAYS: [&str; 8] = [
    "tabs", "bars", "commas", "lines", "html", "docx", "pdf", "xlsx",
];

fn truth(seed: u64) -> Report {
    let mut random = Random::new(seed);
    let mut history = History::new(balanced(&form::official()[1], 40, &mut random));
    let fee = history.report().form().find("t2.fee.amount").unwrap();
    let amount = Decimal::new(1_000_001 + i64::try_from(random.below(900_000)).unwrap(), 2);
    let amount = Value::amount(amount).unwrap();
    history.apply(Edit::cells(history.report(), vec![(fee, amount)]));
    history.report().clone()
}

/// The report with its tables changed, written in one way and read again.
fn read_back(report: &Report, way: &str, change: impl Fn(&mut TableBlock)) -> Imported {
    let mut document = Document::new(report, &check::evaluate(report), "", false);
    for block in &mut document.blocks {
        if let Block::Table(table) = block {
            change(table);
            table.cells.sort_by_key(|cell| (cell.row, cell.col));
        }
    }
    let format = |format: Format| {
        let written = format.write_document(&document, Faces::bundled());
        written.unwrap().bytes
    };
    let bytes = match way {
        "html" => format(Format::Html),
        "docx" => format(Format::Docx),
        "pdf" => format(Format::Pdf),
        "xlsx" => sheet(&document),
        way => text(&document, way).into_bytes(),
    };
    from_source(&read::read(&bytes).unwrap()).unwrap()
}

fn words(text: &str) -> String {
    text.replace('\n', "")
}

/// The tables between their headings, each row by its own cells.
fn text(document: &Document, way: &str) -> String {
    let mut text = format!("{}\n", document.title);
    for table in document.tables() {
        text.push_str(&format!("{}\n", table.heading));
        let mut rows = vec![Vec::new(); table.rows];
        for cell in &table.cells {
            rows[cell.row].push(words(&cell.text));
        }
        for row in rows {
            text.push_str(&match way {
                "tabs" => row.join("\t"),
                "bars" => row.join(" | "),
                "commas" => row.join(","),
                _ => row.join("\n"),
            });
            text.push('\n');
        }
    }
    text
}

/// One sheet, its merged cells merged.
fn sheet(document: &Document) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let plain = rust_xlsxwriter::Format::new();
    sheet.write_string(0, 0, &document.title).unwrap();
    let mut at = 1;
    for table in document.tables() {
        sheet.write_string(at, 0, &table.heading).unwrap();
        at += 1;
        for cell in &table.cells {
            let row = at + u32::try_from(cell.row).unwrap();
            let col = u16::try_from(cell.col).unwrap();
            let text = words(&cell.text);
            if cell.rows * cell.cols > 1 {
                let last_row = row + u32::try_from(cell.rows).unwrap() - 1;
                let last_col = col + u16::try_from(cell.cols).unwrap() - 1;
                sheet
                    .merge_range(row, col, last_row, last_col, &text, &plain)
                    .unwrap();
            }
            match text.parse::<f64>() {
                Ok(number) => sheet.write_number(row, col, number).unwrap(),
                Err(_) => sheet.write_string(row, col, &text).unwrap(),
            };
        }
        at += u32::try_from(table.rows).unwrap() + 1;
    }
    book.save_to_buffer().unwrap()
}

fn shuffled(from: usize, to: usize, random: &mut Random) -> Vec<usize> {
    let mut all: Vec<usize> = (from..to).collect();
    for at in (1..all.len()).rev() {
        all.swap(at, random.below(at + 1));
    }
    all
}

/// Puts the single columns from `from` on into another order.
fn move_columns(table: &mut TableBlock, from: usize, order: &[usize]) {
    for cell in table.cells.iter_mut().filter(|cell| cell.cols == 1) {
        if let Some(at) = cell.col.checked_sub(from)
            && let Some(col) = order.get(at)
        {
            cell.col = *col;
        }
    }
}

/// The two blocks of lawsuits, each as a whole.
fn exchange_lawsuits(table: &mut TableBlock) {
    for cell in &mut table.cells {
        match (cell.row, cell.col) {
            (1.., 5..10) => cell.col += 5,
            (1.., 10..15) => cell.col -= 5,
            _ => {}
        }
    }
}

#[test]
fn columns_are_known_by_their_heads_in_any_order() {
    for seed in 0..3 {
        let truth = truth(70 + seed);
        let mut random = Random::new(seed);
        let (t2, t3) = (shuffled(1, 4, &mut random), shuffled(4, 9, &mut random));
        let t4 = shuffled(0, 5, &mut random);
        for way in WAYS {
            let read = read_back(&truth, way, |table| match table.table {
                0 => move_columns(table, 1, &t2),
                1 => move_columns(table, 4, &t3),
                _ => {
                    exchange_lawsuits(table);
                    move_columns(table, 0, &t4);
                }
            });
            assert_eq!(silently_wrong(&truth, &read), [""; 0], "{way}, {seed}");
            // With a cell in each line nothing says which head stands over which.
            if way != "lines" {
                assert_eq!(numbers(&read.report), numbers(&truth), "{way}, {seed}");
                assert_eq!(read.left_over, [], "{way}, {seed}");
            }
        }
    }
}

/// Two rows of which each has its own label, exchanged.
#[test]
fn rows_are_known_by_their_labels_in_any_order() {
    let truth = truth(86);
    for way in ["tabs", "bars", "commas", "html", "docx", "pdf", "xlsx"] {
        // 规章 and 规范性文件, 一 and 二, and two of the reasons.
        for (table, one, other) in [(0, 2, 3), (1, 3, 4), (1, 9, 10)] {
            let read = read_back(&truth, way, |block| {
                for cell in &mut block.cells {
                    let is_whole = cell.rows == 1 && block.table == table;
                    match cell.row {
                        row if is_whole && row == one => cell.row = other,
                        row if is_whole && row == other => cell.row = one,
                        _ => {}
                    }
                }
            });
            assert_eq!(numbers(&read.report), numbers(&truth), "{way}, {one}");
        }
    }
}

#[test]
fn numbers_that_a_spreadsheet_keeps_as_text_are_read() {
    let truth = truth(87);
    let document = Document::new(&truth, &check::evaluate(&truth), "", false);
    let lines = text(&document, "commas");
    let quoted = lines.lines().map(|line| {
        let fields = line.split(',').map(|field| match field.parse::<f64>() {
            Ok(_) => format!("=\"{field}\""),
            Err(_) => field.to_owned(),
        });
        fields.collect::<Vec<_>>().join(",")
    });
    let quoted = quoted.collect::<Vec<_>>().join("\n");
    let read = from_source(&read::read(quoted.as_bytes()).unwrap()).unwrap();
    assert_eq!(numbers(&read.report), numbers(&truth));
}

fn rename(table: &mut TableBlock, from: &str, to: &str) {
    for cell in &mut table.cells {
        if words(&cell.text) == from {
            cell.text = to.to_owned();
            cell.lines = vec![to.to_owned()];
        }
    }
}

#[test]
fn a_head_of_another_meaning_is_not_read_past() {
    let truth = truth(81);
    for (head, other, row) in [
        ("本年制发件数", "上年制发件数", "t2.rule."),
        ("本年废止件数", "本年新公开数量", "t2.rule."),
        ("现行有效件数", "对外公开总数量", "t2.normdoc."),
        ("本年处理决定数量", "上一年项目数量", "t2.penalty."),
        ("本年收费金额（单位：万元）", "收费项目数量", "t2.fee."),
    ] {
        for way in WAYS {
            let read = read_back(&truth, way, |table| rename(table, head, other));
            assert_eq!(silently_wrong(&truth, &read), [""; 0], "{way}: {other}");
            let told = read.not_placed.iter().any(|lost| {
                lost.id.starts_with(row) && matches!(lost.why, WhyNot::OtherHead { .. })
            });
            assert!(told, "{way}: {other}");
            // What stands under its own head is read.
            let lost: usize = read.not_placed.len();
            assert!(lost <= 4, "{way}: {other}, {lost}");
        }
    }
    // A column of table three, where its place is known.
    for way in ["html", "docx", "pdf", "xlsx"] {
        let read = read_back(&truth, way, |table| {
            rename(table, "科研机构", "上年科研机构");
        });
        assert_eq!(silently_wrong(&truth, &read), [""; 0], "{way}");
        let others = read.not_placed.iter().filter(|lost| {
            lost.id.ends_with(".research") && matches!(lost.why, WhyNot::OtherHead { .. })
        });
        assert!(others.count() >= 20, "{way}");
    }
}

#[test]
fn heads_that_are_shortened_or_misspelt_are_known() {
    let truth = truth(82);
    let heads = [
        ("本年制发件数", "制发数"),
        ("本年废止件数", "本年度废止数量"),
        ("现行有效件数", "现行有校件数"),
        ("本年处理决定数量", "处理决定数量"),
        ("本年收费金额（单位：万元）", "收费金额（万元）"),
        ("科研机构", "科研机构（含高校）"),
        ("社会公益组织", "公益组织"),
    ];
    for way in WAYS {
        let read = read_back(&truth, way, |table| {
            for (head, said) in heads {
                rename(table, head, said);
            }
        });
        assert_eq!(numbers(&read.report), numbers(&truth), "{way}");
    }
}

/// A word that turns a label's meaning is no slip of the pen, however near the rest comes.
#[test]
fn a_label_of_another_meaning_is_not_read_past() {
    let truth = truth(88);
    for (label, other, row) in [
        (
            "一、本年新收政府信息公开申请数量",
            "一、去年新收政府信息公开申请数量",
            "t3.r1.",
        ),
        (
            "二、上年结转政府信息公开申请数量",
            "二、上年撤销政府信息公开申请数量",
            "t3.r2.",
        ),
        ("四、结转下年度继续办理", "四、结转本年度继续办理", "t3.r4."),
        ("（一）予以公开", "（一）未予公开", "t3.r3_1."),
        ("7.属于行政执法案卷", "7.非行政执法案卷", "t3.r3_3_7."),
        ("2.重复申请", "2.口头申请", "t3.r3_5_2."),
    ] {
        for way in WAYS {
            let read = read_back(&truth, way, |table| rename(table, label, other));
            let is_lost = |lost: &&nianbao::import::NotPlaced| lost.id.starts_with(row);
            let lost = read.not_placed.iter().filter(is_lost).count();
            assert!(lost >= 6, "{way}: {other}, {lost}");
            assert_eq!(silently_wrong(&truth, &read), [""; 0], "{way}: {other}");
        }
    }
    for (label, slip) in [
        (
            "一、本年新收政府信息公开申请数量",
            "一、本年度新收政府信息公开申请数",
        ),
        (
            "二、上年结转政府信息公开申请数量",
            "二、去年结转政府信息公开申请数量",
        ),
        ("（三）不予公开", "（三）不予公幵"),
        ("2.重复申请", "2、重复性申请"),
        ("6.属于四类过程性信息", "6.属于4类过程性信息"),
    ] {
        for way in ["html", "docx", "xlsx", "tabs"] {
            let read = read_back(&truth, way, |table| rename(table, label, slip));
            assert_eq!(numbers(&read.report), numbers(&truth), "{way}: {slip}");
        }
    }
}

/// Heads that are another word for the same, and heads that are none: neither moves a number, though sums come out
/// whichever column is which.
#[test]
fn other_words_over_a_column_never_shift_it() {
    let truth = truth(83);
    let abbreviated = [
        ("自然人", "个人"),
        ("商业企业", "企业"),
        ("科研机构", "科研院所"),
        ("社会公益组织", "公益"),
        ("法律服务机构", "律所"),
    ];
    let unknown = [("自然人", "群众"), ("法律服务机构", "中介")];
    let mut random = Random::new(83);
    let columns = shuffled(4, 9, &mut random);
    for way in WAYS {
        for (names, are_known) in [(&abbreviated[..], true), (&unknown[..], false)] {
            for order in [&[4, 5, 6, 7, 8][..], &columns] {
                let read = read_back(&truth, way, |table| {
                    for (head, said) in names {
                        rename(table, head, said);
                    }
                    if table.table == 1 {
                        move_columns(table, 4, order);
                    }
                });
                assert_eq!(silently_wrong(&truth, &read), [""; 0], "{way} {names:?}");
                if are_known && way != "lines" {
                    assert_eq!(numbers(&read.report), numbers(&truth), "{way}");
                }
            }
        }
    }
}

/// 自然人 behind the others, under a word that nobody knows: its place says nothing.
#[test]
fn an_unknown_head_in_another_place_leaves_its_row_unread() {
    let truth = truth(84);
    for way in WAYS {
        let read = read_back(&truth, way, |table| {
            rename(table, "自然人", "群众");
            if table.table != 1 {
                return;
            }
            for cell in &mut table.cells {
                match (cell.row, cell.col, cell.cols) {
                    (1.., 3, 1) => cell.col = 8,
                    (1.., 4..=8, _) => cell.col -= 1,
                    _ => {}
                }
            }
        });
        assert_eq!(silently_wrong(&truth, &read), [""; 0], "{way}");
    }
}

/// Puts a row that numbers the columns (栏次) above the row at this place, which holds numbers.
fn number_columns(table: &mut TableBlock, at: usize, sign: impl Fn(usize) -> String) {
    for cell in table.cells.iter_mut().filter(|cell| cell.row >= at) {
        cell.row += 1;
    }
    table.rows += 1;
    let below = table.cells.iter().filter(|cell| cell.row == at + 1);
    let mut index: Vec<_> = below.cloned().collect();
    index.sort_by_key(|cell| cell.col);
    let mut next = 0;
    for cell in &mut index {
        cell.row = at;
        let is_number = cell.number.take().is_some();
        next += usize::from(is_number);
        cell.text = if is_number {
            sign(next)
        } else {
            "栏次".to_owned()
        };
        cell.lines = vec![cell.text.clone()];
    }
    table.cells.extend(index);
}

#[test]
fn a_row_that_numbers_the_columns_is_no_row_of_numbers() {
    let truth = truth(88);
    let signs: [fn(usize) -> String; 3] = [
        |nth| nth.to_string(),
        |nth| format!("（{nth}）"),
        |nth| char::from_u32(0x245F + nth as u32).unwrap().to_string(),
    ];
    // What sets pages and writes Word files keeps to the rows that a table had.
    for way in ["tabs", "bars", "commas", "lines", "html", "xlsx"] {
        for sign in signs {
            let read = read_back(&truth, way, |table| match table.table {
                0 => {}
                _ => number_columns(table, 3, sign),
            });
            assert_eq!(silently_wrong(&truth, &read), [""; 0], "{way} {}", sign(1));
            if way != "lines" {
                assert_eq!(numbers(&read.report), numbers(&truth), "{way} {}", sign(1));
            }
        }
    }
}

fn turned(table: &RawTable) -> RawTable {
    let mut turned = table.clone();
    (turned.rows, turned.cols) = (table.cols, table.rows);
    for cell in &mut turned.cells {
        (cell.row, cell.col) = (cell.col, cell.row);
        (cell.rows, cell.cols) = (cell.cols, cell.rows);
    }
    turned.cells.sort_by_key(|cell| (cell.row, cell.col));
    turned
}

/// Alone, and on a sheet between other rows.
#[test]
fn a_table_that_lies_on_its_side_is_read() {
    let truth = truth(85);
    let document = Document::new(&truth, &check::evaluate(&truth), "", false);
    let html = Format::Html.write_document(&document, Faces::bundled());
    let whole = read::read(&html.unwrap().bytes).unwrap();
    let is_third = |table: &RawTable| table.rows > 20;
    for on_sheet in [false, true] {
        let mut source = whole.clone();
        for part in &mut source.parts {
            let Part::Table(table) = part else { continue };
            if !is_third(table) {
                continue;
            }
            *table = turned(table);
            if on_sheet {
                let line = |row: usize, text: &str| RawCell {
                    row,
                    col: 0,
                    rows: 1,
                    cols: 1,
                    text: text.to_owned(),
                };
                for cell in &mut table.cells {
                    cell.row += 2;
                }
                let below = line(table.rows + 2, "填表人：李四");
                table.cells.insert(0, line(0, "附表"));
                table.cells.push(below);
                table.rows += 3;
            }
        }
        let read = from_source(&source).unwrap();
        assert_eq!(numbers(&read.report), numbers(&truth), "{on_sheet}");
    }
}

fn value(read: &Imported, id: &str) -> Value {
    let form = read.report.form();
    read.report.value(form.find(id).unwrap())
}

#[test]
fn an_amount_in_another_unit_is_converted_and_said() {
    let truth = truth(83);
    let fee = value_of(&truth, "t2.fee.amount");
    let head = "本年收费金额（单位：万元）";
    for way in WAYS {
        for (from, to, part) in [
            (head, "本年收费金额（单位：元）", 10_000),
            (head, "本年收费金额（千元）", 10),
            (head, "本年收费金额 单位：百元", 100),
        ] {
            let read = read_back(&truth, way, |table| rename(table, from, to));
            let wanted = fee / Decimal::from(part);
            let read_value = value(&read, "t2.fee.amount").decimal();
            assert_eq!(read_value, Some(wanted), "{way}: {to}");
            let told = |line: &String| line.contains("表二 · 行政事业性收费");
            assert!(read.lines().iter().any(told), "{way}: {to}");
        }
    }
    for way in ["tabs", "html", "docx", "xlsx"] {
        // Beside the label, and in the title of the block.
        for (from, to) in [
            ("行政事业性收费", "行政事业性收费（元）"),
            ("第二十条第（八）项", "第二十条第（八）项（单位：元）"),
        ] {
            let read = read_back(&truth, way, |table| {
                rename(table, head, "本年收费金额");
                rename(table, from, to);
            });
            let wanted = fee / Decimal::from(10_000);
            let read_value = value(&read, "t2.fee.amount").decimal();
            assert_eq!(read_value, Some(wanted), "{way}: {to}");
        }
        // Two units, and units of which nobody knows the exact number.
        for (from, to, id) in [
            ("行政事业性收费", "行政事业性收费（元）", "t2.fee.amount"),
            (
                "本年处理决定数量",
                "处理决定数量（百件）",
                "t2.licence.decisions",
            ),
        ] {
            let read = read_back(&truth, way, |table| rename(table, from, to));
            let lost = read.not_placed.iter().find(|lost| lost.id == id);
            let why = lost.map(|lost| &lost.why);
            let is_told = matches!(why, Some(WhyNot::OtherUnit { .. }));
            assert!(is_told, "{way}: {to}, {why:?}");
        }
    }
}

/// Units of the country's own money, however they are written, and those that the program does not understand.
#[test]
fn an_amount_in_a_unit_that_is_not_understood_is_not_read() {
    let truth = truth(87);
    let fee = value_of(&truth, "t2.fee.amount");
    let (id, head) = ("t2.fee.amount", "本年收费金额（单位：万元）");
    for way in WAYS {
        for (to, part) in [
            ("本年收费金额（元人民币）", 10_000),
            ("本年收费金额（人民币：百元）", 100),
            ("本年收费金额/千圆", 10),
            ("本年收费金额（以万元为单位）", 1),
            ("本年收费金额（单位：万）", 1),
        ] {
            let read = read_back(&truth, way, |table| rename(table, head, to));
            let told = |line: &String| line.contains("表二 · 行政事业性收费");
            let wanted = Some(fee / Decimal::from(part));
            assert_eq!(value(&read, id).decimal(), wanted, "{way}: {to}");
            assert_eq!(read.lines().iter().any(told), part > 1, "{way}: {to}");
        }
        for (to, unit) in [
            ("本年收费金额（单位：日元）", "日元"),
            ("本年收费金额（万欧元）", "万欧元"),
            ("本年收费金额（单位：HKD）", "HKD"),
            ("本年收费金额（单位：宗）", "宗"),
            ("本年收费金额（百）", "百"),
            ("本年收费金额（单位：百元或元）", "百元、元"),
        ] {
            let read = read_back(&truth, way, |table| rename(table, head, to));
            let lost = read.not_placed.iter().find(|lost| lost.id == id);
            let why = lost.map(|lost| &lost.why);
            let is_told = matches!(why, Some(WhyNot::OtherUnit { said, .. }) if said == unit);
            assert!(is_told, "{way}: {to}, {why:?}");
        }
    }
}

fn value_of(report: &Report, id: &str) -> Decimal {
    let cell = report.form().find(id).unwrap();
    report.value(cell).decimal().unwrap()
}

/// As some programs give out the text of a page: the numbers of a row above its label.
#[test]
fn numbers_above_their_labels_are_not_taken_by_the_next_ones() {
    let truth = truth(84);
    let document = Document::new(&truth, &check::evaluate(&truth), "", false);
    let mut text = format!("{}\n", document.title);
    for table in document.tables() {
        text.push_str(&format!("{}\n", table.heading));
        let mut rows = vec![(Vec::new(), Vec::new()); table.rows];
        for cell in &table.cells {
            let row = &mut rows[cell.row];
            match cell.number {
                Some(_) => row.0.push(words(&cell.text)),
                None => row.1.push(words(&cell.text)),
            }
        }
        for (numbers, labels) in rows {
            for line in numbers.into_iter().chain(labels) {
                text.push_str(&format!("{line}\n"));
            }
        }
    }
    let read = from_source(&read::read(text.as_bytes()).unwrap()).unwrap();
    assert_eq!(silently_wrong(&truth, &read), [""; 0]);
    let of_rows = |lost: &&nianbao::import::NotPlaced| !lost.id.starts_with("t4.");
    assert!(read.not_placed.iter().filter(of_rows).count() > 100);
}

#[test]
fn of_a_row_with_more_columns_only_the_rest_is_unused() {
    let truth = truth(85);
    let page = crate::support::page(&truth);
    let label = "二、上年结转政府信息公开申请数量";
    let from = page.find(label).unwrap();
    let row = from + page[from..].find("</tr>").unwrap();
    let head = page.find("<th").unwrap();
    assert!(head > 0);
    let page = format!("{}<td>其中网上3件</td>{}", &page[..row], &page[row..]);
    let read = from_source(&read::read(page.as_bytes()).unwrap()).unwrap();
    assert_eq!(silently_wrong(&truth, &read), [""; 0]);
    let left: Vec<String> = read.left_over.iter().map(ToString::to_string).collect();
    let numbers = |line: &String| line.contains("其中网上3件");
    assert!(left.iter().any(numbers), "{left:?}");
}
