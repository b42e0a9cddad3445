//! Where a reader of a line stands: what was said so far, and what of it still holds.

use super::figure::{Figure, Topic, Way, Whole};
use super::lexicon::{Lexicon, Unit};
use super::role::{Role, Sign, Signs, Tags};
use super::side::{Context, Side};
use super::tokens::{Kind, Token};
use crate::prose::numeral::Numeral;
use std::ops::Range;

/// What a line says, and what is spoken of behind it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// Its figures, in order.
    pub figures: Vec<Figure>,
    /// What the next line speaks of.
    pub topic: Topic,
}

/// What holds for the rest of a sentence.
#[derive(Default)]
pub struct Sentence {
    /// It speaks of another time.
    pub other_time: bool,
    /// It has named the report's year.
    pub this_time: bool,
    /// It speaks of another thing.
    pub other_topic: bool,
    /// It speaks of another organ.
    pub organ: bool,
    /// It has counted something that nobody knows.
    pub counted_unknown: bool,
    /// It has said that it speaks of what the vocabulary is about.
    pub concerned: bool,
    /// It has counted some of those who do something.
    pub of_some: bool,
    /// How many parts of a whole it has counted.
    pub parts: usize,
    /// The subjects that it has named.
    pub subjects: Tags,
    /// The last of them.
    pub subject: Tags,
    /// What the numbers that follow are parts of.
    pub whole: Option<Whole>,
    /// Only those that are listed with the last one are.
    pub whole_of_list: bool,
    /// Its figure that waits for what is said of it (2件申请…，结转下年).
    pub waiting: Option<usize>,
}

/// A reader of a line.
pub struct Reader<'a> {
    pub text: &'a str,
    pub lexicon: &'a Lexicon,
    pub own: &'a str,
    pub tokens: &'a [Token],
    pub line: Line,
    /// Where the chunk begins that is being read: behind a mark, or behind a figure.
    pub start: usize,
    /// What the chunk said before a bracket.
    pub pending: Side,
    /// What the chunks outside said before each open bracket.
    pub brackets: Vec<(Side, bool)>,
    /// What the last chunk without a number named.
    pub carried: Option<Side>,
    /// What was named of the last figure.
    pub last: Side,
    /// Whether the chunk began behind a figure.
    pub behind_figure: bool,
    /// Whether the last figure has taken what stands behind it.
    pub took_behind: bool,
    /// Whether only a 、stands between it and the last figure.
    pub listed: bool,
    /// Whether a bracket has just been opened behind a figure.
    pub opens: bool,
    /// What holds for the sentence.
    pub sentence: Sentence,
    /// The subjects of the sentence before.
    pub before: Tags,
    /// Whether the sentence before spoke of another time, and of another organ.
    pub elsewhere: (bool, bool),
    pub half: usize,
    pub count: usize,
}

/// Whether a token is a number that counts.
pub fn counts(token: &Token) -> bool {
    matches!(
        token.kind,
        Kind::Number(
            _,
            Unit::Count | Unit::Thing | Unit::Money(_) | Unit::Percent,
            _
        )
    )
}

/// Whether a token parts what is said.
pub fn is_mark(token: &Token) -> bool {
    matches!(
        token.kind,
        Kind::Stop | Kind::Half | Kind::Comma | Kind::Pause | Kind::Open | Kind::Close
    )
}

/// Whether a token says that.
pub fn says(token: &Token, sign: Sign) -> bool {
    token.kind == Kind::Word(Role::Says(sign))
}

impl<'a> Reader<'a> {
    /// At the beginning of a line.
    pub fn new(
        text: &'a str,
        tokens: &'a [Token],
        lexicon: &'a Lexicon,
        topic: Topic,
        own: &'a str,
    ) -> Self {
        Self {
            text,
            lexicon,
            own,
            tokens,
            line: Line {
                figures: Vec::new(),
                topic,
            },
            start: 0,
            pending: Side::default(),
            brackets: Vec::new(),
            carried: None,
            last: Side::default(),
            behind_figure: false,
            took_behind: false,
            listed: false,
            opens: false,
            sentence: Sentence::default(),
            before: Tags::default(),
            elsewhere: (false, false),
            half: 0,
            count: 0,
        }
    }

    /// What sides are read with.
    pub fn context(&self) -> Context<'a> {
        Context {
            text: self.text,
            classes: &self.lexicon.classes,
            own: self.own,
        }
    }

    /// What the chunk says up to a token; nothing of it is left behind.
    pub fn side(&mut self, end: usize) -> Side {
        let tokens = &self.tokens[self.start.min(end)..end];
        let side = Side::of(tokens, self.context());
        std::mem::take(&mut self.pending).and(side)
    }

    /// The last figure, if it is of the same sentence.
    pub fn last_figure(&self) -> Option<usize> {
        let last = self.line.figures.last()?;
        (last.sentence == self.count).then(|| self.line.figures.len() - 1)
    }

    /// 其中 at the beginning of a sentence goes on about the one before: its time, its organ.
    pub fn goes_on(&mut self, side: &Side) {
        if side.says(Sign::OfWhich) && self.last_figure().is_none() {
            let (time, organ) = std::mem::take(&mut self.elsewhere);
            self.sentence.other_time |= time;
            self.sentence.organ |= organ;
        }
    }

    /// What a chunk says of time for the rest of its sentence.
    pub fn time(&mut self, side: &Side) {
        if side.differs() || side.says(Sign::From) && side.from {
            return;
        }
        let carries = !side.tags.both(self.lexicon.classes.carried).is_empty();
        let elsewhere = !carries && side.signs.has_any(&[Sign::Last, Sign::Next]);
        if elsewhere || side.says(Sign::Other) {
            self.sentence.other_time = true;
        } else if side.says(Sign::This) {
            self.sentence.other_time = false;
            self.sentence.this_time = true;
        }
    }

    /// Takes note of what is spoken of, with a number or without.
    pub fn spoken_of(&mut self, side: &Side, tags: Tags, with_number: bool) {
        let classes = &self.lexicon.classes;
        let at_home = !tags.both(classes.home).is_empty();
        self.sentence.concerned |= at_home || side.says(Sign::Concern);
        let subjects = tags.both(classes.subjects);
        self.sentence.subjects = self.sentence.subjects.with(subjects);
        if !subjects.is_empty() {
            self.sentence.subject = subjects;
            let lasting = subjects.both(classes.lasting);
            self.line.topic = match lasting.is_empty() {
                true => Topic::Other,
                false => Topic::Subject(lasting),
            };
        } else if side.says(Sign::Aside) {
            self.sentence.other_topic = true;
            self.line.topic = match with_number {
                true => Topic::Other,
                false => Topic::Mentioned,
            };
        } else if with_number && side.says(Sign::Step) {
            // 召开会议12次: nothing that could be answered is spoken of from then on.
            self.sentence.other_topic = true;
        }
    }

    /// A figure of which only its place is known.
    pub fn blank(&self, at: Range<usize>, numeral: Numeral, left: &Side) -> Figure {
        Figure {
            unit_at: at.end,
            at,
            numeral,
            unit: Unit::Count,
            way: Way::Number,
            tags: Tags::default(),
            listed_acts: Tags::default(),
            whole: None,
            others: Tags::default(),
            per: Tags::default(),
            named: Vec::new(),
            places: Vec::new(),
            subjects: match self.sentence.subjects.is_empty() {
                true => self.before,
                false => self.sentence.subjects,
            },
            signs: left.signs,
            concerned: self.sentence.concerned
                || left.says(Sign::Concern)
                || self.line.topic == Topic::Subject(self.lexicon.classes.home),
            behind: Signs::default(),
            stands_free: false,
            firm: false,
            meant: true,
            sentence: self.count,
            half: self.half,
            depth: self.brackets.len(),
            listed: self.listed,
            opens: self.opens,
        }
    }
}
