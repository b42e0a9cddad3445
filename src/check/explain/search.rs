//! The search for the fewest single numbers whose change settles a group of equations.

use super::system::{Change, Residues, System, exactly};

impl System<'_> {
    /// Single variables whose change settles exactly these residues, with the change.
    pub(super) fn singles(&self, residues: &Residues) -> Vec<Change> {
        let Some(narrow) = self.narrowest(residues) else {
            return Vec::new();
        };
        let fits = |&variable: &usize| {
            let moves = &self.variables[variable].moves;
            if moves.len() != residues.len() {
                return None;
            }
            let (first, factor) = moves[0];
            let change = -exactly(*residues.get(&first)?, factor)?;
            let all = moves
                .iter()
                .all(|(at, factor)| residues.get(at) == Some(&(-change * factor)));
            all.then_some((variable, change))
        };
        narrow.iter().filter_map(fits).collect()
    }

    /// Of the equations with a residue the one that fewest variables move: something in it must be wrong.
    fn narrowest(&self, residues: &Residues) -> Option<&[usize]> {
        let width = |at: &usize| self.equations[*at].variables.len();
        let at = residues.keys().copied().min_by_key(width)?;
        Some(&self.equations[at].variables)
    }

    /// Takes one change off, in every way that settles one of the narrow equations by itself; what remains is left to
    /// `rest`.
    fn peel<T>(
        &self,
        residues: &Residues,
        mut rest: impl FnMut(Change, Residues) -> Vec<T>,
    ) -> Vec<T> {
        let mut narrow: Vec<usize> = residues.keys().copied().collect();
        narrow.sort_by_key(|&at| self.equations[at].variables.len());
        let mut found = Vec::new();
        // Two wrong cells may meet in one equation; they do not meet in all of them.
        for &at in narrow.iter().take(3) {
            for &variable in &self.equations[at].variables {
                let moves = &self.variables[variable].moves;
                let Some(&(_, factor)) = moves.iter().find(|(moved, _)| *moved == at) else {
                    continue;
                };
                let Some(change) = exactly(residues[&at], factor).map(|change| -change) else {
                    continue;
                };
                let left = self.after(residues, &[(variable, change)]);
                if self.new_value(variable, change).is_some() {
                    found.extend(rest((variable, change), left));
                }
            }
        }
        found
    }

    /// Two variables whose changes settle exactly these residues.
    pub(super) fn pairs(&self, residues: &Residues) -> Vec<Vec<Change>> {
        let pairs = self.peel(residues, |first, left| {
            let seconds = self
                .singles(&left)
                .into_iter()
                .filter(|second| second.0 != first.0);
            seconds.map(|second| vec![first, second]).collect()
        });
        distinct(pairs)
    }

    /// Three of them.
    pub(super) fn triples(&self, residues: &Residues) -> Vec<Vec<Change>> {
        // Beyond this the search would be felt, and nobody reads it.
        const MOST_FAILING: usize = 9;
        if residues.len() > MOST_FAILING {
            return Vec::new();
        }
        let triples = self.peel(residues, |first, left| {
            // Three independent slips leave marks of their own; a change that adds new residues is no slip.
            if left.len() >= residues.len() {
                return Vec::new();
            }
            let pairs = self
                .pairs(&left)
                .into_iter()
                .filter(|pair| pair.iter().all(|other| other.0 != first.0));
            pairs
                .map(|mut pair| {
                    pair.push(first);
                    pair
                })
                .collect()
        });
        distinct(triples)
    }
}

/// The sets of changes without those that differ only in order.
fn distinct(mut all: Vec<Vec<Change>>) -> Vec<Vec<Change>> {
    for changes in &mut all {
        changes.sort_unstable();
    }
    all.sort_unstable();
    all.dedup();
    all
}
