//! What the texts must say, and whether the numbers in them agree with the tables.

use super::{Detail, Evaluation, Finding};
use crate::form::{Level, Mention};
use crate::report::Report;
use crate::value::Value;
use std::ops::Range;

pub(super) fn check(report: &Report, result: &mut Evaluation) {
    let form = report.form();
    for (text, spec) in form.indexed_texts() {
        if !spec.optional && report.text(text).trim().is_empty() {
            result
                .findings
                .push(Finding::new(Level::Query, Detail::BlankText { text }));
        }
    }
    for requirement in &form.requirements {
        let text = report.text(requirement.text);
        if text.trim().is_empty()
            || requirement
                .any_of
                .iter()
                .any(|words| text.contains(words.as_str()))
        {
            continue;
        }
        let wanted = requirement.when.as_ref().is_none_or(|sum| {
            result
                .effective
                .add(sum)
                .value
                .decimal()
                .is_some_and(|number| number > rust_decimal::Decimal::ZERO)
        });
        if wanted {
            let level = form.rules[requirement.rule].level;
            let detail = Detail::Missing {
                rule: requirement.rule,
                text: requirement.text,
            };
            result.findings.push(Finding::new(level, detail));
        }
    }
    let mut scanned = None;
    let mut numbers = Vec::new();
    for (index, mention) in form.mentions.iter().enumerate() {
        let text = report.text(mention.text);
        let key = (mention.text, mention.unit.as_str());
        if scanned.replace(key) != Some(key) {
            numbers = numbers_before(text, &mention.unit);
        }
        for number in numbers
            .iter()
            .filter(|number| number.is_meant_by(mention, text))
        {
            compare(
                number,
                index,
                mention,
                form.rules[mention.rule].level,
                result,
            );
        }
    }
}

/// Holds one number against the readings that the form allows it.
fn compare(
    number: &Number,
    index: usize,
    mention: &Mention,
    level: Level,
    result: &mut Evaluation,
) {
    let mut all_known = true;
    for (nth, candidate) in mention.candidates.iter().enumerate() {
        let total = result.effective.add(&candidate.sum);
        all_known &= total.complete;
        if total.complete && total.value.same_number(Value::Count(number.value)) {
            if candidate.hint {
                let (number, at) = (number.value, number.at.clone());
                let detail = Detail::Mention {
                    mention: index,
                    number,
                    at,
                    candidate: Some(nth),
                };
                result.findings.push(Finding::new(Level::Hint, detail));
            }
            return;
        }
    }
    // With blanks in the tables, what the number should be is not known yet.
    if !all_known {
        result.unchecked_texts.push(mention.text);
        return;
    }
    let (number, at) = (number.value, number.at.clone());
    let detail = Detail::Mention {
        mention: index,
        number,
        at,
        candidate: None,
    };
    result.findings.push(Finding::new(level, detail));
}

/// A number in a text with the unit right behind it.
struct Number {
    value: i64,
    /// The number with its unit, in bytes.
    at: Range<usize>,
    /// Where its sentence begins.
    sentence: usize,
    /// Where the last number with the unit ended, or the sentence begins.
    clause: usize,
}

impl Number {
    fn is_meant_by(&self, mention: &Mention, text: &str) -> bool {
        let clause = &text[self.clause..self.at.start];
        let sentence = &text[self.sentence..self.at.start];
        let mut groups = mention.words.iter();
        let has =
            |part: &str, words: &[String]| words.iter().any(|word| part.contains(word.as_str()));
        // The verb stands near its number; what it speaks of may have been named earlier in the sentence.
        groups.next().is_none_or(|verbs| has(clause, verbs))
            && groups.all(|words| has(sentence, words))
            && !has(clause, &mention.without)
    }
}

/// Every number that stands right before `unit`, as in `收到申请 75 件`.
fn numbers_before(text: &str, unit: &str) -> Vec<Number> {
    let mut numbers: Vec<Number> = Vec::new();
    for (unit_at, _) in text.match_indices(unit) {
        let before = text[..unit_at].trim_end_matches(' ');
        let start = before
            .char_indices()
            .rev()
            .take_while(|&(_, c)| c.is_ascii_digit() || c == ',' || ('０'..='９').contains(&c))
            .last()
            .map_or(before.len(), |(at, _)| at);
        let digits: String = before[start..]
            .chars()
            .filter_map(|c| {
                if c.is_ascii_digit() {
                    Some(c)
                } else {
                    char::from_u32((c as u32).wrapping_sub(0xFEE0)).filter(char::is_ascii_digit)
                }
            })
            .collect();
        // The decimals of a larger number are no number of their own.
        if before[..start].ends_with(['.', '．']) {
            continue;
        }
        let Ok(value) = digits.parse() else { continue };
        let sentence = text[..start]
            .rfind(['。', '；', '！', '？', '\n'])
            .map_or(0, |at| {
                at + text[at..].chars().next().map_or(1, char::len_utf8)
            });
        let clause = numbers
            .last()
            .map_or(sentence, |last| last.at.end.max(sentence));
        numbers.push(Number {
            value,
            at: start..unit_at + unit.len(),
            sentence,
            clause,
        });
    }
    numbers
}
