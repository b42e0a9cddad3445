//! Which added paragraph one that is gone has become.

use crate::prose::Wording;
use std::collections::{BTreeSet, HashMap, VecDeque};

/// A paragraph that was reworded is looked for among so many before and behind its own place, so that a page of many
/// thousands holds nobody up.
const FAR: usize = 200;

/// The paragraphs that have been added to a page.
pub(super) struct Added<'a> {
    /// Their places among the page's paragraphs.
    places: &'a [usize],
    words: Vec<Wording>,
    by_key: HashMap<&'a str, VecDeque<usize>>,
    used: BTreeSet<usize>,
}

impl<'a> Added<'a> {
    /// Those at these places among the page's paragraphs, whose keys these are.
    pub(super) fn new(places: &'a [usize], keys: &'a [String]) -> Self {
        let mut by_key: HashMap<&str, VecDeque<usize>> = HashMap::new();
        for &at in places {
            by_key.entry(&keys[at]).or_default().push_back(at);
        }
        Self {
            places,
            words: places.iter().map(|&at| Wording::new(&keys[at])).collect(),
            by_key,
            used: BTreeSet::new(),
        }
    }

    /// What the paragraph with this key, the so-and-so-many-th that is gone, has become: where that stands in the page. It is
    /// given once.
    pub(super) fn take(&mut self, key: &str, number: usize) -> Option<usize> {
        let found = self.same(key).or_else(|| self.nearly(key, number));
        self.used.extend(found);
        found
    }

    fn same(&mut self, key: &str) -> Option<usize> {
        let places = self.by_key.get_mut(key)?;
        while places.front().is_some_and(|at| self.used.contains(at)) {
            places.pop_front();
        }
        places.front().copied()
    }

    fn nearly(&self, key: &str, number: usize) -> Option<usize> {
        let own = Wording::new(key);
        let end = (number + FAR).min(self.places.len());
        let around = number.saturating_sub(FAR).min(end)..end;
        let mut free = around.filter(|&nth| !self.used.contains(&self.places[nth]));
        let found = free.find(|&nth| self.words[nth].is_nearly(&own));
        found.map(|nth| self.places[nth])
    }

    /// The places of those that were not given.
    pub(super) fn rest(&self) -> impl Iterator<Item = usize> {
        let all = self.places.iter().copied();
        all.filter(|at| !self.used.contains(at))
    }
}
