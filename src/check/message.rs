//! Words that several kinds of findings share.

use crate::form::Level;
use crate::value::Value;

/// A level's official name.
pub fn level_name(level: Level) -> &'static str {
    match level {
        Level::Error => "必改",
        Level::Query => "需说明",
        Level::Hint => "提示",
    }
}

/// One side of a relation with its numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// In the form's words, e.g. `一+二`.
    pub words: String,
    /// The numbers that make it up, e.g. `71 + 1`; empty where there is only one or there are too many to read.
    pub terms: String,
    /// What they come to.
    pub total: Value,
}

/// The most numbers that are still read as a sum.
const READABLE_TERMS: usize = 6;

/// One number of a sum, and whether it is taken away.
pub(super) type Term = (bool, Value);

/// The numbers of a sum that are not 0, if they can be read at a glance.
pub(super) fn sum_words(all: &[Term]) -> String {
    let short = all.len() <= 2;
    let shown: Vec<_> = all
        .iter()
        .filter(|(_, v)| short && !v.is_blank() || v.decimal().is_some_and(|d| !d.is_zero()))
        .collect();
    if shown.len() < 2 || shown.len() > READABLE_TERMS {
        return String::new();
    }
    let mut words = String::new();
    for (nth, (minus, value)) in shown.iter().enumerate() {
        words.push_str(match (nth, minus) {
            (0, false) => "",
            (0, true) => "−",
            (_, false) => " + ",
            (_, true) => " − ",
        });
        words.push_str(&value.to_string());
    }
    words
}

/// The beginning of a paragraph; dots where it goes on.
pub(super) fn beginning(paragraph: &str) -> String {
    const MOST: usize = 12;
    let paragraph = paragraph.trim();
    match paragraph.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &paragraph[..end]),
        None => paragraph.to_owned(),
    }
}

/// A number in a text with a few characters before it; dots where its clause began earlier.
pub fn quote(text: &str, at: &std::ops::Range<usize>) -> String {
    const BEFORE: usize = 12;
    let stop = |c: char| "，。；：、\n".contains(c);
    let before = &text[..at.start];
    let start = before
        .char_indices()
        .rev()
        .take_while(|&(_, c)| !stop(c))
        .take(BEFORE)
        .last()
        .map_or(at.start, |(i, _)| i);
    let is_whole = before[..start].chars().next_back().is_none_or(stop);
    let dots = if is_whole { "" } else { "…" };
    format!("{dots}{}", &text[start..at.end])
}
