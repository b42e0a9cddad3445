//! A statement of a text held against the numbers of the tables.

use super::statement::Statement;
use super::written::Written;
use crate::check::evaluation::Evaluation;
use crate::form::{CellIx, Form, Narrative, Sum};
use crate::prose::grammar::{Figure, Way};
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
    /// The cells, each once.
    pub cells: Vec<CellIx>,
    /// The same as a sum.
    pub of: Sum,
    /// How many 元 the cells count in, if they are amounts.
    pub yuan: Option<u32>,
}

impl Meaning {
    fn new(says: String, value: Value, of: Sum, yuan: Option<u32>) -> Self {
        let mut cells: Vec<CellIx> = Vec::new();
        for cell in of.cells() {
            if !cells.contains(&cell) {
                cells.push(cell);
            }
        }
        Self {
            says,
            value,
            cells,
            of,
            yuan,
        }
    }

    /// What a sum of cells comes to, whatever the words around the number say.
    pub fn of_sum(form: &Form, narrative: &Narrative, evaluation: &Evaluation, of: &Sum) -> Self {
        let says = match narrative.fact_of(of) {
            Some(fact) => fact.says.clone(),
            None => {
                let names = of.cells().map(|cell| form.cell(cell).name());
                names.collect::<Vec<_>>().join("+")
            }
        };
        let value = evaluation.effective.add(of).known();
        Self::new(says, value, of.clone(), narrative.yuan(of))
    }
}

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

/// What a statement is beside the tables; none if it says nothing of them after all.
pub fn of_readings(
    statement: &Statement,
    figure: &Figure,
    narrative: &Narrative,
    evaluation: &Evaluation,
) -> Option<Verdict> {
    let written = Written::of(figure);
    let mut complete = true;
    let (mut first, mut agreeing, mut others) = (false, 0, 0);
    for (nth, reading) in statement.readings.iter().enumerate() {
        let (value, whole) = total(reading, narrative, evaluation);
        complete &= whole;
        let agrees = whole && written.says(value, yuan(reading, narrative));
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

/// What a number is that is known to be that of a sum.
pub fn of_sum(
    written: &Written,
    of: &Sum,
    narrative: &Narrative,
    evaluation: &Evaluation,
) -> Verdict {
    let total = evaluation.effective.add(of);
    match total.complete {
        false => Verdict::NotYet,
        true if written.says(total.value, narrative.yuan(of)) => Verdict::Agrees,
        true => Verdict::Contradicts,
    }
}

pub(super) fn yuan(reading: &[usize], narrative: &Narrative) -> Option<u32> {
    reading.first().and_then(|&fact| narrative.facts[fact].yuan)
}

/// Whether a share is one of its whole, which is the number of `part`: only where that is itself the tables' one. `others`
/// are numbers of its sentence of which it may be one as well.
pub fn of_share(
    figure: &Figure,
    statement: &Statement,
    (of, part): (&Statement, &Figure),
    others: &[Decimal],
    narrative: &Narrative,
    evaluation: &Evaluation,
) -> Option<Verdict> {
    let part = part.value();
    let is_of = |&whole: &Decimal| is_share(figure, part, whole) == Some(true);
    if statement.per.is_empty() && others.iter().any(is_of) {
        return Some(Verdict::Agrees);
    }
    let wholes: Vec<(Value, bool)> = match statement.per.is_empty() {
        true => {
            let fact = *of.readings.first()?.first()?;
            let claim = &narrative.claims[narrative.facts[fact].claim];
            let sums = claim.shares.iter().map(|sum| evaluation.effective.add(sum));
            sums.map(|sum| (sum.value, sum.complete)).collect()
        }
        false => {
            let readings = statement.per.iter();
            readings
                .map(|reading| total(reading, narrative, evaluation))
                .collect()
        }
    };
    ratio(figure, &[part], &wholes)
}

/// Whether a rate is what the tables' numbers make of it.
pub fn of_rate(
    figure: &Figure,
    statement: &Statement,
    narrative: &Narrative,
    evaluation: &Evaluation,
) -> Option<Verdict> {
    if !statement.per.is_empty() {
        let totals = |readings: &[Vec<usize>]| -> Vec<(Value, bool)> {
            let readings = readings.iter();
            readings
                .map(|reading| total(reading, narrative, evaluation))
                .collect()
        };
        let parts = totals(&statement.readings).into_iter();
        let parts: Option<Vec<Decimal>> = parts
            .map(|(value, complete)| value.decimal().filter(|_| complete))
            .collect();
        return ratio(figure, &parts?, &totals(&statement.per));
    }
    if figure.way == Way::Rate {
        let fact = *statement.readings.first()?.first()?;
        let claim = &narrative.claims[narrative.facts[fact].claim];
        let sums = claim.shares.iter().map(|sum| evaluation.effective.add(sum));
        let wholes: Vec<_> = sums.map(|sum| (sum.value, sum.complete)).collect();
        let parts = statement.readings.iter().map(|reading| {
            let (value, complete) = total(reading, narrative, evaluation);
            value.decimal().filter(|_| complete)
        });
        return ratio(figure, &parts.collect::<Option<Vec<_>>>()?, &wholes);
    }
    let mut known = false;
    for &fact in statement.readings.iter().flatten() {
        let fact = &narrative.facts[fact];
        if fact.not_all && figure.numeral.written == Decimal::ONE_HUNDRED {
            return None;
        }
        let part = evaluation.effective.add(&fact.sum);
        let part = part.value.decimal().filter(|_| part.complete)?;
        let wholes = fact.per.iter().map(|sum| evaluation.effective.add(sum));
        let wholes: Vec<_> = wholes.map(|sum| (sum.value, sum.complete)).collect();
        match ratio(figure, &[part], &wholes) {
            Some(Verdict::Contradicts) => known = true,
            other => return other,
        }
    }
    known.then_some(Verdict::Contradicts)
}

/// Whether a share is that of one of some parts in one of some wholes; none where one of them is not known, or nothing is
/// divided.
fn ratio(figure: &Figure, parts: &[Decimal], wholes: &[(Value, bool)]) -> Option<Verdict> {
    let mut known = false;
    for &(whole, complete) in wholes {
        let whole = whole.decimal().filter(|_| complete)?;
        for &part in parts {
            match is_share(figure, part, whole) {
                Some(true) => return Some(Verdict::Agrees),
                Some(false) => known = true,
                None => {}
            }
        }
    }
    known.then_some(Verdict::Contradicts)
}

/// Whether a figure is the share of a part in a whole; none of nothing there is no share.
fn is_share(figure: &Figure, part: Decimal, whole: Decimal) -> Option<bool> {
    let right = part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)?;
    Some((right - figure.numeral.written).abs() <= slack(figure))
}

/// How far a share may be off: it may be rounded or cut, by its last digit.
fn slack(figure: &Figure) -> Decimal {
    let least = Decimal::new(6, 2);
    Decimal::new(1, figure.numeral.written.scale().min(6)).max(least)
}

/// What a reading means, with the tables' numbers.
pub fn meaning(reading: &[usize], narrative: &Narrative, evaluation: &Evaluation) -> Meaning {
    let facts = reading.iter().map(|&fact| &narrative.facts[fact]);
    let says: Vec<&str> = facts.clone().map(|fact| &*fact.says).collect();
    let of = Sum::joined(facts.map(|fact| &fact.sum));
    let (value, _) = total(reading, narrative, evaluation);
    Meaning::new(says.join("+"), value, of, yuan(reading, narrative))
}
