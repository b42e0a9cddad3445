//! What speaks about the numbers besides the relations between them.
//!
//! Without a witness nobody is sure which number is wrong. A witness has its number from elsewhere than the cells that it
//! speaks for: a total that the program added up is none, nor a number that was put into a text from the table.

use crate::check::evaluation::Evaluation;
use crate::check::narrative::stated;
use crate::check::readings::Readings;
use crate::form::{CellIx, Sum};
use crate::report::Report;
use crate::value::Value;
use rust_decimal::prelude::ToPrimitive as _;

/// What is known besides the report itself.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// Numbers that something outside the tables states by itself.
    pub statements: Vec<Statement>,
    /// Cells that were typed in by hand, the latest first. It orders candidates and makes none sure.
    pub typed: Vec<CellIx>,
}

impl Evidence {
    /// What the texts of a report state by themselves, in words that can mean nothing else.
    pub fn of_texts(report: &Report, readings: &Readings) -> Self {
        let stated = stated(report, readings).into_iter();
        let statements = stated.filter(|one| one.only).map(|one| Statement {
            value: match one.value.to_i64().filter(|_| one.value.is_integer()) {
                Some(n) => Value::Count(n),
                None => Value::Amount(one.value),
            },
            of: one.sum,
        });
        Self {
            statements: statements.collect(),
            typed: Vec::new(),
        }
    }
}

/// Something states what cells come to.
#[derive(Clone, Debug)]
pub struct Statement {
    /// The cells, added up.
    pub of: Sum,
    /// What they come to.
    pub value: Value,
}

/// Who bears out that just these numbers are wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Witness {
    /// Totals that a document prints.
    Printed,
    /// What last year's report carries over.
    LastYear,
    /// A number that a text states by itself.
    Text,
}

impl Witness {
    /// What is told: `原件印的总计`.
    pub fn words(self) -> &'static str {
        match self {
            Self::Printed => "原件印的总计",
            Self::LastYear => "上年的结转数",
            Self::Text => "正文写的数",
        }
    }
}

/// All that is stated about a report's numbers, with who states it.
pub(super) fn statements(
    report: &Report,
    evaluation: &Evaluation,
    evidence: &Evidence,
) -> Vec<(Statement, Witness)> {
    let form = report.form();
    let is_known = |sum: &Sum| evaluation.effective.add(sum).complete;
    let mut all = Vec::new();
    if let Some(last) = report.last_year() {
        // What a new year begins with is what must carry over; other relations to last year are customary. A total of
        // what carries over says nothing of its own.
        let carries = form.across.iter().filter(|across| {
            let cell = across.fills.filter(|&cell| !form.cell(cell).computed);
            cell.is_some() && is_known(&across.left)
        });
        all.extend(carries.filter_map(|across| {
            let value = last.figures.last_sum(&across.last)?;
            let of = across.left.clone();
            (!value.is_blank()).then_some((Statement { of, value }, Witness::LastYear))
        }));
    }
    let told = evidence.statements.iter();
    all.extend(
        told.filter(|told| is_known(&told.of) && !told.value.is_blank())
            .map(|told| (told.clone(), Witness::Text)),
    );
    all
}
