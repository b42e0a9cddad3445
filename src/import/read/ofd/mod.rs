//! OFD files (GB/T 33190-2016): by the tags that our own exports carry, or else by where things stand on the pages, as
//! with PDF files.

mod content;
mod document;
mod tags;

use super::pdf::{Page, by_places};
use super::zipped::Package;
use crate::import::error::{PackageError, ReadError};
use crate::import::outcome::Remark;
use crate::import::source::Source;
use content::PageReader;
use document::Entry;
use std::collections::HashMap;

const MAX_PAGES: usize = 1_000;

/// Reads an OFD file.
///
/// # Errors
/// A sentence if it is none, is damaged, or is larger than a report can be.
pub fn read(bytes: &[u8]) -> Result<Source, ReadError> {
    read_package(&mut Package::open(bytes)?)
}

pub(super) fn read_package(package: &mut Package<'_>) -> Result<Source, ReadError> {
    let entry = Entry::read(package)?;
    let mut source = Source {
        properties: entry.properties,
        ..Source::default()
    };
    if entry.documents > 1 {
        source.remarks.push(Remark::FirstOfSeveral(entry.documents));
    }
    let document = document::Document::read(package, &entry.root)?;
    if document.pages.len() > MAX_PAGES {
        return Err(PackageError::TooManyPages(MAX_PAGES).into());
    }
    let mut reader = PageReader::new(&document);
    let mut pages = Vec::new();
    let mut numbers = HashMap::new();
    for (nth, page) in document.pages.iter().enumerate() {
        numbers.entry(page.id.clone()).or_insert(nth);
        pages.push(reader.page(package, page)?);
    }
    if reader.has_unread || document.has_notes {
        source.remarks.push(Remark::UnreadInOfd);
    }
    let tagged = match &document.tags {
        Some(list) => tags::read(package, list, &numbers, &pages)?,
        None => None,
    };
    source.parts = match tagged {
        Some(parts) => parts,
        None => {
            let (parts, remarks) = by_places(plain(pages));
            source.remarks.extend(remarks);
            parts
        }
    };
    Ok(source)
}

/// The pages as they look: who wrote them may have put content into any layer.
fn plain(mut pages: Vec<Page>) -> Vec<Page> {
    for glyph in pages.iter_mut().flat_map(|page| &mut page.glyphs) {
        glyph.is_artifact = false;
        glyph.mark = None;
    }
    pages
}
