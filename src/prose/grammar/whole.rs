//! What a number is a part of: the number before it (其中), the one before its bracket, or what was named first (6件申请中).

use super::figure::{Way, Whole};
use super::lexicon::Unit;
use super::reader::Reader;
use super::role::{Sign, Tags};
use super::side::Side;
use super::words::Words;
use rust_decimal::Decimal;

impl Reader<'_> {
    /// What narrows down what some tags name.
    fn narrows(&self, tags: Tags) -> Tags {
        let classes = &self.lexicon.classes;
        let years = Tags::LAST.with(Tags::NEXT);
        let acts = classes.outcomes.with(classes.distinct).with(years);
        let carried = tags.both(classes.carried);
        tags.both(acts.with(classes.qualities)).with(carried)
    }

    /// The figure of which a number is a part that begins with 其中 or stands first in a bracket: the last one, if it is as
    /// large.
    fn figure_before(&self, value: Decimal, unit: Unit) -> Option<usize> {
        let depth = self.brackets.len() - usize::from(self.opens);
        let before = self.line.figures.iter().enumerate().rev();
        let mut before = before.filter(|(_, other)| {
            other.depth == depth && other.way == Way::Number && other.unit == unit
        });
        let (at, whole) = before.next()?;
        let near = whole.sentence + 1 >= self.count;
        (near && whole.value() >= value).then_some(at)
    }

    /// What a number is a part of.
    pub fn whole_of(
        &mut self,
        (value, unit): (Decimal, Unit),
        left: &Side,
        words: &Words,
    ) -> Option<Whole> {
        let classes = self.lexicon.classes;
        if left.says(Sign::OfWhich) || self.opens {
            let at = self.figure_before(value, unit)?;
            let whole = &self.line.figures[at];
            // 文件87件，其中规范性文件5件: another thing, named in full.
            let named = left.tags.both(classes.subjects);
            if !named.is_empty() && named.both(whole.tags).is_empty() && !whole.meant {
                self.sentence.whole = None;
                return None;
            }
            let found = Whole {
                tags: self.narrows(whole.tags),
                figure: Some(at),
                either: !self.opens,
                strict: false,
            };
            self.sentence.whole = Some(found);
            self.sentence.whole_of_list = true;
            return Some(found);
        }
        let whole = self.sentence.whole?;
        if self.sentence.whole_of_list {
            // The list of parts goes on as long as they are of one kind.
            let last = self.line.figures.last()?;
            let kind = |tags: Tags| {
                let outcomes = classes.outcomes.with(classes.distinct);
                (
                    tags.both(classes.qualities).is_empty(),
                    tags.both(outcomes).is_empty(),
                )
            };
            let named = words.all();
            let goes_on = self.listed || kind(last.tags) == kind(named) && !left.says(Sign::Sum);
            if !goes_on || !named.both(classes.subjects).is_empty() && !self.listed {
                self.sentence.whole = None;
                return None;
            }
        } else if !left
            .tags
            .both(classes.subjects)
            .is_in(self.sentence.subjects)
        {
            // Another thing begins.
            self.sentence.whole = None;
            return None;
        }
        Some(whole)
    }

    /// Takes note that the last number is divided into those that follow.
    pub fn divides(&mut self) {
        let Some(at) = self.last_figure() else { return };
        self.sentence.whole = Some(Whole {
            tags: self.narrows(self.line.figures[at].tags),
            figure: Some(at),
            either: false,
            strict: false,
        });
        self.sentence.whole_of_list = false;
    }

    /// Takes note of a whole that is named before a part of it in one breath (受理的申请中有12件…): the number is not its.
    pub fn whole_in(&mut self, left: &mut Side) {
        if left.among != Some(left.named.len()) || left.named.is_empty() {
            return;
        }
        let tags = self.narrows(left.tags);
        if !tags.is_empty() {
            self.sentence.whole = Some(Whole {
                tags,
                figure: None,
                either: left.signs.has_any(&[Sign::Unknown, Sign::Organ]),
                strict: false,
            });
            self.sentence.whole_of_list = false;
        }
        let subjects = self.lexicon.classes.subjects;
        left.named.retain(|(tag, _)| tag.is_in(subjects));
        left.tags = left.tags.both(subjects);
    }

    /// Takes note of what a stretch without a number names to be the whole of what follows (不予公开的申请中，).
    pub fn whole_of_stretch(&mut self, side: &Side) {
        let tags = self.narrows(side.tags);
        if !side.is_thing || tags.is_empty() || side.no.is_some() || side.says(Sign::Apart) {
            return;
        }
        let clear = !side.signs.has_any(&[
            Sign::Unknown,
            Sign::Organ,
            Sign::Part,
            Sign::Body,
            Sign::Aside,
        ]);
        self.sentence.whole = Some(Whole {
            tags,
            figure: None,
            either: !clear,
            strict: false,
        });
        self.sentence.whole_of_list = false;
    }

    /// Takes note of the last figure if it is the whole of what follows (6件申请中, 法律服务机构的4件申请，).
    pub fn whole_of_figure(&mut self, words: &Words, left: &Side, right: &Side) {
        let Some(at) = self.last_figure() else { return };
        // 其中3件，复议机关予以纠正: what they are is still to be said.
        let is_bare = words.all().is_empty() && !right.any && !left.says(Sign::Unknown);
        self.sentence.waiting = is_bare.then_some(at);
        let classes = &self.lexicon.classes;
        let names_behind = !right.tags.both(classes.subjects).is_empty()
            && left.tags.both(classes.subjects).is_empty();
        let is_whole = right.says(Sign::Among) || names_behind && right.is_thing;
        let plain_act = words.acts.both(classes.outcomes.with(classes.carried));
        if !is_whole || !words.takes_act && plain_act.is_empty() && !right.says(Sign::Among) {
            return;
        }
        let figure = &self.line.figures[at];
        self.sentence.whole = Some(Whole {
            tags: self.narrows(figure.tags),
            figure: Some(at),
            either: false,
            strict: !words.all().is_empty(),
        });
        self.sentence.whole_of_list = false;
        self.sentence.waiting = words.acts.is_empty().then_some(at);
    }
}
