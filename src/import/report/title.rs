//! Whose report it is and on which year: by its title, wherever and however that stands, else by who signed it.

use crate::import::source::Source;
use crate::prose::{half_width, squeezed};
use std::collections::BTreeMap;

/// What every report's title says.
const TITLE: &str = "政府信息公开工作年度报告";

/// What some call it.
const OTHER_TITLES: [&str; 2] = ["政府信息公开年度报告", "政府信息公开年报"];

/// All of these.
fn titles() -> impl Iterator<Item = &'static str> {
    std::iter::once(TITLE).chain(OTHER_TITLES)
}

/// Whose report it is and on which year.
pub(super) struct Title {
    /// Empty where the title does not say.
    pub organ: String,
    pub year: i32,
    /// The line behind it.
    pub next: usize,
}

/// The title in a source's lines, or in what the source says about itself; the first part of the report begins in line
/// `first`.
pub(super) fn find(lines: &[&str], first: Option<usize>, source: &Source) -> Option<Title> {
    let named = source.properties.get("title");
    let named = named.and_then(|title| split_title(&squeezed(title)));
    let first = first.unwrap_or(lines.len());
    let title = whole(lines, first, named.as_ref()).or_else(|| broken(lines));
    title.or_else(|| {
        let (organ, year) = named?;
        let next = 0;
        Some(Title { organ, year, next })
    })
}

/// A line that is a whole title by itself, whatever a page's navigation says above it. Links to the reports of other years
/// may stand above it too: the page's own title says which it is, else its place right before the first part.
fn whole(lines: &[&str], first: usize, named: Option<&(String, i32)>) -> Option<Title> {
    let whole = |at: usize| {
        let (organ, year) = whole_title(lines[at])?;
        let next = at + 1;
        Some(Title { organ, year, next })
    };
    let is_named = |title: &Title| {
        named.is_some_and(|(organ, year)| {
            *year == title.year && title.organ.ends_with(organ.as_str())
        })
    };
    let mut above: Vec<Title> = (0..first).filter_map(whole).collect();
    let chosen = above.iter().rposition(is_named);
    match chosen.or(above.len().checked_sub(1)) {
        Some(chosen) => Some(above.swap_remove(chosen)),
        None => (first..lines.len()).find_map(whole),
    }
}

/// A title on two lines, or in a line with more than the title.
fn broken(lines: &[&str]) -> Option<Title> {
    const LONGEST: usize = 80;
    let is_about = |text: &str| titles().any(|title| text.contains(title));
    for (at, line) in lines.iter().enumerate() {
        let mut next = at + 1;
        let mut title = squeezed(line);
        // The title's own words may be broken.
        if !is_about(&title)
            && let Some(more) = lines.get(next).map(|line| squeezed_short(line))
            && !is_about(&more)
            && is_about(&format!("{}{more}", squeezed_short(line)))
        {
            title.push_str(&more);
            next += 1;
        }
        if !is_about(&title) || title.chars().count() > LONGEST {
            continue;
        }
        let before = at.checked_sub(1).map(|at| squeezed_short(lines[at]));
        // The organ or even the year may stand on the line before.
        let both = format!("{}{title}", before.unwrap_or_default());
        let tries = [&title, &both].map(|title| split_title(title));
        let is_named = |found: &&(String, i32)| !found.0.is_empty();
        let named = tries.iter().flatten().find(is_named);
        if let Some((organ, year)) = named.or_else(|| tries.iter().flatten().next()) {
            let (organ, year) = (organ.clone(), *year);
            return Some(Title { organ, year, next });
        }
    }
    None
}

/// Organ and year of a line that is a title and nothing else.
pub(super) fn whole_title(line: &str) -> Option<(String, i32)> {
    let last = line.trim_end().chars().next_back()?;
    if !titles().any(|title| title.ends_with(last)) {
        return None;
    }
    let line = squeezed_short(line);
    let ends = titles().any(|title| line.ends_with(title));
    let (organ, year) = split_title(&line).filter(|_| ends)?;
    let is_named = !organ.is_empty() && !organ.starts_with(|c: char| digit(c).is_some());
    is_named.then_some((organ, year))
}

/// A line that could be half a title.
fn squeezed_short(text: &str) -> String {
    let text = squeezed(text);
    if text.chars().count() <= 40 && !text.contains(['。', '，', '；', '：', '|', '>']) {
        text
    } else {
        String::new()
    }
}

/// Organ and year of a title, whichever comes first.
fn split_title(title: &str) -> Option<(String, i32)> {
    let characters: Vec<char> = title.chars().collect();
    let year = |at: usize| -> Option<i32> {
        let digits = characters.get(at..at + 4)?.iter();
        let number = digits
            .map(|c| digit(*c))
            .try_fold(0, |n, d| Some(n * 10 + d?));
        (characters.get(at + 4) == Some(&'年') && (at == 0 || digit(characters[at - 1]).is_none()))
            .then_some(number?)
    };
    // Of two years the nearer one is the report's, 2024年某局关于2023年……, but none behind: ……（2024年1月）.
    let words = titles().find_map(|words| title.find(words));
    let words = words.map_or(0, |words| title[..words].chars().count());
    let mut places = (0..words).rev().chain(words..characters.len());
    let (at, year) = places.find_map(|at| Some((at, year(at)?)))?;
    let before: String = characters[..at].iter().collect();
    let behind: String = characters[at + 5..].iter().collect();
    let behind = behind.trim_start_matches('度');
    let organ = if before.is_empty() {
        behind
            .find("政府信息公开")
            .map(|end| behind[..end].to_owned())
            .unwrap_or_default()
    } else {
        // The year may stand behind all of it, in brackets.
        let end = titles().find_map(|title| before.find(title));
        before[..end.unwrap_or(before.len())].to_owned()
    };
    let organ = organ.trim_end_matches("报送").trim_end_matches("关于");
    let organ = organ.trim_matches(['#', '（', '）', '《', '》', '(', ')']);
    // 【年报】某局
    let organ = organ.split_once('】').map_or(organ, |(_, organ)| organ);
    let organ = match organ.split_once('年') {
        Some((year, organ)) if year.chars().all(|c| digit(c).is_some()) => organ,
        _ => organ,
    };
    Some((organ.to_owned(), year))
}

/// The name of an organ, if a line is nothing else.
pub(super) fn organ_alone(line: &str) -> Option<String> {
    const ENDS: &str = "局厅委办府室处会心院站所队部署司道镇乡";
    let line = squeezed_short(line);
    let line = line.trim_matches(['（', '）', '(', ')']).to_owned();
    let is_organ = line.ends_with(|c| ENDS.contains(c)) && !line.ends_with("网站");
    is_organ.then_some(line)
}

/// The organ that stands above the date at the end.
pub(super) fn signature(lines: &[&str]) -> Option<String> {
    let is_date = |line: &str| {
        let line = squeezed(line);
        let is_part = |c: char| digit(c).is_some() || "十年月日".contains(c);
        line.ends_with('日') && line.contains('年') && line.chars().all(is_part)
    };
    let mut pairs = lines.windows(2).rev().filter(|pair| is_date(pair[1]));
    pairs.find_map(|pair| organ_alone(pair[0]))
}

/// The year that is named most often.
pub(super) fn named_most<'a>(fields: impl Iterator<Item = &'a str>) -> Option<i32> {
    let mut years = BTreeMap::new();
    for field in fields {
        for (at, _) in field.match_indices('年') {
            let digits: String = field[..at].chars().rev().take(4).collect();
            let year: String = digits.chars().rev().collect();
            if let Some(year) = year.parse().ok().filter(|year| (2008..2100).contains(year)) {
                *years.entry(year).or_insert(0) += 1;
            }
        }
    }
    let most = years.into_iter().max_by_key(|(_, times)| *times);
    most.map(|(year, _)| year)
}

fn digit(c: char) -> Option<i32> {
    match half_width(c) {
        c @ '0'..='9' => Some(c as i32 - '0' as i32),
        '〇' | '○' | '零' | 'O' => Some(0),
        c => "一二三四五六七八九"
            .chars()
            .position(|n| n == c)
            .map(|n| n as i32 + 1),
    }
}
