//! The official forms (格式), as data.
//!
//! A form is one RON file: headings, tables with their spans, cells, relations (勾稽关系) with wording and source.
//! [`Form::parse`] resolves it once into what the screen paints, what the exporters write and what the checks add up.
//! Nothing of a form is written in Rust; a new official form is a new file in `assets/forms`.

mod catalog;
mod expr;
mod file;
mod grid;
mod load;
mod years;

pub use catalog::{by_id, by_year, official};
pub use grid::{Content, Grid, GridCell};
pub use load::FormError;
pub use years::{Across, Former, Jump, LastSum, Period, StaleYear, Swing, Trend};

use crate::value::{Kind, Value};
use std::collections::HashMap;

/// The index of a cell in [`Form::cells`]; an id such as `t3.r3_1.natural` resolved once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellIx(pub u16);

/// The index of a text in [`Form::texts`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextIx(pub u16);

/// The index of a local addition in [`Form::additions`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AdditionIx(pub u16);

/// One official edition of the report's form.
#[derive(Debug)]
pub struct Form {
    /// The id that drafts name, e.g. `2021`.
    pub id: String,
    /// The name on the screen, e.g. `2021年格式`.
    pub name: String,
    /// The number of the notice that issued it, e.g. `国办公开办函〔2021〕30号`.
    pub doc_no: String,
    /// The title of that notice.
    pub doc_title: String,
    /// The report years that use it.
    pub years: Years,
    title: String,
    /// The parts in their official order.
    pub sections: Vec<Section>,
    /// The texts: an optional preamble, then those of the text sections.
    pub texts: Vec<TextSpec>,
    /// The tables in their official order.
    pub tables: Vec<Table>,
    /// Every cell that holds a number, in reading order.
    pub cells: Vec<Cell>,
    /// Local additions (地方附加行) that a report may switch on.
    pub additions: Vec<Addition>,
    /// Rules, in the file's order; relations and findings refer to them.
    pub rules: Vec<Rule>,
    /// Every equation between cells, expanded.
    pub relations: Vec<Relation>,
    /// Demands on single cells.
    pub cell_rules: Vec<CellRule>,
    /// Demands on what a text must contain.
    pub requirements: Vec<Requirement>,
    /// Numbers in texts that are held against the tables.
    pub mentions: Vec<Mention>,
    /// Relations to last year's cells, expanded.
    pub across: Vec<Across>,
    /// Changes since last year that want a look, in the order in which they are tried.
    pub swings: Vec<Swing>,
    /// What corresponds to cells of earlier forms, other than cells of the same id.
    pub formerly: Vec<Former>,
    /// Sentences taken over from last year that still name it.
    pub stale_years: Vec<StaleYear>,
    /// Spans of dates in the texts that must lie in the report's year.
    pub periods: Vec<Period>,
    /// Numbers to follow over the years.
    pub trends: Vec<Trend>,
    /// Computed cells with the relation that computes each, every one after those it adds up.
    pub computations: Vec<(CellIx, usize)>,
    ids: HashMap<String, CellIx>,
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
    /// The table with this index in [`Form::tables`].
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
    /// Its cells in [`Form::cells`], as a range of indices.
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

/// How much a finding matters.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize, serde::Serialize,
)]
#[serde(rename_all(serialize = "lowercase"))]
pub enum Level {
    /// 必改: must be corrected.
    Error,
    /// 需说明: may stand with a reason.
    Query,
    /// 提示: worth a look.
    Hint,
}

/// What a rule says, whatever it checks.
#[derive(Debug)]
pub struct Rule {
    /// The id that `check --json` prints, e.g. `T3-COL-IDENTITY`.
    pub id: String,
    /// How much it matters.
    pub level: Level,
    /// The official or customary wording.
    pub wording: String,
    /// Where it comes from.
    pub source: String,
}

/// How the two sides of a relation compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
pub enum Comparison {
    /// Both sides are equal.
    Equal,
    /// The left side is not above the right one.
    AtMost,
    /// The left side is not below the right one.
    AtLeast,
}

impl Comparison {
    /// Whether two numbers compare so.
    pub fn holds(self, left: Value, right: Value) -> bool {
        let (left, right) = (left.decimal(), right.decimal());
        match self {
            Self::Equal => left == right,
            Self::AtMost => left <= right,
            Self::AtLeast => left >= right,
        }
    }

    /// The sign between two sides that do not.
    pub fn broken_sign(self) -> &'static str {
        match self {
            Self::Equal => "≠",
            Self::AtMost => ">",
            Self::AtLeast => "<",
        }
    }
}

/// A sum of cells and a constant.
#[derive(Clone, Debug, Default)]
pub struct Sum {
    /// Cells added.
    pub plus: Vec<CellIx>,
    /// Cells subtracted.
    pub minus: Vec<CellIx>,
    /// A whole number added.
    pub constant: i64,
}

impl Sum {
    /// Every cell in it.
    pub fn cells(&self) -> impl Iterator<Item = CellIx> + '_ {
        self.plus.iter().chain(&self.minus).copied()
    }
}

/// An equation or inequality between cells (勾稽关系).
#[derive(Debug)]
pub struct Relation {
    /// Its rule in [`Form::rules`].
    pub rule: usize,
    /// The left side.
    pub left: Sum,
    /// How they compare.
    pub is: Comparison,
    /// The right side.
    pub right: Sum,
    /// The left side in the form's words, e.g. `一+二`.
    pub left_words: String,
    /// The right side in the form's words.
    pub right_words: String,
    /// What it is about, e.g. `表三 · 自然人`.
    pub subject: String,
    /// Every cell in it, left side first.
    pub cells: Vec<CellIx>,
    /// Holds only for organs with such names.
    pub organs: Organs,
    /// The computed cell that it defines: unless a stated total stands there, it holds by itself.
    pub defines: Option<CellIx>,
    /// The local addition it needs.
    pub addition: Option<AdditionIx>,
}

/// Organs by their name.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Organs {
    /// The name contains one of these; every name does if there are none.
    pub like: Vec<String>,
    /// And none of these.
    pub unlike: Vec<String>,
}

impl Organs {
    /// Whether an organ of this name is meant.
    pub fn contain(&self, organ: &str) -> bool {
        (self.like.is_empty() || self.like.iter().any(|part| organ.contains(part.as_str())))
            && !self.unlike.iter().any(|part| organ.contains(part.as_str()))
    }
}

/// What is demanded of a single cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
pub enum Demand {
    /// Not below 0 (signed counts aside).
    NotNegative,
    /// Filled in.
    Filled,
}

/// A demand on every input cell of one table.
#[derive(Debug)]
pub struct CellRule {
    /// Its rule in [`Form::rules`].
    pub rule: usize,
    /// The table.
    pub table: usize,
    /// What is demanded.
    pub is: Demand,
}

/// Words that a text must contain.
#[derive(Debug)]
pub struct Requirement {
    /// Its rule in [`Form::rules`].
    pub rule: usize,
    /// The text.
    pub text: TextIx,
    /// One of these must stand in it.
    pub any_of: Vec<String>,
    /// Only when this sum is above 0.
    pub when: Option<Sum>,
}

/// Numbers in a text that should be one of some sums of cells.
#[derive(Debug)]
pub struct Mention {
    /// Its rule in [`Form::rules`].
    pub rule: usize,
    /// The text.
    pub text: TextIx,
    /// The unit right behind the number, e.g. `件`.
    pub unit: String,
    /// Of each group one word must stand before the number in its clause.
    pub words: Vec<Vec<String>>,
    /// None of these may.
    pub without: Vec<String>,
    /// What the number may be, the usual reading first.
    pub candidates: Vec<Candidate>,
}

/// One reading of a number in a text.
#[derive(Debug)]
pub struct Candidate {
    /// The cells added up.
    pub sum: Sum,
    /// In the form's words, e.g. `新收+上年结转`.
    pub says: String,
    /// Whether a number read this way deserves a hint.
    pub hint: bool,
}

impl Form {
    /// Reads a form from the text of its RON file.
    ///
    /// # Errors
    /// Refuses overlapping or missing cells, spans that leave the table, unknown cells, rows, lists or tables,
    /// relations over unknown cells and computed cells that depend on themselves; says on which line.
    pub fn parse(text: &str) -> Result<Self, FormError> {
        load::form(text)
    }

    /// The cell with this id.
    pub fn find(&self, id: &str) -> Option<CellIx> {
        self.ids.get(id).copied()
    }

    /// What is known of a cell.
    pub fn cell(&self, ix: CellIx) -> &Cell {
        &self.cells[usize::from(ix.0)]
    }

    /// All cells with their indices, in reading order.
    pub fn indexed_cells(&self) -> impl Iterator<Item = (CellIx, &Cell)> {
        (0..).map(CellIx).zip(&self.cells)
    }

    /// All texts with their indices.
    pub fn indexed_texts(&self) -> impl Iterator<Item = (TextIx, &TextSpec)> {
        (0..).map(TextIx).zip(&self.texts)
    }

    /// The text with this id (`preamble`, `s1`, …).
    pub fn find_text(&self, id: &str) -> Option<TextIx> {
        self.indexed_texts()
            .find(|(_, text)| text.id == id)
            .map(|(ix, _)| ix)
    }

    /// What is known of a text.
    pub fn text(&self, ix: TextIx) -> &TextSpec {
        &self.texts[usize::from(ix.0)]
    }

    /// The local addition with this id.
    pub fn find_addition(&self, id: &str) -> Option<AdditionIx> {
        (0..)
            .map(AdditionIx)
            .zip(&self.additions)
            .find(|(_, a)| a.id == id)
            .map(|(ix, _)| ix)
    }

    /// The section that shows a table, as an index in [`Form::sections`].
    pub fn section_of_table(&self, table: usize) -> Option<usize> {
        self.sections
            .iter()
            .position(|section| section.body == Body::Table(table))
    }

    /// The section that shows a text; none for the preamble.
    pub fn section_of_text(&self, text: TextIx) -> Option<usize> {
        self.sections
            .iter()
            .position(|section| section.body == Body::Text(text))
    }

    /// The cell's whole name, e.g. `表三 · （一）予以公开 · 自然人`.
    pub fn full_name(&self, ix: CellIx) -> String {
        let cell = self.cell(ix);
        format!("{} · {}", self.tables[cell.table].name, cell.name())
    }

    /// The report's official title.
    pub fn title(&self, organ: &str, year: i32) -> String {
        with_year(&self.title, year).replace("{organ}", organ)
    }
}

/// A label with the report year in it.
pub fn with_year(label: &str, year: i32) -> String {
    label.replace("{year}", &year.to_string())
}
