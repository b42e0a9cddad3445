//! A table of the form in what is no table any more: one cell a line, in order.

use super::cell_text::{CellText, RowTexts};
use super::content::Field;
use super::fields::is_number;
use super::form_words::{FormWordIx, WantedRow};
use super::head_lines::{self, LineHeads};
use super::labels::{SLIPS, is_numbered, plain};
use super::likeness::Likeness;
use super::says::{Said, Says};
use super::tables::is_index;
use super::under_heads::by_heads;
use crate::form::{Form, Table};
use crate::prose::is_digit;
use crate::value;

/// How many heads stand above the first row of a table without head rows of its own.
const HEADS_BEFORE_ROWS: usize = 1;

/// For each wanted row the fields behind its label, where that many stand there that could be numbers.
pub(super) fn rows<'b>(
    form: &Form,
    table: &Table,
    wanted: &[&WantedRow],
    fields: &'b [Field<'_>],
    likeness: &Likeness,
    says: &Says<'_>,
) -> Vec<Option<RowTexts<'b>>> {
    let nothing = || wanted.iter().map(|_| None).collect();
    // Words such as 其他 stand everywhere: only what follows the table's own heads counts.
    let heads = &says.table().heads_and_blocks;
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
    let mut heads = LineHeads::None;
    if !has_labels {
        heads = heads_in(&fields[..next], likeness, says);
    }
    for row in wanted {
        let Some(at) = begin(row, next, fields, likeness) else {
            rows.push(None);
            continue;
        };
        let label = usize::from(row.label_ix.is_some());
        // Where numbers stand above the first label, they stand above all: which is whose is not known.
        let above = &fields[next..at - label];
        if has_labels && rows.iter().all(Option::is_none) && above.iter().any(is_filled_number) {
            return nothing();
        }
        match heads_in(&fields[next..at - label], likeness, says) {
            LineHeads::None => {}
            new => heads = new,
        }
        let found = numbers_of(form, row, at, fields, &heads, says);
        if let Some((end, _)) = &found {
            next = *end;
        }
        rows.push(found.map(|(_, texts)| texts));
    }
    rows
}

fn is_filled_number(field: &Field<'_>) -> bool {
    is_number(&field.text) && field.text.contains(is_digit)
}

/// The heads among the fields behind the last number or label, from the first that is one.
fn heads_in(fields: &[Field<'_>], likeness: &Likeness, says: &Says<'_>) -> LineHeads {
    /// Characters of a head.
    const LONGEST: usize = 20;
    /// More fields than any heads take.
    const NEAR: usize = 60;
    let near = &fields[fields.len().saturating_sub(NEAR)..];
    let ends_row = |field: &Field<'_>| {
        is_number(&field.text) || field.word.is_some_and(|word| likeness.is_some_label(word))
    };
    let last = near.iter().rposition(ends_row);
    let near = &near[last.map_or(0, |at| at + 1)..];
    let is_short = |field: &&Field<'_>| {
        let characters = field.text.chars().count();
        characters > 0 && characters <= LONGEST && !is_number(&field.text)
    };
    let words = near.iter().filter(is_short).filter_map(|field| field.word);
    let is_none = |word: &_| !says.is_in_head_row(*word);
    LineHeads::of(words.skip_while(is_none).collect(), says)
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

/// Where the numbers of a row begin.
fn begin(row: &WantedRow, next: usize, fields: &[Field<'_>], likeness: &Likeness) -> Option<usize> {
    let Some(label) = row.label_ix else {
        return Some(next);
    };
    let find = |slips: usize| {
        let is_label = |word| likeness.is_label(word, label, slips);
        let mut fields = fields[next..].iter();
        fields.position(|field| field.word.is_some_and(is_label))
    };
    Some(next + find(0).or_else(|| find(SLIPS))? + 1)
}

/// The numbers of a row in the fields from `at` on, and where they end.
fn numbers_of<'b>(
    form: &Form,
    row: &WantedRow,
    at: usize,
    fields: &'b [Field<'_>],
    heads: &LineHeads,
    says: &Says<'_>,
) -> Option<(usize, RowTexts<'b>)> {
    let columns = match heads {
        // A local row stands under no block's heads.
        _ if row.is_optional => None,
        LineHeads::Columns(columns) => Some(columns),
        // Nobody knows which number is whose.
        LineHeads::Unclear {
            are_in_order: false,
        } => return None,
        _ => None,
    };
    let count = columns.map_or(row.cells.len(), Vec::len);
    let words = |cells: &'b [Field<'_>]| cells.iter().map(|field| &*field.text);
    let first = fields.get(at..at + count)?;
    let at = match row.label_ix.is_none() && is_index(words(first)) {
        true => at + count,
        false => at,
    };
    let end = at + count;
    let cells = fields.get(at..end)?;
    // With more numbers than cells nobody knows which is which.
    let could_be_one = |field: &Field<'_>| field.text.trim().is_empty() || is_number(&field.text);
    if fields.get(end).is_some_and(could_be_one) {
        return None;
    }
    let texts = cells.iter().map(|field| CellText {
        label: row.label_ix.and_then(|_| fields[at - 1].word),
        ..CellText::of(&field.text)
    });
    let texts: Vec<CellText<'b>> = texts.collect();
    let is_whole = count == row.cells.len();
    if !is_whole && !texts.iter().all(|text| is_number(text.words)) {
        return None;
    }
    let texts: RowTexts<'b> = match columns {
        Some(columns) => {
            let texts = head_lines::under(texts, columns);
            let mut under = by_heads(says, &texts, row.heads);
            if is_whole {
                // Under a head that is none of the row's, so that this can be said.
                let own = under.get_or_insert_with(|| vec![None; count]);
                let free = |text: &CellText<'_>| says.over(text, row.heads) == Said::Other;
                for (own, text) in own.iter_mut().zip(&texts) {
                    *own = own.or(Some(*text).filter(free));
                }
            }
            under?
        }
        None => texts.into_iter().map(Some).collect(),
    };
    let fits = row.cells.iter().zip(&texts).all(|(&cell, text)| {
        const LONGEST: usize = 40;
        let Some(text) = text else { return true };
        let (spec, text) = (form.cell(cell), text.words);
        let has_digits = text.chars().any(char::is_numeric) && text.chars().count() < LONGEST;
        (has_digits && !is_numbered(&plain(text)))
            || value::parse(text, spec.kind, spec.unit.as_deref()).is_ok()
    });
    fits.then_some((end, texts))
}
