//! The sheet that lists every number of the report once more, one a row, for who works on with them: the cell's id, what
//! it is, and the number, which follows the official table. The workbook knows each number by its id, too.

use super::formulas::{self, CellRefs};
use super::sheet::{set_column_width, set_up_page};
use super::{measure, style};
use crate::export::document::{Document, Number};
use crate::form::{LIST_HEAD, with_year};
use rust_xlsxwriter::{Formula, Workbook, Worksheet, XlsxError};

/// The name of the sheet, which stands last.
pub const DATA: &str = "数据";

/// The numbers in reading order: id, what it is, and the number.
pub fn rows(document: &Document) -> impl Iterator<Item = (&str, String, Number)> {
    let numbers = document.tables().flat_map(|table| &table.cells);
    numbers.filter_map(|cell| cell.number).map(|number| {
        let name = with_year(&document.form.full_name(number.cell), document.year);
        (document.form.cell(number.cell).id.as_str(), name, number)
    })
}

pub(super) fn write(sheet: &mut Worksheet, refs: &CellRefs<'_>) -> Result<(), XlsxError> {
    sheet.set_name(DATA)?;
    let head = style::cell(crate::export::document::Role::Head);
    for (col, words) in (0..).zip(LIST_HEAD) {
        sheet.write_string_with_format(0, col, words, &head)?;
    }
    // A formula that shows nothing must not be read as 0 by what does not calculate.
    sheet.set_formula_result_default("");
    let mut widest = [0.0_f64; 2];
    let mut last = 0;
    for (row, (id, name, number)) in (1..).zip(rows(refs.document)) {
        last = row;
        for (width, words) in widest.iter_mut().zip([id, name.as_str()]) {
            *width = width.max(measure::width(words, style::TABLE));
        }
        sheet.write_string_with_format(row, 0, id, &style::plain())?;
        sheet.write_string_with_format(row, 1, &name, &style::plain())?;
        let kind = refs.document.form.cell(number.cell).kind;
        let format = style::plain().set_num_format(style::number_format(kind, number.value));
        let Some(place) = refs.place(number.cell) else {
            continue;
        };
        // A reference to a blank cell would be 0.
        let formula = Formula::new(format!("=IF({place}=\"\",\"\",{place})"));
        let formula = formula.set_result(number.value.to_string());
        match formulas::double(number.value).is_some() || number.value.is_blank() {
            true => sheet.write_formula_with_format(row, 2, formula, &format)?,
            false => sheet.write_string_with_format(row, 2, number.value.to_string(), &format)?,
        };
    }
    for (col, width) in (0..).zip(widest) {
        set_column_width(sheet, col, width.ceil() as u32)?;
    }
    set_column_width(sheet, 2, 120)?;
    sheet.autofilter(0, 0, last, 2)?;
    sheet.set_freeze_panes(1, 0)?;
    set_up_page(sheet, refs.document, 0, 2)?;
    // For programs: pages of ids in small type are nobody's to read, so that only the heads are printed, with the reason.
    sheet.set_footer(format!("&C{NOT_PRINTED}"));
    Ok(())
}

/// What a page of the sheet says instead of the list.
const NOT_PRINTED: &str = "这一张供别的程序取数，数都在前面各表里，不打印；要打印就清除打印区域";

/// Gives every number its id as a name.
pub(super) fn name_cells(workbook: &mut Workbook, refs: &CellRefs<'_>) -> Result<(), XlsxError> {
    for (id, _, number) in rows(refs.document) {
        if let Some(place) = refs.place(number.cell) {
            workbook.define_name(id, &format!("={place}"))?;
        }
    }
    Ok(())
}
