//! A table of the form in what is no table any more: its rows in lines, or one cell a line, in order.

use super::cell_text::{CellText, RowTexts};
use super::content::Field;
use super::fields::is_number;
use super::form_words::{FormWordIx, WantedRow};
use super::head_lines::{self, LineHeads};
use super::heads::Reading;
use super::labels::{SLIPS, is_numbered, plain};
use super::likeness::Likeness;
use super::line_rows::{Above, LineRow};
use super::lines_apart;
use super::says::{Said, Says};
use super::settle::Verdict;
use super::settle_lines::settle_lines;
use super::tables::is_index;
use super::under_heads::by_heads;
use super::vocabulary::WordIx;
use crate::form::{Form, Table};
use crate::prose::is_digit;
use crate::value;
use std::rc::Rc;

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
) -> (Vec<Option<RowTexts<'b>>>, Verdict) {
    let nothing = || (wanted.iter().map(|_| None).collect(), Verdict::Fine);
    let has_labels = wanted.iter().any(|row| row.label_ix.is_some());
    let Some(mut next) = rows_begin(table, has_labels, fields, likeness, says) else {
        return nothing();
    };
    let mut rows: Vec<Option<LineRow<'b>>> = Vec::with_capacity(wanted.len());
    let mut above = Rc::new(Above::default());
    if !has_labels {
        above = Rc::new(heads_in(&fields[..next], likeness, says));
    }
    for row in wanted {
        let Some(at) = begin(row, next, fields, likeness) else {
            rows.push(None);
            continue;
        };
        let label = usize::from(row.label_ix.is_some());
        // Where numbers stand above the first label, they stand above all: which is whose is not known.
        let before = &fields[next..at - label];
        if has_labels && rows.iter().all(Option::is_none) && before.iter().any(is_filled_number) {
            return nothing();
        }
        match heads_in(before, likeness, says) {
            new if matches!(new.heads, LineHeads::None) => {}
            new => above = Rc::new(new),
        }
        let found = numbers_of(form, row, at, fields, &above, says);
        if let Some(found) = &found {
            next = found.fields.end;
        }
        rows.push(found);
    }
    let mut verdict = Verdict::Fine;
    if has_labels {
        lines_apart::without_twice(wanted, &mut rows, fields, likeness);
        if lines_apart::without_unsure(&mut rows, fields) {
            verdict = Verdict::Doubtful;
        }
    }
    let (rows, settled) = settle_lines(form, wanted, rows, says);
    match verdict {
        Verdict::Fine => (rows, settled),
        _ => (rows, verdict),
    }
}

/// Where the rows of a table begin: behind its heads, or, where the rows have labels, behind the first of them. Nothing
/// where too few of the heads stand anywhere.
fn rows_begin(
    table: &Table,
    has_labels: bool,
    fields: &[Field<'_>],
    likeness: &Likeness,
    says: &Says<'_>,
) -> Option<usize> {
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
    if met == 0 || !has_labels && met * 10 < heads.len() * 7 {
        return None;
    }
    if has_labels {
        let first = heads.first();
        let first = first.and_then(|&head| fields.iter().position(|field| is_head(field, head)));
        next = first.or(rows_begin.flatten()).unwrap_or(0);
    }
    Some(next)
}

fn is_filled_number(field: &Field<'_>) -> bool {
    is_number(&field.text) && field.text.contains(is_digit)
}

/// The heads among the fields behind the last number or label, from the first that is one.
fn heads_in(fields: &[Field<'_>], likeness: &Likeness, says: &Says<'_>) -> Above {
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
    let words = near.iter().filter(is_short);
    let words = words.filter_map(|field| Some((field.lines.0, field.word?)));
    let is_none = |(_, word): &(usize, WordIx)| !says.is_in_head_row(*word);
    let words: Vec<(usize, WordIx)> = words.skip_while(is_none).collect();
    let of_line = |line: &[(usize, WordIx)]| line.iter().map(|(_, word)| *word).collect();
    let lines = words.chunk_by(|a, b| a.0 == b.0);
    Above {
        heads: LineHeads::of(words.iter().map(|(_, word)| *word).collect(), says),
        lines: lines.map(of_line).collect(),
    }
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

/// The numbers of a row in the fields from `at` on.
fn numbers_of<'b>(
    form: &Form,
    row: &WantedRow,
    at: usize,
    fields: &'b [Field<'_>],
    above: &Rc<Above>,
    says: &Says<'_>,
) -> Option<LineRow<'b>> {
    let columns = match &above.heads {
        // A local row stands under no block's heads.
        _ if row.is_optional => None,
        LineHeads::Columns(columns) => Some(columns),
        _ => None,
    };
    let under = columns.and_then(|columns| {
        let (at, texts) = texts(form, row, at, columns.len(), fields)?;
        let end = at + texts.len();
        let is_whole = columns.len() == row.cells.len();
        let texts = head_lines::under(texts, columns);
        let mut under = by_heads(says, &texts, row.heads);
        if is_whole {
            // Under a head that is none of the row's, so that this can be said.
            let own = under.get_or_insert_with(|| vec![None; texts.len()]);
            let free = |text: &CellText<'_>| says.over(text, row.heads) == Said::Other;
            for (own, text) in own.iter_mut().zip(&texts) {
                *own = own.or(Some(*text).filter(free));
            }
        }
        Some((at..end, under?))
    });
    let ordered = texts(form, row, at, row.cells.len(), fields);
    let ordered = ordered.map(|(at, texts)| {
        let end = at + texts.len();
        let texts: RowTexts<'b> = texts.into_iter().map(Some).collect();
        (at..end, texts)
    });
    let place = under.as_ref().or(ordered.as_ref())?.0.clone();
    Some(LineRow {
        reading: Reading {
            by_order: ordered.map(|(_, texts)| texts),
            by_heads: under.map(|(_, texts)| texts),
            is_doubted: false,
        },
        is_level: {
            let numbers = &fields[place.clone()];
            let line = numbers.first().map(|field| field.lines);
            numbers.len() > 1 && numbers.iter().all(|field| Some(field.lines) == line)
        },
        above: match row.is_optional {
            true => Rc::default(),
            false => above.clone(),
        },
        fields: place,
    })
}

/// So many fields from `at` on, where just these could be the numbers of a row, and where they begin: what only numbers
/// the columns is left out.
fn texts<'b>(
    form: &Form,
    row: &WantedRow,
    at: usize,
    count: usize,
    fields: &'b [Field<'_>],
) -> Option<(usize, Vec<CellText<'b>>)> {
    let words = |cells: &'b [Field<'_>]| cells.iter().map(|field| &*field.text);
    let first = fields.get(at..at + count)?;
    let at = match row.label_ix.is_none() && is_index(words(first)) {
        true => at + count,
        false => at,
    };
    let cells = fields.get(at..at + count)?;
    // With more numbers than cells nobody knows which is which, unless they are those of another row, in another line.
    let behind = &fields[at + count..];
    let could_be_one = |field: &&Field<'_>| field.text.trim().is_empty() || is_number(&field.text);
    let more = behind.iter().take_while(could_be_one).count();
    if more > 0
        && !lines_apart::is_row(
            &fields[at - usize::from(at > 0)..at + count],
            &behind[..more],
        )
    {
        return None;
    }
    let texts = cells.iter().map(|field| CellText {
        label: row.label_ix.and_then(|_| fields[at - 1].word),
        ..CellText::of(&field.text)
    });
    let texts: Vec<CellText<'b>> = texts.collect();
    if count != row.cells.len() && !texts.iter().all(|text| is_number(text.words)) {
        return None;
    }
    let fits = row.cells.iter().zip(&texts).all(|(&cell, text)| {
        const LONGEST: usize = 40;
        let (spec, text) = (form.cell(cell), text.words);
        let has_digits = text.chars().any(char::is_numeric) && text.chars().count() < LONGEST;
        (has_digits && !is_numbered(&plain(text)))
            || value::parse(text, spec.kind, spec.unit.as_deref()).is_ok()
    });
    (count != row.cells.len() || fits).then_some((at, texts))
}
