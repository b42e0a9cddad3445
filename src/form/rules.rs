//! What a form demands of a report: relations between its cells (勾稽关系), demands on single cells, words and numbers
//! that a text must have, each with the rule that it comes from.

use super::index::{AdditionIx, CellIx, TextIx};
use crate::value::Value;

/// How much a finding matters.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize, serde::Serialize,
)]
#[serde(rename_all(serialize = "lowercase"))]
pub enum Level {
    /// 必改: must be corrected.
    Error,
    /// 需说明: may stand with a reason.
    Query,
    /// 提示: worth a look.
    Hint,
}

/// What a rule says, whatever it checks.
#[derive(Debug)]
pub struct Rule {
    /// The id that `check --json` prints, e.g. `T3-COL-IDENTITY`.
    pub id: String,
    /// How much it matters.
    pub level: Level,
    /// The official or customary wording.
    pub wording: String,
    /// Where it comes from.
    pub source: String,
}

/// How the two sides of a relation compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
pub enum Comparison {
    /// Both sides are equal.
    Equal,
    /// The left side is not above the right one.
    AtMost,
    /// The left side is not below the right one.
    AtLeast,
}

impl Comparison {
    /// Whether two numbers compare so.
    pub fn holds(self, left: Value, right: Value) -> bool {
        let (left, right) = (left.decimal(), right.decimal());
        match self {
            Self::Equal => left == right,
            Self::AtMost => left <= right,
            Self::AtLeast => left >= right,
        }
    }

    /// The sign between two sides that are to compare so.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::AtMost => "≤",
            Self::AtLeast => "≥",
        }
    }

    /// The sign between two sides that do not.
    pub fn broken_sign(self) -> &'static str {
        match self {
            Self::Equal => "≠",
            Self::AtMost => ">",
            Self::AtLeast => "<",
        }
    }
}

/// A sum of cells and a constant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// Cells added.
    pub plus: Vec<CellIx>,
    /// Cells subtracted.
    pub minus: Vec<CellIx>,
    /// A whole number added.
    pub constant: i64,
}

impl Sum {
    /// Every cell in it.
    pub fn cells(&self) -> impl Iterator<Item = CellIx> + '_ {
        self.plus.iter().chain(&self.minus).copied()
    }

    /// Several sums added up.
    pub fn joined<'a>(sums: impl IntoIterator<Item = &'a Self>) -> Self {
        let mut all = Self::default();
        for sum in sums {
            all.plus.extend(&sum.plus);
            all.minus.extend(&sum.minus);
            all.constant = all.constant.saturating_add(sum.constant);
        }
        all
    }

    /// The one cell that it is.
    pub fn only(&self) -> Option<CellIx> {
        match (&self.plus[..], &self.minus[..], self.constant) {
            (&[cell], [], 0) => Some(cell),
            _ => None,
        }
    }
}

/// An equation or inequality between cells (勾稽关系).
#[derive(Debug)]
pub struct Relation {
    /// Its rule in [`super::Form::rules`].
    pub rule: usize,
    /// The left side.
    pub left: Sum,
    /// How they compare.
    pub is: Comparison,
    /// The right side.
    pub right: Sum,
    /// The left side in the form's words, e.g. `一+二`.
    pub left_words: String,
    /// The right side in the form's words.
    pub right_words: String,
    /// What is said where it does not hold, e.g. `县级机关没有规章，应为 0`; else both sides are named.
    pub broken_words: Option<String>,
    /// What it is about, e.g. `表三 · 自然人`.
    pub subject: String,
    /// Every cell in it, left side first.
    pub cells: Vec<CellIx>,
    /// Holds only for organs with such names.
    pub organs: Organs,
    /// The computed cell that it defines: unless a stated total stands there, it holds by itself.
    pub defines: Option<CellIx>,
    /// The local addition it needs.
    pub addition: Option<AdditionIx>,
}

/// Organs by their name.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Organs {
    /// The name contains one of these; every name does if there are none.
    pub like: Vec<String>,
    /// And none of these.
    pub unlike: Vec<String>,
}

impl Organs {
    /// Whether an organ of this name is meant.
    pub fn contain(&self, organ: &str) -> bool {
        (self.like.is_empty() || self.like.iter().any(|part| organ.contains(part.as_str())))
            && !self.unlike.iter().any(|part| organ.contains(part.as_str()))
    }
}

/// What is demanded of a single cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
pub enum Demand {
    /// Not below 0 (signed counts aside).
    NotNegative,
    /// Filled in.
    Filled,
}

/// A demand on every input cell of one table.
#[derive(Debug)]
pub struct CellRule {
    /// Its rule in [`super::Form::rules`].
    pub rule: usize,
    /// The table.
    pub table: usize,
    /// What is demanded.
    pub is: Demand,
}

/// Words that a text must contain.
#[derive(Debug)]
pub struct Requirement {
    /// Its rule in [`super::Form::rules`].
    pub rule: usize,
    /// The text.
    pub text: TextIx,
    /// One of these must stand in it.
    pub any_of: Vec<String>,
    /// Only when this sum is above 0.
    pub when: Option<Sum>,
}
