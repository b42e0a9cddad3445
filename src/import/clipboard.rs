//! Tables as other programs hand them over on the clipboard: HTML, or text with tabs between.

use super::read::{html, text};
use super::source::{RawCell, RawTable};

/// A table's rows; each holds its own cells only, not those that reach in from above or from the left.
pub type Rows = Vec<Vec<String>>;

/// The fields of a table as spreadsheets put it on the clipboard: tabs between, fields with line breaks in quotes.
pub fn read_tsv(text: &str) -> Rows {
    text::fields(text)
}

/// The same as a table, a cell for each field.
pub fn tsv_table(text: &str) -> RawTable {
    let rows = read_tsv(text);
    let cell = |(row, fields): (usize, Vec<String>)| {
        let of_row = fields.into_iter().enumerate();
        of_row.map(move |(col, text)| RawCell {
            row,
            col,
            rows: 1,
            cols: 1,
            text,
        })
    };
    RawTable {
        name: String::new(),
        rows: rows.len(),
        cols: rows.iter().map(Vec::len).max().unwrap_or(0),
        cells: rows.into_iter().enumerate().flat_map(cell).collect(),
    }
}

/// Every table of an HTML page or fragment; none if it is larger than a report can be.
pub fn read_html(page: &str) -> Vec<RawTable> {
    html::read_text(page)
        .map(|source| source.tables().cloned().collect())
        .unwrap_or_default()
}
