//! A table whose cells are made out by where words stand is read only as far as its own words bear that out: every head that
//! should stand over a row does, in its place, and what is printed as a total is one.

use super::cell_text::RowTexts;
use super::form_words::WantedRow;
use super::heads::Reading;
use super::says::{Said, Says};
use super::settle::{agree, sums};
use crate::form::Form;

/// The readings as far as they have such a witness, and whether some of them lack it.
pub(super) fn witnessed<'a>(
    form: &Form,
    says: &Says<'_>,
    wanted: &[&WantedRow],
    readings: Vec<Option<Reading<'a>>>,
) -> (Vec<Option<Reading<'a>>>, bool) {
    let mut has_doubts = false;
    let pairs = wanted.iter().zip(readings);
    let readings = pairs.map(|(row, reading)| {
        let reading = reading?;
        let (by_heads, is_sure) = borne_out(form, says, row, &reading);
        has_doubts |= !is_sure;
        Some(Reading {
            by_order: None,
            by_heads: Some(by_heads?),
            is_doubted: reading.is_doubted,
        })
    });
    (readings.collect(), has_doubts)
}

/// What a row is known to have, and whether that is all of it.
fn borne_out<'a>(
    form: &Form,
    says: &Says<'_>,
    row: &WantedRow,
    reading: &Reading<'a>,
) -> (Option<RowTexts<'a>>, bool) {
    let order = reading.by_order.as_ref();
    let agree = |heads: &&RowTexts<'a>| order.is_none_or(|order| agree(order, heads));
    let heads = reading.by_heads.as_ref().filter(agree);
    let Some(heads) = heads.filter(|heads| has_heads(says, row, heads)) else {
        return (None, false);
    };
    let mut texts = heads.clone();
    let sums = sums(form, row, heads);
    let wrong = sums.iter().filter(|sum| !sum.adds_up);
    let wrong: Vec<usize> = wrong.flat_map(|sum| sum.cells.iter().copied()).collect();
    for cell in &wrong {
        texts[*cell] = None;
    }
    let is_left = texts.iter().any(Option::is_some);
    (is_left.then_some(texts), wrong.is_empty())
}

/// Whether each number stands under its head, and that under its group where several have the same.
fn has_heads(says: &Says<'_>, row: &WantedRow, texts: &RowTexts<'_>) -> bool {
    let (heads, groups) = (says.heads(row.heads), says.groups(row.heads));
    let is_once = |head| heads.iter().filter(|other| **other == head).count() == 1;
    let mut cells = texts.iter().zip(heads.iter().zip(groups));
    cells.all(|(text, (head, group))| {
        let Some(wanted) = head else { return true };
        text.is_some_and(|text| {
            let said = says.over(&text, row.heads);
            said == Said::Head(*wanted) && (is_once(*head) || text.group == *group)
        })
    })
}
