//! Word 97 to 2003 (`.doc`), and the same as WPS writes it (`.wps`): text in pieces, its properties in pages of their own,
//! tables as paragraphs that say which row and cell they end.
//!
//! By [MS-DOC] as Microsoft has published it. The main text is read, and boxes where they hang in it; notes, heads and feet
//! stand behind it.

mod boxes;
mod changes;
mod lists;
mod places;
mod properties;
mod reader;
mod styles;
mod table;
mod text;

use super::{grid, ole};
use crate::import::error::ReadError;
use crate::import::outcome::Remark;
use crate::import::source::Source;
use places::Places;
use reader::DocReader;

/// Reads the streams of a Word 97 document.
///
/// # Errors
/// A sentence if it is damaged, locked or older, or is larger than a report can be.
pub(super) fn read_document(
    document: &ole::Document,
    title: Option<String>,
) -> Result<Source, ReadError> {
    let places = Places::read(&document.main)?;
    let table = &document.tables[places.table];
    let (parts, left) = DocReader::new(document, table, &places)?.read()?;
    let mut source = Source {
        parts,
        ..Source::default()
    };
    // A box that hangs nowhere.
    let words: String = left.iter().filter_map(|it| grid::seen(it.c)).collect();
    source.remarks.extend(Remark::box_of(&words));
    source
        .properties
        .extend(title.map(|title| ("title".to_owned(), title)));
    Ok(source)
}
