//! A form as a whole, as the rooms above it ask for it: everything resolved once, and found by id or by position.

use super::expr::{self, Term};
use super::index::{AdditionIx, CellIx, TextIx};
use super::narrative::{Narrative, Writing};
use super::parts::{Addition, Body, Cell, HeadWords, Section, Table, TextSpec, Years};
use super::passages::Passage;
use super::rules::{CellRule, Relation, Requirement, Rule, Sum};
use super::years::{Across, Alike, Former, Period, StaleYear, Swing, Trend};
use std::collections::HashMap;

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
    pub(super) title: String,
    /// The parts in their official order.
    pub sections: Vec<Section>,
    /// The texts: an optional preamble, then those of the text sections.
    pub texts: Vec<TextSpec>,
    /// The tables in their official order.
    pub tables: Vec<Table>,
    /// What heads of columns say besides their own nouns.
    pub head_words: HeadWords,
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
    /// How the numbers in the texts are held against the tables.
    pub narrative: Option<Narrative>,
    /// Demands on how the texts are written.
    pub writing: Vec<Writing>,
    /// Paragraphs to be written from the tables' numbers.
    pub passages: Vec<Passage>,
    /// Relations to last year's cells, expanded.
    pub across: Vec<Across>,
    /// Changes since last year that want a look, in the order in which they are tried.
    pub swings: Vec<Swing>,
    /// What corresponds to cells of earlier forms, other than cells of the same id.
    pub formerly: Vec<Former>,
    /// Sentences taken over from last year that still name it.
    pub stale_years: Vec<StaleYear>,
    /// Paragraphs that are nearly the same as last year's.
    pub alike: Vec<Alike>,
    /// Spans of dates in the texts that must lie in the report's year.
    pub periods: Vec<Period>,
    /// Numbers to follow over the years.
    pub trends: Vec<Trend>,
    /// Computed cells with the relation that computes each, every one after those it adds up.
    pub computations: Vec<(CellIx, usize)>,
    pub(super) ids: HashMap<String, CellIx>,
}

impl Form {
    /// The cell with this id.
    pub fn find(&self, id: &str) -> Option<CellIx> {
        self.ids.get(id).copied()
    }

    /// The sum that is written so, in the notation of form files: `t3.r1.total + t3.r2.total`. None if it names a cell that
    /// the form lacks.
    pub fn find_sum(&self, written: &str) -> Option<Sum> {
        let mut sum = Sum::default();
        for term in expr::terms(written, &expr::Choice::new(), &expr::Lists::new()).ok()? {
            match term {
                Term::Constant(n) => sum.constant += n,
                Term::Cell { id, minus: false } => sum.plus.push(self.find(&id)?),
                Term::Cell { id, minus: true } => sum.minus.push(self.find(&id)?),
                Term::Last { .. } => return None,
            }
        }
        let is_empty = sum.cells().next().is_none();
        (!is_empty).then_some(sum)
    }

    /// How a sum is written in the notation of form files.
    pub fn sum_id(&self, sum: &Sum) -> String {
        let id = |&cell: &CellIx| self.cell(cell).id.clone();
        let mut words: Vec<String> = sum.plus.iter().map(id).collect();
        if sum.constant > 0 {
            words.push(sum.constant.to_string());
        }
        let mut written = words.join(" + ");
        for cell in &sum.minus {
            written.push_str(&format!(" - {}", id(cell)));
        }
        if sum.constant < 0 {
            written.push_str(&format!(" - {}", sum.constant.unsigned_abs()));
        }
        written
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
