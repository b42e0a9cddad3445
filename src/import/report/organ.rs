//! Names of organs: what stands where a title has one, and what is none.

use super::years::digit;
use crate::import::matching::simplified;
use crate::prose::{half_width, squeezed};

/// A line that could be part of a title, without its blanks; none for sentences and trails.
pub(super) fn short(text: &str) -> Option<String> {
    const LONGEST: usize = 60;
    let text = squeezed(text);
    let is_short = !text.is_empty() && text.chars().count() <= LONGEST;
    (is_short && !text.contains(['。', '，', '；', '：', '|', '>', ',', ';', ':'])).then_some(text)
}

/// A character as titles are compared.
pub(super) fn folded(c: char) -> char {
    simplified(half_width(c))
}

/// Words that stand where titles have an organ, and name none.
pub(super) const GENERAL: [&str; 22] = [
    "本级",
    "本机关",
    "本部门",
    "本单位",
    "本局",
    "本镇",
    "本街道",
    "年度",
    "工作",
    "关于",
    "度",
    "我局",
    "我办",
    "我镇",
    "我街道",
    "全区",
    "全县",
    "全市",
    "历年",
    "首页",
    "下载",
    "年报",
];

/// The name of an organ out of the words that stand where titles have it; none if they are no name.
pub(super) fn as_organ(words: &str) -> Option<String> {
    const LONGEST: usize = 60;
    // Nobody is called so.
    const SENTENCES: [&str; 22] = [
        "报告",
        "依照",
        "根据",
        "按照",
        "现将",
        "现公",
        "公布",
        "编制",
        "发布",
        "报送",
        "网站",
        "首页",
        "位置",
        "公开的",
        "下载",
        "名称",
        "标题",
        "点击",
        "浏览",
        "如下",
        "上一篇",
        "下一篇",
    ];
    // 【年报】某局
    let name = words.rsplit_once('】').map_or(words, |(_, name)| name);
    let name = name.trim_matches([
        '《', '》', '“', '”', '"', '#', '*', '-', '—', '–', '·', '、', '.', '★', '☆', '■', '□',
        '◆', '●', '▲',
    ]);
    let name = without_leading_year(name);
    let name = name
        .trim_start_matches("关于")
        .trim_end_matches("报送")
        .trim_end_matches("发布")
        .trim_end_matches("关于")
        .trim_end_matches('的');
    let name = balanced(name);
    let is_name = |name: &str| {
        let length = name.chars().count();
        (2..=LONGEST).contains(&length)
            && name.chars().any(char::is_alphabetic)
            && !name.starts_with(|c: char| digit(c).is_some() && c.is_ascii_digit())
            && !name.contains([
                '。', '，', '；', '：', '|', '>', ',', ';', ':', '/', '！', '？',
            ])
            && !SENTENCES
                .iter()
                .any(|word| without_own(name).contains(word))
            && !GENERAL.contains(&name)
            && !ends_in_year(name)
    };
    is_name(name).then(|| name.to_owned())
}

/// Whether what stands at the end of a name is rather a year that was misspelt: 二O (with the letter O), 2O2l年, 2023牟.
fn ends_in_year(name: &str) -> bool {
    const YEAR: usize = 4;
    /// Letters that are taken for digits: Latin ones, and the Cyrillic ones that look like 0 and 3.
    const LIKE: [char; 8] = [
        'O', 'o', '\u{41E}', '\u{43E}', '\u{417}', '\u{437}', 'I', 'l',
    ];
    let run = |skipped: usize| -> Vec<char> {
        let back = name.chars().rev().skip(skipped);
        back.take_while(|c| digit(*c).is_some() || LIKE.contains(c))
            .collect()
    };
    let has_digit = |run: &[char]| run.iter().any(|c| digit(*c).is_some());
    let (at_end, before_one) = (run(0), run(1));
    has_digit(&at_end) || has_digit(&before_one) && before_one.len() >= YEAR
}

/// A name without the words that only seem to make a sentence of it: 机构编制委员会, 新闻发布中心.
fn without_own(name: &str) -> String {
    const OWN: [&str; 4] = ["机构编制", "编制委员会", "编制办", "新闻发布"];
    OWN.iter()
        .fold(name.to_owned(), |name, own| name.replace(own, ""))
}

/// 2024年某局关于 is of the year in which it was published.
fn without_leading_year(name: &str) -> &str {
    match name.split_once('年') {
        Some((year, rest)) if !year.is_empty() && year.chars().all(|c| digit(c).is_some()) => {
            rest.trim_start_matches('度')
        }
        _ => name,
    }
}

/// A name without brackets around all of it, and without one that was not opened or not closed.
fn balanced(name: &str) -> &str {
    const PAIRS: [(char, char); 2] = [('（', '）'), ('(', ')')];
    let mut name = name;
    loop {
        let before = name;
        for (open, close) in PAIRS {
            let opened = name.matches(['（', '(']).count();
            let closed = name.matches(['）', ')']).count();
            let inner = name
                .strip_prefix(open)
                .and_then(|inner| inner.strip_suffix(close));
            if let Some(inner) = inner.filter(|inner| !inner.contains([open, close])) {
                name = inner;
            } else if opened > closed {
                name = name.strip_prefix(open).unwrap_or(name);
                name = name.strip_suffix(open).unwrap_or(name);
            } else if closed > opened {
                name = name.strip_suffix(close).unwrap_or(name);
                name = name.strip_prefix(close).unwrap_or(name);
            }
        }
        if name == before {
            return name;
        }
    }
}

/// The name of an organ, if a line is nothing else.
pub(super) fn organ_alone(line: &str) -> Option<String> {
    const ENDS: &str = "局厅委办府室处会心院站所队部署司道镇乡区县市省州旗盟校社团学馆园台";
    const OTHERS: [&str; 5] = ["网站", "本站", "本市", "本区", "政务公开办"];
    let line = short(line)?;
    let name = as_organ(&line)?;
    let bare = match name.rsplit_once(['（', '(']) {
        Some((bare, _)) if name.ends_with(['）', ')']) => bare,
        _ => &name,
    };
    let is_organ = bare.ends_with(|c| ENDS.contains(folded(c)))
        && !OTHERS.iter().any(|other| bare.ends_with(other));
    is_organ.then_some(name)
}

/// Whether two names could be the same organ's, one with its superior before it or cut short.
pub(super) fn is_about_same(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let mut long = long.chars();
    // In its order, with something left out: 滨河区水务局 of 青川市滨河区人民政府水务局.
    short.chars().all(|c| long.any(|other| other == c))
}
