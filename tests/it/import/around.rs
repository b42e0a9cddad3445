//! What stands around a report: what sites, offices and pages put above, below and between. It is told, and no text of it.

use super::readers_support::Pdf;
use crate::support::lines;
use nianbao::import::source::Part;
use nianbao::import::{self, Imported, read};

const TITLE: &str = "北原县水利局2023年政府信息公开工作年度报告";
const S1: &str = "一年来，我局主动公开政府信息40条。";
const S5: &str = "存在解读形式单一的问题，下一步将改进。";
const S6: &str = "本年度没有收取信息处理费。";
const TABLE: &str = "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数\n规章 | 0 | 0 | 0\n行政规范性文件 | 3 | 1 | 9";

/// A report with lines above its title, behind it, and at its end.
fn around(above: &str, behind: &str, below: &str) -> Imported {
    let text = format!(
        "{above}\n{TITLE}\n{behind}\n一、总体情况\n{S1}\n二、主动公开政府信息情况\n{TABLE}\n\
         五、存在的主要问题及改进情况\n{S5}\n六、其他需要报告的事项\n{S6}\n{below}\n"
    );
    read_text(&text)
}

fn read_text(text: &str) -> Imported {
    import::from_source(&read::read(text.as_bytes()).unwrap()).unwrap()
}

fn text(read: &Imported, id: &str) -> String {
    let ix = read.report.form().find_text(id).unwrap();
    read.report.text(ix).to_owned()
}

fn told(read: &Imported, words: &str) -> bool {
    lines(&read.left_over)
        .iter()
        .any(|line| line.contains(words))
}

#[test]
fn what_stands_below_a_report_is_told_and_none_of_it() {
    for below in [
        "责任编辑：李某",
        "编辑：李某  审核：王某",
        "来源：北原县水利局",
        "发布时间：2024-01-18 09:20:11",
        "2024-01-18 09:20 来源：北原县水利局 浏览次数：35",
        "浏览量：1203",
        "阅读 35",
        "赞 在看 写留言",
        "（此件公开发布）",
        "(此件主动公开)",
        "抄送：县政府办公室。",
        "北原县水利局办公室  2024年1月18日印发",
        "主题词：信息公开 年报",
        "公开方式：主动公开",
        "热点推荐",
        "网友评论",
        "相关解读",
        "图解",
        "便民服务",
        "县长信箱",
    ] {
        let read = around("", "", below);
        assert_eq!(text(&read, "s6"), S6, "{below}");
        let first = below.split(['：', ' ', '。']).next().unwrap();
        assert!(told(&read, first), "{below}: {:?}", lines(&read.left_over));
    }
}

#[test]
fn an_organ_and_a_day_sign_whatever_stands_below_them() {
    for below in [
        "",
        "\n（此件公开发布）",
        "\n责任编辑：李某\n浏览次数：9",
        "\n政务公开\n县长信箱",
    ] {
        let read = around("", "", &format!("北原县水利局\n2024年1月18日{below}"));
        assert_eq!(text(&read, "s6"), S6, "{below}");
        let signature = read.report.notes().signature.clone().unwrap();
        assert_eq!(
            (&*signature.organ, &*signature.date),
            ("北原县水利局", "2024年1月18日"),
            "{below}"
        );
    }
}

#[test]
fn what_is_written_in_the_last_part_stays_in_it() {
    for own in [
        "无",
        "没有其他需要报告的事项",
        "本年度没有收取信息处理费。\n（一）收费情况\n未收取",
        "1.收费情况：无\n2.其他：无",
        "本年度情况如下：\n建议提案办理5件，均已公开。",
        "收费：未收取。\n来源：各股室统计，共5项。",
    ] {
        let text_of = |below: &str| {
            let whole = format!(
                "{TITLE}\n一、总体情况\n{S1}\n二、主动公开政府信息情况\n{TABLE}\n六、其他需要报告的事项\n{own}{below}\n"
            );
            text(&read_text(&whole), "s6")
        };
        assert_eq!(text_of(""), own);
        assert_eq!(text_of("\n责任编辑：李某"), own);
    }
}

#[test]
fn what_stands_between_a_title_and_its_preamble_is_none_of_it() {
    let preamble = "根据《中华人民共和国政府信息公开条例》的规定，现公布本报告。";
    for between in [
        "2024-01-18 09:20 来源：北原县水利局 字体：大中小 浏览次数：35",
        "原创 北原水利 2024-01-18 09:20 某省",
        "政务公开",
        "历年年报",
        "发布日期：2024年1月18日 | 来源：水利局 | 打印",
    ] {
        let read = around("", &format!("{between}\n{preamble}"), "");
        assert_eq!(text(&read, "preamble"), preamble, "{between}");
    }
    // A sentence over several lines is one.
    let broken =
        "根据《中华人民共和国政府信息公开条例》的规定，现公布\n北原县水利局年度报告\n欢迎监督。";
    let read = around("", broken, "");
    assert_eq!(text(&read, "preamble"), broken);
}

#[test]
fn sentences_above_the_title_are_told() {
    let letter = "现将我局年度报告随文报送，请审阅。";
    let read = around(
        &format!("北原县水利局文件\n县政府办公室：\n{letter}"),
        "",
        "",
    );
    assert!(told(&read, letter), "{:?}", lines(&read.left_over));
    assert_eq!(text(&read, "preamble"), "");
    assert_eq!(read.report.organ(), "北原县水利局");
}

#[test]
fn a_part_that_the_form_has_not_is_told() {
    let read = around("", "", "七、下一步打算\n继续努力。");
    let is_told = |read: &Imported| {
        let told = lines(&read.remarks);
        told.iter().any(|said| said.contains("七、下一步打算"))
    };
    assert!(is_told(&read), "{:?}", lines(&read.remarks));
    assert_eq!(
        text(&read, "s6"),
        format!("{S6}\n七、下一步打算\n继续努力。")
    );
    assert!(!is_told(&around("", "", "")));
}

#[test]
fn a_first_part_without_its_heading_is_told_and_no_preamble() {
    let preamble = "根据《中华人民共和国政府信息公开条例》的规定，现公布本报告。";
    let part = "（二）依申请公开\n全年收到申请5件，均已答复。";
    let whole = |part: &str| {
        let text = format!(
            "{TITLE}\n{preamble}\n{part}\n二、主动公开政府信息情况\n{TABLE}\n六、其他需要报告的事项\n{S6}\n"
        );
        read_text(&text)
    };
    let read = whole(part);
    assert_eq!(
        (text(&read, "preamble").as_str(), text(&read, "s1").as_str()),
        (preamble, part)
    );
    let told = lines(&read.remarks);
    assert!(
        told.iter()
            .any(|said| said.contains("“（二）依申请公开”起放在这一部分")),
        "{told:?}"
    );
    // Its heading under a number of the office's own is told as well, and not printed below the form's.
    for number in ["1、 ", "（一）", "1."] {
        let read = whole(&format!("{number}总体情况\n{part}"));
        let told = lines(&read.remarks);
        assert_eq!(text(&read, "s1"), part, "{number}");
        assert!(
            told.iter()
                .any(|said| said.contains("总体情况”起放在这一部分")),
            "{told:?}"
        );
    }
    let read = whole(&format!("一、总体情况\n{part}"));
    assert_eq!(text(&read, "s1"), part);
    let told = lines(&read.remarks);
    assert!(
        !told.iter().any(|said| said.contains("起放在这一部分")),
        "{told:?}"
    );
}

#[test]
fn a_paragraph_with_a_frame_around_it_is_one() {
    let rows = "<tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td><td>现行有效件数</td></tr>\
        <tr><td>规章</td><td>0</td><td>0</td><td>0</td></tr><tr><td>行政规范性文件</td><td>3</td><td>1</td><td>9</td></tr>";
    let page = format!(
        "<h1>{TITLE}</h1><p>一、总体情况</p><p>{S1}</p><table><tr><td>其中解读12篇。</td></tr><tr><td>会议两次。</td></tr></table>\
         <p>二、主动公开政府信息情况</p><table>{rows}</table><p>六、其他需要报告的事项</p><p>{S6}</p>"
    );
    let read = read_text(&page);
    assert_eq!(
        text(&read, "s1"),
        format!("{S1}\n其中解读12篇。\n会议两次。")
    );
}

#[test]
fn what_a_style_shows_on_a_wide_screen_is_seen() {
    let page = |sheet: &str| {
        let page = format!("<style>{sheet}</style><p>甲</p><p class=x>乙</p>");
        let source = read::read(page.as_bytes()).unwrap();
        source
            .parts
            .iter()
            .filter_map(Part::text)
            .collect::<String>()
    };
    let hidden = ".x{display:none}";
    for seen in [
        "@media (min-width:768px){.x{display:block}}",
        "@media screen and (min-width: 48em) {.x{display:block}}",
        "@media only screen and (min-width:600px) and (max-width:2000px){.x{display:block}}",
        "@media print, (min-width:1000px){.x{display:block}}",
        "@media (width >= 768px){.x{display:block}}",
        "@media screen and (48em<=width<1600px){.x{display:block}}",
        "@media (2000px > width){.x{display:block}}",
        "@media (hover: hover) and (pointer: fine){.x{display:block}}",
        "@supports (display:grid){.x{display:block}}",
    ] {
        assert_eq!(page(&format!("{hidden}{seen}")), "甲乙", "{seen}");
    }
    for unseen in [
        "@media (max-width:767px){.x{display:block}}",
        "@media (width < 768px){.x{display:block}}",
        "@media (400px <= width <= 800px){.x{display:block}}",
        "@media (width > pxpx){.x{display:block}}",
        "@media (min-width:3000px){.x{display:block}}",
        "@media print{.x{display:block}}",
        "@media screen and (prefers-color-scheme: dark){.x{display:block}}",
    ] {
        assert_eq!(page(&format!("{hidden}{unseen}")), "甲", "{unseen}");
        assert_eq!(page(&unseen.replace("block", "none")), "甲乙", "{unseen}");
    }
    assert_eq!(page("@media (min-width:768px){.x{display:none}}"), "甲");
}

/// Each line by its place on a page of 200 by 100 points; pages of them, and what is read.
fn pages(pages: &[&[(u32, u32, &str)]], drawn: &str) -> (Vec<String>, Vec<String>) {
    let mut pdf = Pdf::new();
    for page in pages {
        let line = |(size, y, words): &(u32, u32, &str)| {
            let code: String = words
                .encode_utf16()
                .map(|unit| format!("{unit:04X}"))
                .collect();
            format!("BT /F1 {size} Tf 20 {y} Td <{code}> Tj ET ")
        };
        let content: String = page.iter().map(line).collect();
        pdf.page(&format!("{content} {drawn}"));
    }
    let source = read::read(&pdf.bytes()).unwrap();
    let parts = source.parts.iter().filter_map(Part::text);
    (parts.map(str::to_owned).collect(), lines(&source.remarks))
}

#[test]
fn heads_and_feet_of_pages_do_not_enter_the_text() {
    let (first, second) = ("甲乙丙丁戊己庚辛，", "子丑寅卯。");
    for (head, foot) in [("年报", ""), ("", "水利局"), ("年报", "水利局")] {
        let page = |text: &'static str| {
            let mut page = vec![(10, 400, text)];
            page.extend((!head.is_empty()).then_some((10, 780, head)));
            page.extend((!foot.is_empty()).then_some((10, 30, foot)));
            page
        };
        let (read, told) = pages(&[&page(first), &page(second)], "");
        assert_eq!(read, [format!("{first}{second}")], "{head} {foot}");
        for line in [head, foot].iter().filter(|line| !line.is_empty()) {
            assert!(told.iter().any(|said| said.contains(line)), "{told:?}");
        }
    }
    // The title says the same as the head, and stays.
    let (read, _) = pages(
        &[
            &[(10, 780, "年报"), (10, 740, "年报"), (10, 400, first)],
            &[(10, 780, "年报"), (10, 400, second)],
        ],
        "",
    );
    assert_eq!(read, ["年报".to_owned(), format!("{first}{second}")]);
    // What stands on one page alone, or in the midst of several, is text.
    let (read, told) = pages(
        &[
            &[(10, 780, "年报"), (10, 400, "同样。")],
            &[(10, 400, "同样。")],
        ],
        "",
    );
    assert_eq!(
        (read.concat(), told.len()),
        ("年报同样。同样。".to_owned(), 0),
        "{told:?}"
    );
}

#[test]
fn notes_at_the_foot_of_a_page_do_not_enter_the_text() {
    let (first, second) = ("甲乙丙丁戊己庚辛，", "子丑寅卯。");
    let line = "20 120 60 0.5 re f";
    for (size, drawn) in [(10, line), (8, line), (8, "")] {
        let page: &[(u32, u32, &str)] = &[
            (10, 400, first),
            (size, 100, "1其中网上公开九条。"),
            (size, 85, "下同。"),
        ];
        let (read, told) = pages(&[page, &[(10, 780, second)]], drawn);
        assert_eq!(read, [format!("{first}{second}")], "{size} {drawn}");
        assert!(
            told.iter().any(|said| said.contains("网上公开")),
            "{told:?}"
        );
    }
    // What is underlined is no note's separator, and a numbered paragraph is no note.
    for (below, drawn) in [
        ("2个方面有待加强。", "20 98 60 0.5 re f"),
        ("1.加强培训。", "20 92 60 0.5 re f"),
    ] {
        let page: &[(u32, u32, &str)] = &[(10, 400, first), (10, 100, "下一步"), (10, 80, below)];
        let (read, told) = pages(&[page], drawn);
        assert!(
            read.concat().contains(below) && told.is_empty(),
            "{read:?} {told:?}"
        );
    }
    let (read, told) = pages(&[&[(10, 400, first), (10, 380, "1其中网上公开九条。")]], "");
    assert_eq!((read.concat().contains("网上公开"), told.len()), (true, 0));
}
