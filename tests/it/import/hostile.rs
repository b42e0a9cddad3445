//! Files that were made to do harm, or broke on the way: each ends in a report or in a sentence, and costs little.
//!
//! Time is not asserted; a reader without bounds would not come back here at all, or be killed for its memory.

use crate::support::{exported, fixture, report};
use nianbao::export::Format;
use nianbao::import::{ReadError, from_source, read};
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;

/// A report, or the sentence.
fn outcome(bytes: &[u8]) -> Result<(), ReadError> {
    let source = read::read(bytes)?;
    from_source(&source).map(drop)
}

fn refused(bytes: &[u8]) -> String {
    let why = outcome(bytes).unwrap_err().to_string();
    assert!(
        why.chars().any(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c)),
        "{why}"
    );
    why
}

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn word(body: &str) -> Vec<u8> {
    let document = format!(
        "<?xml version=\"1.0\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"
    );
    zipped(&[("word/document.xml", document.as_bytes())])
}

#[test]
fn bombs_are_refused() {
    // A part that inflates a thousand times over.
    let blanks = vec![b' '; 300 << 20];
    let bomb = zipped(&[("word/document.xml", &blanks)]);
    assert!(bomb.len() < 1 << 20);
    refused(&bomb);
    refused(&zipped(&[("xl/workbook.xml", &blanks)]));
    refused(&zipped(&[("content.xml", &blanks)]));
}

#[test]
fn tables_without_end_are_refused_or_cut() {
    let nested = "<table><tr><td>".repeat(10_000);
    let _ = outcome(nested.as_bytes());
    let deep = "<w:tbl><w:tr><w:tc>".repeat(10_000);
    refused(&word(&deep));
    let million = format!("<table>{}</table>", "<tr><td>1</td></tr>".repeat(1_000_000));
    refused(million.as_bytes());
    let wide =
        "<table><tr><td rowspan=4000000000 colspan=4000000000>一、总体情况</td></tr></table>";
    let _ = outcome(wide.as_bytes());
    let spans = format!(
        "<table>{}</table>",
        "<tr><td rowspan=60000 colspan=900>x</td></tr>".repeat(500)
    );
    let _ = outcome(spans.as_bytes());
    let cell = "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"999999999\"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>";
    let _ = outcome(&word(cell));
}

#[test]
fn entities_and_scripts_do_nothing() {
    let body = "<?xml version=\"1.0\"?><!DOCTYPE w [<!ENTITY x SYSTEM \"file:///etc/passwd\"><!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>&x;&b;标题</w:t></w:r></w:p></w:body></w:document>";
    let bytes = zipped(&[("word/document.xml", body.as_bytes())]);
    if let Ok(source) = read::read(&bytes) {
        let said: String = source.parts.iter().filter_map(|part| part.text()).collect();
        assert!(!said.contains("root:") && !said.contains("aaaa"), "{said}");
    }
    let page = "<html><script>document.write('<table>1</table>')</script><style>p{}</style><p>标题</p></html>";
    let source = read::read(page.as_bytes()).unwrap();
    let said: Vec<&str> = source.parts.iter().filter_map(|part| part.text()).collect();
    assert_eq!(said, ["标题"]);
}

#[test]
fn a_file_that_breaks_off_ends_in_a_sentence() {
    let truth = report("hongze_2024");
    let mut files: Vec<Vec<u8>> = Format::OFFICIAL
        .iter()
        .map(|format| exported(&truth, *format))
        .collect();
    files.push(std::fs::read(fixture("reports/hongze_2023.pdf")).unwrap());
    files.push(std::fs::read(fixture("reports/template_2021_blank.docx")).unwrap());
    for whole in files {
        // Every 1 KB of the small ones, and as many places in the large ones.
        let step = (whole.len() / 60).max(1024);
        for end in (0..whole.len()).step_by(step) {
            if let Err(why) = outcome(&whole[..end]) {
                assert!(why.to_string().chars().count() > 6, "{why}");
            }
        }
    }
}

#[test]
fn bytes_that_flipped_do_not_stop_the_program() {
    use crate::support::random::Random;
    let truth = report("hongze_2024");
    for format in Format::OFFICIAL {
        let whole = exported(&truth, format);
        for seed in 0..40 {
            let mut random = Random::new(seed);
            let mut bytes = whole.clone();
            for _ in 0..8 {
                let at = random.below(bytes.len());
                bytes[at] = random.next() as u8;
            }
            let _ = outcome(&bytes);
        }
    }
}

/// The sectors of a container's stream lead into a circle.
#[test]
fn a_workbook_whose_sectors_go_in_a_circle_is_refused() {
    let whole = std::fs::read(fixture("readers/pingtan_2022.xls")).unwrap();
    let word = |bytes: &[u8], at: usize| {
        u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize
    };
    const SECTOR: usize = 512;
    let table = SECTOR + word(&whole, 76) * SECTOR;
    // Each entry that leads on to the next sector leads to itself.
    let mut tried = 0;
    for entry in 0..SECTOR / 4 {
        if word(&whole, table + 4 * entry) == entry + 1 {
            let mut bytes = whole.clone();
            bytes[table + 4 * entry..][..4].copy_from_slice(&(entry as u32).to_le_bytes());
            if let Err(why) = outcome(&bytes) {
                assert!(why.to_string().chars().count() > 6, "{why}");
            }
            tried += 1;
        }
    }
    assert!(tried > 20, "{tried}");
}

/// Each glyph stands for ten thousand characters.
#[test]
fn glyphs_that_stand_for_whole_books_are_refused() {
    use super::readers_support::Pdf;
    let mut pdf = Pdf::new();
    pdf.font(
        "/Encoding/Identity-H/ToUnicode 5 0 R",
        "/Ordering(Identity)/Supplement 0>>",
    );
    let book = "4E00".repeat(10_000);
    pdf.form(&format!("1 beginbfchar <0001> <{book}> endbfchar"));
    pdf.page(&format!(
        "BT /F1 10 Tf 100 700 Td <{}> Tj ET",
        "0001".repeat(100_000)
    ));
    refused(&pdf.bytes());
}
