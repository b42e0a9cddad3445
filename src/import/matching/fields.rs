//! Lines of plain text as the fields of the tables that they were: as a PDF's text is copied, a row stands in a line with
//! blanks between, and a label may go over several.

use super::form_words::OfficialWords;
use super::labels::plain;
use std::borrow::Cow;
use std::collections::HashSet;

/// What stands in the cells of tables that became lines, with all other lines as they are.
#[derive(Default)]
pub(super) struct Fields<'a> {
    /// In order.
    pub all: Vec<Cow<'a, str>>,
    /// Lines that are only part of a label, as labels are compared.
    pub pieces: HashSet<String>,
}

/// Splits lines into fields.
pub(super) fn fields<'a>(lines: &[&'a str]) -> Fields<'a> {
    let known = OfficialWords::get();
    let mut split: Vec<Cow<'a, str>> = Vec::new();
    for &line in lines {
        match line_fields(line, known) {
            Some(fields) => split.extend(fields),
            None => split.push(Cow::Borrowed(line)),
        }
    }
    let mut fields = Fields::default();
    let mut rest = split.as_slice();
    while let Some(first) = rest.first() {
        let parts = parts_of_label(rest, known);
        if parts > 1 {
            fields
                .pieces
                .extend(rest[..parts].iter().map(|part| plain(part)));
            fields.all.push(Cow::Owned(rest[..parts].concat()));
        } else {
            fields.all.push(first.clone());
        }
        rest = &rest[parts.max(1)..];
    }
    fields
}

/// What people draw between the cells of a row.
const BARS: [char; 4] = ['|', '｜', '\u{2502}', '\u{2503}'];

/// The labels and numbers of a line, if it is nothing else.
fn line_fields<'a>(line: &'a str, known: &OfficialWords) -> Option<Vec<Cow<'a, str>>> {
    if let Some(cells) = barred(line, known) {
        return Some(cells);
    }
    let words: Vec<&'a str> = line.split_whitespace().collect();
    // The number of a page is in no table.
    let is_page = words.len() == 3 && words[0] == words[2] && !words[0].contains(char::is_numeric);
    if words.len() < 2 || is_page {
        return None;
    }
    let is_known = |word: &&str| known.whole.contains(&plain(word));
    let (labels, numbers) = labels_and_numbers(&words);
    let are_known = labels.iter().all(is_known);
    if is_run_together(&words, is_known) {
        return Some(words.into_iter().map(Cow::Borrowed).collect());
    }
    if numbers.is_empty() && !are_known {
        return None;
    }
    let mut fields: Vec<Cow<'a, str>> = Vec::with_capacity(words.len());
    if are_known {
        fields.extend(labels.iter().map(|label| Cow::Borrowed(*label)));
    } else {
        // The first label of a group stands beside the group's own.
        let last = labels.last().copied().filter(|word| is_known(word));
        let before = labels[..labels.len() - usize::from(last.is_some())].concat();
        fields.extend(
            Some(before)
                .filter(|label| !label.is_empty())
                .map(Cow::Owned),
        );
        fields.extend(last.map(Cow::Borrowed));
    }
    fields.extend(numbers.iter().map(|number| Cow::Borrowed(*number)));
    Some(fields)
}

/// Several of the official labels and some numbers between bars, the blank ones among them: rows that were run together.
fn barred<'a>(line: &'a str, known: &OfficialWords) -> Option<Vec<Cow<'a, str>>> {
    const SEVERAL: usize = 3;
    if !line.contains(BARS) {
        return None;
    }
    let cells: Vec<&str> = line.split(BARS).map(str::trim).collect();
    let labels = cells
        .iter()
        .filter(|cell| known.whole.contains(&plain(cell)));
    let has_labels = labels.count() >= SEVERAL && cells.iter().any(|cell| is_number(cell));
    has_labels.then(|| cells.into_iter().map(Cow::Borrowed).collect())
}

/// Whether a line is made of many rows: labels stand behind numbers, and little else.
fn is_run_together(words: &[&str], is_known: impl Fn(&&str) -> bool) -> bool {
    const SEVERAL: usize = 3;
    let labels = words.iter().filter(|word| is_known(word)).count();
    let numbers = words.iter().filter(|word| is_number(word)).count();
    let first = words.iter().position(|word| is_number(word));
    let goes_on = first.is_some_and(|first| words[first..].iter().any(&is_known));
    goes_on && labels >= SEVERAL && (labels + numbers) * 2 >= words.len()
}

/// The words of a line before the numbers at its end, and these.
fn labels_and_numbers<'a, 'b>(words: &'a [&'b str]) -> (&'a [&'b str], &'a [&'b str]) {
    let numbers = words.iter().rev().take_while(|word| is_number(word));
    words.split_at(words.len() - numbers.count())
}

/// Whether a word is what stands in a cell for numbers.
pub(super) fn is_number(word: &str) -> bool {
    let number = word.trim_end_matches(['件', '项', '元', '万']);
    let is_sign = |c: char| c.is_numeric() || "+-.,/—－＋，．".contains(c);
    !number.is_empty() && number.chars().all(is_sign)
}

/// How many of these fields are one label that goes over several lines: the most that are.
fn parts_of_label(fields: &[Cow<'_, str>], known: &OfficialWords) -> usize {
    /// A label with each character in a line of its own.
    const MOST: usize = 12;
    let mut label = String::new();
    let mut parts = 0;
    for (nth, field) in fields.iter().take(MOST).enumerate() {
        if is_number(field) {
            break;
        }
        label.push_str(&plain(field));
        if known.whole.contains(&label) {
            parts = nth + 1;
        }
        if !label.is_empty() && !known.beginnings.contains(&label) {
            break;
        }
    }
    parts
}

/// Whether all labels and numbers of a line were used.
pub fn is_made_of(line: &str, is_used: impl Fn(&str) -> bool) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let (labels, numbers) = labels_and_numbers(&words);
    let labelled =
        labels.is_empty() || is_used(&labels.concat()) || labels.iter().all(|label| is_used(label));
    if labelled && numbers.iter().all(|number| is_used(number)) {
        return true;
    }
    let is_between = |c: char| c.is_whitespace() || BARS.contains(&c);
    let mut words = line.split(is_between).filter(|word| !word.is_empty());
    words.all(is_used)
}
