//! A table of a page that is being read.

use crate::import::error::ReadError;
use crate::import::read::grid::{CellPlace, DeepCell, Flow, MAX_COLS, UNSEEN, is_missed, settle};
use crate::import::source::{Part, UNREAD};
use std::collections::BTreeSet;

/// The part of a table that a row stands in: pages are shown with the head first and the foot last, wherever the file has
/// them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Head,
    #[default]
    Body,
    Foot,
}

#[derive(Default)]
pub(super) struct OpenTable {
    flow: Flow,
    cells: Vec<DeepCell>,
    /// For each row the part that it stands in, and which of all such parts.
    groups: Vec<(Group, usize)>,
    group: Group,
    group_nth: usize,
    has_head: bool,
    has_foot: bool,
    pub in_row: bool,
    pub in_cell: bool,
    has_picture: bool,
    has_unseen: bool,
    /// Columns that are told of, and the places of those that are left out.
    columns: usize,
    hidden_columns: BTreeSet<usize>,
}

impl OpenTable {
    /// Begins a part of the table, or ends one with no name.
    pub fn group(&mut self, name: &str) {
        self.group = match name {
            "thead" if !self.has_head => Group::Head,
            "tfoot" if !self.has_foot => Group::Foot,
            _ => Group::Body,
        };
        self.has_head |= name == "thead";
        self.has_foot |= name == "tfoot";
        self.group_nth += 1;
        self.flow.end_spans();
    }

    pub fn begin_row(&mut self) -> Result<(), ReadError> {
        self.end_cell();
        self.in_row = true;
        self.flow.open_row()?;
        self.groups
            .resize(self.flow.rows, (self.group, self.group_nth));
        Ok(())
    }

    pub fn begin_cell(&mut self, rows: usize, cols: usize) -> Result<(), ReadError> {
        self.end_cell();
        if !self.in_row {
            self.begin_row()?;
        }
        let place = self.flow.place(rows, cols)?;
        self.in_cell = true;
        self.cells.push(DeepCell {
            place,
            parts: Vec::new(),
        });
        Ok(())
    }

    pub fn end_cell(&mut self) {
        let has_picture = std::mem::take(&mut self.has_picture);
        let has_unseen = std::mem::take(&mut self.has_unseen);
        if std::mem::take(&mut self.in_cell)
            && let Some(cell) = self.cells.last_mut()
            && cell.parts.is_empty()
            && (has_picture || has_unseen)
        {
            let mark = if has_picture { UNREAD } else { UNSEEN };
            cell.parts.push(Part::Text(mark.to_string()));
        }
    }

    /// Takes columns before their cells.
    pub fn columns(&mut self, count: usize, are_hidden: bool) {
        let end = self.columns.saturating_add(count).min(MAX_COLS);
        if are_hidden {
            self.hidden_columns.extend(self.columns..end);
        }
        self.columns = end;
    }

    /// Numbers in columns that are left out are not seen.
    fn hide_columns(&mut self) {
        let hidden = &self.hidden_columns;
        let is_hidden = |place: &CellPlace| {
            let mut columns = place.col..place.col + place.cols;
            columns.all(|column| hidden.contains(&column))
        };
        let is_number = |part: &Part| part.text().is_none_or(is_missed);
        for cell in self.cells.iter_mut().filter(|cell| is_hidden(&cell.place)) {
            if cell.parts.iter().any(is_number) {
                cell.parts = vec![Part::Text(UNSEEN.to_string())];
            }
        }
    }

    /// Says that a picture stands in the cell.
    pub fn picture(&mut self) {
        self.has_picture |= self.in_cell;
    }

    /// Says that a number stands in the cell that nobody sees.
    pub fn unseen(&mut self) {
        self.has_unseen |= self.in_cell;
    }

    /// The parts of the cell that is being read.
    pub fn cell_parts(&mut self) -> Option<&mut Vec<Part>> {
        self.cells.last_mut().map(|cell| &mut cell.parts)
    }

    /// The table, or what it holds if it only arranges other tables.
    pub fn finish(mut self) -> Vec<Part> {
        self.end_cell();
        self.hide_columns();
        self.groups
            .resize(self.flow.rows, (self.group, self.group_nth));
        let mut order: Vec<usize> = (0..self.groups.len()).collect();
        order.sort_by_key(|&row| self.groups[row].0);
        let mut new = vec![0; order.len()];
        for (to, &from) in order.iter().enumerate() {
            new[from] = to;
        }
        for DeepCell { place, .. } in &mut self.cells {
            let CellPlace { row, rows, .. } = *place;
            let group = self.groups[row].1;
            let rest = self.groups[row..].iter();
            let left = rest.take_while(|(_, other)| *other == group).count();
            (place.row, place.rows) = (new[row], rows.min(left));
        }
        settle(String::new(), self.flow.rows, self.cells)
    }
}
