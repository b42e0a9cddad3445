//! What stands on one side of a number, summed up.

use super::lexicon::Classes;
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

/// How the words that stand last before a number end when they name an organ (水务局).
const ORGANS: &str = "局委办厅镇乡区县市处科所站队院司街村部会";

/// What names an organ wherever it stands.
const NAMES: &[&str] = &[
    "政府", "局", "委", "厅", "街道", "镇", "机关", "公司", "中心",
];

fn is_unknown(token: &Token) -> bool {
    matches!(token.kind, Kind::Unknown | Kind::Word(Role::Odd))
}

/// Whether some characters are a part of a name, or short for it (市水务局 of 青川市滨河区水务局).
fn is_short_for(name: &str, run: &str) -> bool {
    let mut rest = name.chars();
    let is_part = run.chars().nth(1).is_some() && run.chars().all(|c| rest.any(|other| other == c));
    // 乡 of 石桥乡人民政府, but not the 市 before a 区.
    is_part || name.trim_end_matches("人民政府").ends_with(run)
}

impl Side {
    /// Sums up some tokens. `own` is the report's organ: a part of its name names no other.
    pub fn of(tokens: &[Token], text: &str, classes: &Classes, own: &str) -> Self {
        let mut side = Self::default();
        let mut before = None;
        for token in tokens {
            side.any = true;
            if is_unknown(token) {
                side.unknown(&text[token.at.clone()], own);
            } else if let Kind::Word(role) = token.kind {
                side.word(role, token, before, classes);
            }
            before = Some(token);
        }
        side
    }

    /// Whether it says that.
    pub fn says(&self, sign: Sign) -> bool {
        self.signs.has(sign)
    }

    fn word(&mut self, role: Role, token: &Token, before: Option<&Token>, classes: &Classes) {
        if let Some(no) = &mut self.no {
            no.is_last = false;
        }
        let clings =
            before.is_some_and(|other| is_unknown(other) && other.at.end == token.at.start);
        match role {
            Role::Tag(tag) => self.name(Tags::of(tag), token.at.clone(), clings),
            Role::Bare(_) if clings => self.signs.add(Sign::Aside),
            Role::Bare(tag) => {
                if self.tags.both(classes.subjects).is_empty() {
                    self.name(Tags::of(tag), token.at.clone(), false);
                }
            }
            Role::None(tag) => self.none = Some((Tags::of(tag), token.at.clone())),
            Role::Says(Sign::No) => {
                self.no.get_or_insert(No {
                    at: token.at.clone(),
                    is_last: true,
                    behind: self.named.len(),
                    blurred: false,
                });
            }
            Role::Says(Sign::Ever) => {
                if before.is_none_or(|t| t.kind != Kind::Word(Role::Says(Sign::This))) {
                    self.signs.add(Sign::Other);
                }
            }
            Role::Says(sign) => self.signs.add(sign),
            Role::Plain | Role::Odd => {}
        }
    }

    fn name(&mut self, tag: Tags, at: Range<usize>, clings: bool) {
        if self.named.is_empty() {
            self.clings = clings;
        }
        self.tags = self.tags.with(tag);
        self.named.push((tag, at));
    }

    fn unknown(&mut self, run: &str, own: &str) {
        // A part of the organ's own name is no other's.
        if is_short_for(own, run) {
            return;
        }
        self.signs.add(Sign::Unknown);
        self.mixed |= !self.named.is_empty();
        if let Some(no) = &mut self.no {
            no.blurred |= self.named.len() == no.behind;
        }
        let organ =
            run.ends_with(|c| ORGANS.contains(c)) || NAMES.iter().any(|name| run.contains(name));
        if self.named.is_empty() && organ {
            self.signs.add(Sign::Organ);
        }
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
        match &mut self.no {
            Some(no) => no.is_last &= !behind.any,
            None => {
                let before = self.named.len();
                self.no = behind.no.map(|no| No {
                    behind: no.behind + before,
                    ..no
                });
            }
        }
        self.tags = self.tags.with(behind.tags);
        self.named.extend(behind.named);
        self.none = self.none.or(behind.none);
        self.signs = self.signs.with(behind.signs);
        self.any |= behind.any;
        self
    }
}
