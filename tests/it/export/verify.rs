//! What was exported, read back and held against the draft.

use crate::support::random::{Random, wild};
use crate::support::{document, exported, fixture, published, report};
use nianbao::export::Format;
use nianbao::export::document::Block;
use nianbao::form;
use nianbao::import::read;
use nianbao::report::{Edit, History, Report, Signature};
use nianbao::value::Value;
use nianbao::verify::{Verified, verify};
use std::process::Command;

fn held_against(bytes: &[u8], draft: &Report) -> Verified {
    let source = read::read(bytes).unwrap_or_else(|why| panic!("{why}"));
    verify(&document(draft), &source)
}

/// The sample with its texts.
fn sample() -> Report {
    let path = fixture("../assets/samples/jiutai_xinglong_2020.ron");
    nianbao::draft::open(&path).unwrap()
}

#[test]
fn every_published_report_comes_back_the_same_from_every_format() {
    let reports = published().into_iter().map(|(name, it)| (name, it.report));
    for (name, report) in reports.chain([("sample".to_owned(), sample())]) {
        for format in Format::OFFICIAL {
            let found = held_against(&exported(&report, format), &report);
            assert_eq!(found.differences, [], "{name} {format:?}");
            assert_eq!(found.same_draft, Some(true), "{name} {format:?}");
            let cells: usize = document(&report).tables().map(|t| t.cells.len()).sum();
            assert_eq!(found.cells, cells, "{name} {format:?}");
            assert!(found.texts >= 7, "{name} {format:?}");
        }
    }
}

/// `REPORTS=500 cargo test --release --test it verify` runs the whole campaign.
#[test]
fn wild_reports_come_back_the_same_from_every_format() {
    let reports = std::env::var("REPORTS").map_or(6, |n| n.parse().unwrap());
    for seed in 0..reports {
        let mut random = Random::new(seed);
        let forms = form::official();
        let report = wild(&forms[seed as usize % forms.len()], &mut random);
        for format in Format::OFFICIAL {
            let bytes = exported(&report, format);
            assert!(
                bytes == exported(&report, format),
                "{seed} {format:?}: the same bytes"
            );
            let found = held_against(&bytes, &report);
            assert_eq!(found.differences, [], "{seed} {format:?}");
            assert_eq!(found.same_draft, Some(true), "{seed} {format:?}");
        }
    }
}

/// Texts and names that one format or another once could not take: Word's bullets and other private characters, marks
/// without end over one letter, names with line breaks, a text that begins with another part's heading.
#[test]
fn hard_words_come_back_from_every_format() {
    let heading = "六、其他需要报告的事项";
    let texts = [
        (
            "\u{f0b7} 第一点；\u{f0d8}第二点；\u{e123}\u{f0001}某".to_owned(),
            "无".to_owned(),
        ),
        (
            format!("a{}", "\u{301}".repeat(20_000)),
            "\u{f0b7}".to_owned(),
        ),
        (format!("{heading}无 及面广"), "无".to_owned()),
        (heading.to_owned(), heading.to_owned()),
    ];
    for (s1, s6) in texts {
        let mut history = History::new(report("pingtan_2022"));
        for (id, words) in [("s1", &s1), ("s6", &s6)] {
            let text = history.report().form().find_text(id).unwrap();
            history.apply(Edit::text(history.report(), text, words));
        }
        history.apply(Edit::organ(history.report(), "某某县\n财政局\u{f0b7}"));
        let report = history.report();
        assert!(!document(report).title.contains('\n'));
        for format in Format::OFFICIAL {
            let found = held_against(&exported(report, format), report);
            let words: String = s1.chars().take(20).collect();
            assert_eq!(found.differences, [], "{words} {format:?}");
        }
    }
}

#[test]
fn a_number_that_was_altered_is_named() {
    let old = report("hongze_2024");
    let form = old.form().clone();
    for id in [
        "t2.normdoc.valid",
        "t3.r3_3_7.natural",
        "t3.r4.other",
        "t4.row.post_other",
    ] {
        let cell = form.find(id).unwrap();
        let mut history = History::new(old.clone());
        history.apply(Edit::cells(&old, [(cell, Value::Count(4711))]));
        let altered = history.report();
        for format in Format::OFFICIAL {
            let found = held_against(&exported(altered, format), &old);
            assert_eq!(found.same_draft, Some(false), "{id} {format:?}");
            let named = |place: &str| found.differences.iter().find(|d| d.place == place);
            let difference = named(&form.full_name(cell));
            let difference = difference.unwrap_or_else(|| panic!("{id} {format:?}: {found:?}"));
            assert_eq!(difference.file, "4711", "{id} {format:?}");
            assert_eq!(difference.draft, document_text(&old, id), "{id} {format:?}");
            // Beside it only the totals above it.
            assert!(found.differences.len() <= 6, "{id} {format:?}: {found:?}");
        }
    }
}

fn document_text(report: &Report, id: &str) -> String {
    let cell = report.form().find(id).unwrap();
    report.value(cell).to_string()
}

#[test]
fn a_text_that_was_altered_lost_or_added_is_named() {
    let old = sample();
    let form = old.form().clone();
    let s5 = form.find_text("s5").unwrap();
    let change = |text: String| {
        let mut history = History::new(old.clone());
        history.apply(Edit::text(&old, s5, &text));
        history.report().clone()
    };
    let said = old.text(s5).to_owned();
    let cases = [
        change(said.replacen("不尽全面", "十分全面", 1)),
        change(String::new()),
        change(format!("{said}\n另外一段。")),
    ];
    for (nth, altered) in cases.iter().enumerate() {
        for format in Format::OFFICIAL {
            let found = held_against(&exported(altered, format), &old);
            assert_eq!(found.differences.len(), 1, "{nth} {format:?}: {found:?}");
            let place = &found.differences[0].place;
            assert!(
                place.starts_with("五、存在的主要问题"),
                "{nth} {format:?}: {place}"
            );
        }
    }
}

#[test]
fn the_command_says_what_differs_by_its_exit_status() {
    let folder = tempfile::tempdir().unwrap();
    let draft = folder.path().join("洪泽.ron");
    nianbao::draft::save(&report("hongze_2024"), &draft).unwrap();
    let run = |args: &[&std::ffi::OsStr]| {
        let output = Command::new(env!("CARGO_BIN_EXE_nianbao"))
            .args(args)
            .output();
        let output = output.unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (
            output.status.code(),
            text(output.stdout),
            text(output.stderr),
        )
    };
    let page = folder.path().join("洪泽.html");
    let export = [
        "export".as_ref(),
        draft.as_os_str(),
        "--to".as_ref(),
        "html".as_ref(),
        "-o".as_ref(),
        page.as_os_str(),
    ];
    assert_eq!(run(&export).0, Some(0));
    let verify = ["verify".as_ref(), page.as_os_str(), draft.as_os_str()];
    let (status, out, _) = run(&verify);
    assert_eq!(status, Some(0), "{out}");
    assert!(out.starts_with("一致：比较了 279 格"), "{out}");
    let altered = std::fs::read_to_string(&page)
        .unwrap()
        .replacen(">9487<", ">9478<", 1);
    std::fs::write(&page, altered).unwrap();
    let (status, out, _) = run(&verify);
    assert_eq!(status, Some(1));
    assert!(
        out.starts_with("表二 · 行政许可 · 本年处理决定数量：文件里是“9478”，草稿里是“9487”"),
        "{out}"
    );
    std::fs::write(&page, [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]).unwrap();
    let (status, out, err) = run(&verify);
    assert_eq!((status, out.as_str()), (Some(2), ""));
    assert!(err.contains("文件："), "{err}");
    assert_eq!(run(&["verify".as_ref(), page.as_os_str()]).0, Some(2));
}

#[test]
fn what_is_added_moved_or_spread_is_named() {
    let draft = report("hongze_2024");
    let page = crate::support::page(&draft);
    let cases = [
        // A number more beside one whose cell was made narrower.
        page.replacen(
            "colspan=\"3\" width=\"75.0%\" align=\"center\"",
            "colspan=\"2\" width=\"75.0%\" align=\"center\"",
            1,
        ),
        page.replacen("<h2", "<p>多出一段。</p><h2", 1),
        // The last table before its heading.
        {
            let at = page.rfind("<table").unwrap();
            let end = page.rfind("</table>").unwrap() + "</table>".len();
            let table = page[at..end].to_owned();
            page.replacen(&table, "", 1)
                .replacen("<h1", &format!("{table}<h1"), 1)
        },
        page.replacen("</table>", "<tr><td>另外</td><td>5</td></tr></table>", 1),
    ];
    for (nth, altered) in cases.iter().enumerate() {
        assert_ne!(*altered, page, "{nth}");
        assert_ne!(
            held_against(altered.as_bytes(), &draft).differences,
            [],
            "{nth}"
        );
    }
}

#[test]
fn a_workbooks_cover_and_sheets_are_compared_whole() {
    use nianbao::import::source::{Part, RawCell};
    let draft = report("hongze_2024");
    let bytes = exported(&draft, Format::Xlsx);
    let source = read::read(&bytes).unwrap();
    let document = document(&draft);
    let altered = |table: usize, change: &dyn Fn(&mut Vec<RawCell>)| {
        let mut source = source.clone();
        let Part::Table(raw) = &mut source.parts[table] else {
            panic!()
        };
        change(&mut raw.cells);
        verify(&document, &source).differences
    };
    assert_eq!(altered(0, &|_| {}), []);
    let new = |row, col, text: &str| RawCell {
        row,
        col,
        rows: 1,
        cols: 1,
        text: text.to_owned(),
    };
    let organ = |cells: &mut Vec<RawCell>| {
        cells
            .iter_mut()
            .filter(|cell| cell.row == 2 && cell.col == 1)
            .for_each(|cell| cell.text = "别的单位".to_owned());
    };
    assert_eq!(altered(0, &organ)[0].place, "封面 · 单位名称");
    let text = |cells: &mut Vec<RawCell>| {
        let last = cells
            .iter_mut()
            .filter(|cell| cell.col == 0)
            .max_by_key(|cell| cell.row);
        last.unwrap().text.push_str("另外一句。");
    };
    assert_eq!(altered(0, &text).len(), 1);
    assert_eq!(
        altered(0, &|cells| cells.push(new(60, 0, "多出一段"))).len(),
        1
    );
    // A note beside the heading of a sheet.
    assert_eq!(altered(1, &|cells| cells.push(new(0, 9, "备注"))).len(), 1);
    assert_eq!(altered(1, &|cells| cells.push(new(8, 2, "555"))).len(), 1);
}

#[test]
fn a_report_with_errors_is_the_same_with_its_mark_and_without() {
    let draft = report("pingtan_2020");
    let evaluation = nianbao::check::evaluate(&draft);
    for mark in [true, false] {
        let document = nianbao::export::Document::new(
            &draft,
            &evaluation,
            &nianbao::draft::digest(&draft),
            mark,
        );
        for format in Format::OFFICIAL {
            let faces = nianbao::export::typeset::Faces::bundled();
            let written = format.write_document(&document, faces).unwrap();
            let found = held_against(&written.bytes, &draft);
            assert_eq!(found.differences, [], "{mark} {format:?}");
        }
    }
}

mod as_published {
    use super::*;
    use nianbao::import;
    use nianbao::verify::{Became, Published, Take, published as held};

    /// A page as a site shows it: our own, passed through an editor that keeps nothing of where it came from, between what a
    /// site puts around it.
    fn page(report: &Report, damage: impl Fn(String) -> String) -> Published {
        let ours = String::from_utf8(exported(report, Format::Html)).unwrap();
        let body = ours
            .split_once("<body")
            .unwrap()
            .1
            .split_once('>')
            .unwrap()
            .1;
        let body = body.split_once("</body>").unwrap().0;
        let organ = report.organ();
        let site = format!(
            "<html><head><title>{organ}</title></head><body><div>首页 &gt; 政府信息公开 &gt; 年报</div>\
             <h1>{}</h1><p>来源：{organ} 发布时间：2023-01-20</p>{}<p>打印本页 关闭窗口</p>\
             <p>主办：{organ} Copyright 2023</p></body></html>",
            report.title(),
            damage(body.to_owned())
        );
        let source = read::read(site.as_bytes()).unwrap();
        assert!(!nianbao::verify::is_ours(&source));
        held(report, &import::from_source(&source).unwrap())
    }

    fn lines(found: &Published) -> Vec<String> {
        found.departures.iter().map(ToString::to_string).collect()
    }

    fn with_texts() -> Report {
        let mut history = History::new(report("pingtan_2022"));
        let texts = [
            (
                "s1",
                "2022年工作情况如下。\n（一）主动公开\n全年公开信息1203条。\n（二）依申请公开\n全年收到申请74件。",
            ),
            ("s5", "一是内容还不够全面。\n二是回应还不够及时。"),
            ("s6", "无其他需要报告的事项。"),
        ];
        for (id, words) in texts {
            let text = history.report().form().find_text(id).unwrap();
            history.apply(Edit::text(history.report(), text, words));
        }
        history.report().clone()
    }

    #[test]
    fn an_untouched_page_agrees() {
        let reports = published().into_iter().map(|(_, it)| it.report);
        for report in reports.chain([sample(), with_texts()]) {
            let found = page(&report, |body| body);
            assert_eq!(lines(&found), [""; 0], "{}", report.title());
        }
    }

    #[test]
    fn damage_is_named() {
        let report = with_texts();
        let cell = |id: &str| report.form().find(id).unwrap();
        let name = |id: &str| form::with_year(&report.form().full_name(cell(id)), 2022);

        let found = page(&report, |body| body.replacen(">71<", ">17<", 1));
        let place = name("t3.r1.natural");
        assert_eq!(
            lines(&found),
            [format!("{place}：发布的是“17”，草稿里是“71”")]
        );
        let take = Take::Number(cell("t3.r1.natural"), Value::Count(17));
        assert_eq!(found.departures[0].take, Some(take));

        // What an editor does with a 0.
        let found = page(&report, |body| body.replacen(">0<", "><", 1));
        assert_eq!(found.departures.len(), 1, "{:?}", lines(&found));
        assert!(matches!(found.departures[0].what, Became::Blank(_)));

        let found = page(&report, |body| body.replace("二是回应还不够及时。", ""));
        assert_eq!(lines(&found).len(), 1);
        assert!(lines(&found)[0].contains("没有这一段“二是回应还不够及时。”"));
        assert!(
            matches!(&found.departures[0].take, Some(Take::Text(_, text)) if text == "一是内容还不够全面。")
        );

        let found = page(&report, |body| body.replace("1203条", "1302条"));
        assert!(lines(&found)[0].contains("1302条") && lines(&found).len() == 1);

        let found = page(&report, |body| {
            let (one, two) = ("一是内容还不够全面。", "二是回应还不够及时。");
            body.replace(one, "甲").replace(two, one).replace("甲", two)
        });
        assert_eq!(lines(&found).len(), 1);
        assert!(matches!(found.departures[0].what, Became::Moved(_)));
    }

    #[test]
    fn a_table_that_stands_twice_with_other_numbers_is_named() {
        let found = page(&with_texts(), |body| {
            let ends: Vec<usize> = body.match_indices("</table>").map(|(at, _)| at).collect();
            let third = ends[ends.len() - 2] + "</table>".len();
            let start = body[..third].rfind("<table").unwrap();
            let again = body[start..third].replacen(">71<", ">17<", 1);
            format!("{}{again}{}", &body[..third], &body[third..])
        });
        let found = lines(&found);
        let told = |line: &String| line.starts_with("表三：发布的页面上有 2 张，数不一样");
        assert!(found.iter().any(told), "{found:?}");
    }

    #[test]
    fn other_words_of_the_form_are_named() {
        let report = with_texts();
        for (from, to) in [
            ("5.属于三类内部事务信息", "5.属于两类内部事务信息"),
            ("四、政府信息公开行政复议", "四、政府信息公开行政夏议"),
            ("现行有效件数", "现行有校件数"),
            ("自然人", "自燃人"),
            ("信息内容", "信息内荣"),
        ] {
            let found = lines(&page(&report, |body| body.replace(from, to)));
            assert_eq!(found.len(), 1, "{to}: {found:?}");
            assert!(found[0].contains(to), "{found:?}");
        }
        let unit = |to: &str| lines(&page(&report, |body| body.replace("单位：万元", to)));
        for to in ["单位：元", "单位：亿元"] {
            let name = to.trim_start_matches("单位：");
            let named = |line: &String| line.contains(&format!("（{name}）"));
            assert!(unit(to).iter().any(named), "{:?}", unit(to));
        }
    }

    #[test]
    fn another_signature_is_named() {
        let signed = |date: &str| {
            with_texts().with(|report| {
                Edit::signature(
                    report,
                    Signature {
                        organ: "平潭县财政局".to_owned(),
                        date: date.to_owned(),
                    },
                )
            })
        };
        let report = signed("2023年1月20日");
        assert_eq!(lines(&page(&report, |body| body)), [""; 0]);
        let found = page(&report, |body| {
            body.replace("2023年1月20日", "2023年1月30日")
        });
        let words =
            "落款：发布的是“平潭县财政局 2023年1月30日”，草稿里是“平潭县财政局 2023年1月20日”";
        assert_eq!(lines(&found), [words]);
        let unsigned = with_texts();
        let html = exported(&report, Format::Docx);
        let source = read::read(&html).unwrap();
        let found = held(&unsigned, &import::from_source(&source).unwrap());
        assert_eq!(lines(&found).len(), 1, "{:?}", lines(&found));
        assert!(lines(&found)[0].starts_with("落款：发布的页面上多出一段"));
    }

    #[test]
    fn a_table_that_is_a_picture_is_one_thing() {
        let report = with_texts();
        let found = page(&report, |body| {
            let from = body.rfind("<table").unwrap();
            let to = body.rfind("</table>").unwrap() + "</table>".len();
            format!("{}<img src=\"t4.png\">{}", &body[..from], &body[to..])
        });
        assert_eq!(lines(&found).len(), 1, "{:?}", lines(&found));
        assert!(lines(&found)[0].starts_with("表四：发布的页面上没有读到"));
    }

    #[test]
    fn another_years_page_is_told() {
        let report = with_texts();
        let old = super::report("pingtan_2021");
        let html = exported(&old, Format::Docx);
        let source = read::read(&html).unwrap();
        let found = held(&report, &import::from_source(&source).unwrap());
        assert!(lines(&found)[0].starts_with("报告年度：发布的是“2021”，草稿里是“2022”"));
    }
}

/// Who signs stands at the right below the last part: from the cover, or as it was typed; never twice, and what is read
/// back has it as a signature.
#[test]
fn a_signature_is_printed_once_and_read_back_as_one() {
    is_printed_once("某县财政局");
    is_printed_once("某省某某国家级经济技术开发区管理委员会行政审批服务和营商环境监督管理局");
}

fn is_printed_once(organ: &str) {
    let lines = [organ, "2025年1月20日"];
    let blank = report("hongze_2024");
    let text = blank.form().find_text("s6").unwrap();
    let typed = format!("没有其他需要报告的事项。\n{}\n　　{}", lines[0], lines[1]);
    let cover = Signature {
        organ: lines[0].to_owned(),
        date: lines[1].to_owned(),
    };
    let mut of_cover = History::new(blank.clone());
    of_cover.apply(Edit::text(&blank, text, "没有其他需要报告的事项。"));
    of_cover.apply(Edit::signature(of_cover.report(), cover.clone()));
    let mut both = History::new(of_cover.report().clone());
    both.apply(Edit::text(both.report(), text, &typed));
    for draft in [of_cover.report(), both.report()] {
        let printed = document(draft)
            .blocks
            .into_iter()
            .filter_map(|block| match block {
                Block::Signature { text, .. } => Some(text),
                _ => None,
            });
        assert_eq!(printed.collect::<Vec<_>>(), lines);
        let json = nianbao::export::to_json(draft, &nianbao::check::evaluate(draft));
        let read = nianbao::import::from_json(&json).unwrap().report;
        assert_eq!(read.notes().signature, draft.notes().signature);
        for format in Format::OFFICIAL {
            let bytes = exported(draft, format);
            assert_eq!(held_against(&bytes, draft).differences, [], "{format:?}");
            let source = read::read(&bytes).unwrap();
            let read = nianbao::import::from_source(&source).unwrap().report;
            assert_eq!(read.notes().signature, Some(cover.clone()), "{format:?}");
            assert_eq!(read.text(text), "没有其他需要报告的事项。", "{format:?}");
        }
    }
    // A draft without one is still a file of the first version, one with it comes back whole.
    let text = |report: &Report| nianbao::draft::to_text(report);
    assert!(text(&blank).contains("nianbao: 1,"));
    let with = of_cover.report();
    assert!(text(with).contains("nianbao: 2,"));
    let again = nianbao::draft::from_text(&text(with)).unwrap();
    assert_eq!(again.notes().signature, Some(cover));
}

/// As an appendix with every case in it makes them: more than three hundred pages.
#[test]
fn the_longest_reports_come_back_the_same() {
    let words = (0..4_000).map(|n| {
        format!("第{n}项工作：街道办事处主动公开重点领域信息，依法依规答复申请{n}件，做到应公开尽公开，公开内容全面。")
    });
    let words: Vec<String> = words.collect();
    let with = |words: &[String]| {
        let mut history = History::new(sample());
        let text = history.report().form().find_text("s1").unwrap();
        history.apply(Edit::text(history.report(), text, &words.join("\n")));
        history.report().clone()
    };
    let report = with(&words);
    let mut altered = words.clone();
    altered[3_333] = altered[3_333].replace("答复申请3333件", "答复申请3383件");
    let altered = with(&altered);
    for format in [Format::Pdf, Format::Docx, Format::Html, Format::Ofd] {
        let bytes = exported(&report, format);
        if format == Format::Pdf {
            let pages = lopdf::Document::load_mem(&bytes).unwrap().get_pages().len();
            assert!(pages > 300, "{pages}");
        }
        let source = read::read(&bytes).unwrap_or_else(|why| panic!("{format:?} {why}"));
        assert_eq!(
            verify(&document(&report), &source).differences,
            [],
            "{format:?}"
        );
        let found = verify(&document(&altered), &source).differences;
        assert_eq!(found.len(), 1, "{format:?} {found:?}");
        assert!(found[0].draft.contains("3383"), "{format:?} {found:?}");
    }
}

/// A paragraph that begins with the heading of any part, in any text.
#[test]
fn a_text_that_begins_with_another_parts_heading_comes_back() {
    for name in ["pingtan_2022", "pingtan_2020"] {
        let mut history = History::new(report(name));
        let form = history.report().form().clone();
        let headings = form.sections.iter().map(|section| &section.heading);
        let words: Vec<String> = headings
            .flat_map(|heading| [heading.clone(), format!("{heading}的工作已经完成。")])
            .collect();
        for (text, _) in form.indexed_texts() {
            history.apply(Edit::text(history.report(), text, &words.join("\n")));
        }
        let report = history.report();
        for format in Format::OFFICIAL {
            let found = held_against(&exported(report, format), report);
            assert_eq!(found.differences, [], "{name} {format:?}");
        }
    }
}
