//! Word 97 documents, as LibreOffice writes them, and the same under the name that WPS gives them.

use crate::support::{fixture, report};
use nianbao::check;
use nianbao::import::read;
use nianbao::import::source::{Part, RawTable};
use nianbao::import::{self, UnreadKind};

#[test]
fn a_report_as_doc_and_as_wps_is_read_cell_by_cell() {
    let truth = report("pingtan_2022");
    let wanted = check::evaluate(&truth);
    let folder = tempfile::tempdir().unwrap();
    for ending in ["doc", "wps", "docx"] {
        let path = folder.path().join(format!("年报.{ending}"));
        std::fs::copy(fixture("readers/pingtan_2022.doc"), &path).unwrap();
        let imported = import::from_file(&path).unwrap();
        let read = &imported.report;
        assert_eq!((read.year(), read.organ()), (truth.year(), truth.organ()));
        assert!(imported.not_placed.is_empty(), "{:?}", imported.not_placed);
        let evaluation = check::evaluate(read);
        for cell in truth.cells() {
            let (read, wanted) = (evaluation.effective(cell), wanted.effective(cell));
            assert!(read.same_number(wanted), "{cell:?}: {read} for {wanted}");
        }
        for text in truth.form().indexed_texts() {
            assert_eq!(read.text(text.0), truth.text(text.0));
        }
    }
}

/// Hidden and struck text, a note, a field, lists, a table inside of a cell, merged cells, a sign of Symbol.
#[test]
fn what_is_seen_of_a_doc_is_read_and_nothing_else() {
    let source = read::read(&std::fs::read(fixture("readers/tricks.doc")).unwrap()).unwrap();
    let texts: Vec<&str> = source.parts.iter().filter_map(Part::text).collect();
    assert_eq!(
        texts,
        [
            "一、总体情况",
            "甲乙丙",
            "二、主动公开",
            "落款",
            "1.第一点",
            "2.第二点"
        ]
    );
    let table: &RawTable = source.tables().next().unwrap();
    let cells: Vec<(usize, usize, usize, usize, &str)> = table
        .cells
        .iter()
        .map(|cell| (cell.row, cell.col, cell.rows, cell.cols, cell.text.as_str()))
        .collect();
    assert_eq!(
        cells,
        [
            (0, 0, 2, 1, "竖"),
            (0, 1, 1, 2, "横"),
            (0, 3, 1, 1, "末"),
            (1, 1, 1, 1, "23"),
            (1, 2, 1, 1, "56"),
            (1, 3, 1, 1, ""),
            (2, 0, 1, 1, "两\n段"),
            (2, 1, 1, 1, "内甲 内乙"),
            (2, 2, 1, 1, "12[1]"),
            (2, 3, 1, 1, "23"),
            (3, 0, 1, 4, ""),
        ]
    );
}

/// A document of which any part is missing ends in what is left, or in a sentence.
#[test]
fn a_damaged_doc_ends_in_a_sentence() {
    let whole = std::fs::read(fixture("readers/tricks.doc")).unwrap();
    let mut read_on = 0;
    for end in (0..whole.len()).step_by(512) {
        match read::read(&whole[..end]) {
            Ok(_) => read_on += 1,
            Err(why) => assert!(why.to_string().chars().count() > 6, "{why}"),
        }
    }
    assert!(read_on < whole.len() / 512);
    // The version and the lock stand at the beginning of the text's stream.
    let at = whole
        .windows(2)
        .position(|window| window == [0xEC, 0xA5])
        .unwrap();
    let with = |place: usize, new: &[u8]| {
        let mut bytes = whole.clone();
        bytes[at + place..][..new.len()].copy_from_slice(new);
        read::read(&bytes).unwrap_err().to_string()
    };
    assert_eq!(with(2, &[0x65, 0]), UnreadKind::OldWord.to_string());
    assert!(with(11, &[0x01]).contains("密码"));
}

/// A document whose head gives the nth part of the table stream so many bytes.
fn with_place(mut bytes: Vec<u8>, nth: usize, length: u32) -> Vec<u8> {
    let magic = [0xEC, 0xA5];
    let head = bytes.windows(2).position(|window| window == magic);
    let at = head.unwrap() + 0x9A + 8 * nth + 4;
    bytes[at..at + 4].copy_from_slice(&length.to_le_bytes());
    bytes
}

#[test]
fn lists_that_begin_anew_and_boxes_are_read_or_told() {
    let bytes = std::fs::read(fixture("readers/lists.doc")).unwrap();
    let source = read::read(&bytes).unwrap();
    let texts: Vec<&str> = source.parts.iter().filter_map(|part| part.text()).collect();
    assert_eq!(
        texts,
        [
            "（1）甲",
            "（2）乙",
            "（5）丙",
            "（6）丁",
            "框里的话：收到申请23件",
            "戊"
        ]
    );
    assert!(source.remarks.is_empty(), "{:?}", source.remarks);
    // Where nothing says on what it hangs, its words are told.
    let whole = std::fs::read(fixture("readers/unseen.doc")).unwrap();
    let lost = with_place(whole, 40, 0);
    let told: Vec<String> = read::read(&lost)
        .unwrap()
        .remarks
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        told,
        ["文件里有文本框，没有读入：“框里的一段话。23”，请看原件核对"]
    );
}
