//! The numbers of last year's text: those that agreed with last year's tables are this year's of the same cells.

use super::statement::Statement;
use super::verdict::{total, yuan};
use super::written::Written;
use crate::check::evaluation::Evaluation;
use crate::check::lane::Lane;
use crate::check::readings::Readings;
use crate::form::{CellIx, Form, Narrative, Sum, TextIx};
use crate::prose::grammar::{Figure, Unit, Way};
use crate::report::{Edit, Figures, Report};
use crate::value::Value;
use rust_decimal::Decimal;
use std::ops::Range;

/// A number of last year's text.
#[derive(Clone, Debug, PartialEq)]
pub struct LastNumber {
    /// The number with its unit, or the words that say that there is none, in bytes of last year's text.
    pub at: Range<usize>,
    /// Where its unit begins.
    pub unit_at: usize,
    /// What it is this year.
    pub now: Now,
}

/// What a number of last year's text is this year.
#[derive(Clone, Debug, PartialEq)]
pub enum Now {
    /// The number of these cells.
    Number {
        /// In the unit in which it was written.
        value: Decimal,
        /// The cells.
        of: Sum,
        /// Whether it can mean nothing else: nothing that was the same last year and now is not.
        sure: bool,
    },
    /// There was none and there is none.
    None,
    /// It counts nothing that changes from year to year, e.g. `一件事`.
    Same,
    /// Nobody knows: it was no number of the tables, could have been several, or what it was of is blank.
    Unknown,
}

/// The numbers of last year's text, in order, and what each is this year.
pub fn last_numbers(report: &Report, evaluation: &Evaluation, text: TextIx) -> Vec<LastNumber> {
    let Some(prior) = report.last_year() else {
        return Vec::new();
    };
    let last = Last::of(&prior.figures, report, evaluation);
    let id = &report.form().text(text).id;
    let Some(text) = last.form.find_text(id) else {
        return Vec::new();
    };
    last.numbers(text)
}

/// Last year's report, as far as it is read, beside this year's.
struct Last<'a> {
    form: &'a Form,
    figures: &'a Figures,
    numbers: Evaluation,
    report: &'a Report,
    evaluation: &'a Evaluation,
}

impl<'a> Last<'a> {
    fn of(figures: &'a Figures, report: &'a Report, evaluation: &'a Evaluation) -> Self {
        let form = figures.form();
        let values: Vec<Value> = form
            .indexed_cells()
            .map(|(ix, _)| figures.value(ix))
            .collect();
        let lane = Lane::of(&values);
        Self {
            form,
            figures,
            numbers: Evaluation {
                computed: lane.clone(),
                effective: lane,
                ..Evaluation::default()
            },
            report,
            evaluation,
        }
    }

    fn numbers(&self, text: TextIx) -> Vec<LastNumber> {
        let Some(narrative) = &self.form.narrative else {
            return Vec::new();
        };
        let figures = self.figures;
        let report = Report::new(figures.form().clone(), figures.organ(), figures.year());
        let report = report.with(|report| Edit::text(report, text, figures.text(text)));
        let readings = Readings::new(&report);
        let mut all = Vec::new();
        for line in readings.lines(text) {
            for (index, figure) in line.figures.figures.iter().enumerate() {
                let mut statements = line.statements.iter();
                let mut now = Now::Unknown;
                let mut at = figure.at.clone();
                if let Some(statement) = statements.find(|statement| statement.figure == index) {
                    now = self.now(statement, figure, narrative);
                    at = statement.at.clone();
                } else if is_lasting(figure) {
                    now = Now::Same;
                }
                all.push(LastNumber {
                    at: line.start + at.start..line.start + at.end,
                    unit_at: line.start + figure.unit_at,
                    now,
                });
            }
        }
        all
    }

    fn now(&self, statement: &Statement, figure: &Figure, narrative: &Narrative) -> Now {
        let written = Written::of(figure);
        let is_exact = !written.rough && figure.numeral.times == 1;
        if statement.weak || figure.unit == Unit::Percent || !is_exact {
            return Now::Unknown;
        }
        let mut found: Option<(Decimal, Sum)> = None;
        let mut sure = true;
        for (nth, reading) in statement.readings.iter().enumerate() {
            let (value, complete) = total(reading, narrative, &self.numbers);
            let agreed = complete && written.says(value, yuan(reading, narrative));
            if nth == 0 && !agreed {
                return Now::Unknown;
            }
            if !agreed {
                continue;
            }
            let now = self.this_year(reading, figure, narrative);
            match (&found, now) {
                (None, Some(now)) => found = Some(now),
                (None, None) => return Now::Unknown,
                // It could have meant several things, which were the same last year.
                (Some((usual, _)), now) => sure &= now.is_some_and(|(other, _)| other == *usual),
            }
        }
        match (found, figure.way) {
            (Some((value, _)), Way::None) if value.is_zero() && sure => Now::None,
            (Some((value, of)), Way::Number) => Now::Number { value, of, sure },
            _ => Now::Unknown,
        }
    }

    /// What a reading comes to this year, in the unit of a figure; nothing if it is not known, or the form has no such cells.
    fn this_year(
        &self,
        reading: &[usize],
        figure: &Figure,
        narrative: &Narrative,
    ) -> Option<(Decimal, Sum)> {
        let form = self.report.form();
        let same = |cell: &CellIx| form.find(&self.form.cell(*cell).id);
        let mut sum = Sum::default();
        for &fact in reading {
            let of = &narrative.facts[fact].sum;
            sum.plus
                .extend(of.plus.iter().map(same).collect::<Option<Vec<_>>>()?);
            sum.minus
                .extend(of.minus.iter().map(same).collect::<Option<Vec<_>>>()?);
            sum.constant += of.constant;
        }
        let number = self.evaluation.known_total(&sum).decimal()?;
        let in_unit = match (figure.unit, yuan(reading, narrative)) {
            (Unit::Money(written), Some(yuan)) => number
                .checked_mul(yuan.into())?
                .checked_div(written.into())?
                .normalize(),
            _ => number,
        };
        (!in_unit.is_sign_negative()).then_some((in_unit, sum))
    }
}

/// Whether a Chinese numeral counts what is no number of a year: `一件事`, `五个方面`.
fn is_lasting(figure: &Figure) -> bool {
    let numeral = &figure.numeral;
    numeral.chinese && (numeral.written == Decimal::ONE || figure.unit == Unit::Other)
}
