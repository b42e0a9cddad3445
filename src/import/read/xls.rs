//! Excel 97 to 2003 and the `.et` files of WPS, by calamine; other files in the same container are refused by name.

use super::grid::Sheet;
use super::numbers;
use super::ole::{self, Contents};
use super::xlsx::only_readable;
use crate::import::error::{ReadError, UnreadKind};
use crate::import::outcome::Remark;
use crate::import::source::{Part, Source};
use calamine::{Data, Reader as _, SheetVisible, Xls};
use std::io::Cursor;

/// Cells that calamine may lay out for a sheet, empty ones too: 32 bytes each.
const MAX_LAID_OUT: usize = 1_500_000;

/// Reads an Excel 97 file.
///
/// # Errors
/// A sentence if it is another kind of file, is damaged or locked, or has no sheet that could be a report.
pub fn read(bytes: &[u8]) -> Result<Source, ReadError> {
    let book = match ole::open(bytes) {
        Contents::Workbook(book) => book,
        Contents::Document => return Err(UnreadKind::OldWord.into()),
        Contents::Locked => return Err(UnreadKind::LockedBook.into()),
        Contents::BrokenWorkbook => return Err(UnreadKind::BrokenBook.into()),
        Contents::Other => return Err(UnreadKind::OldOffice.into()),
    };
    let laid_out = book.largest_sheet().ok_or(UnreadKind::LockedBook)?;
    if laid_out > MAX_LAID_OUT {
        return Err(ReadError::TableTooLarge);
    }
    let bytes = book.container().map_err(|_| UnreadKind::BrokenBook)?;
    // Foreign code on a foreign file: a panic in it must not take the window along.
    std::panic::catch_unwind(|| read_book(&bytes))
        .unwrap_or_else(|_| Err(UnreadKind::BrokenBook.into()))
}

fn read_book(bytes: &[u8]) -> Result<Source, ReadError> {
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|_| UnreadKind::BrokenBook)?;
    let mut source = Source::default();
    for sheet in book.sheets_metadata().to_vec() {
        if sheet.visible != SheetVisible::Visible {
            source.remarks.push(Remark::HiddenSheet(sheet.name));
            continue;
        }
        let Ok(range) = book.worksheet_range(&sheet.name) else {
            continue;
        };
        let (top, left) = range.start().unwrap_or_default();
        let mut found = Sheet::new(&sheet.name);
        let mut fits = true;
        for (row, col, data) in range.used_cells() {
            fits = fits && found.put(top as usize + row, left as usize + col, &shown(data));
        }
        for merged in book
            .merge_cells_by_sheet_name(&sheet.name)
            .unwrap_or_default()
        {
            let corner = |(row, col): (u32, u32)| (row as usize, col as usize);
            found.merge(corner(merged.start), corner(merged.end));
        }
        if fits && found.fits() {
            source.parts.extend(found.table().map(Part::Table));
        } else {
            source.remarks.push(Remark::SheetTooLarge(sheet.name));
        }
    }
    let title = book
        .workbook_properties()
        .ok()
        .and_then(|properties| properties.title);
    if let Some(title) = title.filter(|title| !title.trim().is_empty()) {
        source.properties.insert("title".to_owned(), title);
    }
    only_readable(source)
}

/// A cell's words. Calamine does not hand over how many decimals are shown.
fn shown(data: &Data) -> String {
    match data {
        Data::Float(number) => numbers::plain(*number),
        Data::DateTime(date) => numbers::date(date.as_f64()),
        other => other.to_string(),
    }
}
