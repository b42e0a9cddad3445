//! A statement of a text held against the numbers of the tables.

use super::meaning::Statement;
use crate::check::evaluation::Evaluation;
use crate::form::{CellIx, Narrative};
use crate::prose::grammar::{Figure, Sign, Unit, Way};
use crate::value::Value;
use rust_decimal::Decimal;

/// What a number of a text is beside the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is the number of the cells that it names.
    Agrees,
    /// It is none of what it can mean.
    Contradicts,
    /// It could be two things, or its words are too vague.
    Unsure,
    /// What it should be is not known yet: cells are blank.
    NotYet,
}

/// What one way to read a number comes to in the tables.
#[derive(Clone, Debug, PartialEq)]
pub struct Meaning {
    /// In the form's words, e.g. `新收+上年结转`.
    pub says: String,
    /// What the cells come to.
    pub value: Value,
    /// The cells.
    pub cells: Vec<CellIx>,
}

/// The part of a number by which a rough one may differ.
const ROUGH: i64 = 10;

/// What the facts of a reading come to, and whether all of their cells are filled in.
pub fn total(reading: &[usize], narrative: &Narrative, evaluation: &Evaluation) -> (Value, bool) {
    let mut totals = reading
        .iter()
        .map(|&fact| evaluation.effective.add(&narrative.facts[fact].sum));
    let Some(first) = totals.next() else {
        return (Value::Blank, false);
    };
    totals.fold((first.value, first.complete), |(value, complete), more| {
        let sum = match (value, more.value) {
            (Value::Count(a), Value::Count(b)) => Value::Count(a.saturating_add(b)),
            (a, b) => match (a.decimal(), b.decimal()) {
                (Some(a), Some(b)) => Value::Amount(a.saturating_add(b)),
                _ => Value::Blank,
            },
        };
        (sum, complete && more.complete)
    })
}

/// What a statement is beside the tables; none if it says nothing of them after all. `all` are the statements of its
/// line, among which a share finds its whole.
pub fn verdict(
    statement: &Statement,
    figures: &[Figure],
    all: &[Statement],
    narrative: &Narrative,
    evaluation: &Evaluation,
) -> Option<Verdict> {
    let figure = &figures[statement.figure];
    if let Some(of) = statement.of {
        return share(figure, &all[of], figures, all, narrative, evaluation);
    }
    let mut complete = true;
    let (mut first, mut agreeing, mut others) = (false, 0, 0);
    for (nth, reading) in statement.readings.iter().enumerate() {
        let (value, whole) = total(reading, narrative, evaluation);
        complete &= whole;
        let agrees = whole && is_number(figure, value, reading, narrative);
        first |= agrees && nth == 0;
        agreeing += usize::from(agrees);
        others += usize::from(!agrees);
    }
    if agreeing > 0 {
        let sure = first || others == 0;
        return Some(if sure {
            Verdict::Agrees
        } else {
            Verdict::Unsure
        });
    }
    match (complete, statement.weak) {
        (_, true) => None,
        (false, false) => Some(Verdict::NotYet),
        (true, false) => Some(Verdict::Contradicts),
    }
}

/// Whether a figure says what a reading comes to.
pub(super) fn is_number(
    figure: &Figure,
    value: Value,
    reading: &[usize],
    narrative: &Narrative,
) -> bool {
    let numeral = &figure.numeral;
    let plain = figure.unit == Unit::Count && numeral.times == 1 && !is_rough(figure);
    // Nearly every number of a text is a plain count: no division for those.
    if let (Value::Count(count), true) = (value, plain && numeral.written.scale() == 0) {
        return i128::from(count) == numeral.written.mantissa();
    }
    value
        .decimal()
        .is_some_and(|value| is_same(figure, value, yuan(reading, narrative)))
}

pub(super) fn is_rough(figure: &Figure) -> bool {
    figure.numeral.rough || figure.signs.has(Sign::Rough)
}

pub(super) fn yuan(reading: &[usize], narrative: &Narrative) -> Option<u32> {
    reading.first().and_then(|&fact| narrative.facts[fact].yuan)
}

/// Whether a figure says a number of the tables; amounts rounded as the text rounds them.
fn is_same(figure: &Figure, value: Decimal, yuan: Option<u32>) -> bool {
    let numeral = &figure.numeral;
    if figure.way == Way::None {
        return value.is_zero();
    }
    let written_in = match figure.unit {
        Unit::Money(yuan) => yuan.saturating_mul(numeral.times),
        _ => numeral.times,
    };
    let in_units = value.saturating_mul(Decimal::from(yuan.unwrap_or(1)));
    let expected = in_units
        .checked_div(Decimal::from(written_in))
        .unwrap_or(in_units);
    if is_rough(figure) {
        let off = (expected - numeral.written).abs();
        return off.saturating_mul(ROUGH.into()) <= expected.abs();
    }
    let rounds = yuan.is_some() && !expected.is_zero();
    expected == numeral.written
        || rounds && expected.round_dp(numeral.written.scale()) == numeral.written
}

/// Whether a share is one of its whole: only where the number that it is of is itself the tables' one.
fn share(
    figure: &Figure,
    of: &Statement,
    figures: &[Figure],
    all: &[Statement],
    narrative: &Narrative,
    evaluation: &Evaluation,
) -> Option<Verdict> {
    let part = &figures[of.figure];
    if verdict(of, figures, all, narrative, evaluation) != Some(Verdict::Agrees) || of.weak {
        return None;
    }
    let fact = *of.readings.first()?.first()?;
    let claim = &narrative.claims[narrative.facts[fact].claim];
    let mut known = false;
    for sum in &claim.shares {
        let whole = evaluation.effective.add(sum);
        let number = whole
            .value
            .decimal()
            .filter(|number| whole.complete && !number.is_zero())?;
        known = true;
        let right = part.value().saturating_mul(Decimal::ONE_HUNDRED) / number;
        if (right - figure.numeral.written).abs() <= slack(figure) {
            return Some(Verdict::Agrees);
        }
    }
    known.then_some(Verdict::Contradicts)
}

/// How far a share may be off: it may be rounded or cut, by its last digit.
fn slack(figure: &Figure) -> Decimal {
    let least = Decimal::new(6, 2);
    Decimal::new(1, figure.numeral.written.scale().min(6)).max(least)
}

/// What a statement can mean, with the tables' numbers.
pub fn meanings(
    statement: &Statement,
    all: &[Statement],
    narrative: &Narrative,
    evaluation: &Evaluation,
) -> Vec<Meaning> {
    let whole = statement.of.map_or(statement, |of| &all[of]);
    let meaning = |reading: &Vec<usize>| {
        let facts = reading.iter().map(|&fact| &narrative.facts[fact]);
        let mut cells: Vec<CellIx> = Vec::new();
        let mut says: Vec<&str> = Vec::new();
        for fact in facts {
            says.push(&fact.says);
            let new = fact
                .sum
                .cells()
                .filter(|cell| !cells.contains(cell))
                .collect::<Vec<_>>();
            cells.extend(new);
        }
        Meaning {
            says: says.join("+"),
            value: total(reading, narrative, evaluation).0,
            cells,
        }
    };
    whole.readings.iter().map(meaning).collect()
}
