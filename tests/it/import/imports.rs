//! Last year's documents read into reports.

use super::readers_support::Pdf;
use crate::support::random::{Random, wild};
use crate::support::{exported, fixture, lines, numbers, published, report, silently_wrong};
use nianbao::export::Format;
use nianbao::import::source::{Part, RawCell, RawTable, Source};
use nianbao::import::{self, Imported, from_source, read};
use nianbao::report::Report;
use nianbao::value::Value;
use nianbao::{check, form};

fn from_bytes(bytes: &[u8]) -> Imported {
    from_source(&read::read(bytes).unwrap()).unwrap()
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
        // A local row, of which our copy knows nothing.
        let mut found = numbers(&read.report);
        found.retain(|(id, _)| !id.starts_with("t2.published."));
        assert_eq!(found, numbers(&truth.report), "{file}");
        assert_eq!(strange(&read), strange(&truth), "{file}");
    }
}

#[test]
fn a_mix_of_two_forms_is_named() {
    let read = import::from_file(&fixture("reports/hongze_2023.pdf")).unwrap();
    assert!(
        lines(&read.remarks)
            .iter()
            .any(|remark| remark.contains("两种格式混用") && remark.contains("（六）其他处理")),
        "{:?}",
        read.remarks
    );
    let lost = lines(&read.lost_rows());
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
    let page = crate::support::page(&report("hongze_2024"));
    let odd = page
        .replacen(">9487<", ">9487（其中修订 16 件）<", 1)
        .replacen(">2776<", ">约2776<", 1)
        .replacen(">84<", ">—<", 1);
    let read = from_bytes(odd.as_bytes());
    let cell = |id: &str| read.report.value(read.report.form().find(id).unwrap());
    assert_eq!(cell("t2.licence.decisions"), Value::Count(9487));
    assert!(
        lines(&read.remarks)
            .iter()
            .any(|remark| remark.contains("原文是“9487（其中修订 16 件）”，读作 9487"))
    );
    assert_eq!(cell("t2.penalty.decisions"), Value::Blank);
    assert!(strange(&read).contains(&("t2.penalty.decisions", "约2776")));
    assert_eq!(cell("t2.coercion.decisions"), Value::Blank);
}

/// What stands in our own web page of a report.
fn source_of(report: &Report) -> Source {
    read::read(&exported(report, Format::Html)).unwrap()
}

fn tables_mut(source: &mut Source) -> impl Iterator<Item = &mut RawTable> {
    source.parts.iter_mut().filter_map(|part| match part {
        Part::Table(table) => Some(table),
        Part::Text(_) => None,
    })
}

/// An empty cell that is one row high.
fn empty(row: usize, col: usize) -> RawCell {
    let text = String::new();
    RawCell {
        row,
        col,
        rows: 1,
        cols: 1,
        text,
    }
}

#[test]
fn an_empty_row_below_a_table_is_not_its_numbers() {
    let truth = report("hongze_2024");
    let mut source = source_of(&truth);
    for table in tables_mut(&mut source) {
        let cells = (0..table.cols).map(|col| empty(table.rows, col));
        table.cells.extend(cells);
        table.rows += 1;
    }
    let read = from_source(&source).unwrap();
    assert_eq!(numbers(&read.report), numbers(&truth));
}

#[test]
fn a_report_on_one_sheet_is_read_with_its_texts() {
    let truth = import::from_file(&fixture("reports/hongze_2024.pdf"))
        .unwrap()
        .report;
    let source = source_of(&truth);
    let cols = source.tables().map(|table| table.cols).max().unwrap();
    let mut sheet = RawTable {
        cols,
        ..RawTable::default()
    };
    for part in source.parts {
        match part {
            Part::Text(text) => {
                sheet.cells.push(RawCell {
                    cols,
                    text,
                    ..empty(sheet.rows, 0)
                });
                sheet.rows += 1;
            }
            Part::Table(table) => {
                let row = sheet.rows;
                let moved = |cell: RawCell| RawCell {
                    row: row + cell.row,
                    ..cell
                };
                sheet.cells.extend(table.cells.into_iter().map(moved));
                sheet.rows += table.rows;
                // The sheet goes on at the right of a narrow table.
                let beside = (row..sheet.rows)
                    .flat_map(|row| (table.cols..cols).map(move |col| empty(row, col)));
                sheet.cells.extend(beside);
            }
        }
    }
    sheet.cells.sort_by_key(|cell| (cell.row, cell.col));
    let parts = vec![Part::Table(sheet)];
    let read = from_source(&Source {
        parts,
        ..Source::default()
    })
    .unwrap();
    assert_eq!(read.report.organ(), truth.organ());
    assert_eq!(numbers(&read.report), numbers(&truth));
    for (ix, spec) in truth.form().indexed_texts() {
        assert_eq!(read.report.text(ix), truth.text(ix), "{}", spec.id);
    }
}

/// As the end of a page does it: the label's lines part, and each number stays whole on one side.
#[test]
fn a_row_that_was_cut_in_two_is_one() {
    for truth in [report("hongze_2024"), report("shanghai_office_2019")] {
        let rows = source_of(&truth).tables().nth(1).unwrap().rows;
        for cut in 3..rows {
            let mut source = source_of(&truth);
            let table = tables_mut(&mut source).nth(1).unwrap();
            table.rows += 1;
            let mut below = Vec::new();
            for cell in &mut table.cells {
                if cell.row > cut {
                    cell.row += 1;
                } else if cell.row + cell.rows > cut + 1 {
                    cell.rows += 1;
                } else if cell.row == cut {
                    let mut rest = RawCell {
                        row: cut + 1,
                        ..cell.clone()
                    };
                    let half = cell.text.char_indices().nth(cell.text.chars().count() / 2);
                    match half {
                        Some((half, _)) if cell.text.parse::<i64>().is_err() => {
                            rest.text = cell.text.split_off(half);
                        }
                        _ if cell.col % 2 == cut % 2 => cell.text.clear(),
                        _ => rest.text.clear(),
                    }
                    below.push(rest);
                }
            }
            table.cells.extend(below);
            table.cells.sort_by_key(|cell| (cell.row, cell.col));
            let read = from_source(&source).unwrap();
            assert_eq!(numbers(&read.report), numbers(&truth), "{cut}");
        }
    }
}

/// The same heads stand over three groups of columns: those of two cannot say which group is lost.
#[test]
fn numbers_under_heads_of_several_groups_are_not_guessed() {
    let truth = report("hongze_2024");
    let mut source = source_of(&truth);
    let table = tables_mut(&mut source).nth(2).unwrap();
    table
        .cells
        .retain(|cell| cell.row >= 2 || cell.row == 1 && cell.rows > 1);
    for cell in table.cells.iter_mut().filter(|cell| cell.row == 1) {
        cell.text = "某".to_owned();
    }
    let read = from_source(&source).unwrap();
    let form = read.report.form();
    for (cell, spec) in form
        .indexed_cells()
        .filter(|(_, spec)| spec.id.starts_with("t4"))
    {
        assert_eq!(read.report.value(cell), Value::Blank, "{}", spec.id);
        let listed = read.not_placed.iter().any(|lost| lost.id == spec.id);
        assert!(listed || spec.computed, "{}", spec.id);
    }
}

#[test]
fn a_title_is_read_wherever_it_is_broken() {
    let truth = report("hongze_2024");
    let mut whole = source_of(&truth);
    whole.properties.clear();
    let is_title = |part: &Part| part.text().is_some_and(|text| text.contains("年度报告"));
    let at = whole.parts.iter().position(is_title).unwrap();
    whole.parts.drain(..=at);
    let title = truth.title();
    // Where it is broken in the organ's name, nobody knows whether the line above belongs to it.
    let behind_organ = title.char_indices().map(|(half, _)| half);
    for half in behind_organ.filter(|half| *half >= truth.organ().len()) {
        let mut source = whole.clone();
        let (first, second) = title.split_at(half);
        let lines = [first, second].map(|line| Part::Text(line.to_owned()));
        source.parts.splice(..0, lines);
        let read = from_source(&source).unwrap().report;
        assert_eq!(
            (read.organ(), read.year()),
            (truth.organ(), truth.year()),
            "{half}"
        );
        let preamble = read.text(read.form().find_text("preamble").unwrap());
        assert_eq!(preamble, "", "{half}");
    }
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
            .unwrap_err()
            .to_string();
        assert!(refused.contains(words), "{refused}");
    }
}

#[test]
fn words_of_a_web_sites_foot_end_the_report_only_at_its_end() {
    let sample = nianbao::draft::open(&fixture("../assets/samples/jiutai_xinglong_2020.ron"));
    let mut history = nianbao::report::History::new(sample.unwrap());
    let text = |id: &str, report: &Report| report.form().find_text(id).unwrap();
    let s1 = text("s1", history.report());
    let words = "（一）概述。\n（三）加强与主办单位的沟通。\n（四）政府信息公开存在的主要问题及改进情况\n如下。";
    let edit = nianbao::report::Edit::text(history.report(), s1, words);
    history.apply(edit);
    let truth = history.report();
    let page =
        crate::support::page(truth).replace("</body>", "<p>主办单位：某局 版权所有</p></body>");
    let read = from_bytes(page.as_bytes());
    for id in ["s1", "s5", "s6"] {
        let text = text(id, truth);
        assert_eq!(read.report.text(text), truth.text(text), "{id}");
    }
    assert_eq!(
        lines(&read.left_over),
        ["没有用到的文字（页脚起）：主办单位：某局 版权所有"]
    );
}

#[test]
fn half_a_pdf_is_told_from_a_scan() {
    let whole = std::fs::read(fixture("reports/hongze_2024.pdf")).unwrap();
    for length in [3_000, 200_000] {
        let half = &whole[..length.min(whole.len() * 9 / 10)];
        let said = match read::read(half).and_then(|source| from_source(&source)) {
            Ok(imported) => lines(&imported.remarks).join("\n"),
            Err(why) => why.to_string(),
        };
        assert!(said.contains("没有下载完整"), "{length}: {said}");
    }
}

#[test]
fn what_was_not_used_of_a_source_is_listed() {
    let left_over = |name: &str| {
        let read = import::from_file(&fixture(&format!("reports/{name}"))).unwrap();
        lines(&read.left_over)
    };
    // The row of the older form; everything else has its place.
    for name in ["hongze_2023.pdf", "hongze_2024.pdf"] {
        assert_eq!(
            left_over(name),
            ["没有用到的一行：（六）其他处理 0 0 0 0 0 0 0"]
        );
    }
    let page = crate::support::page(&report("pingtan_2022"));
    let read = from_bytes(page.as_bytes());
    assert_eq!(read.left_over, []);
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
        lines(&from_bytes(odd.as_bytes()).left_over),
        [
            "没有用到的一行：三号自设行 5 6",
            "没有用到的表格（2 行数）：网站浏览量 8812",
            "没有用到的文字：数据由各科室提供。",
        ]
    );
}

/// Words on a page of a PDF, from the left and from below.
fn words(x: usize, y: usize, text: &str) -> String {
    let units = text.encode_utf16().map(|unit| format!("{unit:04X}"));
    let units: String = units.collect();
    format!("BT /F1 10 Tf {x} {y} Td <{units}> Tj ET ")
}

/// Lines of a table, as corners from and to.
fn rules(lines: &[[usize; 4]]) -> String {
    let line = |[x, y, to_x, to_y]: &[usize; 4]| format!("{x} {y} m {to_x} {to_y} l S ");
    lines.iter().map(line).collect()
}

/// The only table of a PDF: its cells as `column+columns×rows:text`, a line for each row.
fn pdf_table(pdf: &Pdf) -> Vec<String> {
    let source = read::read(&pdf.bytes()).unwrap();
    let tables: Vec<&RawTable> = source.tables().collect();
    assert_eq!(tables.len(), 1);
    let row = |row: usize| {
        let cells = tables[0].cells.iter().filter(|cell| cell.row == row);
        let shown = |cell: &RawCell| {
            let text = cell.text.replace('\n', "/");
            format!("{}+{}×{}:{text}", cell.col, cell.cols, cell.rows)
        };
        cells.map(shown).collect::<Vec<_>>().join(" ")
    };
    (0..tables[0].rows).map(row).collect()
}

#[test]
fn a_row_lower_than_a_line_is_thick_keeps_its_own_cells() {
    let mut pdf = Pdf::new();
    let lines = [
        [100, 700, 300, 700],
        [100, 680, 300, 680],
        [100, 675, 300, 675],
        [100, 675, 100, 700],
        [200, 680, 200, 700],
        [300, 675, 300, 700],
    ];
    pdf.page(&(rules(&lines) + &words(110, 686, "甲") + &words(210, 686, "1")));
    assert_eq!(pdf_table(&pdf), ["0+1×1:甲 1+1×1:1", "0+2×1:"]);
}

/// As browsers print it: a cell without words is on the page and not in the structure.
#[test]
fn cells_that_the_structure_leaves_out_are_taken_from_the_page() {
    let mut pdf = Pdf::new();
    let across = [700, 680, 660].map(|y| [100, y, 400, y]);
    let down = [100, 200, 300, 400].map(|x| [x, 660, x, 700]);
    let texts = [
        (110, 686, "甲"),
        (210, 686, "1"),
        (310, 686, "2"),
        (110, 666, "乙"),
        (310, 666, "3"),
    ];
    let marked = |(at, (x, y, text)): (usize, &(usize, usize, &str))| {
        format!("/TD <</MCID {at}>> BDC {}EMC ", words(*x, *y, text))
    };
    let cells: String = texts.iter().enumerate().map(marked).collect();
    pdf.page(&(rules(&across) + &rules(&down) + &cells));
    let row = |cells: std::ops::Range<usize>| {
        let cell = |at: usize| format!("<</S/TD/K {at}>>");
        format!("<</S/TR/K[{}]>>", cells.map(cell).collect::<String>())
    };
    pdf.structure(&format!(
        "<</S/Table/Pg 10 0 R/K[{}{}]>>",
        row(0..3),
        row(3..5)
    ));
    let wanted = ["0+1×1:甲 1+1×1:1 2+1×1:2", "0+1×1:乙 1+1×1: 2+1×1:3"];
    assert_eq!(pdf_table(&pdf), wanted);
}

/// Where a font lacks characters, LibreOffice draws those that it has first.
#[test]
fn characters_of_a_line_are_read_from_the_left() {
    let mut pdf = Pdf::new();
    let drawn = words(100, 700, "“") + &words(130, 700, "”") + &words(110, 700, "安全");
    pdf.page(&format!("/P <</MCID 0>> BDC {drawn}EMC"));
    pdf.structure("<</S/P/Pg 10 0 R/K 0>>");
    let source = read::read(&pdf.bytes()).unwrap();
    assert_eq!(source.parts, [Part::Text("“安全”".to_owned())]);
}

/// A cell of two lines beside one that the page's end has closed; the numbers below stand on the next page.
#[test]
fn a_cell_that_hangs_over_the_end_of_a_page_keeps_its_words() {
    let mut pdf = Pdf::new();
    let lines = [
        [100, 100, 300, 100],
        [200, 80, 300, 80],
        [100, 78, 100, 100],
        [200, 78, 200, 100],
        [300, 78, 300, 100],
    ];
    let heads = [(110, 86, "结果"), (110, 71, "维持"), (210, 86, "总计")];
    let heads: String = heads
        .iter()
        .map(|(x, y, text)| words(*x, *y, text))
        .collect();
    pdf.page(&(rules(&lines) + &heads));
    let lines = [
        [100, 780, 300, 780],
        [100, 760, 300, 760],
        [100, 760, 100, 800],
        [200, 760, 200, 800],
        [300, 760, 300, 800],
    ];
    pdf.page(&(rules(&lines) + &words(110, 766, "5") + &words(210, 766, "7")));
    let table = pdf_table(&pdf);
    assert_eq!(table.first().unwrap(), "0+1×1:结果/维持 1+1×1:总计");
    assert_eq!(table.last().unwrap(), "0+1×1:5 1+1×1:7");
}

#[test]
fn paragraphs_begin_with_their_numbers_and_addresses_do_not() {
    let mut pdf = Pdf::new();
    let lines = [
        "一二三四五六七八九十一二三四五六七八九十。",
        "（一）甲乙丙丁戊己庚辛壬癸甲乙丙丁戊己庚辛。",
        "1.网址见",
        "https://www.example.gov.cn/col/index.html。",
    ];
    let line = |(at, text): (usize, &&str)| words(100, 700 - 20 * at, text);
    pdf.page(&lines.iter().enumerate().map(line).collect::<String>());
    let source = read::read(&pdf.bytes()).unwrap();
    let texts: Vec<&str> = source.parts.iter().filter_map(Part::text).collect();
    assert_eq!(
        texts,
        [lines[0], lines[1], &format!("{}{}", lines[2], lines[3])]
    );
}

#[test]
fn a_heading_written_out_in_full_is_still_the_heading() {
    let sample = nianbao::draft::open(&fixture("../assets/samples/jiutai_xinglong_2020.ron"));
    let sample = sample.unwrap();
    let s5 = sample.form().find_text("s5").unwrap();
    let heading = "五、存在的主要问题及改进情况";
    let page = crate::support::page(&sample);
    assert!(page.contains(heading));
    let page = page.replace(heading, "五、政府信息公开工作存在的主要问题及改进情况");
    let read = from_bytes(page.as_bytes());
    assert_eq!(read.report.text(s5), sample.text(s5));
    let shanghai = import::from_file(&fixture("reports/shanghai_office_2019.html")).unwrap();
    let page = "没有用到的文字：发布日期：2020-01-31";
    assert_eq!(lines(&shanghai.left_over), [page]);
}

/// The page of a report with its tables as rows of cells, altered and written out plainly.
fn altered(report: &Report, alter: impl Fn(usize, &mut Vec<Vec<String>>)) -> Vec<u8> {
    let mut page = format!("<html><body><h1>{}</h1>", report.title());
    for (nth, table) in crate::support::document(report).tables().enumerate() {
        let width = table.cells.iter().map(|cell| cell.col + cell.cols).max();
        let width = width.unwrap_or(0);
        // A merged cell has its words in the first one of those that it covers.
        let mut rows = vec![vec![String::new(); width]; table.rows];
        for cell in &table.cells {
            rows[cell.row][cell.col].clone_from(&cell.text);
        }
        alter(nth, &mut rows);
        page.push_str("<table>");
        for row in rows {
            let cells = row.iter().map(|cell| format!("<td>{cell}</td>"));
            page.push_str(&format!("<tr>{}</tr>", cells.collect::<String>()));
        }
        page.push_str("</table>");
    }
    page.into_bytes()
}

#[test]
fn columns_that_are_missing_added_or_moved_shift_nothing_in_silence() {
    let truth = report("pingtan_2022");
    const T3: usize = 1;
    let other = |row: &[String]| row.len() - 2;
    type Alter = Box<dyn Fn(&mut Vec<Vec<String>>)>;
    let cases: [(&str, Alter); 4] = [
        (
            "其他 is gone, and two blanks stand behind",
            Box::new(move |rows| {
                for row in rows {
                    row.remove(other(row));
                    row.extend([String::new(), String::new()]);
                }
            }),
        ),
        (
            "其他 is gone, and an empty column of remarks is added",
            Box::new(move |rows| {
                for (nth, row) in rows.iter_mut().enumerate() {
                    row.remove(other(row));
                    row.push(if nth == 2 { "备注" } else { "" }.to_owned());
                }
            }),
        ),
        (
            "two columns in the other order",
            Box::new(|rows| {
                for row in rows {
                    row.swap(4, 5);
                }
            }),
        ),
        (
            "the total stands first",
            Box::new(|rows| {
                for row in rows {
                    let total = row.pop().unwrap();
                    row.insert(3, total);
                }
            }),
        ),
    ];
    for (what, alter) in cases {
        let page = altered(&truth, |nth, rows| {
            // The heads on one row, as a plain table has them.
            if nth == T3 {
                let heads = rows.remove(2);
                for (cell, head) in rows[1].iter_mut().zip(heads) {
                    if !head.is_empty() {
                        *cell = head;
                    }
                }
                rows.remove(0);
                rows.insert(0, vec![String::new(); rows[0].len()]);
                alter(rows);
            }
        });
        let read = from_bytes(&page);
        assert_eq!(silently_wrong(&truth, &read), [""; 0], "{what}");
    }
}

#[test]
fn a_row_that_is_missing_is_not_taken_from_another_table() {
    let truth = report("pingtan_2022");
    let page = altered(&truth, |nth, rows| {
        if nth == 0 {
            rows.retain(|row| row[0] != "行政强制");
        }
    });
    let page = String::from_utf8(page).unwrap();
    let statistics =
        "<table><tr><td>行政强制</td><td>33</td></tr><tr><td>行政检查</td><td>44</td></tr></table>";
    let read = from_bytes(format!("{page}{statistics}").as_bytes());
    let lost: Vec<&str> = read
        .not_placed
        .iter()
        .map(|lost| lost.id.as_str())
        .collect();
    assert_eq!(lost, ["t2.coercion.decisions"]);
    // Last year's whole table behind this year's, which lacks a row, stays what it is.
    let last = altered(&report("pingtan_2021"), |_, _| {});
    let last = String::from_utf8(last).unwrap();
    let tables = &last[last.find("<table>").unwrap()..];
    let read = from_bytes(format!("{page}{tables}").as_bytes());
    assert_eq!(silently_wrong(&truth, &read), [""; 0]);
    let lost: Vec<&str> = read
        .not_placed
        .iter()
        .map(|lost| lost.id.as_str())
        .collect();
    assert_eq!(lost, ["t2.coercion.decisions"]);
}

#[test]
fn last_years_column_is_not_this_years_number() {
    let truth = report("pingtan_2022");
    let page = altered(&truth, |nth, rows| {
        if nth == 0 {
            for row in rows.iter_mut() {
                let (head, number) = (row[0] == "信息内容", row[0] == "行政处罚");
                if row[1].contains("处理决定") {
                    row[2] = row[1].clone();
                    row[1] = "上年处理决定数量".to_owned();
                } else if number {
                    (row[1], row[2]) = ("777".to_owned(), String::new());
                } else if !head && row[2].is_empty() {
                    row.swap(1, 2);
                }
            }
        }
    });
    let read = from_bytes(&page);
    let value = |id: &str| read.report.value(read.report.form().find(id).unwrap());
    assert_eq!(value("t2.penalty.decisions"), Value::Blank);
    assert_eq!(value("t2.licence.decisions"), Value::Count(10690));
}

#[test]
fn a_year_beside_the_numbers_is_none_of_them() {
    let truth = report("hongze_2024");
    let page = altered(&truth, |nth, rows| {
        if nth == 2 {
            for (at, row) in rows.iter_mut().enumerate() {
                let first = if at == 3 { "2024" } else { "" };
                row.insert(0, first.to_owned());
                if at == 3 {
                    row[3].clear();
                }
            }
        }
    });
    let read = from_bytes(&page);
    let form = read.report.form();
    let value = |id: &str| read.report.value(form.find(id).unwrap());
    assert_ne!(value("t4.row.rev_upheld"), Value::Count(2024));
    for id in ["rev_upheld", "rev_corrected", "dir_upheld", "post_upheld"] {
        let id = format!("t4.row.{id}");
        let before = truth.value(truth.form().find(&id).unwrap());
        assert!(value(&id) == before || value(&id).is_blank(), "{id}");
    }
}

#[test]
fn a_number_in_a_label_is_not_lost_as_a_slip_of_the_label() {
    let page = crate::support::page(&report("pingtan_2022"));
    let label = "二、上年结转政府信息公开申请数量";
    let page = page.replacen(label, &format!("{label}1"), 1);
    let read = from_bytes(page.as_bytes());
    let lost = read
        .not_placed
        .iter()
        .filter(|lost| lost.id.starts_with("t3.r2."));
    assert_eq!(lost.count(), 6);
}

#[test]
fn a_pages_navigation_makes_no_title() {
    let page = crate::support::page(&report("pingtan_2022"));
    let above = "<body><p>2024年01月20日</p><p>政府信息公开</p><p>年度报告</p>";
    let read = from_bytes(page.replacen("<body>", above, 1).as_bytes());
    let truth = report("pingtan_2022");
    assert_eq!(
        (read.report.year(), read.report.organ()),
        (truth.year(), truth.organ())
    );
}

#[test]
fn a_text_with_one_cell_a_line_has_nothing_left_over_but_what_is_strange() {
    let truth = report("pingtan_2022");
    let mut text = format!("{}\n", truth.title());
    for table in crate::support::document(&truth).tables() {
        text.push_str(&format!("{}\n", table.heading));
        for cell in &table.cells {
            text.push_str(&format!("{}\n", cell.text.replace('\n', "")));
        }
    }
    text.push_str("本表由办公室填报。\n");
    let read = from_bytes(text.as_bytes());
    assert_eq!(read.not_placed, []);
    assert_eq!(
        lines(&read.left_over),
        ["没有用到的文字：本表由办公室填报。"]
    );
}
