//! Numbers in texts that are tied to the tables (连接): each knows whose number it is, and stays with its digits whatever is
//! written around them.

use super::stretch::Stretch;
use crate::form::Sum;
use crate::prose::number_around;
use std::ops::Range;

/// A number in a text that is the number of cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where its digits stand, in bytes; always a whole number of the text.
    pub at: Range<usize>,
    /// What it is the number of.
    pub of: Sum,
}

/// Words with numbers in them that are linked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Linked {
    pub(super) words: String,
    pub(super) links: Vec<Link>,
}

impl Linked {
    /// Goes on with words that are linked to nothing.
    pub fn push_words(&mut self, words: &str) {
        self.words.push_str(words);
    }

    /// Goes on with a number, written with these digits, that is the number of `of`.
    pub fn push_number(&mut self, digits: &str, of: Sum) {
        let start = self.words.len();
        self.words.push_str(digits);
        self.links.push(Link {
            at: start..self.words.len(),
            of,
        });
    }

    /// Goes on with other words and their links.
    pub fn push(&mut self, other: &Self) {
        let start = self.words.len();
        self.words.push_str(&other.words);
        let links = other.links.iter().map(|link| Link {
            at: start + link.at.start..start + link.at.end,
            of: link.of.clone(),
        });
        self.links.extend(links);
    }

    /// The words.
    pub fn words(&self) -> &str {
        &self.words
    }

    /// Where its numbers stand and whose they are, in order.
    pub fn links(&self) -> &[Link] {
        &self.links
    }
}

impl From<&str> for Linked {
    fn from(words: &str) -> Self {
        Self {
            words: words.to_owned(),
            links: Vec::new(),
        }
    }
}

/// Whether just a number stands in a place of a text.
pub(super) fn is_number(text: &str, at: &Range<usize>) -> bool {
    number_around(text, at.clone()).is_some_and(|whole| whole == *at)
}

/// The links of a text once a stretch of it has become `new`, after which it is `text`. Those behind move along. A number
/// whose digits are touched stays linked as long as it is one number, grown or shrunk; with its last digit its link goes,
/// and where two numbers become one, both go. What comes in brings its own links.
pub(super) fn rewoven(links: &[Link], stretch: &Stretch, new: &Linked, text: &str) -> Vec<Link> {
    let stays = |link: &Link| {
        let mut at = stretch.leaves(&link.at)?;
        if stretch.touches(&link.at) {
            at = number_around(text, at)?;
        }
        Some(Link {
            at,
            of: link.of.clone(),
        })
    };
    let mut kept: Vec<Link> = links.iter().filter_map(stays).collect();
    let comes = new.links.iter().map(|link| Link {
        at: stretch.at.start + link.at.start..stretch.at.start + link.at.end,
        of: link.of.clone(),
    });
    let comes = fitting(comes.collect(), text);
    // What is put in says itself whose its numbers are.
    kept.retain(|link| comes.iter().all(|new| !meet(link, new)));
    let meets = |nth: usize| kept.get(nth + 1).is_some_and(|next| meet(&kept[nth], next));
    let alone = |nth: usize| !meets(nth) && (nth == 0 || !meets(nth - 1));
    let alone: Vec<bool> = (0..kept.len()).map(alone).collect();
    let mut alone = alone.into_iter();
    kept.retain(|_| alone.next() == Some(true));
    kept.extend(comes);
    kept.sort_by_key(|link| link.at.start);
    kept
}

/// Those of some links that stand on numbers of a text, in order and each on its own.
pub(super) fn fitting(mut links: Vec<Link>, text: &str) -> Vec<Link> {
    links.retain(|link| is_number(text, &link.at));
    links.sort_by_key(|link| link.at.start);
    links.dedup_by(|next, link| meet(link, next));
    links
}

fn meet(a: &Link, b: &Link) -> bool {
    a.at.start < b.at.end && b.at.start < a.at.end
}
