//! Putting what was read into a report: inputs first, then the printed totals, of which those stay that do not add up, or
//! that cannot be worked out since a part of them is not there.

use super::outcome::{NotPlaced, WhyNot};
use crate::check;
use crate::form::CellIx;
use crate::report::{Edit, History, Origin};
use crate::value::Value;

/// Fills the cells in. A total that a draft cannot hold is listed and not dropped.
pub(super) fn fill(
    history: &mut History,
    cells: &[(CellIx, Value)],
    not_placed: &mut Vec<NotPlaced>,
) {
    let form = history.report().form().clone();
    for addition in cells
        .iter()
        .filter_map(|(cell, _)| form.cell(*cell).addition)
    {
        if !history.report().has_addition(addition) {
            let edit = Edit::addition(history.report(), addition, true);
            history.apply(edit);
        }
    }
    let (totals, inputs): (Vec<_>, Vec<_>) = cells
        .iter()
        .partition(|(cell, _)| form.cell(*cell).computed);
    let edit = Edit::cells_from(history.report(), Some(Origin::Imported), inputs);
    history.apply(edit);
    let evaluation = check::evaluate(history.report());
    for (cell, stated) in totals {
        let is_known = stated.same_number(evaluation.known_sum(cell));
        if !stated.is_blank() && !is_known {
            state(history, cell, stated, not_placed);
        }
    }
}

/// Keeps a stated total, if a draft can hold it.
pub(super) fn state(
    history: &mut History,
    cell: CellIx,
    stated: Value,
    not_placed: &mut Vec<NotPlaced>,
) {
    match stated {
        Value::Count(n) if Value::count(n).is_none() => not_placed.push(NotPlaced {
            id: history.report().form().cell(cell).id.clone(),
            content: n.to_string(),
            why: WhyNot::TooLarge,
        }),
        _ => {
            let edit = Edit::stated(history.report(), cell, Some(stated));
            history.apply(edit);
        }
    }
}
