//! The part of a form's file that says how the texts' numbers are read, as it is written.

use crate::form::narrative::WritingDemand;
use crate::form::rules::Level;
use serde::Deserialize;
use std::borrow::Cow;

/// The vocabulary of the texts. A word may have a gap: `不…掌握` is found in 不由本机关掌握.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NarrativeFile<'a> {
    #[serde(borrow)]
    pub texts: Vec<&'a str>,
    #[serde(borrow)]
    pub units: Vec<&'a str>,
    /// Units of money, each in so many 元.
    #[serde(borrow, default)]
    pub money: Vec<(&'a str, u32)>,
    #[serde(borrow)]
    pub subjects: Vec<SubjectFile<'a>>,
    #[serde(borrow, default)]
    pub acts: Vec<(&'a str, Vec<Cow<'a, str>>)>,
    #[serde(borrow, default)]
    pub qualities: Vec<QualityFile<'a>>,
    /// Words that say by themselves that there is none.
    #[serde(borrow, default)]
    pub none: Vec<(&'a str, Vec<Cow<'a, str>>)>,
    /// What the form is about.
    #[serde(borrow, default)]
    pub concern: Vec<&'a str>,
    #[serde(borrow, default)]
    pub asides: Vec<&'a str>,
    #[serde(borrow, default)]
    pub parts: Vec<&'a str>,
    /// The organ's own level: a part of what a government sums up, all of what another organ reports.
    #[serde(borrow, default)]
    pub own_level: Vec<&'a str>,
    /// Parts that are organs: what is not said to be another's later in the sentence is theirs too.
    #[serde(borrow, default)]
    pub bodies: Vec<&'a str>,
    /// The whole that several of them together are.
    #[serde(borrow, default)]
    pub everywhere: Vec<&'a str>,
    #[serde(borrow, default)]
    pub plain: Vec<&'a str>,
    /// Steps on the way to a result: with a number of their own something else, without one of no account.
    #[serde(borrow, default)]
    pub steps: Vec<&'a str>,
    /// Acts so plain that unknown words beside them only describe them.
    #[serde(borrow, default)]
    pub distinct: Vec<&'a str>,
    /// Acts that go on about what their sentence has named before, whatever it is.
    #[serde(borrow, default)]
    pub continues: Vec<&'a str>,
    /// What may also name all that a list has left.
    #[serde(borrow, default)]
    pub rest: Vec<&'a str>,
    /// Acts, each with what is so where they are not done.
    #[serde(borrow, default)]
    pub opposites: Vec<(&'a str, &'a str)>,
    /// Units, each with the act that it names by itself.
    #[serde(borrow, default)]
    pub telling_units: Vec<(&'a str, &'a str)>,
    #[serde(borrow, default)]
    pub adds: Vec<Vec<&'a str>>,
    /// Acts that mean little behind unknown words.
    #[serde(borrow, default)]
    pub vague: Vec<&'a str>,
    #[serde(borrow)]
    pub rules: Vec<ClaimFile<'a>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubjectFile<'a> {
    #[serde(borrow)]
    pub tag: &'a str,
    /// Whether later sentences speak of it until they name another.
    #[serde(default)]
    pub lasts: bool,
    #[serde(borrow)]
    pub words: Vec<&'a str>,
    /// Words that mean it only where no unknown characters stand right before them.
    #[serde(borrow, default)]
    pub bare: Vec<&'a str>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QualityFile<'a> {
    /// What stands between < and > in sums.
    #[serde(borrow)]
    pub name: &'a str,
    /// What comes in its place if none of the values is named.
    #[serde(borrow)]
    pub otherwise: &'a str,
    /// Each value's tag, what comes in the place, and its words.
    #[serde(borrow)]
    pub values: Vec<(&'a str, &'a str, Vec<Cow<'a, str>>)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClaimFile<'a> {
    #[serde(borrow)]
    pub id: &'a str,
    pub level: Level,
    pub wording: String,
    pub source: String,
    /// The subjects, which must be named or still be spoken of.
    #[serde(borrow)]
    pub of: Vec<&'a str>,
    /// Whether what the facts name says enough without a subject.
    #[serde(default)]
    pub alone: bool,
    /// What may be named besides, in all of its facts.
    #[serde(borrow, default)]
    pub allows: Vec<&'a str>,
    #[serde(borrow, default)]
    pub shares: Vec<&'a str>,
    #[serde(default)]
    pub units: Vec<String>,
    #[serde(borrow)]
    pub facts: Vec<FactFile<'a>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FactFile<'a> {
    pub says: String,
    /// What is named: tags, `<上年>`, `<下年>`, `<含>`, `<增>`, `<减>`.
    #[serde(borrow, default)]
    pub means: Vec<&'a str>,
    #[serde(borrow, default)]
    pub allows: Vec<&'a str>,
    /// The cells; `<name>` stands for the value of a quality.
    #[serde(borrow)]
    pub is: &'a str,
    /// Only where a quality is named.
    #[serde(default)]
    pub split: bool,
    #[serde(default)]
    pub weak: bool,
    /// Not weak beside one of these in the same part of a sentence.
    #[serde(borrow, default)]
    pub beside: Vec<&'a str>,
    /// Weak unless the sentence names what the form is about.
    #[serde(default)]
    pub vague: bool,
    #[serde(default)]
    pub yuan: Option<u32>,
    /// Of a rate: what the cells are divided by, one of these.
    #[serde(borrow, default)]
    pub per: Vec<&'a str>,
    /// Of a rate: a full hundred may be said of something else.
    #[serde(default)]
    pub not_all: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WritingFile<'a> {
    #[serde(borrow)]
    pub id: &'a str,
    pub level: Level,
    #[serde(borrow)]
    pub texts: Vec<&'a str>,
    pub is: WritingDemand,
    pub wording: String,
    pub source: String,
}
