//! Word files: paragraphs and tables in their order, spans resolved.
//!
//! What a reader of the page does not see is left out: deleted and hidden text, instructions of fields, headers and
//! footers. What is seen and is no text is marked as unread ([`UNREAD`](crate::import::source::UNREAD)). Columns are
//! counted by spans and never by `tblGrid`, which is often wrong or missing; it only tells which columns are no wider than
//! a hair.

mod field;
mod look;
mod numbering;
mod reader;
mod styles;
mod table;

use super::xml::{Node, Xml};
use super::zipped::{Package, relations};
use crate::import::error::{PackageError, ReadError};
use crate::import::outcome::Remark;
use crate::import::source::{Part, Source};
use numbering::Numbering;
use reader::WordReader;
use styles::Styles;

/// Reads a file that stands inside of a Word file (altChunk).
pub(super) type ReadInner = fn(&[u8]) -> Result<Source, ReadError>;

/// Reads a Word file.
///
/// # Errors
/// A sentence if it is none, is damaged, or is larger than a report can be.
pub fn read(bytes: &[u8]) -> Result<Source, ReadError> {
    read_package(&mut Package::open(bytes)?, None)
}

/// Reads an opened Word file; files inside of it only where it is said how.
pub(super) fn read_package(
    package: &mut Package<'_>,
    inner: Option<ReadInner>,
) -> Result<Source, ReadError> {
    let main = match package.has("word/document.xml") {
        true => "word/document.xml".to_owned(),
        false => main_part(package)?.ok_or(PackageError::NotWord)?,
    };
    read_parts(package, &main, inner)
}

/// The part with the text, where a program has given it another name.
pub(super) fn main_part(package: &mut Package<'_>) -> Result<Option<String>, ReadError> {
    let Some(relations) = package.part("_rels/.rels")? else {
        return Ok(None);
    };
    let mut xml = Xml::new(&relations);
    while let Some(node) = xml.next()? {
        if let Node::Open(tag) = node
            && tag
                .attribute("Type")
                .is_some_and(|kind| kind.ends_with("/officeDocument"))
            && let Some(target) = tag.attribute("Target")
        {
            let target = target.trim_start_matches(['/', '\\']).to_owned();
            return Ok((target.ends_with(".xml") && package.has(&target)).then_some(target));
        }
    }
    Ok(None)
}

pub(super) fn read_parts(
    package: &mut Package<'_>,
    main: &str,
    inner: Option<ReadInner>,
) -> Result<Source, ReadError> {
    let document = package.part(main)?.unwrap_or_default();
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut beside = |name: &str| -> Result<String, ReadError> {
        let part = package.part(&format!("{folder}/{name}"))?;
        Ok(part.unwrap_or_default())
    };
    let styles = Styles::read(&beside("styles.xml")?)?;
    let numbering = Numbering::read(&beside("numbering.xml")?, &styles)?;
    let mut reader = WordReader::new(styles, numbering, &document);
    let mut xml = Xml::new(&document);
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(tag) => reader.open(&tag, &mut xml)?,
            Node::Close(tag) => reader.close(tag.name())?,
            Node::Text(text) if reader.in_text => reader.push(&text),
            Node::Text(_) => {}
        }
    }
    let (parts, chunks) = reader.finish();
    let mut source = Source {
        parts,
        properties: package.properties()?,
        remarks: Vec::new(),
    };
    put_chunks(package, main, &mut source, &chunks, inner)?;
    Ok(source)
}

/// Puts the files inside of this one to their places: before the part of that number.
fn put_chunks(
    package: &mut Package<'_>,
    main: &str,
    source: &mut Source,
    chunks: &[(usize, String)],
    inner: Option<ReadInner>,
) -> Result<(), ReadError> {
    /// Files in a file, and bytes of each: a report has one.
    const MOST: usize = 8;
    const LARGEST: usize = 8 << 20;
    if chunks.is_empty() {
        return Ok(());
    }
    let targets = relations(package, main)?;
    let mut before = 0;
    for (nth, (at, id)) in chunks.iter().enumerate() {
        let bytes = match targets.get(id) {
            Some(target) => package.bytes(target)?,
            None => None,
        };
        let bytes = bytes.filter(|bytes| nth < MOST && bytes.len() <= LARGEST);
        let read = bytes.zip(inner).map(|(bytes, read)| read(&bytes));
        let parts: Vec<Part> = match read {
            Some(Ok(chunk)) => {
                source.remarks.extend(chunk.remarks);
                chunk.parts
            }
            _ => {
                source.remarks.push(Remark::UnreadChunk);
                Vec::new()
            }
        };
        let count = parts.len();
        let at = (before + at).min(source.parts.len());
        source.parts.splice(at..at, parts);
        before += count;
    }
    Ok(())
}
