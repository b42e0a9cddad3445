//! The workbook: its properties, and its sheets in order.

use super::formulas::CellRefs;
use super::sheet::sheet_names;
use super::{charts, cover, data, table};
use crate::export::document::Document;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
use std::io::Cursor;
use zip::write::SimpleFileOptions;
use zip::{System, ZipArchive, ZipWriter, result::ZipError};

/// The workbook of a report.
///
/// # Errors
/// None that a report can cause; the library's own checks of names and cells would be.
pub fn to_xlsx(document: &Document) -> Result<Vec<u8>, XlsxError> {
    let names = sheet_names(document);
    let refs = CellRefs::new(document, &names);
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(document)?);
    cover::write(workbook.add_worksheet(), document, &names)?;
    for (index, table) in document.tables().enumerate() {
        table::write(workbook.add_worksheet(), document, table, index, &refs)?;
    }
    charts::write(workbook.add_worksheet(), &refs)?;
    data::write(workbook.add_worksheet(), &refs)?;
    data::name_cells(&mut workbook, &refs)?;
    // It is packed well when it is packed anew.
    workbook.set_zip_compression_level(1);
    Ok(same_everywhere(workbook.save_to_buffer()?)?)
}

/// The workbook packed anew: the library writes into the package on which system it was made.
fn same_everywhere(workbook: Vec<u8>) -> Result<Vec<u8>, ZipError> {
    let mut old = ZipArchive::new(Cursor::new(workbook))?;
    let mut new = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..old.len() {
        let mut part = old.by_index(index)?;
        let options = SimpleFileOptions::default().system(System::Dos);
        new.start_file(part.name()?.into_owned(), options)?;
        std::io::copy(&mut part, &mut new)?;
    }
    Ok(new.finish()?.into_inner())
}

fn properties(document: &Document) -> Result<DocProperties, XlsxError> {
    // The library's default is the present time, and no two exports would be the same.
    let year = u16::try_from(document.year.saturating_add(1)).unwrap_or(0);
    let made = ExcelDateTime::from_ymd(year.clamp(1900, 9999), 1, 1)?;
    let first = DocProperties::new()
        .set_title(&document.title)
        .set_author(&document.organ)
        .set_creation_datetime(&made);
    let add = |all: DocProperties, (name, value)| all.set_custom_property(name, value);
    Ok(document.properties().into_iter().fold(first, add))
}
