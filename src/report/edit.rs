//! What is done and undone as one step.

use super::change::Change;
use super::link::{fitting, rewoven};
use super::{
    Addend, Link, Linked, Notes, Origin, Prior, Reason, Report, Signature, Stretch, total,
};
use crate::form::{AdditionIx, CellIx, Sum, TextIx};
use crate::value::Value;
use std::ops::Range;
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

    /// Takes down that an imported document printed these totals just as they add up: they are what adds up, so all that
    /// is kept is where they come from.
    pub fn printed(report: &Report, totals: impl IntoIterator<Item = CellIx>) -> Self {
        let new = Some(Origin::Imported);
        let totals = totals.into_iter();
        let totals = totals.filter(|&cell| report.form().cell(cell).computed);
        let changes = totals.map(|cell| (cell, report.origin(cell)));
        let changes = changes.filter(|&(_, old)| old != new);
        Self {
            changes: changes
                .map(|(cell, old)| Change::Origin { cell, old, new })
                .collect(),
        }
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
        let stretch = Stretch::between(report.text(text), new);
        let place = stretch.map(|Stretch { at, new: length }| {
            let words = &new[at.start..at.start + length];
            (at, Linked::from(words))
        });
        Self::places(report, text, place.into_iter().collect())
    }

    /// Puts words into a text in place of some bytes, with their links: at the caret, where the bytes are none.
    pub fn insert(report: &Report, text: TextIx, at: Range<usize>, new: Linked) -> Self {
        Self::places(report, text, vec![(at, new)])
    }

    /// Replaces several stretches of a text, given in bytes, in order and apart from each other. Nothing happens where they
    /// are none of the text.
    pub fn places(report: &Report, text: TextIx, places: Vec<(Range<usize>, Linked)>) -> Self {
        let mut words = report.text(text).to_owned();
        let mut links = report.links(text).to_vec();
        let mut changes = Vec::new();
        let mut next = words.len();
        // From the end, so that the places before stay where they are.
        for (at, new) in places.into_iter().rev() {
            let Some(old) = words.get(at.clone()).filter(|_| at.end <= next) else {
                return Self::default();
            };
            let old = old.to_owned();
            next = at.start;
            words.replace_range(at.clone(), new.words());
            let stretch = Stretch {
                at: at.clone(),
                new: new.words().len(),
            };
            links = rewoven(&links, &stretch, &new, &words);
            if old != new.words() {
                changes.push(Change::Text {
                    text,
                    at: at.start,
                    old,
                    new: new.words().to_owned(),
                });
            }
        }
        Self { changes }.and(Self::rewoven(report, text, links))
    }

    /// Links a number of a text, given by the bytes of its digits, or takes its link away. Nothing happens where no number
    /// stands.
    pub fn link(report: &Report, text: TextIx, at: Range<usize>, of: Option<Sum>) -> Self {
        let mut links = report.links(text).to_vec();
        links.retain(|link| link.at != at);
        links.extend(of.map(|of| Link { at, of }));
        Self::links(report, text, links)
    }

    /// Replaces the links of a text; those that stand on no number of it are left out.
    pub fn links(report: &Report, text: TextIx, new: Vec<Link>) -> Self {
        let new = fitting(new, report.text(text));
        Self::rewoven(report, text, new)
    }

    fn rewoven(report: &Report, text: TextIx, new: Vec<Link>) -> Self {
        let old = report.links(text).to_vec();
        let change = (old != new).then_some(Change::Links { text, old, new });
        Self {
            changes: change.into_iter().collect(),
        }
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

    /// Replaces who signs, and when; none of either is no signature.
    pub fn signature(report: &Report, new: Signature) -> Self {
        let signature = (new != Signature::default()).then_some(new);
        let notes = Notes {
            signature,
            ..report.notes().clone()
        };
        Self::notes(report, notes)
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
            let cells: Vec<CellIx> = cells.map(|(ix, _)| ix).collect();
            edit = Self::cells(report, cells.iter().map(|&cell| (cell, Value::Blank)));
            for (text, _) in report.form().indexed_texts() {
                let mut links = report.links(text).to_vec();
                links.retain(|link| link.of.cells().all(|cell| !cells.contains(&cell)));
                edit = edit.and(Self::links(report, text, links));
            }
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
        // Behind a stretch of text there are at most the links that moved with it.
        let moves_links = |edit: &Self| matches!(edit.changes[1..], [] | [Change::Links { .. }]);
        if !moves_links(self) || !moves_links(next) || !self.changes[0].types_on(&next.changes[0]) {
            return false;
        }
        self.changes[0].take_typing(&next.changes[0]);
        match (self.changes.get_mut(1), next.changes.get(1)) {
            (Some(Change::Links { new, .. }), Some(Change::Links { new: next, .. })) => {
                new.clone_from(next);
            }
            (None, Some(links @ Change::Links { .. })) => self.changes.push(links.clone()),
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
