//! How alike two sentences are.

use similar::{Algorithm, DiffOp, DiffTag, capture_diff_slices, diff_ratio};
use std::ops::Range;

/// The part of both together that must be the same.
const ALIKE: f32 = 0.8;

/// Whether two sentences are the same but for a few words.
pub fn is_nearly(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    // Of what is much longer, most is new in any case.
    let (short, long) = (a.len().min(b.len()), a.len().max(b.len()));
    if 2.0 * short as f32 / ((short + long) as f32) < ALIKE {
        return false;
    }
    likeness(&a, &b) >= ALIKE
}

/// The part of both together that is the same, in order: 1 if they are equal.
pub fn likeness(a: &[char], b: &[char]) -> f32 {
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
