//! Every different word of a source once, so that each is looked at once however often it stands there.

use super::form_words::OfficialWords;
use super::labels::{Plain, plain};
use std::collections::HashMap;

/// The index of a word in a [`Vocabulary`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct WordIx(u32);

/// The different words of a source, as labels are compared.
#[derive(Debug, Default)]
pub struct Vocabulary {
    words: Vec<Plain>,
    known: HashMap<String, WordIx>,
}

impl Vocabulary {
    /// The index of these words, as they stand in the source.
    pub fn add(&mut self, words: &str) -> WordIx {
        let plain = plain(words);
        if let Some(&ix) = self.known.get(&plain) {
            return ix;
        }
        let ix = WordIx(u32::try_from(self.words.len()).unwrap_or(u32::MAX));
        self.known.insert(plain.clone(), ix);
        self.words.push(Plain::new(plain));
        ix
    }

    /// The index of words that are plain already, if the source has them.
    pub fn find(&self, plain: &str) -> Option<WordIx> {
        self.known.get(plain).copied()
    }

    pub fn word(&self, ix: WordIx) -> &Plain {
        &self.words[ix.0 as usize]
    }

    /// Whether a word is one that the tables of some official form have.
    pub fn is_official(&self, ix: WordIx) -> bool {
        let word = &self.word(ix).text;
        !word.is_empty() && OfficialWords::get().whole.contains(word)
    }

    /// All of them, in the order of their indices.
    pub fn words(&self) -> &[Plain] {
        &self.words
    }
}

impl WordIx {
    pub fn index(self) -> usize {
        self.0 as usize
    }
}
