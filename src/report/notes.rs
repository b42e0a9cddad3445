//! What is noted beside a report; of it only the signature is printed: what was decided about findings, the second count, and the checklist.
//! Drafts hold it from version 2 on.

use std::collections::{BTreeMap, BTreeSet};

/// Who signs a report and when (落款), as it is printed below the last part; either may be left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signature {
    /// Who signs.
    pub organ: String,
    /// The day, as it is written: `2025年1月20日`.
    pub date: String,
}

/// Everything that is noted beside a report; each part is empty until it is used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notes {
    /// What was decided about findings, by their key.
    pub decisions: BTreeMap<String, Decision>,
    /// The second count (复核), if there was one.
    pub recount: Option<Recount>,
    /// What of the checklist is done, by id.
    pub checklist: BTreeSet<String>,
    /// Who signs, and when.
    pub signature: Option<Signature>,
    /// The SHA-256 of the form's file, if the form is not one that the program carries.
    pub form_sha256: Option<String>,
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
