//! What the texts say in numbers: the words of a form, and which combination of them means which cells.

use super::index::TextIx;
use super::rules::Sum;
use crate::prose::Finder;
use crate::prose::grammar::{Lexicon, Tags};

/// How the numbers of the texts are held against the tables.
#[derive(Debug)]
pub struct Narrative {
    /// The texts that are read.
    pub texts: Vec<TextIx>,
    /// The words.
    pub lexicon: Lexicon,
    /// What combinations of things mean, in the form's order: the usual meaning first.
    pub facts: Vec<Fact>,
    /// The facts by the last tag that each needs ([`Tags::last`]); behind them those that need none.
    pub by_last: Vec<Vec<usize>>,
    /// What several facts share.
    pub claims: Vec<Claim>,
    /// Things of which several in one breath are added up.
    pub adds: Vec<Tags>,
}

impl Narrative {
    /// The fact that is just this sum.
    pub fn fact_of(&self, sum: &Sum) -> Option<&Fact> {
        self.facts.iter().find(|fact| fact.sum == *sum)
    }

    /// How many 元 cells count in, if they are amounts.
    pub fn yuan(&self, sum: &Sum) -> Option<u32> {
        let is_of = |fact: &&Fact| fact.sum.cells().any(|cell| sum.plus.contains(&cell));
        let mut amounts = self.facts.iter().filter(|fact| fact.yuan.is_some());
        amounts.find(is_of)?.yuan
    }

    /// The rule that speaks of numbers like this one: of just this sum, else of one of its cells.
    pub fn rule_of(&self, sum: &Sum) -> Option<usize> {
        let is_of = |fact: &&Fact| {
            sum.cells()
                .any(|cell| fact.sum.cells().any(|it| it == cell))
        };
        let fact = self.fact_of(sum).or_else(|| self.facts.iter().find(is_of));
        let claim = fact.map_or(0, |fact| fact.claim);
        self.claims.get(claim).map(|claim| claim.rule)
    }
}

/// What the facts of one rule share.
#[derive(Debug)]
pub struct Claim {
    /// Its rule in [`super::Form::rules`].
    pub rule: usize,
    /// What a share of their numbers may be a share of.
    pub shares: Vec<Sum>,
    /// The units of their numbers; all units of the form if there are none.
    pub units: Vec<String>,
}

/// A combination of things, and the cells that it means.
#[derive(Debug)]
pub struct Fact {
    /// Its claim in [`Narrative::claims`].
    pub claim: usize,
    /// All of these are named.
    pub needs: Tags,
    /// These may be.
    pub allows: Tags,
    /// The cells added up.
    pub sum: Sum,
    /// In the form's words, e.g. `新收+上年结转`.
    pub says: String,
    /// Whether the words are too vague to be held to it.
    pub weak: bool,
    /// Not too vague beside one of these in the same part of a sentence.
    pub beside: Tags,
    /// Whether the words are vague unless the sentence says that it speaks of what the form is about.
    pub vague: bool,
    /// Of an amount: how many 元 the cell counts in.
    pub yuan: Option<u32>,
    /// Of a rate: what the cells are divided by, one of these.
    pub per: Vec<Sum>,
    /// Of a rate: a full hundred may be said of something else.
    pub not_all: bool,
}

/// What is demanded of how the texts are written.
#[derive(Debug)]
pub struct Writing {
    /// Its rule in [`super::Form::rules`].
    pub rule: usize,
    /// The texts.
    pub texts: Vec<TextIx>,
    /// What is demanded.
    pub is: WritingDemand,
    /// Of topics: what covers them.
    pub covering: Covering,
}

/// The words that cover topics.
#[derive(Debug, Default)]
pub struct Covering {
    /// The words.
    pub words: Finder,
    /// For each of them its topic.
    pub topics: Vec<usize>,
}

/// What is demanded of how a text is written.
#[derive(Clone, Debug, PartialEq, serde::Deserialize)]
pub enum WritingDemand {
    /// The parts of a number add up to it.
    PartsAddUp,
    /// No unit stands without its number.
    NoGaps {
        /// Units, each with the words right behind which it lacks its number.
        glued: Vec<(String, Vec<String>)>,
        /// Words behind which any of the units lacks its number, if there is a blank between.
        apart: Vec<String>,
    },
    /// The text is more than one of these.
    MoreThan(Vec<String>),
    /// A sentence with one of these and the name of the report names the report's year.
    YearOf {
        /// What tells that the sentence speaks of this report.
        signs: Finder,
        /// What the report is called in it.
        names: Finder,
    },
    /// Nothing stands in it that was taken over from last year and is still to be written anew.
    NothingLeft,
    /// Numbered headings follow each other.
    HeadingsInOrder,
    /// What it says of the report's parts (本报告包括…六部分) is so.
    PartsNamed {
        /// What tells that the sentence speaks of this report.
        signs: Finder,
        /// What follows the number of parts.
        counts: Vec<String>,
        /// Parts of other reports.
        foreign: Vec<String>,
    },
    /// Each of these is written about.
    Topics {
        /// Not before the text has so many characters: it is only begun.
        least: usize,
        /// Each by its name and what covers it.
        of: Vec<(String, Vec<String>)>,
    },
}
