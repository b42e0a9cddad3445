//! The name of an organ.

/// An organ's name as titles and file names take it: on one line.
pub(super) fn on_one_line(name: &str) -> String {
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    let parts = name.split(breaks).filter(|part| !part.is_empty());
    match name.contains(breaks) {
        true => parts.collect::<Vec<_>>().join(" "),
        false => name.to_owned(),
    }
}
