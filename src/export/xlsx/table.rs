//! The sheet of one table: the official grid with its merged heads, live totals and notes where a number needs one.

use super::formulas::{self, CellRefs};
use super::sheet::{FIRST_ROW, LONGEST_TEXT, PORTRAIT, set_column_width, set_up_page, shortened};
use super::{measure, rules, style};
use crate::export::document::{Document, Number, Role, TableBlock, TableCell};
use crate::form::shared_widths;
use crate::prose;
use crate::value::Value;
use rust_xlsxwriter::{Format, Formula, Note, Worksheet, XlsxError};

/// The lowest row of a table, in points.
const LOWEST: f64 = 19.0;

pub(super) fn write(
    sheet: &mut Worksheet,
    document: &Document,
    table: &TableBlock,
    index: usize,
    refs: &CellRefs<'_>,
) -> Result<(), XlsxError> {
    sheet.set_name(&refs.names[index])?;
    let labels = document.form.tables[table.table].label_cols;
    let widths = widths(table, PORTRAIT, labels);
    for (col, &width) in (0..).zip(&widths) {
        set_column_width(sheet, col, width)?;
    }
    for (row, height) in (FIRST_ROW..).zip(heights(table, &widths)) {
        sheet.set_row_height(row, height)?;
    }
    head(sheet, document, table, &widths)?;
    // A formula that shows nothing must not be read as 0 by what does not calculate.
    sheet.set_formula_result_default("");
    for cell in &table.cells {
        match cell.number {
            Some(number) => write_number(sheet, cell, number, refs)?,
            None => {
                let text = shortened(&words(cell, &widths), LONGEST_TEXT);
                let format = style::for_text(style::cell(cell.role), &text);
                lay_out(sheet, cell, &format)?.write_string_with_format(
                    row_of(cell),
                    cell.col as u16,
                    text,
                    &format,
                )?;
            }
        }
    }
    rules::alarms(sheet, refs, index, table.table)?;
    rules::validation(sheet, refs, table.table)?;
    if table.head_rows > 0 {
        let first_line = FIRST_ROW + table.head_rows as u32;
        sheet.set_repeat_rows(FIRST_ROW, first_line - 1)?;
        sheet.set_freeze_panes(first_line, labels as u16)?;
    }
    let last_row = FIRST_ROW + (table.rows.max(1) - 1) as u32;
    set_up_page(sheet, document, last_row, (widths.len().max(1) - 1) as u16)
}

/// The section's heading, and whose figures these are.
fn head(
    sheet: &mut Worksheet,
    document: &Document,
    table: &TableBlock,
    widths: &[u32],
) -> Result<(), XlsxError> {
    let whole = f64::from(widths.iter().sum::<u32>());
    let looks = [
        (style::heading(), style::HEADING),
        (style::remark(), style::TABLE),
    ];
    let lines = lines_above(document, table).into_iter().zip(looks);
    for (row, (text, (format, size))) in (0..).zip(lines) {
        let text = shortened(&text, LONGEST_TEXT);
        let lines = measure::lines(&text, whole, size);
        sheet.set_row_height(row, measure::height(lines, size))?;
        let format = style::for_text(format, &text);
        match widths.len() {
            0 | 1 => sheet.write_string_with_format(row, 0, text, &format)?,
            cols => sheet.merge_range(row, 0, row, (cols - 1) as u16, &text, &format)?,
        };
    }
    Ok(())
}

/// The lines above a table on its sheet.
pub fn lines_above(document: &Document, table: &TableBlock) -> [String; 2] {
    let mut facts = format!(
        "单位名称：{}　　报告年度：{}年",
        document.organ, document.year
    );
    if let Some(unit) = common_unit(document, table) {
        facts += &format!("　　计量单位：{unit}");
    }
    [table.heading.clone(), facts]
}

/// The unit that all numbers of a table have.
fn common_unit<'a>(document: &'a Document, table: &TableBlock) -> Option<&'a str> {
    let unit = |number: Number| document.form.cell(number.cell).unit.as_deref();
    let mut units = table.cells.iter().filter_map(|cell| cell.number).map(unit);
    let first = units.next()??;
    (!first.is_empty() && units.all(|unit| unit == Some(first))).then_some(first)
}

/// The words of a cell on its lines. What begins at the left fills its lines by itself.
fn words(cell: &TableCell, widths: &[u32]) -> String {
    match cell.role.is_centred() {
        true => measure::balanced(&cell.text, width_of(cell, widths), style::TABLE),
        false => cell.text.clone(),
    }
}

/// How wide a cell is, in pixels.
fn width_of(cell: &TableCell, widths: &[u32]) -> f64 {
    f64::from(widths[cell.columns()].iter().sum::<u32>())
}

fn row_of(cell: &TableCell) -> u32 {
    FIRST_ROW + cell.row as u32
}

/// Lays a cell out: its format, over all that it covers.
fn lay_out<'a>(
    sheet: &'a mut Worksheet,
    cell: &TableCell,
    format: &Format,
) -> Result<&'a mut Worksheet, XlsxError> {
    let (row, col) = (row_of(cell), cell.col as u16);
    if cell.rows * cell.cols > 1 {
        let (last_row, last_col) = (row + cell.rows as u32 - 1, col + cell.cols as u16 - 1);
        sheet.merge_range(row, col, last_row, last_col, "", format)
    } else {
        sheet.write_blank(row, col, format)
    }
}

fn write_number(
    sheet: &mut Worksheet,
    cell: &TableCell,
    number: Number,
    refs: &CellRefs<'_>,
) -> Result<(), XlsxError> {
    let (row, col) = (row_of(cell), cell.col as u16);
    let spec = refs.document.form.cell(number.cell);
    let mut format =
        style::cell(Role::Value).set_num_format(style::number_format(spec.kind, number.value));
    if spec.computed {
        format = style::computed(format);
    }
    if let Some(formula) = refs.formula(number.cell) {
        lay_out(sheet, cell, &format)?;
        let formula = Formula::new(formula).set_result(number.value.to_string());
        sheet.write_formula_with_format(row, col, formula, &format)?;
        return Ok(());
    }
    format = format.set_unlocked();
    let held = formulas::double(number.value);
    if held.is_none() && !number.value.is_blank() {
        format = format.set_num_format("@");
    }
    lay_out(sheet, cell, &format)?;
    match held {
        Some(held) => sheet.write_number_with_format(row, col, held, &format)?,
        None if number.value.is_blank() => sheet,
        None => sheet.write_string_with_format(row, col, number.value.to_string(), &format)?,
    };
    if let Some(remark) = remark(number, spec.computed, held) {
        let note = Note::new(remark)
            .set_author("年报填报")
            .add_author_prefix(false)
            .set_font_name("宋体")
            .set_font_size(9)
            .set_width(220)
            .set_height(56);
        sheet.insert_note(row, col, &note)?;
    }
    Ok(())
}

/// Why a cell holds another thing than a plain number or a formula.
fn remark(number: Number, computed: bool, held: Option<f64>) -> Option<String> {
    let Number {
        value,
        computed: sum,
        ..
    } = number;
    if computed && !value.same_number(sum) {
        return Some(match sum {
            Value::Blank => format!("原填值 {value}，各项里有空白，没有计算值，请核对"),
            sum => format!("原填值 {value}，计算值 {sum}，请核对"),
        });
    }
    if value.is_blank() {
        return None;
    }
    if held.is_none() {
        return Some("超过 15 位有效数字，电子表格存不准，这里按文字保存，不参加计算".to_owned());
    }
    computed.then(|| "加数中有超过 15 位的数，电子表格算不准，这里是算好的结果".to_owned())
}

/// The columns' widths in pixels. Columns share the width by what stands in them, heads as well as numbers; where it is
/// too little for all, the sheet is wider, and the page is then printed smaller.
fn widths(table: &TableBlock, whole: u32, label_cols: usize) -> Vec<u32> {
    let least = shared(table, whole, label_cols, TableCell::least_width);
    if least.iter().sum::<u32>() <= whole {
        return least;
    }
    // A page that is printed smaller leaves the heads of short numbers room too.
    let whole_words = |cell: &TableCell| match cell.least_width() {
        least if least > 0.0 => least.max(prose::ems(&cell.text).min(LONG_HEAD)),
        _ => 0.0,
    };
    shared(table, whole, label_cols, whole_words)
}

/// The widest head that stands on one line in a table that is printed smaller, in ems.
const LONG_HEAD: f32 = 4.0;

/// The columns' widths in pixels, where each is as wide as its numbers and as so many ems of its words.
fn shared(
    table: &TableBlock,
    whole: u32,
    label_cols: usize,
    ems: impl Fn(&TableCell) -> f32,
) -> Vec<u32> {
    let widths: Vec<f32> = table.widths_in(whole).iter().map(|&w| w as f32).collect();
    let mut needs = vec![0.0_f32; widths.len()];
    for cell in table.cells.iter().filter(|cell| cell.cols == 1) {
        let needed = match (cell.number, ems(cell)) {
            (Some(_), _) => measure::width(&cell.text, style::TABLE),
            (None, ems) if ems > 0.0 => measure::width_of(ems.into(), style::TABLE),
            _ => continue,
        };
        needs[cell.col] = needs[cell.col].max(needed.ceil() as f32);
    }
    let shared = shared_widths(&widths, &needs, label_cols);
    let wide = shared.iter().zip(&needs);
    let mut widths: Vec<u32> = wide.map(|(width, need)| width.max(*need) as u32).collect();
    for cell in table.cells.iter().filter(|cell| cell.number.is_some()) {
        let needed = measure::width(&cell.text, style::TABLE).ceil() as u32;
        let columns = &mut widths[cell.columns()];
        let has: u32 = columns.iter().sum();
        if let Some(last) = columns.last_mut() {
            *last += needed.saturating_sub(has);
        }
    }
    widths
}

/// The rows' heights in points, so that every cell's words have room.
fn heights(table: &TableBlock, widths: &[u32]) -> Vec<f64> {
    let mut heights = vec![LOWEST; table.rows];
    let mut cells: Vec<&TableCell> = table.cells.iter().collect();
    // What stands over several rows takes the room that the others make, and only then more.
    cells.sort_by_key(|cell| cell.rows);
    for cell in cells.into_iter().filter(|cell| cell.number.is_none()) {
        let mut width = width_of(cell, widths);
        if !cell.role.is_centred() {
            width -= style::INDENT;
        }
        let lines = measure::lines(&words(cell, widths), width, style::TABLE);
        let needed = measure::height(lines, style::TABLE);
        let rows = &mut heights[cell.row..cell.row + cell.rows];
        let lacking = needed - rows.iter().sum::<f64>();
        if lacking > 0.0 {
            let share = lacking / cell.rows as f64;
            rows.iter_mut().for_each(|height| *height += share);
        }
    }
    heights
}
