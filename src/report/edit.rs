//! Changes to a report, each with its inverse.

use super::{Addend, Origin, Prior, Reason, Report, total};
use crate::form::{AdditionIx, CellIx, TextIx};
use crate::value::Value;
use std::sync::Arc;

/// One change: what was there and what comes instead.
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
}

/// What is done and undone as one step.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Edit {
    changes: Vec<Change>,
}

impl Edit {
    /// The changes in the order in which they apply.
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// Whether it changes nothing.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Fills input cells as by typing; cells that already hold the value, and computed ones, are left out.
    pub fn cells(report: &Report, new: impl IntoIterator<Item = (CellIx, Value)>) -> Self {
        Self::cells_from(report, None, new)
    }

    /// Fills input cells with numbers of some origin. A number that was made of parts no longer is.
    pub fn cells_from(
        report: &Report,
        origin: Option<Origin>,
        new: impl IntoIterator<Item = (CellIx, Value)>,
    ) -> Self {
        let mut changes = Vec::new();
        for (cell, new) in new {
            let old = report.value(cell);
            if report.form().cell(cell).computed || old == new {
                continue;
            }
            changes.push(Change::Cell { cell, old, new });
            let (old, new) = (report.origin(cell), origin.filter(|_| !new.is_blank()));
            changes.extend((old != new).then_some(Change::Origin { cell, old, new }));
            let parts = report.addends(cell);
            if !parts.is_empty() {
                changes.push(Change::Addends {
                    cell,
                    old: parts.to_vec(),
                    new: Vec::new(),
                });
            }
        }
        Self { changes }
    }

    /// Puts a number in by parts: the cell holds their sum. Nothing happens if they make no number.
    pub fn addends(report: &Report, cell: CellIx, new: Vec<Addend>) -> Self {
        let Some(sum) = total(&new).filter(|_| !report.form().cell(cell).computed) else {
            return Self::default();
        };
        let old = report.addends(cell).to_vec();
        let mut changes = Vec::new();
        let (before, after) = (report.value(cell), sum);
        changes.extend((before != after).then_some(Change::Cell {
            cell,
            old: before,
            new: after,
        }));
        let (from, to) = (report.origin(cell), Some(Origin::Added));
        changes.extend((from != to).then_some(Change::Origin {
            cell,
            old: from,
            new: to,
        }));
        changes.extend((old != new).then_some(Change::Addends { cell, old, new }));
        Self { changes }
    }

    /// Fills every blank input cell among `cells` with 0.
    pub fn zero_blanks(report: &Report, cells: impl IntoIterator<Item = CellIx>) -> Self {
        let zero = |kind| match kind {
            crate::value::Kind::Amount => Value::Amount(rust_decimal::Decimal::ZERO),
            _ => Value::Count(0),
        };
        let blanks = cells
            .into_iter()
            .filter(|&cell| report.value(cell).is_blank());
        let new: Vec<_> = blanks
            .map(|cell| (cell, zero(report.form().cell(cell).kind)))
            .collect();
        Self::cells_from(report, Some(Origin::Zeroed), new)
    }

    /// Sets or removes the stated total of a computed cell.
    pub fn stated(report: &Report, cell: CellIx, new: Option<Value>) -> Self {
        let old = report.stated(cell);
        let changed = report.form().cell(cell).computed && old != new;
        Self {
            changes: changed
                .then_some(Change::Stated { cell, old, new })
                .into_iter()
                .collect(),
        }
    }

    /// Replaces a text; only the stretch that differs is recorded.
    pub fn text(report: &Report, text: TextIx, new: &str) -> Self {
        let old = report.text(text);
        let same = |a: char, b: char| a == b;
        let start: usize = old
            .chars()
            .zip(new.chars())
            .take_while(|&(a, b)| same(a, b))
            .map(|(c, _)| c.len_utf8())
            .sum();
        let (old_rest, new_rest) = (&old[start..], &new[start..]);
        let end: usize = (old_rest.chars().rev().zip(new_rest.chars().rev()))
            .take_while(|&(a, b)| same(a, b))
            .map(|(c, _)| c.len_utf8())
            .sum();
        let (old, new) = (
            &old_rest[..old_rest.len() - end],
            &new_rest[..new_rest.len() - end],
        );
        let changed = !(old.is_empty() && new.is_empty());
        let change = || Change::Text {
            text,
            at: start,
            old: old.to_owned(),
            new: new.to_owned(),
        };
        Self {
            changes: changed.then(change).into_iter().collect(),
        }
    }

    /// Both as one step; `next` must touch other places than this.
    #[must_use]
    pub fn and(mut self, next: Self) -> Self {
        self.changes.extend(next.changes);
        self
    }

    /// Renames the organ.
    pub fn organ(report: &Report, new: &str) -> Self {
        let change = || Change::Organ {
            old: report.organ().to_owned(),
            new: new.to_owned(),
        };
        Self {
            changes: (report.organ() != new).then(change).into_iter().collect(),
        }
    }

    /// Changes the year; nothing happens if the report's form is not used in that year.
    pub fn year(report: &Report, new: i32) -> Self {
        let changed = report.year() != new && report.form().years.contains(new);
        Self {
            changes: changed
                .then_some(Change::Year {
                    old: report.year(),
                    new,
                })
                .into_iter()
                .collect(),
        }
    }

    /// Gives a reason for the finding with this key, or takes it back.
    pub fn reason(report: &Report, key: &str, new: Option<Reason>) -> Self {
        let old = report.reasons().get(key).cloned();
        let change = || Change::Reason {
            key: key.to_owned(),
            old: old.clone(),
            new: new.clone(),
        };
        Self {
            changes: (old != new).then(change).into_iter().collect(),
        }
    }

    /// Switches a local addition. Off, its figures go too: what is not shown is not saved, and must not be kept unseen.
    pub fn addition(report: &Report, addition: AdditionIx, new: bool) -> Self {
        let old = report.has_addition(addition);
        if old == new {
            return Self::default();
        }
        let mut edit = Self::default();
        if !new {
            let cells = report
                .form()
                .indexed_cells()
                .filter(|(_, cell)| cell.addition == Some(addition));
            edit = Self::cells(
                report,
                cells.map(|(ix, _)| (ix, Value::Blank)).collect::<Vec<_>>(),
            );
        }
        edit.changes.push(Change::Addition { addition, old, new });
        edit
    }

    /// Brings last year's figures along, or takes them out again.
    pub fn prior(report: &Report, new: Option<Arc<Prior>>) -> Self {
        let old = report.prior().cloned();
        let change = || Change::Prior {
            old: old.clone(),
            new: new.clone(),
        };
        Self {
            changes: (old != new).then(change).into_iter().collect(),
        }
    }

    /// Does it.
    pub(super) fn apply(&self, report: &mut Report) {
        for change in &self.changes {
            change.apply(report, false);
        }
    }

    /// Undoes it; the report must be as [`Edit::apply`] left it.
    pub(super) fn revert(&self, report: &mut Report) {
        for change in self.changes.iter().rev() {
            change.apply(report, true);
        }
    }

    /// Takes `next` into this step if a person would think of both as one stroke of typing.
    pub(super) fn absorb(&mut self, next: &Self) -> bool {
        if let ([Change::Organ { new, .. }], [Change::Organ { new: next, .. }]) =
            (&mut self.changes[..], &next.changes[..])
        {
            new.clone_from(next);
            return true;
        }
        if let (
            [Change::Reason { key, new, .. }],
            [
                Change::Reason {
                    key: next_key,
                    new: next,
                    ..
                },
            ],
        ) = (&mut self.changes[..], &next.changes[..])
            && key == next_key
        {
            new.clone_from(next);
            return true;
        }
        let ([Change::Text { text, at, old, new }], [next]) =
            (self.changes.as_mut_slice(), next.changes.as_slice())
        else {
            return false;
        };
        let Change::Text {
            text: next_text,
            at: next_at,
            old: next_old,
            new: next_new,
        } = next
        else {
            return false;
        };
        let ends_a_phrase = |s: &str| {
            s.chars()
                .next_back()
                .is_some_and(|c| "，。；：！？、\n \u{3000}".contains(c))
        };
        let typed_on = next_old.is_empty()
            && *next_at == *at + new.len()
            && !new.is_empty()
            && !ends_a_phrase(new);
        let erased_on = next_new.is_empty() && new.is_empty() && *next_at + next_old.len() == *at;
        if next_text != text || !(typed_on || erased_on) {
            return false;
        }
        if typed_on {
            new.push_str(next_new);
        } else {
            old.insert_str(0, next_old);
            *at = *next_at;
        }
        true
    }
}

impl Change {
    fn apply(&self, report: &mut Report, inverse: bool) {
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
