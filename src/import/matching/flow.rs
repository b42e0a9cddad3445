//! A table of the form in what is no table any more: one cell a line, in order.

use super::content::Field;
use super::fields::is_number;
use super::form_words::{FormWordIx, TableWords, WantedRow};
use super::heads::RowTexts;
use super::labels::{SLIPS, is_numbered, plain};
use super::likeness::Likeness;
use crate::form::{Form, Table};
use crate::value;

/// How many heads stand above the first row of a table without head rows of its own.
const HEADS_BEFORE_ROWS: usize = 1;

/// For each wanted row the fields behind its label, where that many stand there that could be numbers.
pub(super) fn rows<'b>(
    form: &Form,
    table: &Table,
    words: &TableWords,
    wanted: &[&WantedRow],
    fields: &'b [Field<'_>],
    likeness: &Likeness,
) -> Vec<Option<RowTexts<'b>>> {
    let nothing = || wanted.iter().map(|_| None).collect();
    // Words such as 其他 stand everywhere: only what follows the table's own heads counts.
    let heads = &words.heads_and_blocks;
    let is_head = |field: &Field<'_>, head: FormWordIx| {
        field.word.and_then(|word| likeness.exact(word)) == Some(head)
    };
    let before = HEADS_BEFORE_ROWS.max(table.head_rows * table.grid.cols);
    let (mut next, mut met) = (0, 0);
    for &head in heads.iter().take(before) {
        if let Some(at) = fields[next..].iter().position(|field| is_head(field, head)) {
            next += at + 1;
            met += 1;
        }
    }
    let rows_begin = (met == 0).then(|| heads_anywhere(heads, fields, &is_head));
    if let Some(Some(first)) = rows_begin {
        (met, next) = (1, first);
    }
    // With one row of numbers all heads stand above it, else the rows begin behind the first head already.
    let has_labels = wanted.iter().any(|row| row.label_ix.is_some());
    if met == 0 || !has_labels && met * 10 < heads.len() * 7 {
        return nothing();
    }
    if has_labels {
        let first = heads.first();
        let first = first.and_then(|&head| fields.iter().position(|field| is_head(field, head)));
        next = first.or(rows_begin.flatten()).unwrap_or(0);
    }
    let mut rows = Vec::with_capacity(wanted.len());
    for row in wanted {
        let found = numbers_of(form, row, next, fields, likeness);
        if let Some((end, _)) = &found {
            next = *end;
        }
        rows.push(found.map(|(_, texts)| texts));
    }
    rows
}

/// Where the first of a table's heads stands, whichever it is, if several of them are there: the first one may have lost
/// its number.
fn heads_anywhere(
    heads: &[FormWordIx],
    fields: &[Field<'_>],
    is_head: &impl Fn(&Field<'_>, FormWordIx) -> bool,
) -> Option<usize> {
    const SEVERAL: usize = 3;
    let mut different: Vec<FormWordIx> = heads.to_vec();
    different.sort_unstable();
    different.dedup();
    let place = |head: &FormWordIx| fields.iter().position(|field| is_head(field, *head));
    let places: Vec<usize> = different.iter().filter_map(place).collect();
    let first = places.iter().min().copied();
    first.filter(|_| places.len() >= SEVERAL)
}

/// The numbers of a row in the fields from `next` on, and where they end.
fn numbers_of<'b>(
    form: &Form,
    row: &WantedRow,
    next: usize,
    fields: &'b [Field<'_>],
    likeness: &Likeness,
) -> Option<(usize, RowTexts<'b>)> {
    let at = match row.label_ix {
        None => next,
        Some(label) => {
            let find = |slips: usize| {
                let is_label = |word| likeness.is_label(word, label, slips);
                let mut fields = fields[next..].iter();
                fields.position(|field| field.word.is_some_and(is_label))
            };
            next + find(0).or_else(|| find(SLIPS))? + 1
        }
    };
    let end = at + row.cells.len();
    let cells = fields.get(at..end)?;
    // With more numbers than cells nobody knows which is which.
    let could_be_one = |field: &Field<'_>| field.text.trim().is_empty() || is_number(&field.text);
    if fields.get(end).is_some_and(could_be_one) {
        return None;
    }
    let fits = row.cells.iter().zip(cells).all(|(&cell, field)| {
        const LONGEST: usize = 40;
        let spec = form.cell(cell);
        let text = &field.text;
        let has_digits = text.chars().any(char::is_numeric) && text.chars().count() < LONGEST;
        (has_digits && !is_numbered(&plain(text)))
            || value::parse(text, spec.kind, spec.unit.as_deref()).is_ok()
    });
    let texts = || cells.iter().map(|field| Some(&*field.text)).collect();
    fits.then(|| (end, texts()))
}
