//! The report as an Excel workbook that goes on calculating: a cover with the texts, then one sheet a table.
//!
//! A superior's office adds such files up and changes figures in them, so totals are live formulas, what does not
//! balance turns red by itself, and only what is filled in by hand can be overwritten. The same document always gives
//! the same bytes.

mod cover;
mod formulas;
mod measure;
mod rules;
mod style;
mod table;

use super::document::{Document, TableBlock};
use crate::prose::full_width;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, ProtectionOptions, Workbook, Worksheet, XlsxError,
};

pub use cover::{FIRST_TEXT_ROW, facts};
pub use table::lines_above;

/// The row (from 0) of a table's sheet in which the table begins; its first column is the sheet's first.
pub const FIRST_ROW: u32 = 2;
/// The name of the sheet with the title and the texts, which is the first.
pub const COVER: &str = "封面";
/// A sheet's width in pixels of 1/96 inch, so that it fills an A4 page between its margins.
const PORTRAIT: u32 = 680;
const LANDSCAPE: u32 = 1008;
/// Margins in inches; at the left and right 15 mm.
const MARGIN: f64 = 0.59;
const TOP_MARGIN: f64 = 0.75;
const HEADER_MARGIN: f64 = 0.4;
/// A4 in Excel's list of paper sizes.
const A4: u8 = 9;

/// The workbook of a report.
///
/// # Errors
/// None that a report can cause; the library's own checks of names and places would be.
pub fn to_xlsx(document: &Document) -> Result<Vec<u8>, XlsxError> {
    let names = sheet_names(document);
    let places = formulas::Places::new(document, &names);
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(document)?);
    cover::write(workbook.add_worksheet(), document, &names)?;
    for (index, table) in document.tables().enumerate() {
        table::write(workbook.add_worksheet(), document, table, index, &places)?;
    }
    workbook.save_to_buffer()
}

/// The names of the tables' sheets, in the tables' order: [`TableBlock::sheet`] as far as Excel allows it.
pub fn sheet_names(document: &Document) -> Vec<String> {
    let mut names = vec![COVER.to_owned()];
    for table in document.tables() {
        let plain = sheet_name(table);
        let same = |name: &String, other: &String| name.to_lowercase() == other.to_lowercase();
        let mut name = plain.clone();
        for number in 2.. {
            if !names.iter().any(|taken| same(taken, &name)) {
                break;
            }
            let ending = format!("（{number}）");
            name = shortened(&plain, LONGEST_NAME - ending.chars().count()) + &ending;
        }
        names.push(name);
    }
    names.remove(0);
    names
}

/// The most that Excel takes in a cell, in UTF-16 units.
const LONGEST_TEXT: usize = 32_767;
/// The most that Excel takes of a sheet's name, in UTF-16 units.
const LONGEST_NAME: usize = 31;

fn sheet_name(table: &TableBlock) -> String {
    // Full-width signs say the same and are allowed.
    let allowed = |c: char| match c {
        '[' | ']' | ':' | '*' | '?' | '/' | '\\' => full_width(c),
        '\'' => '’',
        c if c.is_control() => ' ',
        c => c,
    };
    let name: String = table.sheet.chars().map(allowed).collect();
    // “History” is a name that Excel keeps for itself.
    if name.is_empty() || name.eq_ignore_ascii_case("history") {
        format!("表{name}")
    } else {
        shortened(&name, LONGEST_NAME)
    }
}

/// The beginning of a text that is at most so many UTF-16 units long.
fn shortened(text: &str, units: usize) -> String {
    let mut used = 0;
    let fits = |c: &char| {
        used += c.len_utf16();
        used <= units
    };
    text.chars().take_while(fits).collect()
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

/// What both kinds of sheet have in common: paper, footer, draft mark and protection.
fn set_up_page(
    sheet: &mut Worksheet,
    document: &Document,
    last_row: u32,
    last_col: u16,
) -> Result<(), XlsxError> {
    sheet.set_paper_size(A4);
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_print_center_horizontally(true);
    sheet.set_margins(
        MARGIN,
        MARGIN,
        TOP_MARGIN,
        TOP_MARGIN,
        HEADER_MARGIN,
        HEADER_MARGIN,
    );
    sheet.set_print_area(0, 0, last_row, last_col)?;
    sheet.set_footer("&C— &P —");
    if let Some(mark) = &document.mark {
        sheet.set_header(format!("&C&K{}{}", style::RED_HEX, mark.replace('&', "&&")));
    }
    sheet.set_screen_gridlines(false);
    // Without a password: against slips, not against people.
    sheet.protect_with_options(&ProtectionOptions {
        format_cells: true,
        format_columns: true,
        format_rows: true,
        ..ProtectionOptions::default()
    });
    Ok(())
}
