//! The numbers of a text one by one, for who shows them or takes them as witnesses.

use super::held::{Held, Number};
use super::verdict::{Meaning, Verdict};
use super::written::Written;
use crate::check::evaluation::Evaluation;
use crate::check::readings::{LineRead, Readings};
use crate::form::{Sum, TextIx};
use crate::prose::grammar::{Unit, Way};
use crate::prose::number_around;
use crate::report::Report;
use crate::value::Value;
use rust_decimal::Decimal;
use std::ops::Range;

/// A number of a text that is one of the tables, or could be.
#[derive(Clone, Debug, PartialEq)]
pub struct Recognised {
    /// The number with its unit, or the words that say that there is none, in bytes.
    pub at: Range<usize>,
    /// Its digits alone; none of what is said in words.
    pub digits: Option<Range<usize>>,
    /// How it is written.
    pub written: Written,
    /// What it is beside the tables.
    pub verdict: Verdict,
    /// What it can mean, the usual meaning first; of a linked number that alone which it is linked to.
    pub meanings: Vec<Meaning>,
    /// Whether it is a share of the number before it, whose meanings these are, or of what these come to.
    pub is_share: bool,
    /// Whether it is linked.
    pub is_linked: bool,
}

impl Recognised {
    pub(super) fn new(
        held: &Held<'_>,
        line: &LineRead,
        number: &Number<'_>,
        verdict: Verdict,
    ) -> Self {
        let statement = number.statement;
        let is_share = statement.is_some() && number.written.unit == Unit::Percent;
        let said = number.written.way != Way::None;
        let start = number.at.start - line.start;
        let first = line.text[start..].chars().next().map_or(0, char::len_utf8);
        let digits = said.then(|| number_around(&line.text, start..start + first));
        Self {
            at: number.at.clone(),
            digits: digits
                .flatten()
                .map(|at| line.start + at.start..line.start + at.end),
            written: number.written,
            verdict,
            meanings: held.meanings(line, number),
            is_share,
            is_linked: number.link.is_some(),
        }
    }

    /// Whether it says just what a meaning of it comes to.
    pub fn says(&self, meaning: &Meaning) -> bool {
        self.written.says(meaning.value, meaning.yuan)
    }

    /// Its digits in its text once it is the number of a meaning of it, written as it is written; none where it is not
    /// written in digits, or only roughly.
    pub fn digits_for(&self, text: &str, meaning: &Meaning) -> Option<String> {
        let digits = text.get(self.digits.clone()?).filter(|_| !self.is_share)?;
        self.written.digits_for(digits, meaning.value, meaning.yuan)
    }
}

/// The numbers of a text that are of the tables, in order.
pub fn recognised(
    report: &Report,
    readings: &Readings,
    evaluation: &Evaluation,
    text: TextIx,
) -> Vec<Recognised> {
    let Some(narrative) = &report.form().narrative else {
        return Vec::new();
    };
    let held = Held::new(report, narrative, evaluation, text);
    let mut all = Vec::new();
    for line in readings.lines(text) {
        for number in held.numbers(line) {
            if let Some(verdict) = held.verdict(line, &number) {
                all.push(Recognised::new(&held, line, &number, verdict));
            }
        }
    }
    all
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

/// What the texts say of cells, firmly and exactly; blanks and slips in the tables change nothing of it. A number that is
/// linked came from the table and says nothing by itself, nor does one that is none of the tables'.
pub fn stated(report: &Report, readings: &Readings) -> Vec<Stated> {
    let Some(narrative) = &report.form().narrative else {
        return Vec::new();
    };
    let evaluation = Evaluation::default();
    let mut all = Vec::new();
    for &text in &narrative.texts {
        let held = Held::new(report, narrative, &evaluation, text);
        for line in readings.lines(text) {
            for number in held.numbers(line) {
                let firm = number.statement.filter(|statement| !statement.weak);
                let Some(reading) = firm.and_then(|statement| statement.readings.first()) else {
                    continue;
                };
                let facts = reading.iter().map(|&fact| &narrative.facts[fact]);
                let yuan = facts.clone().find_map(|fact| fact.yuan);
                if let Some(value) = number.written.in_cells(yuan) {
                    all.push(Stated {
                        text,
                        at: number.at,
                        sum: Sum::joined(facts.map(|fact| &fact.sum)),
                        value,
                        only: firm.is_some_and(|statement| statement.readings.len() == 1),
                    });
                }
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
