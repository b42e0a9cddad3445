//! The numbers of a report laid out for adding up: one pass over plain integers per sum.

use crate::form::{CellIx, Sum};
use crate::value::Value;
use rust_decimal::Decimal;

/// Something stands in the cell.
const FILLED: u8 = 1;
/// Not all that belongs to the cell is there: it is blank, or something that it adds up is.
const LACKING: u8 = 2;
/// The number is an amount, kept apart.
const AMOUNT: u8 = 4;

/// For each cell of the form what it holds.
#[derive(Clone, Debug, Default)]
pub(super) struct Lane {
    counts: Vec<i64>,
    flags: Vec<u8>,
    /// The few amounts of a report.
    amounts: Vec<(CellIx, Decimal)>,
}

/// What a sum comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Total {
    /// Blank if everything in it is.
    pub value: Value,
    /// Whether nothing in it is lacking.
    pub complete: bool,
}

impl Total {
    /// The number, if nothing of it is lacking.
    pub(super) fn known(self) -> Value {
        match self.complete {
            true => self.value,
            false => Value::Blank,
        }
    }
}

impl Lane {
    /// What is filled in, cell by cell.
    pub(super) fn of(values: &[Value]) -> Self {
        let mut lane = Self {
            counts: vec![0; values.len()],
            flags: vec![LACKING; values.len()],
            amounts: Vec::new(),
        };
        for (at, &value) in values.iter().enumerate() {
            match value {
                Value::Blank => {}
                Value::Count(n) => (lane.counts[at], lane.flags[at]) = (n, FILLED),
                Value::Amount(d) => {
                    lane.flags[at] = FILLED | AMOUNT;
                    lane.amounts.push((CellIx(at as u16), d));
                }
            }
        }
        lane
    }

    /// Puts a total into its cell.
    pub(super) fn set(&mut self, cell: CellIx, total: Total) {
        let at = usize::from(cell.0);
        let lacking = if total.complete { 0 } else { LACKING };
        self.amounts.retain(|&(other, _)| other != cell);
        (self.counts[at], self.flags[at]) = match total.value {
            Value::Blank => (0, LACKING),
            Value::Count(n) => (n, FILLED | lacking),
            Value::Amount(d) => {
                self.amounts.push((cell, d));
                (0, FILLED | AMOUNT | lacking)
            }
        };
    }

    /// What a cell holds.
    pub(super) fn get(&self, cell: CellIx) -> Total {
        let at = usize::from(cell.0);
        let Some(&flags) = self.flags.get(at) else {
            return Total::default();
        };
        let value = match flags & (FILLED | AMOUNT) {
            FILLED => Value::Count(self.counts[at]),
            0 => Value::Blank,
            _ => Value::Amount(self.amount(cell)),
        };
        Total {
            value,
            complete: flags & LACKING == 0,
        }
    }

    fn amount(&self, cell: CellIx) -> Decimal {
        self.amounts
            .iter()
            .find(|&&(other, _)| other == cell)
            .map_or(Decimal::ZERO, |&(_, amount)| amount)
    }

    /// Whether a cell is blank.
    pub(super) fn is_blank(&self, cell: CellIx) -> bool {
        self.flags[usize::from(cell.0)] & FILLED == 0
    }

    /// Whether the number in a cell is below 0.
    pub(super) fn is_negative(&self, cell: CellIx) -> bool {
        let at = usize::from(cell.0);
        let amount = || self.amount(cell);
        self.counts[at] < 0
            || (self.flags[at] & AMOUNT != 0 && amount().is_sign_negative() && !amount().is_zero())
    }

    /// Adds up. Counts stay in 64 bits ([`crate::value::LIMIT`] keeps them far from the edge); an amount turns the sum
    /// into an exact decimal.
    pub(super) fn add(&self, sum: &Sum) -> Total {
        let mut count = sum.constant;
        let mut flags = 0;
        for cell in &sum.plus {
            count = count.saturating_add(self.counts[usize::from(cell.0)]);
            flags |= self.flags[usize::from(cell.0)];
        }
        for cell in &sum.minus {
            count = count.saturating_sub(self.counts[usize::from(cell.0)]);
            flags |= self.flags[usize::from(cell.0)];
        }
        let only_constant = sum.plus.is_empty() && sum.minus.is_empty();
        let value = if flags & AMOUNT != 0 {
            let amounts = |cells: &[CellIx]| {
                cells
                    .iter()
                    .map(|&cell| self.amount(cell))
                    .fold(Decimal::ZERO, Decimal::saturating_add)
            };
            Value::Amount(
                Decimal::from(count)
                    .saturating_add(amounts(&sum.plus))
                    .saturating_sub(amounts(&sum.minus)),
            )
        } else if flags & FILLED != 0 || only_constant {
            Value::Count(count)
        } else {
            Value::Blank
        };
        Total {
            value,
            complete: flags & LACKING == 0,
        }
    }
}
