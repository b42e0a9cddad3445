//! How the texts' numbers are read, from the file: words become a lexicon, combinations of them facts.

use super::loader::{Loaded, Loader};
use super::narrative_file::{ClaimFile, FactFile, NarrativeFile, QualityFile, WritingFile};
use crate::form::expr::Choice;
use crate::form::narrative::{Claim, Covering, Fact, Narrative, Writing, WritingDemand};
use crate::prose::Finder;
use crate::prose::grammar::{Classes, Lexicon, Role, Sign, Tags};
use std::collections::BTreeMap;

/// The tags of a vocabulary by their names.
type Known<'a> = BTreeMap<&'a str, u8>;

/// What a fact's words need of qualities, and what comes in their places.
type Variant<'a> = (Tags, Vec<(&'a str, &'a str, Option<&'a str>)>);

impl<'a> Loader<'a> {
    /// How the numbers of the texts are held against the tables.
    pub fn narrative(&mut self, file: Option<NarrativeFile<'a>>) -> Loaded<()> {
        let Some(file) = file else { return Ok(()) };
        let known = self.tags(&file)?;
        let lexicon = self.lexicon(&file, &known)?;
        let texts = file
            .texts
            .iter()
            .map(|text| self.find_text(text))
            .collect::<Loaded<_>>()?;
        let adds = file
            .adds
            .iter()
            .map(|tags| self.named(tags, &known))
            .collect::<Loaded<_>>()?;
        let mut narrative = Narrative {
            texts,
            lexicon,
            facts: Vec::new(),
            by_last: Vec::new(),
            claims: Vec::new(),
            adds,
        };
        for claim in file.rules {
            self.claim(claim, &known, &file.qualities, &mut narrative)?;
        }
        narrative.by_last = vec![Vec::new(); 129];
        for (index, fact) in narrative.facts.iter().enumerate() {
            narrative.by_last[fact.needs.last().unwrap_or(128)].push(index);
        }
        self.form.narrative = Some(narrative);
        Ok(())
    }

    /// The words of a vocabulary with what they do.
    fn lexicon(&self, file: &NarrativeFile<'a>, known: &Known<'a>) -> Loaded<Lexicon> {
        let mut lexicon = Lexicon::new(
            words(file, known),
            file.units.iter().copied(),
            file.money.iter().copied(),
            classes(file, known),
        );
        lexicon.kinds = file
            .qualities
            .iter()
            .map(|quality| {
                let values = quality.values.iter();
                values.fold(Tags::default(), |all, (tag, ..)| {
                    all.with(Tags::of(known[tag]))
                })
            })
            .collect();
        for (act, other) in &file.opposites {
            let pair = (self.named(&[act], known)?, self.named(&[other], known)?);
            lexicon.opposites.push(pair);
        }
        for (unit, act) in &file.telling_units {
            let act = self.named(&[act], known)?;
            lexicon.telling_units.push(((*unit).to_owned(), act));
        }
        Ok(lexicon)
    }

    /// Numbers the tags.
    fn tags(&self, file: &NarrativeFile<'a>) -> Loaded<Known<'a>> {
        let subjects = file.subjects.iter().map(|subject| subject.tag);
        let acts = file.acts.iter().chain(&file.none).map(|(tag, _)| *tag);
        let values = file.qualities.iter().flat_map(|quality| &quality.values);
        let mut known = Known::new();
        for (number, tag) in subjects
            .chain(acts)
            .chain(values.map(|(tag, ..)| *tag))
            .enumerate()
        {
            let number = u8::try_from(number).unwrap_or(u8::MAX);
            if usize::from(number) >= Tags::MOST {
                return self.fail(tag, format!("词语最多 {} 种", Tags::MOST));
            }
            if known.insert(tag, number).is_some() {
                return self.fail(tag, format!("“{tag}”写了两次"));
            }
        }
        Ok(known)
    }

    /// The set of some tags by their names.
    fn named(&self, tags: &[&'a str], known: &Known<'_>) -> Loaded<Tags> {
        let mut all = Tags::default();
        for tag in tags {
            let tag = match *tag {
                "<上年>" => Tags::LAST,
                "<下年>" => Tags::NEXT,
                "<含>" => Tags::INCLUDING,
                "<增>" => Tags::MORE,
                "<减>" => Tags::LESS,
                name => match known.get(name) {
                    Some(&number) => Tags::of(number),
                    None => return self.fail(name, format!("没有词语“{name}”")),
                },
            };
            all = all.with(tag);
        }
        Ok(all)
    }

    fn claim(
        &mut self,
        file: ClaimFile<'a>,
        known: &Known<'a>,
        qualities: &[QualityFile<'a>],
        narrative: &mut Narrative,
    ) -> Loaded<()> {
        let rule = self.rule(file.id, file.level, file.wording, file.source);
        let of = self.named(&file.of, known)?;
        let allowed = self.named(&file.allows, known)?.with(of);
        let needed = if file.alone { Tags::default() } else { of };
        let shares = file.shares.iter().map(|sum| self.sum(sum, &Choice::new()));
        let shares = shares.collect::<Loaded<_>>()?;
        let claim = narrative.claims.len();
        narrative.claims.push(Claim {
            rule,
            shares,
            units: file.units,
        });
        for fact in file.facts {
            let needs = self.named(&fact.means, known)?.with(needed);
            let allows = self.named(&fact.allows, known)?.with(allowed);
            self.fact(
                &fact,
                claim,
                (needs, allows),
                known,
                variants(fact.is, qualities, known),
                narrative,
            )?;
        }
        Ok(())
    }

    fn fact(
        &self,
        file: &FactFile<'a>,
        claim: usize,
        (needs, allows): (Tags, Tags),
        known: &Known<'a>,
        variants: Vec<Variant<'a>>,
        narrative: &mut Narrative,
    ) -> Loaded<()> {
        for (tags, places) in variants {
            if file.split && tags.is_empty() {
                continue;
            }
            let mut is = file.is.to_owned();
            let mut says = file.says.clone();
            for (name, value, tag) in places {
                is = is.replace(&format!("<{name}>"), value);
                if let Some(tag) = tag {
                    says.push_str(&format!("（{tag}）"));
                }
            }
            // A complaint points into the file, not at what was put together from it.
            let sum = self.sum(&is, &Choice::new());
            let sum = sum.or_else(|error| self.fail(file.is, error.what))?;
            let per = file.per.iter().map(|sum| self.sum(sum, &Choice::new()));
            let per = per.collect::<Loaded<_>>()?;
            narrative.facts.push(Fact {
                claim,
                needs: needs.with(tags),
                allows: allows.with(needs).with(tags),
                sum,
                says,
                weak: file.weak,
                beside: self.named(&file.beside, known)?,
                vague: file.vague,
                yuan: file.yuan,
                per,
                not_all: file.not_all,
            });
        }
        Ok(())
    }

    /// What is demanded of how the texts are written.
    pub fn writing(&mut self, files: Vec<WritingFile<'a>>) -> Loaded<()> {
        for file in files {
            let rule = self.rule(file.id, file.level, file.wording, file.source);
            let texts = file.texts.iter().map(|text| self.find_text(text));
            let texts = texts.collect::<Loaded<_>>()?;
            let covering = covering(&file.is);
            self.form.writing.push(Writing {
                rule,
                texts,
                is: file.is,
                covering,
            });
        }
        Ok(())
    }
}

/// What kinds of things the tags of a vocabulary name.
fn classes<'a>(file: &NarrativeFile<'a>, known: &Known<'a>) -> Classes {
    let all = |tags: &mut dyn Iterator<Item = &'a str>| {
        tags.fold(Tags::default(), |all, tag| all.with(Tags::of(known[tag])))
    };
    let subjects = file.subjects.iter();
    let values = file.qualities.iter().flat_map(|quality| &quality.values);
    let acts = |tag: &&str| file.acts.iter().any(|(act, _)| act == tag);
    let several = file
        .adds
        .iter()
        .filter(|family| family.len() > 1)
        .flatten()
        .copied();
    let mut outcomes = several.filter(acts).filter(|tag| known.contains_key(tag));
    let alone = || file.rules.iter().filter(|rule| rule.alone);
    let facts = || alone().flat_map(|rule| &rule.facts);
    let means = facts().flat_map(|fact| fact.means.iter().copied());
    let qualities = file.qualities.iter().filter(|quality| {
        let place = format!("<{}>", quality.name);
        facts().any(|fact| fact.split && fact.is.contains(&place))
    });
    let values_told = qualities.flat_map(|quality| quality.values.iter().map(|(tag, ..)| *tag));
    let telling = means.chain(values_told);
    let mut telling = telling.filter(|tag| known.contains_key(tag));
    let mut home = alone()
        .flat_map(|rule| rule.of.iter().copied())
        .filter(|tag| known.contains_key(tag));
    let across = file.rules.iter().flat_map(|rule| &rule.facts);
    let across = across.filter(|fact| {
        fact.means
            .iter()
            .any(|tag| matches!(*tag, "<上年>" | "<下年>" | "<增>" | "<减>"))
    });
    let carried = across.flat_map(|fact| fact.means.iter().copied());
    let listed = |tags: &[&'a str]| {
        let known_tags = tags.iter().copied();
        all(&mut known_tags.filter(|tag| known.contains_key(tag)))
    };
    Classes {
        subjects: all(&mut subjects.clone().map(|subject| subject.tag)),
        lasting: all(&mut subjects
            .filter(|subject| subject.lasts)
            .map(|subject| subject.tag)),
        qualities: all(&mut values.map(|(tag, ..)| *tag)),
        carried: all(&mut carried.filter(|tag| known.contains_key(tag))),
        outcomes: all(&mut outcomes),
        vague: listed(&file.vague),
        telling: all(&mut telling),
        home: all(&mut home),
        distinct: listed(&file.distinct),
        rest: listed(&file.rest),
        continues: listed(&file.continues),
    }
}

/// The words that cover topics.
fn covering(demand: &WritingDemand) -> Covering {
    let WritingDemand::Topics { of, .. } = demand else {
        return Covering::default();
    };
    let words = of.iter().enumerate();
    let words =
        words.flat_map(|(topic, (_, words))| words.iter().map(move |word| (topic, word.as_str())));
    let (topics, words): (Vec<usize>, Vec<&str>) = words.unzip();
    Covering {
        words: Finder::new(words),
        topics,
    }
}

/// Every way to fill the places of a sum.
fn variants<'a>(is: &str, qualities: &[QualityFile<'a>], known: &Known<'_>) -> Vec<Variant<'a>> {
    let mut all: Vec<Variant<'a>> = vec![(Tags::default(), Vec::new())];
    for quality in qualities
        .iter()
        .filter(|quality| is.contains(&format!("<{}>", quality.name)))
    {
        let mut values = vec![(Tags::default(), quality.otherwise, None)];
        values.extend(
            quality
                .values
                .iter()
                .map(|(tag, value, _)| (Tags::of(known[tag]), *value, Some(*tag))),
        );
        let with = |(tags, places): &Variant<'a>| {
            let (tags, places) = (*tags, places.clone());
            let fill = values.iter().map(move |&(tag, value, named)| {
                let mut places = places.clone();
                places.push((quality.name, value, named));
                (tags.with(tag), places)
            });
            fill.collect::<Vec<_>>()
        };
        all = all.iter().flat_map(with).collect();
    }
    all
}

/// The words with what they do; what is named before what is only set aside.
fn words<'f>(file: &'f NarrativeFile<'_>, known: &Known<'_>) -> Vec<(&'f str, Role)> {
    let mut words: Vec<(&str, Role)> = Vec::new();
    for subject in &file.subjects {
        let tag = known[subject.tag];
        words.extend(subject.words.iter().map(|&word| (word, Role::Tag(tag))));
        words.extend(subject.bare.iter().map(|&word| (word, Role::Bare(tag))));
    }
    for (tag, all) in &file.acts {
        words.extend(
            all.iter()
                .map(|word| (word.as_ref(), Role::Tag(known[tag]))),
        );
    }
    for (tag, _, all) in file.qualities.iter().flat_map(|quality| &quality.values) {
        words.extend(
            all.iter()
                .map(|word| (word.as_ref(), Role::Tag(known[tag]))),
        );
    }
    for (tag, all) in &file.none {
        words.extend(
            all.iter()
                .map(|word| (word.as_ref(), Role::None(known[tag]))),
        );
    }
    let rest = [
        (&file.concern, Role::Says(Sign::Concern)),
        (&file.asides, Role::Says(Sign::Aside)),
        (&file.steps, Role::Says(Sign::Step)),
        (&file.parts, Role::Says(Sign::Part)),
        (&file.own_level, Role::Says(Sign::OwnLevel)),
        (&file.bodies, Role::Says(Sign::Body)),
        (&file.everywhere, Role::Says(Sign::Everywhere)),
        (&file.plain, Role::Plain),
    ];
    for (all, role) in rest {
        words.extend(all.iter().map(|&word| (word, role)));
    }
    words
}
