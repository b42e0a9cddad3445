//! The units in which a source counts: said in a head, beside a label, in a line above, or behind the number itself.

use super::labels::plain;
use rust_decimal::Decimal;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counted {
    Money,
    Things,
}

/// A unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    /// As it is written: 千元.
    pub name: String,
    pub counted: Counted,
    /// How many 元, or how many single things.
    pub factor: Decimal,
}

impl Unit {
    /// What is nothing but a unit.
    pub fn of(name: &str) -> Option<Self> {
        const THINGS: [&str; 10] = ["件次", "件", "项", "宗", "个", "次", "份", "条", "例", "人"];
        const MONEY: [&str; 2] = ["元", "圆"];
        let bare = in_own_money(name);
        let (noun, factor) = MULTIPLES.iter().find_map(|(multiple, factor)| {
            let noun = bare.strip_prefix(multiple)?;
            let is_noun = MONEY.contains(&noun) || THINGS.contains(&noun);
            is_noun.then_some((noun, *factor))
        })?;
        Some(Self {
            name: name.to_owned(),
            counted: match MONEY.contains(&noun) {
                true => Counted::Money,
                false => Counted::Things,
            },
            factor: Decimal::from(factor),
        })
    }
}

const MULTIPLES: [(&str, i64); 9] = [
    ("十万", 100_000),
    ("百万", 1_000_000),
    ("千万", 10_000_000),
    ("十", 10),
    ("百", 100),
    ("千", 1_000),
    ("万", 10_000),
    ("亿", 100_000_000),
    ("", 1),
];

/// A unit without the words for the money of the country, wherever they stand: 人民币元, 元（人民币）, RMB万元.
fn in_own_money(name: &str) -> String {
    const OWN: [&str; 5] = ["人民币", "币种", "rmb", "cny", "¥"];
    const SIGNS: [char; 7] = [':', '(', ')', '-', '.', ',', '￥'];
    let name = name.to_ascii_lowercase();
    let name = OWN.iter().fold(name, |name, own| name.replace(own, ""));
    name.trim_matches(SIGNS).to_owned()
}

/// A unit as words name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Named {
    /// One that is understood.
    Unit(Unit),
    /// Words that stand where a unit does, or look like one, and are none that is understood: 港元.
    Other(String),
}

impl Named {
    pub fn name(&self) -> &str {
        match self {
            Self::Unit(unit) => &unit.name,
            Self::Other(name) => name,
        }
    }

    /// The unit that is understood.
    pub fn unit(&self) -> Option<&Unit> {
        match self {
            Self::Unit(unit) => Some(unit),
            Self::Other(_) => None,
        }
    }

    /// How many 元 or single things it is, where that is known.
    pub fn factor(&self) -> Option<Decimal> {
        self.unit().map(|unit| unit.factor)
    }

    /// Whether it is this unit, in full or cut short: 万 of 万元.
    pub fn is(&self, wanted: &Unit) -> bool {
        match self {
            Self::Unit(unit) => unit.factor == wanted.factor,
            Self::Other(name) => {
                let bare = in_own_money(name);
                !bare.is_empty() && wanted.name.starts_with(&bare)
            }
        }
    }

    /// The same as a unit that is not understood where it stands.
    pub fn into_other(self) -> Self {
        Self::Other(self.name().to_owned())
    }
}

/// The units that a head or a label names in brackets, or behind the words for it: 本年收费金额（单位：元）, 金额/元. `words`
/// are as labels are compared.
pub(super) fn named(words: &str) -> Vec<Named> {
    const UNIT: &str = "单位";
    const BRACKETS: [char; 5] = ['[', '【', '〔', '{', '<'];
    const CLOSED: [char; 5] = [']', '】', '〕', '}', '>'];
    let words = words.replace(BRACKETS, "(").replace(CLOSED, ")");
    let mut all = Vec::new();
    let mut rest = words.as_str();
    while let Some((_, behind)) = rest.split_once('(') {
        let (inner, after) = behind.split_once(')').unwrap_or((behind, ""));
        all.extend(in_place(inner));
        rest = after;
    }
    if let Some(at) = words.find(UNIT) {
        all.extend(in_place(&words[at..]));
    } else if let Some((_, behind)) = words.split_once("金额") {
        let behind = behind.trim_start_matches(['/', ':', '.', ',', '-', '为']);
        all.extend(in_place(behind.split('(').next().unwrap_or_default()));
    }
    let mut once: Vec<Named> = Vec::new();
    for unit in all {
        if !once.contains(&unit) {
            once.push(unit);
        }
    }
    once
}

/// The same of a line, where the word for a unit is that for an office too: only what looks like a unit is one.
pub(super) fn named_in_line(words: &str) -> Vec<Named> {
    let mut all = named(words);
    all.retain(|named| match named {
        Named::Unit(_) => true,
        Named::Other(name) => looks_like_money(name),
    });
    all
}

/// The units in words that stand where a unit may.
fn in_place(place: &str) -> Vec<Named> {
    const SEPARATORS: [char; 9] = ['.', ',', '/', ';', '和', '及', '或', '与', ')'];
    let (names, is_stated) = match place.rsplit_once("单位") {
        // 以元为单位
        Some((before, behind)) if behind.trim_matches(')').is_empty() => {
            let name = before.trim_start_matches(['以', '按', '均']);
            (name.trim_end_matches(['为', '作']), false)
        }
        Some((_, behind)) => {
            let name = behind.trim_start_matches([':', '为']);
            (name, name.len() < behind.len())
        }
        None => (place, false),
    };
    let (units, others): (Vec<&str>, Vec<&str>) = names
        .split(SEPARATORS)
        .filter(|name| !name.is_empty())
        .partition(|name| Unit::of(name).is_some());
    let is_other = |name: &&str| looks_like_money(name) || is_stated && units.is_empty();
    let others = others.into_iter().filter(is_other);
    let others: Vec<Named> = others.map(|name| Named::Other(name.to_owned())).collect();
    let units = units.into_iter().filter_map(Unit::of).map(Named::Unit);
    units.chain(others).collect()
}

/// Whether a word that is no unit names money, or a multiple of something that it does not say.
fn looks_like_money(name: &str) -> bool {
    const MONEY: [&str; 8] = ["元", "圆", "币", "角", "金币", "美金", "英镑", "美分"];
    // Those of the euro and the won are in no font of the program's own.
    const SIGNS: [char; 4] = ['$', '\u{20AC}', '£', '\u{20A9}'];
    let bare = in_own_money(name);
    let is_multiple = MULTIPLES.iter().any(|(multiple, _)| *multiple == bare);
    let is_abbreviation =
        (2..=5).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphabetic());
    MONEY.iter().any(|end| bare.ends_with(end))
        || name.contains(SIGNS)
        || is_abbreviation
        || is_multiple && !bare.is_empty()
}

/// A number with its unit behind it: 12.6（元）.
pub(super) fn behind_number(text: &str) -> Option<(String, Unit)> {
    let text = plain(text);
    let end = text.find(|c: char| !(c.is_ascii_digit() || "+-.,".contains(c)))?;
    let (number, unit) = text.split_at(end);
    let unit = match unit.strip_prefix('(') {
        Some(note) => {
            let note = note.strip_suffix(')')?;
            note.trim_start_matches("单位").trim_start_matches(':')
        }
        None => unit,
    };
    let has_digits = number.contains(|c: char| c.is_ascii_digit());
    Some((number.to_owned(), Unit::of(unit)?)).filter(|_| has_digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(words: &str, named: fn(&str) -> Vec<Named>) -> Vec<(String, bool)> {
        let named = named(&plain(words)).into_iter();
        named
            .map(|it| (it.name().to_owned(), matches!(it, Named::Unit(_))))
            .collect()
    }

    #[test]
    fn units_are_found_where_they_are_named() {
        for (words, name, factor) in [
            ("本年收费金额（单位：元）", "元", 1),
            ("（金额单位：千元）", "千元", 1_000),
            ("收费（亿元）", "亿元", 100_000_000),
            ("单位：百件", "百件", 100),
            ("本年收费金额 单位：人民币元", "人民币元", 1),
            ("收费金额（圆）", "圆", 1),
            ("收费金额（单位：元人民币）", "元人民币", 1),
            ("收费金额（人民币：千元）", "人民币:千元", 1_000),
            ("收费金额【以元为单位】", "元", 1),
            ("收费金额/元", "元", 1),
            ("收费金额（单位：万元，保留两位小数）", "万元", 10_000),
            ("收费金额（万元/年）", "万元", 10_000),
        ] {
            assert_eq!(names(words, named), [(name.to_owned(), true)], "{words}");
            let [Named::Unit(unit)] = &named(&plain(words))[..] else {
                panic!("{words}");
            };
            assert_eq!(unit.factor, Decimal::from(factor), "{words}");
        }
        let nested = &named(&plain("收费金额（单位：万元（人民币））"))[0];
        assert!(matches!(nested, Named::Unit(unit) if unit.factor == Decimal::from(10_000)));
        assert_eq!(named(&plain("单位：件、万元")).len(), 2);
        assert_eq!(named(&plain("单位：元或万元")).len(), 2);
        for words in ["许可（含备案）", "收费金额（人民币）", "收费金额（本年）"]
        {
            assert_eq!(named(&plain(words)), [], "{words}");
        }
    }

    #[test]
    fn what_stands_as_a_unit_and_is_none_is_named_too() {
        for (words, name) in [
            ("收费金额（单位：韩元）", "韩元"),
            ("收费金额（英镑）", "英镑"),
            ("收费金额（单位：HKD）", "HKD"),
            ("收费金额（万欧元）", "万欧元"),
            ("收费金额（单位：吨）", "吨"),
            ("收费金额：美金", "美金"),
            ("收费金额（百）", "百"),
        ] {
            assert_eq!(names(words, named), [(name.to_owned(), false)], "{words}");
        }
        let line = plain("填报单位：青川市水务局");
        assert_eq!(named_in_line(&line), []);
        assert_eq!(named_in_line(&plain("金额单位：港币")).len(), 1);
    }

    #[test]
    fn a_unit_behind_a_number_is_its_own() {
        let (number, unit) = behind_number("12.6（元）").unwrap();
        assert_eq!((number.as_str(), unit.name.as_str()), ("12.6", "元"));
        assert_eq!(
            behind_number("0.5 亿元").unwrap().1.factor,
            Decimal::from(100_000_000)
        );
        assert_eq!(behind_number("12（其中修订3件）"), None);
        assert_eq!(behind_number("12"), None);
    }
}
