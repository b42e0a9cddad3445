//! Reports as they are found on the web and in notes: tables drawn with bars, headings in other words, labels with notes.

use super::readers_support::docx;
use crate::support::random::{Random, balanced};
use crate::support::{document, lines, numbers, published, report, silently_wrong};
use nianbao::export::document::TableBlock;
use nianbao::form;
use nianbao::import::source::{Part, Source};
use nianbao::import::{Imported, Wanted, from_source, from_source_as, read};
use nianbao::report::Report;
use nianbao::report::{Edit, History};
use nianbao::value::{Kind, Value};

fn from_text(text: &str) -> Imported {
    from_source(&read::read(text.as_bytes()).unwrap()).unwrap()
}

/// The cells of each row, without those that reach in from above or from the left.
fn own_cells(table: &TableBlock) -> Vec<Vec<String>> {
    let mut rows = vec![Vec::new(); table.rows];
    for cell in &table.cells {
        rows[cell.row].push(cell.text.replace('\n', ""));
    }
    rows
}

/// The same with an empty field for each place that a merged cell covers.
fn full_rows(table: &TableBlock) -> Vec<Vec<String>> {
    let width = table.cells.iter().map(|cell| cell.col + cell.cols).max();
    let mut rows = vec![vec![String::new(); width.unwrap_or(0)]; table.rows];
    for cell in &table.cells {
        rows[cell.row][cell.col] = cell.text.replace('\n', "");
    }
    rows
}

/// A report as plain text, its tables row by row: what is merged is there once, without a word of how far it goes.
fn in_rows(report: &Report, row: impl Fn(&[&str]) -> String) -> String {
    as_text(report, own_cells, row)
}

fn as_text(
    report: &Report,
    rows: impl Fn(&TableBlock) -> Vec<Vec<String>>,
    row: impl Fn(&[&str]) -> String,
) -> String {
    let mut text = format!("{}\n", report.title());
    for table in document(report).tables() {
        text.push_str(&format!("{}\n", table.heading));
        for cells in rows(table) {
            let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
            text.push_str(&format!("{}\n", row(&cells)));
        }
    }
    text
}

#[test]
fn tables_drawn_with_bars_are_read() {
    let joined = |cells: &[&str]| cells.join(" | ");
    let closed = |cells: &[&str]| format!("| {} |", cells.join(" | "));
    let ruled = |cells: &[&str]| format!("{}\n{}", closed(cells), "|---".repeat(cells.len()));
    let padded = |cells: &[&str]| format!("{} | |||", cells.join(" | "));
    let wide = |cells: &[&str]| format!("\u{2502}{}\u{2502}", cells.join("\u{2502}"));
    for (name, truth) in published() {
        let truth = truth.report;
        let drawn = [
            in_rows(&truth, joined),
            in_rows(&truth, closed),
            in_rows(&truth, ruled),
            in_rows(&truth, padded),
            in_rows(&truth, wide),
        ];
        for (nth, text) in drawn.iter().enumerate() {
            let read = from_text(text);
            assert_eq!(numbers(&read.report), numbers(&truth), "{name}, {nth}");
            assert_eq!(read.report.title(), truth.title());
            assert_eq!(read.left_over, [], "{name}, {nth}");
        }
    }
}

#[test]
fn bars_between_the_words_of_a_page_make_no_table() {
    let truth = report("pingtan_2022");
    let text = in_rows(&truth, |cells| cells.join("\t"));
    let text = format!("首页 | 政务公开 | 年报\n{text}\n地址：甲路 1 号 | 电话：123\n");
    let source = read::read(text.as_bytes()).unwrap();
    for line in ["首页 | 政务公开 | 年报", "地址：甲路 1 号 | 电话：123"] {
        assert!(source.parts.contains(&Part::Text(line.to_owned())));
    }
    assert_eq!(numbers(&from_text(&text).report), numbers(&truth));
}

#[test]
fn a_cell_and_a_bar_in_each_line_are_read_too() {
    let truth = report("pingtan_2022");
    let read = from_text(&in_rows(&truth, |cells| cells.join(" |\n") + " |"));
    let known = read
        .not_placed
        .iter()
        .filter(|lost| lost.content.is_empty());
    assert_eq!(known.count(), 0);
    assert_eq!(numbers(&read.report), numbers(&truth));
}

/// As the text of a PDF is copied: blanks between numbers, and narrow labels in pieces.
#[test]
fn rows_with_blanks_between_are_read() {
    for (name, truth) in published() {
        let truth = truth.report;
        let is_whole = truth.cells().all(|cell| !truth.value(cell).is_blank());
        for between in [" ", "    ", "\u{3000}"] {
            let text = in_rows(&truth, |cells| cells.join(between));
            let pieces = text
                .replace("结果维持", "结果\n维持")
                .replace("商业企业", "商业\n企业")
                .replace("三、本年度办理结果", "三\n、\n本\n年\n度\n办\n理\n结\n果\n");
            for text in [text, pieces] {
                let read = from_text(&text);
                assert_eq!(silently_wrong(&truth, &read), [""; 0], "{name}");
                if is_whole {
                    assert_eq!(numbers(&read.report), numbers(&truth), "{name}");
                    assert_eq!(read.left_over, [], "{name}");
                }
            }
        }
    }
}

#[test]
fn with_more_numbers_than_cells_none_is_chosen() {
    let truth = report("pingtan_2022");
    let text = in_rows(&truth, |cells| cells.join(" "));
    let row = text
        .lines()
        .find(|line| line.starts_with("2.重复申请"))
        .unwrap();
    let read = from_text(&text.replace(row, &format!("{row} 1")));
    let lost = read
        .not_placed
        .iter()
        .filter(|lost| lost.id.starts_with("t3.r3_5_2."));
    assert_eq!(lost.count(), 6);
    assert_eq!(silently_wrong(&truth, &read), [""; 0]);
}

#[test]
fn notes_behind_labels_are_no_part_of_them() {
    let truth = report("pingtan_2020");
    let text = in_rows(&truth, |cells| cells.join(" | "));
    let said = [
        ("规范性文件 |", "规范性文件(指印发的有正式文号的文件) |"),
        ("行政许可 |", "行政许可（指2020年的事项） |"),
        ("2.重复申请 |", "2.重复申请（含网上申请） |"),
    ];
    let noted = said.iter().fold(text.clone(), |text, (label, noted)| {
        assert!(text.contains(label), "{label}");
        text.replace(label, noted)
    });
    let read = from_text(&noted);
    assert_eq!(numbers(&read.report), numbers(&truth));
    assert_eq!(read.left_over, []);
    // A number of things in the note is not read past.
    let counted = text.replace("2.重复申请 |", "2.重复申请（另有3件在办） |");
    let read = from_text(&counted);
    assert!(!read.not_placed.is_empty());
}

/// The texts of the sections, by their ids, under headings of their own.
fn under(headings: [&str; 6], texts: [&str; 3]) -> (String, Imported) {
    let truth = report("pingtan_2022");
    let tables = in_rows(&truth, |cells| cells.join("\t"));
    let mut parts = tables
        .split_inclusive('\n')
        .map(str::to_owned)
        .collect::<Vec<_>>();
    for (nth, section) in truth.form().sections.iter().enumerate().skip(1).take(3) {
        let line = format!("{}\n", section.heading);
        let at = parts.iter().position(|part| *part == line).unwrap();
        parts[at] = format!("{}\n", headings[nth]);
    }
    let first = format!("现将情况报告如下。\n{}\n{}\n", headings[0], texts[0]);
    parts.insert(1, first);
    for (heading, text) in headings[4..].iter().zip(&texts[1..]) {
        parts.push(format!("{heading}\n{text}\n"));
    }
    let text = parts.concat();
    let read = from_text(&text);
    (text, read)
}

#[test]
fn headings_in_other_words_are_known_by_their_number_and_place() {
    let texts = ["本年公开信息20条。", "公开不够及时。", "没有收费。"];
    let headings = [
        "一、工作概况",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况",
        "五、存在问题及改进措施",
        "六、其他需要说明的事项",
    ];
    let (text, read) = under(headings, texts);
    let found = ["s1", "s5", "s6"].map(|id| {
        let text = read.report.form().find_text(id).unwrap();
        read.report.text(text).to_owned()
    });
    assert_eq!(found, texts, "{text}");
    let told: Vec<String> = lines(&read.remarks)
        .into_iter()
        .filter(|said| said.contains("当作"))
        .collect();
    assert_eq!(
        told,
        [
            "原件的标题“一、工作概况”当作“一、总体情况”，请核对这一部分",
            "原件的标题“五、存在问题及改进措施”当作“五、存在的主要问题及改进情况”，请核对这一部分",
        ]
    );
    assert_eq!(read.left_over, []);
}

#[test]
fn of_several_lines_that_could_be_a_heading_none_is_taken() {
    let texts = [
        "一、主动公开\n二、依申请公开\n本年公开信息20条。",
        "不够及时。",
        "无。",
    ];
    let headings = [
        "一、工作概况",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
        "五、存在的主要问题及改进情况",
        "六、其他需要报告的事项",
    ];
    let (_, read) = under(headings, texts);
    let form = read.report.form();
    let text = |id: &str| read.report.text(form.find_text(id).unwrap());
    assert_eq!(text("s1"), "");
    assert!(text("preamble").ends_with("\n本年公开信息20条。"));
    assert_eq!(text("s5"), "不够及时。");
}

/// A report with many blanks, as most are.
fn with_blanks(random: &mut Random) -> Report {
    let form = random.pick(form::official()).clone();
    let mut history = History::new(balanced(&form, 30, random));
    let share = 2 + random.below(6);
    let blank: Vec<_> = history
        .report()
        .cells()
        .filter(|&cell| form.cell(cell).kind == Kind::Amount || random.below(share) > 0)
        .map(|cell| (cell, Value::Blank))
        .collect();
    history.apply(Edit::cells(history.report(), blank));
    history.report().clone()
}

/// However a table with blanks loses its lines, no number goes to another cell unseen.
#[test]
fn blanks_at_the_ends_of_rows_shift_nothing_in_silence() {
    let mut random = Random::new(11);
    let (mut silent, mut read_right, mut all) = (Vec::new(), [0; 11], 0);
    const REPORTS: usize = 30;
    for nth in 0..REPORTS {
        let truth = with_blanks(&mut random);
        all += truth.cells().count();
        let drawn = [
            in_rows(&truth, |cells| format!("{} | |||", cells.join(" | "))),
            in_rows(&truth, |cells| format!("| {} |", cells.join(" | "))),
            in_rows(&truth, |cells| cells.join("\t")),
            in_rows(&truth, |cells| format!("{}\t\t", cells.join("\t"))),
            in_rows(&truth, |cells| cells.join("\t").trim_end().to_owned()),
            in_rows(&truth, |cells| cells.join("\n")),
            as_text(&truth, full_rows, |cells| cells.join("\t")),
            as_text(&truth, full_rows, |cells| {
                cells.join("\t").trim_end().to_owned()
            }),
            as_text(&truth, full_rows, |cells| {
                format!("| {} |", cells.join(" | "))
            }),
        ];
        for (way, text) in drawn.iter().enumerate() {
            let Ok(read) = from_source(&read::read(text.as_bytes()).unwrap()) else {
                continue;
            };
            let wrong = silently_wrong(&truth, &read);
            assert_eq!(read.report.form().id, truth.form().id);
            read_right[way] += read.report.cells().count() - read.not_placed.len();
            silent.extend(
                wrong
                    .into_iter()
                    .map(|id| format!("{nth}, way {way}: {id}")),
            );
        }
    }
    assert_eq!(silent, [""; 0]);
    // Where each blank has left its mark nothing is lost at all.
    for way in [0, 1, 2, 6, 8] {
        assert_eq!(read_right[way], all, "way {way}");
    }
}

const END: &str = "五、存在的主要问题及改进情况\n不足。\n六、其他需要报告的事项\n无。\n";

/// Organ, preamble, and what is told beside the headings.
fn entitled(head: &str, end: &str) -> (String, String, Vec<String>) {
    let truth = report("pingtan_2022");
    let text = in_rows(&truth, |cells| cells.join("\t"));
    let text = text.replacen(
        &truth.title(),
        &format!("{head}\n现公布如下。\n一、总体情况\n公开20条。"),
        1,
    );
    let read = from_text(&format!("{text}{END}{end}"));
    assert_eq!(numbers(&read.report), numbers(&truth), "{head}");
    assert_eq!(read.report.year(), 2022, "{head}");
    let preamble = read.report.form().find_text("preamble").unwrap();
    let preamble = read.report.text(preamble).to_owned();
    let told = [lines(&read.remarks), lines(&read.left_over)].concat();
    (read.report.organ().to_owned(), preamble, told)
}

#[test]
fn titles_name_the_organ_in_many_ways() {
    for head in [
        "某某区财政局2022年政府信息公开工作年度报告",
        "某某区财政局2022年度 政府信息公开年报",
        "某某区财政局政府信息公开工作年度报告（2022年度）",
        "2022年某某区财政局政府信息公开年度报告",
        "某某区财政局\n二〇二二年政府信息公开工作年度报告",
        "## 某某区财政局2022年政府信息公开工作年度报告",
        "【年报】某某区财政局2022年政府信息公开工作年度报告",
        "2023年某某区财政局关于2022年政府信息公开工作年度报告",
        "某某区财政局2022年政府信息公开工作年度报告（2023年1月）",
    ] {
        let (organ, preamble, told) = entitled(head, "");
        assert_eq!(organ, "某某区财政局", "{head}");
        assert_eq!(
            (preamble.as_str(), told),
            ("现公布如下。", vec![]),
            "{head}"
        );
    }
}

/// Links to other years, as beside the article: the nearest title is the report's, and told.
#[test]
fn a_list_of_titles_above_a_report_is_told() {
    let list =
        "某某区财政局2023年政府信息公开工作年度报告\n某某区财政局2022年政府信息公开工作年度报告";
    let (organ, preamble, told) = entitled(list, "");
    assert_eq!(
        (organ.as_str(), preamble.as_str()),
        ("某某区财政局", "现公布如下。")
    );
    assert_eq!(
        told,
        ["年度按标题写作 2022，而另一行标题写的是 2023，请看原件核对"]
    );
}

#[test]
fn an_organ_that_only_signs_is_told_and_what_a_site_adds_is_no_text() {
    let title = "2022年度政府信息公开工作年度报告";
    let told = |place: &str| {
        vec![format!(
            "标题里没有单位名称，按{place}的“某某区财政局”填写，请核对"
        )]
    };
    let (organ, preamble, remarks) = entitled(&format!("{title}\n某某区财政局"), "");
    assert_eq!(
        (organ.as_str(), preamble.as_str()),
        ("某某区财政局", "现公布如下。")
    );
    assert_eq!(remarks, told("标题下"));
    let (organ, _, remarks) = entitled(title, "某某区财政局\n2023年1月12日\n");
    assert_eq!(organ, "某某区财政局");
    assert_eq!(remarks, told("落款"));
    let site = format!("{title}\n发布时间：2023-01-12 来源：本站 字号：大 中 小");
    let (organ, preamble, remarks) = entitled(&site, "");
    assert_eq!((organ.as_str(), preamble.as_str()), ("", "现公布如下。"));
    assert_eq!(
        remarks,
        [
            "没有找到单位名称，请自己填写",
            "没有用到的文字：发布时间：2023-01-12 来源：本站 字号：大 中 小"
        ]
    );
}

/// A whole report with its tables, from these lines before the tables.
fn whole(before: &str, end: &str) -> Imported {
    let truth = report("pingtan_2022");
    let text = in_rows(&truth, |cells| cells.join("\t"));
    let text = text.replacen('\n', &format!("\n{before}"), 1);
    let read = from_text(&format!("{text}{end}"));
    assert_eq!(numbers(&read.report), numbers(&truth));
    read
}

fn texts(read: &Imported) -> [String; 4] {
    ["preamble", "s1", "s5", "s6"].map(|id| {
        let text = read.report.form().find_text(id).unwrap();
        read.report.text(text).to_owned()
    })
}

#[test]
fn a_table_of_contents_is_none_of_the_parts() {
    let titles = [
        "一、总体情况",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、因政府信息公开工作被申请行政复议的情况",
        "五、存在的主要问题及改进情况",
        "六、其他需要报告的事项",
    ];
    let plain = titles.join("\n");
    let dotted = titles.map(|title| format!("{title}……1")).join("\n");
    let paged = titles.map(|title| format!("{title} 1")).join("\n");
    for contents in [plain, dotted, paged] {
        let contents = format!("目录\n{contents}");
        for preamble in ["现公布如下。", ""] {
            let begin = format!("\n{contents}\n{preamble}\n一、总体情况\n公开20条。\n");
            let read = whole(&begin, END);
            assert_eq!(texts(&read), [preamble, "公开20条。", "不足。", "无。"]);
            assert_eq!(read.left_over.len(), 7, "{:?}", read.left_over);
        }
    }
}

#[test]
fn parts_of_the_first_section_may_be_called_like_the_sections() {
    let first = "一、总体情况\n（一）主动公开政府信息情况\n20条。\n（二）存在的主要问题及改进情况\n人少。\n";
    let read = whole(first, END);
    let [_, s1, s5, s6] = texts(&read);
    assert_eq!(s1.lines().count(), 4);
    assert_eq!([s5, s6], ["不足。", "无。"]);
}

#[test]
fn sections_with_numbers_of_other_kinds_are_known() {
    let end = END.replace("五、", "第五部分 ").replace("六、", "陆、");
    let read = whole("第一部分 总体情况\n公开20条。\n", &end);
    assert_eq!(texts(&read)[1..], ["公开20条。", "不足。", "无。"]);
}

#[test]
fn a_second_report_in_the_file_is_told() {
    let other = in_rows(&report("pingtan_2021"), |cells| cells.join("\t"));
    let end = format!("{END}{other}");
    let read = whole("一、总体情况\n公开20条。\n", &end);
    assert_eq!(texts(&read)[3], "无。");
    let first = in_rows(&report("pingtan_2022"), |cells| cells.join("\t"));
    let several = format!("{first}{end}");
    let told = |words: &str| {
        lines(&read.left_over)
            .iter()
            .any(|line| line.starts_with(words))
    };
    assert!(!told("没有用到"), "{:?}", read.left_over);
    let said = lines(&read.remarks);
    assert!(
        said[0].starts_with("文件里有 2 份年报（") && said[0].ends_with("读的是第 1 份"),
        "{said:?}"
    );
    // The other one can be chosen.
    assert_eq!(read.reports.len(), 2);
    let source = read::read(several.as_bytes()).unwrap();
    let wanted = Wanted {
        report: Some(1),
        ..Wanted::default()
    };
    let second = from_source_as(&source, &wanted).unwrap();
    let truth = report("pingtan_2021");
    assert_eq!(numbers(&second.report), numbers(&truth));
    assert_eq!(second.report.title(), truth.title());
    // As is the one that the file itself is called after.
    let named = Source {
        properties: [("title".to_owned(), truth.title())].into(),
        ..source
    };
    assert_eq!(from_source(&named).unwrap().report.year(), 2021);
}

#[test]
fn a_part_without_words_is_told() {
    let read = whole("一、总体情况\n公开20条。\n", "");
    let told = "这些部分没有读到文字：五、存在的主要问题及改进情况；六、其他需要报告的事项";
    assert_eq!(lines(&read.remarks), [told]);
}

#[test]
fn a_label_before_the_numbers_of_a_row_without_one_is_none_of_them() {
    let truth = report("pingtan_2022");
    let text = in_rows(&truth, |cells| cells.join("\t"));
    let row = text
        .lines()
        .rfind(|line| line.split('\t').count() == 15)
        .unwrap();
    for (label, is_read) in [("2022年", true), ("件数", true), ("5件", false)] {
        let read = from_text(&text.replace(row, &format!("{label}\t{row}")));
        assert_eq!(silently_wrong(&truth, &read), [""; 0], "{label}");
        let lost = read
            .not_placed
            .iter()
            .any(|lost| lost.id.starts_with("t4."));
        assert_eq!(lost, !is_read, "{label}");
    }
    let both = format!("2021年\t{row}\n2022年\t{row}");
    let read = from_text(&text.replace(row, &both));
    assert!(
        read.not_placed
            .iter()
            .any(|lost| lost.id.starts_with("t4."))
    );
}

/// The mark of a note is no digit, and what is struck out is not said.
#[test]
fn notes_and_struck_out_digits_are_no_part_of_a_number() {
    let cell = |content: &str| {
        let page = format!("<table><tr><td>甲</td><td>{content}</td></tr></table>");
        let source = read::read(page.as_bytes()).unwrap();
        source.tables().next().unwrap().cells[1].text.clone()
    };
    assert_eq!(cell("13<sup>1</sup>"), "13[1]");
    assert_eq!(cell("<del>9</del>13"), "13");
    assert_eq!(cell("<s>9</s>13"), "13");
    let run = |properties: &str, text: &str| {
        format!("<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>")
    };
    let cell = |runs: String| {
        let cell = format!("<w:tbl><w:tr><w:tc><w:p>{runs}</w:p></w:tc></w:tr></w:tbl>");
        let source = read::read(&docx(&cell)).unwrap();
        source.tables().next().unwrap().cells[0].text.clone()
    };
    let raised = run("<w:vertAlign w:val=\"superscript\"/>", "1");
    assert_eq!(cell(run("", "10") + &raised), "10[1]");
    assert_eq!(cell(run("<w:strike/>", "99") + &run("", "341")), "341");
    assert_eq!(cell(run("", "97") + &run("<w:vanish/>", "7")), "97");
    assert_eq!(cell(run("<w:strike w:val=\"0\"/>", "97")), "97");
}

#[test]
fn what_is_far_too_long_for_a_report_is_refused() {
    let source = read::read("结果\n".repeat(20_001).as_bytes()).unwrap();
    assert!(
        from_source(&source)
            .unwrap_err()
            .to_string()
            .contains("20001 段文字")
    );
}
