//! Tables that lie on their side, the labels of their rows in one line and the heads of their columns below each other, set
//! upright.

use super::form_words::FormWords;
use super::labels::{Label, plain};
use crate::form;
use crate::import::source::{Part, RawCell, RawTable, Source};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::Range;
use std::sync::OnceLock;

/// A source in which no table lies on its side.
pub fn upright(source: Cow<'_, Source>) -> Cow<'_, Source> {
    if source.tables().all(|table| on_side(table).is_none()) {
        return source;
    }
    let mut source = source.into_owned();
    let parts = std::mem::take(&mut source.parts).into_iter();
    let turned = |part: Part| match part {
        Part::Table(table) => match on_side(&table) {
            Some(rows) => set_upright(table, rows),
            None => vec![Part::Table(table)],
        },
        text @ Part::Text(_) => vec![text],
    };
    source.parts = parts.flat_map(turned).collect();
    Cow::Owned(source)
}

/// The rows that lie on their side, if some do: several labels of rows stand beside each other, and far fewer one below the
/// other.
fn on_side(table: &RawTable) -> Option<Range<usize>> {
    const SEVERAL: usize = 4;
    let labels = labels();
    let (mut rows, mut cols) = (BTreeMap::new(), BTreeMap::new());
    let mut filled = vec![0; table.rows];
    for cell in &table.cells {
        if !cell.text.trim().is_empty()
            && let Some(filled) = filled.get_mut(cell.row)
        {
            *filled += 1;
        }
        if let Some(label) = labels.get(&*plain(&cell.text)) {
            let in_row: &mut BTreeSet<&str> = rows.entry(cell.row).or_default();
            in_row.insert(label);
            let in_col: &mut BTreeSet<&str> = cols.entry(cell.col).or_default();
            in_col.insert(label);
        }
    }
    let (head, beside) = rows.iter().max_by_key(|(_, labels)| labels.len())?;
    let below = cols.values().map(BTreeSet::len).max().unwrap_or(0);
    if beside.len() < SEVERAL || beside.len() <= 2 * below {
        return None;
    }
    // Words of several columns may stand above the labels; what a sheet holds besides has fewer cells in a row.
    let above = filled[..*head].iter().rev();
    let above = above.take_while(|cells| **cells > 1).count();
    let under = filled[*head..].iter();
    let under = under.take_while(|cells| **cells * 2 > beside.len()).count();
    Some(head - above..head + under)
}

/// The table with these rows made columns, and what stands above and below them as tables of their own.
fn set_upright(mut table: RawTable, rows: Range<usize>) -> Vec<Part> {
    let part = |cells: Vec<RawCell>| RawTable {
        name: table.name.clone(),
        rows: cells.iter().map(|it| it.row + it.rows).max().unwrap_or(0),
        cols: cells.iter().map(|it| it.col + it.cols).max().unwrap_or(0),
        cells,
        is_aligned: table.is_aligned,
    };
    let mut parts = [Vec::new(), Vec::new(), Vec::new()];
    for mut cell in std::mem::take(&mut table.cells) {
        let (nth, from) = match cell.row {
            row if row < rows.start => (0, 0),
            row if row < rows.end => (1, rows.start),
            _ => (2, rows.end),
        };
        cell.row -= from;
        if nth == 1 {
            cell.rows = cell.rows.min(rows.len() - cell.row);
            std::mem::swap(&mut cell.row, &mut cell.col);
            std::mem::swap(&mut cell.rows, &mut cell.cols);
        }
        parts[nth].push(cell);
    }
    parts[1].sort_by_key(|cell: &RawCell| (cell.row, cell.col));
    let parts = parts.into_iter().filter(|cells| !cells.is_empty());
    parts.map(|cells| Part::Table(part(cells))).collect()
}

/// The labels of the rows of all official forms, as labels are compared.
fn labels() -> &'static HashSet<String> {
    static LABELS: OnceLock<HashSet<String>> = OnceLock::new();
    LABELS.get_or_init(|| {
        let words = form::official().iter().map(|form| FormWords::of(form));
        let of_form = |words: std::sync::Arc<FormWords>| -> Vec<String> {
            let labels = words.labels.iter();
            labels
                .map(|label: &Label| label.text().to_owned())
                .collect()
        };
        words.flat_map(of_form).collect()
    })
}
