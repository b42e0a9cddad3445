//! References to cells: single ones and rectangles, as they stand in formulas and as rules apply to them.

use rust_xlsxwriter::utility::column_number_to_name;

/// A cell of the workbook. The order is that of reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct CellRef {
    /// The table's index in the document.
    pub sheet: usize,
    pub row: u32,
    pub col: u16,
}

/// A rectangle of cells.
#[derive(Clone, Copy, Debug)]
pub(super) struct CellRange {
    pub first: CellRef,
    pub last: CellRef,
}

/// How references are written. A condition over a range is written for its first cell; what shall not move along with
/// the others is fixed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    /// `D5`
    Free,
    /// `$D$5`
    Fixed,
    /// `D$5`: one formula for several columns, written for this one.
    Column(u16),
    /// `$D5`: one formula for several rows, written for this one.
    Row(u32),
}

impl CellRef {
    fn is_left_of(self, other: Self) -> bool {
        self.sheet == other.sheet && self.row == other.row && self.col + 1 == other.col
    }
}

impl CellRange {
    fn is_above(self, run: Self) -> bool {
        self.last.sheet == run.first.sheet
            && self.last.row + 1 == run.first.row
            && (self.first.col, self.last.col) == (run.first.col, run.last.col)
    }
}

/// References joined into as few rectangles as reading order makes; one that stands twice stays twice.
pub(super) fn joined(mut refs: Vec<CellRef>) -> Vec<CellRange> {
    refs.sort_unstable();
    let mut runs: Vec<CellRange> = Vec::new();
    for cell_ref in refs {
        match runs.last_mut() {
            Some(run) if run.last.is_left_of(cell_ref) => run.last = cell_ref,
            _ => runs.push(CellRange {
                first: cell_ref,
                last: cell_ref,
            }),
        }
    }
    let mut ranges: Vec<CellRange> = Vec::new();
    for run in runs {
        match ranges.iter_mut().find(|range| range.is_above(run)) {
            Some(range) => range.last = run.last,
            None => ranges.push(run),
        }
    }
    ranges
}

/// Rectangles as the list of ranges that a rule applies to.
pub(super) fn range_list(ranges: &[CellRange]) -> String {
    let text = |range: &CellRange| {
        let corner = |cell_ref| corner(cell_ref, Anchor::Free);
        if range.first == range.last {
            corner(range.first)
        } else {
            format!("{}:{}", corner(range.first), corner(range.last))
        }
    };
    ranges.iter().map(text).collect::<Vec<_>>().join(" ")
}

/// A reference to one cell.
pub(super) fn corner(cell_ref: CellRef, anchor: Anchor) -> String {
    let (col, row) = (column_number_to_name, cell_ref.row + 1);
    match anchor {
        Anchor::Free => format!("{}{row}", col(cell_ref.col)),
        Anchor::Fixed => format!("${}${row}", col(cell_ref.col)),
        Anchor::Column(column) => format!("{}${row}", col(column)),
        Anchor::Row(row) => format!("${}{}", col(cell_ref.col), row + 1),
    }
}

impl Anchor {
    /// Of two like conditions the one that stands first.
    pub fn leading(self, other: Self) -> Self {
        match (self, other) {
            (Self::Column(a), Self::Column(b)) => Self::Column(a.min(b)),
            (Self::Row(a), Self::Row(b)) => Self::Row(a.min(b)),
            (anchor, _) => anchor,
        }
    }
}

/// How far a condition over these cells can be moved.
pub(super) fn anchor(counted: &[CellRef]) -> Anchor {
    let Some(&first) = counted.first() else {
        return Anchor::Fixed;
    };
    let same = |same: &dyn Fn(&CellRef) -> bool| counted.iter().all(same);
    if !same(&|cell_ref| cell_ref.sheet == first.sheet) {
        Anchor::Fixed
    } else if same(&|cell_ref| cell_ref.col == first.col) {
        Anchor::Column(first.col)
    } else if same(&|cell_ref| cell_ref.row == first.row) {
        Anchor::Row(first.row)
    } else {
        Anchor::Fixed
    }
}

/// The first and the last cell of the rectangle around them all.
pub(super) fn corners(ranges: &[CellRange]) -> Option<(CellRef, CellRef)> {
    let first = ranges.first()?.first;
    let around = |(from, to): (CellRef, CellRef), range: &CellRange| {
        let from = CellRef {
            row: from.row.min(range.first.row),
            col: from.col.min(range.first.col),
            ..from
        };
        let to = CellRef {
            row: to.row.max(range.last.row),
            col: to.col.max(range.last.col),
            ..to
        };
        (from, to)
    };
    Some(ranges.iter().fold((first, first), around))
}
