//! PDF files: by the structure that they carry, or else by where things stand on the page.

mod cmap;
mod content;
mod font;
mod lex;
mod lines;
mod path;
mod radicals;
mod ruled;
mod tagged;

use crate::import::error::{PdfError, ReadError};
use crate::import::outcome::Remark;
use crate::import::source::{Part, RawTable, Source};
use content::{Glyph, Page, Runner};
use lines::{Line, Measure};
use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId};
use ruled::Ruled;
use std::cell::Cell;
use std::collections::BTreeMap;

/// A stream of a file, inflated.
const MAX_STREAM: usize = 32 << 20;
/// A stream that holds objects: each byte of it may cost a hundred.
const MAX_OBJECT_STREAM: usize = 3 << 19;
/// Values that stand outside of such streams, likewise.
const MAX_OUTSIDE: usize = 1_000_000;
const MAX_VALUES: usize = 1_000_000;
const MAX_PAGES: usize = 300;

/// Reads a PDF file.
///
/// # Errors
/// A sentence if it is locked, damaged, larger than a report can be, or has no text but only pictures.
pub fn read(bytes: &[u8]) -> Result<Source, ReadError> {
    if outside_of_streams(bytes) > MAX_OUTSIDE {
        return Err(PdfError::TooLarge.into());
    }
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

thread_local! {
    /// Values of the file that is being loaded; lopdf's filter takes no state.
    static VALUES: Cell<usize> = const { Cell::new(0) };
}

fn load(bytes: &[u8]) -> Result<Document, ReadError> {
    VALUES.set(0);
    let options = LoadOptions {
        filter: Some(keep),
        max_decompressed_size: Some(MAX_OBJECT_STREAM),
        ..LoadOptions::default()
    };
    let document =
        Document::load_mem_with_options(bytes, options).map_err(|error| match error {
            lopdf::Error::Decompress(_) => PdfError::TooLarge,
            lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_) => PdfError::Locked,
            _ => PdfError::Broken,
        })?;
    if VALUES.get() > MAX_VALUES {
        return Err(PdfError::TooLarge.into());
    }
    if document.is_encrypted() {
        return Err(PdfError::Locked.into());
    }
    Ok(document)
}

/// Counts the values of an object, and drops it once there are too many.
fn keep(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    let values = VALUES.get() + count(object);
    VALUES.set(values);
    // Lopdf takes what is given back for an object out of an object stream, and those are never streams; any other
    // object it keeps where it is.
    let kept = match object {
        Object::Stream(_) => Object::Null,
        object => object.clone(),
    };
    (values <= MAX_VALUES).then_some((id, kept))
}

fn count(object: &Object) -> usize {
    match object {
        Object::Array(all) => 1 + all.iter().map(count).sum::<usize>(),
        Object::Dictionary(all) => 1 + all.iter().map(|(_, value)| 1 + count(value)).sum::<usize>(),
        Object::Stream(stream) => {
            1 + stream
                .dict
                .iter()
                .map(|(_, value)| 1 + count(value))
                .sum::<usize>()
        }
        _ => 1,
    }
}

/// About how many values do not lie between `stream` and `endstream`.
fn outside_of_streams(bytes: &[u8]) -> usize {
    const OPENS: &[u8] = b">>stream";
    let find = |from: usize, word: &[u8]| {
        let rest = bytes.get(from..).unwrap_or_default();
        let found = rest.windows(word.len()).position(|window| window == word);
        found.map(|found| from + found)
    };
    let values = |text: &[u8]| {
        let starts = text.windows(2).filter(|pair| {
            let blank = matches!(pair[0], 0 | 9 | 10 | 12 | 13 | 32 | b'[' | b'<' | b'(');
            matches!(pair[1], b'[' | b'<' | b'(' | b'/')
                || (blank && !pair[1].is_ascii_whitespace())
        });
        starts.count()
    };
    let (mut outside, mut at) = (0, 0);
    let mut ends = true;
    while let Some(found) = find(at, &OPENS[2..]) {
        outside += values(&bytes[at..found]);
        at = found + OPENS[2..].len();
        if ends && bytes[..found].trim_ascii_end().ends_with(&OPENS[..2]) {
            match find(found, b"endstream") {
                Some(end) => at = end + b"endstream".len(),
                // Not looked for again and again.
                None => ends = false,
            }
        }
    }
    outside + values(&bytes[at..])
}

/// What an object refers to.
fn resolve<'a>(document: &'a Document, object: &'a Object) -> &'a Object {
    document
        .dereference(object)
        .map_or(object, |(_, object)| object)
}

/// The dictionary that an object is or refers to.
fn dictionary<'a>(document: &'a Document, object: &'a Object) -> Option<&'a Dictionary> {
    resolve(document, object).as_dict().ok()
}

fn read_document(document: &Document) -> Result<Source, ReadError> {
    let ids: Vec<ObjectId> = document.page_iter().take(MAX_PAGES + 1).collect();
    if ids.is_empty() {
        return Err(PdfError::Broken.into());
    }
    if ids.len() > MAX_PAGES {
        return Err(PdfError::TooManyPages(MAX_PAGES).into());
    }
    let mut runner = Runner::new(document);
    let mut pages = Vec::new();
    for id in &ids {
        pages.push(runner.page(*id)?);
    }
    let known: usize = pages
        .iter()
        .map(|page| page.glyphs.iter().filter(|glyph| glyph.text != " ").count())
        .sum();
    if known == 0 {
        return Err(match runner.unknown {
            0 => PdfError::Scanned.into(),
            _ => PdfError::Unencoded.into(),
        });
    }
    let mut source = Source {
        properties: properties(document),
        ..Source::default()
    };
    if runner.unknown * 10 > known {
        source.remarks.push(Remark::UnencodedGlyphs);
    }
    let tagged = tagged::read(document, &ids, &pages)?;
    let has_table = |parts: &[Part]| parts.iter().any(|part| part.table().is_some());
    source.parts = match tagged {
        Some(parts) if has_table(&parts) && is_whole(&parts) => parts,
        Some(parts) if has_table(&parts) => mended(parts, &by_places(pages)),
        tagged => {
            let seen = by_places(pages);
            match tagged {
                Some(parts) if !has_table(&seen) => parts,
                _ => seen,
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

/// Something on a page.
enum Block {
    Line(Line),
    Table(Ruled),
}

/// The parts by where they stand, tables over page breaks joined.
fn by_places(pages: Vec<Page>) -> Vec<Part> {
    let all = pages.iter().map(|page| page.glyphs.len()).sum::<usize>();
    let artifacts = pages
        .iter()
        .flat_map(|page| &page.glyphs)
        .filter(|glyph| glyph.is_artifact)
        .count();
    let skip_artifacts = artifacts * 2 < all;
    let pages: Vec<Vec<Block>> = pages
        .into_iter()
        .map(|mut page| {
            let mut glyphs: Vec<Glyph> = std::mem::take(&mut page.glyphs);
            glyphs.retain(|glyph| !(skip_artifacts && glyph.is_artifact));
            blocks(&page, glyphs)
        })
        .collect();
    let lines: Vec<Vec<&Line>> = pages
        .iter()
        .map(|page| {
            let lines = page.iter().filter_map(|block| match block {
                Block::Line(line) => Some(line),
                Block::Table(_) => None,
            });
            lines.collect()
        })
        .collect();
    let measure = Measure::of(&lines);
    let mut joined = Joined::default();
    for (number, page) in pages.into_iter().enumerate() {
        for (at, block) in page.into_iter().enumerate() {
            match block {
                Block::Line(line) => joined.line(line, number, &measure),
                Block::Table(table) => joined.table(table, at == 0),
            }
        }
    }
    joined.finish()
}

fn blocks(page: &Page, glyphs: Vec<Glyph>) -> Vec<Block> {
    let (tables, glyphs) = ruled::tables(page, glyphs);
    let lines = lines::lines(glyphs.iter().collect());
    let mut tables = tables.into_iter().peekable();
    let mut blocks = Vec::new();
    for line in lines
        .into_iter()
        .filter(|line| !lines::is_page_number(line, page.height))
    {
        while let Some(table) = tables.next_if(|table| table.top < line.base) {
            blocks.push(Block::Table(table));
        }
        blocks.push(Block::Line(line));
    }
    blocks.extend(tables.map(Block::Table));
    blocks
}

/// Parts that may go on on the next page.
#[derive(Default)]
struct Joined {
    parts: Vec<Part>,
    paragraph: Option<(String, Line, usize)>,
    table: Option<Ruled>,
}

impl Joined {
    fn line(&mut self, line: Line, page: usize, measure: &Measure) {
        self.end_table();
        match &mut self.paragraph {
            Some((text, before, on)) if !measure.begins(before, &line, *on == page) => {
                lines::go_on(text, &line.text);
                (*before, *on) = (line, page);
            }
            _ => {
                self.end_paragraph();
                self.paragraph = Some((line.text.clone(), line, page));
            }
        }
    }

    /// Adds a table; one that is the first on its page may be the rest of the one before.
    fn table(&mut self, table: Ruled, is_first: bool) {
        self.end_paragraph();
        if is_first
            && let Some(open) = &mut self.table
            && ruled::go_on(open, &table)
        {
            return;
        }
        self.end_table();
        self.table = Some(table);
    }

    fn end_paragraph(&mut self) {
        if let Some((text, ..)) = self.paragraph.take() {
            self.parts.push(Part::Text(text));
        }
    }

    fn end_table(&mut self) {
        let is_filled = |table: &RawTable| table.cells.iter().any(|cell| !cell.text.is_empty());
        if let Some(ruled) = self.table.take().filter(|ruled| is_filled(&ruled.table)) {
            self.parts.push(Part::Table(ruled.table));
        }
    }

    fn finish(mut self) -> Vec<Part> {
        self.end_paragraph();
        self.end_table();
        self.parts
    }
}
