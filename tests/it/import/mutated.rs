//! Good files with something wrong in them, by the thousand: each ends in a report or in a sentence, and never in a panic,
//! not even one that is caught.
//!
//! A share runs with every test; `MUTATIONS=100000` asks for as many of each kind.

use super::readers_support::zipped;
use crate::support::random::Random;
use crate::support::{exported, fixture, report};
use nianbao::export::Format;
use nianbao::import::{from_file, from_source, read};
use std::cell::Cell;
use std::io::{Cursor, Read as _};
use std::panic;
use std::sync::Once;

thread_local! {
    static PANICS: Cell<usize> = const { Cell::new(0) };
}

/// Counts the panics of this thread.
fn count_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |what| {
            PANICS.set(PANICS.get() + 1);
            before(what);
        }));
    });
}

fn times() -> u64 {
    const SHARE: u64 = 25;
    let asked = std::env::var("MUTATIONS").ok();
    asked.and_then(|times| times.parse().ok()).unwrap_or(SHARE)
}

/// Changes a few bytes: to any, to what numbers end with, to what stands elsewhere, or to fewer.
fn mutate(bytes: &mut Vec<u8>, random: &mut Random) {
    const EXTREMES: [u8; 6] = [0, 1, 0x7F, 0x80, 0xFE, 0xFF];
    for _ in 0..1 + random.below(6) {
        if bytes.is_empty() {
            return;
        }
        let at = random.below(bytes.len());
        match random.below(6) {
            0 | 1 => bytes[at] = random.next() as u8,
            2 => bytes[at] = *random.pick(&EXTREMES),
            3 => {
                let end = (at + 4).min(bytes.len());
                bytes[at..end].fill(*random.pick(&EXTREMES));
            }
            4 => {
                let length = (1 + random.below(64)).min(bytes.len() - at);
                let from = random.below(bytes.len() - length + 1);
                let piece = bytes[from..from + length].to_vec();
                bytes.splice(at..at, piece);
            }
            _ => {
                let length = (1 + random.below(64)).min(bytes.len() - at);
                bytes.drain(at..at + length);
            }
        }
    }
}

/// Reads what is made, of which so many files at least must still be readable.
fn try_all(name: &str, least: usize, make: impl Fn(&mut Random) -> Vec<u8>) {
    count_panics();
    let mut read_on = 0;
    for seed in 0..times() {
        let bytes = make(&mut Random::new(seed));
        let before = PANICS.get();
        let source = read::read(&bytes);
        read_on += usize::from(source.is_ok());
        if let Err(why) = source.and_then(|source| from_source(&source)) {
            assert!(why.to_string().chars().count() > 6, "{name} {seed}: {why}");
        }
        assert_eq!(PANICS.get(), before, "{name}: {seed}");
    }
    // What only ends in sentences has tried nothing.
    assert!(read_on >= least, "{name}");
}

fn flat(name: &'static str, whole: Vec<u8>) {
    flat_with(name, 1, whole);
}

fn flat_with(name: &'static str, least: usize, whole: Vec<u8>) {
    try_all(name, least, |random| {
        let mut bytes = whole.clone();
        mutate(&mut bytes, random);
        bytes
    });
}

/// Changes one part of an archive and packs it again, so that what is changed is what is read.
fn packed(name: &'static str, whole: Vec<u8>) {
    let mut zip = zip::ZipArchive::new(Cursor::new(whole)).unwrap();
    let parts: Vec<(String, Vec<u8>)> = (0..zip.len())
        .map(|nth| {
            let mut part = zip.by_index(nth).unwrap();
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).unwrap();
            (part.name().unwrap().into_owned(), bytes)
        })
        .collect();
    try_all(name, 1, |random| {
        let mut parts = parts.clone();
        let nth = random.below(parts.len());
        mutate(&mut parts[nth].1, random);
        let texts: Vec<(String, String)> = parts
            .into_iter()
            .map(|(name, bytes)| (name, String::from_utf8_lossy(&bytes).into_owned()))
            .collect();
        let parts: Vec<(&str, &str)> = texts
            .iter()
            .map(|(name, text)| (&**name, &**text))
            .collect();
        zipped(&parts)
    });
}

fn fixture_bytes(name: &str) -> Vec<u8> {
    std::fs::read(fixture(name)).unwrap()
}

#[test]
fn changed_workbooks_of_before_2007_are_bounded() {
    flat("xls", fixture_bytes("readers/pingtan_2022.xls"));
}

#[test]
fn changed_documents_of_before_2007_are_bounded() {
    flat("doc", fixture_bytes("readers/pingtan_2022.doc"));
    flat("doc", fixture_bytes("readers/tricks.doc"));
}

#[test]
fn changed_pdf_files_are_bounded() {
    flat("pdf", fixture_bytes("readers/table4_libreoffice.pdf"));
    flat("pdf", fixture_bytes("unseen/p06_acroform.pdf"));
}

#[test]
fn changed_archives_are_bounded() {
    let truth = report("pingtan_2022");
    packed("docx", exported(&truth, Format::Docx));
    packed("ofd", exported(&truth, Format::Ofd));
    packed("xlsx", exported(&truth, Format::Xlsx));
    packed("ods", fixture_bytes("readers/pingtan_2022.ods"));
    // Hardly any change of an archive's own bytes leaves it whole.
    flat_with("zip", 0, exported(&truth, Format::Docx));
}

#[test]
fn changed_texts_are_bounded() {
    flat("html", fixture_bytes("unseen/h11_inputs.html"));
    flat("mht", fixture_bytes("unseen/d12c_mht.mht"));
    flat("csv", fixture_bytes("unseen/e02_gbk.csv"));
    flat("txt", fixture_bytes("reports/jiutai_xinglong_2020.txt"));
}

/// What fuzzing guided by coverage has found or learnt (`tests/fuzz`).
#[test]
fn inputs_kept_from_fuzzing_are_bounded() {
    count_panics();
    let mut tried = 0;
    for entry in std::fs::read_dir(fixture("fuzz/kept")).unwrap() {
        let path = entry.unwrap().path();
        let before = PANICS.get();
        if let Err(why) = from_file(&path) {
            assert!(why.to_string().chars().count() > 6, "{}", path.display());
        }
        assert_eq!(PANICS.get(), before, "{}", path.display());
        tried += 1;
    }
    assert!(tried > 0);
}
