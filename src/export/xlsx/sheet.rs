//! What all sheets have in common: their names, Excel's limits, paper, footer, draft mark and protection.

use crate::export::document::{Document, TableBlock};
use crate::export::palette;
use crate::prose::full_width;
use rust_xlsxwriter::{ProtectionOptions, Worksheet, XlsxError};

/// The row (from 0) of a table's sheet in which the table begins; its first column is the sheet's first.
pub const FIRST_ROW: u32 = 2;

/// The name of the sheet with the title and the texts, which is the first.
pub const COVER: &str = "封面";

/// A sheet's width in pixels of 1/96 inch, so that it fills an A4 page between its margins.
pub(super) const PORTRAIT: u32 = 680;

/// Margins in inches; at the left and right 15 mm.
const MARGIN: f64 = 0.59;

const TOP_MARGIN: f64 = 0.75;

/// How much surely stands on a page below one another, in points: A4 without its margins, and a little less, since no two
/// programs set rows alike.
pub(super) const PAGE_HEIGHT: f64 = 0.97 * (841.9 - 2.0 * 72.0 * TOP_MARGIN);

const HEADER_MARGIN: f64 = 0.4;

/// A4 in Excel's list of paper sizes.
const A4: u8 = 9;

/// The most that Excel takes in a cell, in UTF-16 units.
pub(super) const LONGEST_TEXT: usize = 32_767;

/// The most that Excel takes of a sheet's name, in UTF-16 units.
const LONGEST_NAME: usize = 31;

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
pub(super) fn shortened(text: &str, units: usize) -> String {
    let mut used = 0;
    let fits = |c: &char| {
        used += c.len_utf16();
        used <= units
    };
    text.chars().take_while(fits).collect()
}

/// Sets a column's width in pixels.
pub(super) fn set_column_width(
    sheet: &mut Worksheet,
    col: u16,
    pixels: u32,
) -> Result<(), XlsxError> {
    /// Excel's own, which the library does not write; other programs have another.
    const DEFAULT: u32 = 64;
    let pixels = pixels + u32::from(pixels == DEFAULT);
    sheet.set_column_width_pixels(col, pixels)?;
    Ok(())
}

/// What both kinds of sheet have in common: paper, footer, draft mark and protection.
pub(super) fn set_up_page(
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
        sheet.set_header(format!(
            "&C&K{}{}",
            palette::hex(palette::ERROR),
            mark.replace('&', "&&")
        ));
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
