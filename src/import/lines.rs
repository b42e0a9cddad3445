//! Lines of plain text as the fields of the tables that they were: as a PDF's text is copied, a row stands in a line with
//! blanks between, and a label may go over several.

use super::labels::{plain, words_of};
use crate::form;
use std::collections::HashSet;

/// What stands in the cells of tables that became lines, with all other lines as they are.
#[derive(Default)]
pub(super) struct Fields {
    /// In order.
    pub all: Vec<String>,
    /// Lines that are only part of a label, as labels are compared.
    pub pieces: HashSet<String>,
}

/// Splits lines into fields.
pub(super) fn fields(lines: &[&str]) -> Fields {
    let known: HashSet<String> = form::official().iter().flat_map(|f| words_of(f)).collect();
    let mut split: Vec<String> = Vec::new();
    for line in lines {
        split.extend(line_fields(line, &known).unwrap_or_else(|| vec![(*line).to_owned()]));
    }
    let mut fields = Fields::default();
    let mut rest = split.as_slice();
    while let Some(first) = rest.first() {
        let parts = parts_of_label(rest, &known);
        if parts > 1 {
            fields
                .pieces
                .extend(rest[..parts].iter().map(|part| plain(part)));
        }
        let whole = parts.max(1);
        fields.all.push(if whole > 1 {
            rest[..whole].concat()
        } else {
            first.clone()
        });
        rest = &rest[whole..];
    }
    fields
}

/// The labels and numbers of a line, if it is nothing else.
fn line_fields(line: &str, known: &HashSet<String>) -> Option<Vec<String>> {
    let words: Vec<&str> = line.split_whitespace().collect();
    // The number of a page is in no table.
    let is_page = words.len() == 3 && words[0] == words[2] && !words[0].contains(char::is_numeric);
    let (labels, numbers) = labels_and_numbers(&words);
    let are_known = labels.iter().all(|word| known.contains(&plain(word)));
    if words.len() < 2 || is_page || numbers.is_empty() && !are_known {
        return None;
    }
    let owned = |words: &[&str]| {
        words
            .iter()
            .map(|word| (*word).to_owned())
            .collect::<Vec<_>>()
    };
    let mut fields = if are_known {
        owned(labels)
    } else {
        let last = labels.last().filter(|word| known.contains(&plain(word)));
        // The first label of a group stands beside the group's own.
        let group = last.map_or("", |last| last);
        let before = &labels[..labels.len() - usize::from(last.is_some())];
        let mut both = vec![before.concat(), group.to_owned()];
        both.retain(|label| !label.is_empty());
        both
    };
    fields.extend(owned(numbers));
    Some(fields)
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
fn parts_of_label(fields: &[String], known: &HashSet<String>) -> usize {
    /// A label with each character in a line of its own.
    const MOST: usize = 12;
    let mut label = String::new();
    let mut parts = 0;
    for (nth, field) in fields.iter().take(MOST).enumerate() {
        if is_number(field) {
            break;
        }
        label.push_str(&plain(field));
        if known.contains(&label) {
            parts = nth + 1;
        }
    }
    parts
}

/// Whether all labels and numbers of a line were used.
pub(super) fn is_made_of(line: &str, is_used: impl Fn(&str) -> bool) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let (labels, numbers) = labels_and_numbers(&words);
    let labelled =
        labels.is_empty() || is_used(&labels.concat()) || labels.iter().all(|label| is_used(label));
    labelled && numbers.iter().all(|number| is_used(number))
}
