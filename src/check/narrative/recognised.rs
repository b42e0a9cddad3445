//! The numbers of a text one by one, for who shows them or takes them as witnesses.

use super::verdict::{Meaning, Verdict, meanings, verdict};
use crate::check::evaluation::Evaluation;
use crate::check::readings::Readings;
use crate::form::{Sum, TextIx};
use crate::prose::grammar::{Unit, Way};
use crate::report::Report;
use crate::value::Value;
use rust_decimal::Decimal;
use std::ops::Range;

/// A number of a text that is one of the tables, or could be.
#[derive(Clone, Debug, PartialEq)]
pub struct Recognised {
    /// The number with its unit, or the words that say that there is none, in bytes.
    pub at: Range<usize>,
    /// What it comes to: cases, 元, hundredths.
    pub value: Decimal,
    /// What it is beside the tables.
    pub verdict: Verdict,
    /// What it can mean, the usual meaning first.
    pub meanings: Vec<Meaning>,
    /// Whether it is a share of the number before it, whose meanings these are.
    pub is_share: bool,
}

/// The numbers of a text that are of the tables, in order.
pub fn recognised(
    report: &Report,
    readings: &Readings,
    evaluation: &Evaluation,
    text: TextIx,
) -> Vec<Recognised> {
    let form = report.form();
    let Some(narrative) = &form.narrative else {
        return Vec::new();
    };
    let lines = readings.lines(text).iter();
    let all = lines.flat_map(|line| {
        line.statements.iter().filter_map(move |statement| {
            let figures = &line.figures.figures;
            let verdict = verdict(statement, figures, &line.statements, narrative, evaluation)?;
            let figure = &figures[statement.figure];
            Some(Recognised {
                at: line.start + statement.at.start..line.start + statement.at.end,
                value: figure.value(),
                verdict,
                meanings: meanings(statement, &line.statements, narrative, evaluation),
                is_share: statement.of.is_some(),
            })
        })
    });
    all.collect()
}

/// What a text says by itself, whatever stands in the tables: these cells together are this number.
#[derive(Clone, Debug, PartialEq)]
pub struct Stated {
    /// The text.
    pub text: TextIx,
    /// Where, in bytes.
    pub at: Range<usize>,
    /// The cells.
    pub sum: Sum,
    /// What they should come to, in the cells' unit.
    pub value: Decimal,
    /// Whether the words can mean nothing else; if not, this is their usual meaning.
    pub only: bool,
}

/// What the texts say of cells, firmly and exactly; blanks and slips in the tables change nothing of it.
pub fn stated(report: &Report, readings: &Readings) -> Vec<Stated> {
    let form = report.form();
    let Some(narrative) = &form.narrative else {
        return Vec::new();
    };
    let mut all = Vec::new();
    for &text in &narrative.texts {
        for line in readings.lines(text) {
            for statement in line.statements.iter().filter(|statement| !statement.weak) {
                let figure = &line.figures.figures[statement.figure];
                let Some(reading) = statement.readings.first() else {
                    continue;
                };
                if figure.numeral.rough || matches!(figure.way, Way::Share(_)) {
                    continue;
                }
                let facts = reading.iter().map(|&fact| &narrative.facts[fact]);
                let mut sum = Sum::default();
                let mut yuan = None;
                for fact in facts {
                    sum.plus.extend(&fact.sum.plus);
                    sum.minus.extend(&fact.sum.minus);
                    sum.constant += fact.sum.constant;
                    yuan = yuan.or(fact.yuan);
                }
                let in_cells = match (figure.unit, yuan) {
                    (Unit::Money(_), Some(yuan)) => figure.value().checked_div(yuan.into()),
                    _ => Some(figure.value()),
                };
                let Some(value) = in_cells else { continue };
                all.push(Stated {
                    text,
                    at: line.start + statement.at.start..line.start + statement.at.end,
                    sum,
                    value,
                    only: statement.readings.len() == 1,
                });
            }
        }
    }
    all
}

impl Stated {
    /// Whether a value of the cells together is what the text says.
    pub fn holds_for(&self, value: Value) -> bool {
        value.decimal() == Some(self.value)
    }
}
