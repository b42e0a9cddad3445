//! What stands over the cells of a table, as its rows are met one after another.

use super::form_words::FormWordIx;
use super::tables::SourceCell;
use super::vocabulary::WordIx;
use std::collections::BTreeMap;
use std::ops::Range;

/// What stands over a cell.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Over {
    pub word: Option<WordIx>,
    /// What stands over that.
    pub above: Option<WordIx>,
    /// The nearest head of several columns.
    pub group: Option<FormWordIx>,
}

/// The heads that were met so far.
#[derive(Debug, Default)]
pub(super) struct MetHeads {
    /// By its first column what was met last in each; no two overlap.
    words: BTreeMap<usize, MetWord>,
    /// Heads of several columns with these.
    groups: Vec<(Range<usize>, FormWordIx)>,
    /// Whether rows of the table have been met since.
    pub is_below_heads: bool,
}

/// Words over just these columns.
#[derive(Clone, Copy, Debug)]
struct MetWord {
    /// The column behind the last one.
    end: usize,
    word: WordIx,
    above: Option<WordIx>,
}

impl MetHeads {
    /// What stands over a cell.
    pub fn over(&self, cell: &SourceCell<'_>) -> Over {
        let cols = cell.raw.col..cell.raw.col + cell.raw.cols;
        let holds =
            |(range, _): &&(Range<usize>, _)| range.start <= cols.start && cols.end <= range.end;
        let words = self.words.get(&cols.start);
        let words = words.filter(|met| met.end == cols.end);
        Over {
            word: words.map(|met| met.word),
            above: words.and_then(|met| met.above),
            group: self.groups.iter().rev().find(holds).map(|(_, head)| *head),
        }
    }

    /// Other heads follow.
    pub fn forget_groups(&mut self) {
        self.groups.clear();
    }

    pub fn add_word(&mut self, cell: &SourceCell<'_>) {
        let (from, end) = (cell.raw.col, cell.raw.col + cell.raw.cols);
        let same = self.words.get(&from).filter(|met| met.end == end);
        let above = same.map(|met| met.word);
        let before = self.words.range(..from).next_back();
        let reaches_in = before.filter(|(_, met)| met.end > from);
        let over = self.words.range(from..end).map(|(first, _)| *first);
        let gone: Vec<usize> = over.chain(reaches_in.map(|(first, _)| *first)).collect();
        for first in gone {
            self.words.remove(&first);
        }
        let word = cell.word;
        self.words.insert(from, MetWord { end, word, above });
    }

    /// The nth cell of a row as a head of several columns: where it is not merged, blanks behind it are its own.
    pub fn add_group(&mut self, row: &[SourceCell<'_>], nth: usize, group: FormWordIx) {
        let blanks = row[nth + 1..].iter();
        let blanks = blanks.take_while(|cell| cell.raw.text.trim().is_empty());
        let last = blanks.last().unwrap_or(&row[nth]).raw;
        self.groups
            .push((row[nth].raw.col..last.col + last.cols, group));
    }
}
