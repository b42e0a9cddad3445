//! From a form's file to a [`Form`]: resolves spans and names, expands relations, orders computations.

mod years;

use super::expr::{self, Choice, Lists, Term};
use super::file::{BodyFile, CellFile, FormFile, RowFile, TableFile, TextFile, ValueFile};
use super::grid::{Content, Grid, LooseRow, Misfit};
use super::{
    Addition, AdditionIx, Body, Candidate, Cell, CellIx, CellRule, Form, Level, Mention, Relation,
    Requirement, Rule, Section, Sum, Table, TextIx, TextSpec,
};
use crate::source::Source;
use ron::extensions::Extensions;
use std::collections::HashMap;

/// The version of the form files that this program reads.
const FORMAT: u32 = 1;

/// Why a form's file was refused, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("格式文件第 {line} 行：{what}")]
pub struct FormError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong, for whoever wrote the file.
    pub what: String,
}

/// Loads a form; see [`Form::parse`].
pub(super) fn form(text: &str) -> Result<Form, FormError> {
    let options = ron::Options::default()
        .with_default_extension(Extensions::IMPLICIT_SOME | Extensions::UNWRAP_VARIANT_NEWTYPES);
    let file: FormFile<'_> = options.from_str(text).map_err(|error| FormError {
        line: error.span.start.line,
        what: format!("不是完整的格式文件（{}）", error.code),
    })?;
    Loader {
        source: Source::new(text),
        form: Form::empty(&file),
    }
    .load(file)
}

struct Loader<'a> {
    source: Source<'a>,
    form: Form,
}

type Loaded<T> = Result<T, FormError>;

impl Form {
    fn empty(file: &FormFile<'_>) -> Self {
        Self {
            id: file.id.to_owned(),
            name: file.name.clone(),
            doc_no: file.doc_no.clone(),
            doc_title: file.doc_title.clone(),
            years: file.years,
            title: file.title.clone(),
            sections: Vec::new(),
            texts: Vec::new(),
            tables: Vec::new(),
            cells: Vec::new(),
            additions: Vec::new(),
            rules: Vec::new(),
            relations: Vec::new(),
            cell_rules: Vec::new(),
            requirements: Vec::new(),
            mentions: Vec::new(),
            across: Vec::new(),
            swings: Vec::new(),
            formerly: Vec::new(),
            stale_years: Vec::new(),
            periods: Vec::new(),
            trends: Vec::new(),
            computations: Vec::new(),
            ids: HashMap::new(),
        }
    }
}

impl<'a> Loader<'a> {
    fn load(mut self, mut file: FormFile<'a>) -> Loaded<Form> {
        if file.format != FORMAT {
            return self.fail(
                file.id,
                format!("格式文件的版本是 {}，本程序只认 {FORMAT}", file.format),
            );
        }
        let mut computed_by = Vec::new();
        for table in &file.tables {
            let additions: Vec<_> = file
                .additions
                .iter()
                .enumerate()
                .filter(|(_, a)| a.table == table.id)
                .collect();
            let mut rows: Vec<_> = table.rows.iter().map(|row| (None, row)).collect();
            for (nth, addition) in additions {
                rows.extend(
                    addition
                        .rows
                        .iter()
                        .map(|row| (Some(AdditionIx(nth as u16)), row)),
                );
            }
            self.table(table, &rows, &mut computed_by)?;
        }
        for addition in &file.additions {
            if !file.tables.iter().any(|table| table.id == addition.table) {
                return self.fail(addition.table, format!("没有表“{}”", addition.table));
            }
            self.form.additions.push(Addition {
                id: addition.id.to_owned(),
                name: addition.name.clone(),
                source: addition.source.clone(),
            });
        }
        if let Some(preamble) = file.preamble.take() {
            self.text("preamble", preamble, String::new(), true);
        }
        for section in file.sections {
            let body = match section.body {
                BodyFile::Text(text) => {
                    Body::Text(self.text(section.id, text, section.heading.clone(), false))
                }
                BodyFile::Table(id) => {
                    match self.form.tables.iter().position(|table| table.id == id) {
                        Some(table) => Body::Table(table),
                        None => return self.fail(id, format!("没有表“{id}”")),
                    }
                }
            };
            self.form.sections.push(Section {
                id: section.id.to_owned(),
                heading: section.heading,
                tab: section.tab,
                body,
            });
        }
        for relation in file.relations {
            self.relation(relation, &file.lists)?;
        }
        self.cell_rules(&file.cell_rules)?;
        for requirement in file.requirements {
            let rule = self.rule(
                requirement.id,
                requirement.level,
                requirement.wording,
                requirement.source,
            );
            let text = self.find_text(requirement.text)?;
            let when = requirement
                .when
                .map(|when| self.sum(when, &Choice::new(), &file.lists))
                .transpose()?;
            self.form.requirements.push(Requirement {
                rule,
                text,
                any_of: requirement.any_of,
                when,
            });
        }
        for mention in file.mentions {
            let rule = self.rule(mention.id, mention.level, mention.wording, mention.source);
            let text = self.find_text(mention.text)?;
            let candidates = mention
                .candidates
                .into_iter()
                .map(|c| {
                    Ok(Candidate {
                        sum: self.sum(c.sum, &Choice::new(), &file.lists)?,
                        says: c.says,
                        hint: c.hint,
                    })
                })
                .collect::<Loaded<_>>()?;
            let (unit, words, without) = (mention.unit, mention.words, mention.without);
            self.form.mentions.push(Mention {
                rule,
                text,
                unit,
                words,
                without,
                candidates,
            });
        }
        self.computations(computed_by)?;
        for across in file.across {
            self.across(across, &file.lists)?;
        }
        self.swings(file.swings, &file.lists)?;
        self.formerly(file.formerly, &file.lists)?;
        self.stale_years(file.stale_years)?;
        self.periods(file.periods)?;
        self.trends(file.trends, &file.lists)?;
        Ok(self.form)
    }

    fn fail<T>(&self, place: &str, what: impl Into<String>) -> Loaded<T> {
        Err(FormError {
            line: self.source.line_of(place).unwrap_or(1),
            what: what.into(),
        })
    }

    fn text(&mut self, id: &str, file: TextFile<'_>, heading: String, optional: bool) -> TextIx {
        let name = if file.name.is_empty() {
            heading
        } else {
            file.name.into_owned()
        };
        self.form.texts.push(TextSpec {
            id: id.to_owned(),
            name,
            hint: file.hint,
            advice: file.advice,
            optional,
            carries: file.carries,
        });
        TextIx((self.form.texts.len() - 1) as u16)
    }

    fn find_text(&self, id: &str) -> Loaded<TextIx> {
        self.form
            .find_text(id)
            .map_or_else(|| self.fail(id, format!("没有正文“{id}”")), Ok)
    }

    fn rule(&mut self, id: &str, level: Level, wording: String, source: String) -> usize {
        self.form.rules.push(Rule {
            id: id.to_owned(),
            level,
            wording,
            source,
        });
        self.form.rules.len() - 1
    }

    /// Resolves one table and gives its cells their names.
    fn table(
        &mut self,
        file: &TableFile<'a>,
        rows: &[(Option<AdditionIx>, &RowFile<'a>)],
        computed_by: &mut Vec<(CellIx, &'a str)>,
    ) -> Loaded<()> {
        let index = self.form.tables.len();
        let first = self.form.cells.len() as u16;
        let mut loose: Vec<LooseRow> = Vec::new();
        // For each row its cells' places in the file: a complaint about a span names that line.
        let mut places: Vec<Vec<&str>> = Vec::new();
        for &(addition, row) in rows {
            let mut cells = Vec::new();
            let mut place = Vec::new();
            for cell in &row.cells {
                let (span, content) = match cell {
                    CellFile::Block(span) => (span, Content::Block(span.text.to_string())),
                    CellFile::Head(span) => (span, Content::Head(span.text.to_string())),
                    CellFile::Label(span) => (span, Content::Label(span.text.to_string())),
                    CellFile::Note(span) => (span, Content::Note(span.text.to_string())),
                    CellFile::Value(value) => {
                        let ix = self.value(file, index, row, value, addition, computed_by)?;
                        cells.push((value.cols, 1, Content::Value(ix)));
                        place.push(value.id);
                        continue;
                    }
                    CellFile::Columns => {
                        for value in &file.columns {
                            let ix = self.value(file, index, row, value, addition, computed_by)?;
                            cells.push((value.cols, 1, Content::Value(ix)));
                            place.push(row.id.unwrap_or(value.id));
                        }
                        continue;
                    }
                };
                cells.push((span.cols, span.rows, content));
                place.push(&span.text);
            }
            loose.push((addition, cells));
            places.push(place);
        }
        let cols = file.widths.len();
        let grid = match Grid::resolve(cols, loose) {
            Ok(grid) => grid,
            Err(Misfit::Cell { row, nth, why }) => {
                return self.fail(
                    places[row][nth],
                    format!("{}第 {} 行第 {} 格{why}", file.name, row + 1, nth + 1),
                );
            }
            Err(Misfit::Hole { row, col }) => {
                let place = places[row].first().copied().unwrap_or(file.id);
                return self.fail(
                    place,
                    format!("{}第 {} 行第 {} 列没有单元格", file.name, row + 1, col + 1),
                );
            }
        };
        for cell in &grid.cells {
            let crosses = |at: usize, from: usize, len: usize| from < at && at < from + len;
            let addition_crossed =
                (cell.row..cell.row + cell.rows).any(|row| grid.rows[row] != grid.rows[cell.row]);
            if crosses(file.head_rows, cell.row, cell.rows)
                || crosses(file.label_cols, cell.col, cell.cols)
            {
                return self.fail(
                    file.id,
                    format!(
                        "{}第 {} 行有单元格跨过了表头或行标题的边界",
                        file.name,
                        cell.row + 1
                    ),
                );
            }
            if addition_crossed {
                return self.fail(
                    file.id,
                    format!("{}的附加行与全国统一的行合并了", file.name),
                );
            }
        }
        self.form.tables.push(Table {
            id: file.id.to_owned(),
            name: file.name.clone(),
            widths: file.widths.clone(),
            head_rows: file.head_rows,
            label_cols: file.label_cols,
            grid,
            notes: file.notes.clone(),
            cells: first..self.form.cells.len() as u16,
        });
        self.name_cells(index);
        Ok(())
    }

    /// Adds the cell that a value stands for.
    fn value(
        &mut self,
        table: &TableFile<'a>,
        index: usize,
        row: &RowFile<'a>,
        value: &ValueFile<'a>,
        addition: Option<AdditionIx>,
        computed_by: &mut Vec<(CellIx, &'a str)>,
    ) -> Loaded<CellIx> {
        let Some(row_id) = row.id else {
            return self.fail(value.id, "有数字的行必须有 id");
        };
        let id = format!("{}.{row_id}.{}", table.id, value.id);
        let ix = CellIx(self.form.cells.len() as u16);
        if self.form.ids.insert(id.clone(), ix).is_some() {
            return self.fail(row_id, format!("单元格“{id}”出现了两次"));
        }
        let computed = value.computed.or(row.computed);
        if let Some(relation) = computed {
            computed_by.push((ix, relation));
        }
        self.form.cells.push(Cell {
            id,
            row_id: row_id.to_owned(),
            col_id: value.id.to_owned(),
            table: index,
            kind: value.kind.unwrap_or(table.kind),
            unit: value
                .unit
                .clone()
                .or_else(|| table.unit.clone())
                .filter(|unit| !unit.is_empty()),
            computed: computed.is_some(),
            addition,
            row_name: String::new(),
            col_name: String::new(),
            slot: 0,
        });
        Ok(ix)
    }

    /// Names every cell of a table by the labels and heads that the clerk sees around it.
    fn name_cells(&mut self, table: usize) {
        let (grid, head_rows) = (
            &self.form.tables[table].grid,
            self.form.tables[table].head_rows,
        );
        let mut names = Vec::new();
        for (slot, cell) in grid.cells.iter().enumerate() {
            let Content::Value(ix) = cell.content else {
                continue;
            };
            let labels = grid.labels_left(cell);
            // The outermost label of several spans most of the table and tells nothing apart.
            let row_name = labels[usize::from(labels.len() > 1)..].join("");
            let heads = grid.heads_above(cell, head_rows);
            // As many heads as tell the cell from the others of its row.
            let same_row = grid
                .cells
                .iter()
                .filter(|other| other.row == cell.row && other.col != cell.col);
            let others: Vec<_> = same_row
                .filter(|o| matches!(o.content, Content::Value(_)))
                .map(|o| grid.heads_above(o, head_rows))
                .collect();
            let enough = (1..=heads.len())
                .find(|&n| {
                    !others
                        .iter()
                        .any(|other| other.ends_with(&heads[heads.len() - n..]))
                })
                .unwrap_or(heads.len());
            let col_name = heads[heads.len() - enough..].join("·").replace('\n', "");
            names.push((ix, slot, row_name.replace('\n', ""), col_name));
        }
        for (ix, slot, row_name, col_name) in names {
            let cell = &mut self.form.cells[usize::from(ix.0)];
            (cell.slot, cell.row_name, cell.col_name) = (slot, row_name, col_name);
        }
    }

    /// The cell with this id, which stands at `place` in the file.
    fn cell(&self, place: &str, id: &str) -> Loaded<CellIx> {
        self.form
            .find(id)
            .map_or_else(|| self.fail(place, format!("没有单元格“{id}”")), Ok)
    }

    fn sum(&self, side: &str, choice: &Choice<'_>, lists: &Lists<'_>) -> Loaded<Sum> {
        let terms = expr::terms(side, choice, lists).or_else(|what| self.fail(side, what))?;
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
                        sum.minus.push(ix)
                    } else {
                        sum.plus.push(ix)
                    }
                }
            }
        }
        Ok(sum)
    }

    /// Expands one relation of the file.
    fn relation(&mut self, file: super::file::RelationFile<'a>, lists: &Lists<'a>) -> Loaded<()> {
        if self.form.rules.iter().any(|rule| rule.id == file.id) {
            return self.fail(file.id, format!("“{}”出现了两次", file.id));
        }
        let rule = self.rule(file.id, file.level, file.wording, file.source);
        let choices = expr::choices(&[file.left, file.right], lists)
            .or_else(|what| self.fail(file.left, what))?;
        for choice in choices {
            let left = self.sum(file.left, &choice, lists)?;
            let right = self.sum(file.right, &choice, lists)?;
            let cells: Vec<CellIx> = left.cells().chain(right.cells()).collect();
            let Some(&first) = cells.first() else {
                return self.fail(file.left, "关系里没有单元格");
            };
            let addition = cells.iter().find_map(|&ix| self.form.cell(ix).addition);
            let subject = self.subject(first, &cells);
            let (left_words, right_words) = file.says.clone();
            self.form.relations.push(Relation {
                rule,
                left,
                is: file.is,
                right,
                left_words,
                right_words,
                subject,
                cells,
                organs: file.organs.clone(),
                defines: None,
                addition,
            });
        }
        Ok(())
    }

    /// What the cells of a relation have in common, in the form's words.
    fn subject(&self, first: CellIx, cells: &[CellIx]) -> String {
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

    fn cell_rules(&mut self, files: &[super::file::CellRuleFile<'a>]) -> Loaded<()> {
        for file in files {
            let rule = self.rule(
                file.id,
                file.level,
                file.wording.clone(),
                file.source.clone(),
            );
            for &id in &file.tables {
                let Some(table) = self.form.tables.iter().position(|table| table.id == id) else {
                    return self.fail(id, format!("没有表“{id}”"));
                };
                self.form.cell_rules.push(CellRule {
                    rule,
                    table,
                    is: file.is,
                });
            }
        }
        Ok(())
    }

    /// Finds the relation that computes each computed cell and puts them into an order in which each comes after
    /// those that it adds up.
    fn computations(&mut self, computed_by: Vec<(CellIx, &'a str)>) -> Loaded<()> {
        let mut waiting = Vec::new();
        for (cell, rule_id) in computed_by {
            let form = &self.form;
            let found = form.relations.iter().position(|relation| {
                form.rules[relation.rule].id == rule_id
                    && relation.left.plus == [cell]
                    && relation.left.minus.is_empty()
                    && relation.left.constant == 0
                    && relation.is == super::Comparison::Equal
            });
            let Some(relation) = found else {
                let what = format!(
                    "“{}”要由“{rule_id}”计算，而没有这样一条等式以它为左边",
                    form.cell(cell).id
                );
                return self.fail(rule_id, what);
            };
            self.form.relations[relation].defines = Some(cell);
            waiting.push((cell, relation, rule_id));
        }
        while !waiting.is_empty() {
            let cells: Vec<CellIx> = waiting.iter().map(|&(cell, ..)| cell).collect();
            let (later, ready): (Vec<_>, Vec<_>) =
                waiting.iter().copied().partition(|&(_, relation, _)| {
                    self.form.relations[relation]
                        .right
                        .cells()
                        .any(|ix| cells.contains(&ix))
                });
            if ready.is_empty() {
                let (cell, _, rule_id) = later[0];
                return self.fail(
                    rule_id,
                    format!("“{}”绕了一圈又用到它自己", self.form.cell(cell).id),
                );
            }
            self.form
                .computations
                .extend(ready.iter().map(|&(cell, relation, _)| (cell, relation)));
            waiting = later;
        }
        Ok(())
    }
}
