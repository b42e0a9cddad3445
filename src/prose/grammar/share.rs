//! Shares: of the number before them, of what is named, or by a name of their own.

use super::figure::{Figure, Topic, Way};
use super::lexicon::Unit;
use super::reader::Reader;
use super::role::{Sign, Tags};
use super::side::{Side, tags_of};
use crate::prose::numeral::Numeral;

/// With these nobody knows what the share is of.
const UNCLEAR: [Sign; 8] = [
    Sign::Unknown,
    Sign::Respectively,
    Sign::Rough,
    Sign::Aside,
    Sign::Step,
    Sign::Part,
    Sign::Last,
    Sign::Organ,
];

impl Reader<'_> {
    /// A share of the number before it, or of what is named; none if it is neither.
    pub fn share(&self, at: usize, numeral: Numeral, left: &Side) -> Option<Figure> {
        if numeral.rough || left.differs() || left.signs.has_any(&UNCLEAR) || left.no.is_some() {
            return None;
        }
        let blank = Figure {
            unit: Unit::Percent,
            firm: !self.sentence.organ,
            ..self.blank(self.tokens[at].at.clone(), numeral, left)
        };
        let Some(before) = left.share else {
            return self.rate(left, blank);
        };
        let (parts, per) = left.named.split_at(before);
        let (parts, per) = (tags_of(parts), tags_of(per));
        let last = self.line.figures.iter().rposition(|f| f.way == Way::Number);
        let last = last.map(|of| (of, &self.line.figures[of]));
        let last = last.filter(|(_, whole)| whole.sentence == self.count);
        if let Some((of, whole)) = last.filter(|(_, whole)| parts.is_in(whole.tags)) {
            // 两类合计占…: of several numbers.
            let of_several = parts.is_empty() && left.before_share.has(Sign::Sum);
            let figure = Figure {
                way: Way::Share(of),
                tags: left.tags,
                per,
                firm: whole.firm,
                ..blank
            };
            return (whole.meant && !of_several).then_some(figure);
        }
        self.share_of_named(parts, per, blank)
    }

    /// A rate with a name of its own (复议纠正率达60%).
    fn rate(&self, left: &Side, blank: Figure) -> Option<Figure> {
        let classes = &self.lexicon.classes;
        let subject = match self.line.topic {
            _ if !left.tags.both(classes.subjects).is_empty() => Tags::default(),
            Topic::Subject(subject) => subject,
            Topic::Nothing if !self.sentence.counted_unknown => classes.home,
            _ => Tags::default(),
        };
        let figure = Figure {
            tags: left.tags.with(subject),
            named: left.named.iter().map(|(tag, _)| *tag).collect(),
            ..blank
        };
        (!left.named.is_empty() && !self.sentence.other_time).then_some(figure)
    }

    /// A share whose part has no number (自然人占新收申请的98.82%).
    fn share_of_named(&self, parts: Tags, per: Tags, blank: Figure) -> Option<Figure> {
        let classes = &self.lexicon.classes;
        let subject = match self.line.topic {
            Topic::Subject(subject) => subject,
            _ => Tags::default(),
        };
        // 办结的申请中，予以公开的占一半: the whole was named before.
        let whole = self.sentence.whole.filter(|whole| whole.figure.is_none());
        let whole = whole.map_or(Tags::default(), |whole| whole.tags);
        let per = if per.is_empty() { whole } else { per };
        let lacks = !per.is_empty() && per.both(classes.subjects).is_empty();
        let per = if lacks { per.with(subject) } else { per };
        let figure = Figure {
            way: Way::Rate,
            tags: parts.with(subject).with(per.both(classes.home)),
            per,
            ..blank
        };
        let meant = !self.sentence.other_time && !self.sentence.organ;
        (!parts.is_empty() && meant).then_some(figure)
    }
}
