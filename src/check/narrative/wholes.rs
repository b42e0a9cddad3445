//! Numbers that are given with their parts (其中…): whether the parts add up.

use crate::prose::grammar::{Figure, Line, Sign, Unit, Way};
use rust_decimal::Decimal;
use std::ops::Range;

/// A number whose parts do not add up to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Whole {
    /// The number and then its parts, in bytes.
    pub at: Vec<Range<usize>>,
    /// The same as indices of the line's figures.
    pub figures: Vec<usize>,
    /// What it comes to.
    pub value: Decimal,
    /// What its parts come to.
    pub parts: Decimal,
}

/// The numbers of a line whose parts do not add up.
pub fn wholes(line: &Line, text: &str) -> Vec<Whole> {
    let figures = &line.figures;
    (0..figures.len())
        .filter_map(|at| whole(figures, at, text))
        .collect()
}

fn unit<'a>(figure: &Figure, text: &'a str) -> &'a str {
    &text[figure.unit_at..figure.at.end]
}

/// Whether a figure is one of several that make up another.
fn is_part(figure: &Figure) -> bool {
    let other = [
        Sign::Sum,
        Sign::Differs,
        Sign::More,
        Sign::Less,
        Sign::Including,
        Sign::Each,
        Sign::Respectively,
        Sign::Rough,
        Sign::No,
        Sign::Last,
        Sign::Other,
    ];
    figure.way == Way::Number && !figure.numeral.rough && !figure.signs.has_any(&other)
}

fn is_channel(figure: &Figure) -> bool {
    let parts = [Sign::Part, Sign::Body];
    figure.signs.has_any(&parts) || figure.behind.has_any(&parts)
}

/// The number at an index, if its parts follow and do not add up.
fn whole(figures: &[Figure], at: usize, text: &str) -> Option<Whole> {
    const FEW: usize = 3;
    let whole = &figures[at];
    // 新收314件，同比增加34件，其中……: the parts are those of what was counted, not of what it differs by.
    let differs = |figure: &&Figure| figure.signs.has(Sign::Differs);
    let from = at + 1 + figures[at + 1..].iter().take_while(differs).count();
    let first = figures.get(from)?;
    let bracket = first.opens && first.depth == whole.depth + 1;
    let of_which = first.signs.has(Sign::OfWhich)
        && first.depth == whole.depth
        && first.sentence == whole.sentence;
    if differs(&whole) || whole.numeral.rough || whole.way != Way::Number || !(bracket || of_which)
    {
        return None;
    }
    let channels = is_channel(first);
    let mut parts: Vec<usize> = Vec::new();
    for (index, figure) in figures.iter().enumerate().skip(from) {
        if figure.sentence != first.sentence
            || figure.half != first.half
            || figure.depth < first.depth
        {
            break;
        }
        if figure.depth > first.depth || figure.unit == Unit::Percent {
            continue;
        }
        let goes_on = parts.is_empty() || figure.listed || channels || bracket;
        if !goes_on
            || !is_part(figure)
            || unit(figure, text) != unit(whole, text)
            || is_channel(figure) != channels
        {
            // Something else begins; of what was counted as parts nobody knows whether it was all.
            let last = parts.last().map(|&last| &figures[last]);
            let closed =
                last.is_some_and(|last| last.signs.has(Sign::Rest)) || !goes_on && !figure.listed;
            return (closed && parts.len() > 1)
                .then(|| made(figures, at, &parts, false))
                .flatten();
        }
        parts.push(index);
    }
    let rest = parts
        .last()
        .is_some_and(|&last| figures[last].signs.has(Sign::Rest));
    let all = rest || parts.len() > 1 && channels || bracket && parts.len() >= FEW;
    (parts.len() > 1)
        .then(|| made(figures, at, &parts, all))
        .flatten()
}

/// A finding, if the parts come to more than the whole, or to something else where they are all of it.
fn made(figures: &[Figure], at: usize, parts: &[usize], all: bool) -> Option<Whole> {
    let value = figures[at].value();
    let sum = parts.iter().fold(Decimal::ZERO, |sum, &part| {
        sum.saturating_add(figures[part].value())
    });
    if !(sum > value || all && sum != value) {
        return None;
    }
    let indices: Vec<usize> = std::iter::once(at).chain(parts.iter().copied()).collect();
    Some(Whole {
        at: indices
            .iter()
            .map(|&index| figures[index].at.clone())
            .collect(),
        figures: indices,
        value,
        parts: sum,
    })
}
