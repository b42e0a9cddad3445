//! Reads a line of a text: its figures one after the other.

use super::figure::{Figure, Topic, Way};
use super::lexicon::{Classes, Lexicon, Unit};
use super::role::{Role, Sign, Signs, Tags};
use super::side::{No, Side};
use super::tokens::{Kind, Token, tokens};
use crate::prose::numeral::Numeral;
use rust_decimal::Decimal;
use std::ops::Range;

/// What a line says, and what is spoken of behind it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// Its figures, in order.
    pub figures: Vec<Figure>,
    /// What the next line speaks of.
    pub topic: Topic,
}

/// Reads a line. `topic` is what is spoken of before it, `own` the report's organ, `year` its year.
pub fn read_line(text: &str, lexicon: &Lexicon, topic: Topic, own: &str, year: i32) -> Line {
    let all = tokens(text, lexicon, year);
    // A heading of its own begins a topic of its own.
    let is_heading = text.trim_start().starts_with(['（', '(']);
    let topic = if is_heading { Topic::Nothing } else { topic };
    let mut reader = Reader {
        text,
        classes: lexicon.classes,
        own,
        tokens: &all,
        line: Line {
            figures: Vec::new(),
            topic,
        },
        start: 0,
        pending: Side::default(),
        brackets: Vec::new(),
        carried: None,
        behind_figure: false,
        took_behind: false,
        listed: false,
        opens: false,
        sentence: Sentence::default(),
        half: 0,
        count: 0,
    };
    for at in 0..all.len() {
        reader.token(at);
    }
    reader.chunk_ends(all.len());
    reader.line
}

/// What holds for the rest of a sentence.
#[derive(Default)]
struct Sentence {
    other_time: bool,
    this_time: bool,
    other_topic: bool,
    organ: bool,
    concerned: bool,
    subjects: Tags,
}

/// What the words on both sides of a number name. Those behind it count where those before it lack something.
struct Words {
    acts: Tags,
    qualities: Tags,
    subject: Tags,
    /// Whether what happens is said behind the number.
    takes_act: bool,
    /// Whether the words behind it belong to it.
    uses_right: bool,
}

impl Words {
    fn of(left: &Side, right: &Side, classes: &Classes) -> Self {
        let kinds = classes.subjects.with(classes.qualities);
        let either = |left: Tags, right: Tags| if left.is_empty() { right } else { left };
        let both = |class: Tags| either(left.tags.both(class), right.tags.both(class));
        let acts = left.tags.without(kinds);
        let words = Self {
            takes_act: acts.is_empty(),
            acts: either(acts, right.tags.without(kinds)),
            qualities: both(classes.qualities),
            subject: both(classes.subjects),
            uses_right: false,
        };
        let lacks_subject = left.tags.both(classes.subjects).is_empty();
        let uses_right = words.all() != left.tags || lacks_subject;
        Self {
            uses_right,
            ..words
        }
    }

    fn all(&self) -> Tags {
        self.acts.with(self.qualities).with(self.subject)
    }
}

struct Reader<'a> {
    text: &'a str,
    classes: Classes,
    own: &'a str,
    tokens: &'a [Token],
    line: Line,
    /// Where the chunk begins that is being read: behind a mark, or behind a figure.
    start: usize,
    /// What the chunk said before a bracket.
    pending: Side,
    /// What the chunks outside said before each open bracket.
    brackets: Vec<(Side, bool)>,
    /// What the last chunk without a number named.
    carried: Option<Side>,
    /// Whether the chunk began behind a figure.
    behind_figure: bool,
    /// Whether the last figure has taken what stands behind it.
    took_behind: bool,
    /// Whether only a 、stands between it and the last figure.
    listed: bool,
    /// Whether a bracket has just been opened behind a figure.
    opens: bool,
    sentence: Sentence,
    half: usize,
    count: usize,
}

/// Words with which something begins to be said of what was named.
const PREDICATES: [&str; 5] = ["进行", "已", "全部", "均已", "都已"];

/// Whether a token is a number that counts.
fn counts(token: &Token) -> bool {
    matches!(
        token.kind,
        Kind::Number(
            _,
            Unit::Count | Unit::Thing | Unit::Money(_) | Unit::Percent,
            _
        )
    )
}

fn is_mark(token: &Token) -> bool {
    matches!(
        token.kind,
        Kind::Stop | Kind::Half | Kind::Comma | Kind::Pause | Kind::Open | Kind::Close
    )
}

impl Reader<'_> {
    fn token(&mut self, at: usize) {
        match self.tokens[at].kind {
            Kind::Stop => {
                self.chunk_ends(at);
                self.sentence = Sentence::default();
                self.brackets.clear();
                self.carried = None;
                self.count += 1;
                self.half += 1;
            }
            Kind::Half => {
                self.chunk_ends(at);
                self.carried = None;
                self.half += 1;
                // Another thing, another's number: each part of a sentence says so itself.
                (self.sentence.organ, self.sentence.other_topic) = (false, false);
            }
            Kind::Comma => self.chunk_ends(at),
            // What stood between belongs to the number before it (4件信访类、3件重复申请).
            Kind::Pause if self.start == at || self.took_behind => {
                self.start = at + 1;
                self.listed = self.behind_figure;
                self.behind_figure = false;
                self.took_behind = false;
            }
            Kind::Open => {
                self.opens = self.behind_figure && self.start == at;
                let side = self.side(at);
                self.brackets.push((side, self.sentence.other_time));
                self.start = at + 1;
                self.behind_figure = false;
                self.listed = false;
            }
            Kind::Close => {
                self.chunk_ends(at);
                if let Some((mut before, other_time)) = self.brackets.pop() {
                    self.sentence.other_time = other_time;
                    // What a bracket says to be included belongs to the number behind it.
                    let inner = self.line.figures.last();
                    let included = inner.is_some_and(|f| f.signs.has(Sign::Including));
                    if included && before.any {
                        before.signs.add(Sign::Including);
                    }
                    self.pending = before;
                }
            }
            Kind::Number(numeral, unit, _) => {
                let ends = self.tokens.get(at + 1).is_none_or(is_mark);
                let bare_zero = unit == Unit::Other && numeral.written.is_zero() && ends;
                if counts(&self.tokens[at]) || bare_zero {
                    let unit = if bare_zero { Unit::Count } else { unit };
                    self.figure(at, numeral, unit);
                }
            }
            Kind::Word(_) | Kind::Unknown | Kind::Pause => {}
        }
    }

    /// What the chunk says up to a token; nothing of it is left behind.
    fn side(&mut self, end: usize) -> Side {
        let tokens = &self.tokens[self.start.min(end)..end];
        let side = Side::of(tokens, self.text, &self.classes, self.own);
        std::mem::take(&mut self.pending).and(side)
    }

    fn chunk_ends(&mut self, end: usize) {
        let side = self.side(end);
        self.start = end + 1;
        let behind_figure = std::mem::replace(&mut self.behind_figure, false);
        (self.listed, self.opens, self.took_behind) = (false, false, false);
        if !side.any {
            return;
        }
        self.time(&side);
        let outside = self.brackets.is_empty() && !behind_figure;
        self.sentence.organ |= outside && side.says(Sign::Organ) && side.named.is_empty();
        if !behind_figure {
            self.none(&side);
        }
        self.spoken_of(&side, side.tags);
        self.carried = (!behind_figure && !side.named.is_empty()).then_some(side);
    }

    /// What a chunk says of time and place for the rest of its sentence.
    fn time(&mut self, side: &Side) {
        if side.says(Sign::Differs) {
            return;
        }
        let carries = !side.tags.both(self.classes.carried).is_empty();
        let elsewhere = !carries && side.signs.has_any(&[Sign::Last, Sign::Next]);
        if elsewhere || side.says(Sign::Other) {
            self.sentence.other_time = true;
        } else if side.says(Sign::This) {
            self.sentence.other_time = false;
            self.sentence.this_time = true;
        }
    }

    /// Takes note of what is spoken of.
    fn spoken_of(&mut self, side: &Side, tags: Tags) {
        let at_home = !tags.both(self.classes.home).is_empty();
        self.sentence.concerned |= at_home || side.says(Sign::Concern);
        let subjects = tags.both(self.classes.subjects);
        self.sentence.subjects = self.sentence.subjects.with(subjects);
        if !subjects.is_empty() {
            let lasting = subjects.both(self.classes.lasting);
            self.line.topic = match lasting.is_empty() {
                true => Topic::Other,
                false => Topic::Subject(lasting),
            };
        } else if side.says(Sign::Aside) {
            self.sentence.other_topic = true;
            self.line.topic = Topic::Other;
        }
    }

    /// What stands behind a figure, if it ends before another one.
    fn right(&self, at: usize) -> Side {
        let rest = &self.tokens[at + 1..];
        let end = rest
            .iter()
            .position(|token| is_mark(token) || counts(token));
        let end = end.unwrap_or(rest.len());
        // 98件申请均未达到收费标准, 385件申请已办结371件: what is said of them does not say what they are.
        let named = |token: &Token| matches!(token.kind, Kind::Word(Role::Tag(_) | Role::Bare(_)));
        let tells = |token: &Token| match token.kind {
            Kind::Word(Role::Says(Sign::Each | Sign::No)) => true,
            Kind::Word(Role::Plain) => PREDICATES.contains(&&self.text[token.at.clone()]),
            _ => false,
        };
        let first = rest[..end].iter().position(named).unwrap_or(end);
        let said = rest[first..end].iter().position(tells);
        let end = match (said, rest.get(end).is_some_and(counts)) {
            (Some(said), _) => first + said,
            (None, false) => end,
            // 385件申请已办结371件: the first thing named belongs to this number, what is said of it to the next.
            (None, true) => {
                let goes_on = first == 0 && rest[..end].iter().skip(1).any(named);
                usize::from(goes_on)
            }
        };
        Side::of(&rest[..end], self.text, &self.classes, self.own)
    }

    /// What a bracket right behind a figure says to be included in it.
    fn included(&self, at: usize) -> Tags {
        let rest = &self.tokens[at + 1..];
        if rest.first().is_none_or(|token| token.kind != Kind::Open) {
            return Tags::default();
        }
        let inner = &rest[1..];
        let end = inner
            .iter()
            .position(|token| token.kind == Kind::Close || counts(token));
        let side = Side::of(
            &inner[..end.unwrap_or(0)],
            self.text,
            &self.classes,
            self.own,
        );
        let carried = side.tags.both(self.classes.carried);
        match side.says(Sign::Including) && !carried.is_empty() {
            true => Tags::INCLUDING.with(carried),
            false => Tags::default(),
        }
    }

    fn figure(&mut self, at: usize, numeral: Numeral, unit: Unit) {
        let mut left = self.side(at);
        let refers = left
            .signs
            .has_any(&[Sign::Sum, Sign::Each, Sign::Respectively]);
        if left.named.is_empty()
            && refers
            && let Some(carried) = self.carried.take()
        {
            left = carried.and(left);
        }
        self.time(&left);
        let right = self.right(at);
        self.took_behind = left.named.is_empty() && !right.named.is_empty();
        let made = if unit == Unit::Percent {
            self.share(at, numeral, &left)
        } else {
            Some(self.number(at, numeral, unit, &left, &right))
        };
        self.carried = None;
        self.line.figures.extend(made);
        self.start = at + 1;
        self.behind_figure = true;
        (self.listed, self.opens) = (false, false);
    }

    /// A share of the number before it, if it is one.
    fn share(&self, at: usize, numeral: Numeral, left: &Side) -> Option<Figure> {
        let of = self
            .line
            .figures
            .iter()
            .rposition(|f| f.way == Way::Number)?;
        let whole = &self.line.figures[of];
        let same = whole.sentence == self.count && whole.meant;
        let other = left
            .tags
            .both(self.classes.subjects)
            .without(self.classes.home);
        // 新收2,128件，自然人占86.56%: the share of a part whose number is not said.
        let part = left.tags.both(self.classes.qualities).without(whole.tags);
        let other = other.with(part);
        let told = left.says(Sign::Share)
            && !left.signs.has_any(&[
                Sign::Differs,
                Sign::Unknown,
                Sign::Respectively,
                Sign::Rough,
                Sign::Aside,
                Sign::Part,
                Sign::Last,
            ]);
        (same && told && other.is_empty() && !numeral.rough).then(|| Figure {
            way: Way::Share(of),
            unit: Unit::Percent,
            tags: left.tags,
            firm: whole.firm,
            ..self.blank(self.tokens[at].at.clone(), numeral, left)
        })
    }

    /// A figure of which only its place is known.
    fn blank(&self, at: Range<usize>, numeral: Numeral, left: &Side) -> Figure {
        Figure {
            unit_at: at.end,
            at,
            numeral,
            unit: Unit::Count,
            way: Way::Number,
            tags: Tags::default(),
            listed_acts: Tags::default(),
            named: Vec::new(),
            places: Vec::new(),
            subjects: self.sentence.subjects,
            signs: left.signs,
            concerned: self.sentence.concerned
                || left.says(Sign::Concern)
                || self.line.topic == Topic::Subject(self.classes.home),
            behind: Signs::default(),
            firm: false,
            meant: true,
            sentence: self.count,
            half: self.half,
            depth: self.brackets.len(),
            listed: self.listed,
            opens: self.opens,
        }
    }

    fn number(
        &mut self,
        at: usize,
        numeral: Numeral,
        unit: Unit,
        left: &Side,
        right: &Side,
    ) -> Figure {
        let words = Words::of(left, right, &self.classes);
        let topic = self.line.topic;
        let aside = left.says(Sign::Aside) || words.uses_right && right.says(Sign::Aside);
        let mut tags = words
            .all()
            .with(self.included(at))
            .with(self.years(&words, left, right));
        let mut meant = unit != Unit::Thing && !aside && self.is_meant(&numeral, left, right);
        if words.subject.is_empty() {
            match topic {
                Topic::Subject(subject) => tags = tags.with(subject),
                Topic::Other => meant = false,
                Topic::Nothing => {
                    if !words.acts.both(self.classes.telling).is_empty() && !aside {
                        self.line.topic = Topic::Subject(self.classes.home);
                    }
                }
            }
        }
        let organ = left.says(Sign::Organ);
        self.sentence.organ |= organ && self.brackets.is_empty() && !words.takes_act;
        let firm = !organ && !self.sentence.organ && self.is_clear(&words, &numeral, left, right);
        // 主动公开5件、依申请公开3件: still the same other thing.
        let still_other =
            self.sentence.other_topic && words.acts.is_empty() && topic == Topic::Other;
        if !still_other {
            self.spoken_of(left, left.tags.with(words.subject));
        }
        let named = left
            .named
            .iter()
            .chain(right.named.iter().filter(|_| words.takes_act));
        let (place, length) = match self.tokens[at].kind {
            Kind::Number(_, _, length) => (self.tokens[at].at.clone(), length),
            _ => (self.tokens[at].at.clone(), 0),
        };
        Figure {
            unit,
            unit_at: place.end - length,
            tags,
            listed_acts: self.listed_acts(&words),
            named: named.map(|&(tag, _)| tag).collect(),
            behind: if words.uses_right {
                right.signs
            } else {
                Signs::default()
            },
            firm,
            meant,
            ..self.blank(place, numeral, left)
        }
    }

    /// What is said of the years before and after, where something is carried over.
    fn years(&self, words: &Words, left: &Side, right: &Side) -> Tags {
        let mut tags = Tags::default();
        let says = |sign| left.says(sign) || words.takes_act && right.says(sign);
        if !words.acts.both(self.classes.carried).is_empty() {
            for (sign, tag) in [(Sign::Last, Tags::LAST), (Sign::Next, Tags::NEXT)] {
                if says(sign) {
                    tags = tags.with(tag);
                }
            }
        }
        if left.says(Sign::Including) && self.brackets.is_empty() {
            tags = tags.with(Tags::INCLUDING);
        }
        tags
    }

    /// Whether a number speaks of the report's year and of the whole, and is one at all.
    fn is_meant(&self, numeral: &Numeral, left: &Side, right: &Side) -> bool {
        // 一件 may be no number (每一件).
        let one = numeral.chinese && numeral.written == Decimal::ONE;
        let no_number = one && (left.named.is_empty() || left.mixed);
        let is_all = left.says(Sign::Ways) && !left.says(Sign::OfWhich);
        let part = left.says(Sign::Part) && !is_all;
        let other = part || left.signs.has_any(&[Sign::Differs, Sign::Hope]);
        !(no_number
            || other
            || right.says(Sign::Part)
            || self.sentence.other_time
            || left.no.is_some())
    }

    /// Whether every word around a number is understood.
    fn is_clear(&self, words: &Words, numeral: &Numeral, left: &Side, right: &Side) -> bool {
        let kinds = self.classes.subjects.with(self.classes.qualities);
        let first_is_act = left
            .named
            .first()
            .is_some_and(|(tag, _)| tag.both(kinds).is_empty());
        let of_part = !words.acts.both(self.classes.outcomes).is_empty()
            || !words.acts.is_empty() && words.acts.is_in(self.classes.vague);
        let of_part = of_part && left.says(Sign::Unknown);
        let blurred = left.mixed
            || of_part
            || left.clings && !first_is_act
            || words.uses_right && right.says(Sign::Unknown);
        let since = left.says(Sign::Since) && !self.sentence.this_time;
        !blurred && !numeral.rough && !since && !left.says(Sign::Rough)
    }

    /// What happens to the things of one list, by the one before (废止规章1件、规范性文件27件).
    fn listed_acts(&self, words: &Words) -> Tags {
        let kinds = self.classes.subjects.with(self.classes.qualities);
        let goes_on = self.listed && words.acts.is_empty() && !words.subject.is_empty();
        let before = self.line.figures.last().filter(|_| goes_on);
        before.map_or(Tags::default(), |before| {
            before.tags.without(kinds).with(before.listed_acts)
        })
    }

    /// What a chunk says not to be.
    fn none(&mut self, side: &Side) {
        if let Some((tags, at)) = &side.none {
            let clear = !side.signs.has_any(&[
                Sign::Aside,
                Sign::Part,
                Sign::Differs,
                Sign::Hope,
                Sign::Organ,
            ]);
            // Of those that were carried over all may well be done.
            let last = self
                .line
                .figures
                .last()
                .filter(|figure| figure.sentence == self.count);
            let of_last = last.is_some_and(|figure| !figure.tags.both(Tags::LAST).is_empty());
            // 在全部办结申请中 speaks of those that are.
            let goes_on = side.named.iter().any(|(_, named)| named.start >= at.end);
            if clear && !of_last && !goes_on && side.no.is_none() {
                self.nothing(tags.with(side.tags), vec![*tags], at.clone(), side);
            }
        }
        let Some(no) = &side.no else { return };
        let unclear = [
            Sign::Aside,
            Sign::Part,
            Sign::Differs,
            Sign::Hope,
            Sign::Organ,
            Sign::Since,
            Sign::OfWhich,
            Sign::Rest,
            Sign::Rough,
        ];
        if no.blurred || side.mixed || side.signs.has_any(&unclear) {
            return;
        }
        let (before, behind) = side.named.split_at(no.behind);
        let said = match (no.is_last, behind.is_empty()) {
            (true, _) => before,
            (false, false) => behind,
            (false, true) => return,
        };
        let mut tags = said
            .iter()
            .fold(Tags::default(), |all, (tag, _)| all.with(*tag));
        if tags.is_empty() {
            return;
        }
        let subjects = self.classes.subjects;
        if tags.both(subjects).is_empty() {
            tags = tags.with(side.tags.both(subjects));
        }
        if !tags.both(self.classes.carried).is_empty() {
            for (sign, tag) in [(Sign::Last, Tags::LAST), (Sign::Next, Tags::NEXT)] {
                if side.says(sign) {
                    tags = tags.with(tag);
                }
            }
        }
        let at = words_of(no, said);
        let families = self.line.figures.len();
        self.nothing(tags, said.iter().map(|&(tag, _)| tag).collect(), at, side);
        if let Some(figure) = self.line.figures.get_mut(families) {
            figure.places = said.to_vec();
        }
    }

    fn nothing(&mut self, mut tags: Tags, named: Vec<Tags>, at: Range<usize>, side: &Side) {
        let mut meant = !self.sentence.other_time;
        if tags.both(self.classes.subjects).is_empty() {
            match self.line.topic {
                Topic::Subject(subject) => tags = tags.with(subject),
                Topic::Other => meant = false,
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
