//! Heads of reports as sites and offices make them: titles, preambles, links, signatures. Whose report it is, on which
//! year, and what its texts say is read right, or asked; never wrong in silence.

use super::readers_support::zipped;
use crate::support::random::{Random, balanced};
use nianbao::check;
use nianbao::export::document::{Block, TableBlock};
use nianbao::export::typeset::Faces;
use nianbao::export::{Document, Format};
use nianbao::form;
use nianbao::import::{Imported, Remark, from_source, read};
use nianbao::report::{Edit, History, Report};
use std::collections::BTreeMap;

/// What stands around a report, and what of it is the report's own.
#[derive(Default)]
struct Head {
    /// Lines above the first part that are none of its texts.
    before: Vec<String>,
    preamble: Vec<String>,
    first: Vec<String>,
    /// Lines of the last part.
    last: Vec<String>,
    /// Who signs, and when.
    signature: Vec<String>,
    /// Lines below that are none of its texts.
    after: Vec<String>,
    /// What the page calls itself.
    page: Option<String>,
}

const ORGANS: [&str; 14] = [
    "青川市滨河区桥南街道办事处",
    "桥南街道",
    "青川市滨河区水务局",
    "滨河区城市管理局（综合行政执法局）",
    "青川市发展和改革委员会",
    "长岭县人民政府办公室",
    "长岭县青山镇人民政府",
    "青川市公安局交通警察支队",
    "国家税务总局青川市税务局",
    "青川高新技术产业开发区管理委员会",
    "青川市第三中学",
    "滨河区",
    "省农业科学院",
    "长岭县红旗乡人民政府",
];

const FORMATS: [&str; 7] = ["txt", "md", "html", "docx", "pdf", "xlsx", "odt"];

const LAYOUTS: usize = 24;

fn chinese(year: i32) -> String {
    let digits = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let year = year.to_string();
    year.bytes()
        .map(|b| digits[usize::from(b - b'0')])
        .collect()
}

/// One way of writing a title's year and its words.
fn rest(year: i32, random: &mut Random) -> String {
    let written = match random.below(6) {
        0 => chinese(year),
        1 => year
            .to_string()
            .chars()
            .map(nianbao::prose::full_width)
            .collect(),
        _ => year.to_string(),
    };
    let unit = *random.pick(&["年", "年", "年度"]);
    let words = *random.pick(&[
        "政府信息公开工作年度报告",
        "政府信息公开工作年度报告",
        "政府信息公开年度报告",
        "政府信息公开年报",
        "政府信息公开工作报告",
        "政府信息公开工作情况年度报告",
    ]);
    let gap = *random.pick(&["", "", " "]);
    format!("{written}{unit}{gap}{words}")
}

fn layout(nth: usize, organ: &str, year: i32, random: &mut Random) -> Head {
    let rest_of = rest(year, random);
    let title = format!("{organ}{rest_of}");
    let other = |year: i32| format!("{organ}{year}年政府信息公开工作年度报告");
    let period = format!("本报告数据统计期限自{year}年1月1日起至{year}年12月31日止。");
    let next = year + 1;
    let mut head = Head {
        preamble: vec!["根据条例要求编制本报告。".to_owned(), period],
        first: vec![
            "本年度工作平稳推进。".to_owned(),
            format!("{year}年发布信息431条，按时答复申请。"),
        ],
        last: vec!["本年度未收取信息处理费。".to_owned()],
        ..Head::default()
    };
    match nth {
        0 => head.before = vec![title],
        1 => head.before = vec![organ.to_owned(), rest_of],
        2 => {
            head.before = vec![
                organ.to_owned(),
                format!("{year}年"),
                "政府信息公开工作年度报告".to_owned(),
            ];
        }
        3 => {
            head.before = vec![
                format!("{organ}{year}年政府信息公开"),
                "工作年度报告".to_owned(),
            ];
        }
        4 => head.before = vec![format!("{title}（{next}年1月）")],
        5 => {
            head.before = vec![
                title,
                format!("发布时间：{next}-01-18 来源：本站 字号：大 中 小"),
                "【打印】【关闭】".to_owned(),
            ];
        }
        6 => {
            head.before = vec![
                "首页 > 政务公开 > 政府信息公开年报".to_owned(),
                other(year - 1),
                other(year - 2),
                title,
            ];
        }
        7 => {
            head.before = vec![organ.to_owned(), rest_of];
            head.after = vec![
                format!("上一篇：{}", other(year - 1)),
                "下一篇：没有了".to_owned(),
            ];
        }
        8 => {
            head.before = vec![format!("{title}（{next}年1月）")];
            head.after = vec!["相关信息".to_owned(), other(year - 1), other(year - 2)];
        }
        9 => {
            head.before = vec![title];
            head.after = vec![
                "附件：".to_owned(),
                format!("{organ}{}年政府信息公开年报.docx", year - 1),
            ];
        }
        10 => {
            head.preamble[0] = format!("依照条例的规定，现公开{title}。");
            head.after = vec![other(year - 1)];
        }
        11 => head.after = vec![format!("上一篇：{}", other(year - 1))],
        12 => {
            head.preamble = Vec::new();
            head.after = vec![format!("上一篇:{}", other(year - 1)), other(year - 1)];
        }
        13 => head.before = vec![organ.to_owned(), "政府信息公开工作年度报告".to_owned()],
        14 => {
            head.before = vec![
                "索引号：000014349/2024-00012".to_owned(),
                format!("发布机构：{organ}"),
                format!("名称：{title}"),
                title,
            ];
        }
        15 => head.before = vec![format!("名  称：{title}"), "主题词：".to_owned()],
        16 => {
            head.before = vec![title];
            head.preamble[0] = format!(
                "与本单位{}年政府信息公开工作年度报告相比，本报告增加了数据说明。",
                year - 1
            );
        }
        17 => {
            head.first.push(format!(
                "1月18日公布本单位{}年度政府信息公开工作年度报告。",
                year - 1
            ));
        }
        18 => {
            head.before = vec![rest_of];
            head.signature = vec![organ.to_owned(), format!("{next}年1月20日")];
        }
        19 => {
            head.before = vec![other(year - 1)];
            head.page = Some(format!("{title}_青川市人民政府门户网站"));
        }
        20 => {
            head.before = vec!["当前位置：首页 > 年报".to_owned(), title.clone(), title];
            head.after = vec![
                "扫一扫在手机打开当前页".to_owned(),
                "主办：青川市人民政府办公室 承办：青川市大数据局".to_owned(),
                format!("Copyright {next} 青川市人民政府 蜀ICP备00000000号"),
            ];
        }
        21 => {
            head.before = vec![format!("{year}年{organ}政府信息公开工作年度报告")];
            head.after = vec!["【打印】【关闭】".to_owned()];
        }
        22 => head.before = vec![format!("{organ}政府信息公开工作年度报告（{year}年度）")],
        _ => head.before = vec![format!("【年报】《{title}》")],
    }
    more(&mut head, organ, year, random);
    head
}

/// A little more of what may stand anywhere.
fn more(head: &mut Head, organ: &str, year: i32, random: &mut Random) {
    let last = format!("{organ}{}年政府信息公开工作年度报告", year - 1);
    match random.below(8) {
        0 => head
            .before
            .insert(0, "您的位置：首页 >> 政府信息公开 >> 年报".to_owned()),
        1 => head.before.push(format!("发布日期：{}-01-22", year + 1)),
        2 => head.before.insert(0, format!("上一篇：{last}")),
        3 => head.before.push("浏览次数：318".to_owned()),
        _ => {}
    }
    match random.below(8) {
        0 => head.after.insert(0, format!("上一条：{last}")),
        1 => head
            .after
            .push("更多精彩内容欢迎扫描下方二维码关注我们！".to_owned()),
        2 => head.after.insert(0, "【打印】 【关闭】".to_owned()),
        3 => head.after.push(format!("附件：{last}.pdf")),
        4 => head.after.push("版权所有：青川市人民政府".to_owned()),
        _ => {}
    }
    match random.below(5) {
        0 => {
            let items = [
                "1. 健全组织保障。专人负责。",
                "2. 主动公开政府信息情况。发布信息431条。",
                "3. 收到和处理政府信息公开申请情况。按时办理。",
            ];
            head.first.extend(items.map(str::to_owned));
        }
        1 => {
            let items = [
                "（一）主动公开政府信息情况",
                "发布及时。",
                "（二）监督保障",
                "定期自查。",
            ];
            head.first.extend(items.map(str::to_owned));
        }
        _ => {}
    }
    if random.below(6) == 0 && head.signature.is_empty() {
        head.signature = vec![organ.to_owned(), format!("{}年1月9日", year + 1)];
    }
}

/// The report that stands below such a head.
fn report_of(organ: &str, year: i32, random: &mut Random) -> Report {
    let form = form::by_year(year).unwrap();
    let mut history = History::new(Report::new(form.clone(), organ, year));
    let numbers = balanced(&form, 60, random);
    let cells = numbers.cells().map(|cell| (cell, numbers.value(cell)));
    history.apply(Edit::cells(history.report(), cells.collect::<Vec<_>>()));
    history.report().clone()
}

/// The whole of it as lines and tables, headings among the lines.
fn blocks(report: &Report, head: &Head) -> Vec<Block> {
    let evaluation = check::evaluate(report);
    let document = Document::new(report, &evaluation, "", false);
    let lines = |lines: &[String]| {
        let lines = lines.iter().cloned();
        lines.map(Block::Paragraph).collect::<Vec<_>>()
    };
    let mut all = lines(&head.before);
    all.extend(lines(&head.preamble));
    for block in document.blocks {
        let heading = match &block {
            Block::Heading(heading) => heading.clone(),
            _ => String::new(),
        };
        all.push(block);
        match heading.chars().next() {
            Some('一') => all.extend(lines(&head.first)),
            Some('五') => all.push(Block::Paragraph("更新不够及时，今后每月检查。".to_owned())),
            Some('六') => all.extend(lines(&head.last)),
            _ => {}
        }
    }
    all.extend(lines(&head.signature));
    all.extend(lines(&head.after));
    all
}

/// Rows with an empty cell for each place that a merged one covers.
fn rows(table: &TableBlock) -> Vec<Vec<String>> {
    let width = table.cells.iter().map(|cell| cell.col + cell.cols).max();
    let mut rows = vec![vec![String::new(); width.unwrap_or(0)]; table.rows];
    for cell in &table.cells {
        rows[cell.row][cell.col] = cell.text.replace('\n', "");
    }
    rows
}

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;")
}

/// As plain text, its rows written by `row`.
fn as_text(blocks: &[Block], row: impl Fn(&[String]) -> String) -> Vec<u8> {
    let mut text = String::new();
    for block in blocks {
        match block {
            Block::Heading(line)
            | Block::Subheading(line)
            | Block::RunIn { text: line, .. }
            | Block::Signature { text: line, .. }
            | Block::Paragraph(line) => {
                text.push_str(&format!("{line}\n"));
            }
            Block::Table(table) => {
                for cells in rows(table) {
                    text.push_str(&format!("{}\n", row(&cells)));
                }
            }
        }
    }
    text.into_bytes()
}

fn as_odt(blocks: &[Block]) -> Vec<u8> {
    let mut body = String::new();
    for block in blocks {
        match block {
            Block::Heading(line) => {
                let line = escaped(line);
                body.push_str(&format!("<text:h text:outline-level='1'>{line}</text:h>"));
            }
            Block::Subheading(line)
            | Block::RunIn { text: line, .. }
            | Block::Signature { text: line, .. }
            | Block::Paragraph(line) => {
                body.push_str(&format!("<text:p>{}</text:p>", escaped(line)));
            }
            Block::Table(table) => {
                body.push_str("<table:table>");
                for cells in rows(table) {
                    let cell = |text: &String| {
                        let text = escaped(text);
                        format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>")
                    };
                    let cells: String = cells.iter().map(cell).collect();
                    body.push_str(&format!("<table:table-row>{cells}</table:table-row>"));
                }
                body.push_str("</table:table>");
            }
        }
    }
    let content = format!(
        "<office:document-content xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' \
         xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0' \
         xmlns:table='urn:oasis:names:tc:opendocument:xmlns:table:1.0'>\
         <office:body><office:text>{body}</office:text></office:body></office:document-content>"
    );
    zipped(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", &content),
    ])
}

/// On one sheet, as people lay out a page in a workbook.
fn as_xlsx(blocks: &[Block]) -> Vec<u8> {
    const WIDTH: u16 = 14;
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let mut at = 0;
    for block in blocks {
        match block {
            Block::Heading(line)
            | Block::Subheading(line)
            | Block::RunIn { text: line, .. }
            | Block::Signature { text: line, .. }
            | Block::Paragraph(line) => {
                let plain = rust_xlsxwriter::Format::new();
                sheet.merge_range(at, 0, at, WIDTH, line, &plain).unwrap();
                at += 1;
            }
            Block::Table(table) => {
                for cells in rows(table) {
                    for (col, text) in (0..).zip(&cells) {
                        match text.parse::<f64>() {
                            Ok(number) => sheet.write_number(at, col, number).unwrap(),
                            Err(_) if text.is_empty() => continue,
                            Err(_) => sheet.write_string(at, col, text).unwrap(),
                        };
                    }
                    at += 1;
                }
            }
        }
    }
    book.save_to_buffer().unwrap()
}

/// By the program's own writers, with these lines and tables in place of the report's.
fn exported(report: &Report, head: &Head, blocks: &[Block], format: Format) -> Vec<u8> {
    let mut document = Document::new(report, &check::evaluate(report), "", false);
    document.title = String::new();
    document.title_breaks.clear();
    document.blocks = blocks.to_vec();
    if format == Format::Pdf {
        // A PDF has a title; what stands first is as good as any.
        document.title = match head.before.first() {
            Some(first) => {
                document.blocks.remove(0);
                first.clone()
            }
            None => "【打印】".to_owned(),
        };
    }
    let written = format.write_document(&document, Faces::bundled()).unwrap();
    match (format, &head.page) {
        (Format::Html, Some(page)) => {
            let text = String::from_utf8(written.bytes).unwrap();
            let from = text.find("<title>").unwrap() + "<title>".len();
            let to = text.find("</title>").unwrap();
            format!("{}{page}{}", &text[..from], &text[to..]).into_bytes()
        }
        _ => written.bytes,
    }
}

fn written(format: &str, report: &Report, head: &Head) -> Vec<u8> {
    let blocks = blocks(report, head);
    match format {
        "txt" => as_text(&blocks, |cells| cells.join("\t")),
        "md" => as_text(&blocks, |cells| format!("| {} |", cells.join(" | "))),
        "html" => exported(report, head, &blocks, Format::Html),
        "docx" => exported(report, head, &blocks, Format::Docx),
        "pdf" => exported(report, head, &blocks, Format::Pdf),
        "xlsx" => as_xlsx(&blocks),
        _ => as_odt(&blocks),
    }
}

fn asks_for_year(read: &Imported) -> bool {
    let asks = |remark: &Remark| {
        matches!(
            remark,
            Remark::YearGuessed { .. } | Remark::YearsDisagree { .. } | Remark::NoYear
        )
    };
    read.remarks.iter().any(asks)
}

fn asks_for_organ(read: &Imported) -> bool {
    let asks = |remark: &Remark| {
        matches!(
            remark,
            Remark::NoOrgan | Remark::OrganGuessed { .. } | Remark::OrgansDisagree { .. }
        )
    };
    read.remarks.iter().any(asks)
}

/// What a text lacks without a word, and what of it is none of the report's.
fn wrong_lines(read: &Imported, id: &str, wanted: &[String], may_be: &[String]) -> Vec<String> {
    let squeezed = |line: &str| nianbao::prose::squeezed(line);
    let form = read.report.form();
    let text = read.report.text(form.find_text(id).unwrap());
    let found: Vec<String> = text
        .split('\n')
        .filter(|line| !line.is_empty())
        .map(squeezed)
        .collect();
    let known = |line: &String| {
        wanted
            .iter()
            .chain(may_be)
            .any(|own| squeezed(own) == *line)
    };
    let mut wrong: Vec<String> = found
        .iter()
        .filter(|line| !known(line))
        .map(|line| format!("{id} has “{line}”"))
        .collect();
    let told: Vec<String> = read.left_over.iter().map(ToString::to_string).collect();
    for line in wanted.iter().map(|line| squeezed(line)) {
        let start: String = line.chars().take(12).collect();
        let is_told = told.iter().any(|told| squeezed(told).contains(&start));
        if !found.contains(&line) && !is_told {
            wrong.push(format!("{id} lacks “{line}”"));
        }
    }
    wrong
}

/// `HEADS=2000 cargo test --test it heads -- --nocapture` runs the whole campaign.
#[test]
fn year_organ_and_texts_below_any_head_are_right_or_asked() {
    let share = (LAYOUTS * FORMATS.len()) as u64;
    let all: u64 = std::env::var("HEADS").map_or(share, |n| n.parse().unwrap());
    let mut silent = Vec::new();
    let mut tally: BTreeMap<&str, usize> = BTreeMap::new();
    for seed in 0..all {
        let mut random = Random::new(seed * 6151 + 3);
        let nth = seed as usize % LAYOUTS;
        let format = FORMATS[seed as usize / LAYOUTS % FORMATS.len()];
        let organ = *random.pick(&ORGANS);
        let year = 2019 + random.below(6) as i32;
        let head = layout(nth, organ, year, &mut random);
        let report = report_of(organ, year, &mut random);
        let bytes = written(format, &report, &head);
        let what = format!("{seed}: layout {nth}, {format}, {organ}, {year}");
        let read = match read::read(&bytes).and_then(|source| from_source(&source)) {
            Ok(read) => read,
            Err(why) => {
                silent.push(format!("{what}: {why}"));
                continue;
            }
        };
        let mut count = |what| *tally.entry(what).or_default() += 1;
        if read.report.year() != year || read.lacks_year {
            match asks_for_year(&read) {
                true => count("年度问了、不对"),
                false => silent.push(format!("{what}: year {}", read.report.year())),
            }
        } else {
            count(if asks_for_year(&read) {
                "年度问了、对"
            } else {
                "年度对"
            });
        }
        if read.report.organ() != organ {
            match asks_for_organ(&read) {
                true => count("单位问了、不对"),
                false => silent.push(format!("{what}: organ {}", read.report.organ())),
            }
        } else {
            count(if asks_for_organ(&read) {
                "单位问了、对"
            } else {
                "单位对"
            });
        }
        let mut wrong = wrong_lines(&read, "preamble", &head.preamble, &[]);
        wrong.extend(wrong_lines(&read, "s1", &head.first, &[]));
        let fifth = ["更新不够及时，今后每月检查。".to_owned()];
        wrong.extend(wrong_lines(&read, "s5", &fifth, &[]));
        wrong.extend(wrong_lines(&read, "s6", &head.last, &head.signature));
        if wrong.is_empty() {
            count("文字对");
        }
        silent.extend(wrong.into_iter().map(|wrong| format!("{what}: {wrong}")));
        let unread = read.not_placed.len();
        if unread > 0 {
            silent.push(format!("{what}: {unread} cells were not read"));
        }
    }
    println!("{all} 份：{tally:?}，不声不响错的 {}", silent.len());
    assert_eq!(silent.len(), 0, "{:#?}", &silent[..silent.len().min(40)]);
    // Asking is the exception.
    assert!(tally["年度对"] as u64 * 10 >= all * 6, "{tally:?}");
}

/// Of an organ on two lines above the title nothing gets lost in silence.
#[test]
fn an_organ_over_two_lines_is_whole_or_asked() {
    let rest = "2023年政府信息公开工作年度报告";
    for (lines, organ) in [
        (
            ["长岭县人民政府", "红旗街道办事处"],
            Some("长岭县人民政府红旗街道办事处"),
        ),
        (
            ["长岭县市场监督管理局", "开发区分局"],
            Some("长岭县市场监督管理局开发区分局"),
        ),
        (
            ["中共长岭县委统战部", "（长岭县侨务办公室）"],
            Some("中共长岭县委统战部（长岭县侨务办公室）"),
        ),
        (["长岭县人民政府", "长岭县财政局"], Some("长岭县财政局")),
        (["长岭县财政局", "长岭县审计局"], None),
        (["长岭县教育局", "青山镇中心学校"], None),
    ] {
        let mut random = Random::new(89);
        let report = report_of("长岭县财政局", 2023, &mut random);
        for format in FORMATS {
            let [above, own] = lines.map(str::to_owned);
            let head = Head {
                before: vec![above, own, rest.to_owned()],
                ..Head::default()
            };
            let read = read::read(&written(format, &report, &head)).unwrap();
            let read = from_source(&read).unwrap();
            match organ {
                Some(organ) => assert_eq!(read.report.organ(), organ, "{format}: {lines:?}"),
                None => assert!(
                    asks_for_organ(&read)
                        && read.lines().iter().any(|line| line.contains(lines[0])),
                    "{format}: {lines:?}"
                ),
            }
        }
    }
}
