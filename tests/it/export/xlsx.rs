//! The Excel workbook, read back: numbers, formulas, spans, texts, and what it watches by itself.

use crate::support::random::{self, Random};
use crate::support::{document, exported, part, published, report};
use calamine::{Data, Reader as _, Xlsx};
use nianbao::export::Format;
use nianbao::export::document::{Block, Document, TableBlock};
use nianbao::export::xlsx::{CHARTS, COVER, DATA, FIRST_ROW, FIRST_TEXT_ROW, sheet_names, to_xlsx};
use nianbao::form::{self, CellIx};
use nianbao::report::{Edit, History, Report};
use nianbao::value::{Kind, Value};
use std::collections::BTreeSet;
use std::io::Cursor;

type Book = Xlsx<Cursor<Vec<u8>>>;

fn open(bytes: Vec<u8>) -> Book {
    Xlsx::new(Cursor::new(bytes)).unwrap()
}

fn place(cell: &nianbao::export::document::TableCell) -> (u32, u32) {
    (FIRST_ROW + cell.row as u32, cell.col as u32)
}

/// Every cell of a table's sheet against the document.
fn check_table(name: &str, book: &mut Book, document: &Document, table: &TableBlock) {
    let values = book.worksheet_range(&table.sheet).unwrap();
    let formulas = book.worksheet_formula(&table.sheet).unwrap();
    for cell in &table.cells {
        let at = place(cell);
        let found = values.get_value(at).cloned().unwrap_or(Data::Empty);
        let formula = formulas.get_value(at).cloned().unwrap_or_default();
        let Some(number) = cell.number else {
            let plain = |words: &str| words.replace('\n', "");
            assert_eq!(
                plain(&found.to_string()),
                plain(&cell.text),
                "{name} {at:?}"
            );
            continue;
        };
        let spec = document.form.cell(number.cell);
        let read = match &found {
            Data::Empty => None,
            Data::String(text) if text.is_empty() => None,
            Data::Float(number) => Some(number.to_string().parse().unwrap()),
            Data::Int(number) => Some((*number).into()),
            Data::String(digits) => Some(digits.parse().unwrap()),
            other => panic!("{name} {}: {other:?}", spec.id),
        };
        let is_text = matches!(&found, Data::String(text) if !text.is_empty());
        let too_long = number.value.to_string().len() > 16;
        assert_eq!(read, number.value.decimal(), "{name} {}", spec.id);
        assert!(!is_text || too_long, "{name} {}", spec.id);
        let is_live = spec.computed && number.value.same_number(number.computed);
        assert_eq!(!formula.is_empty(), is_live, "{name} {}", spec.id);
    }
    let spans: BTreeSet<_> = (table.cells.iter().filter(|cell| cell.rows * cell.cols > 1))
        .map(|cell| {
            let (row, col) = place(cell);
            let last = (row + cell.rows as u32 - 1, col + cell.cols as u32 - 1);
            ((row, col), last)
        })
        .collect();
    let merged: BTreeSet<_> = (book.merge_cells_by_sheet_name(&table.sheet).unwrap().iter())
        .map(|merged| (merged.start, merged.end))
        .filter(|(first, _)| first.0 >= FIRST_ROW)
        .collect();
    assert_eq!(merged, spans, "{name}");
}

fn check_report(name: &str, report: &Report) {
    let document = document(report);
    let bytes = to_xlsx(&document).unwrap();
    assert_eq!(bytes, to_xlsx(&document).unwrap(), "{name}: the same twice");
    let mut book = open(bytes);
    let mut names = sheet_names(&document);
    for (table, sheet) in document.tables().zip(&names) {
        assert_eq!(table.sheet, *sheet);
        check_table(name, &mut book, &document, table);
    }
    names.insert(0, COVER.to_owned());
    names.extend([CHARTS, DATA].map(str::to_owned));
    assert_eq!(book.sheet_names(), names);

    let cover = book.worksheet_range(COVER).unwrap();
    let text = |row, col| cover.get_value((row, col)).unwrap().to_string();
    assert_eq!(text(0, 0).replace('\n', ""), document.title, "{name}");
    assert_eq!(text(2, 1), document.organ, "{name}");
    assert_eq!(text(3, 1), document.year.to_string(), "{name}");
    // How it fared in the checks stands on drafts alone.
    let verdict = document.mark.as_ref().map_or("", |_| &document.verdict);
    assert_eq!(text(5, 1), verdict, "{name}");
    let texts = |block: &Block| block.text().unwrap_or_default().to_owned();
    let expected: String = document.blocks.iter().map(texts).collect();
    let last = cover.end().unwrap().0;
    let found: String = (FIRST_TEXT_ROW..=last).map(|row| text(row, 0)).collect();
    assert_eq!(found, expected, "{name}");
}

#[test]
fn published_reports_read_back_as_they_are() {
    for (name, imported) in published() {
        check_report(&name, &imported.report);
    }
    let sample = include_str!("../../../assets/samples/jiutai_xinglong_2020.ron");
    check_report("sample", &nianbao::draft::from_text(sample).unwrap());
}

#[test]
fn random_reports_read_back_as_they_are() {
    let mut random = Random::new(7);
    for form in form::official() {
        for size in [0, 9, 300, 70_000, nianbao::value::LIMIT / 50] {
            let balanced = random::balanced(form, size, &mut random);
            check_report(&format!("balanced {size}"), &balanced);
            let mut printed = random::printed(&balanced);
            for slip in random::SLIPS {
                random::mistype(form, &mut printed, slip, &mut random);
            }
            let mistyped = random::imported(form, &printed);
            check_report(&format!("mistyped {size}"), &mistyped);
        }
    }
}

#[test]
fn empty_reports_have_formulas_that_show_nothing() {
    for form in form::official() {
        let empty = Report::new(form.clone(), "", form.years.from);
        check_report("empty", &empty);
    }
}

#[test]
fn texts_stay_texts() {
    for organ in ["=1+1", "+5", "-3", "@SUM(A1)", "=cmd|' /C calc'!A0"] {
        let mut history = History::new(report("pingtan_2022"));
        history.apply(Edit::organ(history.report(), organ));
        let text = history.report().form().find_text("s1").unwrap();
        let paragraphs = format!("{organ}\n_x0041_ & <b>\n12");
        history.apply(Edit::text(history.report(), text, &paragraphs));
        check_report(organ, history.report());
        let mut book = open(to_xlsx(&document(history.report())).unwrap());
        assert!(book.worksheet_formula(COVER).unwrap().is_empty());
    }
}

#[test]
fn long_paragraphs_are_cut_behind_sentences() {
    let sentence = "本机关全年依法办理政府信息公开申请若干件，均按期答复。";
    for text in [
        sentence.repeat(3000),
        "长".repeat(70_000),
        format!("{}（见附件）。完", "word ".repeat(9000)),
    ] {
        let mut history = History::new(report("pingtan_2022"));
        let at = history.report().form().find_text("s1").unwrap();
        history.apply(Edit::text(history.report(), at, &text));
        check_report("long", history.report());
    }
    let mut history = History::new(report("pingtan_2022"));
    let at = history.report().form().find_text("s1").unwrap();
    history.apply(Edit::text(history.report(), at, &sentence.repeat(80)));
    let mut book = open(to_xlsx(&document(history.report())).unwrap());
    let cover = book.worksheet_range(COVER).unwrap();
    let first = cover
        .get_value((FIRST_TEXT_ROW + 1, 0))
        .unwrap()
        .to_string();
    let second = cover
        .get_value((FIRST_TEXT_ROW + 2, 0))
        .unwrap()
        .to_string();
    assert!(first.ends_with('。') && first.len() > 1000, "{first}");
    assert!(second.starts_with("本机关"), "{second}");
}

#[test]
fn numbers_that_a_spreadsheet_cannot_hold_are_texts() {
    let mut history = History::new(report("pingtan_2022"));
    let form = history.report().form().clone();
    let cell = form.find("t2.fee.amount").unwrap();
    for (amount, is_text) in [
        ("59237.2449", false),
        ("12.50", false),
        ("99999999999.1234", false),
        ("123456789012.3456", true),
    ] {
        let value = Value::amount(amount.parse().unwrap()).unwrap();
        history.apply(Edit::cells(history.report(), [(cell, value)]));
        let document = document(history.report());
        let bytes = to_xlsx(&document).unwrap();
        let mut book = open(bytes.clone());
        let table = document.tables().next().unwrap();
        check_table(amount, &mut book, &document, table);
        let notes = bytes_have_part(&bytes, "xl/comments1.xml");
        assert_eq!(notes, is_text, "{amount}");
    }
}

fn bytes_have_part(bytes: &[u8], name: &str) -> bool {
    let zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    zip.index_for_name(name).is_some()
}

/// A stated total is what the report says: a constant with a note.
#[test]
fn stated_totals_are_constants_with_a_note() {
    let bytes = to_xlsx(&document(&report("hongze_2023"))).unwrap();
    let notes = part(&bytes, "xl/comments2.xml");
    assert!(notes.contains("原填值 0，计算值 11，请核对"), "{notes}");
    assert!(notes.contains("原填值 0，计算值 5，请核对"));
    assert_eq!(notes.matches("<comment ").count(), 2);
    let notes = part(&bytes, "xl/comments1.xml");
    // Rows of （七） are not in the source: its seven totals are what was printed.
    let unknown = notes.matches("各项里有空白，没有计算值").count();
    assert_eq!(
        (unknown, notes.matches("<comment ").count()),
        (7, 7),
        "{notes}"
    );
}

#[test]
fn totals_and_conditions_cover_whole_columns_and_rows() {
    let bytes = to_xlsx(&document(&report("pingtan_2022"))).unwrap();
    let sheet = part(&bytes, "xl/worksheets/sheet3.xml");
    for expected in [
        // A row's total, a column's total, and the one where both meet.
        "<f>IF(COUNT(D6:I6)&lt;6,\"\",SUM(D6:I6))</f>",
        "<f>IF(COUNT(D8:D28)&lt;21,\"\",SUM(D8:D28))</f>",
        "<conditionalFormatting sqref=\"D6:I7 D29:I30\">",
        "<formula>AND(COUNT(D$6:D$30)=25,SUM(D$6:D$7)&lt;&gt;SUM(D$29:D$30))</formula>",
        "<conditionalFormatting sqref=\"D6:J28 D30:J30\">",
        "<formula>AND(COUNT($D6:$J6)=7,SUM($J6)&lt;&gt;SUM($D6:$I6))</formula>",
        "<conditionalFormatting sqref=\"D8:I29\">",
        "<formula>AND(COUNT(D$8:D$29)=22,SUM(D$29)&lt;&gt;SUM(D$8:D$28))</formula>",
        // The total column's condition waits for the whole table.
        "<formula>AND(COUNT($D$6:$J$7,$D$8:$I$28,$D$29:$J$30)=154,SUM($J$6:$J$7)&lt;&gt;SUM($J$29:$J$30))</formula>",
        "<dataValidation type=\"whole\" allowBlank=\"1\"",
        "sqref=\"D6:I28 D30:I30\"><formula1>0</formula1><formula2>999999999999</formula2>",
    ] {
        assert!(sheet.contains(expected), "{expected}\n{sheet}");
    }
}

/// Each relation that must hold is watched wherever its cells stand, and so is each that must not be negative.
#[test]
fn every_relation_is_watched() {
    for form in form::official() {
        let mut history = History::new(Report::new(form.clone(), "某镇人民政府", form.years.from));
        for index in 0..form.additions.len() as u16 {
            let addition = form::AdditionIx(index);
            history.apply(Edit::addition(history.report(), addition, true));
        }
        let document = document(history.report());
        let bytes = to_xlsx(&document).unwrap();
        for (index, table) in document.tables().enumerate() {
            let sheet = part(&bytes, &format!("xl/worksheets/sheet{}.xml", index + 2));
            let covers = |row: u32, col: u32| {
                sheet
                    .split("<conditionalFormatting sqref=\"")
                    .skip(1)
                    .filter(|rule| {
                        let ranges = rule.split('"').next().unwrap();
                        ranges.split(' ').any(|range| within(range, row, col))
                    })
                    .map(|rule| rule.split("</conditionalFormatting>").next().unwrap())
                    .map(|rule| rule.matches("<cfRule ").count())
                    .sum::<usize>()
            };
            for cell in &table.cells {
                let Some(number) = cell.number else { continue };
                let must = |index: &usize| {
                    let relation = &form.relations[*index];
                    form.rules[relation.rule].level == form::Level::Error
                        && relation.cells.contains(&number.cell)
                };
                let relations = document.relations.iter().filter(|index| must(index));
                let signed = form.cell(number.cell).kind == Kind::Signed;
                let (row, col) = place(cell);
                assert_eq!(
                    covers(row, col),
                    relations.count() + usize::from(!signed),
                    "{}",
                    form.cell(number.cell).id
                );
            }
        }
    }
}

fn within(range: &str, row: u32, col: u32) -> bool {
    let corner = |text: &str| {
        let digits = text.find(|c: char| c.is_ascii_digit()).unwrap();
        let col = rust_xlsxwriter::utility::column_name_to_number(&text[..digits]);
        (text[digits..].parse::<u32>().unwrap() - 1, u32::from(col))
    };
    let (first, last) = range.split_once(':').unwrap_or((range, range));
    let ((top, left), (bottom, right)) = (corner(first), corner(last));
    (top..=bottom).contains(&row) && (left..=right).contains(&col)
}

#[test]
fn the_workbook_says_what_draft_it_is_of() {
    let document = document(&report("hongze_2023"));
    let bytes = to_xlsx(&document).unwrap();
    let custom = part(&bytes, "docProps/custom.xml");
    for value in [
        &document.digest,
        &document.form.id,
        env!("CARGO_PKG_VERSION"),
    ] {
        assert!(custom.contains(&format!("<vt:lpwstr>{value}</vt:lpwstr>")));
    }
    let core = part(&bytes, "docProps/core.xml");
    assert!(core.contains("2024-01-01T00:00:00Z"), "{core}");
    let mark = document.mark.as_ref().unwrap();
    for sheet in 1..=4 {
        let sheet = part(&bytes, &format!("xl/worksheets/sheet{sheet}.xml"));
        assert!(sheet.contains(mark.as_str()) && sheet.contains("<sheetProtection "));
    }
}

/// Names that Excel does not take are changed just so far that it does.
#[test]
fn sheets_have_names_that_excel_takes() {
    let mut document = document(&report("hongze_2023"));
    let names = ["a/b:c[d]*?\\", "封面", "封面"];
    let mut names = names.iter();
    for block in &mut document.blocks {
        if let Block::Table(table) = block {
            table.sheet = (*names.next().unwrap()).to_owned();
        }
    }
    assert_eq!(
        sheet_names(&document),
        ["a／b：c［d］＊？＼", "封面（2）", "封面（3）"]
    );
    to_xlsx(&document).unwrap();
    for block in &mut document.blocks {
        if let Block::Table(table) = block {
            table.sheet = "很".repeat(40);
        }
    }
    assert_eq!(sheet_names(&document)[2].chars().count(), 31);
    to_xlsx(&document).unwrap();
}

/// The cells of a form stand where the document says, so nothing of one table gets lost.
#[test]
fn each_cell_of_the_report_stands_on_a_sheet() {
    let report = report("pingtan_2019");
    let document = document(&report);
    let placed: BTreeSet<CellIx> = (document.tables())
        .flat_map(|table| table.cells.iter().filter_map(|cell| cell.number))
        .map(|number| number.cell)
        .collect();
    assert_eq!(placed, report.cells().collect());
}

/// Every number has its id as a name, and is listed once more on the last sheet; the package names no system.
#[test]
fn numbers_are_named_and_listed_and_nothing_says_where_it_was_made() {
    let report = report("hongze_2024");
    let bytes = exported(&report, Format::Xlsx);
    let mut book = Xlsx::new(Cursor::new(bytes.clone())).unwrap();
    let names: Vec<String> = book
        .defined_names()
        .iter()
        .map(|(name, _)| name.clone())
        .collect();
    let list = book.worksheet_range("数据").unwrap();
    let document = document(&report);
    for (row, (id, name, number)) in (1..).zip(nianbao::export::xlsx::rows(&document)) {
        assert!(names.iter().any(|known| known == id), "{id}");
        let text = |col| {
            list.get_value((row, col))
                .map(ToString::to_string)
                .unwrap_or_default()
        };
        assert_eq!((text(0).as_str(), text(1)), (id, name));
        assert_eq!(text(2), number.value.to_string());
    }
    let source = nianbao::import::read::read(&bytes).unwrap();
    let read = nianbao::import::from_source(&source).unwrap();
    // Nothing of the list is said to be left over, and nothing is read twice.
    let told: Vec<String> = read.left_over.iter().map(ToString::to_string).collect();
    assert!(!told.iter().any(|words| words.contains("编号")), "{told:?}");
    assert!(read.not_placed.is_empty(), "{:?}", read.not_placed);
    for format in [Format::Docx, Format::Xlsx] {
        let bytes = exported(&report, format);
        let heads = bytes
            .windows(6)
            .filter(|bytes| bytes.starts_with(b"PK\x01\x02"));
        assert!(heads.clone().count() > 5);
        // The upper byte of “version made by”: 0 is MS-DOS, 3 would be Unix.
        assert!(
            heads.map(|head| head[5]).all(|system| system == 0),
            "{format:?}"
        );
    }
}
