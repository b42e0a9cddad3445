//! Tidying what comes out of Word and web pages before it stands in a text.

use super::width::is_digit;

/// What was done to a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tidied {
    /// Paragraphs that began with white space.
    pub indents: usize,
    /// Lines without anything.
    pub blank_lines: usize,
    /// White space between Chinese characters.
    pub spaces: usize,
    /// Half-width brackets around or beside Chinese characters.
    pub brackets: usize,
}

impl Tidied {
    /// What was done, in words; nothing if there was nothing to do.
    pub fn words(self) -> Option<String> {
        let parts = [
            ("去掉段首空格", self.indents),
            ("去掉空行", self.blank_lines),
            ("去掉汉字之间的空格", self.spaces),
            ("半角括号改为全角", self.brackets),
        ];
        let words: Vec<String> = parts
            .iter()
            .filter(|(_, count)| *count > 0)
            .map(|(what, count)| format!("{what} {count} 处"))
            .collect();
        (!words.is_empty()).then(|| words.join("，"))
    }
}

/// A pasted text as it is typed here: paragraphs without indent, one a line, no white space between Chinese characters,
/// full-width brackets beside them. A break before the first paragraph and one behind the last are kept: they part it from
/// what it is pasted into.
pub fn tidied(pasted: &str) -> (String, Tidied) {
    let mut done = Tidied::default();
    // Word's line break inside a paragraph, and what other systems end a line with.
    let lines = pasted
        .replace("\r\n", "\n")
        .replace(['\r', '\u{b}', '\u{2028}', '\u{2029}'], "\n");
    let invisible = ['\u{200b}', '\u{feff}', '\u{ad}'];
    let lines = lines.replace(invisible, "");
    // A piece of a line has no paragraphs whose indents could be meant.
    let paragraphs = lines.contains('\n');
    let (mut kept, mut begins_anew) = (Vec::new(), false);
    for line in lines.trim_end_matches('\n').split('\n') {
        let words = line.trim();
        if words.is_empty() && paragraphs {
            match kept.is_empty() && !begins_anew {
                true => begins_anew = true,
                false => done.blank_lines += 1,
            }
            continue;
        }
        let indented = line.starts_with(char::is_whitespace);
        let words = match paragraphs || line.starts_with('\u{3000}') {
            true => {
                done.indents += usize::from(indented);
                words
            }
            false => line,
        };
        kept.push(without_gaps(
            &with_full_brackets(words, &mut done),
            &mut done,
        ));
    }
    let mut text = kept.join("\n");
    if begins_anew && !text.is_empty() {
        text.insert(0, '\n');
    }
    if lines.ends_with('\n') && !text.is_empty() {
        text.push('\n');
    }
    (text, done)
}

/// Whether a character is written as wide as a Chinese one: no white space belongs beside it.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff01}'..='\u{ff60}' | '\u{20000}'..='\u{3ffff}')
        || "“”‘’…—《》".contains(c)
}

/// Half-width brackets beside Chinese characters as full-width ones.
fn with_full_brackets(line: &str, done: &mut Tidied) -> String {
    let all: Vec<char> = line.chars().collect();
    let beside = |at: Option<usize>| at.and_then(|at| all.get(at)).copied().is_some_and(is_wide);
    let full = |(at, &c): (usize, &char)| {
        let full = match c {
            '(' => '（',
            ')' => '）',
            c => return c,
        };
        if !beside(at.checked_sub(1)) && !beside(Some(at + 1)) {
            return c;
        }
        done.brackets += 1;
        full
    };
    all.iter().enumerate().map(full).collect()
}

/// A line without white space between Chinese characters, and between those and digits.
fn without_gaps(line: &str, done: &mut Tidied) -> String {
    let mut text = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find(char::is_whitespace) {
        text.push_str(&rest[..at]);
        let behind = rest[at..].trim_start();
        let gap = &rest[at..rest.len() - behind.len()];
        let sides = [text.chars().next_back(), behind.chars().next()];
        let close = sides
            .iter()
            .all(|c| c.is_some_and(|c| is_wide(c) || is_digit(c)));
        if close && sides.into_iter().flatten().any(is_wide) {
            done.spaces += 1;
        } else {
            text.extend(gap.chars().map(plain_space));
        }
        rest = behind;
    }
    text + rest
}

fn plain_space(c: char) -> char {
    match c {
        '\u{a0}' | '\t' => ' ',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_word_and_web_pages_leave_is_tidied_and_told() {
        let pasted = "\u{3000}\u{3000}2023 年，全区 共受理申请 30 件。\r\n\r\n  (一)主动公开\r\n\u{a0}\u{a0}通过 Web 2.0 平台(网站)公开。\r\n";
        let (text, done) = tidied(pasted);
        assert_eq!(
            text,
            "2023年，全区共受理申请30件。\n（一）主动公开\n通过 Web 2.0平台（网站）公开。\n"
        );
        assert_eq!(
            done.words().unwrap(),
            "去掉段首空格 3 处，去掉空行 1 处，去掉汉字之间的空格 5 处，半角括号改为全角 4 处"
        );
    }

    #[test]
    fn what_is_tidy_stays_as_it_is() {
        for text in [
            "自然人",
            " 自然人",
            "a (b) c",
            "f(x)=2",
            "第一段。\n第二段。",
            "",
            "10 000 kW",
        ] {
            assert_eq!(
                tidied(text),
                (text.to_owned(), Tidied::default()),
                "{text:?}"
            );
        }
    }

    #[test]
    fn tidying_twice_is_tidying_once() {
        for text in [
            "\u{3000}甲 乙( 丙 )\n\n 丁 1 2",
            " (一) (二)",
            "甲\t乙\u{a0}丙 d 戊",
            "\n\n\u{3000}甲\n \n乙\n",
        ] {
            let once = tidied(text).0;
            assert_eq!(tidied(&once).0, once);
        }
    }
}
