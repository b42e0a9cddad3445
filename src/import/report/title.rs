//! Titles taken apart: whose report and on which year, however they are written, and on however many lines they stand.

use super::organ::{GENERAL, as_organ, folded, is_about_same, organ_alone, short};
use super::site;
use super::years::{digit, is_year_alone, year_at};
use crate::import::matching::plain_char;
use crate::prose::{half_width, squeezed};

/// A title as it stands in a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Title {
    /// Its first line.
    pub at: usize,
    /// The line behind it.
    pub next: usize,
    /// Empty where it does not say.
    pub organ: String,
    /// None where it does not say.
    pub year: Option<i32>,
    pub kind: TitleKind,
    /// Another organ that stands alone in the line above, and is neither part of this one's name nor its government.
    pub above: Option<String>,
}

/// What a line with a report's title is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TitleKind {
    /// A title by itself.
    Title,
    /// One in a list of facts (`名称：……`).
    Fact,
    /// A link to some report, or the name of a file.
    Link,
}

/// What a title says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    /// Empty where it does not say.
    pub organ: String,
    /// None where it does not say.
    pub year: Option<i32>,
}

/// Every title in the lines, in order.
pub(super) fn all(lines: &[&str]) -> Vec<Title> {
    let mut titles: Vec<Title> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let free = titles.last().map_or(0, |before| before.next);
        match at_line(lines, at, free) {
            Some(title) => {
                at = title.next;
                titles.push(title);
            }
            None => at += 1,
        }
    }
    titles
}

/// The title whose last words begin in this line; lines before `free` belong to another one.
fn at_line(lines: &[&str], at: usize, free: usize) -> Option<Title> {
    let line = squeezed(lines[at]);
    if line.chars().count() > LONGEST {
        return None;
    }
    let words = Words::in_text(&line);
    if words.is_some() {
        let kind = kind(lines, at);
        let said = take_apart(&line).or_else(|| end_of_title(&line))?;
        let title = Title {
            at,
            next: at + 1,
            organ: said.organ,
            year: said.year,
            kind,
            above: None,
        };
        return Some(match kind {
            TitleKind::Link => title,
            _ => completed(lines, title, free),
        });
    }
    // The title's own words may be broken.
    let mut broken = short(lines[at])?;
    for next in at + 1..lines.len().min(at + 1 + MORE_LINES) {
        let first = broken.chars().count();
        let more = short(lines[next])?;
        broken.push_str(&more);
        let Some(words) = Words::in_text(&broken) else {
            continue;
        };
        if words.start >= first {
            return None;
        }
        let said = take_apart(&broken)?;
        let title = Title {
            at,
            next: next + 1,
            organ: said.organ,
            year: said.year,
            kind: kind(lines, at),
            above: None,
        };
        return Some(completed(lines, title, free));
    }
    None
}

/// What the end of a title says whose year was broken: nothing.
fn end_of_title(line: &str) -> Option<Said> {
    let words = Words::in_text(line)?;
    let mut before = line.chars().take(words.start);
    let is_end = |c: char| digit(c).is_some() || "年度".contains(c);
    before.all(is_end).then(Said::default)
}

/// Characters of a line that could hold a title.
const LONGEST: usize = 80;

/// The most lines over which a title's words are broken, but for the first.
const MORE_LINES: usize = 3;

fn kind(lines: &[&str], at: usize) -> TitleKind {
    if site::is_link(lines, at) {
        TitleKind::Link
    } else if site::fact(lines[at]).is_some() {
        TitleKind::Fact
    } else {
        TitleKind::Title
    }
}

/// What a title lacks may stand on the lines around it: the organ or the year above, the year below.
fn completed(lines: &[&str], mut title: Title, free: usize) -> Title {
    const LINES_ABOVE: usize = 2;
    let own: String = lines[title.at..title.next].concat();
    for above in 1..=LINES_ABOVE {
        let is_whole = title.year.is_some() && !title.organ.is_empty();
        let first = title.at.checked_sub(1).filter(|first| *first >= free);
        let Some(first) = first.filter(|_| !is_whole) else {
            break;
        };
        if site::is_link(lines, first) || site::fact(lines[first]).is_some() {
            break;
        }
        let Some(line) = short(lines[first]) else {
            break;
        };
        let all = lines[first..title.next].concat();
        let Some(said) = take_apart(&squeezed(&all)) else {
            break;
        };
        let has_more = title.year.is_none() && said.year.is_some()
            || title.year == said.year && title.organ.is_empty() && !said.organ.is_empty();
        // A line of its own must be an organ by itself, or go on in the title.
        let goes_on = || take_apart(&squeezed(&own)).is_none_or(|own| own.year.is_none());
        let is_part = organ_alone(&line).is_some()
            || year_alone(&line).is_some()
            || (above == 1 && said.year.is_some() && goes_on());
        if !has_more || !is_part || is_date(&line) {
            break;
        }
        title = Title {
            at: first,
            organ: said.organ,
            year: said.year,
            ..title
        };
    }
    for _ in 0..LINES_ABOVE {
        let Some(organ) = organ_from_above(lines, &title, free) else {
            break;
        };
        title.at -= 1;
        title.organ = organ;
    }
    title.above = another_above(lines, &title, free);
    if title.year.is_none()
        && let Some(year) = lines.get(title.next).and_then(|line| year_alone(line))
    {
        title.year = Some(year);
        title.next += 1;
    }
    title
}

/// The whole name of an organ that goes on in the title's first line, and begins in the line above: 青川市 above 水务局, a
/// government above its office in a street, an office above its branch or above its other name in brackets.
fn organ_from_above(lines: &[&str], title: &Title, free: usize) -> Option<String> {
    const ENDS: &str = "省市县区州旗盟镇乡";
    const OF_GOVERNMENT: [&str; 2] = ["街道", "办事处"];
    const BRANCHES: [&str; 4] = ["分局", "支队", "大队", "分中心"];
    let organ = title.organ.as_str();
    let above = short(lines[above(lines, title, free)?])?;
    let own = squeezed(lines[title.at]);
    let rest = own.trim_start_matches(['（', '(']);
    if organ.is_empty() || !rest.starts_with(organ) || organ.contains(&above) {
        return None;
    }
    let whole = || Some(format!("{above}{organ}"));
    let ends_in = |ends: &[&str]| ends.iter().any(|end| organ.ends_with(end));
    let names_place = organ.chars().any(|c| ENDS.contains(folded(c)));
    if above.ends_with(|c| ENDS.contains(folded(c))) {
        let is_place = as_organ(&above).is_some();
        return whole().filter(|_| is_place && !names_place);
    }
    let above = organ_alone(&above)?;
    if rest.len() < own.len() {
        return Some(format!("{above}（{organ}）"));
    }
    let is_branch = ends_in(&BRANCHES) && !begins_alike(&above, organ);
    let names_other = organ.contains(['省', '市', '县', '区']);
    let is_office = above.ends_with(GOVERNMENT) && ends_in(&OF_GOVERNMENT) && !names_other;
    whole().filter(|_| is_branch || is_office)
}

const GOVERNMENT: &str = "人民政府";

/// The line above a title, if it belongs to no other one and is none of the site's.
fn above(lines: &[&str], title: &Title, free: usize) -> Option<usize> {
    let above = title.at.checked_sub(1).filter(|above| *above >= free)?;
    let is_of_site = site::is_link(lines, above) || site::fact(lines[above]).is_some();
    (!is_of_site).then_some(above)
}

/// Whether two organs are of the same place, as far as their names say.
fn begins_alike(a: &str, b: &str) -> bool {
    const PLACE: usize = 2;
    a.chars().take(PLACE).eq(b.chars().take(PLACE))
}

/// An organ in the line above a title that the title does not name. The government of the title's organ is none.
fn another_above(lines: &[&str], title: &Title, free: usize) -> Option<String> {
    let other = organ_alone(lines[above(lines, title, free)?])?;
    let place = other.strip_suffix(GOVERNMENT).unwrap_or_default();
    let mut ends = place.char_indices().map(|(at, _)| &place[at..]);
    let is_its_government =
        ends.any(|end| end.chars().nth(1).is_some() && title.organ.starts_with(end));
    let is_another = !title.organ.is_empty() && !is_about_same(&other, &title.organ);
    (is_another && !is_its_government).then_some(other)
}

/// A line that is a year and nothing else, in brackets or not: （2023年度）
fn year_alone(line: &str) -> Option<i32> {
    is_year_alone(&squeezed(line))
}

/// Whether a line is a date and nothing else.
pub(super) fn is_date(line: &str) -> bool {
    let line = squeezed(line);
    let is_part = |c: char| digit(c).is_some() || "十年月日-./:时分秒".contains(half_width(c));
    let digits = line.chars().filter(|c| digit(*c).is_some()).count();
    digits >= 5 && line.chars().all(is_part)
}

/// Where the words stand that every report's title says.
struct Words {
    /// In characters.
    start: usize,
    end: usize,
    /// The year that stands in the midst of them.
    year: Option<i32>,
}

impl Words {
    /// The last such words of a text without blanks.
    fn in_text(text: &str) -> Option<Self> {
        const ABOUT: &str = "信息公开";
        if !text.contains('公') {
            return None;
        }
        let characters: Vec<char> = text.chars().map(folded).collect();
        let about: Vec<char> = ABOUT.chars().collect();
        let mut places = (0..characters.len()).rev();
        places.find_map(|at| {
            let is_here = characters[at..].starts_with(&about);
            let words = is_here.then(|| Self::ending(&characters, at, at + about.len()))??;
            // 自然资源信息公开…… is about the same.
            let owner = ["政府", "政务"];
            let owned = owner.iter().any(|owner| {
                let owner: Vec<char> = owner.chars().collect();
                characters[..at].ends_with(&owner)
            });
            Some(Self {
                start: if owned { at - 2 } else { at },
                ..words
            })
        })
    }

    /// The words from `start` on, if those behind `from` end them.
    fn ending(characters: &[char], start: usize, from: usize) -> Option<Self> {
        const BETWEEN: [&str; 2] = ["工作", "情况"];
        const ENDS: [&str; 7] = [
            "年度工作报告",
            "年度报告书",
            "年度报告",
            "年度总结报告",
            "年报",
            "工作报告",
            "情况报告",
        ];
        let mut at = from;
        let next_is = |at: usize, words: &str| {
            let words: Vec<char> = words.chars().collect();
            let is_next = characters
                .get(at..)
                .is_some_and(|rest| rest.starts_with(&words));
            is_next.then_some(at + words.len())
        };
        let ends = |at: usize| ENDS.iter().find_map(|end| next_is(at, end));
        let mut year = None;
        for step in 0..=BETWEEN.len() {
            if let Some(end) = ends(at) {
                return Some(Self { start, end, year });
            }
            // 政府信息公开工作2023年度报告
            let bracket = usize::from(characters.get(at) == Some(&'('));
            if let Some((found, length)) = year_at(characters, at + bracket) {
                let closed = at + bracket + length + bracket;
                let behind = [closed, closed + 1].into_iter().find_map(ends);
                if let Some(end) = behind {
                    year = Some(found);
                    return Some(Self { start, end, year });
                }
            }
            if let Some(words) = BETWEEN.get(step) {
                at = next_is(at, words).unwrap_or(at);
                at = next_is(at, "的").unwrap_or(at);
            }
        }
        None
    }
}

/// What a text says that is a title and nothing else; blanks are taken out already.
pub(super) fn take_apart(text: &str) -> Option<Said> {
    let text = text.trim_start_matches(['#', '*', '·', '•', '◆', '■', '●', '>', '-', '[']);
    let text = without_number(site::fact(text).unwrap_or(text));
    let words = Words::in_text(text)?;
    let characters: Vec<char> = text.chars().collect();
    let behind: String = characters[words.end..].iter().collect();
    let before: String = characters[..words.start].iter().collect();
    let before = without_quotes(&before);
    let behind = Behind::of(&behind)?;
    if before.contains(['。', '，', '；', '！', '？', '：', ',', ';', ':', '“', '”']) {
        return None;
    }
    let (organ, year) = organ_and_year(&before);
    let organ = match as_organ(&organ) {
        Some(organ) => organ,
        // What is no name makes a sentence of it.
        None if says_nothing(&organ) => String::new(),
        None => return None,
    };
    Some(Said {
        organ,
        year: year.or(words.year).or(behind.year),
    })
}

/// A title without its number in a list: 1.某局……, 附件1：某局……
fn without_number(text: &str) -> &str {
    let attached = text.strip_prefix("附件");
    let attached = attached.map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    if let Some(rest) = attached.and_then(|rest| rest.strip_prefix(['：', ':'])) {
        return rest;
    }
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_short = (1..=2).contains(&(text.len() - rest.len()));
    let rest = rest.strip_prefix(['.', '．', '、']).filter(|_| is_short);
    let rest = rest.filter(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()));
    rest.unwrap_or(text)
}

/// What stands before a title's words without quotation marks around the organ: “某局”2023年
fn without_quotes(before: &str) -> String {
    let quoted = before
        .strip_prefix('“')
        .and_then(|rest| rest.split_once('”'));
    let quoted = quoted.filter(|(organ, rest)| !organ.is_empty() && !rest.contains(['“', '”']));
    quoted.map_or_else(
        || before.to_owned(),
        |(organ, rest)| format!("{organ}{rest}"),
    )
}

/// Whether what stands in the place of an organ names none, as 本单位 does.
fn says_nothing(words: &str) -> bool {
    const SIGNS: [char; 14] = [
        '《', '》', '“', '”', '#', '*', '-', '·', '、', '.', '【', '】', '（', '(',
    ];
    let words = words.rsplit_once('】').map_or(words, |(_, words)| words);
    let words = words.trim_matches(SIGNS);
    words.is_empty() || GENERAL.contains(&words) || is_date(words) || is_year_alone(words).is_some()
}

/// What stands behind a title in its line.
struct Behind {
    year: Option<i32>,
}

impl Behind {
    /// None for what makes a sentence of it.
    fn of(text: &str) -> Option<Self> {
        const LONGEST: usize = 24;
        const MARKS: [&str; 7] = ["全文", "正文", "公告", "公示", "的公告", "的公示", "的通告"];
        let bare = text.trim_matches(['》', '】', ']', '#', '*', '”', '"', '.']);
        let nothing = Some(Self { year: None });
        if bare.is_empty() || MARKS.contains(&bare) || is_date(bare) || is_dated_fact(bare) {
            return nothing;
        }
        if let Some(year) = is_year_alone(bare) {
            return Some(Self { year: Some(year) });
        }
        let is_note = bare.starts_with(['（', '(', '[', '【'])
            && bare.chars().count() <= LONGEST
            && !bare.contains(['，', '。', '；']);
        if is_note {
            return nothing;
        }
        // The name of a file, or of the site.
        let is_tail = bare.starts_with(['-', '_', '|', '—', '–', '.']);
        is_tail.then_some(Self { year: None })
    }
}

/// Whether the day on which it was put on a site stands behind a title, and what sites say besides.
fn is_dated_fact(words: &str) -> bool {
    const YEAR: usize = 4;
    let is_dated = words.len() > YEAR && words.as_bytes()[..YEAR].iter().all(u8::is_ascii_digit);
    is_dated && site::is_fact(words)
}

/// Organ and year in what stands before a title's own words, whichever comes first.
fn organ_and_year(before: &str) -> (String, Option<i32>) {
    let characters: Vec<char> = before.chars().collect();
    // Of two years the nearer one is the report's, 2024年某局关于2023年……
    let found = (0..characters.len()).rev().find_map(|at| {
        let (year, length) = year_at(&characters, at)?;
        let is_first = at == 0 || digit(characters[at - 1]).is_none();
        let end = at + length;
        let says_year = characters.get(end) == Some(&'年');
        let ends = characters[end..].iter().all(|c| "）)〕]度".contains(*c));
        (is_first && (says_year || ends)).then_some((at, end + usize::from(says_year), year))
    });
    let Some((at, end, year)) = found else {
        return short_year(before);
    };
    // A date is that of its publication.
    let is_part_of_date = characters
        .get(end)
        .is_some_and(|c| digit(*c).is_some() || *c == '十');
    if is_part_of_date {
        return (String::new(), None);
    }
    let left: String = characters[..at].iter().collect();
    let right: String = characters[end..].iter().collect();
    let left = left.trim_end_matches(['（', '(', '〔', '[']);
    if let Some(organ) = before_range(left) {
        // 2021-2023年: of several years.
        let organ = if organ.is_empty() {
            right.as_str()
        } else {
            organ
        };
        return (organ.to_owned(), None);
    }
    let right = right.trim_start_matches(['度', '）', ')', '〕', ']']);
    match left.trim_matches(['《', '“', '"']).is_empty() {
        true => (right.to_owned(), Some(year)),
        false => (left.to_owned(), Some(year)),
    }
}

/// The same of a year with two digits: 某局23年
fn short_year(before: &str) -> (String, Option<i32>) {
    const CENTURY: i32 = 2000;
    let whole = || (before.to_owned(), None);
    let bare = before.trim_end_matches('度');
    let Some(bare) = bare.strip_suffix('年') else {
        return whole();
    };
    let organ = bare.trim_end_matches(|c: char| digit(c).is_some());
    let digits: Vec<i32> = bare[organ.len()..].chars().filter_map(digit).collect();
    match digits[..] {
        [tens, ones] if !organ.is_empty() => (organ.to_owned(), Some(CENTURY + 10 * tens + ones)),
        _ => whole(),
    }
}

/// What stands before the first year of a span that ends here: 某局2021- of 某局2021-2023年.
fn before_range(left: &str) -> Option<&str> {
    const YEAR: usize = 4;
    let first =
        left.trim_end_matches(['-', '－', '—', '–', '~', '～', '至', '到', '、', '和', '及']);
    let first = match first.len() < left.len() {
        true => first.trim_end_matches('度').trim_end_matches('年'),
        false => return None,
    };
    let characters: Vec<char> = first.chars().collect();
    let at = characters.len().checked_sub(YEAR)?;
    let (_, length) = year_at(&characters, at)?;
    let organ: usize = characters[..at].iter().map(|c| c.len_utf8()).sum();
    (length == YEAR).then_some(&first[..organ])
}

/// Whose report and on which year a sentence before the first part announces: 现公布某局2023年政府信息公开工作年度报告。
pub(super) fn announced(line: &str) -> Option<Said> {
    const VERBS: [&str; 14] = [
        "现将",
        "现公开",
        "现公布",
        "现发布",
        "公布",
        "公开",
        "发布",
        "编制了",
        "编制",
        "特编制",
        "形成",
        "报送",
        "关于",
        "由",
    ];
    let line = squeezed(line);
    let clauses = line.split(['，', '。', '；', '：', ',', ';', ':']);
    let mut clauses = clauses.filter(|clause| clause.contains('公'));
    clauses.find_map(|clause| {
        let words = Words::in_text(clause)?;
        let before: String = clause.chars().take(words.start).collect();
        let (organ, year) = organ_and_year(&before);
        let behind_verb = |verb: &&str| Some((organ.rfind(*verb)? + verb.len(), ()));
        let from = VERBS.iter().filter_map(behind_verb).max();
        let organ = from.map_or("", |(from, ())| &organ[from..]);
        Some(Said {
            organ: organ_alone(organ).unwrap_or_default(),
            year: year.or(words.year),
        })
    })
}

/// What a page calls itself: its title, without the name of the site.
pub(super) fn of_page(title: &str) -> Option<Said> {
    let title = squeezed(title);
    let pieces = title.split(['_', '|', '>', '»']);
    let mut pieces = pieces.filter(|piece| Words::in_text(piece).is_some());
    pieces.find_map(take_apart)
}

/// Whether two lines say the same but for blanks and signs.
pub(super) fn is_same(a: &str, b: &str) -> bool {
    let plain = |text: &str| text.chars().filter_map(plain_char).collect::<String>();
    plain(a) == plain(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_organ_is_read_over_two_lines_and_of_several_years_none() {
        let lines = [
            "青川市",
            "水务局",
            "2023年政府信息公开工作年度报告",
            "一、总体情况",
        ];
        let title = &all(&lines)[0];
        assert_eq!(
            (title.at, &*title.organ, title.year),
            (0, "青川市水务局", Some(2023))
        );
        let lines = [
            "青川市人民政府",
            "青川市水务局",
            "2023年政府信息公开工作年度报告",
        ];
        assert_eq!(all(&lines)[0].organ, "青川市水务局");
        for span in ["2021-2023年", "2022—2023年度", "2021年至2023年"] {
            let title = format!("青川市水务局{span}政府信息公开工作年度报告");
            let said = take_apart(&title).unwrap();
            assert_eq!(
                (said.organ.as_str(), said.year),
                ("青川市水务局", None),
                "{span}"
            );
        }
        for organ in ["中共某县委机构编制委员会办公室", "某市新闻发布中心"] {
            assert_eq!(as_organ(organ).as_deref(), Some(organ));
        }
        assert_eq!(as_organ("★某局——").as_deref(), Some("某局"));
        assert_eq!(as_organ("现将编制的"), None);
        for misspelt in [
            "某局二\u{41E}",
            "某局202\u{417}年",
            "某局2023牟",
            "某局2022年报告整改情况",
        ] {
            assert_eq!(as_organ(misspelt), None, "{misspelt}");
        }
        for organ in ["某市110指挥中心", "某市第三人民医院", "八一路街道办事处"]
        {
            assert_eq!(as_organ(organ).as_deref(), Some(organ));
        }
        for title in [
            "关于青川市水务局2023年政府信息公开工作年度报告的公示",
            "1.青川市水务局2023年政府信息公开工作年度报告",
            "“青川市水务局”2023年政府信息公开工作年度报告",
            "青川市水务局关于2023年政府信息公开工作的年度报告",
            "青川市水务局23年政府信息公开工作年度报告",
            "青川市水务局2023年政府信息公开工作年度报告2024-01-20来源：本站",
        ] {
            let said = take_apart(title).unwrap_or_else(|| panic!("{title}"));
            let said = (said.organ.as_str(), said.year);
            assert_eq!(said, ("青川市水务局", Some(2023)), "{title}");
        }
    }

    #[test]
    fn an_organ_goes_on_below_its_government_or_office() {
        for (above, own, organ) in [
            (
                "长岭县人民政府",
                "红石街道办事处",
                "长岭县人民政府红石街道办事处",
            ),
            ("长岭县公安局", "城东分局", "长岭县公安局城东分局"),
            (
                "长岭县委组织部",
                "（长岭县公务员局）",
                "长岭县委组织部（长岭县公务员局）",
            ),
        ] {
            let below = "2023年政府信息公开工作年度报告";
            for lines in [
                [above, own, below].to_vec(),
                [above, &format!("{own}{below}")].to_vec(),
            ] {
                let title = &all(&lines)[0];
                assert_eq!((&*title.organ, &title.above), (organ, &None), "{lines:?}");
            }
        }
        for (above, is_other) in [
            ("长岭县水务局", true),
            ("长岭县民政局", false),
            ("长岭县人民政府", false),
            ("上级单位", false),
        ] {
            let lines = [above, "长岭县民政局2023年政府信息公开工作年度报告"];
            let title = &all(&lines)[0];
            assert_eq!(title.organ, "长岭县民政局");
            assert_eq!(title.above.is_some(), is_other, "{above}");
        }
    }
}
