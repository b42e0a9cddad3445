//! Tables without lines: PDF files in which nothing but the places of words makes a table.

use super::readers_support::Pdf;
use crate::support::{fixture, lines, numbers, published};
use nianbao::import::read;
use nianbao::import::{self, Imported, from_source};
use nianbao::value::Value;

/// Reports whose tables were printed without lines, or with lines across only, by a browser and by a word processor.
#[test]
fn tables_without_lines_are_read_to_exactly_their_numbers() {
    for name in [
        // Numbers set to the right.
        "pingtan_2022",
        // A table that goes on on the next page.
        "pingtan_2020",
        // Rows that stand as near as the lines of a cell.
        "pingtan_2021",
        // Most cells are blank.
        "shanghai_office_2019",
        // Lines between the rows.
        "hongze_2024",
    ] {
        let read = import::from_file(&fixture(&format!("unruled/{name}.pdf"))).unwrap();
        let truth = published().into_iter().find(|(n, _)| n == name).unwrap().1;
        assert_eq!(numbers(&read.report), numbers(&truth.report), "{name}");
        assert!(read.not_placed.is_empty(), "{name}");
        for table in ["表二", "表三", "表四"] {
            let told = format!("{table}没有画框线，各格按文字的位置读入，请看原件核对");
            assert!(lines(&read.remarks).contains(&told), "{name}: {told}");
        }
    }
}

/// Words on a page: the middle of them and the line they stand on, in points from the lower left corner.
#[derive(Clone)]
struct Words {
    middle: f64,
    base: f64,
    text: String,
}

/// In points, at the size in which they are drawn.
fn width(text: &str) -> f64 {
    let width = |c: char| if c.is_ascii() { 5.0 } else { 10.0 };
    text.chars().map(width).sum()
}

fn drawn(words: &[Words]) -> Vec<u8> {
    let draw = |words: &Words| {
        let code: String = words
            .text
            .encode_utf16()
            .map(|unit| format!("{unit:04X}"))
            .collect();
        let left = words.middle - width(&words.text) / 2.0;
        format!(
            "BT /F1 10 Tf {left:.2} {:.2} Td <{code}> Tj ET ",
            words.base
        )
    };
    let mut pdf = Pdf::new();
    pdf.page(&words.iter().map(draw).collect::<String>());
    pdf.bytes()
}

const COLUMN: f64 = 32.0;

fn middle(column: f64) -> f64 {
    60.0 + COLUMN * column
}

const NUMBERS: [&str; 15] = [
    "3", "", "12", "1", "16", "", "", "", "", "", "2", "1", "", "4", "7",
];

/// The columns that are no totals.
const PARTS: [usize; 12] = [0, 1, 2, 3, 5, 6, 7, 8, 10, 11, 12, 13];

/// Table four below a title, each word in the middle of its columns.
fn table_four() -> Vec<Words> {
    let mut all = Vec::new();
    let mut put = |middle: f64, base: f64, text: &str| {
        let text = text.to_owned();
        all.push(Words { middle, base, text });
    };
    put(280.0, 760.0, "某某局2023年政府信息公开工作年度报告");
    put(200.0, 730.0, "四、政府信息公开行政复议、行政诉讼情况");
    put(middle(2.0), 700.0, "行政复议");
    put(middle(9.5), 700.0, "行政诉讼");
    put(middle(7.0), 680.0, "未经复议直接起诉");
    put(middle(12.0), 680.0, "复议后起诉");
    let heads = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"];
    for (column, number) in NUMBERS.iter().enumerate() {
        let at = middle(column as f64);
        let base = if column < 5 { 665.0 } else { 655.0 };
        let (upper, lower) = heads[column % 5].split_at(6);
        match lower {
            "" => put(at, base, upper),
            _ => {
                put(at, base + 6.0, upper);
                put(at, base - 6.0, lower);
            }
        }
        if !number.is_empty() {
            put(at, 625.0, number);
        }
    }
    put(200.0, 580.0, "五、存在的主要问题及改进情况");
    put(200.0, 560.0, "本年度收到申请 12 件，其中 3 件予以公开。");
    all
}

/// Nothing if what is left is no report any more, as the program says then.
fn read(words: &[Words]) -> Option<Imported> {
    from_source(&read::read(&drawn(words)).unwrap()).ok()
}

/// What the cells of table four hold, but for totals, which are worked out; none for one that is not read.
fn cells(read: Option<&Imported>) -> Vec<Option<String>> {
    let Some(read) = read else {
        return vec![None; PARTS.len()];
    };
    let form = read.report.form();
    let block = |block: &str| {
        let results = ["upheld", "corrected", "other", "pending"];
        results.map(|result| format!("t4.row.{block}_{result}"))
    };
    let cells = ["rev", "dir", "post"].into_iter().flat_map(block);
    let cells = cells.map(|id| {
        let is_lost = read.not_placed.iter().any(|lost| lost.id == id);
        let value = read.report.value(form.find(&id).unwrap());
        (!is_lost).then(|| match value {
            Value::Blank => String::new(),
            value => value.to_string(),
        })
    });
    cells.collect()
}

/// Whether what is not told is what stands on the page.
fn says_nothing_wrong(cells: &[Option<String>]) -> bool {
    let mut all = cells.iter().zip(PARTS);
    all.all(|(cell, column)| cell.as_deref().is_none_or(|cell| cell == NUMBERS[column]))
}

fn lost(cells: &[Option<String>]) -> usize {
    cells.iter().filter(|cell| cell.is_none()).count()
}

#[test]
fn numbers_stand_under_the_heads_of_their_columns() {
    let read = read(&table_four()).unwrap();
    let wanted = PARTS.map(|column| Some(NUMBERS[column].to_owned()));
    assert_eq!(cells(Some(&read)), wanted);
    let s5 = read.report.form().find_text("s5").unwrap();
    let text = "本年度收到申请 12 件，其中 3 件予以公开。";
    assert_eq!(read.report.text(s5), text);
}

/// Every number, moved half a column to each side: it is told, and so is all that could be wrong because of it.
#[test]
fn a_number_between_two_columns_is_told() {
    let whole = table_four();
    let is_number = |words: &&Words| words.base == 625.0;
    let count = whole.iter().filter(is_number).count();
    for nth in 0..count {
        for side in [-0.5, 0.5] {
            let mut words = whole.clone();
            let mut numbers = words.iter_mut().filter(|words| words.base == 625.0);
            numbers.nth(nth).unwrap().middle += side * COLUMN;
            let cells = cells(read(&words).as_ref());
            assert_eq!(lost(&cells), 12, "{nth} {side}");
        }
    }
}

/// A number, moved to the column of another total: neither comes out.
#[test]
fn a_number_in_the_next_group_is_told() {
    for (from, to) in [(10, 9), (11, 9), (13, 9), (14, 9)] {
        let mut words = table_four();
        let at = middle(from as f64);
        let of_column = |words: &&mut Words| words.base == 625.0 && words.middle == at;
        words.iter_mut().find(of_column).unwrap().middle = middle(to as f64);
        let cells = cells(read(&words).as_ref());
        assert!(lost(&cells) >= 4, "{from} {to}");
        let is_read = |column: usize| {
            let nth = PARTS.iter().position(|part| *part == column);
            nth.is_some_and(|nth| cells[nth].is_some())
        };
        assert!(!is_read(from) && !is_read(to), "{from} {to}");
    }
}

/// A head that is missing, one of a column or of several: the row is not read.
#[test]
fn a_table_that_lacks_a_head_is_told() {
    let whole = table_four();
    let is_head = |words: &&Words| (630.0..=700.0).contains(&words.base);
    // Both lines of a head stand below each other.
    let is_group = |words: &Words| words.base >= 680.0;
    for gone in whole.iter().filter(is_head) {
        let is_same = |words: &Words| {
            is_head(&words) && words.middle == gone.middle && is_group(words) == is_group(gone)
        };
        let mut words = whole.clone();
        words.retain(|words| !is_same(words));
        let cells = cells(read(&words).as_ref());
        // The heads below it tell its columns apart.
        let is_needed = gone.text != "行政诉讼";
        assert!(!is_needed || lost(&cells) == 12, "{}", gone.text);
        assert!(says_nothing_wrong(&cells), "{}", gone.text);
    }
}

/// Numbers at different heights may be two rows.
#[test]
fn numbers_of_a_row_that_is_not_level_are_told() {
    let mut words = table_four();
    let mut numbers = words.iter_mut().filter(|words| words.base == 625.0);
    numbers.nth(2).unwrap().base -= 9.0;
    assert_eq!(lost(&cells(read(&words).as_ref())), 12);
}

/// A total that does not come out is told with its parts; the others are read.
#[test]
fn what_does_not_add_up_is_told() {
    let mut words = table_four();
    let mut numbers = words.iter_mut().filter(|words| words.base == 625.0);
    numbers.nth(1).unwrap().text = "11".to_owned();
    let read = read(&words).unwrap();
    let cells = cells(Some(&read));
    assert_eq!(lost(&cells), 4);
    assert!(says_nothing_wrong(&cells));
    let told = "表四没有画框线，有些格的列标题不全或者合计对不上，没有读入，请看原件填写";
    assert!(lines(&read.remarks).iter().any(|line| line == told));
}

/// Numbers below each other in texts, lists and tables of contents are no table.
#[test]
fn texts_with_numbers_are_no_tables() {
    let at = |left: f64, base: f64, text: &str| Words {
        middle: left + width(text) / 2.0,
        base,
        text: text.to_owned(),
    };
    let mut words = Vec::new();
    let contents = ["一、总体情况", "二、主动公开政府信息情况", "三、收到和处理"];
    for (nth, heading) in contents.iter().enumerate() {
        let base = 760.0 - 20.0 * nth as f64;
        words.push(at(60.0, base, heading));
        words.push(at(500.0, base, &(nth + 1).to_string()));
    }
    let lines = [
        "1. 主动公开 12 件，比上年多 3 件",
        "2. 依申请公开 3 件，比上年多 1 件",
        "联系电话：0514 8721 1234",
        "传真：0514 8721 1235",
        "邮编 223100",
    ];
    for (nth, line) in lines.iter().enumerate() {
        words.push(at(60.0, 660.0 - 20.0 * nth as f64, line));
    }
    let source = read::read(&drawn(&words)).unwrap();
    assert_eq!(source.tables().count(), 0);
}
