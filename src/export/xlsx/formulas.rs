//! Where each of the form's cells stands in the workbook, and sums and relations written as formulas over them.

use super::FIRST_ROW;
use crate::export::document::{Document, Number};
use crate::form::{CellIx, Comparison, Relation, Sum};
use crate::value::{Kind, Value};
use rust_xlsxwriter::utility::{column_number_to_name, quote_sheet_name};
use std::collections::HashMap;

/// The significant digits that a spreadsheet's number surely keeps.
const EXACT_DIGITS: u32 = 15;

/// A cell of the workbook. The order is that of reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// The table's index in the document.
    pub sheet: usize,
    pub row: u32,
    pub col: u16,
}

/// A rectangle of cells.
#[derive(Clone, Copy, Debug)]
pub(super) struct Area {
    pub first: Place,
    pub last: Place,
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

/// The form's cells in the workbook.
pub(super) struct Places<'a> {
    pub document: &'a Document,
    pub names: &'a [String],
    at: Vec<Option<(Place, Number)>>,
    /// For each cell that holds a formula its relation.
    live: HashMap<CellIx, usize>,
}

impl<'a> Places<'a> {
    pub fn new(document: &'a Document, names: &'a [String]) -> Self {
        let form = &document.form;
        let mut at = vec![None; form.cells.len()];
        for (sheet, table) in document.tables().enumerate() {
            for cell in &table.cells {
                if let Some(number) = cell.number {
                    let place = Place {
                        sheet,
                        row: FIRST_ROW + cell.row as u32,
                        col: cell.col as u16,
                    };
                    at[usize::from(number.cell.0)] = Some((place, number));
                }
            }
        }
        let mut places = Self {
            document,
            names,
            at,
            live: HashMap::new(),
        };
        for &(cell, relation) in &form.computations {
            // A formula cannot add up what only a text can hold, nor show another total than its own.
            let adds_up = |number: &Number| number.value.same_number(number.computed);
            let addends = &form.relations[relation].right;
            if places.number(cell).is_some_and(adds_up) && addends.cells().all(|c| places.fits(c)) {
                places.live.insert(cell, relation);
            }
        }
        places
    }

    /// Where a cell stands, if the report has it.
    pub fn place(&self, cell: CellIx) -> Option<Place> {
        self.at[usize::from(cell.0)].map(|(place, _)| place)
    }

    /// Whether a cell holds a formula.
    pub fn is_live(&self, cell: CellIx) -> bool {
        self.live.contains_key(&cell)
    }

    fn number(&self, cell: CellIx) -> Option<&Number> {
        self.at[usize::from(cell.0)]
            .as_ref()
            .map(|(_, number)| number)
    }

    fn fits(&self, cell: CellIx) -> bool {
        let fits = |number: &Number| number.value.is_blank() || double(number.value).is_some();
        self.number(cell).is_none_or(fits)
    }

    /// The formula of a computed cell: nothing while nothing is filled in below it.
    pub fn formula(&self, cell: CellIx) -> Option<String> {
        let relation = &self.document.form.relations[*self.live.get(&cell)?];
        let home = self.place(cell)?.sheet;
        let addends = self.places(relation.right.cells());
        let sum = self.sum(&relation.right, home, Anchor::Free);
        let sum = match self.document.form.cell(cell).kind {
            Kind::Amount => rounded(&sum),
            _ => sum,
        };
        Some(if addends.is_empty() {
            format!("={sum}")
        } else {
            let addends = self.list(addends, home, Anchor::Free);
            format!("=IF(COUNT({addends})=0,\"\",{sum})")
        })
    }

    /// All that must be filled in before a relation can be checked: its cells, and what those among them add up that
    /// hold formulas. None if the report lacks one of them.
    pub fn counted(&self, relation: &Relation) -> Option<Vec<Place>> {
        let mut cells = relation.cells.clone();
        let mut next = 0;
        while let Some(&cell) = cells.get(next) {
            if let Some(&relation) = self.live.get(&cell) {
                for addend in self.document.form.relations[relation].right.cells() {
                    if !cells.contains(&addend) {
                        cells.push(addend);
                    }
                }
            }
            next += 1;
        }
        let mut places = cells
            .into_iter()
            .map(|cell| self.place(cell))
            .collect::<Option<Vec<_>>>()?;
        places.sort_unstable();
        places.dedup();
        Some(places)
    }

    /// The condition that all of a relation is filled in and yet it does not hold.
    pub fn fails(
        &self,
        relation: &Relation,
        counted: &[Place],
        home: usize,
        anchor: Anchor,
    ) -> String {
        let side = |sum: &Sum| self.sum(sum, home, anchor);
        let (mut left, mut right) = (side(&relation.left), side(&relation.right));
        let form = &self.document.form;
        let has_amounts = |&cell: &CellIx| form.cell(cell).kind == Kind::Amount;
        if relation.cells.iter().any(has_amounts) {
            (left, right) = (rounded(&left), rounded(&right));
        }
        let differ = match relation.is {
            Comparison::Equal => "<>",
            Comparison::AtMost => ">",
            Comparison::AtLeast => "<",
        };
        let count = counted.len();
        let counted = self.list(counted.to_vec(), home, anchor);
        format!("=AND(COUNT({counted})={count},{left}{differ}{right})")
    }

    fn places(&self, cells: impl Iterator<Item = CellIx>) -> Vec<Place> {
        cells.filter_map(|cell| self.place(cell)).collect()
    }

    /// A sum; SUM rather than +, since it passes over cells that show nothing.
    fn sum(&self, sum: &Sum, home: usize, anchor: Anchor) -> String {
        let mut text = String::new();
        for (sign, cells) in [("+", &sum.plus), ("-", &sum.minus)] {
            let places = self.places(cells.iter().copied());
            if !places.is_empty() {
                if sign == "-" || !text.is_empty() {
                    text.push_str(sign);
                }
                text += &format!("SUM({})", self.list(places, home, anchor));
            }
        }
        match sum.constant {
            constant if text.is_empty() => constant.to_string(),
            0 => text,
            constant => format!("{text}{constant:+}"),
        }
    }

    /// Places as the arguments of a function, neighbours joined into ranges.
    fn list(&self, places: Vec<Place>, home: usize, anchor: Anchor) -> String {
        let text = |area: Area| {
            let (first, last) = (corner(area.first, anchor), corner(area.last, anchor));
            let sheet = if area.first.sheet == home {
                String::new()
            } else {
                format!("{}!", quote_sheet_name(&self.names[area.first.sheet]))
            };
            if area.first == area.last {
                sheet + &first
            } else {
                format!("{sheet}{first}:{last}")
            }
        };
        areas(places)
            .into_iter()
            .map(text)
            .collect::<Vec<_>>()
            .join(",")
    }
}

/// The number as a spreadsheet holds it, if that keeps all its digits; none for a blank.
pub(super) fn double(value: Value) -> Option<f64> {
    let number = value.decimal()?.normalize();
    let digits = number
        .mantissa()
        .unsigned_abs()
        .checked_ilog10()
        .map_or(1, |power| power + 1);
    (digits <= EXACT_DIGITS)
        .then(|| number.to_string().parse().ok())
        .flatten()
}

/// Places joined into as few rectangles as reading order makes; a place that stands twice stays twice.
pub(super) fn areas(mut places: Vec<Place>) -> Vec<Area> {
    places.sort_unstable();
    let mut runs: Vec<Area> = Vec::new();
    for place in places {
        match runs.last_mut() {
            Some(run) if run.last.is_left_of(place) => run.last = place,
            _ => runs.push(Area {
                first: place,
                last: place,
            }),
        }
    }
    let mut areas: Vec<Area> = Vec::new();
    for run in runs {
        match areas.iter_mut().find(|area| area.is_above(run)) {
            Some(area) => area.last = run.last,
            None => areas.push(run),
        }
    }
    areas
}

/// Areas as the list of ranges that a rule applies to.
pub(super) fn ranges(areas: &[Area]) -> String {
    let text = |area: &Area| {
        let corner = |place| corner(place, Anchor::Free);
        if area.first == area.last {
            corner(area.first)
        } else {
            format!("{}:{}", corner(area.first), corner(area.last))
        }
    };
    areas.iter().map(text).collect::<Vec<_>>().join(" ")
}

impl Place {
    fn is_left_of(self, other: Self) -> bool {
        self.sheet == other.sheet && self.row == other.row && self.col + 1 == other.col
    }
}

impl Area {
    fn is_above(self, run: Self) -> bool {
        self.last.sheet == run.first.sheet
            && self.last.row + 1 == run.first.row
            && (self.first.col, self.last.col) == (run.first.col, run.last.col)
    }
}

fn corner(place: Place, anchor: Anchor) -> String {
    let (col, row) = (column_number_to_name, place.row + 1);
    match anchor {
        Anchor::Free => format!("{}{row}", col(place.col)),
        Anchor::Fixed => format!("${}${row}", col(place.col)),
        Anchor::Column(column) => format!("{}${row}", col(column)),
        Anchor::Row(row) => format!("${}{}", col(place.col), row + 1),
    }
}

/// Amounts are exact decimals; in a spreadsheet they are only nearly so.
fn rounded(sum: &str) -> String {
    format!("ROUND({sum},{})", crate::value::MAX_SCALE)
}
