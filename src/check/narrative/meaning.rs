//! What the figures of a line state, one after the other.

use super::lookup::{Lookup, all_of};
use super::statement::Statement;
use super::sums::of_all_before;
use crate::form::{Fact, Narrative, Sum};
use crate::prose::grammar::{Figure, Line, Sign, Tags, Unit, Way, Whole};
use rust_decimal::Decimal;

/// What a line states.
pub fn statements(line: &Line, text: &str, narrative: &Narrative) -> Vec<Statement> {
    let mut reader = Meanings {
        line,
        lookup: Lookup { text, narrative },
        found: Vec::new(),
    };
    let mut at = 0;
    while at < line.figures.len() {
        at += reader.take(at).max(1);
    }
    reader.found
}

struct Meanings<'a> {
    line: &'a Line,
    lookup: Lookup<'a>,
    found: Vec<Statement>,
}

impl Meanings<'_> {
    /// Understands the figure at an index; gives back how many figures it dealt with.
    fn take(&mut self, at: usize) -> usize {
        let figure = &self.line.figures[at];
        if figure.unit == Unit::Percent {
            self.share(at);
            return 1;
        }
        if !figure.meant {
            return 1;
        }
        if figure.signs.has(Sign::Respectively) && !self.is_named_each(at) {
            return self.respectively(at);
        }
        if !figure.others.is_empty() {
            let readings = self.lookup.of_others(figure).into_iter().collect();
            self.state(at, readings);
            return 1;
        }
        let is_each = figure.signs.has(Sign::Each) && !figure.signs.has(Sign::Sum);
        if let Some(family) = self.lookup.family(figure.tags)
            && (figure.way == Way::None || is_each)
        {
            self.each(at, family);
            return 1;
        }
        let mut readings = Vec::new();
        let mut within = true;
        if !figure.named.is_empty() {
            (readings, within) = self.lookup.within(figure);
            if readings.is_empty() && !figure.listed_acts.is_empty() {
                readings = self
                    .lookup
                    .direct(figure, figure.tags.with(figure.listed_acts));
            }
            readings.extend(self.lookup.added(figure, figure.tags));
            readings.extend(self.lookup.of_all_subjects(figure));
            self.lookup.of_other_subjects(figure, &mut readings);
            readings.extend(self.with_parts(at));
        }
        if readings.is_empty() && figure.named.is_empty() && figure.signs.has(Sign::Sum) {
            readings.extend(of_all_before(self.line, &self.found, at));
        }
        self.state(at, readings);
        if !within && let Some(last) = self.found.last_mut().filter(|last| last.figure == at) {
            last.weak = true;
        }
        1
    }

    /// The same number of each of several things (复议、诉讼均为0件).
    fn each(&mut self, at: usize, family: Tags) {
        let figure = &self.line.figures[at];
        for one in figure.tags.both(family).each() {
            let tags = figure.tags.without(family).with(one);
            let readings = self.lookup.direct(figure, tags);
            self.state(at, readings);
            let place = figure.places.iter().find(|(tag, _)| *tag == one);
            if let (Some((_, place)), Some(last)) = (place, self.found.last_mut())
                && last.figure == at
            {
                // From the word that says that there is none to the thing itself.
                last.at = last.at.start.min(place.start)..last.at.start.max(place.end);
            }
        }
    }

    /// A number that is given with a part of its own kind may be both together (公开44件，其中部分公开13件).
    fn with_parts(&self, at: usize) -> Option<Vec<usize>> {
        let figure = &self.line.figures[at];
        let parts = self.line.figures[at + 1..].iter();
        let mut parts =
            parts.take_while(|part| part.whole.and_then(|whole| whole.figure) == Some(at));
        let families = self.lookup.narrative.adds.iter();
        let mut families = families.filter(|family| figure.tags.both(**family).count() == 1);
        let family = families.next()?;
        let own = figure.tags.both(*family);
        let part = parts.find(|part| !part.tags.both(*family).without(own).is_empty())?;
        let both = figure.tags.with(part.tags.both(*family));
        self.lookup.added(figure, both)
    }

    /// A share of a figure, of what is named, or by its own name.
    fn share(&mut self, at: usize) {
        let figure = &self.line.figures[at];
        if !figure.firm || !figure.meant {
            return;
        }
        let classes = &self.lookup.narrative.lexicon.classes;
        let of = match figure.way {
            Way::Share(of) => match self.found.iter().position(|it| it.figure == of) {
                None => return,
                of => of,
            },
            _ => None,
        };
        let per = match figure.per.is_empty() {
            true => Vec::new(),
            false => {
                let subjects = |tags: Tags| tags.both(classes.subjects);
                let own = of.map_or(figure.tags, |of| {
                    self.line.figures[self.found[of].figure].tags
                });
                let topic = match subjects(own).is_empty() {
                    true => classes.home,
                    false => subjects(own),
                };
                let lacks = subjects(figure.per).is_empty();
                let tags = figure.per.with(if lacks { topic } else { Tags::default() });
                self.lookup.counted(tags)
            }
        };
        let readings = match figure.way {
            Way::Share(_) => Vec::new(),
            Way::Rate => self.lookup.counted(figure.tags),
            _ => self.lookup.direct(figure, figure.tags),
        };
        // 57件，占诉讼总数的6%: the whole is another one than the part.
        let is_itself = of.is_some_and(|of| self.found[of].readings == per);
        let is_known = match figure.way {
            Way::Share(_) => figure.per.is_empty() || !per.is_empty() && !is_itself,
            Way::Rate => !readings.is_empty() && figure.per.is_empty() == per.is_empty(),
            _ => !readings.is_empty(),
        };
        if is_known {
            self.found.push(Statement {
                figure: at,
                readings,
                weak: false,
                of,
                per,
                whole: None,
                at: figure.at.clone(),
            });
        }
    }

    fn state(&mut self, figure: usize, readings: Vec<Vec<usize>>) {
        if readings.is_empty() {
            return;
        }
        let stands = &self.line.figures[figure];
        let (whole, is_clear) = self.whole(stands);
        let facts = readings.iter().flatten();
        let mut facts = facts.map(|&fact| &self.lookup.narrative.facts[fact]);
        let weak = !stands.firm
            || !is_clear
            || self.is_said_again(figure, &readings)
            || self.is_of_another_kind(stands)
            || self.is_rest(figure)
            || facts.any(|fact| self.is_vague(stands, fact));
        self.found.push(Statement {
            figure,
            readings,
            weak,
            of: None,
            per: Vec::new(),
            whole,
            at: stands.at.clone(),
        });
    }

    /// What happens in a figure.
    fn acts(&self, figure: &Figure) -> Tags {
        let classes = &self.lookup.narrative.lexicon.classes;
        let tags = figure.tags.without(classes.subjects);
        tags.without(classes.qualities)
    }

    /// Whether a fact says too little of a figure to hold it to that.
    fn is_vague(&self, figure: &Figure, fact: &Fact) -> bool {
        let classes = &self.lookup.narrative.lexicon.classes;
        // 无申请, but not 未公开.
        let is_none = figure.way == Way::None && self.acts(figure).is_empty();
        // 另有政府信息公开申请6件: named in full, it is one of those.
        let others = [Sign::OfWhich, Sign::Rest, Sign::Rough];
        let is_free = figure.stands_free
            && figure.whole.is_none()
            && figure.tags.is_in(classes.subjects)
            && !figure.signs.has_any(&others);
        // 由上年的32项增加到35项: what it is now.
        let is_told = is_none || is_free || figure.signs.has(Sign::Became);
        let is_weak = fact.weak && !is_told && !self.is_beside(figure, fact.beside);
        is_weak || fact.vague && !figure.concerned
    }

    /// Whether a part may be of other things than those named: some of the documents in force may be of other kinds than
    /// those of the year.
    fn is_of_another_kind(&self, figure: &Figure) -> bool {
        let classes = &self.lookup.narrative.lexicon.classes;
        let of_which = figure.signs.has(Sign::OfWhich) && figure.tags.both(classes.home).is_empty();
        let acts = self.acts(figure);
        let is_vague = acts.both(classes.telling).is_empty() && !acts.is_empty();
        let names_it = !all_of(&figure.named).both(classes.subjects).is_empty();
        of_which && is_vague && !names_it
    }

    /// Whether the sentence has said the same before: then it is a part, or another's.
    fn is_said_again(&self, at: usize, readings: &[Vec<usize>]) -> bool {
        let figure = &self.line.figures[at];
        // 甲8件，乙9件，合计收到17件: said of all of them.
        if figure.signs.has(Sign::Total) {
            return false;
        }
        let facts = &self.lookup.narrative.facts;
        let sums = |readings: &[Vec<usize>]| -> Option<Vec<&Sum>> {
            let first = readings.first()?;
            Some(first.iter().map(|&fact| &facts[fact].sum).collect())
        };
        let means = sums(readings);
        let same = |other: &&Statement| self.line.figures[other.figure].sentence == figure.sentence;
        let mut before = self.found.iter().rev().take_while(same);
        before.any(|other| {
            let of_it = figure.signs.has(Sign::OfWhich) && sums(&other.readings) == means;
            other.figure != at && (other.readings == readings || of_it)
        })
    }

    /// Whether one of some things is counted in the same part of a sentence.
    fn is_beside(&self, figure: &Figure, others: Tags) -> bool {
        let mut figures = self.line.figures.iter();
        let near = |other: &Figure| other.sentence == figure.sentence && other.half == figure.half;
        !others.is_empty()
            && figures.any(|other| near(other) && !other.tags.both(others).is_empty())
    }

    /// Whether a figure is all that a list has left of its whole (自然人9件、其他组织5件).
    fn is_rest(&self, at: usize) -> bool {
        let figure = &self.line.figures[at];
        let rest = self.lookup.narrative.lexicon.classes.rest;
        let whole = figure.whole.and_then(|whole| whole.figure);
        let Some(whole) = whole.filter(|_| !figure.tags.both(rest).is_empty()) else {
            return false;
        };
        let parts = self.line.figures[whole + 1..=at].iter();
        let parts = parts.filter(|part| part.unit == figure.unit && part.depth == figure.depth);
        let sum = parts.fold(Decimal::ZERO, |sum, part| sum.saturating_add(part.value()));
        sum == self.line.figures[whole].value()
    }

    /// The statement of a figure's whole, and whether that whole is understood.
    fn whole(&self, figure: &Figure) -> (Option<usize>, bool) {
        let Some(at) = figure.whole.and_then(|whole| whole.figure) else {
            // 对能够区分处理的，部分公开6件: said twice.
            let is_clear = |whole: Whole| !whole.either || whole.tags.is_in(figure.tags);
            return (None, figure.whole.is_none_or(is_clear));
        };
        let whole = &self.line.figures[at];
        let statement = self.found.iter().rposition(|it| it.figure == at);
        let strict = figure
            .whole
            .is_some_and(|it| it.strict || !it.tags.is_empty());
        match statement {
            Some(_) => (statement.filter(|_| strict || !whole.firm), true),
            None => {
                let is_named = !whole.named.is_empty() || figure.depth == whole.depth;
                let is_known = is_named && !whole.signs.has(Sign::Unknown);
                (None, whole.meant && whole.firm && is_known && !strict)
            }
        }
    }

    /// Numbers in the order in which the things were named (分别为23件、9件、7件).
    fn respectively(&mut self, at: usize) -> usize {
        let first = &self.line.figures[at];
        let Some(family) = self
            .lookup
            .family(first.tags)
            .or_else(|| self.lookup.divided(first.tags))
        else {
            return 1;
        };
        let in_family = first
            .named
            .iter()
            .filter(|tag| !tag.both(family).is_empty());
        let order: Vec<Tags> = in_family.copied().collect();
        let rest = &self.line.figures[at..];
        let goes_on = |(nth, figure): &(usize, &Figure)| {
            *nth == 0 || figure.named.is_empty() && figure.half == first.half
        };
        let numbers = rest.iter().enumerate().take_while(goes_on).count();
        if numbers < order.len() {
            return 1;
        }
        for (nth, one) in order.iter().enumerate() {
            let tags = first.tags.without(family).with(*one);
            let readings = self.lookup.direct(&self.line.figures[at + nth], tags);
            self.state(at + nth, readings);
        }
        order.len()
    }

    /// Whether each number behind 分别 has its own name before it (分别为信访类5件、重复申请3件).
    fn is_named_each(&self, at: usize) -> bool {
        let figure = &self.line.figures[at];
        let lookup = &self.lookup;
        let several = lookup.family(figure.tags);
        let several = several.or_else(|| lookup.divided(figure.tags));
        let next = self.line.figures.get(at + 1);
        let next = next.filter(|next| next.listed && next.half == figure.half);
        several.is_none() && next.is_some_and(|next| !next.named.is_empty())
    }
}
