//! What stands around the text of pages: lines that run over several pages at their edges (页眉、页脚), and notes at a page's
//! foot (脚注). None of it goes on in the sentence that a page breaks.

use super::lines::{TextLine, is_numbered};
use super::page::Page;
use super::path::Rule;
use crate::import::outcome::Remark;
use crate::prose::{is_digit, squeezed};
use std::collections::{BTreeMap, HashSet};

/// How near to the upper or lower edge, of the page's height.
const EDGE: f64 = 0.12;

/// What was found on pages.
#[derive(Debug, Default)]
pub(super) struct Around {
    /// The lines, each by its page and its place among the page's lines.
    pub lines: HashSet<(usize, usize)>,
    /// What is told of them.
    pub remarks: Vec<Remark>,
}

/// A page as it is looked at.
pub(super) struct Sheet<'a> {
    /// Its height in points.
    pub height: f64,
    /// The lines that may part notes from the text.
    pub separators: Vec<Rule>,
    /// Its lines of text, from above.
    pub lines: Vec<&'a TextLine>,
}

impl Sheet<'_> {
    /// Where notes may begin: below a line that underlines nothing.
    fn parted(&self) -> impl Iterator<Item = f64> {
        /// Of a character's size: so far below its foot an underline stands at the most.
        const UNDER: f64 = 0.4;
        let underlines = |rule: &Rule| {
            self.lines.iter().any(|line| {
                (0.0..UNDER * line.size).contains(&(rule.at - line.base))
                    && line.left < rule.to
                    && rule.from < line.right
            })
        };
        let separators = self.separators.iter();
        let parting = separators.filter(move |rule| !underlines(rule));
        parting.map(|rule| rule.at)
    }

    /// Above which of the last lines all below are smaller than usual, if some are.
    fn small_from(&self, usual: f64) -> Option<f64> {
        const SMALL: f64 = 0.92;
        let small = self.lines.iter().rev();
        let small = small.take_while(|line| line.size < SMALL * usual).count();
        let at = (self.lines.len() - small).checked_sub(1)?;
        let above = self.lines.get(at).filter(|_| small > 0)?;
        (self.lines[at + 1].base > 0.5 * self.height).then_some(above.base)
    }
}

/// The size that half of the lines have at the most.
fn usual_size(sheets: &[Sheet<'_>]) -> f64 {
    let lines = sheets.iter().flat_map(|sheet| &sheet.lines);
    let mut sizes: Vec<f64> = lines.map(|line| line.size).collect();
    sizes.sort_by(f64::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or_default()
}

/// Finds them.
pub(super) fn around(sheets: &[Sheet<'_>]) -> Around {
    let mut around = Around::default();
    around.find_running(sheets);
    around.find_notes(sheets);
    around
}

/// The lines of a page that may part notes from the text: short ones in its lower half that no other line meets.
pub(super) fn separators(page: &Page) -> Vec<Rule> {
    const SHORTEST: f64 = 20.0;
    const NEAR: f64 = 3.0;
    let meets = |line: &Rule| {
        page.rules.iter().any(|other| {
            !other.horizontal
                && (line.from - NEAR..=line.to + NEAR).contains(&other.at)
                && (other.from - NEAR..=other.to + NEAR).contains(&line.at)
        })
    };
    let rules = page.rules.iter().filter(|rule| rule.horizontal);
    let short = rules.filter(|rule| {
        let length = rule.to - rule.from;
        length > SHORTEST && length < 0.5 * page.width && rule.at > 0.5 * page.height
    });
    short.filter(|rule| !meets(rule)).copied().collect()
}

impl Around {
    fn find_running(&mut self, sheets: &[Sheet<'_>]) {
        const AT_EDGE: usize = 2;
        let mut same: BTreeMap<(bool, String), Vec<(usize, usize)>> = BTreeMap::new();
        for (page, sheet) in sheets.iter().enumerate() {
            for (nth, line) in sheet.lines.iter().enumerate() {
                let is_head = nth < AT_EDGE && line.base < EDGE * sheet.height;
                let is_last = nth + AT_EDGE >= sheet.lines.len();
                let is_foot = is_last && line.base > (1.0 - EDGE) * sheet.height;
                // The number of the page may stand in it.
                let words = squeezed(&line.text);
                let words: String = words.chars().filter(|c| !is_digit(*c)).collect();
                if (is_head || is_foot) && !words.is_empty() {
                    same.entry((is_head, words)).or_default().push((page, nth));
                }
            }
        }
        for places in same.into_values() {
            let running = at_one_height(sheets, &places);
            if running.len() > 1 {
                let (page, nth) = running[0];
                let words = sheets[page].lines[nth].text.clone();
                self.remarks.push(Remark::RunningLine(words));
                self.lines.extend(running);
            }
        }
    }

    fn find_notes(&mut self, sheets: &[Sheet<'_>]) {
        let usual = usual_size(sheets);
        for (page, sheet) in sheets.iter().enumerate() {
            let below = |from: f64| {
                let lines = sheet.lines.iter().enumerate();
                let below = lines
                    .filter(|(nth, line)| line.base > from && !self.lines.contains(&(page, *nth)));
                below.map(|(nth, _)| nth).collect::<Vec<usize>>()
            };
            let begins = |notes: &Vec<usize>| {
                let first = notes.first();
                first.is_some_and(|first| begins_with_mark(&sheet.lines[*first].text))
            };
            let small = sheet.small_from(usual);
            let mut notes = sheet.parted().chain(small).map(below);
            let Some(notes) = notes.find(begins) else {
                continue;
            };
            let words = sheet.lines[notes[0]].text.clone();
            self.remarks.push(Remark::Footnote(words));
            self.lines.extend(notes.into_iter().map(|nth| (page, nth)));
        }
    }
}

/// Those of the lines that stand as high as most of them: the title of the first page may say the same.
fn at_one_height(sheets: &[Sheet<'_>], places: &[(usize, usize)]) -> Vec<(usize, usize)> {
    /// Points by which a line may stand elsewhere on the next page.
    const NEAR: f64 = 3.0;
    let base = |&(page, nth): &(usize, usize)| sheets[page].lines[nth].base;
    let near = |one: &(usize, usize)| {
        let near = places
            .iter()
            .filter(|other| (base(other) - base(one)).abs() <= NEAR);
        near.copied().collect::<Vec<_>>()
    };
    let all = places.iter().map(near);
    all.max_by_key(Vec::len).unwrap_or_default()
}

/// Whether a line begins as notes do, and not as paragraphs: `1 …`, `① …`, `[1] …`, `注：…`, `* …`, but no `1.…`.
fn begins_with_mark(text: &str) -> bool {
    if is_numbered(text.trim_start()) {
        return false;
    }
    let text = text.trim_start().trim_start_matches(['[', '〔', '［']);
    let is_raised = |c: char| matches!(c, '\u{b2}' | '\u{b3}' | '\u{b9}' | '\u{2070}'..='\u{2079}');
    let is_mark = |c: char| is_digit(c) || is_raised(c) || matches!(c, '①'..='⑳' | '*' | '＊');
    text.starts_with(is_mark) || text.starts_with("注：")
}
