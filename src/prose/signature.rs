//! Who signs a text and when (落款), where it was typed at its end.

use super::numeral::numeral_at;
use super::width::{is_digit, squeezed};

/// A signature typed at the end of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signed<'a> {
    /// Who signs.
    pub organ: &'a str,
    /// The day, as it is written.
    pub date: &'a str,
    /// Where the text ends without it, in bytes.
    pub start: usize,
}

/// The organ and the day on the last two lines of a text, if they are that and nothing else.
pub fn signature(text: &str) -> Option<Signed<'_>> {
    let text = text.trim_end();
    let (above, date) = text.rsplit_once('\n')?;
    let above = above.trim_end();
    let (start, organ) = match above.rsplit_once('\n') {
        Some((before, organ)) => (before.len(), organ),
        None => (0, above),
    };
    let (organ, date) = (organ.trim(), date.trim());
    (is_day(date) && is_organ(organ)).then_some(Signed { organ, date, start })
}

/// Whether a line is a day and nothing else: 2025年1月20日, 二〇二五年一月二十日, 2025.1.20, 2025-01-20.
pub fn is_day(line: &str) -> bool {
    let line = squeezed(line);
    let parted = ['.', '．', '-', '－', '/'].into_iter().any(|sign| {
        let parts: Vec<&str> = line.split(sign).collect();
        let is_number = |part: &&str| part.chars().all(is_digit) && !part.is_empty();
        let lengths: Vec<usize> = parts.iter().map(|part| part.chars().count()).collect();
        let fits = matches!(lengths[..], [4, 1 | 2, 1 | 2]);
        fits && parts.iter().all(is_number)
    });
    if parted {
        return true;
    }
    let mut rest = line.as_str();
    for unit in ['年', '月', '日'] {
        let Some((number, behind)) = rest.split_once(unit) else {
            return false;
        };
        let is_digit = |c: char| c.is_ascii_digit() || "〇○零一二三四五六七八九十".contains(c);
        let known = number.chars().all(is_digit)
            || numeral_at(number, 0).is_some_and(|(_, end)| end == number.len());
        if number.is_empty() || number.chars().count() > 4 || !known {
            return false;
        }
        rest = behind;
    }
    rest.is_empty()
}

/// Whether a line can be the name of an organ: short, no sentence, and ending as such names do.
fn is_organ(line: &str) -> bool {
    const SHORTEST: usize = 3;
    const LONGEST: usize = 40;
    const ENDS: &str = "局厅委办府室处会心院站所队部署司道镇乡区县市省州旗盟校社团";
    (SHORTEST..=LONGEST).contains(&line.chars().count())
        && line.ends_with(|c| ENDS.contains(c))
        && !line.contains(['。', '，', '；', '：', '、', '\n'])
        && !line.starts_with(['（', '('])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_organ_above_a_day_is_a_signature() {
        let signed =
            signature("没有其他需要报告的事项。\n  某县财政局\n　　2025年1月20日\n").unwrap();
        assert_eq!((signed.organ, signed.date), ("某县财政局", "2025年1月20日"));
        assert_eq!(signed.start, "没有其他需要报告的事项。".len());
        assert_eq!(
            signature("某县人民政府办公室\n二〇二五年一月二十日")
                .unwrap()
                .start,
            0
        );
        for day in ["2025.1.20", "2025-01-20", "2025/1/20", "２０２５．１．２０"] {
            assert!(is_day(day), "{day}");
        }
        for no_day in ["2025.1", "1.20.2025", "25.1.20", "2025.1.20.3", "3.5"] {
            assert!(!is_day(no_day), "{no_day}");
        }
        for text in [
            "无\n2025年1月20日",
            "没有其他需要报告的事项\n2025年1月20日",
            "某县财政局\n2025年1月",
            "某县财政局\n2025年1月20日起施行",
            "某县财政局",
            "2025年1月20日",
            "（一）某县财政局\n2025年1月20日",
            "",
        ] {
            assert_eq!(signature(text), None, "{text}");
        }
    }
}
