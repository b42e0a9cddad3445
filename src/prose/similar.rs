//! How alike two sentences are.

use similar::{Algorithm, capture_diff_slices, diff_ratio};

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
    let same = capture_diff_slices(Algorithm::Myers, &a, &b);
    diff_ratio(&same, a.len(), b.len()) >= ALIKE
}
