//! Words as they are quoted in a line.

/// How many characters are quoted at most.
const LONGEST: usize = 40;
/// How many characters are quoted before the first that differs.
const BEFORE: usize = 10;

/// The beginning of words in one line, and whether there is more.
pub(super) fn shortened(text: &str) -> String {
    quoted(text, 0)
}

/// Two texts in a line each, from a little before the first character in which they differ.
pub(super) fn where_they_differ(one: &str, other: &str) -> [String; 2] {
    let same = one.chars().zip(other.chars()).take_while(|(a, b)| a == b);
    let from = match same.count() {
        // As long as both are seen up to there, they are quoted from their beginning.
        same if same <= LONGEST / 2 => 0,
        same => same - BEFORE,
    };
    [quoted(one, from), quoted(other, from)]
}

/// Some characters of a text in one line, from this one on, with dots where it is cut.
fn quoted(text: &str, from: usize) -> String {
    let text = text.replace('\n', " ");
    let mut ends = text.char_indices().map(|(at, _)| at).skip(from);
    let start = ends.next().unwrap_or(text.len());
    let before = if start > 0 { "……" } else { "" };
    match ends.nth(LONGEST - 1) {
        Some(end) => format!("{before}{}……", &text[start..end]),
        None => format!("{before}{}", &text[start..]),
    }
}

#[cfg(test)]
mod tests {
    use super::where_they_differ;

    #[test]
    fn long_texts_are_quoted_where_they_differ() {
        let long = "全年主动公开政府信息".repeat(9);
        let (one, other) = (format!("{long}312条，比上年多"), format!("{long}313条"));
        let [one, other] = where_they_differ(&one, &other);
        assert_eq!(one, "……主动公开政府信息312条，比上年多");
        assert_eq!(other, "……主动公开政府信息313条");
        assert_eq!(where_they_differ("甲乙", "甲丙"), ["甲乙", "甲丙"]);
        // One that ends where the other goes on.
        let [one, other] = where_they_differ(&long, &format!("{long}。"));
        assert_eq!(one, "……全年主动公开政府信息");
        assert_eq!(other, "……全年主动公开政府信息。");
        let [one, other] = where_they_differ(&"甲".repeat(50), "乙");
        assert_eq!((one.chars().count(), other.as_str()), (42, "乙"));
    }
}
