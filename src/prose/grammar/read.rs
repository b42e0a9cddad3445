//! Reads a line of a text: its figures one after the other.

use super::figure::Topic;
use super::lexicon::{Lexicon, Unit};
use super::reader::{Line, Reader, counts, is_mark};
use super::role::Sign;
use super::side::Side;
use super::tokens::{Kind, tokens};

/// Reads a line. `topic` is what is spoken of before it, `own` the report's organ, `year` its year.
pub fn read_line(text: &str, lexicon: &Lexicon, topic: Topic, own: &str, year: i32) -> Line {
    let all = tokens(text, lexicon, year);
    // A heading of its own begins a topic of its own.
    let is_heading = text.trim_start().starts_with(['（', '(']);
    let topic = if is_heading { Topic::Nothing } else { topic };
    let mut reader = Reader::new(text, &all, lexicon, topic, own);
    for at in 0..all.len() {
        reader.token(at);
    }
    reader.chunk_ends(all.len());
    reader.line
}

impl Reader<'_> {
    fn token(&mut self, at: usize) {
        match self.tokens[at].kind {
            Kind::Stop => self.sentence_ends(at),
            Kind::Half => {
                self.chunk_ends(at);
                self.carried = None;
                self.half += 1;
                // Another thing, another's number: each part of a sentence says so itself.
                (self.sentence.organ, self.sentence.other_topic) = (false, false);
                self.sentence.parts = 0;
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
            Kind::Close => self.bracket_ends(at),
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

    fn sentence_ends(&mut self, at: usize) {
        self.chunk_ends(at);
        let sentence = std::mem::take(&mut self.sentence);
        self.elsewhere = (sentence.other_time, sentence.organ);
        if !sentence.subjects.is_empty() {
            self.before = sentence.subjects;
        }
        self.brackets.clear();
        self.carried = None;
        self.last = Side::default();
        self.count += 1;
        self.half += 1;
    }

    fn bracket_ends(&mut self, at: usize) {
        // 答复书（予以公开）15份: a bracket without a number of its own names what is before it.
        let has_figure = self
            .last_figure()
            .is_some_and(|last| self.line.figures[last].depth == self.brackets.len());
        let tokens = &self.tokens[self.start.min(at)..at];
        let inner = Side::of(tokens, self.context());
        self.chunk_ends(at);
        let Some((mut before, other_time)) = self.brackets.pop() else {
            return;
        };
        let outcomes = self.lexicon.classes.outcomes;
        let named = inner.tags.both(outcomes);
        if !has_figure && !named.is_empty() && before.any && before.tags.both(outcomes).is_empty() {
            before = before.and(inner);
        }
        self.sentence.other_time = other_time;
        // What a bracket says to be included belongs to the number behind it.
        let inner = self.line.figures.last();
        let included = inner.is_some_and(|f| f.signs.has(Sign::Including));
        if included && before.any {
            before.signs.add(Sign::Including);
        }
        self.pending = before;
    }

    fn chunk_ends(&mut self, end: usize) {
        let side = self.side(end);
        self.start = end + 1;
        let behind_figure = std::mem::replace(&mut self.behind_figure, false);
        (self.listed, self.opens, self.took_behind) = (false, false, false);
        if !side.any {
            return;
        }
        self.goes_on(&side);
        self.time(&side);
        let outside = self.brackets.is_empty() && !behind_figure;
        self.sentence.organ |=
            outside && (side.of_organ || side.of_body() && !side.says(Sign::From));
        // 46件，按申请主体分：自然人20件: the parts of the number before.
        if side.says(Sign::Divides) && side.named.is_empty() {
            self.divides();
        }
        if !behind_figure {
            self.none(&side);
            self.of_waiting(&side);
            self.whole_of_stretch(&side);
        }
        self.spoken_of(&side, side.tags, false);
        self.carried = (!behind_figure && !side.named.is_empty()).then_some(side);
    }

    /// What is said of a figure that was only named (2件申请…，结转下年度).
    fn of_waiting(&mut self, side: &Side) {
        let classes = &self.lexicon.classes;
        let told = classes
            .carried
            .with(classes.telling)
            .with(classes.qualities);
        let acts = side.tags.both(told).without(classes.subjects);
        let Some(at) = self.sentence.waiting.filter(|_| !acts.is_empty()) else {
            return;
        };
        self.sentence.waiting = None;
        let carries = !acts.both(classes.carried).is_empty();
        let tags = if carries {
            acts.with(side.years())
        } else {
            acts
        };
        let clear = !side.signs.has_any(&[
            Sign::Unknown,
            Sign::Organ,
            Sign::Part,
            Sign::Aside,
            Sign::Hope,
        ]);
        let figure = &mut self.line.figures[at];
        figure.tags = figure.tags.with(tags);
        figure.named.push(tags);
        figure.firm &= clear && side.no.is_none();
    }
}
