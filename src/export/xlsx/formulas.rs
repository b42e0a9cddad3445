//! Where each of the form's cells stands in the workbook, and sums and relations written as formulas over them.

use super::ranges::{Anchor, CellRange, CellRef, corner, joined};
use super::sheet::FIRST_ROW;
use crate::export::document::{Document, Number};
use crate::form::{CellIx, Comparison, Relation, Sum};
use crate::value::{Kind, Value};
use rust_xlsxwriter::utility::quote_sheet_name;
use std::collections::HashMap;

/// The significant digits that a spreadsheet's number surely keeps.
const EXACT_DIGITS: u32 = 15;

/// The form's cells in the workbook.
pub(super) struct CellRefs<'a> {
    pub document: &'a Document,
    pub names: &'a [String],
    at: Vec<Option<(CellRef, Number)>>,
    /// For each cell that holds a formula its relation.
    live: HashMap<CellIx, usize>,
}

impl<'a> CellRefs<'a> {
    pub fn new(document: &'a Document, names: &'a [String]) -> Self {
        let form = &document.form;
        let mut at = vec![None; form.cells.len()];
        for (sheet, table) in document.tables().enumerate() {
            for cell in &table.cells {
                if let Some(number) = cell.number {
                    let cell_ref = CellRef {
                        sheet,
                        row: FIRST_ROW + cell.row as u32,
                        col: cell.col as u16,
                    };
                    at[usize::from(number.cell.0)] = Some((cell_ref, number));
                }
            }
        }
        let mut refs = Self {
            document,
            names,
            at,
            live: HashMap::new(),
        };
        for &(cell, relation) in &form.computations {
            // A formula cannot add up what only a text can hold, nor show another total than its own.
            let adds_up = |number: &Number| number.value.same_number(number.computed);
            let addends = &form.relations[relation].right;
            if refs.number(cell).is_some_and(adds_up) && addends.cells().all(|c| refs.fits(c)) {
                refs.live.insert(cell, relation);
            }
        }
        refs
    }

    /// Where a cell stands, as formulas on other sheets say it: `'三、依申请公开'!$D$8`.
    pub fn place(&self, cell: CellIx) -> Option<String> {
        let at = self.cell_ref(cell)?;
        let sheet = quote_sheet_name(&self.names[at.sheet]);
        Some(format!("{sheet}!{}", corner(at, Anchor::Fixed)))
    }

    /// Where a cell stands, if the report has it.
    pub fn cell_ref(&self, cell: CellIx) -> Option<CellRef> {
        self.at[usize::from(cell.0)].map(|(cell_ref, _)| cell_ref)
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

    /// The formula of a computed cell: nothing while something below it is not filled in.
    pub fn formula(&self, cell: CellIx) -> Option<String> {
        let relation = &self.document.form.relations[*self.live.get(&cell)?];
        let home = self.cell_ref(cell)?.sheet;
        let addends = self.all(relation.right.cells());
        let sum = self.sum(&relation.right, home, Anchor::Free);
        let sum = match self.document.form.cell(cell).kind {
            Kind::Amount => rounded(&sum),
            _ => sum,
        };
        Some(if addends.is_empty() {
            format!("={sum}")
        } else {
            let count = addends.len();
            let addends = self.list(addends, home, Anchor::Free);
            format!("=IF(COUNT({addends})<{count},\"\",{sum})")
        })
    }

    /// A sum as other sheets write it, and the condition that all of it is filled in; a total that the report misprints is
    /// added up anew. None if the workbook holds a number of it as a text.
    pub fn complete(&self, sum: &Sum) -> Option<(String, String)> {
        let sum = self.as_added_up(sum);
        if !sum.cells().all(|cell| self.fits(cell)) {
            return None;
        }
        let cells = self.all(sum.cells());
        let elsewhere = usize::MAX;
        let count = cells.len();
        let counted = match count {
            0 => "1=1".to_owned(),
            _ => format!(
                "COUNT({})={count}",
                self.list(cells, elsewhere, Anchor::Fixed)
            ),
        };
        Some((self.sum(&sum, elsewhere, Anchor::Fixed), counted))
    }

    /// A sum with the parts of those totals in it that are printed otherwise than they add up.
    fn as_added_up(&self, sum: &Sum) -> Sum {
        let form = &self.document.form;
        let is_misprint = |cell: &CellIx| {
            let number = self.number(*cell);
            let known = |number: &&Number| !number.value.is_blank() && !number.computed.is_blank();
            (number.filter(known)).is_some_and(|number| !number.value.same_number(number.computed))
        };
        let mut whole = Sum {
            constant: sum.constant,
            ..Sum::default()
        };
        for (cells, is_added) in [(&sum.plus, true), (&sum.minus, false)] {
            for cell in cells {
                let parts = (form.computations.iter())
                    .find(|(total, _)| total == cell && is_misprint(cell))
                    .map(|(_, relation)| self.as_added_up(&form.relations[*relation].right));
                let parts = parts.unwrap_or_else(|| Sum {
                    plus: vec![*cell],
                    ..Sum::default()
                });
                let (plus, minus) = match is_added {
                    true => (parts.plus, parts.minus),
                    false => (parts.minus, parts.plus),
                };
                whole.plus.extend(plus);
                whole.minus.extend(minus);
                whole.constant += if is_added {
                    parts.constant
                } else {
                    -parts.constant
                };
            }
        }
        whole
    }

    /// All that must be filled in before a relation can be checked: its cells, and what those among them add up that
    /// hold formulas. None if the report lacks one of them.
    pub fn counted(&self, relation: &Relation) -> Option<Vec<CellRef>> {
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
        let mut refs = cells
            .into_iter()
            .map(|cell| self.cell_ref(cell))
            .collect::<Option<Vec<_>>>()?;
        refs.sort_unstable();
        refs.dedup();
        Some(refs)
    }

    /// The condition that all of a relation is filled in and yet it does not hold.
    pub fn fails(
        &self,
        relation: &Relation,
        counted: &[CellRef],
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

    fn all(&self, cells: impl Iterator<Item = CellIx>) -> Vec<CellRef> {
        cells.filter_map(|cell| self.cell_ref(cell)).collect()
    }

    /// A sum; SUM rather than +, since it passes over cells that show nothing.
    fn sum(&self, sum: &Sum, home: usize, anchor: Anchor) -> String {
        let mut text = String::new();
        for (sign, cells) in [("+", &sum.plus), ("-", &sum.minus)] {
            let refs = self.all(cells.iter().copied());
            if !refs.is_empty() {
                if sign == "-" || !text.is_empty() {
                    text.push_str(sign);
                }
                text += &format!("SUM({})", self.list(refs, home, anchor));
            }
        }
        match sum.constant {
            constant if text.is_empty() => constant.to_string(),
            0 => text,
            constant => format!("{text}{constant:+}"),
        }
    }

    /// CellRefs as the arguments of a function, neighbours joined into ranges.
    fn list(&self, refs: Vec<CellRef>, home: usize, anchor: Anchor) -> String {
        let text = |range: CellRange| {
            let (first, last) = (corner(range.first, anchor), corner(range.last, anchor));
            let sheet = if range.first.sheet == home {
                String::new()
            } else {
                format!("{}!", quote_sheet_name(&self.names[range.first.sheet]))
            };
            if range.first == range.last {
                sheet + &first
            } else {
                format!("{sheet}{first}:{last}")
            }
        };
        joined(refs)
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

/// Amounts are exact decimals; in a spreadsheet they are only nearly so.
fn rounded(sum: &str) -> String {
    format!("ROUND({sum},{})", crate::value::MAX_SCALE)
}
