//! Word, PDF and web page: what stands in the files.

use crate::support::random::{Random, wild};
use crate::support::{document, exported, page, part, published, report};
use nianbao::check;
use nianbao::export::document::{Block, Setting, clean};
use nianbao::export::typeset::{Faces, Owner, PageItem, picture, typeset};
use nianbao::export::{self, Document, Format};
use nianbao::form;
use nianbao::report::{Edit, History, Report, Signature};
use nianbao::value::Value;
use std::collections::BTreeMap;

fn with_text(report: &Report, id: &str, text: &str) -> Report {
    let mut history = History::new(report.clone());
    let ix = report.form().find_text(id).unwrap();
    history.apply(Edit::text(report, ix, text));
    history.report().clone()
}

#[test]
fn a_document_says_what_the_report_says_in_order() {
    let report = with_text(
        &report("hongze_2024"),
        "s1",
        "开头一段。\n\n（一）加强组织领导\n（二）全年共收到申请95件。\n\t尾\u{7}巴\u{200B}",
    );
    let document = document(&report);
    let words: Vec<String> = document
        .blocks
        .iter()
        .map(|block| match block {
            Block::Heading(text) => format!("#{text}"),
            Block::Subheading(text) => format!("##{text}"),
            Block::Signature { text, .. } => format!(">{text}"),
            Block::RunIn { text, heading } => {
                format!("##{}|{}", &text[..*heading], &text[*heading..])
            }
            Block::Paragraph(text) => text.clone(),
            Block::Table(table) => format!("[{}]", table.cells.len()),
        })
        .collect();
    assert_eq!(
        words[..5],
        [
            "#一、总体情况",
            "开头一段。",
            "##（一）加强组织领导",
            "（二）全年共收到申请95件。",
            "尾巴"
        ]
    );
    assert_eq!(words.iter().filter(|word| word.starts_with('[')).count(), 3);
    assert_eq!(document.mark, None);
    assert_eq!(document.digest.len(), 64);
    assert_eq!(&document.title[..document.title_breaks[0]], report.organ());
}

#[test]
fn the_digest_is_that_of_the_drafts_file() {
    use sha2::{Digest as _, Sha256};
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("草稿.ron");
    let report = report("pingtan_2022");
    nianbao::draft::save(&report, &path).unwrap();
    let of_file = Sha256::digest(std::fs::read(path).unwrap());
    let hex: String = of_file.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(document(&report).digest, hex);
}

#[test]
fn a_report_with_errors_is_marked_on_every_page_unless_refused() {
    let report = report("pingtan_2020");
    let evaluation = check::evaluate(&report);
    let marked = Document::new(&report, &evaluation, &nianbao::draft::digest(&report), true);
    let mark = marked.mark.clone().unwrap();
    assert_eq!(mark, "草稿（还有 2 处必改）");
    let plain = Document::new(
        &report,
        &evaluation,
        &nianbao::draft::digest(&report),
        false,
    );
    assert_eq!(plain.mark, None);
    for (document, count) in [(&marked, 1), (&plain, 0)] {
        let typeset = typeset(document, Faces::bundled());
        for page in &typeset.pages {
            let says =
                |item: &&PageItem| matches!(item, PageItem::Run(run) if run.text.contains("草稿"));
            assert_eq!(page.items.iter().filter(says).count(), count);
        }
        let docx = Format::Docx
            .write_document(document, Faces::bundled())
            .unwrap();
        assert_eq!(
            part(&docx.bytes, "word/header.xml").matches(&mark).count(),
            count
        );
        let html = Format::Html
            .write_document(document, Faces::bundled())
            .unwrap();
        assert_eq!(
            String::from_utf8(html.bytes)
                .unwrap()
                .matches(&mark)
                .count(),
            count
        );
    }
}

#[test]
fn a_word_document_has_merged_heads_headings_and_repeated_rows() {
    let report = report("hongze_2024");
    let docx = exported(&report, Format::Docx);
    let body = part(&docx, "word/document.xml");
    assert_eq!(body.matches("<w:tbl>").count(), 3);
    assert_eq!(body.matches("<w:pStyle w:val=\"Heading1\"/>").count(), 6);
    assert_eq!(
        body.matches("<w:tblHeader/>").count(),
        6,
        "three rows of tables three and four each"
    );
    assert_eq!(
        body.matches("<w:vMerge w:val=\"restart\"/>").count(),
        document(&report)
            .tables()
            .flat_map(|t| &t.cells)
            .filter(|cell| cell.rows > 1)
            .count()
    );
    assert!(part(&docx, "docProps/custom.xml").contains(&document(&report).digest));
    assert!(part(&docx, "word/settings.xml").contains("evenAndOddHeaders"));
}

#[test]
fn every_cell_of_a_table_is_on_paper_once_and_inside_its_page() {
    for (name, imported) in published() {
        let document = document(&imported.report);
        let typeset = typeset(&document, Faces::bundled());
        let (width, height) = export::page_size();
        let mut seen = BTreeMap::new();
        for page in &typeset.pages {
            for item in &page.items {
                let PageItem::Run(run) = item else { continue };
                let right = run.x + run.glyphs.iter().map(|glyph| glyph.advance).sum::<f32>();
                assert!(
                    run.x > 0.0 && right < width && run.y < height,
                    "{name}: {}",
                    run.text
                );
                if let Owner::Cell { block, cell } = run.owner {
                    seen.entry((block, cell))
                        .or_insert_with(String::new)
                        .push_str(&run.text);
                }
            }
        }
        for (nth, block) in document.blocks.iter().enumerate() {
            let Block::Table(table) = block else { continue };
            for (at, cell) in table.cells.iter().enumerate() {
                let printed = seen.remove(&(nth, at)).unwrap_or_default();
                assert_eq!(printed, cell.text.replace('\n', ""), "{name}");
            }
        }
        assert!(seen.is_empty());
        assert!(typeset.missing.is_empty(), "{name}: {:?}", typeset.missing);
    }
}

#[test]
fn table_three_stands_on_one_page_and_a_longer_one_repeats_its_heads() {
    let document = document(&report("hongze_2024"));
    let laid = typeset(&document, Faces::bundled());
    let block = document
        .blocks
        .iter()
        .position(|block| matches!(block, Block::Table(table) if table.head_rows == 3))
        .unwrap();
    let pages_of = |laid: &export::typeset::Typeset, block: usize| {
        let is_of = |item: &PageItem| matches!(item, PageItem::Run(run) if matches!(run.owner, Owner::Cell { block: b, .. } if b == block));
        laid.pages
            .iter()
            .filter(|page| page.items.iter().any(is_of))
            .count()
    };
    assert_eq!(pages_of(&laid, block), 1);
    // The same with labels four times as long.
    let mut longer = document.clone();
    let Block::Table(table) = &mut longer.blocks[block] else {
        unreachable!()
    };
    for cell in &mut table.cells {
        if cell.row >= 3 && cell.number.is_none() {
            cell.text = cell.text.repeat(4);
        }
    }
    let widths = table.setting.widths.clone();
    table.setting = Setting::new(&widths, 3, table.rows, 3, &mut table.cells);
    let laid = typeset(&longer, Faces::bundled());
    let count = pages_of(&laid, block);
    assert!(count > 1);
    let says = |words: &str| {
        let has = |item: &PageItem| matches!(item, PageItem::Run(run) if run.text == words);
        laid.pages
            .iter()
            .filter(|page| page.items.iter().any(has))
            .count()
    };
    assert_eq!(says("申请人情况"), count);
    let pdf = Format::Pdf
        .write_document(&longer, Faces::bundled())
        .unwrap();
    assert!(pdf.bytes.starts_with(b"%PDF"));
}

#[test]
fn a_page_is_painted_as_it_is_printed() {
    let document = document(&report("pingtan_2022"));
    let laid = typeset(&document, Faces::bundled());
    let small = picture(&laid, &laid.pages[0], 0.5).unwrap();
    assert_eq!((small.width, small.height), (298, 421));
    let dark = |from: u32, to: u32| {
        let row = |y: u32| (y * small.width * 4) as usize..((y + 1) * small.width * 4) as usize;
        (from..to).any(|y| small.rgba[row(y)].chunks(4).any(|pixel| pixel[0] < 100))
    };
    assert!(!dark(0, 45), "the upper margin is white");
    assert!(dark(52, 90), "the title is black");
}

#[test]
fn a_long_organ_is_in_every_format_and_its_file_name_is_short_enough() {
    let mut history = History::new(report("hongze_2024"));
    let organ = "某某省某某自治州某某彝族哈尼族拉祜族自治县人民政府".repeat(8);
    history.apply(Edit::organ(history.report(), &organ));
    let long = history.report();
    for format in Format::OFFICIAL {
        assert!(!exported(long, format).is_empty());
        let name = export::file_name(long, format);
        assert!(
            name.len() <= 255 && name.contains("2024年政府信息公开工作年度报告"),
            "{name}"
        );
    }
    assert!(page(long).contains(&clean(&organ)));
    history.apply(Edit::organ(history.report(), "甲/乙:丙*局"));
    assert_eq!(
        export::file_name(history.report(), Format::Docx),
        "甲_乙_丙_局2024年政府信息公开工作年度报告.docx"
    );
}

const LONGEST: &str = "内蒙古自治区呼伦贝尔市莫力达瓦达斡尔族自治旗巴彦鄂温克民族乡人民政府";

/// About as long as each other, and what follows the organ's name on its own. In Word the name is in one piece, so that
/// whoever reads the file finds it.
#[test]
fn a_long_title_stands_on_balanced_lines() {
    let mut history = History::new(report("hongze_2024"));
    history.apply(Edit::organ(history.report(), LONGEST));
    let long = document(history.report());
    let lines = long.title_lines();
    let lengths: Vec<usize> = lines.iter().map(|line| line.chars().count()).collect();
    assert_eq!(lines.concat(), long.title);
    assert_eq!(lines.last(), Some(&"2024年政府信息公开工作年度报告"));
    assert!(lengths[..2].iter().all(|length| *length == 17), "{lines:?}");
    let word = part(
        &exported(history.report(), Format::Docx),
        "word/document.xml",
    );
    let title = &word[..word.find("</w:p>").unwrap()];
    assert_eq!(title.matches("<w:br/>").count(), 1);
    assert!(title.contains(LONGEST));
    for format in [Format::Docx, Format::Pdf, Format::Xlsx, Format::Html] {
        let read = nianbao::import::read::read(&exported(history.report(), format)).unwrap();
        let imported = nianbao::import::from_source(&read).unwrap();
        assert_eq!(imported.report.organ(), LONGEST, "{format:?}");
    }
    let runs = typeset(&long, Faces::bundled());
    let titles = runs.pages[0].items.iter().filter_map(|item| match item {
        PageItem::Run(run) if run.owner == Owner::Title => Some(run.y),
        _ => None,
    });
    let mut rows: Vec<f32> = titles.collect();
    rows.dedup();
    assert_eq!(rows.len(), lines.len());
    let short = document(&report("hongze_2024"));
    assert_eq!(short.title_lines().len(), 2);
}

/// Where a program prints a page from the web, what stands beside the paper is lost.
#[test]
fn a_web_pages_tables_fit_on_paper_whatever_their_numbers() {
    let mut history = History::new(report("hongze_2024"));
    for number in [95, 1_234_567] {
        let inputs: Vec<_> = history
            .report()
            .cells()
            .filter(|&cell| !history.report().form().cell(cell).computed)
            .collect();
        let cells = inputs.into_iter().map(|cell| (cell, Value::Count(number)));
        history.apply(Edit::cells(history.report(), cells));
        let page = page(history.report());
        let widths = page.split("min-width:").skip(1);
        let widths = widths.map(|rest| rest[..rest.find("px").unwrap()].parse::<f32>().unwrap());
        let sizes = page.split("font-size:").skip(1);
        let sizes = sizes.filter_map(|rest| rest[..rest.find("pt").unwrap()].parse::<f32>().ok());
        assert!(widths.clone().count() == 3 && widths.clone().all(|width| width <= 694.0));
        assert!(sizes.clone().all(|size| size >= 6.0), "{number}");
        let usual = sizes.filter(|size| *size == 10.5).count();
        assert_eq!(usual == 3, number < 1_000_000, "{number}");
    }
}

#[test]
fn rare_characters_are_printed_and_unknown_ones_named() {
    let report = with_text(&report("hongze_2024"), "s1", "鄠邑区甪直镇喆堃䶮同志，𪚥。");
    let written = Format::Pdf
        .write_document(&document(&report), Faces::bundled())
        .unwrap();
    assert_eq!(written.missing, ['𪚥']);
    assert!(written.remark().unwrap().contains("𪚥"));
}

#[test]
fn signs_that_mean_something_in_html_and_xml_stay_words() {
    let report = wild(&form::official()[1], &mut Random::new(7));
    let html = page(&report);
    assert_eq!(html.matches("<b>").count(), 0);
    assert!(!part(&exported(&report, Format::Docx), "word/document.xml").contains("<b>"));
}

#[test]
fn the_whole_table_goes_onto_the_clipboard_as_text_too() {
    let document = document(&report("hongze_2024"));
    let table = document.tables().nth(1).unwrap();
    let text = export::table_to_tsv(table);
    let rows: Vec<Vec<&str>> = text
        .lines()
        .map(|line| line.split('\t').collect())
        .collect();
    assert!(rows.iter().all(|row| row.len() == table.columns()));
    assert_eq!(rows[3][0], "一、本年新收政府信息公开申请数量");
    assert_eq!(rows[3][3], "95");
    assert_eq!(export::table_to_html(table).matches("<table").count(), 1);
}

#[test]
fn nothing_of_links_and_decisions_is_exported() {
    let plain = report("pingtan_2022");
    let text = plain.form().find_text("s1").unwrap();
    let words = "全年予以公开21件，新收申请74件。";
    let plain = plain.with(|it| Edit::text(it, text, words));
    let of = plain.form().find_sum("t3.r3_1.total");
    let at = words.find("21").unwrap();
    let other = words.find("74件").unwrap();
    let linked = plain
        .clone()
        .with(|it| Edit::link(it, text, at..at + 2, of))
        .with(|it| check::rule_out(it, text, &(other..other + "74件".len()), true));
    assert_ne!(linked, plain);
    // The digest of the draft, which some formats carry, is another one; nothing else is.
    let written = |report: &Report, format: Format| {
        let document = Document::new(report, &check::evaluate(report), "", true);
        format
            .write_document(&document, Faces::bundled())
            .unwrap()
            .bytes
    };
    let json = |report: &Report| export::to_json(report, &check::evaluate(report));
    assert_eq!(json(&linked), json(&plain));
    for format in Format::ALL.into_iter().filter(|it| *it != Format::Json) {
        assert!(
            written(&linked, format) == written(&plain, format),
            "{format:?}"
        );
    }
}

/// However long its name is, who signs stands at the right on lines about as long as each other, and the day on one of its
/// own in the middle below.
#[test]
fn a_long_name_signs_on_even_lines_with_the_day_below() {
    // GB/T 9704-2012: 28 mm at the left of 156 mm of text, in points; 三号.
    const LEFT: f32 = 79.37;
    const WIDTH: f32 = 442.2;
    const SIZE: f32 = 16.0;
    let blank = report("hongze_2024");
    for length in 3..=60 {
        let organ: String = "某省某某国家级经济技术开发区管理委员会办公室"
            .chars()
            .cycle()
            .take(length)
            .collect();
        let mut history = History::new(blank.clone());
        let date = "2025年1月20日".to_owned();
        history.apply(Edit::signature(&blank, Signature { organ, date }));
        let document = document(history.report());
        let typeset = typeset(&document, Faces::bundled());
        let is_signature = |block: usize| matches!(document.blocks[block], Block::Signature { .. });
        // By block and line: where it begins and ends.
        let mut lines: BTreeMap<(usize, usize, i32), (f32, f32)> = BTreeMap::new();
        for (nth, page) in typeset.pages.iter().enumerate() {
            for item in &page.items {
                let PageItem::Run(run) = item else { continue };
                let Owner::Block(block) = run.owner else {
                    continue;
                };
                if is_signature(block) {
                    let line = lines
                        .entry((block, nth, run.y as i32))
                        .or_insert((run.x, run.x));
                    line.0 = line.0.min(run.x);
                    let width: f32 = run.glyphs.iter().map(|glyph| glyph.advance).sum();
                    line.1 = line.1.max(run.x + width);
                }
            }
        }
        let lines: Vec<(f32, f32)> = lines.into_values().collect();
        let (day, names) = lines.split_last().unwrap();
        assert_eq!(names.len(), length.div_ceil(25), "{length}");
        let widths = names.iter().map(|(from, to)| to - from);
        let widest = widths.clone().fold(0.0, f32::max);
        let even = widths.clone().all(|width| widest - width < 2.5 * SIZE);
        assert!(even, "{length}: {names:?}");
        let right = LEFT + WIDTH;
        for (from, to) in &lines {
            assert!(
                *from >= LEFT - 0.1 && *to <= right - SIZE,
                "{length}: {from} {to}"
            );
        }
        let middle = (names[0].0 + names[0].1) / 2.0;
        assert!(
            ((day.0 + day.1) / 2.0 - middle).abs() < SIZE,
            "{length}: {day:?} {middle}"
        );
    }
}

/// Browsers break behind the signs in numbers, and fill lines only where addresses may be torn.
#[test]
fn a_web_page_tears_addresses_and_no_numbers() {
    let address = "http://www.example.gov.cn/col/2025/1/20/art_1.html";
    let text =
        format!("1.电话：0477-8580001，截至2024-12-31，占3/4；网址{address}。A-1号文件(2024)。");
    let html = exported(
        &with_text(&report("hongze_2024"), "s1", &text),
        Format::Html,
    );
    let html = String::from_utf8(html).unwrap();
    let whole = |word: &str| format!("<span style=\"white-space:nowrap\">{word}</span>");
    for number in ["0477-8580001", "2024-12-31", "3/4"] {
        assert!(html.contains(&whole(number)), "{number}");
    }
    for word in ["1.", "A-1", "(2024)"] {
        assert!(!html.contains(&whole(word)), "{word}");
    }
    let torn = format!("<span style=\"word-break:break-all\">{address}</span>");
    assert!(html.contains(&torn));
}
