//! The words of a vocabulary and of the language, found in a text in one pass.

use super::language::LANGUAGE;
use super::role::{Role, Sign, Tags};
use crate::prose::finder::Finder;
use crate::prose::width::is_digit;
use std::collections::HashMap;
use std::ops::Range;

/// What is counted, by its unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Cases of the vocabulary (件, 起, …).
    Count,
    /// Anything else that is counted (篇, 场).
    Thing,
    /// Money, in so many 元.
    Money(u32),
    /// Hundredths.
    Percent,
    /// A year.
    Year,
    /// A month.
    Month,
    /// Anything else, or nothing.
    Other,
}

/// What kinds of things the tags of a vocabulary name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Classes {
    /// What is spoken of (政府信息公开申请, 行政复议).
    pub subjects: Tags,
    /// Those of them that are still spoken of until another one is named.
    pub lasting: Tags,
    /// What divides the things counted (自然人, 结果维持).
    pub qualities: Tags,
    /// What happens from one year to the next (结转): the year before or after belongs to it.
    pub carried: Tags,
    /// What is one of several outcomes: unknown words before it may name a part of it.
    pub outcomes: Tags,
    /// What is as vague behind unknown words, unless something else happens as well.
    pub vague: Tags,
    /// What tells by itself that `home` is spoken of.
    pub telling: Tags,
    /// The subject that `telling` tells of.
    pub home: Tags,
    /// What is so plain that unknown words beside it only describe it.
    pub distinct: Tags,
    /// What may also name all that a list has left.
    pub rest: Tags,
    /// What goes on about what its sentence has named before.
    pub continues: Tags,
}

/// A word.
#[derive(Debug, Default)]
struct Word {
    /// What it does; nothing if it only begins words with a gap.
    role: Option<Role>,
    /// How words with a gap go on that begin with it (不…掌握), and what they do.
    gaps: Vec<(String, Role)>,
}

/// Words with what they do, and the units of what is counted.
#[derive(Debug)]
pub struct Lexicon {
    finder: Finder,
    /// The words of the finder.
    words: Vec<Word>,
    /// The units by their first characters, the longest first.
    units: HashMap<char, Vec<(String, Unit)>>,
    /// What kinds of things the words name.
    pub classes: Classes,
    /// What is named where a thing is said not to be (未办结 is 在办): the thing, and the other.
    pub opposites: Vec<(Tags, Tags)>,
    /// The qualities by what they divide by: the applicants, the results.
    pub kinds: Vec<Tags>,
    /// Units that name a thing by themselves (项).
    pub telling_units: Vec<(String, Tags)>,
}

/// Units of any vocabulary; the longer ones of other things, so that their beginning is not taken for one of ours.
const ALWAYS: &[(&str, Unit)] = &[
    ("%", Unit::Percent),
    ("％", Unit::Percent),
    ("年", Unit::Year),
    ("年度", Unit::Year),
    ("月", Unit::Month),
    ("篇", Unit::Thing),
    ("期", Unit::Thing),
    ("场", Unit::Thing),
    ("场次", Unit::Thing),
    ("家", Unit::Thing),
    ("人次", Unit::Thing),
    ("名", Unit::Thing),
    ("批", Unit::Thing),
    ("则", Unit::Thing),
    ("户", Unit::Thing),
    ("个百分点", Unit::Other),
    ("件套", Unit::Other),
    ("条龙", Unit::Other),
    ("次性", Unit::Other),
    ("个月", Unit::Other),
    ("个工作日", Unit::Other),
    ("起始", Unit::Other),
    ("条规定", Unit::Other),
    ("个方面", Unit::Other),
    ("条第", Unit::Other),
    ("个部门", Unit::Other),
    ("个单位", Unit::Other),
    ("个镇", Unit::Other),
    ("个区", Unit::Other),
    ("个县", Unit::Other),
];

/// What stands for a gap in a word of the vocabulary (不…掌握).
const GAP: char = '…';

/// How many characters a gap may have.
const WIDEST: usize = 12;

/// The nearest of the ends that stands behind a gap without a mark or a number in it: what it does, and where the gap and
/// the end end.
fn behind_gap(rest: &str, ends: &[(String, Role)]) -> Option<(Role, usize, usize)> {
    let places = rest.char_indices().take(WIDEST + 1);
    let inside = places.take_while(|(at, c)| {
        let parts = is_digit(*c) || "，。；：！？,;:（）()\n".contains(*c);
        !parts
            || ends
                .iter()
                .any(|(end, _)| rest[*at..].starts_with(end.as_str()))
    });
    inside.into_iter().find_map(|(at, _)| {
        let found = ends
            .iter()
            .filter(|(end, _)| rest[at..].starts_with(end.as_str()));
        let longest = found.max_by_key(|(end, _)| end.len())?;
        Some((longest.1, at, at + longest.0.len()))
    })
}

impl Lexicon {
    /// The lexicon of a vocabulary's words; of a word that stands twice the first one counts, and a word of the
    /// vocabulary before the language's. Units count cases; money comes with its 元.
    pub fn new<'a>(
        words: impl IntoIterator<Item = (&'a str, Role)>,
        counts: impl IntoIterator<Item = &'a str>,
        money: impl IntoIterator<Item = (&'a str, u32)>,
        classes: Classes,
    ) -> Self {
        let language = LANGUAGE.iter();
        let language =
            language.flat_map(|(role, words)| words.split_whitespace().map(|word| (word, *role)));
        let mut places: HashMap<&str, usize> = HashMap::new();
        let mut order: Vec<&str> = Vec::new();
        let mut known: Vec<Word> = Vec::new();
        for (word, role) in words.into_iter().chain(language) {
            let (first, last) = word.split_once(GAP).unwrap_or((word, ""));
            let place = *places.entry(first).or_insert_with(|| {
                order.push(first);
                known.push(Word::default());
                order.len() - 1
            });
            match last.is_empty() {
                true => known[place].role = known[place].role.or(Some(role)),
                false => known[place].gaps.push((last.to_owned(), role)),
            }
        }
        let finder = Finder::new(order.iter().copied());
        let mut units: HashMap<char, Vec<(String, Unit)>> = HashMap::new();
        let counts = counts.into_iter().map(|unit| (unit, Unit::Count));
        let money = money
            .into_iter()
            .map(|(unit, yuan)| (unit, Unit::Money(yuan)));
        // 15个乡镇 counts no cases.
        let bodies = order.iter().zip(&known);
        let bodies = bodies.filter(|(_, word)| word.role == Some(Role::Says(Sign::Body)));
        let bodies = bodies.map(|(word, _)| (*word, Unit::Other));
        let all = ALWAYS
            .iter()
            .copied()
            .chain(counts)
            .chain(money)
            .chain(bodies);
        for (unit, kind) in all {
            if let Some(first) = unit.chars().next() {
                units
                    .entry(first)
                    .or_default()
                    .push((unit.to_owned(), kind));
            }
        }
        for units in units.values_mut() {
            units.sort_by_key(|(unit, _)| std::cmp::Reverse(unit.len()));
        }
        Self {
            words: known,
            finder,
            units,
            classes,
            opposites: Vec::new(),
            kinds: Vec::new(),
            telling_units: Vec::new(),
        }
    }

    /// What a unit names by itself.
    pub(super) fn of_unit(&self, unit: &str) -> Tags {
        let mut telling = self.telling_units.iter();
        telling
            .find(|(telling, _)| telling == unit)
            .map_or(Tags::default(), |(_, tags)| *tags)
    }

    /// What is so where some things are not.
    pub(super) fn opposite(&self, tags: Tags) -> Tags {
        let mut known = self.opposites.iter();
        let known = known.find(|(thing, _)| thing.is_in(tags));
        known.map_or(Tags::default(), |(_, other)| *other)
    }

    /// The first word from a byte on: what it does, and where it stands.
    pub(super) fn next(&self, text: &str, from: usize) -> Option<(Role, Range<usize>)> {
        let mut from = from;
        loop {
            let (word, at) = self.finder.next(text, from)?;
            let word = &self.words[word];
            let gapped = match word.gaps.is_empty() {
                true => None,
                false => behind_gap(&text[at.end..], &word.gaps),
            };
            let gapped = gapped.filter(|(_, gap, _)| !self.divides(&text[at.end..at.end + gap]));
            if let Some((role, _, length)) = gapped {
                return Some((role, at.start..at.end + length));
            }
            if let Some(role) = word.role {
                return Some((role, at));
            }
            let first = text[at.start..].chars().next()?;
            from = at.start + first.len_utf8();
        }
    }

    /// Whether some characters name what divides the things counted: that is not passed over.
    fn divides(&self, gap: &str) -> bool {
        let divides = self.classes.qualities.with(self.classes.outcomes);
        self.finder
            .all(gap)
            .any(|(word, _)| match self.words[word].role {
                Some(Role::Tag(tag) | Role::Bare(tag)) => Tags::of(tag).is_in(divides),
                _ => false,
            })
    }

    /// The unit that begins at a byte, and where it ends.
    pub(super) fn unit(&self, text: &str, at: usize) -> Option<(Unit, usize)> {
        let rest = &text[at..];
        let units = self.units.get(&rest.chars().next()?)?;
        let found = units
            .iter()
            .find(|(unit, _)| rest.starts_with(unit.as_str()));
        found.map(|(unit, kind)| (*kind, at + unit.len()))
    }

    /// Whether what stands at a byte is one of the units of what is counted.
    pub fn counts(&self, text: &str, at: usize) -> Option<usize> {
        let (unit, end) = self.unit(text, at)?;
        matches!(unit, Unit::Count | Unit::Money(_)).then_some(end)
    }
}
