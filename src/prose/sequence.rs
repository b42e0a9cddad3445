//! What two sequences, of paragraphs mostly, have in common in the same order. The work grows with their length and not with
//! its square, whatever stands in them, since a file that is compared may hold anything.

use std::collections::HashMap;
use std::hash::Hash;
use std::ops::Range;

/// A stretch of two sequences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Where it stands in the first.
    pub old: Range<usize>,
    /// Where it stands in the second.
    pub new: Range<usize>,
    /// Whether both say the same there.
    pub is_same: bool,
}

/// Two sequences from end to end: stretches that are the same in both, and what each of them has in between.
pub fn stretches<T: Eq + Hash>(old: &[T], new: &[T]) -> Vec<Stretch> {
    let mut all: Vec<Stretch> = Vec::new();
    let (mut from_old, mut from_new) = (0, 0);
    for (at_old, at_new) in same_in_order(old, new, &mut 0) {
        if from_old < at_old || from_new < at_new {
            all.push(Stretch {
                old: from_old..at_old,
                new: from_new..at_new,
                is_same: false,
            });
        }
        match all.last_mut() {
            Some(last) if last.is_same => {
                (last.old.end, last.new.end) = (at_old + 1, at_new + 1);
            }
            _ => all.push(Stretch {
                old: at_old..at_old + 1,
                new: at_new..at_new + 1,
                is_same: true,
            }),
        }
        (from_old, from_new) = (at_old + 1, at_new + 1);
    }
    if from_old < old.len() || from_new < new.len() {
        all.push(Stretch {
            old: from_old..old.len(),
            new: from_new..new.len(),
            is_same: false,
        });
    }
    all
}

/// The places of what is the same in both, as many as there are in order (after Hunt and Szymanski). Of what occurs very
/// often, only the occurrences that correspond by their number are tried, and some around. `tried` counts the pairs.
fn same_in_order<T: Eq + Hash>(old: &[T], new: &[T], tried: &mut usize) -> Vec<(usize, usize)> {
    /// So many occurrences are tried before and behind the one of the same number.
    const AROUND: usize = 8;
    let head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let rest = (old[head..].iter().rev()).zip(new[head..].iter().rev());
    let tail = rest.take_while(|(a, b)| a == b).count();
    let mut places: HashMap<&T, Vec<usize>> = HashMap::new();
    for (at, item) in new.iter().enumerate().take(new.len() - tail).skip(head) {
        places.entry(item).or_default().push(at);
    }
    // Each pair with the pair before it; and for each length of a row the pair that ends it earliest in `new`.
    let mut pairs: Vec<(usize, usize, Option<usize>)> = Vec::new();
    let mut ends: Vec<usize> = Vec::new();
    let mut seen: HashMap<&T, usize> = HashMap::new();
    for (at_old, item) in old.iter().enumerate().take(old.len() - tail).skip(head) {
        let Some(places) = places.get(item) else {
            continue;
        };
        let number = seen.entry(item).or_default();
        let first = number.saturating_sub(AROUND).min(places.len());
        let last = (*number + AROUND + 1).min(places.len());
        *number += 1;
        // From behind, so that none of them is taken as following another.
        for &at_new in places[first..last].iter().rev() {
            *tried += 1;
            let length = ends.partition_point(|&end| pairs[end].1 < at_new);
            let before = length.checked_sub(1).map(|length| ends[length]);
            pairs.push((at_old, at_new, before));
            match ends.get_mut(length) {
                Some(end) => *end = pairs.len() - 1,
                None => ends.push(pairs.len() - 1),
            }
        }
    }
    let last = ends.last().copied();
    let row = std::iter::successors(last, |&pair| pairs[pair].2);
    let mut middle: Vec<(usize, usize)> = row.map(|pair| (pairs[pair].0, pairs[pair].1)).collect();
    middle.reverse();
    let ended = (old.len() - tail..old.len()).zip(new.len() - tail..new.len());
    (0..head)
        .map(|at| (at, at))
        .chain(middle)
        .chain(ended)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{same_in_order, stretches};

    fn same(old: &str, new: &str) -> String {
        let (old, new): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
        let mut all = String::new();
        let (mut at_old, mut at_new) = (0, 0);
        for stretch in stretches(&old, &new) {
            assert_eq!((stretch.old.start, stretch.new.start), (at_old, at_new));
            (at_old, at_new) = (stretch.old.end, stretch.new.end);
            if stretch.is_same {
                assert_eq!(old[stretch.old.clone()], new[stretch.new.clone()]);
                all.extend(&old[stretch.old]);
            }
        }
        assert_eq!((at_old, at_new), (old.len(), new.len()), "from end to end");
        all
    }

    #[test]
    fn as_much_as_possible_is_the_same() {
        assert_eq!(same("", ""), "");
        assert_eq!(same("甲乙丙", "甲乙丙"), "甲乙丙");
        assert_eq!(same("甲乙丙丁", "甲丙丁"), "甲丙丁");
        assert_eq!(same("甲乙丙丁", "丙甲乙丁"), "甲乙丁");
        assert_eq!(same("甲表乙表丙表", "甲乙表表丙"), "甲乙表表");
        assert_eq!(same("子甲", "甲子甲"), "子甲");
        assert_eq!(same("甲乙", "丙丁"), "");
    }

    #[test]
    fn the_work_grows_with_the_length_alone() {
        const LONG: usize = 20_000;
        let numbers: Vec<usize> = (0..LONG).collect();
        let others: Vec<usize> = (LONG..2 * LONG).collect();
        let backwards: Vec<usize> = (0..LONG).rev().collect();
        // What stands at both ends of the second is not trimmed away.
        let alike: Vec<usize> = vec![7; LONG];
        let framed: Vec<usize> = [vec![1], vec![7; LONG], vec![2]].concat();
        for (old, new, most) in [
            (&numbers, &numbers, 0),
            (&numbers, &others, 0),
            (&numbers, &backwards, LONG),
            (&alike, &framed, 17 * LONG),
        ] {
            let mut tried = 0;
            same_in_order(old, new, &mut tried);
            assert!(tried <= most, "{tried} pairs");
        }
        let found = same_in_order(&alike, &framed, &mut 0);
        assert_eq!(found.len(), LONG);
    }
}
