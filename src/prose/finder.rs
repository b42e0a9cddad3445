//! Many words looked for in a text at once.

use serde::Deserialize;
use std::collections::HashMap;
use std::ops::Range;

/// Words that are looked for together; of several that begin at one place the longest is found.
///
/// A list in order and no automaton, since it is made anew whenever the program starts, for texts of a few pages.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(from = "Vec<String>")]
pub struct Finder {
    /// In the order of their characters, so that what begins a word stands before it.
    entries: Vec<Entry>,
    /// Which of them begin with a character.
    by_first: HashMap<char, Range<usize>>,
    /// Which characters may begin one, by their last bits: most of a text is passed over by it.
    begins: [u64; 16],
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    word: String,
    /// Its place in the list of the words.
    number: usize,
    /// The longest other entry that it begins with.
    begins_with: Option<usize>,
}

impl From<Vec<String>> for Finder {
    fn from(words: Vec<String>) -> Self {
        Self::new(words)
    }
}

/// The same words in the same order.
impl PartialEq for Finder {
    fn eq(&self, other: &Self) -> bool {
        self.entries == other.entries
    }
}

impl Finder {
    /// For these words, known by their places in the list from then on; of a word that stands twice the first one counts.
    pub fn new(words: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let words = words.into_iter().map(Into::into).enumerate();
        let mut words: Vec<(String, usize)> = words
            .map(|(number, word)| (word, number))
            .filter(|(word, _)| !word.is_empty())
            .collect();
        words.sort_unstable();
        words.dedup_by(|later, first| later.0 == first.0);
        let mut entries: Vec<Entry> = Vec::with_capacity(words.len());
        let mut by_first: HashMap<char, Range<usize>> = HashMap::new();
        for (at, (word, number)) in words.into_iter().enumerate() {
            let before =
                std::iter::successors(at.checked_sub(1), |&nth: &usize| entries[nth].begins_with);
            let begins_with = before
                .into_iter()
                .find(|&nth| word.starts_with(&entries[nth].word));
            if let Some(first) = word.chars().next() {
                by_first.entry(first).or_insert(at..at).end = at + 1;
            }
            entries.push(Entry {
                word,
                number,
                begins_with,
            });
        }
        let mut begins = [0; 16];
        for first in by_first.keys() {
            let (nth, bit) = place(*first);
            begins[nth] |= bit;
        }
        Self {
            entries,
            by_first,
            begins,
        }
    }

    /// The longest word that a text begins with.
    fn at_start_of(&self, text: &str) -> Option<&Entry> {
        let first = text.chars().next()?;
        let (nth, bit) = place(first);
        if self.begins[nth] & bit == 0 {
            return None;
        }
        let range = self.by_first.get(&first)?.clone();
        let before = self.entries[range.clone()].partition_point(|entry| *entry.word <= *text);
        let last = (range.start + before).checked_sub(1)?;
        // Whatever the text begins with and stands farther before, this one begins with as well.
        let mut shorter = std::iter::successors(Some(last), |&nth| self.entries[nth].begins_with);
        let found = shorter.find(|&nth| text.starts_with(&self.entries[nth].word));
        found.map(|nth| &self.entries[nth])
    }

    /// The first word from a byte on, and where it stands.
    pub fn next(&self, text: &str, from: usize) -> Option<(usize, Range<usize>)> {
        let mut places = text[from..].char_indices();
        places.find_map(|(at, _)| {
            let at = from + at;
            let entry = self.at_start_of(&text[at..])?;
            Some((entry.number, at..at + entry.word.len()))
        })
    }

    /// Whether a text has one of the words.
    pub fn is_in(&self, text: &str) -> bool {
        self.next(text, 0).is_some()
    }

    /// All words of a text, none of which overlap.
    pub fn all<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, Range<usize>)> + 'a {
        let mut from = 0;
        std::iter::from_fn(move || {
            let found = self.next(text, from)?;
            from = found.1.end;
            Some(found)
        })
    }
}

/// Where a character stands among those that may begin a word.
fn place(first: char) -> (usize, u64) {
    let last = first as usize % (16 * 64);
    (last / 64, 1 << (last % 64))
}

#[cfg(test)]
mod tests {
    use super::Finder;

    #[test]
    fn of_all_that_begin_at_one_place_the_longest_is_found() {
        let words = [
            "不予公开",
            "公开",
            "不予",
            "不",
            "予以公开",
            "不予处理",
            "公开",
        ];
        let finder = Finder::new(words);
        let found = |text: &str| -> Vec<String> {
            let all = finder.all(text);
            all.map(|(word, at)| {
                assert_eq!(words[word], &text[at.clone()]);
                format!("{word}@{}", at.start / 3)
            })
            .collect()
        };
        assert_eq!(found("不予公开"), ["0@0"]);
        assert_eq!(found("不予公平"), ["2@0"]);
        assert_eq!(found("不予处分不可公开"), ["2@0", "3@4", "1@6"]);
        assert_eq!(found("予以公正"), [""; 0]);
        assert_eq!(finder.next("不予公开", 3), Some((1, 6..12)));
        assert!(!finder.is_in("没有"));
        assert!(!Finder::default().is_in("没有"));
    }

    #[test]
    fn what_is_found_is_what_trying_every_word_finds() {
        // Words of few characters begin and end with each other all the time.
        let letters = ['一', '二', '三', 'a'];
        let word = |mut seed: usize, length: usize| -> String {
            (0..length)
                .map(|_| {
                    let letter = letters[seed % letters.len()];
                    seed = seed / letters.len() + 7 * (seed % 3);
                    letter
                })
                .collect()
        };
        let words: Vec<String> = (0..60).map(|nth| word(nth * 37, 1 + nth % 5)).collect();
        let finder = Finder::new(words.clone());
        for seed in 0..200 {
            let text = word(seed * 7919, 30);
            let mut expected = Vec::new();
            let mut from = 0;
            while from < text.len() {
                let here = words.iter().enumerate();
                let here = here.filter(|(_, word)| text[from..].starts_with(word.as_str()));
                let longest = here.rev().max_by_key(|(_, word)| word.len());
                match longest {
                    Some((number, word)) => {
                        expected.push((number, from..from + word.len()));
                        from += word.len();
                    }
                    None => from += text[from..].chars().next().unwrap().len_utf8(),
                }
            }
            assert_eq!(finder.all(&text).collect::<Vec<_>>(), expected, "{text}");
        }
    }
}
