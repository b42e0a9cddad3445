//! What the figures of a line mean: the facts of the form that their words fit.

use crate::form::{Fact, Narrative, Sum};
use crate::prose::grammar::{Figure, Line, Sign, Tags, Unit, Way};
use std::ops::Range;

/// A figure that says something about the tables.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// The figure's index in its line.
    pub figure: usize,
    /// What it may mean, the usual meaning first; each is the sum of some facts (indices in [`Narrative::facts`]). Of a
    /// share what it is a share of is looked up at its whole.
    pub readings: Vec<Vec<usize>>,
    /// Whether its words are too vague to be held to it.
    pub weak: bool,
    /// Of a share the statement that it is a share of.
    pub of: Option<usize>,
    /// Where it stands in the line, in bytes.
    pub at: Range<usize>,
}

/// What a line states.
pub fn statements(line: &Line, text: &str, narrative: &Narrative) -> Vec<Statement> {
    let mut reader = Meanings {
        line,
        text,
        narrative,
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
    text: &'a str,
    narrative: &'a Narrative,
    found: Vec<Statement>,
}

impl Meanings<'_> {
    /// Understands the figure at an index; gives back how many figures it dealt with.
    fn take(&mut self, at: usize) -> usize {
        let figure = &self.line.figures[at];
        if let Way::Share(of) = figure.way {
            let of = self
                .found
                .iter()
                .position(|statement| statement.figure == of);
            if of.is_some() && figure.firm {
                self.found.push(Statement {
                    figure: at,
                    readings: Vec::new(),
                    weak: false,
                    of,
                    at: figure.at.clone(),
                });
            }
            return 1;
        }
        if !figure.meant {
            return 1;
        }
        if figure.signs.has(Sign::Respectively) && !self.is_named_each(at) {
            return self.respectively(at);
        }
        if let Some(family) = self.family(figure.tags)
            && (figure.way == Way::None
                || figure.signs.has(Sign::Each) && !figure.signs.has(Sign::Sum))
        {
            for one in figure.tags.both(family).each() {
                let readings = self.direct(figure, figure.tags.without(family).with(one));
                self.state(at, readings);
                let place = figure.places.iter().find(|(tag, _)| *tag == one);
                if let (Some((_, place)), Some(last)) = (place, self.found.last_mut())
                    && last.figure == at
                {
                    // From the word that says that there is none to the thing itself.
                    last.at = last.at.start.min(place.start)..last.at.start.max(place.end);
                }
            }
            return 1;
        }
        let mut readings = Vec::new();
        if !figure.named.is_empty() {
            readings = self.direct(figure, figure.tags);
            if readings.is_empty() && !figure.listed_acts.is_empty() {
                readings = self.direct(figure, figure.tags.with(figure.listed_acts));
            }
            readings.extend(self.added(figure, figure.tags));
            readings.extend(self.of_all_subjects(figure));
        }
        if readings.is_empty() && figure.named.is_empty() && figure.signs.has(Sign::Sum) {
            readings.extend(self.of_all_before(at));
        }
        self.state(at, readings);
        1
    }

    fn state(&mut self, figure: usize, readings: Vec<Vec<usize>>) {
        if readings.is_empty() {
            return;
        }
        let stands = &self.line.figures[figure];
        let worded = stands.way == Way::None;
        let weak = |fact: &usize| {
            let fact = &self.narrative.facts[*fact];
            fact.weak && !worded || fact.vague && !stands.concerned
        };
        // Some of the documents in force may be of other kinds than those of the year.
        let classes = &self.narrative.lexicon.classes;
        let acts = stands
            .tags
            .without(classes.subjects)
            .without(classes.qualities);
        let of_which = stands.signs.has(Sign::OfWhich) && stands.tags.both(classes.home).is_empty();
        let of_which = of_which && acts.both(classes.telling).is_empty() && !acts.is_empty();
        // Said again in the same sentence it is a part, or another's.
        let sums = |reading: &[usize]| -> Vec<&Sum> {
            reading
                .iter()
                .map(|&fact| &self.narrative.facts[fact].sum)
                .collect()
        };
        let means = readings.first().map(|reading| sums(reading));
        let same = |other: &&Statement| self.line.figures[other.figure].sentence == stands.sentence;
        let again = self.found.iter().rev().take_while(same).any(|other| {
            let first = || other.readings.first().map(|reading| sums(reading)) == means;
            let of_it = stands.signs.has(Sign::OfWhich) && first();
            other.figure != figure && (other.readings == readings || of_it)
        });
        let weak = !stands.firm || again || of_which || readings.iter().flatten().any(weak);
        let at = stands.at.clone();
        self.found.push(Statement {
            figure,
            readings,
            weak,
            of: None,
            at,
        });
    }

    /// The things of one kind of which several are named.
    fn family(&self, tags: Tags) -> Option<Tags> {
        let mut families = self.narrative.adds.iter().copied();
        families.find(|family| family.both(tags).count() > 1)
    }

    fn fits(&self, figure: &Figure, fact: &Fact, tags: Tags) -> bool {
        if !fact.needs.is_in(tags) || !tags.is_in(fact.allows) {
            return false;
        }
        let money = matches!(figure.unit, Unit::Money(_));
        let units = &self.narrative.claims[fact.claim].units;
        let written = &self.text[figure.at.clone()];
        let unit = units.is_empty() || units.iter().any(|unit| written.ends_with(unit.as_str()));
        figure.way == Way::None || fact.yuan.is_some() == money && (unit || money)
    }

    /// The facts that say most of what is named.
    fn direct(&self, figure: &Figure, tags: Tags) -> Vec<Vec<usize>> {
        let by_last = &self.narrative.by_last;
        let places = tags
            .each()
            .filter_map(Tags::last)
            .chain([by_last.len() - 1]);
        let known = places.flat_map(|place| by_last[place].iter().copied());
        let fitting = known.filter(|&fact| self.fits(figure, &self.narrative.facts[fact], tags));
        let mut fitting: Vec<usize> = fitting.collect();
        // The usual meaning stands first in the form.
        fitting.sort_unstable();
        let mut best: Vec<Vec<usize>> = Vec::new();
        let mut most = 0;
        for index in fitting {
            let needs = self.narrative.facts[index].needs.count();
            if needs > most {
                best.clear();
            }
            if needs >= most {
                most = needs;
                best.push(vec![index]);
            }
        }
        best
    }

    /// Several things in one breath: their sum (予以公开和部分公开共32件).
    fn added(&self, figure: &Figure, tags: Tags) -> Option<Vec<usize>> {
        let family = self.family(tags)?;
        let common = tags.without(family);
        let parts = tags.both(family).each();
        let parts = parts.map(|one| self.direct(figure, common.with(one)).into_iter().next());
        Some(parts.collect::<Option<Vec<_>>>()?.concat())
    }

    /// A result behind several subjects may be that of all of them (复议11件、诉讼8件，尚未审结3件).
    fn of_all_subjects(&self, figure: &Figure) -> Option<Vec<usize>> {
        let subjects = self.narrative.lexicon.classes.subjects;
        let named = figure
            .named
            .iter()
            .fold(Tags::default(), |all, &tag| all.with(tag));
        let family = self.family(figure.subjects)?;
        let is_quality = !named
            .both(self.narrative.lexicon.classes.qualities)
            .is_empty();
        if !named.both(subjects).is_empty() || !is_quality {
            return None;
        }
        let all = figure
            .tags
            .without(subjects)
            .with(figure.subjects.both(family));
        self.added(figure, all)
    }

    /// A total of what its sentence stated before (新收57件，加上上年结转6件，合计63件).
    fn of_all_before(&self, at: usize) -> Option<Vec<usize>> {
        let figure = &self.line.figures[at];
        let before = self.line.figures[..at].iter().enumerate().rev();
        let before = before.take_while(|(_, other)| {
            other.sentence == figure.sentence && !other.signs.has(Sign::Sum)
        });
        let mut parts: Vec<Vec<usize>> = Vec::new();
        for (index, other) in before {
            if matches!(other.way, Way::Share(_)) {
                continue;
            }
            if other.signs.has(Sign::OfWhich)
                || other.unit != figure.unit
                || other.depth != figure.depth
            {
                return None;
            }
            let statement = self.of(index)?;
            parts.push(statement.readings.first()?.clone());
        }
        // The first of a sentence may itself begin with 共: 全年共收到57件，上年结转6件，合计63件.
        if let Some(first) = self.opening_total(at) {
            parts.push(first);
        }
        parts.reverse();
        (parts.len() > 1).then(|| parts.concat())
    }

    /// What the sentence's first figure means, if it says 共 and names by itself what it counts.
    fn opening_total(&self, at: usize) -> Option<Vec<usize>> {
        let sentence = self.line.figures[at].sentence;
        let before = self.line.figures[..at].iter().rev();
        let first = at
            - before
                .take_while(|figure| figure.sentence == sentence)
                .count();
        let figure = &self.line.figures[first];
        if first >= at || !figure.signs.has(Sign::Sum) || figure.named.is_empty() {
            return None;
        }
        let between = &self.line.figures[first + 1..at];
        if between.iter().any(|other| other.signs.has(Sign::Sum)) {
            return None;
        }
        self.of(first)?.readings.first().cloned()
    }

    /// The last statement of a figure.
    fn of(&self, figure: usize) -> Option<&Statement> {
        self.found
            .iter()
            .rfind(|statement| statement.figure == figure)
    }

    /// Numbers in the order in which the things were named (分别为23件、9件、7件).
    fn respectively(&mut self, at: usize) -> usize {
        let first = &self.line.figures[at];
        let Some(family) = self.family(first.tags).or_else(|| self.divided(first.tags)) else {
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
            let readings = self.direct(&self.line.figures[at + nth], tags);
            self.state(at + nth, readings);
        }
        order.len()
    }

    /// Whether each number behind 分别 has its own name before it (分别为信访类5件、重复申请3件).
    fn is_named_each(&self, at: usize) -> bool {
        let figure = &self.line.figures[at];
        let several = self
            .family(figure.tags)
            .or_else(|| self.divided(figure.tags));
        let next = self.line.figures.get(at + 1);
        let next = next.filter(|next| next.listed && next.half == figure.half);
        several.is_none() && next.is_some_and(|next| !next.named.is_empty())
    }

    /// Several qualities of one thing.
    fn divided(&self, tags: Tags) -> Option<Tags> {
        let qualities = self.narrative.lexicon.classes.qualities;
        (qualities.both(tags).count() > 1).then_some(qualities)
    }
}
