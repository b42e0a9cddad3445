//! What is noted beside a report and never printed: which numbers of its texts belong to the tables, what was decided
//! about findings, the second count, and the checklist. Drafts hold it from version 2 on.

use crate::form::TextIx;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Everything that is noted beside a report; each part is empty until it is used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notes {
    /// Numbers in texts that belong to the tables, by text and place.
    pub links: Vec<Link>,
    /// What was decided about findings, by their key.
    pub decisions: BTreeMap<String, Decision>,
    /// The second count (复核), if there was one.
    pub recount: Option<Recount>,
    /// What of the checklist is done, by id.
    pub checklist: BTreeSet<String>,
    /// The SHA-256 of the form's file, if the form is not one that the program carries.
    pub form_sha256: Option<String>,
}

/// A number in a text that is the number of cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The text.
    pub text: TextIx,
    /// Where its digits stand, in bytes.
    pub at: Range<usize>,
    /// What it is the number of, in a form file's notation for sums: `t3.r1.total`.
    pub of: String,
}

/// What somebody decided about a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// What was decided.
    pub is: Decided,
    /// What was found then, numbers included; about anything else nothing is decided.
    pub about: String,
}

/// What can be decided about a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decided {
    /// The number is none of the tables' (不是表里的数).
    NotOfTheTables,
    /// It stays as it is (保留).
    Kept,
}

impl Decided {
    /// Every decision.
    pub const ALL: [Self; 2] = [Self::NotOfTheTables, Self::Kept];

    /// Its name in drafts.
    pub fn id(self) -> &'static str {
        match self {
            Self::NotOfTheTables => "not_of_the_tables",
            Self::Kept => "kept",
        }
    }

    /// The decision of this name.
    pub fn by_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|decided| decided.id() == id)
    }
}

/// A second person's count (复核): he keyed the numbers again, and these came out the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recount {
    /// Who.
    pub name: String,
    /// The day, as `2026-01-12`.
    pub date: String,
    /// The SHA-256 of the numbers; with others it no longer holds.
    pub sha256: String,
}

impl Notes {
    /// Whether nothing is noted.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The links as they are once the bytes `at` of a text are replaced by `new` bytes: those behind move along, those whose
/// digits are touched go.
pub(super) fn moved(links: &[Link], text: TextIx, at: Range<usize>, new: usize) -> Vec<Link> {
    let moved = links.iter().filter_map(|link| {
        if link.text != text || link.at.end <= at.start {
            return Some(link.clone());
        }
        let shift = |byte: usize| byte - at.len() + new;
        (link.at.start >= at.end).then(|| Link {
            at: shift(link.at.start)..shift(link.at.end),
            ..link.clone()
        })
    });
    moved.collect()
}
