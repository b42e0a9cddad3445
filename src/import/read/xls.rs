//! Excel 97 to 2003 and the `.et` files of WPS, by calamine; other files in the same container are refused by name.

use super::grid::Sheet;
use super::ole::{self, Kind};
use super::xlsx::{only_readable, too_many};
use super::{COPY_INSTEAD, numbers};
use crate::import::source::{Part, Source};
use calamine::{Data, Reader as _, SheetVisible, Xls};
use std::io::Cursor;

/// Cells that calamine may lay out for a sheet, empty ones too: 32 bytes each.
const MAX_LAID_OUT: usize = 3_000_000;

/// Reads an Excel 97 file.
///
/// # Errors
/// A sentence if it is another kind of file, is damaged or locked, or has no sheet that could be a report.
pub fn read(bytes: &[u8]) -> Result<Source, String> {
    match ole::kind(bytes) {
        Kind::Workbook => {}
        Kind::Document => {
            return Err(format!(
                "这是老格式的 Word 文件（.doc 或 .wps），读不了；请用 Word 或 WPS 打开它，“另存为” .docx 后再导入。{COPY_INSTEAD}"
            ));
        }
        Kind::Locked => return Err(locked()),
        Kind::Other => {
            return Err(format!(
                "认不出这个老格式的 Office 文件；请用 Word 或 WPS 打开它，“另存为” .docx 或 .xlsx 后再导入。{COPY_INSTEAD}"
            ));
        }
    }
    let laid_out = ole::largest_sheet(bytes).ok_or_else(locked)?;
    if laid_out > MAX_LAID_OUT {
        return Err(super::grid::too_large());
    }
    // Foreign code on a foreign file: a panic in it must not take the window along.
    std::panic::catch_unwind(|| read_book(bytes)).unwrap_or_else(|_| Err(broken()))
}

fn locked() -> String {
    "这个文件有密码，打不开；请用 Excel 或 WPS 打开它，取消密码后另存再导入".to_owned()
}

fn broken() -> String {
    format!(
        "这个 Excel 文件（.xls 或 .et）坏了，或格式太老，读不下去；请用 Excel 或 WPS 打开它，“另存为” .xlsx 后再导入。{COPY_INSTEAD}"
    )
}

fn read_book(bytes: &[u8]) -> Result<Source, String> {
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|_| broken())?;
    let mut source = Source::default();
    for sheet in book.sheets_metadata().to_vec() {
        if sheet.visible != SheetVisible::Visible {
            source
                .remarks
                .push(format!("工作表“{}”是隐藏的，没有读取", sheet.name));
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
            source.remarks.push(too_many(&sheet.name));
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
