//! Excel 97 to 2003 and the `.et` files of WPS, and Excel 5 and 95 before them: sheets as records one behind the other.
//!
//! Read here and not by a library: what is hidden and how numbers are shown counts, and no length in the file is believed.

mod book;
mod boxes;
mod records;
mod rules;
mod sheet;
mod strings;

use super::ole::{self, Contents};
use crate::import::error::{ReadError, UnreadKind};
use crate::import::outcome::Remark;
use crate::import::read::xlsx::only_readable;
use crate::import::source::{Part, Source};
use book::Book;

/// Reads an Excel 97 file.
///
/// # Errors
/// A sentence if it is another kind of file, is damaged or locked, or has no sheet that could be a report.
pub fn read(bytes: &[u8]) -> Result<Source, ReadError> {
    let container = ole::open(bytes);
    match container.contents {
        Contents::Workbook(stream) => read_book(&stream, container.title),
        Contents::Locked => Err(UnreadKind::LockedBook.into()),
        Contents::BrokenWorkbook => Err(UnreadKind::BrokenBook.into()),
        _ => Err(UnreadKind::OldOffice.into()),
    }
}

/// Reads the stream of a workbook.
pub(super) fn read_book(stream: &[u8], title: Option<String>) -> Result<Source, ReadError> {
    let book = Book::read(stream)?;
    let mut source = Source::default();
    for place in &book.sheets {
        if place.is_hidden {
            source.remarks.push(Remark::HiddenSheet(place.name.clone()));
            continue;
        }
        match sheet::read(&book, place, stream) {
            Some((sheet, boxes)) => {
                let boxes = boxes.iter().filter_map(|words| Remark::box_of(words));
                source.remarks.extend(boxes);
                source.parts.extend(sheet.table().map(Part::Table));
            }
            None => {
                let name = place.name.clone();
                source.remarks.push(Remark::SheetTooLarge(name));
            }
        }
    }
    source
        .properties
        .extend(title.map(|title| ("title".to_owned(), title)));
    only_readable(source)
}
