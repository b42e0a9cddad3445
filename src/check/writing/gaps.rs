//! Units without their numbers (共主动公开条).

use std::ops::Range;

/// What stands where a number is to be filled in.
const PLACEHOLDERS: &str = "XxＸｘ×*＊_＿○□△";

/// Whether what follows a unit ends what is said: a longer word would go on.
fn ends(rest: &str) -> bool {
    let next = rest.trim_start_matches([' ', '\u{3000}']).chars().next();
    next.is_none_or(|c| "，。；、）)：,;！!\n".contains(c))
}

/// Where units of a line lack their numbers, with the word before them.
pub fn gaps(line: &str, glued: &[(String, Vec<String>)], apart: &[String]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (unit, words) in glued {
        for (at, _) in line.match_indices(unit.as_str()) {
            let end = at + unit.len();
            if !ends(&line[end..]) {
                continue;
            }
            let before = line[..at].trim_end_matches([' ', '\u{3000}', '\u{a0}']);
            // Nearly every unit has its number.
            if before.ends_with(|c: char| c.is_ascii_digit()) {
                continue;
            }
            if let Some(start) = gap(before, before.len() < at, words, apart)
                && found.iter().all(|other| other.end != end)
            {
                found.push(start..end);
            }
        }
    }
    found.sort_by_key(|at| at.start);
    found
}

/// Where the word begins behind which a number is left out.
fn gap(before: &str, blank: bool, words: &[String], apart: &[String]) -> Option<usize> {
    let without = before.trim_end_matches(|c| PLACEHOLDERS.contains(c));
    if without.len() < before.len() {
        return Some(without.len());
    }
    let brackets = ["（）", "()", "（ ）", "( )", "【】", "〔〕"];
    if let Some(bracket) = brackets.iter().find(|bracket| before.ends_with(**bracket)) {
        return Some(before.len() - bracket.len());
    }
    let blank_words = apart.iter().filter(|_| blank);
    let word = words
        .iter()
        .chain(blank_words)
        .find(|word| before.ends_with(word.as_str()))?;
    let start = before.len() - word.len();
    // 无上年结转件 says that there is none.
    let said = before[..start].rsplit(['，', '。', '；', '、']).next();
    let is_none = said.is_some_and(|said| said.contains(['无', '未', '没']));
    (!is_none).then_some(start)
}
