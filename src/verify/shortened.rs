//! Words as they are quoted in a line.

/// The beginning of words in one line, and whether there is more.
pub(super) fn shortened(text: &str) -> String {
    const LONGEST: usize = 40;
    let text = text.replace('\n', " ");
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}……", &text[..at]),
        None => text,
    }
}
