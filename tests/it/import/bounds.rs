//! Whatever a file is, reading it ends by itself: each is read by the program as a process of its own, held to a measure
//! of memory and of the processor's time.

use super::readers_support::{Pdf, docx, zipped};
use crate::support::fixture;
use crate::support::random::Random;
use std::path::Path;
use std::process::Command;

/// Reads a file; the exit status, which is none where the process was ended from outside.
#[cfg(unix)]
fn status(path: &Path) -> Option<i32> {
    // The tests' own build is several times slower than the one that is handed out, and takes more room.
    let limits =
        "ulimit -t 20; ulimit -v 1000000; exec \"$0\" import \"$1\" --to json >/dev/null 2>&1";
    let program = env!("CARGO_BIN_EXE_nianbao");
    let status = Command::new("sh")
        .arg("-c")
        .arg(limits)
        .arg(program)
        .arg(path)
        .status();
    status.unwrap().code()
}

#[cfg(unix)]
#[test]
fn every_hostile_file_ends_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let mut paths: Vec<_> = std::fs::read_dir(fixture("hostile"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    assert!(paths.len() >= 5);
    for (name, bytes) in made() {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        paths.push(path);
    }
    for path in paths {
        let status = status(&path);
        assert!(
            matches!(status, Some(0..=2)),
            "{}: {status:?}",
            path.display()
        );
    }
}

/// Files that cost much for their size.
fn made() -> Vec<(&'static str, Vec<u8>)> {
    let word = |text: &str| docx(&format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"));
    let mut widths = Pdf::new();
    widths.font("/Encoding/Identity-H", "/Ordering(Identity)/Supplement 0>>/W[0 65535 500 0 65535 500 0 65535 500 0 65535 500 0 65535 500]");
    widths.page("BT /F1 10 Tf 100 700 Td <4E00> Tj ET");
    let mut ranges = Pdf::new();
    ranges.font(
        "/Encoding/Identity-H/ToUnicode 5 0 R",
        "/Ordering(Identity)/Supplement 0>>",
    );
    ranges.form(&format!(
        "1 beginbfrange {} endbfrange",
        "<0000> <FFFFFFFF> [<4E00>] <0000> <FFFF> <4E00> ".repeat(20_000)
    ));
    ranges.page(&format!(
        "BT /F1 10 Tf 100 700 Td {} ET",
        "<00010002> Tj ".repeat(50_000)
    ));
    let mut clips = Pdf::new();
    clips.page(&format!(
        "BT /F1 10 Tf 1 g 100 700 Td {} ET",
        "0 0 9 9 re f <4E00> Tj ".repeat(60_000)
    ));
    let keys: String = (0..2_000_000).map(|key| format!("\"k{key}\":0,")).collect();
    let columns = format!(
        "<worksheet><cols><col min='1' max='2000000000' hidden='1'/></cols><sheetData>{}</sheetData><mergeCells>{}</mergeCells></worksheet>",
        "<row r='9' hidden='1'/>".repeat(100_000),
        "<mergeCell ref='A1:XFD1048576'/>".repeat(20_000)
    );
    let sheet = |text: &str| {
        zipped(&[
            (
                "xl/workbook.xml",
                "<workbook><sheets><sheet name='a' r:id='r'/></sheets></workbook>",
            ),
            (
                "xl/_rels/workbook.xml.rels",
                "<R><Relationship Id='r' Target='s.xml'/></R>",
            ),
            ("xl/s.xml", text),
        ])
    };
    let formulas: String = (1..5_000)
        .map(|row| {
            format!(
                "<row r='{row}'><c r='A{row}'><f>A{}+A{}+SUM(A{}:A{})</f></c></row>",
                row + 1,
                row + 2,
                row + 1,
                row + 900
            )
        })
        .collect();
    let rules: String = (0..50_000)
        .map(|nth| format!(".c{nth} .d{nth} b{{display:none}}"))
        .collect();
    vec![
        ("angles.html", vec![b'<'; 10 << 20]),
        (
            "tags.html",
            format!("<html>{}", "<b class='a b c'>".repeat(500_000)).into_bytes(),
        ),
        (
            "rules.html",
            format!(
                "<style>{rules}</style><p>{}",
                "<b class='c1 c2'>x</b>".repeat(50_000)
            )
            .into_bytes(),
        ),
        (
            "comments.html",
            format!("<style>{}</style><p>一", "/*".repeat(1_000_000)).into_bytes(),
        ),
        (
            "spans.html",
            format!(
                "<table>{}</table>",
                "<tr><td rowspan=65000 colspan=1000>x<td colspan=1000>y".repeat(5_000)
            )
            .into_bytes(),
        ),
        (
            "groups.html",
            format!("<table>{}</table>", "<tbody><tr><td>x<td>y".repeat(9_000)).into_bytes(),
        ),
        ("keys.json", format!("{{{keys}\"year\":2024}}").into_bytes()),
        ("nested.json", vec![b'['; 900_000]),
        ("one.txt", "字".repeat(600_000).into_bytes()),
        ("one.docx", word(&"字".repeat(3_000_000))),
        ("commas.csv", "1,".repeat(900_000).into_bytes()),
        ("lines.csv", "a,b,c,d\n".repeat(100_000).into_bytes()),
        (
            "parts.mht",
            format!(
                "A: b\nContent-Type: multipart/x; boundary=b\n\n{}",
                "--b\nContent-Type: multipart/x; boundary=b\n\n".repeat(100_000)
            )
            .into_bytes(),
        ),
        (
            "fields.docx",
            docx(&"<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r></w:p>".repeat(10_000)),
        ),
        ("widths.pdf", widths.bytes()),
        ("ranges.pdf", ranges.bytes()),
        ("clips.pdf", clips.bytes()),
        ("columns.xlsx", sheet(&columns)),
        (
            "formulas.xlsx",
            sheet(&format!(
                "<worksheet><sheetData>{formulas}</sheetData></worksheet>"
            )),
        ),
    ]
}

/// Pipes and devices never end; nothing is waited for.
#[cfg(unix)]
#[test]
fn pipes_and_devices_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("年报.docx");
    let made = Command::new("mkfifo").arg(&pipe).status().unwrap();
    assert!(made.success());
    for path in [pipe.as_path(), Path::new("/dev/zero"), folder.path()] {
        let why = nianbao::import::from_file(path).unwrap_err().to_string();
        assert!(why.contains("不是一个普通文件"), "{why}");
    }
}

/// A good report with large pictures in it is a report.
#[test]
fn a_word_file_full_of_pictures_is_read() {
    let mut random = Random::new(1);
    let picture: String = (0..1_000_000)
        .map(|_| format!("{:016x}", random.next()))
        .collect();
    let document = "<w:document><w:body><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:body></w:document>";
    let file = zipped(&[
        ("word/document.xml", document),
        ("word/media/1.png", &picture),
        ("word/media/2.png", &picture),
        ("word/media/3.png", &picture),
    ]);
    assert!(file.len() > 10 << 20);
    let source = nianbao::import::read::read(&file).unwrap();
    assert_eq!(source.parts[0].text(), Some("甲"));
}
