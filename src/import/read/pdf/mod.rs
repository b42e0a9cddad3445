//! PDF files: by the structure that they carry, or else by where things stand on the page.

mod aligned;
mod annotations;
mod area;
mod blocks;
mod cmap;
mod collection;
mod font;
mod ink;
mod layers;
mod lex;
mod lines;
mod load;
mod marked;
mod objects;
mod page;
mod pages;
mod path;
mod radicals;
mod ruled;
mod run;
mod running;
mod seen;
mod state;
mod store;
mod strike;
mod tagged;

// What a page comes to, for every format that places characters on pages.
pub(super) use blocks::by_places;
pub(super) use lex::Value;
pub(super) use page::{Glyph, Page};
pub(super) use path::{Matrix, Path};
pub(super) use run::turn;
pub(super) use seen::Painting;

use crate::import::error::{PdfError, ReadError};
use crate::import::outcome::Remark;
use crate::import::source::{Part, RawTable, Source};
use load::load;
use lopdf::{Document, ObjectId};
use objects::{dictionary, resolve};
use std::collections::BTreeMap;
use store::Store;

const MAX_PAGES: usize = 1_000;

/// Reads a PDF file.
///
/// # Errors
/// A sentence if it is locked, damaged, larger than a report can be, or has no text but only pictures.
pub fn read(bytes: &[u8]) -> Result<Source, ReadError> {
    // Foreign code on a foreign file: a panic in it must not take the window along.
    let read = std::panic::catch_unwind(|| read_document(&load(bytes)?));
    let read = read.unwrap_or_else(|_| Err(PdfError::Broken.into()));
    if ends(bytes) {
        return read;
    }
    // Half a file may look like a scan, or like a report with little in it.
    let mut source = read.map_err(|why| match why {
        ReadError::Pdf(PdfError::Scanned) => PdfError::Broken.into(),
        why => why,
    })?;
    source.remarks.insert(0, Remark::HalfPdf);
    Ok(source)
}

/// Whether the end of a PDF file is there.
fn ends(bytes: &[u8]) -> bool {
    const END: &[u8] = b"%%EOF";
    const BEHIND: usize = 2048;
    let tail = &bytes[bytes.len().saturating_sub(BEHIND)..];
    tail.windows(END.len()).any(|window| window == END)
}

fn read_document(document: &Document) -> Result<Source, ReadError> {
    let ids: Vec<ObjectId> = document.page_iter().take(MAX_PAGES + 1).collect();
    if ids.is_empty() {
        return Err(PdfError::Broken.into());
    }
    if ids.len() > MAX_PAGES {
        return Err(PdfError::TooManyPages(MAX_PAGES).into());
    }
    let mut store = Store::new(document);
    let mut pages = Vec::new();
    for id in &ids {
        pages.push(pages::page(&mut store, *id)?);
    }
    let known: usize = pages
        .iter()
        .map(|page| page.glyphs.iter().filter(|glyph| glyph.text != " ").count())
        .sum();
    if known == 0 {
        return Err(match store.unknown {
            0 => PdfError::Scanned.into(),
            _ => PdfError::Unencoded.into(),
        });
    }
    let mut source = Source {
        properties: properties(document),
        ..Source::default()
    };
    if store.unknown * 10 > known {
        source.remarks.push(Remark::UnencodedGlyphs);
    }
    let tagged = tagged::read(document, &ids, &pages)?;
    let has_table = |parts: &[Part]| parts.iter().any(|part| part.table().is_some());
    source.parts = match tagged {
        Some(parts) if has_table(&parts) && is_whole(&parts) => parts,
        Some(parts) if has_table(&parts) => mended(parts, &by_places(pages).0),
        tagged => {
            let (seen, remarks) = by_places(pages);
            match tagged {
                Some(parts) if !has_table(&seen) => parts,
                _ => {
                    source.remarks.extend(remarks);
                    seen
                }
            }
        }
    };
    Ok(source)
}

/// How many places of a table are in no cell.
fn holes(table: &RawTable) -> usize {
    let filled: usize = table.cells.iter().map(|cell| cell.rows * cell.cols).sum();
    (table.rows * table.cols).saturating_sub(filled)
}

/// Whether no table has such a place.
fn is_whole(parts: &[Part]) -> bool {
    parts
        .iter()
        .filter_map(Part::table)
        .all(|table| holes(table) == 0)
}

/// Browsers leave cells without words out of the structure, so that those behind them move: such a table is taken as
/// its lines show it, if the same words stand in it.
fn mended(tagged: Vec<Part>, seen: &[Part]) -> Vec<Part> {
    let words = |table: &RawTable| {
        let words = table.cells.iter().flat_map(|cell| cell.text.chars());
        let mut words: Vec<char> = words.filter(|c| !c.is_whitespace()).collect();
        words.sort_unstable();
        words
    };
    let seen: Vec<(Vec<char>, &RawTable)> = seen
        .iter()
        .filter_map(Part::table)
        .map(|table| (words(table), table))
        .collect();
    let mend = |part: Part| match part {
        Part::Table(table) if holes(&table) > 0 => {
            let wanted = words(&table);
            let same = |(words, other): &&(Vec<char>, &RawTable)| {
                *words == wanted && holes(other) < holes(&table)
            };
            let same = seen.iter().find(same).map(|(_, table)| (*table).clone());
            Part::Table(same.unwrap_or(table))
        }
        part => part,
    };
    tagged.into_iter().map(mend).collect()
}

fn properties(document: &Document) -> BTreeMap<String, String> {
    let info = document
        .trailer
        .get(b"Info")
        .ok()
        .and_then(|info| dictionary(document, info));
    let entries = info.into_iter().flat_map(|info| info.iter()).take(1_000);
    entries
        .filter_map(|(key, value)| {
            // By the rules of the format only with a mark; WPS and others write more than those allow.
            let value = super::text::decode(resolve(document, value).as_str().ok()?);
            let key = match key.as_slice() {
                b"Title" => "title".into(),
                key => String::from_utf8_lossy(key).into_owned(),
            };
            (!value.trim().is_empty()).then(|| (key, value.trim().to_owned()))
        })
        .collect()
}
