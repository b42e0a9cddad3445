//! The first sheet: what report this is, how far it is, and its texts in order.

use super::sheet::{
    COVER, LONGEST_TEXT, PAGE_HEIGHT, PORTRAIT, set_column_width, set_up_page, shortened,
};
use super::{measure, style};
use crate::export::document::{Block, Document};
use crate::form::CONTINUED;
use rust_xlsxwriter::{Format, FormatAlign, Url, Worksheet, XlsxError, utility::quote_sheet_name};

/// The row (from 0) of the cover in which the headings and paragraphs begin, one a row in the first column. A very long
/// paragraph goes on in the next rows, which say so at their end ([`CONTINUED`]).
pub const FIRST_TEXT_ROW: u32 = 7;

/// The columns' widths in pixels: names, their content, and where a table is. Texts go over all three.
const WIDTHS: [u32; 3] = [84, 396, PORTRAIT - 84 - 396];
const LAST_COL: u16 = 2;

pub(super) fn write(
    sheet: &mut Worksheet,
    document: &Document,
    names: &[String],
) -> Result<(), XlsxError> {
    sheet.set_name(COVER)?;
    for (col, width) in (0..).zip(WIDTHS) {
        set_column_width(sheet, col, width)?;
    }
    let head = head(sheet, document)?;
    let rows = texts(sheet, document, names)?;
    sheet.set_page_breaks(&page_breaks(head, &rows))?;
    let last = FIRST_TEXT_ROW + rows.len().max(1) as u32 - 1;
    set_up_page(sheet, document, last, LAST_COL)
}

/// A row of the texts.
struct Row {
    /// Its height in points.
    height: f64,
    /// Whether it is a heading, which never ends a page.
    is_heading: bool,
}

/// The rows that begin a page, below a head of this height (points): every page is broken here, so that no heading is
/// left alone at the foot of one.
fn page_breaks(head: f64, rows: &[Row]) -> Vec<u32> {
    let mut breaks = Vec::new();
    let mut used = head;
    for (nth, row) in rows.iter().enumerate() {
        if nth > 0 && rows[nth - 1].is_heading {
            // Measured with its heading.
            used += row.height;
            continue;
        }
        let headings = rows[nth..].iter().take_while(|row| row.is_heading).count();
        let together = rows[nth..].iter().take(headings + 1);
        let needed: f64 = together.map(|row| row.height).sum();
        if used > 0.0 && used + needed > PAGE_HEIGHT {
            breaks.push(FIRST_TEXT_ROW + nth as u32);
            used = 0.0;
        }
        used += row.height;
    }
    breaks
}

/// Writes what stands above the texts; gives back how high it is, in points.
fn head(sheet: &mut Worksheet, document: &Document) -> Result<f64, XlsxError> {
    let whole = f64::from(PORTRAIT);
    let parts = document.title_parts(|part| measure::width(part, style::TITLE) <= whole);
    let title = parts.join("\n");
    let mut height = wide(sheet, 0, &title, style::title(), style::TITLE, 0)?;
    // The header that is printed is not seen on the screen.
    if let Some(mark) = &document.mark {
        height += wide(sheet, 1, mark, style::mark(), style::TEXT, 0)?;
    }
    // How it fared in the checks is nobody's affair but the organ's, so that stands on drafts alone.
    let verdict = document
        .mark
        .iter()
        .map(|_| (5, "审核", document.verdict.clone()));
    for (row, name, content) in facts(document).into_iter().chain(verdict) {
        sheet.write_string_with_format(row, 0, name, &style::remark())?;
        if row != YEAR_ROW {
            height += wide(sheet, row, &content, style::text(), style::TEXT, 1)?;
        }
    }
    let year = style::text()
        .set_num_format("0\"年\"")
        .set_align(FormatAlign::Left);
    let year_height = measure::height(1, style::TEXT);
    sheet.set_row_height(YEAR_ROW, year_height)?;
    sheet.write_number_with_format(YEAR_ROW, 1, document.year, &year)?;
    // Rows that nothing stands in have a height of their own.
    const EMPTY_ROWS: f64 = 3.0 * 16.0;
    Ok(height + year_height + EMPTY_ROWS)
}

/// Holds the year as a number, shown with 年 behind it.
const YEAR_ROW: u32 = 3;

/// What the cover says of the report besides its texts: row, name and content.
pub fn facts(document: &Document) -> Vec<(u32, &'static str, String)> {
    let form = format!("{}（{}）", document.form.name, document.form.doc_no);
    vec![
        (2, "单位名称", document.organ.clone()),
        (YEAR_ROW, "报告年度", format!("{}年", document.year)),
        (4, "格式", form),
    ]
}

/// Writes the headings and paragraphs; gives back their rows.
fn texts(
    sheet: &mut Worksheet,
    document: &Document,
    names: &[String],
) -> Result<Vec<Row>, XlsxError> {
    let mut rows = Vec::new();
    let mut row = FIRST_TEXT_ROW;
    let mut names = names.iter();
    let mut blocks = document.blocks.iter().peekable();
    while let Some(block) = blocks.next() {
        let (text, format, size) = match block {
            Block::Heading(text) => (text, style::heading(), style::HEADING),
            Block::Subheading(text) => (text, style::subheading(), style::TEXT),
            Block::Signature { text, .. } => (text, style::signature(), style::TEXT),
            Block::RunIn { text, .. } | Block::Paragraph(text) => {
                (text, style::paragraph(), style::TEXT)
            }
            Block::Table(_) => continue,
        };
        let format = match block {
            Block::Heading(_) => format,
            _ => format.set_unlocked(),
        };
        // Where the table is stands beside its heading.
        let name = match blocks.peek() {
            Some(Block::Table(_)) => names.next(),
            _ => None,
        };
        let mut parts = measure::parts(text, width_to(LAST_COL), size);
        let is_alone = name.is_none() && parts.len() == 1;
        let last_col = LAST_COL - u16::from(!is_alone);
        let width = width_to(last_col);
        if !is_alone {
            parts = measure::parts(text, width, size);
        }
        let first_row = row;
        for part in parts {
            let mut height = measure::height(measure::lines(part, width, size), size);
            if matches!(block, Block::Heading(_)) {
                height = (height + style::TEXT).min(measure::HIGHEST);
            }
            sheet.set_row_height(row, height)?;
            rows.push(Row {
                height,
                is_heading: matches!(block, Block::Heading(_) | Block::Subheading(_)),
            });
            let format = style::for_text(format.clone(), part);
            sheet.merge_range(row, 0, row, last_col, part, &format)?;
            if row > first_row {
                sheet.write_string_with_format(row, LAST_COL, CONTINUED, &style::remark())?;
            }
            row += 1;
        }
        if let Some(name) = name {
            let target = format!("internal:{}!A1", quote_sheet_name(name));
            let link = Url::new(target).set_text(format!("见工作表“{name}”"));
            sheet.write_url_with_format(first_row, LAST_COL, link, &style::link())?;
        }
    }
    Ok(rows)
}

/// The width of the columns up to this one, in pixels.
fn width_to(last_col: u16) -> f64 {
    f64::from(WIDTHS[..=usize::from(last_col)].iter().sum::<u32>())
}

/// Writes a text over the columns from `from` on, in a row that is high enough; gives back its height.
fn wide(
    sheet: &mut Worksheet,
    row: u32,
    text: &str,
    format: Format,
    size: f64,
    from: u16,
) -> Result<f64, XlsxError> {
    let text = shortened(text, LONGEST_TEXT);
    let width: u32 = WIDTHS[usize::from(from)..].iter().sum();
    let lines = measure::lines(&text, f64::from(width), size);
    let height = measure::height(lines, size);
    sheet.set_row_height(row, height)?;
    let format = style::for_text(format, &text);
    sheet.merge_range(row, from, row, LAST_COL, &text, &format)?;
    Ok(height)
}
