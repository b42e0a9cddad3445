//! An official table as it is set: how wide its columns are, how large its words, which lines they stand on, how high its
//! rows are.
//!
//! Decided once and without any font, since a Chinese character is as wide as it is high in all of them: so Word, PDF and
//! web page set the same table, and Word begins its pages where the PDF does.

use super::page;
use super::table::{Place, Setting, TableCell};
use crate::form::shared_widths;
use crate::prose;

/// How a table is tried, in points: the size of its words, and the least height of a row.
const SIZES: [(f32, f32); 5] = [
    (page::TABLE_SIZE, 18.9),
    (page::TABLE_SIZE, 17.0),
    (10.0, 16.0),
    (9.5, 15.2),
    (SMALLEST, 14.4),
];
/// The smallest size at which a table is legible.
const SMALLEST: f32 = 9.0;
/// From one line of a cell to the next, in ems.
const LEADING: f32 = 1.2;
/// Above and below a cell's words.
const PADDING: f32 = 1.9;
/// What widths are rounded by.
const ROUNDING: f32 = 0.2;
/// A table that takes more than this part of a page has one of its own.
const PAGE_OF_ITS_OWN: f32 = 0.75;

/// From one line of a cell to the next, at this size.
pub fn leading(size: f32) -> f32 {
    size * LEADING
}

impl Setting {
    /// Sets a table of so many rows whose columns have these proportions; `widths` says too how wide the official table is
    /// (twentieths of a point). Every cell gets its lines and its size.
    pub fn new(
        widths: &[u32],
        label_cols: usize,
        rows: usize,
        head_rows: usize,
        cells: &mut [TableCell],
    ) -> Self {
        let above = page::LINE + page::TABLE_GAP;
        let least: Vec<f32> = cells.iter().map(TableCell::least_width).collect();
        let mut setting = Self::default();
        for (size, height) in SIZES {
            setting = Self::at((size, height), widths, &least, label_cols, rows, cells);
            let height = above + points(setting.heights.iter().sum()) + page::BELOW_TABLE;
            if height <= page::TEXT_HEIGHT {
                let alone = head_rows > 0 && height > PAGE_OF_ITS_OWN * page::TEXT_HEIGHT;
                setting.place = if alone {
                    Place::PageOfItsOwn
                } else {
                    Place::Whole
                };
                return setting;
            }
        }
        // It is split anyway, so it may as well be legible.
        if rows > 0 {
            setting = Self::at(SIZES[1], widths, &least, label_cols, rows, cells);
        }
        setting.place = Place::Split;
        setting
    }

    fn at(
        (size, height): (f32, f32),
        widths: &[u32],
        least: &[f32],
        label_cols: usize,
        rows: usize,
        cells: &mut [TableCell],
    ) -> Self {
        let (columns, numbers) = columns(size, widths, least, label_cols, cells);
        let widths: Vec<u32> = columns.iter().map(|width| (width * 20.0) as u32).collect();
        let mut heights = vec![twentieths(height); rows];
        for cell in cells.iter_mut() {
            let width = points(widths[cell.columns()].iter().sum()) - 2.0 * page::CELL_MARGIN;
            if cell.number.is_some() {
                cell.size = page::fitting_size(&cell.text, width, numbers);
                cell.lines = vec![cell.text.clone()];
            } else {
                cell.size = size;
                let room = width - cell.role.indent() - ROUNDING / 2.0;
                let lines = prose::balanced(&cell.text, room / size);
                cell.lines = lines.into_iter().map(str::to_owned).collect();
            }
        }
        let mut by_span: Vec<&TableCell> = cells.iter().collect();
        by_span.sort_by_key(|cell| cell.rows);
        for cell in by_span {
            let needed = cell.lines.len() as f32 * leading(cell.size) + 2.0 * PADDING;
            let span = &mut heights[cell.row..cell.row + cell.rows];
            let lacking = twentieths(needed).saturating_sub(span.iter().sum());
            // Shared, so that no row of a group stands out.
            let each = lacking.div_ceil(cell.rows.max(1) as u32);
            span.iter_mut().for_each(|height| *height += each);
        }
        Self {
            widths,
            heights,
            size,
            place: Place::Whole,
        }
    }
}

/// The columns' widths and the size of the numbers in them, in points. Columns share the text area's width by what stands
/// in them; where seven digits would be too small to read, the table is as wide as the official one.
fn columns(
    size: f32,
    widths: &[u32],
    least: &[f32],
    label_cols: usize,
    cells: &[TableCell],
) -> (Vec<f32>, f32) {
    /// Free at either side of a table that is wider than the text area.
    const EDGE: f32 = 36.0;
    let official = points(widths.iter().sum()).min(page::WIDTH - 2.0 * EDGE);
    let sizes = SIZES
        .iter()
        .map(|(size, _)| *size)
        .filter(|&tried| tried <= size);
    let tries = [page::TEXT_WIDTH, official.max(page::TEXT_WIDTH)]
        .into_iter()
        .flat_map(|whole| sizes.clone().map(move |numbers| (whole, numbers)));
    let mut last = (Vec::new(), size);
    for (whole, numbers) in tries {
        let needs = needs(widths.len(), size, numbers, least, cells);
        let sum = points(widths.iter().sum::<u32>().max(1));
        let base: Vec<f32> = widths
            .iter()
            .map(|&width| points(width) * whole / sum)
            .collect();
        let shared = shared_widths(&base, &needs, label_cols);
        let fits = shared
            .iter()
            .zip(&needs)
            .all(|(has, need)| has + ROUNDING > *need);
        last = (shared, numbers);
        if fits {
            break;
        }
    }
    last
}

/// How wide each column must be for what stands in it alone.
fn needs(columns: usize, size: f32, numbers: f32, least: &[f32], cells: &[TableCell]) -> Vec<f32> {
    let mut needs = vec![0.0_f32; columns];
    for (cell, least) in cells.iter().zip(least).filter(|(cell, _)| cell.cols == 1) {
        let words = match cell.number {
            Some(_) => page::digits_width(&cell.text) * numbers,
            None if *least > 0.0 => least * size,
            None => continue,
        };
        needs[cell.col] = needs[cell.col].max(words + 2.0 * page::CELL_MARGIN + ROUNDING);
    }
    needs
}

fn points(twentieths: u32) -> f32 {
    twentieths as f32 / 20.0
}

fn twentieths(points: f32) -> u32 {
    (points * 20.0).ceil() as u32
}
