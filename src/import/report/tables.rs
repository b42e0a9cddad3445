//! Which form a source fills in: what its tables say decides.

use super::choice;
use super::page::Page;
use crate::form::{self, Form};
use crate::import::matching::{
    Additions, FormWords, Likeness, Recognised, own_words, recognise_in,
};
use crate::import::outcome::Wanted;
use std::sync::Arc;

/// A form, and what of it was found.
pub(super) struct Found {
    pub form: Arc<Form>,
    pub words: Arc<FormWords>,
    pub recognised: Recognised,
}

/// Every official form with what of it was found.
pub(super) struct AllFound {
    all: Vec<Found>,
    best: usize,
}

impl AllFound {
    /// The form that the source fills in.
    pub fn best(&self) -> &Found {
        &self.all[self.best]
    }

    /// Whether nothing of any form was found.
    pub fn is_empty(&self) -> bool {
        self.all.iter().all(|found| found.recognised.is_empty())
    }

    /// The other forms.
    pub fn others(&self) -> impl Iterator<Item = &Found> {
        let others = self.all.iter().enumerate();
        others.filter_map(|(nth, found)| (nth != self.best).then_some(found))
    }

    pub fn into_best(mut self) -> Found {
        self.all.swap_remove(self.best)
    }
}

/// Whether a year is one in which there was no official form yet.
pub(super) fn is_before_all_forms(year: i32) -> bool {
    form::official().iter().all(|form| year < form.years.from)
}

/// Looks for the tables of all official forms. Words that only one form has decide, then how much is found of each;
/// between equals, the year, and without one the newest form.
pub(super) fn find(page: &Page<'_>, year: Option<i32>, wanted: &Wanted) -> AllFound {
    let prefer = |table: usize, among: &[usize]| match wanted.tables.get(&table) {
        Some(nth) => *nth,
        None => choice::choose(page, year, among),
    };
    let find = |form: &Arc<Form>| {
        let words = FormWords::of(form);
        let likeness = Likeness::of(&page.content.vocabulary, &words);
        let recognised = recognise_in(
            form,
            &words,
            &page.content,
            &likeness,
            Additions::Wanted,
            year,
            &prefer,
        );
        Found {
            form: form.clone(),
            words,
            recognised,
        }
    };
    let all: Vec<Found> = form::official().iter().map(find).collect();
    let own = |nth: usize| {
        let own = own_words(nth).iter();
        own.filter(|word| page.content.says(word)).count()
    };
    let fits = |form: &Form| {
        let nearest = |year: i32| match is_before_all_forms(year) {
            true => std::ptr::eq(form, &*form::official()[0]),
            false => form.years.contains(year),
        };
        year.is_some_and(nearest)
    };
    let weights = all.iter().enumerate();
    let weights = weights.map(|(nth, found)| {
        (
            own(nth),
            found.recognised.cells().count(),
            fits(&found.form),
        )
    });
    let best = weights.enumerate().max_by_key(|(_, weight)| *weight);
    let best = best.map_or(0, |(best, _)| best);
    AllFound { all, best }
}
