//! Rows of which the label and the numbers may not belong together: numbers in lines of their own, and a row that is there
//! twice.

use super::content::Field;
use super::fields::is_number;
use super::form_words::WantedRow;
use super::labels::SLIPS;
use super::likeness::Likeness;
use super::line_rows::LineRow;

/// Whether the fields behind the label and the numbers of a row, with that label, are the numbers of another: as many, all
/// in one line, while the row itself has one line.
pub(super) fn is_row(row: &[Field<'_>], behind: &[Field<'_>]) -> bool {
    let count = row.len() - 1;
    let Some(line) = row.last().map(|field| field.lines.1) else {
        return false;
    };
    let is_own = row.iter().all(|field| field.lines.1 == line);
    let next = behind.first().map(|field| field.lines);
    let in_line = behind.iter().filter(|field| Some(field.lines) == next);
    count > 1 && is_own && next.is_some_and(|next| next.0 > line) && in_line.count() == count
}

/// Takes out the rows whose numbers stand in another line than their label, where anywhere in the table two such lines
/// follow one another: then it is not known whether numbers stand above or below their labels. Whether there were some.
pub(super) fn without_unsure(rows: &mut [Option<LineRow<'_>>], fields: &[Field<'_>]) -> bool {
    let places = || rows.iter().flatten().map(|row| &row.fields);
    let from = places().map(|place| place.start).min();
    let end = places().map(|place| place.end).max();
    let Some((from, end)) = from.zip(end) else {
        return false;
    };
    let widest = places().map(ExactSizeIterator::len).max().unwrap_or(0);
    let reached = fields.len().min(end + widest);
    let lines = fields[from..reached].chunk_by(|a, b| a.lines == b.lines);
    let mut lines = lines.map(|line| {
        let numbers = line.iter().rev().take_while(|field| is_number(&field.text));
        (line.len(), numbers.count())
    });
    // The line before, if numbers end it.
    let mut before = lines.next().map_or(0, |(_, numbers)| numbers);
    let follow = lines.any(|(length, numbers)| {
        let is_second = numbers > 1 && numbers == length && before == numbers;
        before = numbers;
        is_second
    });
    if !follow {
        return false;
    }
    let is_apart = |row: &LineRow<'_>| {
        let label = row.fields.start.checked_sub(1).map(|at| fields[at].lines.1);
        row.is_level && label != Some(fields[row.fields.start].lines.0)
    };
    let mut are_some = false;
    for row in rows.iter_mut() {
        if row.as_ref().is_some_and(is_apart) {
            (*row, are_some) = (None, true);
        }
    }
    are_some
}

/// Takes out the rows of which the label stands again before the next row, with other numbers behind it.
pub(super) fn without_twice(
    wanted: &[&WantedRow],
    rows: &mut [Option<LineRow<'_>>],
    fields: &[Field<'_>],
    likeness: &Likeness,
) {
    /// How far behind the last row.
    const NEAR: usize = 20;
    for nth in 0..rows.len() {
        let Some((place, label)) = rows[nth]
            .as_ref()
            .map(|row| &row.fields)
            .zip(wanted[nth].label_ix)
        else {
            continue;
        };
        let mut next = rows[nth + 1..].iter().flatten();
        let end = next.next().map(|row| row.fields.start.saturating_sub(1));
        let end = end.unwrap_or(fields.len().min(place.end + NEAR));
        let numbers = |from: usize| {
            let numbers = fields[from..].iter().map(|field| field.text.trim());
            let numbers = numbers.take_while(|text| is_number(text));
            numbers.collect::<Vec<&str>>()
        };
        let own: Vec<&str> = fields[place.clone()]
            .iter()
            .map(|field| field.text.trim())
            .collect();
        let is_again = |at: usize| {
            let word = fields[at].word;
            let is_label = word.is_some_and(|word| likeness.is_label(word, label, SLIPS));
            let again = numbers(at + 1);
            is_label && again.len() == own.len() && again != own
        };
        if (place.end..end).any(is_again) {
            rows[nth] = None;
        }
    }
}
