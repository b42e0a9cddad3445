//! What a form is made of: sections, texts, tables with their cells, local additions.

use super::grid::Grid;
use super::index::{AdditionIx, TextIx};
use crate::value::Kind;

/// Words in heads of columns and labels of rows by which one that is written otherwise than the official one is known, or
/// told from it.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeadWords {
    /// Words for the report's own year, which may be left out or added: 本年.
    pub own_year: Vec<String>,
    /// Words for any other time: a head with one of them is no head without it.
    pub other_times: Vec<String>,
    /// Characters that turn a head into its opposite: 未.
    pub denials: String,
    /// Words that make another row of a label in which they are added or replaced; those of a group say much the same.
    pub turning: Vec<Vec<String>>,
    /// Words as the official heads have them, each with others for the same.
    pub alike: Vec<(String, Vec<String>)>,
}

/// A span of report years.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Years {
    /// The first report year.
    pub from: i32,
    /// The last one, or none while the form is in force.
    pub to: Option<i32>,
}

impl Years {
    /// Whether reports on `year` use the form.
    pub fn contains(self, year: i32) -> bool {
        self.from <= year && self.to.is_none_or(|to| year <= to)
    }
}

/// One of the six parts of the report.
#[derive(Debug)]
pub struct Section {
    /// `s1` … `s6`.
    pub id: String,
    /// The exact official heading.
    pub heading: String,
    /// The heading shortened for a tab.
    pub tab: String,
    /// What stands in it.
    pub body: Body,
}

/// What a section holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    /// A text.
    Text(TextIx),
    /// The table with this index in [`super::Form::tables`].
    Table(usize),
}

/// A text that the organ writes.
#[derive(Debug)]
pub struct TextSpec {
    /// The section's id, or `preamble`.
    pub id: String,
    /// The name in messages, e.g. `一、总体情况`.
    pub name: String,
    /// The official template's own words for what belongs here.
    pub hint: String,
    /// Points to cover, one a line.
    pub advice: Vec<String>,
    /// Whether it may stay empty.
    pub optional: bool,
    /// Sentences with one of these words (地址, 电话) go over into the next year as they are.
    pub carries: Vec<String>,
    /// Fewer letters and digits than this are no text.
    pub least: usize,
}

/// An official table.
#[derive(Debug)]
pub struct Table {
    /// `t2`, `t3`, `t4`.
    pub id: String,
    /// The name in messages, e.g. `表三`.
    pub name: String,
    /// Relative column widths, from the official layout.
    pub widths: Vec<u32>,
    /// Rows at the top that stay in sight while the rest scrolls.
    pub head_rows: usize,
    /// Columns at the left that stay in sight.
    pub label_cols: usize,
    /// Cells and spans.
    pub grid: Grid,
    /// Official remarks on how to count, shown below the table.
    pub notes: Vec<String>,
    /// Its cells in [`super::Form::cells`], as a range of indices.
    pub cells: std::ops::Range<u16>,
}

/// A cell that holds a number.
#[derive(Debug)]
pub struct Cell {
    /// The whole id, e.g. `t3.r3_1.natural`.
    pub id: String,
    /// The row's part of the id, e.g. `r3_1`.
    pub row_id: String,
    /// The column's part of the id, e.g. `natural`.
    pub col_id: String,
    /// Its table's index.
    pub table: usize,
    /// What it may hold.
    pub kind: Kind,
    /// 件, 项, 万元; none where the official head names none.
    pub unit: Option<String>,
    /// Whether the program adds it up.
    pub computed: bool,
    /// The local addition it belongs to, if any.
    pub addition: Option<AdditionIx>,
    /// The row in the form's words, e.g. `（一）予以公开`; empty where the table has one row without a label.
    pub row_name: String,
    /// The column in the form's words, e.g. `自然人`.
    pub col_name: String,
    /// Where it stands in its table's grid.
    pub slot: usize,
}

impl Cell {
    /// Row and column in the form's words, e.g. `（一）予以公开 · 自然人`.
    pub fn name(&self) -> String {
        [self.row_name.as_str(), self.col_name.as_str()]
            .into_iter()
            .filter(|s| !s.is_empty())
            .collect::<Vec<_>>()
            .join(" · ")
    }
}

/// Extra rows that one region adds to the official table.
#[derive(Debug)]
pub struct Addition {
    /// The id that drafts name.
    pub id: String,
    /// The name on the screen.
    pub name: String,
    /// Who demands it.
    pub source: String,
}
