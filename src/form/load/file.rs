//! A form's file as it is written. Ids are borrowed from the file, so that a complaint can name their line.

use super::narrative_file::{NarrativeFile, WritingFile};
use super::passages_file::PassageFile;
use crate::form::parts::{HeadWords, Years};
use crate::form::rules::{Comparison, Demand, Level, Organs};
use crate::form::years::Jump;
use crate::value::Kind;
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormFile<'a> {
    pub format: u32,
    #[serde(borrow)]
    pub id: &'a str,
    pub name: String,
    pub doc_no: String,
    pub doc_title: String,
    pub years: Years,
    pub title: String,
    #[serde(borrow)]
    pub preamble: Option<TextFile<'a>>,
    #[serde(borrow)]
    pub sections: Vec<SectionFile<'a>>,
    #[serde(borrow)]
    pub lists: BTreeMap<&'a str, Vec<&'a str>>,
    #[serde(borrow)]
    pub tables: Vec<TableFile<'a>>,
    #[serde(default)]
    pub head_words: HeadWords,
    #[serde(borrow, default)]
    pub additions: Vec<AdditionFile<'a>>,
    #[serde(borrow)]
    pub relations: Vec<RelationFile<'a>>,
    #[serde(borrow, default)]
    pub cell_rules: Vec<CellRuleFile<'a>>,
    #[serde(borrow, default)]
    pub requirements: Vec<RequirementFile<'a>>,
    #[serde(borrow, default)]
    pub narrative: Option<NarrativeFile<'a>>,
    #[serde(borrow, default)]
    pub writing: Vec<WritingFile<'a>>,
    #[serde(borrow, default)]
    pub passages: Vec<PassageFile<'a>>,
    #[serde(borrow, default)]
    pub across: Vec<AcrossFile<'a>>,
    #[serde(borrow, default)]
    pub swings: Vec<SwingFile<'a>>,
    #[serde(borrow, default)]
    pub formerly: Vec<FormerFile<'a>>,
    #[serde(borrow, default)]
    pub stale_years: Vec<StaleYearFile<'a>>,
    #[serde(borrow, default)]
    pub alike: Vec<AlikeFile<'a>>,
    #[serde(borrow, default)]
    pub periods: Vec<PeriodFile<'a>>,
    #[serde(borrow, default)]
    pub trends: Vec<TrendFile<'a>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectionFile<'a> {
    #[serde(borrow)]
    pub id: &'a str,
    pub heading: String,
    pub tab: String,
    #[serde(borrow)]
    pub body: BodyFile<'a>,
}

#[derive(Deserialize)]
pub enum BodyFile<'a> {
    #[serde(borrow)]
    Text(TextFile<'a>),
    #[serde(borrow)]
    Table(&'a str),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextFile<'a> {
    #[serde(borrow, default)]
    pub name: Cow<'a, str>,
    pub hint: String,
    #[serde(default)]
    pub advice: Vec<String>,
    #[serde(default)]
    pub carries: Vec<String>,
    /// Fewer letters and digits than this are no text.
    #[serde(default = "one")]
    pub least: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableFile<'a> {
    #[serde(borrow)]
    pub id: &'a str,
    pub name: String,
    pub widths: Vec<u32>,
    #[serde(default)]
    pub head_rows: usize,
    #[serde(default)]
    pub label_cols: usize,
    pub kind: Kind,
    #[serde(default)]
    pub unit: Option<String>,
    #[serde(borrow, default)]
    pub columns: Vec<ValueFile<'a>>,
    #[serde(default)]
    pub notes: Vec<String>,
    #[serde(borrow)]
    pub rows: Vec<RowFile<'a>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RowFile<'a> {
    #[serde(borrow, default)]
    pub id: Option<&'a str>,
    #[serde(borrow)]
    pub cells: Vec<CellFile<'a>>,
    /// The relation that computes every cell of the row but those that the columns say otherwise.
    #[serde(borrow, default)]
    pub computed: Option<&'a str>,
}

#[derive(Deserialize)]
pub enum CellFile<'a> {
    /// The full-width head of a block of rows.
    #[serde(borrow)]
    Block(SpanFile<'a>),
    #[serde(borrow)]
    Head(SpanFile<'a>),
    #[serde(borrow)]
    Label(SpanFile<'a>),
    /// A remark printed inside the table.
    #[serde(borrow)]
    Note(SpanFile<'a>),
    #[serde(borrow)]
    Value(ValueFile<'a>),
    /// One value for each of the table's columns.
    Columns,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpanFile<'a> {
    #[serde(borrow)]
    pub text: Cow<'a, str>,
    #[serde(default = "one")]
    pub cols: usize,
    #[serde(default = "one")]
    pub rows: usize,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValueFile<'a> {
    #[serde(borrow)]
    pub id: &'a str,
    #[serde(default)]
    pub kind: Option<Kind>,
    #[serde(default)]
    pub unit: Option<String>,
    #[serde(borrow, default)]
    pub computed: Option<&'a str>,
    #[serde(default = "one")]
    pub cols: usize,
}

fn one() -> usize {
    1
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdditionFile<'a> {
    #[serde(borrow)]
    pub id: &'a str,
    pub name: String,
    pub source: String,
    #[serde(borrow)]
    pub table: &'a str,
    #[serde(borrow)]
    pub rows: Vec<RowFile<'a>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelationFile<'a> {
    #[serde(borrow)]
    pub id: &'a str,
    pub level: Level,
    #[serde(borrow)]
    pub left: &'a str,
    pub is: Comparison,
    #[serde(borrow)]
    pub right: &'a str,
    pub says: (String, String),
    /// What is said where it does not hold, in place of both sides.
    #[serde(default)]
    pub broken: Option<String>,
    pub wording: String,
    pub source: String,
    #[serde(default)]
    pub organs: Organs,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CellRuleFile<'a> {
    #[serde(borrow)]
    pub id: &'a str,
    pub level: Level,
    #[serde(borrow)]
    pub tables: Vec<&'a str>,
    pub is: Demand,
    pub wording: String,
    pub source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequirementFile<'a> {
    #[serde(borrow)]
    pub id: &'a str,
    pub level: Level,
    #[serde(borrow)]
    pub text: &'a str,
    pub any_of: Vec<String>,
    #[serde(borrow, default)]
    pub when: Option<&'a str>,
    pub wording: String,
    pub source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AcrossFile<'a> {
    #[serde(borrow)]
    pub id: &'a str,
    pub level: Level,
    #[serde(borrow)]
    pub left: &'a str,
    pub is: Comparison,
    /// Cells of last year's form have `last:` before their id.
    #[serde(borrow)]
    pub right: &'a str,
    pub says: (String, String),
    /// Whether a new year begins with the right side in the left one.
    #[serde(default)]
    pub fills: bool,
    pub wording: String,
    pub source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SwingFile<'a> {
    #[serde(borrow)]
    pub id: &'a str,
    pub level: Level,
    /// Sums, of which each cell is looked at by itself, with the change that is looked for.
    #[serde(borrow)]
    pub of: Vec<(&'a str, Jump)>,
    pub wording: String,
    pub source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormerFile<'a> {
    #[serde(borrow)]
    pub form: &'a str,
    #[serde(borrow)]
    pub these: &'a str,
    #[serde(borrow)]
    pub cell: &'a str,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StaleYearFile<'a> {
    #[serde(borrow)]
    pub id: &'a str,
    pub level: Level,
    #[serde(borrow)]
    pub texts: Vec<&'a str>,
    pub wording: String,
    pub source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AlikeFile<'a> {
    #[serde(borrow)]
    pub id: &'a str,
    pub level: Level,
    #[serde(borrow)]
    pub texts: Vec<&'a str>,
    pub least: usize,
    pub percent: u32,
    #[serde(default)]
    pub selves: Vec<String>,
    #[serde(default)]
    pub law: Vec<String>,
    pub wording: String,
    pub source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PeriodFile<'a> {
    #[serde(borrow)]
    pub id: &'a str,
    pub level: Level,
    #[serde(borrow)]
    pub texts: Vec<&'a str>,
    pub from: String,
    pub to: String,
    pub wording: String,
    pub source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrendFile<'a> {
    pub name: String,
    pub unit: String,
    /// Whether the lines are parts of a whole.
    #[serde(default)]
    pub shares: bool,
    #[serde(borrow, default)]
    pub lines: Vec<(String, &'a str)>,
    /// Lines that are percentages: name, part, whole.
    #[serde(borrow, default)]
    pub rates: Vec<(String, &'a str, &'a str)>,
}
