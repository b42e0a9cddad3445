//! Facts that stand beside their names, as covers and the lines above tables have them: 单位名称：某局　　报告年度：2023年.

use super::organ;
use super::years::is_year_alone;
use crate::form;
use crate::prose::squeezed;

/// A fact beside its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stated {
    /// Whose report it is.
    Organ(String),
    /// The year that it is on.
    Year(i32),
    /// What a report needs no place for: the unit of the numbers, the form, how the checks came out.
    Other,
}

const ORGANS: [&str; 8] = [
    "单位名称",
    "填报单位",
    "填报机关",
    "报送单位",
    "编制单位",
    "填表单位",
    "机关名称",
    "行政机关名称",
];
const YEARS: [&str; 6] = [
    "报告年度",
    "填报年度",
    "统计年度",
    "年报年度",
    "所属年度",
    "年度",
];
const FORM: &str = "格式";
const CHECKS: &str = "审核";
const UNITS: [&str; 2] = ["计量单位", "单位"];

impl Stated {
    /// What stands beside a name; none where the name is none of these, or the content nothing of its kind.
    fn of(name: &str, content: &str, as_organ: impl Fn(&str) -> Option<String>) -> Option<Self> {
        let (name, content) = (squeezed(name), squeezed(content));
        let name = name.as_str();
        if ORGANS.contains(&name) {
            return as_organ(&content).map(Self::Organ);
        }
        if YEARS.contains(&name) {
            return is_year_alone(&content).map(Self::Year);
        }
        let is_form = || (form::official().iter()).any(|form| content.contains(&form.doc_no));
        let is_unit = || !content.chars().any(char::is_numeric);
        let is_other =
            name == CHECKS || name == FORM && is_form() || UNITS.contains(&name) && is_unit();
        is_other.then_some(Self::Other)
    }
}

/// The facts of a line that is nothing else.
pub(super) fn of_line(line: &str) -> Option<Vec<Stated>> {
    /// Of a line that could be one, in characters.
    const LONGEST: usize = 200;
    if line.chars().nth(LONGEST).is_some() {
        return None;
    }
    let (mut name, rest) = line.split_once(COLONS)?;
    let mut facts = Vec::new();
    let mut pieces = rest.split(COLONS).peekable();
    while let Some(piece) = pieces.next() {
        let last = (piece, "");
        let (content, next) = match pieces.peek() {
            Some(_) => piece.trim_end().rsplit_once(char::is_whitespace)?,
            None => last,
        };
        facts.push(Stated::of(name, content, organ::as_organ)?);
        name = next;
    }
    Some(facts)
}

const COLONS: [char; 2] = ['：', ':'];

/// The facts of a table's row that is nothing else: a line of them in each cell, or the name in one and the content in
/// the next.
pub(super) fn of_row<'a>(cells: impl Iterator<Item = &'a str>) -> Option<Vec<Stated>> {
    let cells: Vec<&str> = cells.filter(|text| !text.trim().is_empty()).collect();
    let lines: Option<Vec<_>> = cells.iter().map(|cell| of_line(cell)).collect();
    if let Some(facts) = lines.filter(|facts| !facts.is_empty()) {
        return Some(facts.concat());
    }
    let pairs = cells.chunks(2).map(|pair| match pair {
        // Only what looks like an organ: the head of a list of organs has such names, too.
        [name, content] => Stated::of(name.trim_end_matches(COLONS), content, organ::organ_alone),
        _ => None,
    });
    let facts: Option<Vec<Stated>> = pairs.collect();
    facts.filter(|facts| !facts.is_empty())
}
