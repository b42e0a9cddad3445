//! Words as they are shown where there is little room.

/// The beginning of some words, on one line.
pub(super) fn cut(words: &str) -> String {
    const SHOWN: usize = 60;
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}……", &line[..at]),
        None => line,
    }
}
