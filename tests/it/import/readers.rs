//! Files of other programs: every number in its row and column, and nothing that a file could do harm with.

use super::readers_support::{Pdf, docx, zipped};
use crate::support::{fixture, report};
use nianbao::form::Content;
use nianbao::import::read::{self, docx as word, html, text};
use nianbao::import::source::{RawTable, Source};
use nianbao::import::{self, Rows};
use nianbao::{check, form};

fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(fixture(name)).unwrap()
}

fn source(name: &str) -> Source {
    read::read(&bytes(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn own_rows(source: &Source) -> Vec<Rows> {
    source.tables().map(RawTable::own_cells).collect()
}

/// The texts of a table's cells, a line for each row: `column+columns×rows:text`, spans of 1 left out.
fn shape(table: &RawTable) -> Vec<String> {
    (0..table.rows)
        .map(|row| {
            let cells = table.cells.iter().filter(|cell| cell.row == row);
            let cells = cells.map(|cell| {
                let span = match (cell.cols, cell.rows) {
                    (1, 1) => String::new(),
                    (cols, rows) => format!("+{cols}×{rows}"),
                };
                format!("{}{span}:{}", cell.col, cell.text.replace('\n', "/"))
            });
            cells.collect::<Vec<_>>().join(" ")
        })
        .collect()
}

fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The numbers of a report as they are printed, row by row and in order.
fn printed_rows(name: &str) -> Vec<(String, Vec<String>)> {
    let file: serde_json::Value =
        serde_json::from_slice(&bytes(&format!("reports/{name}.json"))).unwrap();
    let mut rows: Vec<(String, Vec<String>)> = Vec::new();
    for (id, value) in file["cells"].as_object().unwrap() {
        let row = id.rsplit_once('.').unwrap().0;
        let text = match value {
            serde_json::Value::Null => String::new(),
            serde_json::Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        match rows.last_mut() {
            Some((last, cells)) if last == row => cells.push(text),
            _ => rows.push((row.to_owned(), vec![text])),
        }
    }
    rows
}

/// Finds each row of numbers at the end of a row of the tables, one after the other; the numbers found.
fn found_in_order(name: &str, tables: &[Rows]) -> usize {
    // Table 4 stands in the file as three groups and on paper as one row.
    let mut wanted: Vec<Vec<String>> = Vec::new();
    for (row, cells) in printed_rows(name) {
        match wanted.last_mut() {
            Some(last) if row.starts_with("t4") && last.len() < 15 && last.len() % 5 == 0 => {
                last.extend(cells);
            }
            _ => wanted.push(cells),
        }
    }
    let rows: Vec<&Vec<String>> = tables.iter().flatten().collect();
    let mut next = 0;
    let mut found = 0;
    for cells in wanted {
        let at = (next..rows.len()).find(|&at| rows[at].ends_with(&cells));
        let at = at.unwrap_or_else(|| panic!("{name}: {cells:?} not after row {next}"));
        next = at + 1;
        found += cells.len();
    }
    found
}

#[test]
fn every_number_of_the_published_reports_is_in_its_row() {
    for (name, file, numbers) in [
        (
            "shanghai_office_2019",
            "reports/shanghai_office_2019.html",
            198,
        ),
        (
            "jiutai_xinglong_2020",
            "reports/jiutai_xinglong_2020.txt",
            198,
        ),
        ("hongze_2023", "reports/hongze_2023.pdf", 186),
        ("hongze_2024", "reports/hongze_2024.pdf", 186),
        ("pingtan_2022", "readers/pingtan_2022.docx", 200),
    ] {
        assert_eq!(
            found_in_order(name, &own_rows(&source(file))),
            numbers,
            "{file}"
        );
    }
}

#[test]
fn other_formats_are_recognised_cell_by_cell() {
    let truth = report("pingtan_2022");
    let evaluation = check::evaluate(&truth);
    for ending in ["docx", "xlsx", "xls", "ods"] {
        let source = source(&format!("readers/pingtan_2022.{ending}"));
        let found = import::recognise(truth.form(), &source.tables().cloned().collect::<Vec<_>>());
        assert_eq!(found.placed.len(), truth.cells().count(), "{ending}");
        assert!(
            found.missing.is_empty() && found.refused.is_empty(),
            "{ending}"
        );
        for (cell, value) in found.placed {
            assert!(
                value.same_number(evaluation.effective(cell)),
                "{ending} {cell:?}"
            );
        }
        assert!(source.properties["title"].contains("2022年"), "{ending}");
    }
}

/// The official template, and what Word made of it, against the form's own grid.
#[test]
fn spans_are_those_of_the_official_form() {
    let form = form::by_id("2021").unwrap();
    for file in [
        "reports/template_2021_blank.docx",
        "readers/pingtan_2022.docx",
    ] {
        let source = source(file);
        let tables: Vec<&RawTable> = source.tables().collect();
        assert_eq!(tables.len(), 3, "{file}");
        for (table, official) in tables.iter().zip(&form.tables) {
            let rows = official
                .grid
                .rows
                .iter()
                .filter(|row| row.is_none())
                .count();
            assert_eq!(
                (table.rows, table.cols),
                (rows, official.grid.cols),
                "{file}"
            );
            let mut cells = table.cells.iter();
            for cell in official
                .grid
                .cells
                .iter()
                .filter(|cell| official.grid.rows[cell.row].is_none())
            {
                let raw = cells.next().unwrap();
                assert_eq!(
                    (raw.row, raw.col, raw.rows, raw.cols),
                    (cell.row, cell.col, cell.rows, cell.cols),
                    "{file} {:?}",
                    raw.text
                );
                match &cell.content {
                    Content::Value(_) => {
                        assert!(raw.text.chars().all(|c| c.is_ascii_digit() || c == '.'));
                    }
                    content => {
                        assert_eq!(plain(&raw.text), plain(content.words().unwrap()), "{file}");
                    }
                }
            }
        }
    }
    let template = source("reports/template_2021_blank.docx");
    assert!(template.properties.contains_key("KSOProductBuildVer"));
    let texts: Vec<&str> = template
        .parts
        .iter()
        .filter_map(|part| part.text())
        .collect();
    assert_eq!(
        texts[1..4],
        ["一、总体情况", "（文字描述）", "二、主动公开政府信息情况"]
    );
    assert_eq!(
        texts.last(),
        Some(&"（文字描述，收取信息处理费情况在此处报告。）")
    );
}

#[test]
fn paragraphs_of_a_pdf_are_put_together_again() {
    let source = source("reports/hongze_2023.pdf");
    let texts: Vec<&str> = source.parts.iter().filter_map(|part| part.text()).collect();
    assert_eq!(
        texts[..2],
        ["洪泽区人民政府", "2023年政府信息公开工作年度报告"]
    );
    assert!(
        texts[2].starts_with(
            "本报告由淮安市洪泽区人民政府办公室根据《中华人民共和国政府信息公开条例》"
        )
    );
    assert!(texts[2].ends_with("hzzwgk@126.com）。"), "{}", texts[2]);
    assert_eq!(texts[3], "一、总体情况");
    let heads = [
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
    ];
    for head in heads {
        assert!(texts.contains(&head), "{head}");
    }
    assert!(
        texts
            .iter()
            .all(|text| !text.contains("-1-") && !text.contains("- 1 -"))
    );
    assert_eq!(
        source.properties["title"],
        "洪泽区人民政府2023年政府信息公开工作年度报告"
    );
    assert_eq!(source.properties["Author"], "王守强");
}

#[test]
fn a_table_of_all_programs_has_the_same_shape() {
    let wanted = [
        "0+5×1:行政复议 5+5×1:行政诉讼",
        "0+1×2:结果维持 1+1×2:结果纠正 2+1×2:其他结果 3+1×2:尚未审结 4+1×2:总计 5+5×1:复议后起诉",
        "5:结果维持 6:结果纠正 7:其他结果 8:尚未审结 9:总计",
        "0:10 1:1 2:0 3:3 4:14 5:5 6:0 7:26 8:7 9:38",
    ];
    for file in [
        "table4.odt",
        "table4_libreoffice.pdf",
        "table4_chromium.pdf",
    ] {
        let source = source(&format!("readers/{file}"));
        let tables: Vec<&RawTable> = source.tables().collect();
        assert_eq!(shape(tables[0]), wanted, "{file}");
        let texts: Vec<&str> = source.parts.iter().filter_map(|part| part.text()).collect();
        assert_eq!(
            texts,
            ["四、行政复议、行政诉讼", "注：总计 38 件。"],
            "{file}"
        );
        assert_eq!(source.properties["title"], "行政复议", "{file}");
    }
}

#[test]
fn numbers_of_a_spreadsheet_are_those_on_the_screen() {
    let source = source("readers/formats.xlsx");
    let table = source.tables().next().unwrap();
    assert_eq!(table.name, "表二");
    let column: Vec<&str> = table
        .cells
        .iter()
        .filter(|cell| cell.col == 1)
        .map(|cell| cell.text.as_str())
        .collect();
    assert_eq!(
        column,
        [
            "12.50",
            "59237.2449",
            "0.3",
            "12",
            "10690",
            "12.5%",
            "1000000000000000",
            "22件",
            "-3",
            "0",
            "2024年1月31日",
            "1.01",
            "+10",
            "59237.24"
        ]
    );
    assert_eq!(source.properties["nianbao-digest"], "abc & def");
    assert_eq!(
        crate::support::lines(&source.remarks),
        ["工作表“隐藏”是隐藏的，没有读取"]
    );
}

#[test]
fn a_word_file_is_read_as_it_is_seen() {
    let cell = |text: &str| format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>");
    let body = format!(
        "<w:p><w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr><w:r><w:t>一</w:t><w:tab/><w:t>A&amp;B&#x4E8C;</w:t></w:r>\
         <w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins><w:r><w:t>新</w:t></w:r></w:ins>\
         <w:r><w:instrText>PAGE</w:instrText></w:r><w:hyperlink><w:r><w:t>链</w:t></w:r></w:hyperlink>\
         <mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></mc:Choice>\
         <mc:Fallback><w:p><w:r><w:t>框</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:p>\
         <w:sdt><w:sdtContent><w:tbl><w:tblGrid><w:gridCol/></w:tblGrid>\
         <w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/><w:vMerge w:val='restart'/></w:tcPr><w:p><w:r><w:t>一行</w:t><w:br/><w:t>二行</w:t></w:r></w:p><w:p/></w:tc>{a}</w:tr>\
         <w:tr><w:sdt><w:sdtContent><w:tc><w:tcPr><w:gridSpan w:val='2'/><w:vMerge/></w:tcPr><w:p/></w:tc></w:sdtContent></w:sdt>{b}</w:tr>\
         <w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>{b}<w:tc><w:p><w:r><w:t>外</w:t></w:r></w:p><w:tbl><w:tr>{a}{b}</w:tr></w:tbl><w:p/></w:tc></w:tr>\
         <w:tr><w:trPr><w:del/></w:trPr>{a}{b}</w:tr>\
         </w:tbl></w:sdtContent></w:sdt>",
        a = cell("甲"),
        b = cell("乙"),
    );
    let source = word::read(&docx(&body)).unwrap();
    let texts: Vec<&str> = source.parts.iter().filter_map(|part| part.text()).collect();
    assert_eq!(texts, ["框", "一 A&B二新链"]);
    let table = source.tables().next().unwrap();
    assert_eq!(
        shape(table),
        ["0+2×2:一行/二行 2:甲", "2:乙", "1:乙 2:外/甲 乙"]
    );
}

/// A table that only arranges others on the page is left out, and what it arranges comes in order.
#[test]
fn layout_tables_give_way_to_what_they_hold() {
    let inner = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>2</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
    let body = format!(
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>前</w:t></w:r></w:p>{inner}<w:p><w:r><w:t>后</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    );
    let word = word::read(&docx(&body)).unwrap();
    let page = html::read_text("<table><tr><td>前<table><tr><td>1<td>2</table>后</table>").unwrap();
    assert_eq!(word.parts, page.parts);
    assert_eq!(word.parts.len(), 3);
}

#[test]
fn a_web_page_is_read_as_it_is_seen() {
    let page = "<html><head><title>年 报</title><meta name=nianbao content='d&amp;g'><style>p{}</style></head>\
        <body><script>var a='<table>';</script><noscript>无</noscript><p>一 \n 段&nbsp;话\u{200B}<b>长</b>\n文</p>第二<br>第三\
        <TABLE><tr><th rowspan=0>头<td colspan=2>甲<br>乙<tr><td>1<td rowspan=9>2<tr><td colspan=abc>3</table>尾</body>";
    let source = html::read_text(page).unwrap();
    let texts: Vec<&str> = source.parts.iter().filter_map(|part| part.text()).collect();
    assert_eq!(texts, ["一段 话长文", "第二", "第三", "尾"]);
    let table = source.tables().next().unwrap();
    assert_eq!(shape(table), ["0+1×3:头 1+2×1:甲/乙", "1:1 2+1×2:2", "1:3"]);
    assert_eq!(source.properties["title"], "年 报");
    assert_eq!(source.properties["nianbao"], "d&g");
    let (gbk, ..) = encoding_rs::GB18030.encode("<meta charset=utf-8><p>政府信息公开</p>");
    assert_eq!(
        read::read(&gbk).unwrap().parts[0].text(),
        Some("政府信息公开")
    );
    let utf16: Vec<u8> = "\u{FEFF}甲\t乙\n丙\t丁"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(
        shape(read::read(&utf16).unwrap().tables().next().unwrap()),
        ["0:甲 1:乙", "0:丙 1:丁"]
    );
}

#[test]
fn texts_are_paragraphs_and_tables() {
    let source = text::read_text(
        "题目\n\t缩进的一段\n\t又一段\n\n规章\t1\t\"两\n行\"\t3\n\"引号\"开头\t2\n尾",
    )
    .unwrap();
    let texts: Vec<&str> = source.parts.iter().filter_map(|part| part.text()).collect();
    assert_eq!(texts, ["题目", "缩进的一段", "又一段", "尾"]);
    let table = source.tables().next().unwrap();
    assert_eq!(
        shape(table),
        ["0:规章 1:1 2:两/行 3:3", "0:\"引号\"开头 1:2"]
    );
}

#[test]
fn a_pdf_without_structure_is_read_by_its_lines() {
    let mut pdf = Pdf::new();
    // Two pages: the table goes on on the second one, under its repeated head.
    let head = "0.5 w 100 700 200 60 re S 100 720 m 300 720 l S 100 740 m 300 740 l S 200 700 m 200 760 l S ";
    let words = |rows: [[&str; 2]; 3]| -> String {
        let cell = |x: usize, y: usize, text: &str| {
            let hex: String = text
                .encode_utf16()
                .map(|unit| format!("{unit:04X}"))
                .collect();
            format!("BT /F1 10 Tf {x} {y} Td <{hex}> Tj ET ")
        };
        rows.iter()
            .enumerate()
            .map(|(at, row)| cell(105, 745 - 20 * at, row[0]) + &cell(205, 745 - 20 * at, row[1]))
            .collect()
    };
    pdf.page(&format!(
        "{head}{}",
        words([["项目", "数量"], ["\u{2F6F}头", "12"], ["丙", "3"]])
    ));
    pdf.page(&format!(
        "{head}{}",
        words([["项目", "数量"], ["丁", ""], ["戊", "5"]])
    ));
    let source = read::read(&pdf.bytes()).unwrap();
    assert_eq!(source.parts.len(), 1);
    let table = source.tables().next().unwrap();
    assert_eq!(
        shape(table),
        [
            "0:项目 1:数量",
            "0:石头 1:12",
            "0:丙 1:3",
            "0:丁 1:",
            "0:戊 1:5"
        ]
    );
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    let ole = |name: &str| {
        let mut file = vec![0u8; 2048];
        file[..8].copy_from_slice(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
        file[30] = 9;
        file[48..52].copy_from_slice(&1u32.to_le_bytes());
        file[68..72].copy_from_slice(&u32::MAX.to_le_bytes());
        file[76..512].fill(0xFF);
        file[76..80].copy_from_slice(&0u32.to_le_bytes());
        file[512..1024].fill(0xFF);
        let units: Vec<u8> = name
            .encode_utf16()
            .chain([0])
            .flat_map(u16::to_le_bytes)
            .collect();
        file[1024..1024 + units.len()].copy_from_slice(&units);
        file[1088] = units.len() as u8;
        file
    };
    let scan = {
        let mut pdf = Pdf::new();
        pdf.page("0 0 100 100 re f");
        pdf.bytes()
    };
    let cases: Vec<(Vec<u8>, &str)> = vec![
        (Vec::new(), "空文件"),
        (ole("WordDocument"), "老格式的 Word 文件"),
        (ole("EncryptedPackage"), "密码"),
        (ole("Other"), "另存为"),
        (b"{\\rtf1 abc}".to_vec(), "RTF"),
        (b"\x89PNG\r\n\x1a\n....".to_vec(), "图片"),
        (b"\xFF\xD8\xFF\xE0....".to_vec(), "图片"),
        (b"Rar!\x1a\x07....".to_vec(), "解压"),
        (b"7z\xBC\xAF\x27\x1c....".to_vec(), "解压"),
        (zipped(&[("a.txt", "x")]), "压缩包"),
        (zipped(&[("OFD.xml", "x")]), "OFD"),
        (zipped(&[("ppt/presentation.xml", "x")]), "演示文稿"),
        (
            zipped(&[("word/document.xml", "<w:document><w:body/></w:document>")]),
            "没有文字",
        ),
        (b"PK\x03\x04broken".to_vec(), "坏了"),
        (vec![0, 1, 2, 3, 0, 0, 9], "认不出"),
        (b"%PDF-1.7\nnothing".to_vec(), "坏了"),
        (scan, "扫描件"),
        (b"<?xml version='1.0'?><w:wordDocument/>".to_vec(), "XML"),
    ];
    for (file, word) in cases {
        let error = read::read(&file).unwrap_err();
        assert!(error.to_string().contains(word), "{word}: {error}");
    }
}

#[test]
fn files_that_would_do_harm_are_refused() {
    let many = |count: usize, text: &str| text.repeat(count);
    let bomb = zipped(&[(
        "word/document.xml",
        &format!("<w:document>{}", many(70 << 20, " ")),
    )]);
    let deep_html = many(10_000, "<table><tr><td>");
    let cells = format!("<table><tr>{}</table>", many(20_001, "<td>1"));
    let attributes: String = (0..100_000).map(|at| format!("a{at}=1 ")).collect();
    let attributes = format!("<p {attributes}>1");
    let deep_word = docx(&many(100, "<w:tbl><w:tr><w:tc>"));
    let wide_word = docx(&format!(
        "<w:tbl><w:tr>{}</w:tr></w:tbl>",
        many(5_001, "<w:tc><w:p/></w:tc>")
    ));
    let far_sheet = |cell: &str| {
        zipped(&[
            (
                "xl/workbook.xml",
                "<workbook><sheets><sheet name='a' r:id='r1'/></sheets></workbook>",
            ),
            (
                "xl/_rels/workbook.xml.rels",
                "<R><Relationship Id='r1' Target='worksheets/sheet1.xml'/></R>",
            ),
            (
                "xl/worksheets/sheet1.xml",
                &format!("<worksheet><sheetData>{cell}</sheetData></worksheet>"),
            ),
        ])
    };
    let repeated = zipped(&[(
        "content.xml",
        "<o:document-content><o:body><o:text><t:table><t:table-row t:number-rows-repeated='1000000'><t:table-cell \
         t:number-columns-repeated='1000'><x:p>1</x:p></t:table-cell></t:table-row></t:table></o:text></o:body></o:document-content>",
    )]);
    let cases: Vec<(Vec<u8>, &str)> = vec![
        (bomb, "展开"),
        (deep_html.into_bytes(), "一层套一层"),
        (attributes.into_bytes(), "不像一份年报"),
        (cells.into_bytes(), "20000"),
        (
            many(17 << 20, "<p>").into_bytes()[..17 << 20].to_vec(),
            "兆字节",
        ),
        (many(300_000, "<p>x").into_bytes(), "不像一份年报"),
        (deep_word, "一层套一层"),
        (wide_word, "20000"),
        (
            far_sheet("<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"),
            "20000",
        ),
        (repeated, "20000"),
        (many(5 << 20, "a").into_bytes(), "兆字节"),
        (many(30_000, "a\tb\n").into_bytes(), "20000"),
    ];
    for (file, word) in cases {
        let error = read::read(&file).unwrap_err();
        assert!(error.to_string().contains(word), "{word}: {error}");
    }
    // Entities of the file's own are never expanded, and nothing is fetched.
    let entities = "<!DOCTYPE d [<!ENTITY a 'aaaa'><!ENTITY b SYSTEM 'file:///etc/passwd'>]>\
        <w:document><w:body><w:p><w:r><w:t>甲&a;&b;乙&lt;</w:t></w:r></w:p></w:body></w:document>";
    let source = read::read(&zipped(&[("word/document.xml", entities)])).unwrap();
    assert_eq!(source.parts[0].text(), Some("甲乙<"));
    // Spans that reach out of the table end at its edge.
    let source =
        html::read_text("<table><tr><td rowspan=99999999 colspan=99999999>1<td>2</table>").unwrap();
    assert_eq!(shape(source.tables().next().unwrap()), ["0:1 1:2"]);
}

#[test]
fn a_pdf_that_leads_in_circles_or_never_ends_is_bounded() {
    // A form that draws itself.
    let mut pdf = Pdf::new();
    pdf.form("BT /F1 10 Tf 100 700 Td <4E00> Tj ET /X1 Do");
    pdf.page("/X1 Do");
    assert!(read::read(&pdf.bytes()).is_ok());
    // One that draws itself ten times over.
    let mut pdf = Pdf::new();
    pdf.form(&"/X1 Do ".repeat(10));
    pdf.page("/X1 Do");
    assert!(
        read::read(&pdf.bytes())
            .unwrap_err()
            .to_string()
            .contains("不像一份年报")
    );
    // Structure that leads back to its beginning.
    let mut pdf = Pdf::new();
    pdf.page("/P <</MCID 0>> BDC BT /F1 10 Tf 100 700 Td <4E00> Tj ET EMC");
    pdf.structure("<</Type/StructElem/S/P/K [0 90 0 R]/Pg 10 0 R>>");
    let source = read::read(&pdf.bytes()).unwrap();
    assert_eq!(source.parts[0].text(), Some("一"));
    // A million operators are a page; more than that is none.
    let mut pdf = Pdf::new();
    pdf.page(&"q Q ".repeat(1_600_000));
    assert!(
        read::read(&pdf.bytes())
            .unwrap_err()
            .to_string()
            .contains("不像一份年报")
    );
    // More values than any report has, which would take a hundred times their size.
    let mut pdf = Pdf::new();
    pdf.page("");
    pdf.structure(&format!("[{}]", "0 ".repeat(1_100_000)));
    assert!(
        read::read(&pdf.bytes())
            .unwrap_err()
            .to_string()
            .contains("不像一份年报")
    );
    // Text that stands for what is drawn; brackets that never close; a picture in the stream.
    let mut pdf = Pdf::new();
    pdf.page(
        "/Span <</ActualText <FEFF4E8C4E09>>> BDC BT /F1 10 Tf 100 700 Td <4E004E00> Tj ET EMC \
         BI /W 1 /H 1 ID \u{1}(((EI x EI BT /F1 10 Tf 150 700 Td [<56DB> -50 <4E94>] TJ ET [[[[ << <<",
    );
    assert_eq!(
        read::read(&pdf.bytes()).unwrap().parts[0].text(),
        Some("二三 四五")
    );
}

#[test]
fn a_file_cut_anywhere_or_damaged_never_panics() {
    let mut files = vec![
        "reports/shanghai_office_2019.html",
        "reports/jiutai_xinglong_2020.txt",
        "reports/template_2021_blank.docx",
    ];
    files.extend([
        "readers/pingtan_2022.docx",
        "readers/pingtan_2022.xlsx",
        "readers/pingtan_2022.xls",
        "readers/pingtan_2022.ods",
        "readers/table4.odt",
        "readers/table4_libreoffice.pdf",
        "readers/table4_chromium.pdf",
    ]);
    for file in files {
        let whole = bytes(file);
        for part in 0..40 {
            let length = whole.len() * part / 40;
            let _ = read::read(&whole[..length]);
            // One byte in the middle of everything is another.
            let mut damaged = whole.clone();
            damaged[length] ^= 0x15;
            let _ = read::read(&damaged);
        }
    }
}

/// The text of a page that shows these bytes in this font.
fn shown(font: &str, descendant: &str, bytes: &[u8]) -> Result<String, String> {
    let mut pdf = Pdf::new();
    pdf.font(font, descendant);
    let codes: String = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
    pdf.page(&format!("BT /F1 10 Tf 100 700 Td <{codes}> Tj ET"));
    let source = read::read(&pdf.bytes()).map_err(|why| why.to_string())?;
    Ok(source.parts.iter().filter_map(|part| part.text()).collect())
}

#[test]
fn fonts_that_name_a_collection_are_read_without_a_map_of_their_own() {
    let gb1 = "/Ordering(GB1)/Supplement 2>>";
    let gbk = encoding_rs::GBK.encode("政府信息公开2024").0;
    assert_eq!(
        shown("/Encoding/GBK-EUC-H", gb1, &gbk).unwrap(),
        "政府信息公开2024"
    );
    let big5 = encoding_rs::BIG5.encode("政府資訊公開2024").0;
    let cns1 = "/Ordering(CNS1)/Supplement 0>>";
    assert_eq!(
        shown("/Encoding/ETen-B5-H", cns1, &big5).unwrap(),
        "政府資訊公開2024"
    );
    // The numbers of digits in Adobe-GB1.
    let digits = [0, 19, 0, 17, 0, 19, 0, 21];
    assert_eq!(shown("/Encoding/Identity-H", gb1, &digits).unwrap(), "2024");
    // An embedded TrueType font numbers its glyphs as it likes: nothing is guessed.
    let embedded = "/Ordering(GB1)/Supplement 2>>/FontDescriptor<</FontFile2 5 0 R>>";
    let refused = shown("/Encoding/Identity-H", embedded, &digits).unwrap_err();
    assert!(refused.contains("没有编码"), "{refused}");
}
