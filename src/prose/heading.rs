//! Headings inside a text, by the layout of official documents (GB/T 9704 公文格式): `（一）` and `1.`

/// A heading at the head of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heading {
    /// How it is numbered.
    pub level: HeadingLevel,
    /// Where it ends in the paragraph, in bytes: the paragraph's length where it has the line to itself, else behind the
    /// sentence that it is, e.g. `（一）主动公开。`
    pub end: usize,
}

/// How headings are numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeadingLevel {
    /// `（一）`, set in 楷体.
    Bracketed,
    /// `1.`
    Numbered,
}

/// Longest heading that stands at the head of a paragraph, in characters.
const LONGEST_RUN_IN: usize = 28;
/// Longest heading that has its line to itself, in characters; it may take two lines.
const LONGEST: usize = 60;

/// The heading at the head of a paragraph (without white space around it), if it has one.
pub fn heading(paragraph: &str) -> Option<Heading> {
    let (level, number) = bracketed(paragraph)
        .map(|end| (HeadingLevel::Bracketed, end))
        .or_else(|| numbered(paragraph).map(|end| (HeadingLevel::Numbered, end)))?;
    let words = &paragraph[number..];
    let ends = ['。', '；', '：', '，', ';', ':', ',', '!', '！', '？', '?'];
    let whole = !words.is_empty()
        && words.chars().count() <= LONGEST
        && !words.contains('。')
        && !words.ends_with(ends);
    let first = words.find(['。', '：']);
    let run_in = first.filter(|&end| {
        let sentence = &words[..end];
        // A sentence with a number or a comma in it tells something; a heading only names it.
        !sentence.is_empty()
            && sentence.chars().count() <= LONGEST_RUN_IN
            && !sentence.contains(|c: char| c.is_ascii_digit() || ends.contains(&c))
            // A short sentence that is an item of its own, `1.加强学习。`, is numbered like a heading.
            && (level == HeadingLevel::Bracketed || words.len() > end + '。'.len_utf8())
    });
    let end = match (whole, run_in) {
        (true, _) => paragraph.len(),
        (false, Some(end)) => number + end + '。'.len_utf8(),
        (false, None) => return None,
    };
    Some(Heading { level, end })
}

/// Where `（一）` ends, its brackets full or half in width.
fn bracketed(paragraph: &str) -> Option<usize> {
    let rest = paragraph.strip_prefix(['（', '('])?;
    let close = rest.find(['）', ')'])?;
    let number = &rest[..close];
    let chinese = |c: char| "一二三四五六七八九十".contains(c);
    let bracket = rest[close..].chars().next()?;
    let end = paragraph.len() - rest.len() + close + bracket.len_utf8();
    (!number.is_empty() && number.chars().all(chinese)).then_some(end)
}

/// Where `1.` ends; `1.5万元` is no heading.
fn numbered(paragraph: &str) -> Option<usize> {
    let digits = paragraph.bytes().take_while(u8::is_ascii_digit).count();
    let mark = paragraph[digits..].chars().next()?;
    let behind = paragraph[digits + mark.len_utf8()..].chars().next()?;
    let is_heading =
        (1..=2).contains(&digits) && matches!(mark, '.' | '．' | '、') && !behind.is_ascii_digit();
    is_heading.then_some(digits + mark.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_told_from_sentences() {
        let part =
            |paragraph: &'static str| heading(paragraph).map(|found| &paragraph[..found.end]);
        for whole in [
            "（一）主动公开",
            "(二)依申请公开情况",
            "（十一）坚持以人民为中心，深入推进决策公开、执行公开和管理公开，不断提升服务水平",
            "1.政策文件公开",
            "2．平台建设",
            "（三）政府信息管理情况。",
        ] {
            assert_eq!(part(whole), Some(whole));
        }
        assert_eq!(
            part("（一）存在的问题。一是内容不够。"),
            Some("（一）存在的问题。")
        );
        assert_eq!(
            part("(三)主动公开情况：全年公开12条。"),
            Some("(三)主动公开情况：")
        );
        assert_eq!(part("1.主动公开。全年公开12条。"), Some("1.主动公开。"));
        for sentence in [
            "（一）全年受理申请30件，办结28件。",
            "（一）全年受理申请30件。办结28件。",
            "1.加强组织领导。",
            "1.5万元以上的项目",
            "2023年，全区共受理申请",
            "（略）",
            "（一）",
            "",
            "（",
            "12",
        ] {
            assert_eq!(part(sentence), None, "{sentence}");
        }
    }
}
