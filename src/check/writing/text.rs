//! What there is to say of how a text as a whole is written; computed once for each text.

use super::line::LineWriting;
use crate::form::{TextIx, WritingDemand};
use crate::report::Report;
use std::ops::Range;

/// What was seen in a text; places count from its start.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TextWriting {
    /// What does not fit a demand (index in [`crate::form::Form::writing`]).
    pub amiss: Vec<(usize, Vec<Range<usize>>)>,
    /// For each demand of topics, where each of them is covered.
    pub topics: Vec<(usize, Vec<Option<Range<usize>>>)>,
    /// How many characters it has.
    pub length: usize,
}

/// Looks at a text by its lines, each with where it begins.
pub fn text_writing(text: TextIx, report: &Report, lines: &[(usize, &LineWriting)]) -> TextWriting {
    let mut seen = TextWriting {
        length: lines.iter().map(|(_, line)| line.length).sum(),
        ..TextWriting::default()
    };
    for (start, line) in lines {
        let amiss = line.amiss.iter();
        let place = |at: &Range<usize>| start + at.start..start + at.end;
        seen.amiss
            .extend(amiss.map(|(demand, at)| (*demand, Vec::from([place(at)]))));
    }
    for (index, demand) in report.form().writing.iter().enumerate() {
        if !demand.texts.contains(&text) {
            continue;
        }
        match &demand.is {
            WritingDemand::YearOf { .. } => {
                let found = other_years_at_the_beginning(report.year(), lines);
                seen.amiss
                    .extend((!found.is_empty()).then_some((index, found)));
            }
            WritingDemand::HeadingsInOrder => {
                let found = out_of_order(lines);
                seen.amiss.extend(found.map(|at| (index, vec![at])));
            }
            WritingDemand::MoreThan(words) => {
                let is_said = |c: &char| !c.is_whitespace() && !"。，.；;！".contains(*c);
                let said: String = report.text(text).chars().filter(is_said).collect();
                if words.contains(&said) {
                    seen.amiss.push((index, Vec::new()));
                }
            }
            WritingDemand::Topics { of, .. } => {
                let mut covered = vec![None; of.len()];
                for (start, line) in lines {
                    for (_, topic, at) in line.covers.iter().filter(|(demand, ..)| *demand == index)
                    {
                        covered[*topic].get_or_insert(start + at.start..start + at.end);
                    }
                }
                seen.topics.push((index, covered));
            }
            WritingDemand::NoGaps { .. }
            | WritingDemand::PartsNamed { .. }
            | WritingDemand::NothingLeft
            | WritingDemand::PartsAddUp => {}
        }
    }
    seen
}

/// Where paragraphs begin with another year (`2024年，`) and do not name their own.
fn other_years_at_the_beginning(year: i32, lines: &[(usize, &LineWriting)]) -> Vec<Range<usize>> {
    let other = |(start, line): &(usize, &LineWriting)| {
        let (named, at) = line.begins_with.as_ref()?;
        (*named != year && !line.names_year).then(|| start + at.start..start + at.end)
    };
    lines.iter().filter_map(other).collect()
}

/// The first ordinal that does not follow the one before it.
fn out_of_order(lines: &[(usize, &LineWriting)]) -> Option<Range<usize>> {
    let mut last = [0; 3];
    for (start, line) in lines {
        let Some(ordinal) = &line.ordinal else {
            continue;
        };
        let level = usize::from(ordinal.level);
        // A text may begin anywhere; lists within a part begin anew.
        let begins = last[level] == 0 || level > 1 && ordinal.number == 1;
        let follows = begins || ordinal.number == last[level] + 1;
        if !follows {
            return Some(start + ordinal.at.start..start + ordinal.at.end);
        }
        last[level] = ordinal.number;
        for lower in &mut last[level + 1..] {
            *lower = 0;
        }
    }
    None
}
