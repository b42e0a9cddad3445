//! What stands on one side of a number, summed up.

use super::lexicon::Classes;
use super::names::{is_government, is_organ, is_organ_name, is_short_for};
use super::role::{Role, Sign, Signs, Tags};
use super::tokens::{Kind, Token};
use std::ops::Range;

/// What a stretch of tokens says.
#[derive(Clone, Debug, Default)]
pub struct Side {
    /// The things named.
    pub tags: Tags,
    /// The same in their order, with where they stand.
    pub named: Vec<(Tags, Range<usize>)>,
    /// What else is said.
    pub signs: Signs,
    /// Unknown characters stand right before the first thing named, with nothing known between.
    pub clings: bool,
    /// Unknown characters stand behind the first thing named.
    pub mixed: bool,
    /// Where it says that there is none.
    pub no: Option<No>,
    /// A word that says by itself that there is none.
    pub none: Option<(Tags, Range<usize>)>,
    /// How many of the things named stand before the last word that says that they are the whole (中).
    pub among: Option<usize>,
    /// What is spoken of is only named in short (申请).
    pub in_short: bool,
    /// How many of the things named stand before the word that says that it is a share (占).
    pub share: Option<usize>,
    /// What is said before that word.
    pub before_share: Signs,
    /// A word behind which the only ones are named (均为), and how many things were named before it.
    pub only: Option<(usize, Range<usize>)>,
    /// How many organs that are parts it names.
    pub bodies: usize,
    /// The report's organ sums up what others report.
    pub of_government: bool,
    /// It begins with an organ other than one's own.
    pub of_organ: bool,
    /// It ends with a thing, not with what is said of it (自然人的申请, 复议案件中).
    pub is_thing: bool,
    /// It ends with the word behind which a number is the one before a change (由).
    pub from: bool,
    /// Whether anything stands there at all.
    pub any: bool,
}

/// A word that says that there is none (未, 无).
#[derive(Clone, Debug, PartialEq)]
pub struct No {
    /// Where it stands.
    pub at: Range<usize>,
    /// Whether it ends what is said.
    pub is_last: bool,
    /// How many of the things named stand before it.
    pub behind: usize,
    /// Unknown characters stand behind it, before the next thing named.
    pub blurred: bool,
}

/// What a side is read with.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The whole line.
    pub text: &'a str,
    /// What the words' tags are.
    pub classes: &'a Classes,
    /// The report's organ: a part of its name names no other.
    pub own: &'a str,
}

/// All of some things named.
pub fn tags_of(named: &[(Tags, Range<usize>)]) -> Tags {
    let named = named.iter();
    named.fold(Tags::default(), |all, (tag, _)| all.with(*tag))
}

/// Whether a token is of characters that are not known.
pub fn is_unknown(token: &Token) -> bool {
    matches!(token.kind, Kind::Unknown | Kind::Word(Role::Odd))
}

/// Whether unknown characters stand right behind a token.
fn is_glued(token: &Token, next: &Token) -> bool {
    next.kind == Kind::Unknown && next.at.start == token.at.end
}

/// Whether a word is one of two characters, which may be a part of many others.
fn is_short(at: &Range<usize>) -> bool {
    at.len() <= 2 * '人'.len_utf8()
}

/// How a stretch is read, token by token.
struct Reading<'a> {
    side: Side,
    context: Context<'a>,
    /// Within a reason, up to the next thing named.
    reason: bool,
    /// Behind a word that joins something else that was done, up to the next thing named.
    also: bool,
    /// Unknown characters stand there.
    also_unknown: bool,
    /// Outcomes of what led to what is said.
    dropped: Tags,
    /// Unknown characters stood before the subject.
    unknown_subject: bool,
    /// How many things were named before a reason began.
    because: Option<usize>,
    /// Where the last characters end that are not known.
    unknown_end: usize,
    /// Behind a word that tells who had a hand in it.
    by: bool,
    /// Behind a word that tells where it came from.
    led: bool,
}

impl Side {
    /// Sums up some tokens.
    pub fn of(tokens: &[Token], context: Context<'_>) -> Self {
        let mut reading = Reading {
            side: Self::default(),
            context,
            reason: false,
            also: false,
            also_unknown: false,
            dropped: Tags::default(),
            unknown_subject: false,
            because: None,
            unknown_end: usize::MAX,
            by: false,
            led: false,
        };
        for (nth, token) in tokens.iter().enumerate() {
            reading.side.any = true;
            let before = nth.checked_sub(1).map(|nth| &tokens[nth]);
            if is_unknown(token) {
                reading.unknown(token);
            } else if let Kind::Word(role) = token.kind {
                reading.word(role, token, before, tokens.get(nth + 1));
            }
        }
        let mut side = reading.side;
        // 不予公开后引发复议: a part of those, unless it is said again.
        side.mixed |= !reading.dropped.is_in(side.tags);
        side.is_thing = tokens.last().is_some_and(|last| match last.kind {
            Kind::Word(Role::Tag(tag) | Role::Bare(tag)) => {
                let classes = context.classes;
                let things = classes.subjects.with(classes.qualities);
                Tags::of(tag).is_in(things.with(classes.distinct))
            }
            Kind::Word(Role::Says(sign)) => matches!(sign, Sign::Of | Sign::Among),
            _ => false,
        });
        side.of_government = side.bodies > 0 && is_government(context.own);
        let last = tokens.last().map(|last| last.kind);
        side.from = last == Some(Kind::Word(Role::Says(Sign::From)));
        side
    }

    /// Whether it says that.
    pub fn says(&self, sign: Sign) -> bool {
        self.signs.has(sign)
    }

    /// Whether it speaks of a part of the organs; several of them may be all (全县各乡镇、县直各部门共).
    pub fn of_body(&self) -> bool {
        let all = self.says(Sign::Everywhere) && self.says(Sign::Sum) && self.of_government;
        self.bodies > 0 && !(all && self.bodies > 1)
    }

    /// Whether it speaks of a difference.
    pub fn differs(&self) -> bool {
        self.signs.has_any(&[Sign::Differs, Sign::More, Sign::Less])
    }

    /// The years before and after, as far as it names them.
    pub fn years(&self) -> Tags {
        let signs = [(Sign::Last, Tags::LAST), (Sign::Next, Tags::NEXT)];
        let named = signs.into_iter().filter(|(sign, _)| self.says(*sign));
        named.fold(Tags::default(), |all, (_, tag)| all.with(tag))
    }

    /// Names a thing behind what is said.
    pub fn name(&mut self, tag: Tags, at: Range<usize>, clings: bool) {
        if self.named.is_empty() {
            self.clings = clings;
        }
        self.tags = self.tags.with(tag);
        self.named.push((tag, at));
    }

    /// What both say, this one first.
    pub fn and(mut self, behind: Self) -> Self {
        if !self.any {
            return behind;
        }
        if self.named.is_empty() {
            (self.clings, self.mixed) = (behind.clings, behind.mixed);
        } else {
            self.mixed |= behind.mixed || behind.clings || behind.says(Sign::Unknown);
        }
        let before = self.named.len();
        match &mut self.no {
            Some(no) => no.is_last &= !behind.any,
            None => {
                self.no = behind.no.map(|no| No {
                    behind: no.behind + before,
                    ..no
                });
            }
        }
        if self.share.is_none() && behind.share.is_some() {
            self.share = behind.share.map(|share| share + before);
            self.before_share = self.signs.with(behind.before_share);
        }
        self.only = self
            .only
            .or(behind.only.map(|(nth, at)| (nth + before, at)));
        self.bodies += behind.bodies;
        self.of_government |= behind.of_government;
        self.tags = self.tags.with(behind.tags);
        self.named.extend(behind.named);
        self.none = self.none.or(behind.none);
        self.signs = self.signs.with(behind.signs);
        (self.is_thing, self.from) = (behind.is_thing, behind.from);
        self.any |= behind.any;
        self
    }
}

impl Reading<'_> {
    fn word(&mut self, role: Role, token: &Token, before: Option<&Token>, next: Option<&Token>) {
        if let Some(no) = &mut self.side.no {
            no.is_last = false;
        }
        let clings = self.unknown_end == token.at.start;
        match role {
            // 个人身份证号 is nobody.
            Role::Tag(tag)
                if Tags::of(tag).is_in(self.context.classes.qualities)
                    && is_short(&token.at)
                    && next.is_some_and(|next| is_glued(token, next)) =>
            {
                self.unknown(token);
            }
            Role::Tag(tag) => self.name(Tags::of(tag), token, clings && !self.reason),
            // 滥用申请权 is no application.
            Role::Bare(_) if clings && next.is_some_and(|next| is_glued(token, next)) => {}
            Role::Bare(_) if clings && !self.reason => self.side.signs.add(Sign::Aside),
            Role::Bare(tag) => {
                let subjects = self.context.classes.subjects;
                if self.side.tags.both(subjects).is_empty() {
                    self.side.in_short = true;
                    self.name(Tags::of(tag), token, false);
                }
            }
            Role::None(tag) => self.side.none = Some((Tags::of(tag), token.at.clone())),
            Role::Says(sign) => self.sign(sign, token, before, next),
            Role::Plain | Role::Odd => {}
        }
    }

    fn name(&mut self, tag: Tags, token: &Token, clings: bool) {
        let classes = self.context.classes;
        let kinds = classes.subjects.with(classes.qualities);
        let told = kinds.with(classes.outcomes).with(classes.carried);
        // 因受理时间晚结转2件: what was done in a reason is not what is counted.
        if self.reason && !tag.is_in(told.with(classes.distinct)) {
            self.side.signs.add(Sign::Reason);
            return;
        }
        if std::mem::take(&mut self.also_unknown) {
            self.side.signs.add(Sign::Unknown);
            self.side.mixed = true;
        }
        (self.reason, self.also, self.by, self.led) = (false, false, false, false);
        let is_subject = tag.is_in(self.context.classes.subjects);
        self.unknown_subject |= is_subject && self.side.says(Sign::Unknown);
        self.side.name(tag, token.at.clone(), clings);
    }

    fn sign(&mut self, sign: Sign, token: &Token, before: Option<&Token>, next: Option<&Token>) {
        let leads_to = next.is_some_and(|next| self.leads_to(next));
        let side = &mut self.side;
        match sign {
            Sign::No => {
                side.no.get_or_insert(No {
                    at: token.at.clone(),
                    is_last: true,
                    behind: side.named.len(),
                    blurred: false,
                });
            }
            Sign::Ever => {
                if before.is_none_or(|t| t.kind != Kind::Word(Role::Says(Sign::This))) {
                    side.signs.add(Sign::Other);
                }
            }
            Sign::Then => self.then(),
            // 除3件结转外 says what they are, 自然人以外的申请 does not.
            Sign::Except if next.is_some() && !side.named.is_empty() => {
                side.signs.add(Sign::Unknown);
                side.mixed = true;
            }
            Sign::Etc => {
                let of = next.map(|next| next.kind);
                if let Some(Kind::Word(Role::Tag(tag))) = of
                    && Tags::of(tag).is_in(self.context.classes.distinct)
                {
                    for sign in [
                        Sign::Unknown,
                        Sign::Aside,
                        Sign::Step,
                        Sign::Organ,
                        Sign::Part,
                    ] {
                        side.signs.remove(sign);
                    }
                    (side.clings, side.mixed) = (false, false);
                }
            }
            // 因需征求第三方意见: what was the reason is not what is counted.
            Sign::Step | Sign::Aside | Sign::Part | Sign::Body | Sign::Other if self.reason => {
                side.signs.add(Sign::Reason);
            }
            Sign::OwnLevel if !is_government(self.context.own) => side.signs.add(Sign::Own),
            // 精简为30项: what it came to.
            Sign::More | Sign::Less if leads_to => {
                side.signs.add(Sign::Became);
            }
            _ => {
                let is_body = matches!(sign, Sign::Body | Sign::OwnLevel);
                if is_body && self.by {
                    return;
                }
                side.bodies += usize::from(is_body);
                if sign == Sign::Among {
                    side.among = Some(side.named.len());
                }
                if sign == Sign::Only {
                    side.only = Some((side.named.len(), token.at.clone()));
                    side.signs.add(Sign::Each);
                }
                if sign == Sign::Because {
                    self.reason = true;
                    self.because.get_or_insert(side.named.len());
                }
                self.also |= sign == Sign::Also;
                self.by |= sign == Sign::By;
                self.led |= sign == Sign::From;
                if sign == Sign::Share && side.share.is_none() {
                    side.share = Some(side.named.len());
                    side.before_share = side.signs;
                }
                side.signs.add(sign);
                if sign == Sign::Total {
                    side.signs.add(Sign::Sum);
                }
            }
        }
    }

    /// Whether a word says what something came to.
    fn leads_to(&self, token: &Token) -> bool {
        matches!(&self.context.text[token.at.clone()], "为" | "至" | "到")
    }

    /// What came before is how it came about (经审核后, 因内容不明确而).
    fn then(&mut self) {
        let distinct = self.context.classes.distinct;
        let side = &mut self.side;
        let classes = self.context.classes;
        let kept = distinct.with(classes.subjects).with(classes.qualities);
        let because = self.because.take();
        // What was done before is not what is counted; an outcome before is the whole of it.
        let divided = classes.outcomes.without(distinct);
        let mut nth = 0;
        let mut dropped = Tags::default();
        side.named.retain(|(tag, _)| {
            nth += 1;
            let in_reason = because.is_some_and(|because| nth > because);
            if !in_reason && tag.is_in(divided) {
                dropped = dropped.with(*tag);
            }
            tag.is_in(if in_reason { distinct } else { kept })
        });
        side.tags = tags_of(&side.named);
        self.dropped = self.dropped.with(dropped);
        let subjects = classes.subjects;
        // What the reasons were does not matter, whose they were does.
        if side.tags.is_in(distinct.with(subjects)) && !self.unknown_subject {
            for sign in [Sign::Unknown, Sign::Organ, Sign::Step] {
                side.signs.remove(sign);
            }
            (side.clings, side.mixed, side.no) = (false, false, None);
        }
        (self.reason, self.also, self.by, self.led) = (false, false, false, false);
        self.also_unknown = false;
    }

    fn unknown(&mut self, token: &Token) {
        let run = &self.context.text[token.at.clone()];
        if is_short_for(self.context.own, run) {
            self.side.signs.add(Sign::Own);
            return;
        }
        self.unknown_end = token.at.end;
        let side = &mut self.side;
        if self.reason {
            side.signs.add(Sign::Reason);
            return;
        }
        if self.also && !side.named.is_empty() {
            self.also_unknown = true;
            return;
        }
        if side.named.is_empty() && is_organ(run) && !self.by {
            side.signs.add(Sign::Organ);
            side.of_organ |= !self.led && !side.says(Sign::Unknown) && is_organ_name(run);
        }
        side.signs.add(Sign::Unknown);
        side.mixed |= !side.named.is_empty();
        if let Some(no) = &mut side.no {
            no.blurred |= side.named.len() == no.behind;
        }
    }
}
