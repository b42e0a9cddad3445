//! How a number of a text is written: what it says of cells, and how another number would stand in its place.

use crate::prose::grammar::{Figure, Sign, Unit, Way};
use crate::prose::{Numeral, written_like};
use crate::value::Value;
use rust_decimal::Decimal;

/// How a number of a text is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Written {
    /// The number.
    pub numeral: Numeral,
    /// Its unit.
    pub unit: Unit,
    /// How it is said.
    pub way: Way,
    /// Whether it says itself that it is rough.
    pub rough: bool,
}

/// The part of a number by which a rough one may differ.
const ROUGH: i64 = 10;

impl Written {
    /// How a figure is written.
    pub fn of(figure: &Figure) -> Self {
        Self {
            numeral: figure.numeral,
            unit: figure.unit,
            way: figure.way,
            rough: figure.numeral.rough || figure.signs.has(Sign::Rough),
        }
    }

    /// A number that nothing is known of but its digits.
    pub fn bare(numeral: Numeral) -> Self {
        Self {
            numeral,
            unit: Unit::Other,
            way: Way::Number,
            rough: numeral.rough,
        }
    }

    /// How many 元 one of what is written counts; of cases 1.
    fn counts_in(&self) -> Decimal {
        let unit = match self.unit {
            Unit::Money(yuan) => yuan,
            _ => 1,
        };
        Decimal::from(unit.saturating_mul(self.numeral.times))
    }

    /// How many of what is written a number of cells comes to; `yuan` is how many 元 the cells count in.
    fn expects(&self, value: Decimal, yuan: Option<u32>) -> Option<Decimal> {
        // An amount without a unit is meant in the cells' own.
        let yuan = yuan.filter(|_| matches!(self.unit, Unit::Money(_)));
        let in_units = value.checked_mul(Decimal::from(yuan.unwrap_or(1)))?;
        in_units.checked_div(self.counts_in())
    }

    /// Whether it says what cells come to; amounts rounded as the text rounds them.
    pub fn says(&self, value: Value, yuan: Option<u32>) -> bool {
        let numeral = &self.numeral;
        let plain = self.unit == Unit::Count && numeral.times == 1 && !self.rough;
        // Nearly every number of a text is a plain count: no division for those.
        if let (Value::Count(count), true) = (value, plain && numeral.written.scale() == 0) {
            return i128::from(count) == numeral.written.mantissa();
        }
        let Some(value) = value.decimal() else {
            return false;
        };
        if self.way == Way::None {
            return value.is_zero();
        }
        let Some(expected) = self.expects(value, yuan) else {
            return false;
        };
        if self.rough {
            let off = (expected - numeral.written).abs();
            return off.saturating_mul(ROUGH.into()) <= expected.abs();
        }
        let rounds = (yuan.is_some() || numeral.times > 1) && !expected.is_zero();
        let scale = numeral.written.scale();
        let cut = numeral.times > 1 && expected.trunc_with_scale(scale) == numeral.written;
        expected == numeral.written
            || rounds && (cut || expected.round_dp(scale) == numeral.written)
    }

    /// The digits of what cells come to in place of `digits`, written as those are. None where the number is not written in
    /// digits, or only roughly.
    pub fn digits_for(&self, digits: &str, value: Value, yuan: Option<u32>) -> Option<String> {
        if self.way != Way::Number || self.rough || self.numeral.chinese {
            return None;
        }
        let exact = self.expects(value.decimal()?, yuan)?.normalize();
        let scale = self.numeral.written.scale();
        let rounded = exact.round_dp(scale);
        // What the text rounds stays rounded, unless nothing would be left of it.
        let may_round = yuan.is_some() || self.numeral.times > 1;
        let rounds = may_round && exact.scale() > scale && scale > 0 && !rounded.is_zero();
        let number = if rounds { rounded } else { exact };
        Some(written_like(digits, number))
    }

    /// What it comes to in cells that count in `yuan`; none of a rough number, or one that such cells cannot hold.
    pub fn in_cells(&self, yuan: Option<u32>) -> Option<Decimal> {
        if self.rough || self.unit == Unit::Percent {
            return None;
        }
        let yuan = yuan.filter(|_| matches!(self.unit, Unit::Money(_)));
        let whole = self.numeral.written.checked_mul(self.counts_in())?;
        let in_cells = whole.checked_div(Decimal::from(yuan.unwrap_or(1)))?;
        Some(in_cells.normalize())
    }
}
