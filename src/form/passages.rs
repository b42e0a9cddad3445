//! Paragraphs in the usual wording, to be written from the tables' own numbers (写一段).

use super::index::TextIx;
use super::rules::Sum;
use crate::prose::{MASKED_NUMBER, mask_pieces, masked};

/// A paragraph that can be written from the tables' numbers.
#[derive(Debug)]
pub struct Passage {
    /// What it is about, e.g. `依申请公开`.
    pub name: String,
    /// The texts into which it belongs.
    pub texts: Vec<TextIx>,
    /// What the tables do not say and the clerk writes himself; empty if nothing.
    pub note: String,
    /// What stands before the first sentence that is written.
    pub opens: Vec<Piece>,
    /// Its sentences, in order; what stands in them decides which are written.
    pub sentences: Vec<Clause>,
}

/// Some words of a passage, written where what they need is known and so.
#[derive(Debug)]
pub struct Clause {
    /// Written only where each of these is 0.
    pub zero: Vec<Sum>,
    /// Written only where none of these is 0.
    pub some: Vec<Sum>,
    /// The words.
    pub says: Vec<Piece>,
    /// Listed behind them, those left out whose numbers are all 0; without any of them the clause is not written.
    pub list: Vec<Vec<Piece>>,
    /// What goes on the sentence.
    pub then: Vec<Clause>,
}

/// A piece of a passage.
#[derive(Debug)]
pub enum Piece {
    /// Words as they stand.
    Words(String),
    /// The report's year.
    Year,
    /// What some cells come to.
    Number(Sum),
}

impl Passage {
    /// The pieces between commas and stops of all that it can say, masked as by [`masked`].
    pub(super) fn masks(&self) -> Vec<String> {
        let mut all = Vec::new();
        let mut take = |words: &str| {
            let mask = masked(words, None);
            all.extend(mask_pieces(&mask).map(str::to_owned));
        };
        take(&words(&self.opens));
        for clause in &self.sentences {
            clause.words(&mut take);
        }
        all
    }
}

impl Clause {
    fn words(&self, take: &mut impl FnMut(&str)) {
        let says = words(&self.says);
        take(&says);
        for item in self.list.iter().map(|item| words(item)) {
            take(&format!("{says}{item}"));
            take(&item);
        }
        for then in &self.then {
            then.words(take);
        }
    }
}

/// Some pieces with a number in each place of one.
fn words(pieces: &[Piece]) -> String {
    let mut words = String::new();
    for piece in pieces {
        match piece {
            Piece::Words(piece) => words.push_str(piece),
            Piece::Year | Piece::Number(_) => words.push(MASKED_NUMBER),
        }
    }
    words
}
