//! Where the parts of a report begin: by the form's own headings, and by what some organs write in their place.

use super::labels::{distance, plain};
use crate::form::Form;
use std::collections::BTreeSet;

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

/// The parts of the form that begin in these lines, in order; those of a table of contents do not.
pub(super) fn starts<'a>(form: &Form, lines: &[&'a str]) -> Vec<Start<'a>> {
    let contents = contents(form, lines);
    // The last line with each heading that is not in brackets.
    let unbracketed = |heading: &str| {
        let is_it = |line: &&str| !is_bracketed(line) && behind(line, heading).is_some();
        lines.iter().rposition(is_it)
    };
    let last: Vec<Option<usize>> = (form.sections.iter())
        .map(|section| unbracketed(&section.heading))
        .collect();
    let mut starts: Vec<Start<'a>> = Vec::new();
    for (line, text) in lines.iter().enumerate() {
        if contents.contains(&line) {
            continue;
        }
        let next = starts.last().map_or(0, |start| start.section + 1);
        let mut sections = form.sections.iter().enumerate().skip(next);
        let found = sections.find_map(|(nth, section)| {
            let rest = behind(text, &section.heading)?;
            // Parts of the first section are often called like the sections themselves.
            let is_meant = !is_bracketed(text) || last[nth].is_none_or(|last| last < line);
            is_meant.then_some((nth, rest))
        });
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
        if after.is_some_and(|start| start.section == section) {
            continue;
        }
        let from = at.checked_sub(1).map_or(0, |at| starts[at].line + 1);
        let to = after.map_or(lines.len(), |start| start.line);
        let lines_between = (from..to).filter(|line| !contents.contains(line));
        let mut like = lines_between.filter(|&line| is_like(lines[line], &spec.heading));
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

/// The lines of a table of contents: those that end in the number of a page, and several headings in a row that all come
/// again.
pub(super) fn contents(form: &Form, lines: &[&str]) -> BTreeSet<usize> {
    const SEVERAL: usize = 3;
    let section = |line: &str| {
        let mut sections = form.sections.iter();
        sections.position(|section| {
            behind(line, &section.heading).is_some() || is_like(line, &section.heading)
        })
    };
    let sections: Vec<Option<usize>> = lines.iter().map(|line| section(line)).collect();
    let mut contents: BTreeSet<usize> = (0..lines.len())
        .filter(|&line| ends_in_page(lines[line]) || plain(lines[line]) == "目录")
        .collect();
    let mut at = 0;
    while at < lines.len() {
        // The report's own first heading may follow at once.
        let before = |line: usize| sections[line - 1];
        let goes_on = |&line: &usize| before(line).is_some() && sections[line] > before(line);
        let end = at + 1 + (at + 1..lines.len()).take_while(goes_on).count();
        let again = |line: usize| sections[end..].contains(&sections[line]);
        if end - at >= SEVERAL && (at..end).all(again) {
            contents.extend(at..end);
        }
        at = end;
    }
    contents
}

/// Whether a line ends in dots and the number of a page.
fn ends_in_page(line: &str) -> bool {
    let bare = line
        .trim_end()
        .trim_end_matches(|c: char| c.is_ascii_digit());
    let is_dotted = bare.trim_end().ends_with("…") || bare.trim_end().ends_with("...");
    bare.len() < line.trim_end().len() && is_dotted
}

fn is_bracketed(line: &str) -> bool {
    line.trim_start().starts_with(['（', '('])
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
    // As notes mark headings.
    let text = text.trim_start().trim_start_matches('#');
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

/// Numbers that few write.
const OTHER_NUMBERS: &str = "壹贰叁肆伍陆ⅠⅡⅢⅣⅤⅥ";

/// A heading without its number: 一、 1. （一） 第一部分
fn without_number(heading: &str) -> &str {
    let heading = heading.trim_start();
    let is_number = |c: char| {
        c.is_ascii_digit() || "一二三四五六七八九十０１２３４５６７８９（）()".contains(c)
    };
    let rest = match heading
        .strip_prefix('第')
        .and_then(|rest| rest.split_once("部分"))
    {
        Some((number, rest)) if number.chars().all(is_number) => rest,
        _ => heading.trim_start_matches(|c| is_number(c) || OTHER_NUMBERS.contains(c)),
    };
    if rest.len() == heading.len() {
        return heading;
    }
    rest.trim_start_matches(['、', '.', '．', '，', '：', ':', ' ', '\u{3000}', '\u{A0}'])
}
