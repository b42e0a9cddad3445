//! Labels as people copy them: how one is compared with the form's own, and how wrong it may be.

use super::meaning::is_turned;
use super::traditional::simplified;
use crate::form::HeadWords;
use crate::import::source::UNREAD;
use crate::prose::half_width;

/// The most wrong characters of a label that is known by itself.
pub const SLIPS: usize = 2;

/// A shorter label must be right to the character.
const SHORT: usize = 6;

/// A label without what differs from copy to copy: blanks, quotation marks, wide and narrow signs.
pub fn plain(label: &str) -> String {
    label.chars().filter_map(plain_char).collect()
}

/// A character as labels are compared; none for one that does not count.
pub fn plain_char(c: char) -> Option<char> {
    if c.is_whitespace() || c == UNREAD || "“”\"‘’'".contains(c) {
        return None;
    }
    Some(match half_width(c) {
        '、' | '。' => '.',
        c => simplified(c),
    })
}

/// Words as labels are compared, and what is often asked of them.
#[derive(Clone, Debug)]
pub struct Plain {
    /// As [`plain`] makes them.
    pub text: String,
    /// The same, a character each.
    characters: Vec<char>,
    /// How many digits stand at the end.
    digits: usize,
    /// The words before a note in brackets at the end.
    pub bare: Option<Box<Plain>>,
}

impl Plain {
    pub fn of(words: &str) -> Self {
        Self::new(plain(words))
    }

    /// `text` is [`plain`] already.
    pub fn new(text: String) -> Self {
        let bare = without_note(&text).map(|bare| Box::new(Self::new(bare.to_owned())));
        Self {
            characters: text.chars().collect(),
            digits: text.bytes().rev().take_while(u8::is_ascii_digit).count(),
            text,
            bare,
        }
    }

    /// In characters.
    pub fn length(&self) -> usize {
        self.characters.len()
    }

    /// Whether at most so many characters of `other` differ, and it says the same.
    pub fn is_near(&self, other: &Self, most: usize, known: &HeadWords) -> bool {
        self.wrong_in(other, most, known).is_some()
    }

    /// How many characters of `other` differ; `None` if more than `most` or if it says something else.
    fn wrong_in(&self, other: &Self, most: usize, known: &HeadWords) -> Option<usize> {
        let wrong = distance_between(&other.characters, &self.characters, most);
        let is_it = wrong <= most && (wrong == 0 || !is_turned(&other.text, &self.text, known));
        is_it.then_some(wrong)
    }
}

/// A label of a form.
#[derive(Clone, Debug)]
pub struct Label {
    plain: Plain,
    /// Whether it names the report's year, so that digits say nothing.
    pub any_year: bool,
}

impl Label {
    pub fn of(label: &str) -> Self {
        const YEAR: &str = "{year}";
        let any_year = label.contains(YEAR);
        let plain = match any_year {
            true => Plain::new(without_digits(&plain(&label.replace(YEAR, "")))),
            false => Plain::of(label),
        };
        Self { plain, any_year }
    }

    /// As it is compared.
    pub fn text(&self) -> &str {
        &self.plain.text
    }

    /// In characters.
    pub fn length(&self) -> usize {
        self.plain.length()
    }

    /// How many characters of these words are wrong as this label; `None` if more than `most`, or if they say something else.
    /// Short ones must be right.
    pub fn slips(&self, words: &Plain, most: usize, known: &HeadWords) -> Option<usize> {
        if self.any_year {
            if words.length() + most < self.plain.length() {
                return None;
            }
            let words = Plain::new(without_digits(&words.text));
            return slips(&words, &self.plain, most, known);
        }
        slips(words, &self.plain, most, known)
    }
}

fn slips(words: &Plain, label: &Plain, most: usize, known: &HeadWords) -> Option<usize> {
    // Some explain to those who fill in what is meant.
    if let Some(bare) = words.bare.as_ref().filter(|_| !label.text.ends_with(')')) {
        return slips(bare, label, most, known);
    }
    if words.length().abs_diff(label.length()) > most {
        return None;
    }
    if words.text == label.text {
        return Some(0);
    }
    // A digit at the end that the label has not is a number.
    if most == 0 || label.length() < SHORT || words.digits != label.digits {
        return None;
    }
    label.wrong_in(words, most, known)
}

fn without_digits(text: &str) -> String {
    text.chars().filter(|c| !c.is_ascii_digit()).collect()
}

/// Whether words are a label with a number of its own, such as `1.属于国家秘密`.
pub(super) fn is_numbered(words: &str) -> bool {
    let digits = words.trim_start_matches(|c: char| c.is_ascii_digit());
    let label = digits
        .strip_prefix('.')
        .filter(|_| digits.len() < words.len());
    label.is_some_and(|label| label.starts_with(|c: char| !c.is_ascii_digit()))
}

/// A label before its note in brackets. Numbers in the note may be more than a note, but for those of a year.
fn without_note(label: &str) -> Option<&str> {
    const YEAR: usize = 4;
    let (bare, note) = label.strip_suffix(')')?.split_once('(')?;
    let mut numbers = note.split(|c: char| !c.is_ascii_digit());
    let years = numbers.all(|number| number.is_empty() || number.len() == YEAR);
    (years && !bare.is_empty()).then_some(bare)
}

/// How many characters differ (Levenshtein), or more than `most`.
pub fn distance(a: &str, b: &str, most: usize) -> usize {
    let characters = |text: &str| text.chars().collect::<Vec<_>>();
    distance_between(&characters(a), &characters(b), most)
}

fn distance_between(a: &[char], b: &[char], most: usize) -> usize {
    if a.len().abs_diff(b.len()) > most {
        return most + 1;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        let mut least = row[0];
        for (j, y) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = (above + 1)
                .min(row[j] + 1)
                .min(diagonal + usize::from(x != y));
            diagonal = above;
            least = least.min(row[j + 1]);
        }
        // It never becomes less.
        if least > most {
            return most + 1;
        }
    }
    row[b.len()]
}
