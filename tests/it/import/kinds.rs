//! Kinds of faults of which the small reports (`tests/cases`) are one each, with other inputs.

use crate::support::random::{Random, balanced};
use crate::support::{document, exported, fixture, lines, numbers, report, silently_wrong};
use nianbao::export::Format;
use nianbao::form;
use nianbao::import::source::Part;
use nianbao::import::{Imported, Remark, from_json, from_source, read};
use nianbao::report::{Edit, History, Report};
use nianbao::value::Value;

fn from_text(text: &str) -> Imported {
    from_source(&read::read(text.as_bytes()).unwrap()).unwrap()
}

fn text(read: &Imported, id: &str) -> String {
    let form = read.report.form();
    read.report.text(form.find_text(id).unwrap()).to_owned()
}

/// A report as text: lines before and behind its tables, a row in each line.
fn as_text(report: &Report, row: impl Fn(usize, &[String]) -> String) -> String {
    let mut text = format!("{}\n一、总体情况\n平稳。\n", report.title());
    for (nth, table) in document(report).tables().enumerate() {
        text.push_str(&format!("{}\n", table.heading));
        let mut rows = vec![Vec::new(); table.rows];
        for cell in &table.cells {
            rows[cell.row].push(cell.text.replace('\n', ""));
        }
        for cells in rows {
            text.push_str(&row(nth, &cells));
        }
    }
    text + "五、存在的主要问题及改进情况\n不足。\n六、其他需要报告的事项\n无。\n"
}

fn tabbed(_: usize, cells: &[String]) -> String {
    cells.join("\t") + "\n"
}

/// Several blanks, each a line with a bar; the labels' own cells on lines of their own too.
#[test]
fn blank_cells_that_stand_as_bars_keep_their_places() {
    for seed in 0..8 {
        let mut random = Random::new(seed);
        let form = form::official()[seed as usize % 2].clone();
        let mut history = History::new(balanced(&form, 30, &mut random));
        let cells: Vec<_> = history.report().cells().collect();
        let blank: Vec<_> = cells
            .into_iter()
            .filter(|_| random.below(2) == 0)
            .map(|cell| (cell, Value::Blank))
            .collect();
        history.apply(Edit::cells(history.report(), blank));
        let truth = history.report();
        let lone = as_text(truth, |_, cells| {
            let lines = cells.iter().map(|cell| match cell.is_empty() {
                true => "|\n".to_owned(),
                false => format!("{cell} |\n"),
            });
            lines.collect()
        });
        let read = from_text(&lone);
        let wrong = silently_wrong(truth, &read).into_iter();
        // The made-up reports have counts in the place of amounts.
        let wrong: Vec<String> = wrong.filter(|id| !id.ends_with("amount")).collect();
        assert_eq!(wrong, [""; 0], "{seed}");
        assert_eq!(read.not_placed, [], "{seed}");
        assert_eq!(read.left_over, [], "{seed}");
    }
}

/// Heads moved by one place to either side; the printed totals say which reading is right.
#[test]
fn heads_that_stand_beside_their_numbers_are_told() {
    for (seed, by) in (0..6).flat_map(|seed| [(seed, 1_i32), (seed, -1)]) {
        let truth = balanced(&form::official()[1], 60, &mut Random::new(90 + seed));
        let mut page = format!("<h1>{}</h1>", truth.title());
        for (nth, table) in document(&truth).tables().enumerate() {
            let mut rows = vec![vec![String::new(); 16]; table.rows];
            for cell in &table.cells {
                let is_head = nth == 1 && cell.row == 2;
                let col = cell.col as i32 + if is_head { by } else { 0 };
                rows[cell.row][col as usize].clone_from(&cell.text);
            }
            page.push_str("<table>");
            for row in rows {
                let cells = row.iter().map(|cell| format!("<td>{cell}</td>"));
                page.push_str(&format!("<tr>{}</tr>", cells.collect::<String>()));
            }
            page.push_str("</table>");
        }
        let read = from_text(&page);
        let wrong = silently_wrong(&truth, &read).into_iter();
        let wrong: Vec<String> = wrong.filter(|id| id.starts_with("t3.")).collect();
        assert_eq!(wrong, [""; 0], "{seed} {by}");
        let told =
            |remark: &Remark| matches!(remark, Remark::HeadsAstray(_) | Remark::DoubtfulTable(_));
        assert!(
            read.remarks.iter().any(told),
            "{seed} {by}: {:?}",
            read.remarks
        );
    }
}

/// The last table in as many pieces as it has blocks.
#[test]
fn a_table_in_a_piece_for_each_block_is_read() {
    let truth = report("pingtan_2022");
    let whole = document(&truth);
    let table = whole.tables().nth(2).unwrap();
    let numbers_of: Vec<&str> = table
        .cells
        .iter()
        .filter(|cell| cell.number.is_some())
        .map(|cell| cell.text.as_str())
        .collect();
    let heads = "<tr><td>结果维持</td><td>结果纠正</td><td>其他结果</td><td>尚未审结</td><td>总计</td></tr>";
    let piece = |name: &str, from: usize, above: bool| {
        let cells = numbers_of[from..from + 5].iter();
        let cells: String = cells.map(|text| format!("<td>{text}</td>")).collect();
        let (over, within) = match above {
            true => (format!("<p>（一）{name}</p>"), String::new()),
            false => (String::new(), format!("<tr><td colspan=5>{name}</td></tr>")),
        };
        format!("{over}<table>{within}{heads}<tr>{cells}</tr></table>")
    };
    for above in [false, true] {
        let blocks = [("行政复议", 0), ("未经复议直接起诉", 5), ("复议后起诉", 10)];
        let pieces = blocks.map(|(name, from)| piece(name, from, above)).concat();
        let page = format!("<p>{}</p>{pieces}", truth.title());
        let read = from_text(&page);
        let lost = read
            .not_placed
            .iter()
            .filter(|lost| lost.id.starts_with("t4."));
        assert_eq!(lost.count(), 0, "{above}");
        let is_t4 = |(id, _): &(String, Value)| id.starts_with("t4.");
        let found: Vec<_> = numbers(&read.report).into_iter().filter(is_t4).collect();
        let wanted: Vec<_> = numbers(&truth).into_iter().filter(is_t4).collect();
        assert_eq!(found, wanted);
    }
}

#[test]
fn a_few_rows_under_their_heads_are_read() {
    let truth = report("pingtan_2022");
    let kept = ["一、本年新收", "（七）总计"];
    let few = as_text(&truth, |nth, cells| {
        let is_kept = nth != 1
            || cells.len() < 7
            || cells
                .iter()
                .any(|cell| kept.iter().any(|kept| cell.starts_with(kept)));
        if is_kept {
            tabbed(nth, cells)
        } else {
            String::new()
        }
    });
    let read = from_text(&few);
    assert_eq!(silently_wrong(&truth, &read), [""; 0]);
    let id = "t3.r1.natural";
    let cell = read.report.form().find(id).unwrap();
    assert_eq!(read.report.value(cell), truth.value(cell));
}

/// All paragraphs run together, with blanks or bars between the cells.
#[test]
fn a_report_in_one_line_is_read() {
    let truth = report("pingtan_2022");
    for between in [" ", " | "] {
        let one = as_text(&truth, |_, cells| cells.join(between) + between);
        let one = one.replace('\n', between);
        let read = from_text(&one);
        assert_eq!(read.report.title(), truth.title(), "{between}");
        assert_eq!(silently_wrong(&truth, &read), [""; 0], "{between}");
        assert_eq!(text(&read, "s1").trim_matches(['|', ' ']), "平稳。");
        assert_eq!(text(&read, "s5").trim_matches(['|', ' ']), "不足。");
        let found = read.report.cells().count() - read.not_placed.len();
        assert!(found > 100, "{between}: {found}");
    }
}

#[test]
fn traditional_characters_are_known() {
    let truth = report("pingtan_2022");
    let pairs = [
        ("信息公开", "信息公開"),
        ("报告", "報告"),
        ("总体", "總體"),
        ("规章", "規章"),
        ("规范", "規範"),
        ("许可", "許可"),
        ("处罚", "處罰"),
        ("强制", "強制"),
        ("处理", "處理"),
        ("数量", "數量"),
        ("费", "費"),
        ("废", "廢"),
        ("现行", "現行"),
        ("内容", "內容"),
        ("机关", "機關"),
        ("总计", "總計"),
        ("结果", "結果"),
        ("维持", "維持"),
        ("纠正", "糾正"),
        ("审结", "審結"),
        ("复议", "復議"),
        ("诉讼", "訴訟"),
        ("问题", "問題"),
        ("条", "條"),
        ("项", "項"),
        ("业", "業"),
        ("组织", "組織"),
        ("会", "會"),
        ("务", "務"),
        ("办", "辦"),
    ];
    let text = as_text(&truth, tabbed);
    let text = pairs
        .iter()
        .fold(text, |text, (simple, other)| text.replace(simple, other));
    let read = from_text(&text);
    assert_eq!(read.report.year(), 2022);
    assert_eq!(numbers(&read.report), numbers(&truth));
    assert_eq!(self::text(&read, "s5"), "不足。");
}

#[test]
fn parts_in_another_order_keep_their_texts() {
    let text = as_text(&report("pingtan_2022"), tabbed);
    let (before, last) = text.split_at(text.find("五、存在").unwrap());
    let at = before.find("二、主动公开").unwrap();
    let text = format!("{}{last}{}", &before[..at], &before[at..]);
    let read = from_text(&text);
    assert_eq!(
        ["s1", "s5", "s6"].map(|id| self::text(&read, id)),
        ["平稳。", "不足。", "无。"]
    );
    assert_eq!(numbers(&read.report), numbers(&report("pingtan_2022")));
}

#[test]
fn a_report_of_before_the_forms_is_told_as_such() {
    let text = "某县水务局2016年政府信息公开工作年度报告\n一、概述\n发布及时。\n二、主动公开政府信息情况\n公开20条。\n";
    let read = from_text(text);
    assert_eq!(
        (read.report.year(), read.report.organ()),
        (2016, "某县水务局")
    );
    let told = lines(&read.remarks);
    assert!(
        told.iter()
            .any(|line| line.contains("2019 年以前没有统一格式")),
        "{told:?}"
    );
}

#[test]
fn an_organ_that_ends_in_a_bracket_keeps_it() {
    let organ = "滨河区城市管理局（综合行政执法局）";
    let form = form::by_year(2023).unwrap();
    let truth = Report::new(form, organ, 2023);
    for format in Format::OFFICIAL {
        let source = read::read(&exported(&truth, format)).unwrap();
        let read = from_source(&source).unwrap();
        assert_eq!(read.report.organ(), organ, "{format:?}");
        let verified = nianbao::verify::verify(&document(&truth), &source);
        assert_eq!(verified.differences, [], "{format:?}");
    }
    for (title, wanted) in [
        (
            "（滨河区财政局）2023年政府信息公开工作年度报告",
            "滨河区财政局",
        ),
        (
            "滨河区财政局（2023年）政府信息公开工作年度报告",
            "滨河区财政局",
        ),
        (
            "滨河区水务局（河长办）政府信息公开工作年度报告（2023年度）",
            "滨河区水务局（河长办）",
        ),
    ] {
        let read = from_text(&format!(
            "{title}\n一、总体情况\n好。\n五、存在的主要问题及改进情况\n无。\n"
        ));
        assert_eq!(
            (read.report.organ(), read.report.year()),
            (wanted, 2023),
            "{title}"
        );
    }
}

#[test]
fn the_local_row_of_a_document_is_placed_and_switched_on() {
    let text = std::fs::read_to_string(fixture("reports/jiutai_xinglong_2020.txt")).unwrap();
    let read = from_text(&text);
    let cell = read.report.form().find("t2.published.total").unwrap();
    assert!(read.report.shows(cell));
    assert!(!read.report.value(cell).is_blank());
}

#[test]
fn a_key_given_twice_and_nearly_whole_counts_are_refused() {
    let json = |texts: &str, cells: &str| {
        format!(r#"{{"year":2023,"organ":"某局","texts":{{{texts}}},"cells":{{{cells}}}}}"#)
    };
    let twice = [
        json(r#""s1":"甲","s1":"乙""#, ""),
        json("", r#""t3.r1.natural":1,"t3.r1.natural":2"#),
        json("", "").replacen("\"year\"", "\"year\":2022,\"year\"", 1),
    ];
    for text in twice {
        let refused = from_json(&text).unwrap_err().to_string();
        assert!(refused.contains("写了两次"), "{text}: {refused}");
    }
    for number in [
        "1.0000000000000000000000000000000001",
        "0.99999999999999999999999999999999999",
    ] {
        let read = from_json(&json("", &format!("\"t3.r1.natural\":{number}"))).unwrap();
        let cell = read.report.form().find("t3.r1.natural").unwrap();
        assert_eq!(read.report.value(cell), Value::Blank, "{number}");
        assert_eq!(read.not_placed.len(), 1, "{number}");
    }
    let many: Vec<String> = (0..50_000).map(|nth| format!("\"k{nth}\":1")).collect();
    let refused = from_json(&json("", &many.join(",")))
        .unwrap_err()
        .to_string();
    assert!(refused.contains("太多"), "{refused}");
}

/// What stands between the lines of a part and is no text of it.
#[test]
fn lines_of_a_site_are_no_text_wherever_they_stand() {
    let clean = as_text(&report("pingtan_2022"), tabbed);
    let furniture = [
        "当前位置：首页 > 政务公开 > 年报",
        "平潭综合实验区2021年政府信息公开工作年度报告.pdf",
        "Copyright © 2023 平潭综合实验区 闽ICP备00000000号",
        "扫描二维码关注我们",
    ];
    for line in furniture {
        for behind in ["平稳。\n", "不足。\n", "无。\n"] {
            let read = from_text(&clean.replace(behind, &format!("{behind}{line}\n")));
            let found = ["s1", "s5", "s6"].map(|id| text(&read, id));
            assert_eq!(
                found,
                ["平稳。", "不足。", "无。"],
                "{line} behind {behind}"
            );
            assert_eq!(read.left_over.len(), 1, "{line}");
        }
    }
    // What sounds like them and is the report's own stays.
    for own in [
        "加强与主办单位的沟通，规范附件格式。",
        "在首页开设年报专栏，方便群众下载。",
        "（三）推广二维码服务。",
    ] {
        for behind in ["平稳。\n", "无。\n"] {
            let read = from_text(&clean.replace(behind, &format!("{behind}{own}\n")));
            let texts = ["s1", "s5", "s6"].map(|id| text(&read, id)).concat();
            assert!(texts.contains(own), "{own}");
        }
    }
    let source = read::read(clean.as_bytes()).unwrap();
    assert!(
        source
            .parts
            .iter()
            .any(|part| matches!(part, Part::Table(_)))
    );
}
