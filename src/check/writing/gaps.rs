//! Units without their numbers (共主动公开条).

use std::ops::Range;

/// What stands where a number is to be filled in.
const PLACEHOLDERS: &str = "XxＸｘ×*＊_＿○□△";

/// What ends what is said: where anything else follows a unit, a longer word goes on.
const ENDS: [char; 11] = ['，', '。', '；', '、', '）', ')', '：', ',', ';', '！', '!'];

/// Where units of a line lack their numbers, with the word before them.
pub fn gaps(line: &str, glued: &[(String, Vec<String>)], apart: &[String]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let ends = line.match_indices(ENDS).map(|(at, _)| at);
    for end in ends.chain([line.len()]) {
        let said = line[..end].trim_end_matches([' ', '\u{3000}']);
        let end = said.len();
        for (unit, words) in glued {
            let Some(before) = said.strip_suffix(unit.as_str()) else {
                continue;
            };
            let at = before.len();
            let before = before.trim_end_matches([' ', '\u{3000}', '\u{a0}']);
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
