//! What nobody sees is not read, and what is printed is never blank without a word: whole files that differ from one report
//! in one thing each, and small Word files.

use super::readers_support::{docx, zipped};
use crate::support::fixture;
use nianbao::import::read;
use nianbao::import::source::{Source, UNREAD};
use nianbao::import::{self, WhyNot};
use serde_json::Value as Json;

/// What a file in `tests/unseen` has otherwise than the report that they all are.
fn otherwise(name: &str) -> (Vec<&'static str>, bool) {
    match name {
        // The last cell of the row is not there at all.
        "d01b_gridAfter.docx" => (vec!["t3.r3_1.total"], true),
        // A table has no paragraphs.
        "e02_gbk.csv" => (Vec::new(), false),
        _ => (Vec::new(), true),
    }
}

#[test]
fn files_that_hide_or_hold_something_in_another_way_are_read_as_they_look() {
    let folder = fixture("unseen");
    let truth: Json =
        serde_json::from_slice(&std::fs::read(folder.join("base.right.json")).unwrap()).unwrap();
    let mut files = 0;
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if name.ends_with(".json") {
            continue;
        }
        files += 1;
        let imported = import::from_file(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
        let report = &imported.report;
        assert_eq!(report.year(), 2024, "{name}");
        assert_eq!(report.organ(), truth["organ"], "{name}");
        let (blank, has_texts) = otherwise(&name);
        let evaluation = nianbao::check::evaluate(report);
        for (id, wanted) in truth["cells"].as_object().unwrap() {
            let cell = report.form().find(id).unwrap();
            if blank.contains(&id.as_str()) {
                assert!(report.stated(cell).is_none(), "{name}: {id}");
                continue;
            }
            let wanted = match wanted {
                Json::String(text) => text.clone(),
                other => other.to_string(),
            };
            assert_eq!(
                evaluation.effective(cell).to_string(),
                wanted,
                "{name}: {id}"
            );
        }
        for (id, wanted) in truth["texts"].as_object().unwrap() {
            let text = report.form().find_text(id).unwrap();
            if has_texts {
                assert_eq!(report.text(text), wanted, "{name}: {id}");
            }
        }
    }
    assert_eq!(files, 29);
}

/// The cells of the first table, and the paragraphs.
fn cells(source: &Source) -> Vec<String> {
    let table = source.tables().next().unwrap();
    table.cells.iter().map(|cell| cell.text.clone()).collect()
}

fn texts(source: &Source) -> Vec<&str> {
    source.parts.iter().filter_map(|part| part.text()).collect()
}

fn row(cells: &[&str]) -> String {
    let cells: String = cells
        .iter()
        .map(|cell| format!("<w:tc><w:p>{cell}</w:p></w:tc>"))
        .collect();
    format!("<w:tr>{cells}</w:tr>")
}

fn run(properties: &str, text: &str) -> String {
    format!("<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>")
}

/// A Word file with styles and lists beside its body.
fn styled(body: &str, styles: &str, lists: &str) -> Vec<u8> {
    let part = |name: &str, content: &str| format!("<w:{name}>{content}</w:{name}>");
    let document = part("document", &part("body", body));
    zipped(&[
        ("word/document.xml", &document),
        ("word/styles.xml", &part("styles", styles)),
        ("word/numbering.xml", &part("numbering", lists)),
    ])
}

#[test]
fn hidden_text_of_word_files_is_left_out() {
    let styles = "<w:style w:type='character' w:styleId='H'><w:rPr><w:vanish/></w:rPr></w:style>\
        <w:style w:type='character' w:styleId='I'><w:basedOn w:val='H'/></w:style>\
        <w:style w:type='paragraph' w:styleId='P'><w:rPr><w:vanish/></w:rPr></w:style>\
        <w:style w:type='table' w:styleId='T'><w:tblStylePr w:type='firstRow'><w:tcPr><w:shd w:val='clear' w:fill='1F3864'/></w:tcPr></w:tblStylePr></w:style>";
    let hidden = [
        run("<w:vanish/>", "9"),
        run("<w:rStyle w:val='H'/>", "9"),
        run("<w:rStyle w:val='I'/>", "9"),
        run("<w:color w:val='FFFFFF'/>", "9"),
        run("<w:color w:val='FEFEFE'/>", "9"),
        run("<w:sz w:val='2'/>", "9"),
        run("<w:shd w:val='clear' w:fill='CCCCCC'/><w:color w:val='CCCCCC'/>", "9"),
        "<w:pict><v:shape style='visibility: hidden'><w:txbxContent><w:p><w:r><w:t>9</w:t></w:r></w:p></w:txbxContent></v:shape></w:pict>".to_owned(),
        "<w:del><w:r><w:delText>9</w:delText></w:r></w:del>".to_owned(),
    ];
    for hidden in &hidden {
        let body = format!(
            "<w:tbl>{}</w:tbl>",
            row(&[
                "<w:r><w:t>规章</w:t></w:r>",
                &format!("{hidden}<w:r><w:t>23</w:t></w:r>")
            ])
        );
        let source = read::read(&styled(&body, styles, "")).unwrap();
        assert_eq!(cells(&source), ["规章", "23"], "{hidden}");
    }
    let seen = [
        run("<w:vanish w:val='0'/>", "9"),
        run("<w:rStyle w:val='H'/><w:vanish w:val='false'/>", "9"),
        run(
            "<w:color w:val='FFFFFF'/><w:shd w:val='clear' w:fill='1F3864'/>",
            "9",
        ),
        run("<w:color w:val='FFFFFF'/><w:highlight w:val='black'/>", "9"),
        run("<w:color w:val='auto'/><w:sz w:val='21'/>", "9"),
    ];
    for seen in &seen {
        let body = format!(
            "<w:tbl>{}</w:tbl>",
            row(&["<w:r><w:t>规章</w:t></w:r>", seen])
        );
        let source = read::read(&styled(&body, styles, "")).unwrap();
        assert_eq!(cells(&source), ["规章", "9"], "{seen}");
    }
    // White heads on cells that the table's style colours, and a paragraph that its style hides.
    let body = format!(
        "<w:p><w:pPr><w:pStyle w:val='P'/></w:pPr><w:r><w:t>隐</w:t></w:r></w:p><w:tbl><w:tblPr><w:tblStyle w:val='T'/></w:tblPr>{}</w:tbl>",
        row(&[
            &run("<w:color w:val='FFFFFF'/>", "头"),
            "<w:r><w:t>1</w:t></w:r>"
        ])
    );
    let source = read::read(&styled(&body, styles, "")).unwrap();
    assert_eq!(cells(&source), ["头", "1"]);
    assert!(texts(&source).is_empty());
}

/// Numbers that are struck out, hidden or white, and one in a box, alone in their cells; and a row of nothing else.
#[test]
fn a_number_that_nobody_sees_is_unread_in_every_kind_of_text() {
    for ending in ["docx", "doc", "odt"] {
        let bytes = std::fs::read(fixture(&format!("readers/unseen.{ending}"))).unwrap();
        let source = read::read(&bytes).unwrap();
        let rows = source.tables().next().unwrap().own_cells();
        assert_eq!(rows[0], ["甲", "□", "□", "□", "23", "4"], "{ending}");
        assert_eq!(rows[1], ["乙", "8", "", "□", "", "6"], "{ending}");
        let last = rows.get(2).into_iter().flatten();
        assert!(last.clone().all(String::is_empty), "{ending}: {rows:?}");
        let said = ["一、总体情况", "框里的一段话。", "末段。"];
        assert_eq!(texts(&source), said, "{ending}");
        assert!(source.remarks.is_empty(), "{:?}", source.remarks);
    }
}

#[test]
fn rows_of_word_files_that_have_no_height_are_left_out() {
    let with = |properties: &str| {
        let hidden = row(&["<w:r><w:t>规章</w:t></w:r>", "<w:r><w:t>99</w:t></w:r>"])
            .replace("<w:tr>", &format!("<w:tr><w:trPr>{properties}</w:trPr>"));
        let body = format!(
            "<w:tbl>{hidden}{}</w:tbl>",
            row(&["<w:r><w:t>规章</w:t></w:r>", "<w:r><w:t>23</w:t></w:r>"])
        );
        cells(&read::read(&docx(&body)).unwrap()).concat()
    };
    for hidden in [
        "<w:hidden/>",
        "<w:trHeight w:val='1' w:hRule='exact'/>",
        "<w:del w:id='1'/>",
    ] {
        assert_eq!(with(hidden), "规章23", "{hidden}");
    }
    for seen in [
        "<w:hidden w:val='0'/>",
        "<w:trHeight w:val='1'/>",
        "<w:trHeight w:val='400' w:hRule='exact'/>",
    ] {
        assert_eq!(with(seen), "规章99规章23", "{seen}");
    }
}

fn field(instruction: &str, result: Option<&str>) -> String {
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let result = result.map(|text| {
        let text = match text {
            "" => String::new(),
            text => format!("<w:r><w:t>{text}</w:t></w:r>"),
        };
        mark("separate") + &text
    });
    format!(
        "{}<w:r><w:instrText>{instruction}</w:instrText></w:r>{}{}",
        mark("begin"),
        result.unwrap_or_default(),
        mark("end")
    )
}

#[test]
fn what_a_word_file_shows_and_does_not_say_is_unread_and_never_blank() {
    let unread = UNREAD.to_string();
    let cases = [
        (field("=SUM(ABOVE)", None), unread.clone()),
        (field("=SUM(ABOVE)", Some("")), unread.clone()),
        (field("EQ \\o(甲,乙)", None), unread.clone()),
        (field("=1+1", Some("2")), "2".to_owned()),
        (field("XE \"规章\"", None), String::new()),
        (field(&format!("IF {} = 1", "x"), Some("7")), "7".to_owned()),
        ("<w:r><w:sym w:font='Wingdings' w:char='F033'/></w:r>".to_owned(), unread.clone()),
        ("<w:r><w:sym w:font='Symbol' w:char='F033'/></w:r>".to_owned(), "3".to_owned()),
        ("<w:r><w:sym w:font='宋体' w:char='2460'/></w:r>".to_owned(), "①".to_owned()),
        ("<w:r><w:rPr><w:rFonts w:ascii='Symbol'/></w:rPr><w:t>\u{F032}\u{F033}</w:t></w:r>".to_owned(), "23".to_owned()),
        ("<w:r><w:drawing><wp:inline><a:graphic><pic:blip/></a:graphic></wp:inline></w:drawing></w:r>".to_owned(), unread.clone()),
        ("<w:r><w:drawing><wp:anchor><a:graphic><pic:blip/></a:graphic></wp:anchor></w:drawing></w:r>".to_owned(), String::new()),
        ("<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>".to_owned(), unread.clone()),
        ("<m:oMath><m:r><m:t>12</m:t></m:r></m:oMath>".to_owned(), "12".to_owned()),
    ];
    for (content, wanted) in cases {
        let body = format!(
            "<w:tbl>{}</w:tbl>",
            row(&["<w:r><w:t>规章</w:t></w:r>", &content])
        );
        let source = read::read(&docx(&body)).unwrap();
        assert_eq!(cells(&source), ["规章", &wanted], "{content}");
    }
    // In a text it is told, and shown where it stands.
    let body = format!(
        "<w:p><w:r><w:t>共收到</w:t></w:r>{}<w:r><w:t>件。</w:t></w:r></w:p>",
        field("=A1", None)
    );
    let source = read::read(&docx(&body)).unwrap();
    assert_eq!(texts(&source), ["共收到□件。"]);
    assert!(
        source.remarks[0].to_string().contains("共收到□件"),
        "{:?}",
        source.remarks
    );
}

/// A cell that could not be read is listed with its place, and is no number in the report.
#[test]
fn an_unread_cell_is_named_with_its_place() {
    let path = fixture("unseen/d13s_sym.docx");
    let bytes = std::fs::read(path).unwrap();
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut document = String::new();
    let mut part = zip.by_name("word/document.xml").unwrap();
    std::io::Read::read_to_string(&mut part, &mut document).unwrap();
    let document = document.replace("w:font=\"Symbol\"", "w:font=\"Wingdings\"");
    let source = read::read(&zipped(&[("word/document.xml", &document)])).unwrap();
    let imported = import::from_source(&source).unwrap();
    let cell = imported.report.form().find("t2.rule.made").unwrap();
    assert!(imported.report.value(cell).is_blank());
    let lost = &imported.not_placed;
    assert_eq!(lost.len(), 1, "{lost:?}");
    assert_eq!(
        (lost[0].id.as_str(), &lost[0].why),
        ("t2.rule.made", &WhyNot::Unread)
    );
    assert_eq!(lost[0].content, "2□");
    let said = imported.lines().join("\n");
    assert!(said.contains("规章") && said.contains("没有读到"), "{said}");
}

#[test]
fn numbers_of_lists_are_read_as_they_are_printed() {
    let level = |at: usize, format: &str, text: &str| {
        format!(
            "<w:lvl w:ilvl='{at}'><w:start w:val='1'/><w:numFmt w:val='{format}'/><w:lvlText w:val='{text}'/></w:lvl>"
        )
    };
    let lists = format!(
        "<w:abstractNum w:abstractNumId='0'>{}{}</w:abstractNum><w:abstractNum w:abstractNumId='1'>{}</w:abstractNum>\
         <w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num><w:num w:numId='2'><w:abstractNumId w:val='1'/></w:num>\
         <w:num w:numId='3'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='5'/></w:lvlOverride></w:num>",
        level(0, "japaneseCounting", "%1、"),
        level(1, "decimal", "（%2）"),
        level(0, "bullet", "\u{F06C}"),
    );
    let styles = "<w:style w:type='paragraph' w:styleId='S'><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>";
    let item = |properties: &str, text: &str| {
        format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
    };
    let numbered = |list: usize, level: usize| {
        format!("<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{list}'/></w:numPr>")
    };
    let body = [
        item("<w:pStyle w:val='S'/>", "甲"),
        item(&numbered(1, 1), "乙"),
        item(&numbered(1, 1), "丙"),
        item("<w:pStyle w:val='S'/>", "丁"),
        item(&numbered(1, 1), "戊"),
        item(&numbered(2, 0), "己"),
        item(&numbered(0, 0), "庚"),
        item(&numbered(3, 0), "辛"),
        item(
            &format!("{}<w:rPr><w:vanish/></w:rPr>", numbered(1, 0)),
            "壬",
        ),
    ];
    let source = read::read(&styled(&body.concat(), styles, &lists)).unwrap();
    assert_eq!(
        texts(&source),
        [
            "一、甲",
            "（1）乙",
            "（2）丙",
            "二、丁",
            "（1）戊",
            "己",
            "庚",
            "五、辛",
            "壬"
        ]
    );
}

#[test]
fn parts_are_found_whatever_their_names_are_written_like() {
    let document = "<w:document><w:body><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:body></w:document>";
    for name in [
        "Word/Document.XML",
        "word\\document.xml",
        "/word/document.xml",
    ] {
        let source = read::read(&zipped(&[(name, document)])).unwrap();
        assert_eq!(texts(&source), ["甲"], "{name}");
    }
}

/// A file inside of a file (altChunk) stands where it is put; one that cannot be read is told.
#[test]
fn files_inside_of_word_files_are_read_in_their_place() {
    let body = "<w:p><w:r><w:t>前</w:t></w:r></w:p><w:altChunk r:id='c'/><w:p><w:r><w:t>后</w:t></w:r></w:p>";
    let document = format!("<w:document><w:body>{body}</w:body></w:document>");
    let with = |name: &str, content: &str| {
        let relations = format!("<R><Relationship Id='c' Target='{name}'/></R>");
        let file = zipped(&[
            ("word/document.xml", &document),
            ("word/_rels/document.xml.rels", &relations),
            ("word/chunk.html", content),
        ]);
        read::read(&file).unwrap()
    };
    let source = with("chunk.html", "<p>中</p><table><tr><td>规章<td>1</table>");
    assert_eq!(texts(&source), ["前", "中", "后"]);
    assert_eq!(cells(&source), ["规章", "1"]);
    let source = with("/word/chunk.html", "{\\rtf1 x}");
    assert_eq!(texts(&source), ["前", "后"]);
    assert!(source.remarks[0].to_string().contains("没有读到"));
    let source = with("elsewhere.html", "<p>中</p>");
    assert_eq!(source.remarks.len(), 1);
}

#[test]
fn marks_above_and_below_the_line_are_no_digits() {
    for look in [
        "<w:vertAlign w:val='superscript'/>",
        "<w:vertAlign w:val='subscript'/>",
        "<w:position w:val='8'/>",
        "<w:position w:val='-6'/>",
    ] {
        let body = format!(
            "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>规章</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>23</w:t></w:r>\
             <w:r><w:rPr>{look}</w:rPr><w:t>1</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        );
        let source = read::read(&docx(&body)).unwrap();
        let cells = &source.tables().next().unwrap().cells;
        assert_eq!(cells[1].text, "23[1]", "{look}");
    }
    for position in ["super 58%", "sub 58%", "33% 58%", "-20%"] {
        let content = format!(
            "<office:document-content><office:automatic-styles><style:style style:name='T1' style:family='text'>\
             <style:text-properties style:text-position='{position}'/></style:style></office:automatic-styles>\
             <office:body><office:text><table:table><table:table-row><table:table-cell><text:p>规章</text:p></table:table-cell>\
             <table:table-cell><text:p>23<text:span text:style-name='T1'>1</text:span></text:p></table:table-cell>\
             </table:table-row></table:table></office:text></office:body></office:document-content>"
        );
        let file = zipped(&[
            ("mimetype", "application/vnd.oasis.opendocument.text"),
            ("content.xml", &content),
        ]);
        let source = read::read(&file).unwrap();
        let cells = &source.tables().next().unwrap().cells;
        assert_eq!(cells[1].text, "23[1]", "{position}");
    }
}
