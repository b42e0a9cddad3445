//! Merged cells of the official tables that an editor has taken apart: the numbers are there, and the table is no longer the
//! official one.

use super::departure::{Became, Departure};
use crate::check;
use crate::export::Document;
use crate::export::document::{TableBlock, TableCell};
use crate::form::with_year;
use crate::import::Imported;
use crate::import::source::{RawCell, RawTable};
use crate::prose::squeezed;
use crate::report::Report;
use std::collections::BTreeMap;

/// The merged cells with words that stand as several, the others of them empty.
pub(super) fn split_cells(draft: &Report, page: &Imported) -> Vec<Departure> {
    // Only the tables are looked at.
    let document = Document::new(draft, &check::evaluate(draft), "", false);
    let mut found = Vec::new();
    for block in document.tables() {
        let name = &draft.form().tables[block.table].name;
        let Some(raw) = same_table(block, page) else {
            continue;
        };
        let labels = pairs(block, raw);
        let numbers = numbers(block, raw, &labels);
        let split = labels.into_iter().chain(numbers);
        let split = split.filter(|(ours, theirs)| is_split(ours, theirs, raw));
        found.extend(split.map(|(ours, _)| Departure {
            place: match ours.number {
                Some(number) => with_year(&draft.form().full_name(number.cell), draft.year()),
                None => format!("{name} · “{}”", ours.text.replace('\n', "")),
            },
            what: Became::Split(ours.text.clone()),
            take: None,
        }));
    }
    found
}

/// The table of a page that has most of the words of an official one.
fn same_table<'a>(block: &TableBlock, page: &'a Imported) -> Option<&'a RawTable> {
    let most = labels(block).count() / 2;
    let shared = |raw: &&RawTable| pairs(block, raw).len();
    let best = page.tables.iter().max_by_key(shared);
    best.filter(|raw| shared(raw) > most)
}

fn labels(block: &TableBlock) -> impl Iterator<Item = &TableCell> {
    let cells = block.cells.iter();
    cells.filter(|cell| cell.number.is_none() && !cell.text.is_empty())
}

/// The labels of an official table with the cells of a page that say the same, where they stand there as often.
fn pairs<'a>(block: &'a TableBlock, raw: &'a RawTable) -> Vec<(&'a TableCell, &'a RawCell)> {
    let mut theirs: BTreeMap<String, Vec<&RawCell>> = BTreeMap::new();
    for cell in &raw.cells {
        theirs.entry(squeezed(&cell.text)).or_default().push(cell);
    }
    let mut ours: BTreeMap<String, Vec<&TableCell>> = BTreeMap::new();
    for cell in labels(block) {
        ours.entry(squeezed(&cell.text)).or_default().push(cell);
    }
    let mut all = Vec::new();
    for (words, ours) in ours {
        let theirs = theirs.remove(&words).unwrap_or_default();
        if theirs.len() == ours.len() {
            all.extend(ours.into_iter().zip(theirs));
        }
    }
    all.sort_by_key(|(ours, _)| (ours.row, ours.col));
    all
}

/// The numbers of an official table in merged cells with the cells of a page that stand as far behind the same label.
fn numbers<'a>(
    block: &'a TableBlock,
    raw: &'a RawTable,
    labels: &[(&'a TableCell, &'a RawCell)],
) -> Vec<(&'a TableCell, &'a RawCell)> {
    let merged = |cell: &&TableCell| cell.number.is_some() && (cell.rows > 1 || cell.cols > 1);
    let beside = |number: &'a TableCell| {
        let before = |(label, _): &&(&TableCell, &RawCell)| {
            label.row == number.row && label.col < number.col
        };
        let (label, there) = labels.iter().rev().find(before)?;
        let between = block.cells.iter();
        let between = between.filter(|cell| {
            cell.row == number.row && (label.col + 1..number.col).contains(&cell.col)
        });
        let mut behind = raw.cells.iter();
        behind.find(|cell| std::ptr::eq(*cell, *there))?;
        let cell = behind.nth(between.count())?;
        let is_same = cell.row == there.row && squeezed(&cell.text) == squeezed(&number.text);
        is_same.then_some((number, cell))
    };
    block
        .cells
        .iter()
        .filter(merged)
        .filter_map(beside)
        .collect()
}

/// Whether a cell covers less than the official one, and what that covers besides is empty.
fn is_split(ours: &TableCell, theirs: &RawCell, raw: &RawTable) -> bool {
    if theirs.rows > ours.rows || theirs.cols > ours.cols {
        return false;
    }
    let at = |row: usize, col: usize| {
        let mut cells = raw.cells.iter();
        cells.find(|cell| {
            (cell.row..cell.row + cell.rows).contains(&row)
                && (cell.col..cell.col + cell.cols).contains(&col)
        })
    };
    let mut others = 0;
    for row in theirs.row..theirs.row + ours.rows {
        for col in theirs.col..theirs.col + ours.cols {
            match at(row, col) {
                Some(cell) if std::ptr::eq(cell, theirs) => {}
                Some(cell) if cell.text.trim().is_empty() => others += 1,
                _ => return false,
            }
        }
    }
    others > 0
}
