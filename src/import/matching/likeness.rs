//! The words of a source held against those of a form, each pair once.

use super::form_words::{FormWordIx, FormWords};
use super::labels::{Plain, SLIPS};
use super::vocabulary::{Vocabulary, WordIx};

/// What each word of a source could be in a form.
#[derive(Debug)]
pub struct Likeness {
    /// The form's word that it is to the character.
    exact: Vec<Option<FormWordIx>>,
    /// The labels that it could be, by their indices, each with how many characters are wrong.
    labels: Vec<Vec<(usize, usize)>>,
}

impl Likeness {
    pub fn of(vocabulary: &Vocabulary, form: &FormWords) -> Self {
        let words = vocabulary.words();
        let labels = |word: &Plain| {
            let labels = form.labels_like(word);
            let slips = |ix: usize| form.labels[ix].slips(word, SLIPS, &form.head_words);
            labels.filter_map(|ix| Some((ix, slips(ix)?))).collect()
        };
        Self {
            exact: words.iter().map(|word| form.find(&word.text)).collect(),
            labels: words.iter().map(labels).collect(),
        }
    }

    /// The form's word that this is to the character.
    pub(super) fn exact(&self, word: WordIx) -> Option<FormWordIx> {
        self.exact[word.index()]
    }

    /// Whether a word could be any label.
    pub(super) fn is_some_label(&self, word: WordIx) -> bool {
        !self.labels[word.index()].is_empty()
    }

    /// Whether a word is this label, with at most so many characters wrong; never more than [`SLIPS`].
    pub(super) fn is_label(&self, word: WordIx, label: usize, slips: usize) -> bool {
        let labels = &self.labels[word.index()];
        labels
            .iter()
            .any(|&(ix, wrong)| ix == label && wrong <= slips)
    }
}

impl FormWords {
    /// Whether words are the form's own, a slip or a note aside: no content, then.
    pub fn contain(&self, words: &Plain) -> bool {
        const LONG: usize = 6;
        let is_near =
            |known: &Plain| known.length() >= LONG && known.is_near(words, SLIPS, &self.head_words);
        self.find(&words.text).is_some()
            || self.words.iter().any(is_near)
            || words.bare.as_ref().is_some_and(|bare| self.contain(bare))
    }
}
