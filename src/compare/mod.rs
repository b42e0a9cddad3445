//! Two reports side by side, cell by cell and paragraph by paragraph: two states of a draft, two years, two organs.
//!
//! Cells are the same by their id, so that reports on different forms can be compared as far as these agree.

mod side;

pub use side::{Line, TableLines, paragraphs, tables};

use crate::check::{self, Evaluation};
use crate::form::{CellIx, with_year};
use crate::prose;
use crate::report::Report;
use crate::value::Value;

/// What differs between two reports.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Organ, year and form, where they differ: what, in the first, in the second.
    pub facts: Vec<(&'static str, String, String)>,
    /// Cells with different numbers.
    pub cells: Vec<CellDifference>,
    /// Paragraphs that are not in both.
    pub texts: Vec<TextDifference>,
}

/// A cell with different numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellDifference {
    /// The cell's id.
    pub id: String,
    /// Its name in the form's words.
    pub name: String,
    /// The number in the first report; none if its form has no such cell.
    pub a: Option<Value>,
    /// The number in the second report.
    pub b: Option<Value>,
}

/// Paragraphs of a text that differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextDifference {
    /// The text's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What only the first report says there, a paragraph a line.
    pub a: String,
    /// What only the second one says there.
    pub b: String,
}

impl Comparison {
    /// Whether the reports say the same.
    pub fn is_empty(&self) -> bool {
        self.facts.is_empty() && self.cells.is_empty() && self.texts.is_empty()
    }
}

/// Compares two reports; totals as they are printed.
pub fn compare(a: &Report, b: &Report) -> Comparison {
    let pairs = [
        ("单位", a.organ().to_owned(), b.organ().to_owned()),
        ("年度", a.year().to_string(), b.year().to_string()),
        ("格式", a.form().name.clone(), b.form().name.clone()),
    ];
    Comparison {
        facts: pairs.into_iter().filter(|(_, a, b)| a != b).collect(),
        cells: cells(a, b),
        texts: texts(a, b),
    }
}

fn cells(a: &Report, b: &Report) -> Vec<CellDifference> {
    let (of_a, of_b) = (check::evaluate(a), check::evaluate(b));
    let number = |report: &Report, evaluation: &Evaluation, id: &str| {
        let cell = report.form().find(id).filter(|&cell| report.shows(cell))?;
        Some(evaluation.effective(cell))
    };
    let name = |report: &Report, cell: CellIx| {
        let id = report.form().cell(cell).id.clone();
        (id, with_year(&report.form().full_name(cell), report.year()))
    };
    let mut names: Vec<(String, String)> = a.cells().map(|cell| name(a, cell)).collect();
    let only_b = b.cells().map(|cell| name(b, cell));
    let only_b: Vec<_> = only_b
        .filter(|(id, _)| number(a, &of_a, id).is_none())
        .collect();
    names.extend(only_b);
    let difference = |(id, name): (String, String)| {
        let (a, b) = (number(a, &of_a, &id), number(b, &of_b, &id));
        let same = match (a, b) {
            (Some(a), Some(b)) => a.same_number(b),
            _ => false,
        };
        (!same).then_some(CellDifference { id, name, a, b })
    };
    names.into_iter().filter_map(difference).collect()
}

fn texts(a: &Report, b: &Report) -> Vec<TextDifference> {
    let mut all = Vec::new();
    for (ix, spec) in a.form().indexed_texts() {
        let other = b.form().find_text(&spec.id).map_or("", |ix| b.text(ix));
        let old: Vec<&str> = a.text(ix).lines().collect();
        let new: Vec<&str> = other.lines().collect();
        let changes = prose::stretches(&old, &new);
        for change in changes.into_iter().filter(|it| !it.is_same) {
            all.push(TextDifference {
                id: spec.id.clone(),
                name: spec.name.clone(),
                a: old[change.old].join("\n"),
                b: new[change.new].join("\n"),
            });
        }
    }
    all
}
