//! What a cell holds: nothing yet, a count, or an exact decimal amount.
//!
//! The only place that knows how numbers are written. [`parse()`] reads what people type, [`Value`]'s `Display` prints
//! it back, and the two are inverse. Blank is not 0: a blank cell prints as nothing and never takes part in a sum.

mod parse;

pub use parse::{InputError, parse};

use rust_decimal::Decimal;
use std::fmt;

/// The largest count and the largest amount that a cell takes. A report of the whole country stays far below it, and
/// sums of a whole table stay inside 64 bits.
pub const LIMIT: i64 = 999_999_999_999;
/// The most decimal places that an amount keeps (0.0001 万元 is 1 元).
pub const MAX_SCALE: u32 = 10;

/// The content of one cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Value {
    /// Nothing filled in.
    #[default]
    Blank,
    /// A whole number of 件 or 项; negative only where the form has signed counts, elsewhere a finding.
    Count(i64),
    /// An exact decimal, with as many places as were written (`12.50` stays `12.50`).
    Amount(Decimal),
}

/// What a cell may hold, as the form says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
pub enum Kind {
    /// A whole number that should not be negative.
    Count,
    /// A whole number with a sign (本年增/减), printed `+1`, `-3` or `0`.
    Signed,
    /// An exact decimal (金额).
    Amount,
}

impl Value {
    /// A count inside [`LIMIT`], or `None`.
    pub fn count(n: i64) -> Option<Self> {
        (-LIMIT..=LIMIT).contains(&n).then_some(Self::Count(n))
    }

    /// An amount inside [`LIMIT`] with at most [`MAX_SCALE`] places, or `None`.
    pub fn amount(d: Decimal) -> Option<Self> {
        (d.abs() <= Decimal::from(LIMIT) && d.scale() <= MAX_SCALE).then_some(Self::Amount(d))
    }

    /// Whether nothing is filled in.
    pub fn is_blank(self) -> bool {
        self == Self::Blank
    }

    /// The number, or `None` for a blank.
    pub fn decimal(self) -> Option<Decimal> {
        match self {
            Self::Blank => None,
            Self::Count(n) => Some(Decimal::from(n)),
            Self::Amount(d) => Some(d),
        }
    }

    /// Whether both are blank, or both are the same number (`12.5` and `12.50` are).
    pub fn same_number(self, other: Self) -> bool {
        self.decimal() == other.decimal()
    }

    /// Both added; blank if one of them is.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        match (self, other) {
            (Self::Blank, _) | (_, Self::Blank) => Self::Blank,
            (Self::Count(a), Self::Count(b)) => Self::Count(a.saturating_add(b)),
            (Self::Count(n), Self::Amount(d)) | (Self::Amount(d), Self::Count(n)) => {
                Self::Amount(d.saturating_add(Decimal::from(n)))
            }
            (Self::Amount(a), Self::Amount(b)) => Self::Amount(a.saturating_add(b)),
        }
    }

    /// The number with the other sign.
    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Self::Blank => Self::Blank,
            Self::Count(n) => Self::Count(n.saturating_neg()),
            Self::Amount(d) => Self::Amount(-d),
        }
    }

    /// The value as the official table prints it: signed counts with their sign, everything else plain.
    pub fn printed(self, kind: Kind) -> String {
        match (self, kind) {
            (Self::Count(n), Kind::Signed) if n > 0 => format!("+{n}"),
            _ => self.to_string(),
        }
    }
}

/// Digits without separators; a blank is the empty text.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Blank => Ok(()),
            Self::Count(n) => write!(f, "{n}"),
            Self::Amount(d) => write!(f, "{d}"),
        }
    }
}
