//! Many words looked for in a text at once.

use aho_corasick::{AhoCorasick, AhoCorasickKind, Input, MatchKind};
use serde::Deserialize;
use std::ops::Range;
use std::sync::OnceLock;

/// Words that are looked for together; of several that begin at one place the longest is found. What finding needs is
/// made when it is needed first.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(from = "Vec<String>")]
pub struct Finder {
    words: Vec<String>,
    automaton: OnceLock<AhoCorasick>,
}

impl From<Vec<String>> for Finder {
    fn from(words: Vec<String>) -> Self {
        Self::new(words)
    }
}

/// The same words in the same order.
impl PartialEq for Finder {
    fn eq(&self, other: &Self) -> bool {
        self.words == other.words
    }
}

impl Finder {
    /// For these words, known by their places in the list from then on.
    pub fn new(words: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self {
            words: words.into_iter().map(Into::into).collect(),
            automaton: OnceLock::new(),
        }
    }

    fn automaton(&self) -> &AhoCorasick {
        self.automaton.get_or_init(|| {
            AhoCorasick::builder()
                .match_kind(MatchKind::LeftmostLongest)
                .kind(Some(AhoCorasickKind::ContiguousNFA))
                .build(&self.words)
                .expect("the words of a form fit into an automaton")
        })
    }

    /// The first word from a byte on, and where it stands.
    pub fn next(&self, text: &str, from: usize) -> Option<(usize, Range<usize>)> {
        let input = Input::new(text).span(from..text.len());
        let found = self.automaton().find(input)?;
        Some((found.pattern().as_usize(), found.range()))
    }

    /// Whether a text has one of the words.
    pub fn is_in(&self, text: &str) -> bool {
        self.next(text, 0).is_some()
    }

    /// All words of a text, none of which overlap.
    pub fn all<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, Range<usize>)> + 'a {
        let found = self.automaton().find_iter(text);
        found.map(|found| (found.pattern().as_usize(), found.range()))
    }
}
