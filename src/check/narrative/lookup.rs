//! What the words around a number mean: the facts of the form that they fit.

use crate::form::{CellIx, Fact, Narrative};
use crate::prose::grammar::{Figure, Tags, Unit, Way};

/// Where what words mean is looked up.
pub struct Lookup<'a> {
    /// The line.
    pub text: &'a str,
    /// The form's facts.
    pub narrative: &'a Narrative,
}

/// Whether a fact may be what some tags name.
fn agrees_with(fact: &Fact, tags: Tags) -> bool {
    fact.needs.is_in(tags) && tags.is_in(fact.allows)
}

/// All of some things named.
pub fn all_of(named: &[Tags]) -> Tags {
    named
        .iter()
        .fold(Tags::default(), |all, &tag| all.with(tag))
}

impl Lookup<'_> {
    /// The things of one kind of which several are named.
    pub fn family(&self, tags: Tags) -> Option<Tags> {
        let mut families = self.narrative.adds.iter().copied();
        families.find(|family| family.both(tags).count() > 1)
    }

    /// Several qualities of one thing.
    pub fn divided(&self, tags: Tags) -> Option<Tags> {
        let qualities = self.narrative.lexicon.classes.qualities;
        (qualities.both(tags).count() > 1).then_some(qualities)
    }

    fn fits(&self, figure: &Figure, fact: &Fact, tags: Tags) -> bool {
        if !agrees_with(fact, tags) {
            return false;
        }
        if figure.way == Way::None {
            return fact.per.is_empty();
        }
        let money = matches!(figure.unit, Unit::Money(_));
        let units = &self.narrative.claims[fact.claim].units;
        let written = &self.text[figure.at.clone()];
        let unit = units.is_empty() || units.iter().any(|unit| written.ends_with(unit.as_str()));
        let is_rate = figure.unit == Unit::Percent;
        fact.yuan.is_some() == money && fact.per.is_empty() != is_rate && (unit || money || is_rate)
    }

    /// The facts that say most of what is named.
    pub fn direct(&self, figure: &Figure, tags: Tags) -> Vec<Vec<usize>> {
        self.most(tags, |fact| self.fits(figure, fact, tags))
    }

    /// Of the facts that fit those that need most of some tags.
    fn most(&self, tags: Tags, fits: impl Fn(&Fact) -> bool) -> Vec<Vec<usize>> {
        let by_last = &self.narrative.by_last;
        let places = tags
            .each()
            .filter_map(Tags::last)
            .chain([by_last.len() - 1]);
        let known = places.flat_map(|place| by_last[place].iter().copied());
        let fitting = known.filter(|&fact| fits(&self.narrative.facts[fact]));
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

    /// What some tags mean; what is told so plainly is not changed by another act beside it (非本机关制作、不掌握).
    pub fn plainest(&self, figure: &Figure, tags: Tags) -> Vec<Vec<usize>> {
        let readings = self.direct(figure, tags);
        let classes = &self.narrative.lexicon.classes;
        let plain = tags.both(classes.distinct).without(classes.subjects);
        if !readings.is_empty() || plain.is_empty() {
            return readings;
        }
        let kinds = classes.subjects.with(classes.qualities);
        let kept = kinds.with(classes.distinct).with(classes.outcomes);
        self.direct(figure, tags.both(kept))
    }

    /// What a figure means as a part of its whole, and whether that is what it means for sure.
    pub fn within(&self, figure: &Figure) -> (Vec<Vec<usize>>, bool) {
        let alone = |tags| self.plainest(figure, tags);
        let Some(whole) = &figure.whole else {
            return (alone(figure.tags), true);
        };
        let classes = &self.narrative.lexicon.classes;
        let kinds = classes.subjects.with(classes.qualities);
        let names_quality = !figure.tags.both(classes.qualities).is_empty();
        let tags = match names_quality {
            true => whole.tags.without(classes.qualities),
            false => whole.tags,
        };
        if tags.is_in(figure.tags) {
            return (alone(figure.tags), true);
        }
        let names_act = !figure.tags.without(kinds).is_empty();
        let mut both = alone(figure.tags.with(tags));
        // 法律服务机构的4件申请，3件已答复: the act is general, the quality is that of the whole.
        if both.is_empty() && names_act {
            both = alone(figure.tags.with(tags.both(kinds)));
            if !tags.without(kinds).is_empty() {
                let readings = if both.is_empty() {
                    alone(figure.tags)
                } else {
                    both
                };
                return (readings, false);
            }
        }
        if both.is_empty() {
            return (alone(figure.tags), false);
        }
        // 不予公开的情形中，第三方权益5件: the part, not its whole.
        let own = figure.tags.without(kinds);
        let needs_own = |reading: &Vec<usize>| {
            let mut facts = reading.iter().map(|&fact| &self.narrative.facts[fact]);
            facts.any(|fact| !fact.needs.both(own).is_empty())
        };
        if both.iter().any(needs_own) {
            both.retain(needs_own);
        }
        if whole.either {
            let others = alone(figure.tags).into_iter();
            let others: Vec<_> = others.filter(|other| !both.contains(other)).collect();
            both.extend(others);
        }
        (both, true)
    }

    /// What some tags mean where cases are counted; several in one breath are added up.
    pub fn counted(&self, tags: Tags) -> Vec<Vec<usize>> {
        let fits = |fact: &Fact| fact.yuan.is_none() && fact.per.is_empty();
        let mut readings = self.most(tags, |fact| fits(fact) && agrees_with(fact, tags));
        if let Some(family) = self.family(tags) {
            let common = tags.without(family);
            let parts = tags.both(family).each().map(|one| {
                let tags = common.with(one);
                let mut of = self.most(tags, |fact| fits(fact) && agrees_with(fact, tags));
                (!of.is_empty()).then(|| of.swap_remove(0))
            });
            readings.extend(
                parts
                    .collect::<Option<Vec<_>>>()
                    .map(|parts| parts.concat()),
            );
        }
        readings
    }

    /// Several things in one breath: their sum (予以公开和部分公开共32件).
    pub fn added(&self, figure: &Figure, tags: Tags) -> Option<Vec<usize>> {
        let family = self.family(tags)?;
        let common = tags.without(family);
        let parts = tags.both(family).each();
        let parts = parts.map(|one| self.direct(figure, common.with(one)).into_iter().next());
        Some(parts.collect::<Option<Vec<_>>>()?.concat())
    }

    /// A result behind several subjects may be that of all of them (复议11件、诉讼8件，尚未审结3件).
    pub fn of_all_subjects(&self, figure: &Figure) -> Option<Vec<usize>> {
        let subjects = self.narrative.lexicon.classes.subjects;
        let named = all_of(&figure.named);
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

    /// A result behind another subject may be that of one named before (诉讼9件，其中复议后起诉3件，目前3件未审结).
    pub fn of_other_subjects(&self, figure: &Figure, readings: &mut Vec<Vec<usize>>) {
        let classes = &self.narrative.lexicon.classes;
        let named = all_of(&figure.named);
        let is_quality = !named.both(classes.qualities).is_empty();
        if figure.listed || !is_quality || !named.both(classes.subjects).is_empty() {
            return;
        }
        let own = figure.tags.both(classes.subjects);
        for subject in figure.subjects.without(own).each() {
            let tags = figure.tags.without(own).with(subject);
            let others = self.direct(figure, tags).into_iter();
            let new: Vec<_> = others.filter(|other| !readings.contains(other)).collect();
            readings.extend(new);
        }
    }

    /// All that a number is of beside the only ones that are named, each cell once.
    pub fn of_others(&self, figure: &Figure) -> Option<Vec<usize>> {
        let common = figure.tags.without(figure.others);
        let first = |one: Tags| self.direct(figure, common.with(one)).into_iter().next();
        let only = all_of(&figure.named);
        let mut covered: Vec<CellIx> = Vec::new();
        let cells = |reading: &[usize]| -> Vec<CellIx> {
            let facts = reading.iter().map(|&fact| &self.narrative.facts[fact]);
            facts.flat_map(|fact| fact.sum.cells()).collect()
        };
        for one in only.each() {
            covered.extend(cells(&first(one)?));
        }
        let others = figure.others.each();
        let mut others = others.map(first).collect::<Option<Vec<_>>>()?;
        others.sort_by_key(|reading| std::cmp::Reverse(cells(reading).len()));
        let mut all = Vec::new();
        for reading in others {
            let of = cells(&reading);
            if of.iter().all(|cell| !covered.contains(cell)) {
                covered.extend(of);
                all.extend(reading);
            }
        }
        (!all.is_empty()).then_some(all)
    }
}
