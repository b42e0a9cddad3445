//! Totals of what a sentence stated before.

use super::statement::Statement;
use crate::prose::grammar::{Line, Sign, Unit};

/// A total of what its sentence stated before (新收57件，加上上年结转6件，合计63件).
pub fn of_all_before(line: &Line, found: &[Statement], at: usize) -> Option<Vec<usize>> {
    let figure = &line.figures[at];
    // 426件中，甲138件、乙92件，合计230件: the whole is not one of its parts.
    let whole = figure.whole.and_then(|whole| whole.figure);
    let before = line.figures[..at].iter().enumerate().rev();
    let before = before.take_while(|(index, other)| {
        other.sentence == figure.sentence && !other.signs.has(Sign::Sum) && Some(*index) != whole
    });
    let mut parts: Vec<Vec<usize>> = Vec::new();
    for (index, other) in before {
        if other.unit == Unit::Percent {
            continue;
        }
        if other.signs.has(Sign::OfWhich)
            || other.unit != figure.unit
            || other.depth != figure.depth
        {
            return None;
        }
        let statement = of(found, index).filter(|statement| !statement.weak)?;
        parts.push(statement.readings.first()?.clone());
    }
    // The first of a sentence may itself begin with 共: 全年共收到57件，上年结转6件，合计63件.
    if let Some(first) = opening_total(line, found, at) {
        parts.push(first);
    }
    parts.reverse();
    (parts.len() > 1).then(|| parts.concat())
}

/// What the sentence's first figure means, if it says 共 and names by itself what it counts.
fn opening_total(line: &Line, found: &[Statement], at: usize) -> Option<Vec<usize>> {
    let sentence = line.figures[at].sentence;
    let before = line.figures[..at].iter().rev();
    let first = at
        - before
            .take_while(|figure| figure.sentence == sentence)
            .count();
    let figure = &line.figures[first];
    if first >= at || !figure.signs.has(Sign::Sum) || figure.named.is_empty() {
        return None;
    }
    let between = &line.figures[first + 1..at];
    if between.iter().any(|other| other.signs.has(Sign::Sum)) {
        return None;
    }
    of(found, first)?.readings.first().cloned()
}

/// The last statement of a figure.
fn of(found: &[Statement], figure: usize) -> Option<&Statement> {
    found.iter().rfind(|statement| statement.figure == figure)
}
