//! Numbers behind the labels of their rows; the place of a number in its row counts only where no head speaks against it.

use super::cell_text::CellText;
use super::form_words::WantedRow;
use super::heads::{Lookup, Reading};
use super::labels::{Label, Plain, SLIPS, is_numbered};
use super::tables::SourceCell;
use super::under_heads::by_heads;
use super::unlabelled;

/// For each wanted row of a table what its numbers could be, where the source has them.
pub(super) fn readings_of<'a>(
    lookup: &Lookup<'a, '_>,
    wanted: &[&WantedRow],
) -> Vec<Option<Reading<'a>>> {
    let rows = lookup.table.rows.len();
    let mut next = 0;
    let mut all = Vec::with_capacity(wanted.len());
    for row in wanted {
        let Some(label) = row.label_ix else {
            all.push(unlabelled::row(lookup, row).map(|reading| (0, reading)));
            continue;
        };
        let is_label =
            |slips| move |cell: &SourceCell<'_>| lookup.likeness.is_label(cell.word, label, slips);
        let right = |at: usize| behind_label(lookup, at, row, is_label(0));
        let right = |at: usize| right(at).unwrap_or_else(|| cut_row(lookup, at, row));
        let misspelt = |at: usize| behind_label(lookup, at, row, is_label(SLIPS))?;
        let hit = (next..rows).find_map(|at| Some((at, right(at)?)));
        // Rows may stand in another order: a label that is there just once says it.
        if hit.is_none()
            && let Some(at) = only_row(lookup, next, is_label(0))
            && let Some(Some(reading)) = behind_label(lookup, at, row, is_label(0))
        {
            all.push(Some((at, reading)));
            continue;
        }
        let hit = hit.or_else(|| (next..rows).find_map(|at| Some((at, misspelt(at)?))));
        if let Some((at, _)) = &hit {
            next = at + 1;
        }
        all.push(hit);
    }
    between(wanted, lookup, &mut all);
    let readings = all.into_iter();
    readings
        .map(|found| found.map(|(_, reading)| reading))
        .collect()
}

/// The only row above `end` that has such a cell.
fn only_row(
    lookup: &Lookup<'_, '_>,
    end: usize,
    is_it: impl Fn(&SourceCell<'_>) -> bool,
) -> Option<usize> {
    let above = lookup.table.rows[..end].iter().enumerate();
    let mut found = above.filter(|(_, row)| row.iter().any(&is_it));
    let (at, _) = found.next()?;
    found.next().is_none().then_some(at)
}

/// What stands behind a label: one field for each cell, or, where some are lacking, those that stand under their heads;
/// nothing at all if the label is not in this row.
fn behind_label<'a>(
    lookup: &Lookup<'a, '_>,
    at: usize,
    wanted: &WantedRow,
    is_label: impl Fn(&SourceCell<'_>) -> bool,
) -> Option<Option<Reading<'a>>> {
    let row = &lookup.table.rows[at];
    let place = row.iter().position(is_label)?;
    let behind = &row[place + 1..];
    // Another label stands there: this one heads several rows.
    let is_another = |cell: &SourceCell<'_>| is_numbered(&lookup.vocabulary.word(cell.word).text);
    if behind.iter().any(is_another) {
        return Some(None);
    }
    let label = Some(row[place].word);
    let unit_line = lookup.unit_line(at);
    let around = |cell: CellText<'a>| CellText {
        label,
        unit_line,
        ..cell
    };
    let cells = lookup.cells(at, wanted.heads).into_iter();
    let behind: Vec<CellText<'a>> = cells.skip(place + 1).map(around).collect();
    let count = wanted.cells.len();
    // Blanks that a merged label has left cannot be told from the row's own where those at its end are gone.
    // Nothing has moved where there is nothing but blanks.
    let could_be_moved = behind.len() == count
        && behind.first().is_some_and(CellText::is_blank)
        && !behind.iter().all(CellText::is_blank);
    let reaches_far = |columns: usize| place + 1 >= columns;
    let is_moved = could_be_moved && !lookup.label_columns().is_none_or(reaches_far);
    let numbers = |count: usize| in_order(&behind, count).filter(|_| !is_moved);
    let under = by_heads(lookup.says, &behind, wanted.heads);
    Some(lookup.reading(at, wanted.heads, under, numbers))
}

/// A row that the end of a page has cut in two: its label goes on in the next row, and each number stands in one of both.
fn cut_row<'a>(lookup: &Lookup<'a, '_>, at: usize, wanted: &WantedRow) -> Option<Reading<'a>> {
    let label = lookup.form.labels[wanted.label_ix?].text();
    let plain = |cell: &SourceCell<'_>| lookup.vocabulary.word(cell.word).text.as_str();
    let begins = |cell: &SourceCell<'_>| {
        let words = plain(cell);
        !words.is_empty() && label.starts_with(words)
    };
    let row = &lookup.table.rows[at];
    if !row.iter().any(begins) {
        return None;
    }
    let next = lookup.table.rows.get(at + 1);
    let below = |above: &SourceCell<'_>| {
        let place = |cell: &SourceCell<'_>| (cell.raw.col, cell.raw.cols);
        let mut next = next.into_iter().flatten();
        next.find(|cell| place(cell) == place(above))
    };
    let mut pairs = row.iter().map(|above| (above, below(above)));
    pairs.find(|(above, below)| {
        let both =
            || below.and_then(|below| label.strip_prefix(plain(above)).zip(Some(plain(below))));
        let is_filled = |cell: &SourceCell<'_>| !cell.raw.text.trim().is_empty();
        is_filled(above)
            && below.is_some_and(is_filled)
            && both().is_some_and(|(rest, below)| rest == below)
    })?;
    let cells = lookup.cells(at, wanted.heads);
    let numbers = pairs.map(|(above, below)| {
        let place = row.iter().position(|cell| std::ptr::eq(cell, above))?;
        match (above.raw.text.trim(), below?.raw.text.trim()) {
            (words, "") | ("", words) => Some(CellText {
                words,
                ..cells[place]
            }),
            _ => None,
        }
    });
    let numbers: Vec<CellText<'a>> = numbers.collect::<Option<_>>()?;
    let under = by_heads(lookup.says, &numbers, wanted.heads);
    let ordered = |count: usize| in_order(&numbers, count);
    lookup.reading(at, wanted.heads, under, ordered)
}

/// Rows whose label is spelt too badly are known by their place: between rows that are known stand just as many. Half
/// of the label must still be right.
fn between<'a>(
    wanted: &[&WantedRow],
    lookup: &Lookup<'a, '_>,
    all: &mut [Option<(usize, Reading<'a>)>],
) {
    let mut at = 0;
    while at < all.len() {
        let known = all[at..].iter().position(Option::is_some);
        let gap = at..known.map_or(all.len(), |known| at + known);
        let row_of = |at: usize| all.get(at).and_then(Option::as_ref).map(|(row, _)| *row);
        let (before, after) = (at.checked_sub(1).and_then(row_of), row_of(gap.end));
        if let (Some(before), Some(after)) = (before, after)
            && before + gap.len() + 1 == after
        {
            for (nth, index) in gap.clone().enumerate() {
                let row = before + 1 + nth;
                all[index] = half_right(lookup, row, wanted[index]).map(|texts| (row, texts));
            }
        }
        at = gap.end + 1;
    }
}

/// What stands behind a label of which half is right.
fn half_right<'a>(lookup: &Lookup<'a, '_>, at: usize, wanted: &WantedRow) -> Option<Reading<'a>> {
    let label: &Label = &lookup.form.labels[wanted.label_ix?];
    let slips = label.length() / 2;
    let word = |cell: &SourceCell<'_>| -> &Plain { lookup.vocabulary.word(cell.word) };
    let is_label = |cell: &SourceCell<'_>| {
        label
            .slips(word(cell), slips, &lookup.form.head_words)
            .is_some()
    };
    behind_label(lookup, at, wanted, is_label).unwrap_or_else(|| cut_row(lookup, at, wanted))
}

/// The numbers among the texts behind a label, if they are as many as there should be.
fn in_order<'a>(behind: &[CellText<'a>], count: usize) -> Option<Vec<CellText<'a>>> {
    // Merged labels leave empty fields behind them, wide tables at their end.
    let more = behind.len().saturating_sub(count);
    let before = behind.iter().take_while(|text| text.is_blank()).count();
    let after = behind.iter().rev().take_while(|text| text.is_blank());
    let after = after.count();
    // Where both may have done so, blanks of the table's own could be either.
    if more > 0 && before > 0 && after > 0 && before < behind.len() {
        return None;
    }
    let mut behind = &behind[before.min(more)..];
    behind = &behind[..behind.len() - after.min(behind.len().saturating_sub(count))];
    // One number that stands in several merged columns.
    if count < behind.len() && behind[count..].iter().all(CellText::is_blank) {
        behind = &behind[..count];
    }
    if behind.len() == count {
        return Some(behind.to_vec());
    }
    // Tables of different widths on one sheet: columns are merged anywhere. With nothing blank there is no doubt.
    let filled = behind.iter().filter(|text| !text.is_blank());
    let filled: Vec<CellText<'a>> = filled.copied().collect();
    (behind.len() > count && filled.len() == count).then_some(filled)
}
