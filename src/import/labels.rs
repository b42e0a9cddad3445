//! Labels as people copy them: how one is compared with the form's own, and how wrong it may be.

use crate::form::Form;
use std::collections::HashSet;

/// The most wrong characters of a label that is known by itself.
pub(super) const SLIPS: usize = 2;

/// A shorter label must be right to the character.
const SHORT: usize = 6;

/// Whether a cell is a label with a number of its own, such as `1.属于国家秘密`.
pub(super) fn is_numbered(rest: &str) -> bool {
    let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let label = digits
        .strip_prefix('.')
        .filter(|_| digits.len() < rest.len());
    label.is_some_and(|label| label.starts_with(|c: char| !c.is_ascii_digit()))
}

/// Whether a cell is a label, at most `slips` characters of it wrong; short ones must be right. The report's year in a
/// label is any year.
pub(super) fn is_label(cell: &str, label: &str, slips: usize) -> bool {
    const YEAR: &str = "{year}";
    if label.contains(YEAR) {
        let bare = |text: &str| text.replace(|c: char| c.is_ascii_digit(), "");
        return is_label(&bare(cell), &bare(&label.replace(YEAR, "")), slips);
    }
    // Some explain to those who fill in what is meant.
    if let Some(bare) = without_note(cell).filter(|_| !label.ends_with(')')) {
        return is_label(bare, label, slips);
    }
    // A digit at the end that the label has not is a number.
    let digits = |text: &str| text.chars().rev().take_while(char::is_ascii_digit).count();
    let slips = if label.chars().count() < SHORT || digits(cell) != digits(label) {
        0
    } else {
        slips
    };
    cell == label || slips > 0 && distance(cell, label, slips) <= slips
}

/// A label before its note in brackets. Numbers in the note may be more than a note, but for those of a year.
pub(super) fn without_note(label: &str) -> Option<&str> {
    const YEAR: usize = 4;
    let (bare, note) = label.strip_suffix(')')?.split_once('(')?;
    let mut numbers = note.split(|c: char| !c.is_ascii_digit());
    let years = numbers.all(|number| number.is_empty() || number.len() == YEAR);
    (years && !bare.is_empty()).then_some(bare)
}

/// The words of a form's tables, as labels are compared.
pub(super) fn words_of(form: &Form) -> HashSet<String> {
    let cells = form.tables.iter().flat_map(|table| &table.grid.cells);
    cells
        .filter_map(|cell| cell.content.words().map(plain))
        .collect()
}

/// A label without what differs from copy to copy: blanks, quotation marks, wide and narrow signs.
pub(super) fn plain(label: &str) -> String {
    label
        .chars()
        .filter(|c| !c.is_whitespace() && !"“”\"‘’'".contains(*c))
        .map(|c| match c {
            '、' | '．' | '。' => '.',
            '（' => '(',
            '）' => ')',
            '，' => ',',
            '：' => ':',
            '；' => ';',
            '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => {
                char::from_u32(c as u32 - 0xFEE0).unwrap_or(c)
            }
            c => c,
        })
        .collect()
}

/// How many characters differ (Levenshtein), or more than `most`.
pub(super) fn distance(a: &str, b: &str, most: usize) -> usize {
    // Most cells are no label at all, and much shorter.
    if a.chars().count().abs_diff(b.chars().count()) > most {
        return most + 1;
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = (above + 1)
                .min(row[j] + 1)
                .min(diagonal + usize::from(x != y));
            diagonal = above;
        }
    }
    row[b.len()]
}
