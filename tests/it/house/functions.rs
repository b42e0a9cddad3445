//! How long functions are. Formatted code tells it by its indentation.

/// Every function with its file and how many lines it takes, from `fn` to its closing bracket.
pub fn lengths(files: &[(String, String)]) -> Vec<(String, String, usize)> {
    let mut all = Vec::new();
    for (path, text) in files {
        let lines: Vec<&str> = text.lines().collect();
        for (from, line) in lines.iter().enumerate() {
            let Some(name) = function_name(line) else {
                continue;
            };
            let indent = &line[..line.len() - line.trim_start().len()];
            let end = format!("{indent}}}");
            let length = lines[from..].iter().position(|line| *line == end);
            // A function on one line, or one without a body, has no bracket of its own.
            if let Some(length) = length.filter(|_| !line.ends_with([';', '}'])) {
                all.push((path.clone(), name.to_owned(), length + 1));
            }
        }
    }
    all
}

/// The name of the function that begins on this line.
fn function_name(line: &str) -> Option<&str> {
    let mut words = line.trim_start();
    if let Some(rest) = words.strip_prefix("pub(") {
        words = rest.split_once(") ")?.1;
    }
    for word in ["pub ", "const ", "async ", "unsafe "] {
        words = words.strip_prefix(word).unwrap_or(words);
    }
    let name = words.strip_prefix("fn ")?;
    name.split(['(', '<']).next()
}

#[test]
fn lines_are_counted() {
    let text = "fn a() {\n    b();\n}\nimpl S {\n    pub(super) fn c<T>(\n        d: T,\n    ) {\n    }\n    fn e() {}\n}\n";
    let found = lengths(&[("a.rs".to_owned(), text.to_owned())]);
    let found: Vec<(&str, usize)> = found.iter().map(|(_, name, n)| (&**name, *n)).collect();
    assert_eq!(found, [("a", 3), ("c", 4)]);
}
