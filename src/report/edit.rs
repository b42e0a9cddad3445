//! What is done and undone as one step.

use super::change::Change;
use super::notes::moved;
use super::{Addend, Notes, Origin, Prior, Reason, Report, total};
use crate::form::{AdditionIx, CellIx, TextIx};
use crate::value::Value;
use std::sync::Arc;

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
        if old.is_empty() && new.is_empty() {
            return Self::default();
        }
        let change = Change::Text {
            text,
            at: start,
            old: old.to_owned(),
            new: new.to_owned(),
        };
        let links = moved(
            &report.notes.links,
            text,
            start..start + old.len(),
            new.len(),
        );
        let notes = Notes {
            links,
            ..report.notes().clone()
        };
        Self {
            changes: vec![change],
        }
        .and(Self::notes(report, notes))
    }

    /// Replaces what is noted beside the report.
    pub fn notes(report: &Report, new: Notes) -> Self {
        let old = report.notes();
        let change = (*old != new).then(|| Change::Notes {
            old: Box::new(old.clone()),
            new: Box::new(new),
        });
        Self {
            changes: change.into_iter().collect(),
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
        let new = super::name::on_one_line(new);
        let change = || Change::Organ {
            old: report.organ().to_owned(),
            new: new.clone(),
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

    /// Does it and says so; nothing is done if what it replaces is not what stands there.
    #[must_use]
    pub(super) fn apply(&self, report: &mut Report) -> bool {
        for (nth, change) in self.changes.iter().enumerate() {
            if !change.fits(report, false) {
                for done in self.changes[..nth].iter().rev() {
                    done.apply(report, true);
                }
                return false;
            }
            change.apply(report, false);
        }
        true
    }

    /// Undoes it and says so; nothing is done unless the report is as [`Edit::apply`] left it.
    #[must_use]
    pub(super) fn revert(&self, report: &mut Report) -> bool {
        for (nth, change) in self.changes.iter().enumerate().rev() {
            if !change.fits(report, true) {
                for undone in &self.changes[nth + 1..] {
                    undone.apply(report, false);
                }
                return false;
            }
            change.apply(report, true);
        }
        true
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
        let ([Change::Text { .. }, ..], [Change::Text { .. }, ..]) =
            (&self.changes[..], &next.changes[..])
        else {
            return false;
        };
        // Behind a stretch of text there are at most the notes that moved with it.
        if self.changes.len() > 2
            || next.changes.len() > 2
            || !self.changes[0].types_on(&next.changes[0])
        {
            return false;
        }
        self.changes[0].take_typing(&next.changes[0]);
        match (self.changes.get_mut(1), next.changes.get(1)) {
            (Some(Change::Notes { new, .. }), Some(Change::Notes { new: next, .. })) => {
                new.clone_from(next);
            }
            (None, Some(notes @ Change::Notes { .. })) => self.changes.push(notes.clone()),
            _ => {}
        }
        true
    }
}

impl Report {
    /// The report with an edit done that is made for it as it stands; for building one, where nothing is undone.
    #[must_use]
    pub fn with(mut self, edit: impl FnOnce(&Self) -> Edit) -> Self {
        let edit = edit(&self);
        let fits = edit.apply(&mut self);
        debug_assert!(fits, "an edit of another report: {edit:?}");
        self
    }
}
