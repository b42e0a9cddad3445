//! What nobody sees on the pages of a PDF, and what stands on top of them.

use super::readers_support::Pdf;
use nianbao::import::read;
use nianbao::import::source::{Part, Source};

fn said(source: &Source) -> String {
    source.parts.iter().filter_map(Part::text).collect()
}

fn text(at: &str, code: &str) -> String {
    format!("BT /F1 10 Tf {at} Td <{code}> Tj ET")
}

/// What a page says on which 甲 is always seen, and 乙 as the content has it.
fn page(content: &str) -> String {
    let mut pdf = Pdf::new();
    pdf.page(&format!("{} {content}", text("100 700", "7532")));
    said(&read::read(&pdf.bytes()).unwrap())
}

#[test]
fn text_that_nobody_sees_is_left_out() {
    let other = text("120 700", "4E59");
    for hidden in [
        format!("q 1 g {other} Q"),
        format!("q 1 1 1 rg {other} Q"),
        format!("q 0 0 0 0 k {other} Q"),
        format!("q /DeviceRGB cs 1 1 1 sc {other} Q"),
        format!("q 3 Tr {other} Q"),
        format!("q 7 Tr {other} Q"),
        format!("q 0 0 50 50 re W n {other} Q"),
        format!("q 1 g 110 690 100 30 re f {other} Q"),
        format!("{other} 1 g 110 690 100 30 re f"),
        format!("{other} 0.9 g 110 690 100 30 re f"),
        // At a slant, as watermarks are.
        "BT /F1 40 Tf 0.7 0.7 -0.7 0.7 120 600 Tm <4E59> Tj ET".to_owned(),
    ] {
        assert_eq!(page(&hidden), "甲", "{hidden}");
    }
    for seen in [
        other.clone(),
        format!("q 0.5 g {other} Q"),
        format!("q 0.1 0.2 0.5 rg 110 690 100 30 re f 1 g {other} Q"),
        format!("q 1 g 1 Tr {other} Q"),
        format!("q 100 600 200 200 re W n {other} Q"),
        format!("q 1 g 110 690 100 30 re f 0 g {other} Q"),
        format!("q 1 g Q {other}"),
        // Marked with a pen that shines through only where it is a line.
        format!("{other} 0.9 g 110 698 100 2 re f"),
    ] {
        assert_eq!(page(&seen), "甲乙", "{seen}");
    }
}

#[test]
fn a_page_that_lies_on_its_side_is_read_upright() {
    // Two lines that run upwards.
    let line = |x: usize, y: usize, code: &str| {
        format!("BT /F1 10 Tf 0 1 -1 0 {x} {y} Tm <{code}> Tj ET ")
    };
    let mut pdf = Pdf::new();
    pdf.page(&(line(100, 100, "753200204E59") + &line(130, 100, "4E19")));
    let source = read::read(&pdf.bytes()).unwrap();
    let lines: Vec<&str> = source.parts.iter().filter_map(Part::text).collect();
    assert_eq!(lines.concat().replace(' ', ""), "甲乙丙");
}

/// A document of one page with an annotation and, if wanted, layers.
fn annotated(annotation: &str, catalog: &str, content: &str) -> Vec<u8> {
    let mut pdf = Pdf::new();
    pdf.page(&format!("{} {content}", text("100 700", "7532")));
    let file = String::from_utf8(pdf.bytes()).unwrap();
    let file = file.replace(
        "/Type/Page/Parent",
        &format!("/Type/Page/Annots[{annotation}]/Parent"),
    );
    // The places of the objects have moved: a reader looks for them itself.
    let file = file.replace("/Type/Catalog", &format!("/Type/Catalog{catalog}"));
    moved(&file)
}

/// The same file with a table of places that is right.
fn moved(file: &str) -> Vec<u8> {
    let body = &file[..file.find("xref\n").unwrap()];
    let mut table = String::new();
    for (at, _) in body.match_indices(" 0 obj\n") {
        let from = body[..at].rfind('\n').map_or(0, |line| line + 1);
        table.push_str(&format!("{} 1\n{from:010} 00000 n \n", &body[from..at]));
    }
    let start = body.len();
    format!("{body}xref\n0 1\n0000000000 65535 f \n{table}trailer\n<</Size 100/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n").into_bytes()
}

#[test]
fn fields_and_notes_on_a_page_are_read() {
    let field =
        |more: &str| format!("<</Type/Annot/Subtype/Widget/FT/Tx/Rect[200 690 260 710]{more}>>");
    for (annotation, wanted) in [
        (field("/V(23)"), "甲 23"),
        (field("/V<FEFF4E59>"), "甲 乙"),
        (field("/V(23)/F 2"), "甲"),
        (field("/V(23)/F 32"), "甲"),
        (field(""), "甲"),
        (
            "<</Type/Annot/Subtype/FreeText/Rect[200 690 260 710]/Contents(23)>>".to_owned(),
            "甲 23",
        ),
        (
            "<</Type/Annot/Subtype/Text/Rect[200 690 260 710]/Contents(23)>>".to_owned(),
            "甲",
        ),
        (
            "<</Type/Annot/Subtype/Link/Rect[200 690 260 710]/Contents(23)>>".to_owned(),
            "甲",
        ),
    ] {
        let source = read::read(&annotated(&annotation, "", "")).unwrap();
        assert_eq!(said(&source), wanted, "{annotation}");
    }
}

#[test]
fn layers_that_are_switched_off_are_left_out() {
    let marked = format!("/OC /L BDC {} EMC", text("120 700", "4E59"));
    let file = |shown: &str| {
        let catalog = format!("/OCProperties<</OCGs[80 0 R]/D<<{shown}>>>>");
        let bytes = annotated("", &catalog, &marked);
        let file = String::from_utf8(bytes).unwrap();
        let file = file.replace("/Resources <<", "/Resources <</Properties<</L 80 0 R>>");
        let file = file.replace(
            "xref\n0 1",
            "80 0 obj\n<</Type/OCG/Name(a)>>\nendobj\nxref\n0 1",
        );
        said(&read::read(&moved(&file)).unwrap())
    };
    assert_eq!(file("/OFF[80 0 R]"), "甲");
    assert_eq!(file("/BaseState/OFF"), "甲");
    assert_eq!(file("/BaseState/OFF/ON[80 0 R]"), "甲乙");
    assert_eq!(file("/OFF[]"), "甲乙");
}

#[test]
fn what_is_struck_out_on_a_page_does_not_hold() {
    let other = text("120 700", "4E59");
    // A line through the middle of the letter: drawn, or as a thin area.
    for struck in [
        "120 703 m 130 703 l S",
        "q 0.6 w 119 703.4 m 131 703.4 l S Q",
        "120 702.8 10 0.7 re f",
        "120 702.2 10 0.5 re f 120 704 10 0.5 re f",
    ] {
        assert_eq!(page(&format!("{other} {struck}")), "甲", "{struck}");
        assert_eq!(page(&format!("{struck} {other}")), "甲", "{struck}");
    }
    for seen in [
        // Below and above the letter, and a rule that goes on.
        "120 699 m 130 699 l S",
        "120 709 m 130 709 l S",
        "60 703 m 300 703 l S",
        "1 g 120 703 m 130 703 l 1 G S",
        "125 690 m 125 715 l S",
    ] {
        assert_eq!(page(&format!("{other} {seen}")), "甲乙", "{seen}");
    }
}

/// In a cell a number beside the one that is struck out holds; where there is none, nobody knows.
#[test]
fn a_struck_number_is_left_out_or_unread() {
    let frame = "100 680 m 300 680 l S 100 720 m 300 720 l S 100 680 m 100 720 l S \
        200 680 m 200 720 l S 300 680 m 300 720 l S 100 650 m 300 650 l S 100 650 m 100 680 l S \
        200 650 m 200 680 l S 300 650 m 300 680 l S";
    let digits = |code: &str| text("210 700", code);
    let cell = |content: &str| {
        let mut pdf = Pdf::new();
        let words = [
            ("110 700", "7532"),
            ("110 660", "4E59"),
            ("210 660", "4E19"),
        ];
        let words: String = words.map(|(at, code)| text(at, code) + " ").concat();
        pdf.page(&format!("{frame} {words} {content}"));
        let source = read::read(&pdf.bytes()).unwrap();
        let table = source.tables().next().unwrap();
        table.own_cells()[0][1].clone()
    };
    let all = digits("0039003900320034");
    let width = |count: f64| format!("210 703 m {} 703 l S", 210.0 + 5.0 * count);
    assert_eq!(cell(&all), "9924");
    assert_eq!(cell(&format!("{all} {}", width(2.0))), "24");
    assert_eq!(cell(&format!("{all} {}", width(4.0))), "□");
}
