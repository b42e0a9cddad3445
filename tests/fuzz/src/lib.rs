//! What the targets do with their inputs.
//!
//! libFuzzer's panic hook aborts before anything unwinds, so that a panic is found even where it would be caught.
//!
//! The rooms of the program that read stand here themselves, not as the whole program: neither its window nor what it
//! writes is built and counted.

#![allow(
    dead_code,
    unfulfilled_lint_expectations,
    unused_imports,
    reason = "what only the other rooms use"
)]

#[path = "../../../src/check/mod.rs"]
mod check;
#[path = "../../../src/disk/mod.rs"]
mod disk;
#[path = "../../../src/draft/mod.rs"]
mod draft;
mod export;
#[path = "../../../src/file_text.rs"]
mod file_text;
#[path = "../../../src/form/mod.rs"]
mod form;
#[path = "../../../src/import/mod.rs"]
mod import;
#[path = "../../../src/prose/mod.rs"]
mod prose;
#[path = "../../../src/report/mod.rs"]
mod report;
#[path = "../../../src/value/mod.rs"]
mod value;
mod verify;

use import::read;
use libfuzzer_sys::{Corpus, fuzzer_mutate};
use std::hint::black_box;
use std::io::{Cursor, Read as _, Write as _};
use std::sync::OnceLock;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// Reads a file as an import does, up to what the clerk hears of it.
pub fn file(bytes: &[u8]) {
    let Ok(source) = read::read(bytes) else {
        return;
    };
    let Ok(imported) = import::from_source(&source) else {
        return;
    };
    black_box(imported.lines());
    black_box(check::evaluate(&imported.report));
}

/// A file of one kind, which its first bytes tell; what begins otherwise is not kept, as it is read by another target.
pub fn file_of_kind(bytes: &[u8], begins: &[u8]) -> Corpus {
    if !bytes.starts_with(begins) {
        return Corpus::Reject;
    }
    file(bytes);
    Corpus::Keep
}

/// Holds a page of any kind against the example of the program, as 公开后核对 does.
pub fn verify(bytes: &[u8]) -> Corpus {
    const EXAMPLE: &str = include_str!("../../../assets/samples/jiutai_xinglong_2020.ron");
    static DRAFT: OnceLock<report::Report> = OnceLock::new();
    let imported = read::read(bytes).map(|source| import::from_source(&source));
    let Ok(Ok(page)) = imported else {
        return Corpus::Reject;
    };
    let draft = DRAFT.get_or_init(|| draft::from_text(EXAMPLE).expect("the example"));
    for departure in verify::published(draft, &page).departures {
        black_box(departure.to_string());
    }
    Corpus::Keep
}

/// A JSON.
pub fn json(bytes: &[u8]) -> Corpus {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Corpus::Reject;
    };
    if let Ok(imported) = import::from_json(text) {
        black_box(imported.lines());
        black_box(check::evaluate(&imported.report));
    }
    Corpus::Keep
}

/// A draft; what is understood is written and read again, and is the same.
pub fn draft(bytes: &[u8]) -> Corpus {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Corpus::Reject;
    };
    if let Ok(report) = draft::from_text(text) {
        black_box(check::evaluate(&report));
        let written = draft::to_text(&report);
        let again = draft::from_text(&written).expect("a draft that was written");
        assert_eq!(
            draft::to_text(&again),
            written,
            "read again, it says something else"
        );
    }
    Corpus::Keep
}

/// Changes one part of an archive and packs it again without compression, so that what is changed is what is read; now
/// and then the archive itself.
pub fn mutate_package(data: &mut [u8], size: usize, max_size: usize, seed: u32) -> usize {
    /// One in so many changes is to the archive.
    const RAW: u32 = 16;
    /// Bytes by which a part may grow at once.
    const GROWTH: usize = 1024;
    let (turn, seed) = (seed % RAW, seed / RAW);
    let parts = (turn != 0).then(|| parts(&data[..size])).flatten();
    let Some(mut parts) = parts.filter(|parts| !parts.is_empty()) else {
        return fuzzer_mutate(data, size, max_size);
    };
    let nth = seed as usize % parts.len();
    let part = &mut parts[nth].1;
    let length = part.len();
    part.resize(length + GROWTH, 0);
    let new = fuzzer_mutate(part, length, length + GROWTH);
    part.truncate(new);
    match packed(&parts) {
        Some(whole) if whole.len() <= max_size => {
            data[..whole.len()].copy_from_slice(&whole);
            whole.len()
        }
        _ => size,
    }
}

/// The parts of an archive by name.
fn parts(bytes: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    /// Bytes of a part: what inflates to more is left to the reader.
    const LARGEST: u64 = 1 << 20;
    let mut zip = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut all = Vec::new();
    for nth in 0..zip.len() {
        let part = zip.by_index(nth).ok()?;
        let name = part.name().ok()?.into_owned();
        let mut bytes = Vec::new();
        part.take(LARGEST).read_to_end(&mut bytes).ok()?;
        all.push((name, bytes));
    }
    Some(all)
}

fn packed(parts: &[(String, Vec<u8>)]) -> Option<Vec<u8>> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(name.as_str(), options).ok()?;
        zip.write_all(bytes).ok()?;
    }
    Some(zip.finish().ok()?.into_inner())
}
