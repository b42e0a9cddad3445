//! The numbers of a report, each into its cell; those that are not there, or that only another form has, are listed.

use super::gathered::Gathered;
use super::tables::{AllFound, Found};
use crate::form::CellIx;
use crate::import::fill;
use crate::import::matching::Recognised;
use crate::import::outcome::{NotPlaced, Remark, WhyNot};
use crate::value::{self, Value};
use std::collections::BTreeSet;

/// Fills in what was found, and lists what was not.
pub(super) fn place(gathered: &mut Gathered, found: &Recognised) {
    let form = gathered.form();
    let astray = found.astray.iter().cloned().map(Remark::HeadsAstray);
    gathered.remarks.extend(astray);
    let doubtful = found.doubtful.iter().cloned().map(Remark::DoubtfulTable);
    gathered.remarks.extend(doubtful);
    let aligned = found.aligned.iter().cloned().map(Remark::NoLines);
    gathered.remarks.extend(aligned);
    let unsure = found.without_witness.iter().cloned();
    gathered
        .remarks
        .extend(unsure.map(Remark::NoLinesNoWitness));
    let mut cells = found.placed.clone();
    for (cell, text, why) in &found.refused {
        let spec = form.cell(*cell);
        let parse = |text: &str| value::parse(text, spec.kind, spec.unit.as_deref()).ok();
        match with_a_note(text, parse) {
            Some(value) => {
                let (name, words) = (gathered.name(*cell), text.trim().to_owned());
                let remark = Remark::ReadAs { name, words, value };
                gathered.remarks.push(remark);
                cells.push((*cell, value));
            }
            None => gathered.not_placed.push(NotPlaced {
                id: spec.id.clone(),
                content: text.trim().to_owned(),
                why: why.clone(),
            }),
        }
    }
    for (cell, words, value) in &found.converted {
        gathered.remarks.push(Remark::ReadAs {
            name: gathered.name(*cell),
            words: words.clone(),
            value: *value,
        });
        cells.push((*cell, *value));
    }
    fill::fill(&mut gathered.history, &cells, &mut gathered.not_placed);
    let known: BTreeSet<CellIx> = found.cells().collect();
    let report = gathered.history.report();
    let is_lost = |cell: &CellIx| !known.contains(cell) && !form.cell(*cell).computed;
    let lost: Vec<CellIx> = report.cells().filter(is_lost).collect();
    for cell in lost {
        gathered.not_placed.push(NotPlaced {
            id: form.cell(cell).id.clone(),
            content: String::new(),
            why: WhyNot::Absent(gathered.name(cell)),
        });
    }
}

/// A number with a remark in brackets behind it, as some organs write it: 22（其中修订 16 件）.
fn with_a_note(text: &str, parse: impl Fn(&str) -> Option<Value>) -> Option<Value> {
    let bare = text.trim().strip_suffix(['）', ')'])?;
    let (number, _) = bare.split_once(['（', '('])?;
    parse(number).filter(|value| !value.is_blank())
}

/// Rows that only another form has: the document mixes both.
pub(super) fn name_rows_of_other_forms(gathered: &mut Gathered, found: &AllFound) {
    let best = found.best();
    let form = &best.form;
    for other in found.others() {
        let mut rows = BTreeSet::new();
        for (cell, content) in contents(&other.recognised) {
            if content.is_empty() || !is_only_there(cell, other, best) {
                continue;
            }
            let spec = other.form.cell(cell);
            rows.insert(&spec.row_name);
            gathered.not_placed.push(NotPlaced {
                id: spec.id.clone(),
                content,
                why: WhyNot::OtherForm {
                    form: form.name.clone(),
                    other: other.form.name.clone(),
                },
            });
        }
        let mixed = rows.into_iter().map(|row| Remark::MixedForms {
            form: form.name.clone(),
            other: other.form.name.clone(),
            row: row.clone(),
        });
        gathered.remarks.extend(mixed);
    }
}

/// Every cell of which anything was found, with what stands in it.
fn contents(found: &Recognised) -> impl Iterator<Item = (CellIx, String)> + '_ {
    let placed = found.placed.iter();
    let placed = placed.map(|(cell, value)| (*cell, value.to_string()));
    let refused = found.refused.iter();
    let refused = refused.map(|(cell, text, _)| (*cell, text.clone()));
    let converted = found.converted.iter();
    let converted = converted.map(|(cell, words, _)| (*cell, words.clone()));
    placed.chain(refused).chain(converted)
}

/// Whether a cell of another form is in a row that the report's form does not have, of a table that it does have and that
/// was found. A row that is named nearly like one of ours is ours, misspelt.
fn is_only_there(cell: CellIx, other: &Found, best: &Found) -> bool {
    let spec = other.form.cell(cell);
    if spec.row_name.is_empty() || best.form.find(&spec.id).is_some() {
        return false;
    }
    let id = &other.form.tables[spec.table].id;
    let table = best.form.tables.iter().position(|table| table.id == *id);
    let is_found = |table: usize| {
        let mut cells = best.recognised.cells();
        cells.any(|cell| best.form.cell(cell).table == table)
    };
    table.is_some_and(is_found) && !best.words.has_row_like(&spec.row_name)
}
