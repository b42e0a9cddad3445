//! OFD files: those of others by where things stand, changed ones, and those that were made to do harm.

use crate::support::{document, exported, lines, report, silently_wrong};
use nianbao::export::Format;
use nianbao::import::{from_source, read};
use nianbao::verify::verify;
use std::io::{Cursor, Read as _, Write as _};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// An archive with its parts changed: the name and the text of each are handed in, nothing back leaves it out.
fn changed(bytes: &[u8], change: impl Fn(&str, &str) -> Option<String>) -> Vec<u8> {
    let mut old = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut new = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..old.len() {
        let mut part = old.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        if name.ends_with(".xml") {
            let text = String::from_utf8(content).unwrap();
            let Some(text) = change(&name, &text) else {
                continue;
            };
            content = text.into_bytes();
        }
        new.start_file(name, SimpleFileOptions::default()).unwrap();
        new.write_all(&content).unwrap();
    }
    new.finish().unwrap().into_inner()
}

/// The same file as another program would have written it: without our tags, runs of equal steps in short, another
/// prefix.
fn foreign(bytes: &[u8]) -> Vec<u8> {
    changed(bytes, |name, text| {
        let text = text.replace("<ofd:CustomTags>Tags/CustomTags.xml</ofd:CustomTags>", "");
        let text = text.replace(
            "DeltaX=\"5.571 5.571 5.571 5.571 5.571\"",
            "DeltaX=\"g 5 5.571\"",
        );
        (!name.contains("Tags")).then(|| text.replace("ofd:", ""))
    })
}

#[test]
fn files_of_others_are_read_by_where_things_stand() {
    for name in ["hongze_2024", "pingtan_2019", "pingtan_2022"] {
        let truth = report(name);
        let bytes = foreign(&exported(&truth, Format::Ofd));
        let found = from_source(&read::read(&bytes).unwrap()).unwrap();
        assert_eq!(silently_wrong(&truth, &found), [""; 0], "{name}");
        assert!(
            found.not_placed.is_empty(),
            "{name}: {:?}",
            found.not_placed
        );
        assert_eq!(found.report.organ(), truth.organ(), "{name}");
        assert_eq!(found.report.year(), truth.year(), "{name}");
    }
}

#[test]
fn text_that_somebody_added_or_hid_is_named() {
    let truth = report("hongze_2024");
    let bytes = exported(&truth, Format::Ofd);
    let found = |change: &dyn Fn(&str) -> String| {
        let bytes = changed(&bytes, |name, text| {
            Some(match name.ends_with("Page_0/Content.xml") {
                true => change(text),
                false => text.to_owned(),
            })
        });
        verify(&document(&truth), &read::read(&bytes).unwrap()).differences
    };
    assert_eq!(found(&str::to_owned), []);
    let added = "<ofd:TextObject ID=\"900001\" Boundary=\"60 20 60 8\" Font=\"1\" Size=\"5\"><ofd:TextCode X=\"0\" Y=\"6\" DeltaX=\"5 5 5\">多了一段</ofd:TextCode></ofd:TextObject></ofd:Layer>";
    let more = found(&|text| text.replacen("</ofd:Layer>", added, 1));
    assert!(
        more.iter().any(|differs| differs.file.contains("多了一段")),
        "{more:?}"
    );
    for hidden in [
        "Visible=\"false\" Boundary",
        "Alpha=\"0\" Boundary",
        "Fill=\"false\" Boundary",
    ] {
        let less = found(&|text| text.replacen("Boundary", hidden, 1));
        assert!(!less.is_empty(), "{hidden}");
    }
    let white = |text: &str| {
        let color = "<ofd:FillColor Value=\"255 255 255\"/><ofd:CGTransform";
        text.replacen("<ofd:CGTransform", color, 1)
    };
    assert!(!found(&white).is_empty());
}

#[test]
fn notes_on_the_pages_are_said_to_be_unread() {
    let truth = report("hongze_2024");
    let bytes = changed(&exported(&truth, Format::Ofd), |_, text| {
        let notes = "</ofd:Pages><ofd:Annotations>Annotations.xml</ofd:Annotations>";
        Some(text.replace("</ofd:Pages>", notes))
    });
    let source = read::read(&bytes).unwrap();
    assert!(lines(&source.remarks).concat().contains("批注"));
}

fn made(document: &str, page: &str) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let entry = "<OFD><DocBody><DocRoot>/Doc_0/Document.xml</DocRoot></DocBody></OFD>";
    for (name, text) in [
        ("OFD.xml", entry),
        ("Doc_0/Document.xml", document),
        ("Doc_0/P.xml", page),
    ] {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn files_without_end_are_refused() {
    let one = "<Document><Pages><Page ID=\"1\" BaseLoc=\"P.xml\"/></Pages></Document>";
    let text = |steps: &str, words: &str| {
        format!(
            "<Page><Content><Layer><TextObject Boundary=\"0 0 9 9\" Size=\"3\"><TextCode X=\"1\" Y=\"1\" DeltaX=\"{steps}\">{words}</TextCode></TextObject></Layer></Content></Page>"
        )
    };
    // Steps without end cost no more than the characters that take them.
    let long = made(one, &text("g 99999999999999 0.1", "年报"));
    assert!(read::read(&long).is_ok());
    let odd = made(one, &text("NaN inf g g", "年报"));
    assert!(read::read(&odd).is_ok());
    let refused = |bytes: &[u8]| read::read(bytes).unwrap_err().to_string();
    let many = made(one, &text("", &"年".repeat(1_200_000)));
    assert!(refused(&many).contains("大得不像"), "{}", refused(&many));
    let pages = "<Page ID=\"1\" BaseLoc=\"P.xml\"/>".repeat(1_100);
    let pages = made(
        &format!("<Document><Pages>{pages}</Pages></Document>"),
        &text("", "年"),
    );
    assert!(refused(&pages).contains("1000 页"));
    let lines = "M 0 0 L 9 0 ".repeat(120_000);
    let path = format!(
        "<Page><Content><PathObject Boundary=\"0 0 9 9\"><AbbreviatedData>{lines}</AbbreviatedData></PathObject></Content></Page>"
    );
    let _ = read::read(&made(one, &path));
    assert!(refused(&made("<Document/>", "")).contains("不完整"));
    let _ = from_source(&read::read(&long).unwrap());
}
