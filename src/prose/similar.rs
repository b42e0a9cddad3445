//! How alike two sentences are.

use super::sequence::stretches;
use similar::{Algorithm, DiffOp, DiffTag, capture_diff_slices, diff_ratio};
use std::ops::Range;

/// The part of both together that must be the same.
const ALIKE: f32 = 0.8;

/// Whether two sentences are the same but for a few words.
pub fn is_nearly(a: &str, b: &str) -> bool {
    a == b || Wording::new(a).is_nearly(&Wording::new(b))
}

/// A sentence or a paragraph, ready to be held against many others.
#[derive(Clone, Debug)]
pub struct Wording {
    chars: Vec<char>,
    /// The same in the order of their codes.
    sorted: Vec<char>,
}

impl Wording {
    /// Of a text.
    pub fn new(text: &str) -> Self {
        let chars: Vec<char> = text.chars().collect();
        let mut sorted = chars.clone();
        sorted.sort_unstable();
        Self { chars, sorted }
    }

    /// Whether two are the same but for a few words.
    pub fn is_nearly(&self, other: &Self) -> bool {
        self.likeness(other, ALIKE).is_some()
    }

    /// The part of both together that is the same, in order, if it is at least `least`: 1 if they are equal. Of long ones
    /// whose characters are mostly the same, whole clauses are compared.
    pub fn likeness(&self, other: &Self, least: f32) -> Option<f32> {
        /// Up to this many characters each, they are compared one by one.
        const SHORT: usize = 4_000;
        let (a, b) = (&self.chars, &other.chars);
        // Of what is much longer, most is new in any case.
        let (short, long) = (a.len().min(b.len()), a.len().max(b.len()));
        let reaches = |shared: usize| 2.0 * shared as f32 >= least * (short + long) as f32;
        // In whatever order: what comes of the order can only be less.
        if !reaches(short) || !reaches(in_both(&self.sorted, &other.sorted)) {
            return None;
        }
        let likeness = match long <= SHORT {
            true => likeness(a, b),
            false => likeness_by_clauses(a, b),
        };
        (likeness >= least).then_some(likeness)
    }
}

/// How many items two sorted lists share.
fn in_both(a: &[char], b: &[char]) -> usize {
    let (mut at_a, mut at_b, mut shared) = (0, 0, 0);
    while let (Some(of_a), Some(of_b)) = (a.get(at_a), b.get(at_b)) {
        shared += usize::from(of_a == of_b);
        at_a += usize::from(of_a <= of_b);
        at_b += usize::from(of_b <= of_a);
    }
    shared
}

/// The part of both together that stands in clauses which are the same, in order.
fn likeness_by_clauses(a: &[char], b: &[char]) -> f32 {
    let split = |text: &[char]| -> Vec<Vec<char>> {
        let clauses = text.split_inclusive(|c| "，。；：！？、\n".contains(*c));
        clauses.map(<[char]>::to_vec).collect()
    };
    let (of_a, of_b) = (split(a), split(b));
    let same = stretches(&of_a, &of_b).into_iter().filter(|it| it.is_same);
    let same: usize = same.flat_map(|it| &of_a[it.old]).map(Vec::len).sum();
    2.0 * same as f32 / (a.len() + b.len()) as f32
}

/// The part of both together that is the same, in order: 1 if they are equal.
fn likeness(a: &[char], b: &[char]) -> f32 {
    let same = capture_diff_slices(Algorithm::Myers, a, b);
    diff_ratio(&same, a.len(), b.len())
}

/// A stretch of one text, in bytes, and whether the other has it too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// Where it stands.
    pub at: Range<usize>,
    /// Whether it is in both.
    pub is_same: bool,
}

/// A text from end to end, each stretch with whether `other` has it too.
pub fn differences(text: &str, other: &str) -> Vec<Compared> {
    let places: Vec<(usize, char)> = text.char_indices().collect();
    let chars: Vec<char> = text.chars().collect();
    let others: Vec<char> = other.chars().collect();
    let byte = |at: usize| places.get(at).map_or(text.len(), |(byte, _)| *byte);
    let ops = capture_diff_slices(Algorithm::Myers, &others, &chars);
    let compared = ops.iter().map(|op: &DiffOp| {
        let new = op.new_range();
        Compared {
            at: byte(new.start)..byte(new.end),
            is_same: op.tag() == DiffTag::Equal,
        }
    });
    compared.filter(|it| !it.at.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::is_nearly;

    #[test]
    fn long_texts_are_alike_as_short_ones_are() {
        let clause = |nth: usize| format!("第{nth}项工作已经按要求完成，");
        let text = |from: usize| (from..from + 1000).map(clause).collect::<String>();
        assert!(is_nearly(&text(0), &text(100)));
        assert!(!is_nearly(&text(0), &text(500)));
        assert!(!is_nearly(
            &text(0),
            &text(0).chars().rev().collect::<String>()
        ));
        assert!(is_nearly(
            "收到申请十二件，均已答复",
            "收到申请十三件，均已答复"
        ));
        assert!(!is_nearly("收到申请十二件，均已答复", "没有收到申请"));
    }
}
