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
        const THINGS: [&str; 10] = ["件次", "件", "项", "宗", "个", "次", "份", "条", "例", "人"];
        let bare = name.trim_start_matches("人民币");
        let (noun, factor) = MULTIPLES.iter().find_map(|(multiple, factor)| {
            let noun = bare.strip_prefix(multiple)?;
            let is_noun = noun == "元" || THINGS.contains(&noun);
            is_noun.then_some((noun, *factor))
        })?;
        Some(Self {
            name: name.to_owned(),
            counted: match noun {
                "元" => Counted::Money,
                _ => Counted::Things,
            },
            factor: Decimal::from(factor),
        })
    }
}

/// The units that words name in brackets or behind the word for it: 本年收费金额（单位：元）. `words` are as labels are
/// compared.
pub(super) fn named(words: &str) -> Vec<Unit> {
    let mut places = Vec::new();
    let mut rest = words;
    while let Some((_, behind)) = rest.split_once('(') {
        let (inner, after) = behind.split_once(')').unwrap_or((behind, ""));
        places.push(inner);
        rest = after;
    }
    if let Some((_, behind)) = words.split_once("单位") {
        places.push(behind);
    }
    let in_place = |place: &str| {
        let behind = place.rsplit_once("单位").map_or(place, |(_, unit)| unit);
        let behind = behind.trim_start_matches([':', '为']);
        let names = behind.split(['.', ',', '/', ';', '和', '及', ')']);
        names.filter_map(Unit::of).collect::<Vec<_>>()
    };
    let mut units: Vec<Unit> = places.into_iter().flat_map(in_place).collect();
    units.dedup();
    units
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

    #[test]
    fn units_are_found_where_they_are_named() {
        for (words, name) in [
            ("本年收费金额（单位：元）", "元"),
            ("（金额单位：千元）", "千元"),
            ("收费（亿元）", "亿元"),
            ("单位：百件", "百件"),
            ("本年收费金额 单位：人民币元", "人民币元"),
        ] {
            let units = named(&plain(words));
            let names: Vec<&str> = units.iter().map(|unit| unit.name.as_str()).collect();
            assert_eq!(names, [name], "{words}");
        }
        assert_eq!(named(&plain("单位：件、万元")).len(), 2);
        assert_eq!(named(&plain("许可（含备案）")), []);
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
