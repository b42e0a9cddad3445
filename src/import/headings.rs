//! Where the parts of a report begin: by the form's own headings, and by what some organs write in their place.

use super::labels::{distance, plain};
use crate::form::Form;

/// The beginning of a part.
pub(super) struct Start<'a> {
    /// The line with its heading.
    pub line: usize,
    /// Which part of the form.
    pub section: usize,
    /// The text that follows the heading in the same line.
    pub rest: &'a str,
    /// Whether the heading is another than the form's and was known by its number and place.
    pub is_like: bool,
}

/// The parts of the form that begin in these lines, in order.
pub(super) fn starts<'a>(form: &Form, lines: &[&'a str]) -> Vec<Start<'a>> {
    let mut starts: Vec<Start<'a>> = Vec::new();
    for (line, text) in lines.iter().enumerate() {
        let next = starts.last().map_or(0, |start| start.section + 1);
        let mut sections = form.sections.iter().enumerate().skip(next);
        let found =
            sections.find_map(|(nth, section)| Some((nth, behind(text, &section.heading)?)));
        starts.extend(found.map(|(section, rest)| Start {
            line,
            section,
            rest,
            is_like: false,
        }));
    }
    // Between those that are certain: the only line that could be it.
    for (section, spec) in form.sections.iter().enumerate() {
        let at = starts.partition_point(|start| start.section < section);
        let after = starts.get(at);
        if starts.is_empty() || after.is_some_and(|start| start.section == section) {
            continue;
        }
        let from = at.checked_sub(1).map_or(0, |at| starts[at].line + 1);
        let to = after.map_or(lines.len(), |start| start.line);
        let mut like = (from..to).filter(|&line| is_like(lines[line], &spec.heading));
        if let (Some(line), None) = (like.next(), like.next()) {
            let start = Start {
                line,
                section,
                rest: "",
                is_like: true,
            };
            starts.insert(at, start);
        }
    }
    starts
}

/// Whether a line could be meant as this heading: it has its number, or most of its words.
fn is_like(line: &str, heading: &str) -> bool {
    const LONGEST: usize = 30;
    let line = line.trim();
    if line.chars().count() > LONGEST || line.contains(['。', '，', '；', '：', '\n']) {
        return false;
    }
    if number(line).is_some() {
        return number(line) == number(heading);
    }
    let (said, wanted) = (plain(line), plain(without_number(heading)));
    let longer = said.chars().count().max(wanted.chars().count());
    common(&said, &wanted) * 10 >= longer * 7
}

/// The number before a heading of a part: the 一 of 一、
fn number(heading: &str) -> Option<&str> {
    let (number, _) = heading.trim_start().split_once(['、', '．', '.', ' '])?;
    let is_number = |c: char| "一二三四五六七八九十".contains(c);
    (!number.is_empty() && number.chars().all(is_number)).then_some(number)
}

/// How many characters two texts have in common, in the same order.
fn common(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row = vec![0; b.len() + 1];
    for x in a.chars() {
        let mut diagonal = 0;
        for (j, y) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = if x == *y {
                diagonal + 1
            } else {
                above.max(row[j])
            };
            diagonal = above;
        }
    }
    row[b.len()]
}

/// What stands behind a section's heading in a paragraph that begins with it; empty where it is the heading alone.
pub(super) fn behind<'a>(text: &'a str, heading: &str) -> Option<&'a str> {
    const SLIPS: usize = 2;
    let wanted = without_number(heading);
    let said = without_number(text);
    let numbered = said.len() < text.trim_start().len();
    let (said_plain, wanted_plain) = (plain(said), plain(wanted));
    if said_plain == wanted_plain {
        return Some("");
    }
    if numbered
        && distance(&said_plain, &wanted_plain, SLIPS) <= SLIPS
        && wanted_plain.chars().count() > 6
    {
        return Some("");
    }
    // Some write in full what the heading speaks of: 政府信息公开工作存在的……
    const IN_FULL: usize = 12;
    let longer = said_plain
        .chars()
        .count()
        .saturating_sub(wanted_plain.chars().count());
    // （四） and 4. stand before parts of a section, and no section.
    let is_part = text
        .trim_start()
        .starts_with(|c: char| c.is_ascii_digit() || "（(".contains(c));
    if numbered
        && !is_part
        && said_plain.ends_with(&wanted_plain)
        && longer <= IN_FULL
        && wanted_plain.chars().count() > 6
    {
        return Some("");
    }
    // The text runs on in the heading's own line.
    numbered
        .then(|| said.strip_prefix(wanted))
        .flatten()
        .map(|rest| rest.trim_start_matches(['。', '：', ':', '．', '.', ' ', '\u{3000}', '\n']))
}

/// A heading without its number: 一、 1. （一）
fn without_number(heading: &str) -> &str {
    let heading = heading.trim_start();
    let is_number = |c: char| {
        c.is_ascii_digit() || "一二三四五六七八九十０１２３４５６７８９（）()".contains(c)
    };
    let rest = heading.trim_start_matches(is_number);
    if rest.len() == heading.len() {
        return heading;
    }
    rest.trim_start_matches(['、', '.', '．', '，', ' ', '\u{3000}', '\u{A0}'])
}
