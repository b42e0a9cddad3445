//! One change to a report: what it replaces, how it is made and taken back, and which typing goes on with it.

use super::{Addend, Link, Notes, Origin, Prior, Reason, Report};
use crate::form::{AdditionIx, CellIx, TextIx};
use crate::value::Value;
use std::sync::Arc;

/// One change: what was there and what comes instead.
#[expect(
    missing_docs,
    reason = "old is what was there, new what comes instead; the rest says where"
)]
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// An input cell.
    Cell {
        cell: CellIx,
        old: Value,
        new: Value,
    },
    /// The stated total of a computed cell.
    Stated {
        cell: CellIx,
        old: Option<Value>,
        new: Option<Value>,
    },
    /// A piece of a text: `old` at byte `at` becomes `new`.
    Text {
        text: TextIx,
        at: usize,
        old: String,
        new: String,
    },
    /// The linked numbers of a text.
    Links {
        text: TextIx,
        old: Vec<Link>,
        new: Vec<Link>,
    },
    /// The organ's name.
    Organ { old: String, new: String },
    /// The year, within the years of the form.
    Year { old: i32, new: i32 },
    /// Where the number of a cell comes from.
    Origin {
        cell: CellIx,
        old: Option<Origin>,
        new: Option<Origin>,
    },
    /// What the number of a cell is made of; nothing if it is one number.
    Addends {
        cell: CellIx,
        old: Vec<Addend>,
        new: Vec<Addend>,
    },
    /// A reason for a finding, by its key.
    Reason {
        key: String,
        old: Option<Reason>,
        new: Option<Reason>,
    },
    /// A local addition, on or off.
    Addition {
        addition: AdditionIx,
        old: bool,
        new: bool,
    },
    /// Last year's figures.
    Prior {
        old: Option<Arc<Prior>>,
        new: Option<Arc<Prior>>,
    },
    /// What is noted beside the report.
    Notes { old: Box<Notes>, new: Box<Notes> },
}

impl Change {
    /// Whether what it replaces is what stands there: the old, or for undoing the new.
    pub(super) fn fits(&self, report: &Report, inverse: bool) -> bool {
        match self {
            Self::Cell { cell, old, new } => report.value(*cell) == *pick(new, old, inverse),
            Self::Stated { cell, old, new } => report.stated(*cell) == *pick(new, old, inverse),
            Self::Text { text, at, old, new } => {
                let there = report.text(*text).get(*at..);
                there.is_some_and(|there| there.starts_with(pick(new, old, inverse).as_str()))
            }
            Self::Links { text, old, new } => report.links(*text) == pick(new, old, inverse),
            Self::Origin { cell, old, new } => report.origin(*cell) == *pick(new, old, inverse),
            Self::Addends { cell, old, new } => report.addends(*cell) == pick(new, old, inverse),
            Self::Reason { key, old, new } => {
                report.reasons.get(key) == pick(new, old, inverse).as_ref()
            }
            Self::Prior { old, new } => report.prior == *pick(new, old, inverse),
            Self::Notes { old, new } => report.notes == *pick(new, old, inverse),
            Self::Organ { old, new } => report.organ == *pick(new, old, inverse),
            Self::Year { old, new } => report.year == *pick(new, old, inverse),
            Self::Addition { addition, old, new } => {
                report.has_addition(*addition) == *pick(new, old, inverse)
            }
        }
    }

    /// Whether `next` goes on with the typing or erasing in a text that this is.
    pub(super) fn types_on(&self, next: &Self) -> bool {
        let (
            Self::Text { text, at, new, .. },
            Self::Text {
                text: next_text,
                at: next_at,
                old: next_old,
                new: next_new,
            },
        ) = (self, next)
        else {
            return false;
        };
        let ends_a_phrase = new
            .chars()
            .next_back()
            .is_some_and(|c| "，。；：！？、\n \u{3000}".contains(c));
        let typed_on =
            next_old.is_empty() && *next_at == *at + new.len() && !new.is_empty() && !ends_a_phrase;
        let erased_on = next_new.is_empty() && new.is_empty() && *next_at + next_old.len() == *at;
        next_text == text && (typed_on || erased_on)
    }

    /// Takes in the typing or erasing that goes on with this.
    pub(super) fn take_typing(&mut self, next: &Self) {
        if let (
            Self::Text { at, old, new, .. },
            Self::Text {
                at: next_at,
                old: next_old,
                new: next_new,
                ..
            },
        ) = (self, next)
        {
            new.push_str(next_new);
            if !next_old.is_empty() {
                old.insert_str(0, next_old);
                *at = *next_at;
            }
        }
    }

    /// Makes the change, or takes it back.
    pub(super) fn apply(&self, report: &mut Report, inverse: bool) {
        match self {
            Self::Cell { cell, old, new } => {
                report.values[usize::from(cell.0)] = *pick(old, new, inverse);
            }
            Self::Stated { cell, old, new } => {
                match pick(old, new, inverse) {
                    Some(value) => report.stated.insert(*cell, *value),
                    None => report.stated.remove(cell),
                };
            }
            Self::Text { text, at, old, new } => {
                let (gone, comes) = if inverse { (new, old) } else { (old, new) };
                report.texts[usize::from(text.0)].replace_range(*at..*at + gone.len(), comes);
            }
            Self::Links { text, old, new } => {
                report.links[usize::from(text.0)].clone_from(pick(old, new, inverse));
            }
            Self::Origin { cell, old, new } => {
                match pick(old, new, inverse) {
                    Some(origin) => report.origins.insert(*cell, *origin),
                    None => report.origins.remove(cell),
                };
            }
            Self::Addends { cell, old, new } => {
                let addends = pick(old, new, inverse);
                if addends.is_empty() {
                    report.addends.remove(cell);
                } else {
                    report.addends.insert(*cell, addends.clone());
                }
            }
            Self::Reason { key, old, new } => {
                match pick(old, new, inverse) {
                    Some(reason) => report.reasons.insert(key.clone(), reason.clone()),
                    None => report.reasons.remove(key),
                };
            }
            Self::Prior { old, new } => report.prior.clone_from(pick(old, new, inverse)),
            Self::Notes { old, new } => report.notes.clone_from(pick(old, new, inverse)),
            Self::Organ { old, new } => report.organ.clone_from(pick(old, new, inverse)),
            Self::Year { old, new } => report.year = *pick(old, new, inverse),
            Self::Addition { addition, old, new } => {
                if *pick(old, new, inverse) {
                    report.additions.insert(*addition);
                } else {
                    report.additions.remove(addition);
                }
            }
        }
    }
}

fn pick<'a, T>(old: &'a T, new: &'a T, inverse: bool) -> &'a T {
    if inverse { old } else { new }
}
