//! Files of any kind, read into one plain structure: paragraphs and tables, before anything of a form is looked for.
//!
//! What a file is, its content says and never its name: clerks rename `.doc` to `.docx` and web pages to `.xls`.
//! Every reader is bounded: a file that was made to do harm, or is merely broken, ends in a sentence.

mod colour;
mod condition;
mod counting;
mod doc;
pub mod docx;
mod field;
mod grid;
pub mod html;
mod mime;
mod numbers;
pub mod odf;
pub mod ofd;
mod ole;
pub mod pdf;
mod signs;
pub mod text;
pub mod xls;
pub mod xlsx;
mod xml;
mod zipped;

use super::error::{ReadError, UnreadKind};
use super::limits::{MAX_BYTES, MAX_PARAGRAPH, MAX_WORDS};
use super::outcome::Remark;
use super::source::{Part, Source, UNREAD};
use grid::is_only_unread;
use ole::{Container, Contents};

/// Reads a file of any kind.
///
/// # Errors
/// A sentence that says what the file is, as far as that can be seen, and what to do now.
pub fn read(bytes: &[u8]) -> Result<Source, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    if bytes.len() > MAX_BYTES {
        return Err(ReadError::TooBig(bytes.len() >> 20));
    }
    let mut source = match bytes {
        [b'P', b'K', 3 | 5, ..] => packed(bytes)?,
        [0xD0, 0xCF, 0x11, 0xE0, ..] => contained(bytes)?,
        bytes => read_any(bytes)?,
    };
    few_enough_words(&source)?;
    tell_unread(&mut source);
    if source.is_empty() {
        return Err(ReadError::NoWords);
    }
    Ok(source)
}

/// Whatever is no archive and no container.
fn read_any(bytes: &[u8]) -> Result<Source, ReadError> {
    if let Some(kind) = unread(bytes) {
        return Err(kind.into());
    }
    if starts_late(bytes, b"%PDF-") {
        return pdf::read(bytes);
    }
    if let Some(page) = mime::page(bytes) {
        return html::read_text(&page);
    }
    let decoded = text::decode(bytes);
    if text::is_binary(&decoded) {
        return Err(UnreadKind::Unknown.into());
    }
    if html::looks_like(&decoded) {
        html::read_text(&decoded)
    } else if text::is_flat_xml(&decoded) {
        Err(UnreadKind::FlatXml.into())
    } else {
        text::read_text(&decoded)
    }
}

/// A container of before 2007, by what it holds.
fn contained(bytes: &[u8]) -> Result<Source, ReadError> {
    let Container { contents, title } = ole::open(bytes);
    match contents {
        Contents::Workbook(book) => xls::read_book(&book, title),
        Contents::Document(document) => doc::read_document(&document, title),
        Contents::Locked => Err(UnreadKind::LockedBook.into()),
        Contents::BrokenWorkbook => Err(UnreadKind::BrokenBook.into()),
        Contents::BrokenDocument => Err(UnreadKind::OldWord.into()),
        Contents::Other => Err(UnreadKind::OldOffice.into()),
    }
}

/// Reads a file that stands inside of another; none inside of that one.
fn read_inner(bytes: &[u8]) -> Result<Source, ReadError> {
    match bytes {
        [b'P', b'K', 3 | 5, ..] => docx::read(bytes),
        bytes => read_any(bytes),
    }
}

/// Refuses a file with more words than any report has: what looks for a form in them takes its time with each.
fn few_enough_words(source: &Source) -> Result<(), ReadError> {
    let texts = source.parts.iter().filter_map(Part::text);
    let cells = source.tables().flat_map(|table| &table.cells);
    let mut all = 0;
    for text in texts.chain(cells.map(|cell| cell.text.as_str())) {
        all += text.len();
        // Bytes are counted first: counting characters takes longer.
        if text.len() > MAX_PARAGRAPH {
            let characters = text.chars().count();
            if characters > MAX_PARAGRAPH {
                return Err(ReadError::ParagraphTooLong(characters));
            }
        }
    }
    match all > MAX_WORDS {
        true => Err(ReadError::TooManyParts),
        false => Ok(()),
    }
}

/// What a person sees and the program cannot read is told, where it stands in a text; in a cell it stays where it is.
fn tell_unread(source: &mut Source) {
    /// Characters by which a paragraph is known.
    const BEGINNING: usize = 24;
    source
        .parts
        .retain(|part| part.text().is_none_or(|text| !is_only_unread(text)));
    let mut told = Vec::new();
    for part in &mut source.parts {
        if let Part::Text(text) = part
            && text.contains(UNREAD)
        {
            *text = text.replace(UNREAD, "□");
            told.push(Remark::UnreadInText(text.chars().take(BEGINNING).collect()));
        }
    }
    source.remarks.append(&mut told);
}

/// A zip archive, by what it holds.
fn packed(bytes: &[u8]) -> Result<Source, ReadError> {
    let mut package = zipped::Package::open(bytes)?;
    if package.has("OFD.xml") {
        return ofd::read_package(&mut package);
    }
    if package.has("word/document.xml") {
        docx::read_package(&mut package, Some(read_inner))
    } else if package.has("xl/workbook.xml") {
        xlsx::read_package(&mut package)
    } else if package.has("xl/workbook.bin") {
        Err(UnreadKind::Xlsb.into())
    } else if package.has("ppt/presentation.xml") {
        Err(UnreadKind::Slides.into())
    } else if package.has("content.xml") {
        odf::read_package(&mut package)
    } else if let Some(main) = docx::main_part(&mut package)? {
        docx::read_parts(&mut package, &main, Some(read_inner))
    } else {
        Err(UnreadKind::OtherZip.into())
    }
}

/// The kind of a file that is known and cannot be read.
fn unread(bytes: &[u8]) -> Option<UnreadKind> {
    const PICTURES: [&[u8]; 5] = [b"\x89PNG", b"\xFF\xD8\xFF", b"GIF8", b"II*\0", b"MM\0*"];
    const ARCHIVES: [&[u8]; 3] = [b"Rar!", b"7z\xBC\xAF", b"\x1F\x8B"];
    let begins = |marks: &[&[u8]]| marks.iter().any(|mark| bytes.starts_with(mark));
    let at =
        |from: usize, mark: &[u8]| bytes.get(from..).is_some_and(|rest| rest.starts_with(mark));
    let is_bitmap = at(0, b"BM") && at(6, &[0; 4]);
    let is_webp = at(0, b"RIFF") && at(8, b"WEBP");
    if at(0, b"{\\rtf") {
        Some(UnreadKind::Rtf)
    } else if begins(&PICTURES) || is_bitmap || is_webp {
        Some(UnreadKind::Picture)
    } else if begins(&ARCHIVES) {
        Some(UnreadKind::Archive)
    } else {
        None
    }
}

/// Whether a mark stands near the beginning; some servers put bytes before it.
fn starts_late(bytes: &[u8], mark: &[u8]) -> bool {
    bytes[..bytes.len().min(1024)]
        .windows(mark.len())
        .any(|window| window == mark)
}

impl Source {
    /// Whether there is neither a word nor a filled table in it.
    pub fn is_empty(&self) -> bool {
        self.parts.iter().all(|part| match part {
            Part::Text(text) => text.trim().is_empty(),
            Part::Table(table) => table.cells.iter().all(|cell| cell.text.is_empty()),
        })
    }
}
