//! A table whose cells are made out by where words stand is read only as far as its own words bear that out: every head that
//! should stand over a row does, in its place, and what is printed as a total is one.

use super::form_words::WantedRow;
use super::heads::Reading;
use super::says::{Said, Says};
use super::settle::{adds_up, agree};
use super::cell_text::RowTexts;
use crate::form::Form;

/// The readings that have such a witness, and whether some have none.
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
        let is_sure = is_witnessed(form, says, row, &reading);
        has_doubts |= !is_sure;
        is_sure.then_some(reading)
    });
    (readings.collect(), has_doubts)
}

fn is_witnessed(form: &Form, says: &Says<'_>, row: &WantedRow, reading: &Reading<'_>) -> bool {
    let Some(texts) = &reading.by_heads else {
        return false;
    };
    let order = reading.by_order.as_ref();
    order.is_none_or(|order| agree(order, texts))
        && has_heads(says, row, texts)
        && adds_up(form, row, texts) != Some(false)
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
