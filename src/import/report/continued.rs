//! Paragraphs that go on in the next row of a sheet put together again, as our own workbooks cut them.

use crate::form::CONTINUED;
use crate::import::source::{Part, RawCell, RawTable, Source};
use std::borrow::Cow;

/// A source in which no row says that it goes on from the one above it.
pub(super) fn put_together(source: &Source) -> Cow<'_, Source> {
    let mut source = Cow::Borrowed(source);
    if source.tables().any(|table| table.cells.iter().any(goes_on)) {
        for part in &mut source.to_mut().parts {
            if let Part::Table(table) = part {
                join_rows(table);
            }
        }
    }
    source
}

fn goes_on(cell: &RawCell) -> bool {
    cell.text == CONTINUED
}

fn join_rows(table: &mut RawTable) {
    let mut joined: Vec<RawCell> = Vec::with_capacity(table.cells.len());
    let is_filled = |cell: &&RawCell| !cell.text.trim().is_empty();
    for row in table.cells.chunk_by(|a, b| a.row == b.row) {
        let filled: Vec<&RawCell> = row.iter().filter(is_filled).collect();
        let above = joined.iter().rposition(|cell| is_filled(&cell));
        match (filled.as_slice(), above) {
            ([text, mark], Some(above)) if goes_on(mark) => {
                joined[above].text.push_str(&text.text);
            }
            _ => joined.extend_from_slice(row),
        }
    }
    table.cells = joined;
}
