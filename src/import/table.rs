//! Tables as other programs hand them over on the clipboard: rows of texts, from HTML or with tabs between.

use super::read::{html, text};
use super::source::RawTable;

/// A table's rows; each holds its own cells only, not those that reach in from above or from the left.
pub type Rows = Vec<Vec<String>>;

/// The fields of a table as spreadsheets put it on the clipboard: tabs between, fields with line breaks in quotes.
pub fn read_tsv(text: &str) -> Rows {
    text::fields(text)
}

/// Every table of an HTML page or fragment; none if it is larger than a report can be.
pub fn read_html(page: &str) -> Vec<Rows> {
    html::read_text(page)
        .map(|source| source.tables().map(RawTable::own_cells).collect())
        .unwrap_or_default()
}
