//! How near the words over a column come to an official head, however they are shortened or misspelt.

use crate::form::HeadWords;

/// The words over a column, as heads are compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct HeadText {
    /// Without the words for the report's own year, and without notes.
    characters: Vec<char>,
    /// The words for other times in it.
    times: Vec<String>,
    /// The characters that turn it into its opposite.
    denials: Vec<char>,
    /// The years that it names by their numbers.
    pub years: Vec<i32>,
}

/// Points of likeness, of which equals have all.
pub(super) type Likeness = usize;

const EQUAL: Likeness = 1_000;
/// What only leaves characters out.
const SHORTENED: Likeness = 950;
/// Less is no likeness: of the words that are said so many parts must be the head's, and so many of the head's be said.
const LEAST_OF_SAID: Likeness = 600;
const LEAST_OF_HEAD: Likeness = 450;

impl HeadText {
    /// `plain` is as labels are compared.
    pub fn of(plain: &str, known: &HeadWords) -> Self {
        let mut text = plain.to_owned();
        for (word, others) in &known.alike {
            for other in others {
                text = text.replace(other, word);
            }
        }
        let times = known.other_times.iter();
        let times: Vec<String> = times.filter(|word| text.contains(*word)).cloned().collect();
        let (mut text, years) = without_years(&without_notes(&text));
        for word in &known.own_year {
            text = text.replace(word, "");
        }
        let characters: Vec<char> = text.chars().collect();
        let denials = characters.iter().copied();
        let mut denials: Vec<char> = denials.filter(|c| known.denials.contains(*c)).collect();
        denials.sort_unstable();
        Self {
            characters,
            times,
            denials,
            years,
        }
    }

    /// How near these words come to an official head; `None` if they say something else.
    pub fn likeness(&self, official: &Self) -> Option<Likeness> {
        if self.denials != official.denials {
            return None;
        }
        if self.times != official.times {
            return self.is_misspelt(official).then_some(SHORTENED);
        }
        if self.characters == official.characters {
            return Some(EQUAL);
        }
        const SHORTEST: usize = 2;
        let (said, head) = (self.characters.len(), official.characters.len());
        let common = common_length(&self.characters, &official.characters);
        if common < SHORTEST {
            return None;
        }
        if common == said {
            return Some(SHORTENED);
        }
        let is_near =
            common * EQUAL >= said * LEAST_OF_SAID && common * EQUAL >= head * LEAST_OF_HEAD;
        is_near.then_some(2 * common * SHORTENED / (said + head))
    }
}

impl HeadText {
    /// Whether but for one character these words are a head, whose word for another time that character has spoilt.
    fn is_misspelt(&self, official: &Self) -> bool {
        let (said, head) = (self.characters.len(), official.characters.len());
        let common = common_length(&self.characters, &official.characters);
        self.times.is_empty() && common + 1 >= head && said + 1 >= head && said <= head + 1
    }

    /// Whether these words begin as a head does and have half of it, which is enough where nothing but it can stand.
    pub fn begins_like(&self, official: &Self) -> bool {
        const SHORTEST: usize = 2;
        let common = common_length(&self.characters, &official.characters);
        let longest = self.characters.len().max(official.characters.len());
        self.times == official.times
            && self.denials == official.denials
            && common * 2 >= longest
            && official.characters.len() > SHORTEST
            && self.characters.get(..SHORTEST) == official.characters.get(..SHORTEST)
    }

    /// Whether these words are the head's, some left out.
    pub fn shortens(&self, official: &Self) -> bool {
        self.likeness(official).is_some_and(|it| it >= SHORTENED)
    }
}

/// Words without what stands in brackets behind some of them, and without a unit behind the word for it.
fn without_notes(words: &str) -> String {
    let mut text = String::new();
    let mut depth = 0_usize;
    if words.starts_with(['(', '[']) {
        return words.to_owned();
    }
    for c in words.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            c if depth == 0 => text.push(c),
            _ => {}
        }
    }
    let end = text.find("单位").unwrap_or(text.len());
    text.truncate(end);
    text
}

/// Words without the years that they name by their numbers.
fn without_years(words: &str) -> (String, Vec<i32>) {
    const DIGITS: usize = 4;
    let (mut text, mut years) = (String::new(), Vec::new());
    let mut rest = words;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let number = &rest[at..];
        let end = number.find(|c: char| !c.is_ascii_digit());
        let (digits, behind) = number.split_at(end.unwrap_or(number.len()));
        text.push_str(&rest[..at]);
        match (behind.strip_prefix('年'), digits.parse()) {
            (Some(after), Ok(year)) if digits.len() == DIGITS => {
                years.push(year);
                rest = after;
            }
            _ => {
                text.push_str(digits);
                rest = behind;
            }
        }
    }
    text.push_str(rest);
    (text, years)
}

/// The length of the longest sequence of characters that both have in the same order.
fn common_length(a: &[char], b: &[char]) -> usize {
    let mut row = vec![0; b.len() + 1];
    for x in a {
        let mut diagonal = 0;
        for (j, y) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = match x == y {
                true => diagonal + 1,
                false => above.max(row[j]),
            };
            diagonal = above;
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form;

    fn likeness(said: &str, head: &str) -> Option<Likeness> {
        let known = &form::official()[0].head_words;
        let text = |words: &str| HeadText::of(&super::super::labels::plain(words), known);
        text(said).likeness(&text(head))
    }

    #[test]
    fn shortened_and_misspelt_heads_are_known() {
        for (said, head) in [
            ("制发数", "制发件数"),
            ("本年度废止", "废止件数"),
            ("制发伴数", "制发件数"),
            ("决定数", "决定数量"),
            ("收费金额（元）", "收费金额"),
            ("其它", "其他"),
            ("合计", "总计"),
            ("去年数量", "上一年数量"),
            ("上一某数量", "上一年数量"),
        ] {
            assert!(likeness(said, head).is_some(), "{said}");
        }
    }

    #[test]
    fn heads_of_another_time_or_thing_are_others() {
        for (said, head) in [
            ("上年制发", "制发件数"),
            ("累计决定数量", "决定数量"),
            ("收费项目数量", "收费金额"),
            ("数量", "上一年数量"),
            ("审结", "尚未审结"),
            ("商业企业", "科研机构"),
            ("备注", "有效件数"),
            ("罚没金额", "收费金额"),
        ] {
            assert_eq!(likeness(said, head), None, "{said}");
        }
    }
}
