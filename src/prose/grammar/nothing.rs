//! What a stretch without a number says not to be.

use super::figure::{Figure, Topic, Way};
use super::reader::Reader;
use super::role::{Sign, Tags};
use super::side::{No, Side, tags_of};
use crate::prose::numeral::Numeral;
use rust_decimal::Decimal;
use std::ops::Range;

/// With these nobody knows what there is none of.
const UNCLEAR: [Sign; 15] = [
    Sign::Aside,
    Sign::Step,
    Sign::Part,
    Sign::Body,
    Sign::Differs,
    Sign::More,
    Sign::Less,
    Sign::Hope,
    Sign::Organ,
    Sign::Since,
    Sign::OfWhich,
    Sign::Rest,
    Sign::Rough,
    Sign::Reason,
    Sign::As,
];

impl Reader<'_> {
    /// What a chunk says not to be.
    pub fn none(&mut self, side: &Side) {
        if let Some((tags, at)) = &side.none {
            self.all_done(*tags, at, side);
        }
        if let Some((before, at)) = &side.only {
            self.no_others(*before, at, side);
        }
        let Some(no) = &side.no else { return };
        if no.blurred || side.mixed || side.signs.has_any(&UNCLEAR) {
            return;
        }
        let (before, behind) = side.named.split_at(no.behind);
        let said = match (no.is_last, behind.is_empty()) {
            (true, _) => before,
            (false, false) => behind,
            (false, true) => return,
        };
        if said.is_empty() {
            return;
        }
        let classes = self.lexicon.classes;
        let mut tags = tags_of(said);
        // 科研机构未提出申请: whose there are none is said before.
        let mut families = said.to_vec();
        if !no.is_last {
            let whose = before.iter();
            let whose = whose.filter(|(tag, _)| tag.is_in(classes.qualities));
            families.splice(0..0, whose.cloned());
            tags = tags.with(tags_of(before).both(classes.qualities));
        }
        if tags.both(classes.subjects).is_empty() {
            tags = tags.with(side.tags.both(classes.subjects));
        }
        if !tags.both(classes.carried).is_empty() {
            tags = tags.with(side.years());
        }
        let at = words_of(no, said);
        let figures = self.line.figures.len();
        self.nothing(tags, said.iter().map(|&(tag, _)| tag).collect(), at, side);
        if let Some(figure) = self.line.figures.get_mut(figures) {
            figure.places = families;
        }
    }

    /// A word that says by itself that there is none (全部办结).
    fn all_done(&mut self, tags: Tags, at: &Range<usize>, side: &Side) {
        let clear = !side.differs()
            && !side
                .signs
                .has_any(&[Sign::Aside, Sign::Part, Sign::Body, Sign::Hope, Sign::Organ]);
        // Of those that were carried over all may well be done.
        let last = self.last_figure().map(|last| &self.line.figures[last]);
        let of_last = last.is_some_and(|figure| !figure.tags.both(Tags::LAST).is_empty());
        // 在全部办结申请中 speaks of those that are.
        let goes_on = side.named.iter().any(|(_, named)| named.start >= at.end);
        if clear && !of_last && !goes_on && side.no.is_none() {
            self.nothing(tags.with(side.tags), vec![tags], at.clone(), side);
        }
    }

    /// Words that name the only ones of the last number (均为自然人): there are no others.
    fn no_others(&mut self, before: usize, at: &Range<usize>, side: &Side) {
        let classes = &self.lexicon.classes;
        let Some(last) = self.last_figure() else {
            return;
        };
        let last = &self.line.figures[last];
        let named = tags_of(&side.named[before..]);
        let only = named.both(classes.qualities);
        let mut kinds = self.lexicon.kinds.iter();
        let kind = kinds.find(|kind| !only.is_empty() && only.is_in(**kind));
        let general = last.tags.both(classes.outcomes.with(classes.distinct));
        let clear = last.firm
            && last.meant
            && last.way == Way::Number
            && last.tags.both(classes.qualities).is_empty()
            && general.is_empty()
            && !side.mixed
            && !side.signs.has_any(&UNCLEAR)
            && !side.signs.has_any(&[Sign::Unknown, Sign::Etc]);
        let Some(kind) = kind.filter(|_| clear && side.no.is_none()) else {
            return;
        };
        let tags = last.tags.with(kind.without(only));
        let end = side.named[before..].last().map_or(at.end, |(_, at)| at.end);
        self.nothing(tags, vec![only], at.start..end, side);
        if let Some(figure) = self.line.figures.last_mut() {
            figure.others = kind.without(only);
        }
    }

    fn nothing(&mut self, mut tags: Tags, named: Vec<Tags>, at: Range<usize>, side: &Side) {
        let mut meant = !self.sentence.other_time;
        if tags.both(self.lexicon.classes.subjects).is_empty() {
            match self.line.topic {
                Topic::Subject(subject) => tags = tags.with(subject),
                Topic::Other | Topic::Mentioned => meant = false,
                Topic::Nothing => {}
            }
        }
        let zero = Numeral {
            written: Decimal::ZERO,
            times: 1,
            rough: false,
            chinese: false,
        };
        let figure = Figure {
            way: Way::None,
            tags,
            named,
            firm: !self.sentence.organ,
            meant,
            whole: self.sentence.whole.filter(|_| !self.sentence.whole_of_list),
            ..self.blank(at, zero, side)
        };
        self.line.figures.push(figure);
    }
}

/// The word that says that there is none, with the first thing named right behind it.
fn words_of(no: &No, said: &[(Tags, Range<usize>)]) -> Range<usize> {
    match said.first() {
        Some((_, at)) if at.start >= no.at.end => no.at.start..at.end,
        _ => no.at.clone(),
    }
}
