//! Tables as other programs hand them over on the clipboard: HTML, or text with tabs between.

use super::matching::{Recognised, recognise_some};
use super::read::{html, text};
use super::source::{RawCell, RawTable};
use crate::form::Form;
use crate::prose::is_digit;
use crate::value::{self, Kind};

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
        is_aligned: false,
    }
}

/// Every table of an HTML page or fragment; none if it is larger than a report can be.
pub fn read_html(page: &str) -> Vec<RawTable> {
    html::read_text(page)
        .map(|source| source.tables().cloned().collect())
        .unwrap_or_default()
}

/// Some rows of a form with their names: what goes where. None unless each number of the tables found its place.
pub fn recognise_rows(form: &Form, tables: &[RawTable]) -> Option<Recognised> {
    let found = recognise_some(form, tables);
    let cells = tables.iter().flat_map(|table| &table.cells);
    let numbers = cells.filter(|cell| is_number(&cell.text)).count();
    let placed = found.placed.iter().filter(|(_, value)| !value.is_blank());
    let placed = placed.count() + found.refused.len();
    (!found.is_empty() && placed >= numbers).then_some(found)
}

/// A name that numbers of these tables belong to: one beside them, or one above or below them. Where there is one, the
/// place of a number within the block says nothing about where it belongs.
pub fn name_among(tables: &[RawTable]) -> Option<&str> {
    tables.iter().find_map(|table| {
        let has_numbers = table.cells.iter().any(|cell| is_number(&cell.text));
        let rows = table.cells.chunk_by(|a, b| a.row == b.row);
        let mut names = rows.filter_map(|row| {
            let name = row.iter().position(|cell| is_name(&cell.text))?;
            let is_head = !row.iter().any(|cell| begins_with_digit(&cell.text));
            let is_beside = row[name..].iter().any(|cell| is_number(&cell.text));
            (is_head || is_beside).then(|| row[name].text.trim())
        });
        names.next().filter(|_| has_numbers)
    })
}

fn is_number(field: &str) -> bool {
    value::parse(field, Kind::Amount, None).is_ok_and(|value| !value.is_blank())
}

fn begins_with_digit(field: &str) -> bool {
    field.trim_start().starts_with(is_digit) && !is_name(field)
}

/// Whether a field is a row's or a column's name: words, numbered or not, or a year; no number with a unit or a note.
fn is_name(field: &str) -> bool {
    const LEAST: usize = 2;
    let words = field.trim();
    let behind = words.trim_start_matches(is_digit);
    let is_numbered = || {
        let rest = behind.strip_prefix(['.', '．', '、', ')', '）']);
        rest.is_some_and(|rest| rest.trim_start().starts_with(char::is_alphabetic))
    };
    let has_number = behind.len() < words.len();
    let letters = words.chars().filter(|c| c.is_alphabetic()).count();
    letters >= LEAST && (!has_number || is_numbered()) || has_number && behind.starts_with('年')
}
