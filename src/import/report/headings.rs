//! Where the parts of a report begin: by the form's own headings, and by what some organs write in their place.
//!
//! Each line is held against the headings of all official forms once.

use crate::form::{self, Form, Section};
use crate::import::matching::{distance, plain, plain_char, simplified};
use crate::prose::is_digit;
use std::collections::BTreeSet;
use std::sync::Arc;

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

/// A heading of an official form.
struct Heading {
    /// As the form has it.
    whole: &'static str,
    /// Without its number.
    words: &'static str,
    /// The same as it is compared.
    plain: String,
    /// The same in characters.
    length: usize,
}

/// How a line is numbered that begins with a heading: the surest is the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// As the parts of a section are: （二） or 2.
    Part,
    /// Not at all, or in another way.
    Bare,
    /// With the heading's own number.
    Own,
}

/// What a line could be.
#[derive(Default)]
struct Meaning<'a> {
    /// The headings that it begins with, and what follows each.
    is: Vec<(usize, &'a str, Rank)>,
    /// The headings that it could be meant as.
    could_be: Vec<usize>,
    /// Whether it belongs to a table of contents, whatever stands around it.
    is_of_contents: bool,
}

/// A line that begins with a heading.
#[derive(Clone, Copy)]
struct Candidate<'a> {
    line: usize,
    rest: &'a str,
    rank: Rank,
}

/// Lines held against the headings of all official forms.
pub(super) struct Headings<'a> {
    headings: Vec<Heading>,
    lines: Vec<Meaning<'a>>,
}

impl<'a> Headings<'a> {
    pub fn of(lines: &[&'a str]) -> Self {
        let mut headings: Vec<Heading> = Vec::new();
        let sections = form::official().iter().flat_map(|form| &form.sections);
        for Section { heading, .. } in sections {
            if headings.iter().all(|known| known.whole != heading) {
                headings.push(Heading::of(heading));
            }
        }
        Self {
            lines: lines
                .iter()
                .map(|line| Meaning::of(line, &headings))
                .collect(),
            headings,
        }
    }

    /// Which of the headings each section of a form has.
    fn sections(&self, form: &Form) -> Vec<usize> {
        let ix = |section: &Section| {
            let mut known = self.headings.iter();
            known.position(|known| known.whole == section.heading)
        };
        let all = form.sections.iter();
        all.map(|section| ix(section).unwrap_or(usize::MAX))
            .collect()
    }

    /// Whether some lines are just the headings of one form.
    pub fn are_of_a_report(&self) -> bool {
        const SOME: usize = 3;
        let stands_alone = |heading: &usize| {
            let mut lines = self.lines.iter().flat_map(|line| &line.is);
            lines.any(|(ix, rest, _)| ix == heading && rest.is_empty())
        };
        form::official().iter().any(|form| {
            let sections = self.sections(form);
            sections
                .iter()
                .filter(|heading| stands_alone(heading))
                .count()
                >= SOME
        })
    }

    /// The line in which the first part of any form begins; one that only could be meant so where there is none else.
    pub fn first(&self) -> Option<usize> {
        let first = |is_like: bool| {
            let starts = form::official()
                .iter()
                .flat_map(|form| self.starts(form, 0));
            let lines = starts.filter(|start| start.is_like == is_like);
            lines.map(|start| start.line).min()
        };
        first(false).or_else(|| first(true))
    }

    /// How many parts of a form begin somewhere, those aside that only could be meant so.
    pub fn count(&self) -> usize {
        let starts = |form: &Arc<Form>| {
            let starts = self.starts(form, 0);
            starts.iter().filter(|start| !start.is_like).count()
        };
        form::official().iter().map(starts).max().unwrap_or(0)
    }

    /// The lines that are the heading of some form's first two parts, with its own number.
    pub fn openings(&self) -> Vec<(usize, usize)> {
        const OPENING: usize = 2;
        let mut found = Vec::new();
        for form in form::official() {
            let contents = self.contents(form, 0);
            for (nth, ix) in self.sections(form).into_iter().take(OPENING).enumerate() {
                let is_heading = |line: &Meaning<'_>| {
                    let mut own = line.is.iter();
                    own.any(|(heading, _, rank)| *heading == ix && *rank == Rank::Own)
                };
                let lines = self.lines.iter().enumerate();
                let lines = lines.filter(|(at, line)| !contents.contains(at) && is_heading(line));
                found.extend(lines.map(|(at, _)| (at, nth)));
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Whether a line says nothing but the heading of this part of the form.
    pub fn repeats(&self, form: &Form, line: usize, section: usize) -> bool {
        let ix = self.sections(form)[section];
        let mut is = self.lines[line].is.iter();
        is.any(|(heading, rest, _)| *heading == ix && rest.is_empty())
    }

    /// The parts of the form that begin in the lines from `from` on, by their lines; those of a table of contents do not.
    pub fn starts(&self, form: &Form, from: usize) -> Vec<Start<'a>> {
        let sections = self.sections(form);
        let contents = self.contents(form, from);
        let candidates: Vec<Vec<Candidate<'a>>> = sections
            .iter()
            .map(|&ix| self.candidates(ix, from, &contents))
            .collect();
        let mut chosen: Vec<Option<Candidate<'a>>> = vec![None; sections.len()];
        // With its own number a heading is certain, whatever the order of the parts.
        let mut last = None;
        for (section, candidates) in candidates.iter().enumerate() {
            let own = || candidates.iter().filter(|found| found.rank == Rank::Own);
            let next = own().find(|found| last.is_none_or(|last| last < found.line));
            chosen[section] = next.or_else(|| own().next()).copied();
            last = chosen[section].map(|found| found.line).or(last);
        }
        // Parts of a section are often called like the sections themselves.
        const SOME: usize = 2;
        let least = match chosen.iter().flatten().count() >= SOME {
            true => Rank::Bare,
            false => Rank::Part,
        };
        for section in 0..sections.len() {
            if chosen[section].is_some() {
                continue;
            }
            let (from, to) = self.gap(&chosen, section, from);
            let here = candidates[section].iter();
            let here = here.filter(|found| found.rank >= least && (from..to).contains(&found.line));
            // Of equals the first.
            chosen[section] = here.rev().max_by_key(|found| found.rank).copied();
        }
        let starts = chosen.iter().enumerate();
        let mut starts: Vec<Start<'a>> = starts
            .filter_map(|(section, found)| {
                found.map(|found| Start {
                    line: found.line,
                    section,
                    rest: found.rest,
                    is_like: false,
                })
            })
            .collect();
        let in_order = |starts: &[Start<'_>]| starts.is_sorted_by_key(|start| start.line);
        if in_order(&starts) {
            self.add_like(&sections, &contents, from, &mut starts);
        }
        starts.sort_by_key(|start| start.line);
        starts
    }

    /// The lines that begin with a heading, from `from` on.
    fn candidates(
        &self,
        heading: usize,
        from: usize,
        contents: &BTreeSet<usize>,
    ) -> Vec<Candidate<'a>> {
        let lines = self.lines.iter().enumerate().skip(from);
        let lines = lines.filter(|(at, _)| !contents.contains(at));
        let found = lines.filter_map(|(line, meaning)| {
            let mut is = meaning.is.iter();
            let (_, rest, rank) = is.find(|(ix, ..)| *ix == heading)?;
            let (rest, rank) = (*rest, *rank);
            Some(Candidate { line, rest, rank })
        });
        found.collect()
    }

    /// The lines between the parts that are known around one, which may be none.
    fn gap(&self, chosen: &[Option<Candidate<'_>>], section: usize, from: usize) -> (usize, usize) {
        let before = chosen[..section].iter().flatten().map(|found| found.line);
        let behind = chosen[section + 1..].iter().flatten();
        let behind = behind.map(|found| found.line);
        let from = before.max().map_or(from, |line| line + 1);
        (from, behind.min().unwrap_or(self.lines.len()).max(from))
    }

    /// Adds, between the parts that are certain, those of which only one line could be the heading.
    fn add_like(
        &self,
        sections: &[usize],
        contents: &BTreeSet<usize>,
        from: usize,
        starts: &mut Vec<Start<'a>>,
    ) {
        for (section, ix) in sections.iter().enumerate() {
            let at = starts.partition_point(|start| start.section < section);
            let after = starts.get(at);
            if after.is_some_and(|start| start.section == section) {
                continue;
            }
            let from = at.checked_sub(1).map_or(from, |at| starts[at].line + 1);
            let to = after.map_or(self.lines.len(), |start| start.line);
            let between = (from..to).filter(|line| !contents.contains(line));
            let mut like = between.filter(|&line| self.lines[line].could_be.contains(ix));
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
    }

    /// The lines of a table of contents, from `from` on: those that end in the number of a page, and several headings in
    /// a row that all come again.
    pub fn contents(&self, form: &Form, from: usize) -> BTreeSet<usize> {
        const SEVERAL: usize = 3;
        let headings = self.sections(form);
        let section = |line: &Meaning<'_>| {
            let mut headings = headings.iter();
            headings.position(|ix| line.rest_behind(*ix).is_some() || line.could_be.contains(ix))
        };
        let lines = &self.lines;
        let sections: Vec<Option<usize>> = lines.iter().map(section).collect();
        let mut contents: BTreeSet<usize> = (from..lines.len())
            .filter(|&line| lines[line].is_of_contents)
            .collect();
        let mut at = from;
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
}

impl Heading {
    fn of(whole: &'static str) -> Self {
        let words = without_number(whole);
        let plain = plain(words);
        Self {
            whole,
            words,
            length: plain.chars().count(),
            plain,
        }
    }

    /// What stands behind the heading in a line that begins with it; empty where it is the heading alone.
    fn rest_behind<'a>(&self, line: &Said<'a>) -> Option<&'a str> {
        const SLIPS: usize = 2;
        const SHORT: usize = 6;
        // Some write in full what the heading speaks of: 政府信息公开工作存在的……
        const IN_FULL: usize = 12;
        if let Some((said, length)) = &line.plain {
            let is_near = || {
                length.abs_diff(self.length) <= SLIPS && distance(said, &self.plain, SLIPS) <= SLIPS
            };
            let is_in_full =
                || !line.is_part && said.ends_with(&self.plain) && length - self.length <= IN_FULL;
            if *said == self.plain
                || line.is_numbered && self.length > SHORT && (is_near() || is_in_full())
            {
                return Some("");
            }
        }
        // The text runs on in the heading's own line.
        let rest = without_prefix(line.words, self.words).filter(|_| line.is_numbered)?;
        Some(rest.trim_start_matches(['。', '：', ':', '．', '.', ' ', '\u{3000}', '\n']))
    }

    /// How sure it is that a line with this heading's words is the heading.
    fn rank(&self, line: &Said<'_>) -> Rank {
        if line.is_part {
            return Rank::Part;
        }
        match line.number {
            Some(number) if Some(number) == number_of(self.whole) => Rank::Own,
            _ => Rank::Bare,
        }
    }

    /// Whether a line could be meant as this heading: it has its number, or most of its words.
    fn is_like(&self, line: &str) -> bool {
        if let Some(number) = number_of(line) {
            return Some(number) == number_of(self.whole);
        }
        let said = plain(line);
        let length = said.chars().count();
        let (longer, shorter) = (length.max(self.length), length.min(self.length));
        let is_most = |common: usize| common * 10 >= longer * 7;
        is_most(shorter) && is_most(common(&said, &self.plain))
    }
}

/// What follows some words, in whichever characters they are written.
fn without_prefix<'a>(text: &'a str, words: &str) -> Option<&'a str> {
    let mut rest = text.chars();
    let is_same = |wanted: char| rest.next().is_some_and(|c| simplified(c) == wanted);
    words.chars().all(is_same).then_some(rest.as_str())
}

/// A line that is held against headings.
struct Said<'a> {
    /// Without its number.
    words: &'a str,
    /// The same as it is compared, and its length in characters; none if it is longer than any heading.
    plain: Option<(String, usize)>,
    is_numbered: bool,
    /// Whether its number is one of a section's parts: （四） and 4.
    is_part: bool,
    /// The number of a section.
    number: Option<&'a str>,
}

impl<'a> Said<'a> {
    fn of(line: &'a str) -> Self {
        const LONGEST: usize = 60;
        // As notes mark headings.
        let line = line.trim_start().trim_start_matches('#').trim_start();
        let words = without_number(line);
        let start: String = words
            .chars()
            .filter_map(plain_char)
            .take(LONGEST + 1)
            .collect();
        let length = start.chars().count();
        Self {
            words,
            plain: (length <= LONGEST).then_some((start, length)),
            is_numbered: words.len() < line.len(),
            is_part: line.starts_with(|c: char| is_digit(c) || "（(①②③④⑤⑥".contains(c)),
            number: number_of(line),
        }
    }
}

impl<'a> Meaning<'a> {
    fn of(line: &'a str, headings: &[Heading]) -> Self {
        let said = Said::of(line);
        let all = || headings.iter().enumerate();
        let is = all().filter_map(|(ix, heading)| {
            let rest = heading.rest_behind(&said)?;
            Some((ix, rest, heading.rank(&said)))
        });
        let is = is.collect();
        let bare = line.trim();
        let like = all().filter(|(_, heading)| heading.is_like(bare));
        let could_be = match is_like_a_heading(bare) {
            true => like.map(|(ix, _)| ix).collect(),
            false => Vec::new(),
        };
        Self {
            is,
            could_be,
            is_of_contents: ends_in_page(bare)
                || said.plain.is_some_and(|(plain, _)| plain == "目录"),
        }
    }

    /// What follows a heading in this line, if the line begins with it.
    fn rest_behind(&self, heading: usize) -> Option<&'a str> {
        let found = self.is.iter().find(|(ix, ..)| *ix == heading);
        found.map(|(_, rest, _)| *rest)
    }
}

/// Whether a line is short and no sentence.
fn is_like_a_heading(line: &str) -> bool {
    const LONGEST: usize = 30;
    line.chars().nth(LONGEST).is_none() && !line.contains(['。', '，', '；', '：', '\n'])
}

/// Whether a line ends in dots and the number of a page.
fn ends_in_page(line: &str) -> bool {
    let bare = line.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_dotted = bare.trim_end().ends_with("…") || bare.trim_end().ends_with("...");
    bare.len() < line.len() && is_dotted
}

/// The number before a heading of a part: the 一 of 一、
fn number_of(heading: &str) -> Option<&str> {
    let heading = heading.trim_start();
    let part = heading.strip_prefix('第');
    let part = part.and_then(|rest| rest.split_once("部分"));
    let separated = || heading.split_once(['、', '．', '.', ' ', '，', '：', ':', '\u{3000}']);
    let (number, _) = part.or_else(separated)?;
    let is_number = |c: char| "一二三四五六七八九十".contains(c);
    (!number.is_empty() && number.chars().all(is_number)).then_some(number)
}

/// Whether a line is the heading of a part behind the last of so many: 七、下一年工作打算
pub(super) fn is_further_part(line: &str, parts: usize) -> bool {
    const NUMERALS: &str = "一二三四五六七八九十";
    let number = number_of(line).filter(|_| is_like_a_heading(line.trim()));
    let place = number.and_then(|number| NUMERALS.find(number));
    place.is_some_and(|at| NUMERALS[..at].chars().count() >= parts)
}

/// Whether a line is a part's heading but for its number: 1、总体情况
pub(super) fn is_named(line: &str, heading: &str) -> bool {
    plain(without_number(line.trim())) == plain(without_number(heading))
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

/// Numbers that few write.
const OTHER_NUMBERS: &str = "壹贰叁肆伍陆ⅠⅡⅢⅣⅤⅥ";

/// A heading without its number: 一、 1. （一） 第一部分
fn without_number(heading: &str) -> &str {
    let is_number = |c: char| {
        c.is_ascii_digit() || "一二三四五六七八九十０１２３４５６７８９（）()".contains(c)
    };
    let part = heading
        .strip_prefix('第')
        .and_then(|rest| rest.split_once("部分"));
    let rest = match part {
        Some((number, rest)) if number.chars().all(is_number) => rest,
        _ => heading.trim_start_matches(|c| is_number(c) || OTHER_NUMBERS.contains(c)),
    };
    if rest.len() == heading.len() {
        return heading;
    }
    rest.trim_start_matches(['、', '.', '．', '，', '：', ':', ' ', '\u{3000}', '\u{A0}'])
}
