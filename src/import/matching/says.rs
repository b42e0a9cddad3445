//! Which official head the words over a column are; words that are nearer to another head, or to none, are not the column's.

use super::cell_text::CellText;
use super::form_words::{FormWordIx, FormWords, Heads, TableWords, official_heads};
use super::head_words::{HeadText, Likeness};
use super::vocabulary::{Vocabulary, WordIx};
use std::cell::RefCell;
use std::collections::HashMap;

/// What stands over a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// No words.
    Nothing,
    /// This head of the form.
    Head(FormWordIx),
    /// Something else.
    Other,
}

/// The heads of a table of the form, to hold the words of a source against.
pub(super) struct Says<'b> {
    vocabulary: &'b Vocabulary,
    form: &'b FormWords,
    table: &'b TableWords,
    /// The report's year, where it is known.
    year: Option<i32>,
    known: RefCell<HashMap<(WordIx, usize), Option<FormWordIx>>>,
}

impl<'b> Says<'b> {
    pub fn new(
        vocabulary: &'b Vocabulary,
        form: &'b FormWords,
        table: &'b TableWords,
        year: Option<i32>,
    ) -> Self {
        Self {
            vocabulary,
            form,
            table,
            year,
            known: RefCell::default(),
        }
    }

    pub fn table(&self) -> &'b TableWords {
        self.table
    }

    /// A list of heads.
    pub fn heads(&self, list: usize) -> &'b Heads {
        &self.table.head_lists[list]
    }

    /// The nearest head of several columns over each of these.
    pub fn groups(&self, list: usize) -> &'b Heads {
        &self.table.groups[list]
    }

    /// Which head of a list these words are.
    pub fn head(&self, word: WordIx, list: usize) -> Option<FormWordIx> {
        let known = self.known.borrow().get(&(word, list)).copied();
        known.unwrap_or_else(|| {
            let head = self.head_of(&self.vocabulary.word(word).text, list);
            self.known.borrow_mut().insert((word, list), head);
            head
        })
    }

    fn head_of(&self, plain: &str, list: usize) -> Option<FormWordIx> {
        /// In bytes; no head is longer.
        const LONGEST: usize = 120;
        let heads = &self.table.head_lists[list];
        let exact = self.form.find(plain);
        if exact.is_some() && heads.contains(&exact) {
            return exact;
        }
        if plain.is_empty() || plain.len() > LONGEST {
            return None;
        }
        let said = HeadText::of(plain, &self.form.head_words);
        let is_other_year = |year: &i32| self.year.is_some_and(|own| own != *year);
        if said.years.iter().any(is_other_year) {
            return None;
        }
        let mut best: Option<(Likeness, FormWordIx)> = None;
        for head in heads.iter().flatten() {
            let likeness = said.likeness(&self.form.head_texts[head]);
            if let Some(likeness) = likeness.filter(|new| best.is_none_or(|(old, _)| old < *new)) {
                best = Some((likeness, *head));
            }
        }
        let (likeness, head) = best?;
        let is_nearer = |other: &HeadText| said.likeness(other).is_some_and(|it| it > likeness);
        // What is the head but for what it leaves out is it, though another form may have just these words.
        let others = || official_heads().iter().any(is_nearer);
        let is_short = said.shortens(&self.form.head_texts[&head]);
        (is_short || !others()).then_some(head)
    }

    /// Which head of a list stands over a cell; the end of a page may have made two of one.
    pub fn over(&self, text: &CellText<'_>, list: usize) -> Said {
        let Some(over) = text.over else {
            return Said::Nothing;
        };
        let both = || {
            let plain = |word: WordIx| self.vocabulary.word(word).text.as_str();
            let both = format!("{}{}", plain(text.above?), plain(over));
            let head = self.form.find(&both);
            head.filter(|_| self.table.head_lists[list].contains(&head))
        };
        let head = self.head(over, list).or_else(both);
        head.map_or(Said::Other, Said::Head)
    }

    /// Whether a cell may be the nth of a row with this list of heads.
    pub fn fits(&self, text: &CellText<'_>, list: usize, nth: usize) -> bool {
        let said = self.over(text, list);
        let is_head = match self.table.head_lists[list][nth] {
            Some(head) => match said {
                Said::Nothing => true,
                Said::Head(other) => other == head,
                Said::Other => self.begins_like(text, head),
            },
            None => true,
        };
        // Only where several groups have the same heads it matters which one this is.
        let (heads, groups) = (&self.table.head_lists[list], &self.table.groups[list]);
        let is_once = heads.iter().filter(|head| **head == heads[nth]).count() == 1;
        let is_another = text.group != groups[nth] && groups.contains(&text.group);
        is_head && (is_once || text.group.is_none() || !is_another)
    }

    /// Whether words that are no head of any form begin as this one does: in its own place.
    fn begins_like(&self, text: &CellText<'_>, head: FormWordIx) -> bool {
        let Some(over) = text.over else { return false };
        let plain = &self.vocabulary.word(over).text;
        let said = HeadText::of(plain, &self.form.head_words);
        let head = &self.form.head_texts[&head];
        let is_another = |other: &HeadText| other != head && said.shortens(other);
        said.begins_like(head) && !official_heads().iter().any(is_another)
    }

    /// Whether words stand in a row of heads: over columns, or over labels.
    pub fn is_in_head_row(&self, word: WordIx) -> bool {
        let exact = self.form.find(&self.vocabulary.word(word).text);
        let is_head = exact.is_some_and(|head| self.table.heads.contains(&head));
        is_head || self.any_head(word).is_some()
    }

    /// Which head of the table these words are to the letter, or in other words for the same.
    pub fn exact_head(&self, word: WordIx) -> Option<FormWordIx> {
        let plain = &self.vocabulary.word(word).text;
        let said = || HeadText::of(plain, &self.form.head_words);
        self.any_head(word).filter(|head| {
            let head_text = self.form.head_texts.get(head);
            self.form.find(plain) == Some(*head) || head_text.is_some_and(|it| *it == said())
        })
    }

    /// Which head of the table these words are: one of a column, or of several.
    pub fn any_head(&self, word: WordIx) -> Option<FormWordIx> {
        let exact = self.form.find(&self.vocabulary.word(word).text);
        let is_group = |head: &FormWordIx| self.table.below.contains_key(head);
        let lists = 0..self.table.head_lists.len();
        let of_column = || lists.into_iter().find_map(|list| self.head(word, list));
        exact.filter(is_group).or_else(of_column)
    }
}
