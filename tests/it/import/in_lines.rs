//! Tables in text with nothing but blanks between the cells: heads and labels in lines that do not say which is whose.

use crate::support::random::{Random, balanced};
use crate::support::{document, numbers, silently_wrong};
use nianbao::form;
use nianbao::import::{Imported, from_source, read};
use nianbao::report::{Edit, History, Report};
use nianbao::value::{Kind, Value};
use rust_decimal::Decimal;

const COMPANIES: &str = "商业企业 科研机构 社会公益组织 法律服务机构 其他";

/// A line of a table: its labels, or heads, and its numbers.
#[derive(Clone)]
struct Line {
    table: usize,
    words: Vec<String>,
    numbers: Vec<String>,
}

/// Reports of both forms with the lines of their tables, each row one, and the headings between.
fn truths() -> Vec<(Report, Vec<Line>)> {
    let report = |nth: usize| {
        let form = &form::official()[nth % form::official().len()];
        let mut random = Random::new(600 + nth as u64);
        let mut history = History::new(balanced(form, 90, &mut random));
        let amounts = form.indexed_cells();
        let amounts = amounts.filter(|(_, spec)| spec.kind == Kind::Amount);
        let amounts = amounts.map(|(cell, _)| {
            let amount = i64::try_from(1_000_001 + random.below(900_000)).unwrap();
            (cell, Value::amount(Decimal::new(amount, 2)).unwrap())
        });
        let edit = Edit::cells(history.report(), amounts.collect::<Vec<_>>());
        history.apply(edit);
        let report = history.report().clone();
        let lines = lines_of(&report);
        (report, lines)
    };
    (0..4).map(report).collect()
}

fn lines_of(report: &Report) -> Vec<Line> {
    let mut lines = Vec::new();
    for table in document(report).tables() {
        let heading = vec![table.heading.clone()];
        let line = |words| Line {
            table: table.table,
            words,
            numbers: Vec::new(),
        };
        lines.push(line(heading));
        let mut rows = vec![line(Vec::new()); table.rows];
        for cell in &table.cells {
            let text = cell.text.replace('\n', "");
            let row = &mut rows[cell.row];
            match text.trim_end_matches(['元', '万']).parse::<f64>() {
                Ok(_) => row.numbers.push(text),
                Err(_) => row.words.push(text),
            }
        }
        lines.extend(rows);
    }
    lines
}

fn printed(line: &Line) -> String {
    let all: Vec<&str> = (line.words.iter().chain(&line.numbers))
        .map(String::as_str)
        .collect();
    all.join(" ")
}

fn read_lines(report: &Report, lines: &[String]) -> Imported {
    let text = format!("{}\n{}\n", report.title(), lines.join("\n"));
    from_source(&read::read(text.as_bytes()).unwrap()).unwrap()
}

/// The lines with others for the two below the first line of heads of table three.
fn with_heads(lines: &[Line], heads: &[&str], change: impl Fn(&Line) -> Line) -> Vec<String> {
    let first = lines.iter().position(|line| line.table == 1).unwrap();
    let rows = lines[first + 4..].iter().map(|line| match line.table {
        1 => printed(&change(line)),
        _ => printed(line),
    });
    let before = lines[..first + 2].iter().map(printed);
    let heads = heads.iter().map(|line| (*line).to_owned());
    before.chain(heads).chain(rows).collect()
}

/// Heads that are as high as two lines stand above or below the others; blanks stand in words; some words are unknown.
#[test]
fn heads_whose_lines_stand_in_any_order_shift_no_column() {
    for (truth, lines) in truths() {
        for heads in [
            &["法人或其他组织", "自然人 总计", COMPANIES][..],
            &["法人或其他组织 总计", COMPANIES, "自然人"],
            &["总计", "自然人 法人或其他组织", COMPANIES],
            &["自然人", COMPANIES, "法人或其他组织 总计"],
            &["自然人 法人或其他组织 总 计", COMPANIES],
            &["自 然 人 法人或 其他组织 合 计", COMPANIES],
            &["群众 法人或其他组织 小计", COMPANIES],
            &["单位：件 自然人 法人或其他组织 总计", COMPANIES],
            &[
                "法人或其他组织",
                "自然人 商业企业 科研机构 公益组织 律所 其他 总计",
            ],
        ] {
            let read = read_lines(&truth, &with_heads(&lines, heads, Line::clone));
            assert_eq!(numbers(&read.report), numbers(&truth), "{heads:?}");
        }
    }
}

/// Heads of one line stand left to right: where they say another order, sums must bear it out.
#[test]
fn heads_of_one_line_in_another_order_need_the_sums() {
    let moved = |from: usize, to: usize| {
        move |line: &Line| {
            let mut line = line.clone();
            if !line.numbers.is_empty() {
                let number = line.numbers.remove(from);
                line.numbers.insert(to, number);
            }
            line
        }
    };
    for (truth, lines) in truths() {
        for (heads, from, to) in [
            ("总计 自然人 法人或其他组织", 6, 0),
            ("自然人 总计 法人或其他组织", 6, 1),
            ("法人或其他组织 自然人 总计", 0, 5),
        ] {
            let heads = [heads, COMPANIES];
            let read = read_lines(&truth, &with_heads(&lines, &heads, moved(from, to)));
            assert_eq!(numbers(&read.report), numbers(&truth), "{heads:?}");
        }
        for heads in ["总计 自然人 法人或其他组织", "自然人 总计 法人或其他组织"]
        {
            let heads = [heads, COMPANIES];
            let read = read_lines(&truth, &with_heads(&lines, &heads, Line::clone));
            assert_eq!(silently_wrong(&truth, &read), [""; 0], "{heads:?}");
        }
        // Nothing is the others' sum.
        let heads = ["法人或其他组织", "自然人 总计", COMPANIES];
        let read = read_lines(&truth, &with_heads(&lines, &heads, moved(6, 2)));
        assert_eq!(silently_wrong(&truth, &read), [""; 0]);
    }
}

/// From some row on the numbers stand in the line above their label, as where a cell's words hang lower.
#[test]
fn numbers_above_their_labels_are_told_from_any_row_on() {
    for (truth, lines) in truths().into_iter().take(2) {
        let rows: Vec<usize> = (0..lines.len())
            .filter(|at| lines[*at].table == 1 && !lines[*at].numbers.is_empty())
            .collect();
        for from in [1, 2, 9, rows.len() - 2, rows.len() - 1] {
            for to in [from + 1, from + 2, rows.len()] {
                let range = from..to.min(rows.len());
                let mut text = Vec::new();
                for (at, line) in lines.iter().enumerate() {
                    match rows[range.clone()].contains(&at) {
                        true => text.extend([line.numbers.join(" "), line.words.join(" ")]),
                        false => text.push(printed(line)),
                    }
                }
                let read = read_lines(&truth, &text);
                assert_eq!(silently_wrong(&truth, &read), [""; 0], "{range:?}");
                let lost = lost_of_three(&read);
                assert!(lost <= (range.len() + 1) * 7, "{range:?}: {lost}");
            }
        }
        // All of them below.
        let text: Vec<String> = lines
            .iter()
            .flat_map(|line| match line.numbers.len() {
                0 => vec![printed(line)],
                _ => vec![line.words.join(" "), line.numbers.join(" ")],
            })
            .collect();
        let read = read_lines(&truth, &text);
        let of_three = |numbers: Vec<(String, _)>| {
            numbers
                .into_iter()
                .filter(|(id, _)| id.starts_with("t3."))
                .collect::<Vec<_>>()
        };
        assert_eq!(of_three(numbers(&read.report)), of_three(numbers(&truth)));
    }
}

/// How many cells of table three were not read.
fn lost_of_three(read: &Imported) -> usize {
    let lost = read.not_placed.iter();
    lost.filter(|lost| lost.id.starts_with("t3.")).count()
}

/// A row that is there twice, before or behind the right one, with other numbers or the same.
#[test]
fn a_row_that_is_there_twice_is_told() {
    for (truth, lines) in truths().into_iter().take(2) {
        for at in (0..lines.len()).filter(|at| lines[*at].table < 2) {
            if lines[at].numbers.is_empty() {
                continue;
            }
            for (is_before, note) in [(false, ""), (true, ""), (false, "（上年）")] {
                let mut twice = lines.clone();
                let mut other = lines[at].clone();
                other.words.drain(..other.words.len() - 1);
                other.words[0].push_str(note);
                let count = other.numbers.len();
                other.numbers = (0..count).map(|nth| (300 + nth).to_string()).collect();
                match is_before {
                    true => {
                        twice[at].numbers.clone_from(&other.numbers);
                        other.numbers.clone_from(&lines[at].numbers);
                    }
                    false => {}
                }
                twice.insert(at + 1, other);
                let text: Vec<String> = twice.iter().map(printed).collect();
                let read = read_lines(&truth, &text);
                let row = printed(&lines[at]);
                assert_eq!(silently_wrong(&truth, &read), [""; 0], "{row} {is_before}");
            }
        }
    }
}

/// Every line of a table cut after so many characters, whatever stands there; the numbers have lines of their own.
#[test]
fn words_cut_anywhere_are_put_together() {
    for (truth, lines) in truths() {
        for length in 5..12 {
            let mut text = Vec::new();
            for line in &lines {
                let words: Vec<char> = line.words.concat().chars().collect();
                text.extend(
                    words
                        .chunks(length)
                        .map(|part| part.iter().collect::<String>()),
                );
                if !line.numbers.is_empty() {
                    text.push(line.numbers.join(" "));
                }
            }
            let read = read_lines(&truth, &text);
            assert_eq!(silently_wrong(&truth, &read), [""; 0], "{length}");
            assert_eq!(lost_of_three(&read), 0, "{length}");
        }
    }
}
