//! What the steps of loading share: the form as far as it is read, the file's lists, and how a complaint finds its line.

use super::file::FormFile;
use crate::file_text::FileText;
use crate::form::edition::Form;
use crate::form::expr::{self, Choice, Lists, Term};
use crate::form::index::{CellIx, TextIx};
use crate::form::parts::Cell;
use crate::form::rules::{Level, Rule, Sum};
use std::collections::HashMap;

/// Why a form's file was refused, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("格式文件第 {line} 行：{what}")]
pub struct FormError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong, for whoever wrote the file.
    pub what: String,
}

/// What a step gives back.
pub type Loaded<T> = Result<T, FormError>;

/// A form that is being read from its file; each step adds its part.
pub struct Loader<'a> {
    source: FileText<'a>,
    lists: Lists<'a>,
    pub form: Form,
    /// Computed cells with the id of the rule that computes each, in the tables' order.
    pub computed_by: Vec<(CellIx, &'a str)>,
}

impl<'a> Loader<'a> {
    pub fn new(text: &'a str, file: &FormFile<'a>) -> Self {
        Self {
            source: FileText::new(text),
            lists: file.lists.clone(),
            form: empty(file),
            computed_by: Vec::new(),
        }
    }

    /// A complaint about what stands at `place`, a part of the file's text.
    pub fn fail<T>(&self, place: &str, what: impl Into<String>) -> Loaded<T> {
        Err(FormError {
            line: self.source.line_of(place).unwrap_or(1),
            what: what.into(),
        })
    }

    /// Notes a rule; gives back its index in [`Form::rules`].
    pub fn rule(&mut self, id: &str, level: Level, wording: String, source: String) -> usize {
        self.form.rules.push(Rule {
            id: id.to_owned(),
            level,
            wording,
            source,
        });
        self.form.rules.len() - 1
    }

    /// The text with this id, which is also where a complaint points.
    pub fn find_text(&self, id: &str) -> Loaded<TextIx> {
        self.form
            .find_text(id)
            .map_or_else(|| self.fail(id, format!("没有正文“{id}”")), Ok)
    }

    /// The index of the table with this id, which is also where a complaint points.
    pub fn find_table(&self, id: &str) -> Loaded<usize> {
        let table = self.form.tables.iter().position(|table| table.id == id);
        table.map_or_else(|| self.fail(id, format!("没有表“{id}”")), Ok)
    }

    /// The cell with this id, which stands at `place` in the file.
    pub fn cell(&self, place: &str, id: &str) -> Loaded<CellIx> {
        self.form
            .find(id)
            .map_or_else(|| self.fail(place, format!("没有单元格“{id}”")), Ok)
    }

    /// Every way to choose a member of each `{list}` that the sides of a relation name.
    pub fn choices(&self, sides: &[&'a str]) -> Loaded<Vec<Choice<'a>>> {
        expr::choices(sides, &self.lists)
            .or_else(|what| self.fail(sides.first().copied().unwrap_or_default(), what))
    }

    /// The terms of a side under one choice.
    pub fn terms(&self, side: &str, choice: &Choice<'_>) -> Loaded<Vec<Term>> {
        expr::terms(side, choice, &self.lists).or_else(|what| self.fail(side, what))
    }

    /// A side that names this year's cells alone.
    pub fn sum(&self, side: &str, choice: &Choice<'_>) -> Loaded<Sum> {
        let terms = self.terms(side, choice)?;
        let mut sum = Sum::default();
        for term in terms {
            match term {
                Term::Constant(n) => sum.constant += n,
                Term::Last { .. } => {
                    return self.fail(side, "只有 across 右边可以写上年的格（last:）");
                }
                Term::Cell { id, minus } => {
                    let ix = self.cell(side, &id)?;
                    if minus {
                        sum.minus.push(ix);
                    } else {
                        sum.plus.push(ix);
                    }
                }
            }
        }
        Ok(sum)
    }

    /// What the cells of a relation have in common, in the form's words.
    pub fn subject(&self, first: CellIx, cells: &[CellIx]) -> String {
        let form = &self.form;
        let common = |part: fn(&Cell) -> &str| {
            let part_of_first = part(form.cell(first));
            cells
                .iter()
                .all(|&ix| part(form.cell(ix)) == part_of_first)
                .then(|| part_of_first.to_owned())
        };
        let table = &form.tables[form.cell(first).table].name;
        if cells.len() == 1 {
            return form.full_name(first);
        }
        let row = common(|cell| &cell.row_name).filter(|name| !name.is_empty());
        let name = common(|cell| &cell.col_name).or(row).or_else(|| {
            let prefix = |cell: &Cell| {
                cell.col_name
                    .rsplit_once('·')
                    .map(|(head, _)| head.to_owned())
            };
            let head = prefix(form.cell(first))?;
            cells
                .iter()
                .all(|&ix| prefix(form.cell(ix)).as_ref() == Some(&head))
                .then_some(head)
        });
        name.map_or_else(|| table.clone(), |name| format!("{table} · {name}"))
    }
}

/// A form of which only the facts at the head of the file are known.
fn empty(file: &FormFile<'_>) -> Form {
    Form {
        id: file.id.to_owned(),
        name: file.name.clone(),
        doc_no: file.doc_no.clone(),
        doc_title: file.doc_title.clone(),
        years: file.years,
        title: file.title.clone(),
        sections: Vec::new(),
        texts: Vec::new(),
        tables: Vec::new(),
        head_words: file.head_words.clone(),
        cells: Vec::new(),
        additions: Vec::new(),
        rules: Vec::new(),
        relations: Vec::new(),
        cell_rules: Vec::new(),
        requirements: Vec::new(),
        narrative: None,
        writing: Vec::new(),
        passages: Vec::new(),
        across: Vec::new(),
        swings: Vec::new(),
        formerly: Vec::new(),
        stale_years: Vec::new(),
        alike: Vec::new(),
        periods: Vec::new(),
        trends: Vec::new(),
        computations: Vec::new(),
        ids: HashMap::new(),
    }
}
