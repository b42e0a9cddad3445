//! Lines of plain text as the fields of the tables that they were: as a PDF's text is copied, a row stands in a line with
//! blanks between, and a label may go over several.

use super::form_words::OfficialWords;
use super::labels::plain;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

/// What stands in the cells of tables that became lines, with all other lines as they are.
#[derive(Default)]
pub(super) struct Fields<'a> {
    /// In order.
    pub all: Vec<LineField<'a>>,
    /// Lines that are only part of a label, as labels are compared.
    pub pieces: HashSet<String>,
}

/// A line, or a field of one.
#[derive(Clone, Debug)]
pub(super) struct LineField<'a> {
    pub text: Cow<'a, str>,
    /// The line in which it begins and the one in which it ends, from 0.
    pub lines: (usize, usize),
}

/// Splits lines into fields.
pub(super) fn fields<'a>(lines: &[&'a str]) -> Fields<'a> {
    let known = OfficialWords::get();
    let mut split: Vec<LineField<'a>> = Vec::new();
    for (nth, &line) in lines.iter().enumerate() {
        let fields = line_fields(line, known).unwrap_or_else(|| vec![Cow::Borrowed(line)]);
        let lines = (nth, nth);
        split.extend(fields.into_iter().map(|text| LineField { text, lines }));
    }
    let mut fields = Fields::default();
    let mut rest = split.as_slice();
    while let Some(first) = rest.first() {
        let mut parts = parts_of_label(rest, known);
        let mut is_cut = parts > 1;
        if is_cut {
            let text: String = rest[..parts].iter().map(|part| &*part.text).collect();
            fields.all.push(LineField {
                text: Cow::Owned(text),
                lines: (first.lines.0, rest[parts - 1].lines.1),
            });
        } else if let Some((of, words)) = cut_anywhere(rest, known) {
            (parts, is_cut) = (of, true);
            fields.all.extend(words);
        } else {
            fields.all.push(first.clone());
        }
        if is_cut {
            let pieces = rest[..parts].iter().map(|part| plain(&part.text));
            fields.pieces.extend(pieces);
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
        return heads(&words, known);
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

/// The heads in a line of words most of which are official, put together where blanks stand in them: 总 计. What stands
/// before them may be part of another cell.
fn heads<'a>(words: &[&'a str], known: &OfficialWords) -> Option<Vec<Cow<'a, str>>> {
    /// Characters of a head, of which each may stand alone.
    const LONGEST: usize = 12;
    const SEVERAL: usize = 2;
    let mut heads: Vec<Cow<'a, str>> = Vec::new();
    let (mut at, mut official) = (0, 0);
    while at < words.len() {
        let ends = (at + 1..=words.len().min(at + LONGEST)).rev();
        let whole = ends.map(|end| (end, words[at..end].concat()));
        let mut whole = whole.filter(|(_, word)| known.whole.contains(&plain(word)));
        match whole.next() {
            Some((end, word)) => {
                official += 1;
                at = end;
                heads.push(Cow::Owned(word));
            }
            None if at > 0 && words[at].chars().count() > LONGEST => return None,
            None => {
                heads.push(Cow::Borrowed(words[at]));
                at += 1;
            }
        }
    }
    (official >= SEVERAL && official * 2 > heads.len()).then_some(heads)
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
fn parts_of_label(fields: &[LineField<'_>], known: &OfficialWords) -> usize {
    /// A label with each character in a line of its own.
    const MOST: usize = 12;
    let mut label = String::new();
    let mut parts = 0;
    for (nth, field) in fields.iter().take(MOST).enumerate() {
        if is_number(&field.text) {
            break;
        }
        label.push_str(&plain(&field.text));
        if known.whole.contains(&label) {
            parts = nth + 1;
        }
        if !label.is_empty() && !known.beginnings.contains(&label) {
            break;
        }
    }
    parts
}

/// Official words that stand one behind another without a blank, over lines that are cut anywhere: how many fields they
/// take, the most that hold only whole ones, and the words.
fn cut_anywhere<'a>(
    fields: &[LineField<'_>],
    known: &OfficialWords,
) -> Option<(usize, Vec<LineField<'a>>)> {
    const MOST: usize = 30;
    let mut found = None;
    let mut text = String::new();
    // Which field each byte is of.
    let mut owner: Vec<usize> = Vec::new();
    for (nth, field) in fields.iter().take(MOST).enumerate() {
        if is_number(&field.text) {
            break;
        }
        text.push_str(&plain(&field.text));
        owner.resize(text.len(), nth);
        match words_of(&text, known) {
            // A word that is whole stands alone.
            Some(Some(words)) if nth == 0 && words.len() == 1 => return None,
            Some(Some(words)) => found = Some((nth + 1, words)),
            Some(None) => {}
            None => break,
        }
    }
    let (count, words) = found?;
    let line_of = |at: usize| &fields[owner[at]].lines;
    let word = |range: Range<usize>| LineField {
        text: Cow::Owned(text[range.clone()].to_owned()),
        lines: (line_of(range.start).0, line_of(range.end - 1).1),
    };
    Some((count, words.into_iter().map(word).collect()))
}

/// Where the official words stand of which a text is made; nothing inside where its end is only the beginning of one, and
/// nothing at all where it is something else.
fn words_of(text: &str, known: &OfficialWords) -> Option<Option<Vec<Range<usize>>>> {
    let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    // For each place up to which words go where the last of them begins: the longest one.
    let mut reached: BTreeMap<usize, usize> = BTreeMap::from([(0, 0)]);
    let mut goes_on = false;
    for &from in ends.iter() {
        if !reached.contains_key(&from) {
            continue;
        }
        let all = ends.iter().copied().chain([text.len()]);
        for end in all.filter(|end| *end > from) {
            let part = &text[from..end];
            if !known.beginnings.contains(part) {
                break;
            }
            goes_on |= end == text.len();
            if known.whole.contains(part) {
                reached.entry(end).or_insert(from);
            }
        }
    }
    let mut words = Vec::new();
    let mut end = text.len();
    while end > 0 {
        let Some(&from) = reached.get(&end) else {
            return goes_on.then_some(None);
        };
        words.push(from..end);
        end = from;
    }
    words.reverse();
    Some(Some(words))
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
