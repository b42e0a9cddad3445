//! From a draft's file to a report: each entry held against the form, and refused with its line where it does not fit.

use super::file::{DraftFile, PriorFile, ReasonFile, Word, Written};
use crate::draft::problem::Problem;
use crate::draft::version::{FIRST_VERSION, VERSION};
use crate::file_text::FileText;
use crate::form::{self, CellIx, Form, TextIx};
use crate::report::{Addend, Edit, Figures, Origin, Prior, Reason, Report, total};
use crate::value::{self, Kind, Value};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// Reads one file.
pub(super) struct Reader<'a> {
    pub(super) source: FileText<'a>,
}

impl Reader<'_> {
    pub(super) fn damaged<T>(&self, place: &str, reason: String) -> Result<T, Problem> {
        Err(Problem::Damaged {
            line: self.source.line_of(place).unwrap_or(1),
            reason,
        })
    }

    /// The file as one of the latest version: before version 2 there was nothing beside the report.
    pub(super) fn migrated<'a>(&self, file: DraftFile<'a>) -> Result<DraftFile<'a>, Problem> {
        let later = [
            ("form_sha256", file.form_sha256.is_some()),
            ("links", !file.links.0.is_empty()),
            ("decisions", !file.decisions.0.is_empty()),
            ("recount", file.recount.is_some()),
            ("checklist", !file.checklist.is_empty()),
        ];
        let there = later.iter().find(|(_, there)| *there);
        match there.filter(|_| file.version == FIRST_VERSION) {
            Some((name, _)) => self.damaged(name, format!("文件版本 1 的草稿没有“{name}”这一项")),
            None => Ok(DraftFile {
                version: VERSION,
                ..file
            }),
        }
    }

    /// The report, and what is to be told of it.
    pub(super) fn report(&self, file: &DraftFile<'_>) -> Result<(Report, Vec<String>), Problem> {
        let form = self.form(&file.form)?;
        self.check_year(&file.form, file.year)?;
        let mut report = Report::new(form.clone(), &file.organ, file.year);
        for Word(id) in &file.additions {
            let Some(addition) = form.find_addition(id) else {
                return self.damaged(id, format!("{}没有附加行“{id}”", form.name));
            };
            report = report.with(|report| Edit::addition(report, addition, true));
        }
        for (id, paragraphs) in &file.texts.0 {
            let text = self.text(&form, id)?;
            report = report.with(|report| Edit::text(report, text, &paragraphs.join("\n")));
        }
        let mut values = Vec::new();
        for (table, rows) in &file.tables.0 {
            for (row, cells) in &rows.0 {
                for (column, written) in &cells.0 {
                    let (cell, value) =
                        self.cell(&form, &format!("{table}.{row}.{column}"), column, written)?;
                    if form.cell(cell).computed {
                        return self.damaged(column, format!("“{table}.{row}.{column}”由程序计算，不能填写；原填的总计应在 stated 里"));
                    }
                    if !report.shows(cell) {
                        return self.damaged(
                            column,
                            format!("“{table}.{row}.{column}”属于没有打开的附加行"),
                        );
                    }
                    values.push((cell, value));
                }
            }
        }
        report = self.fill(&form, file, report, values)?;
        for (id, written) in &file.stated.0 {
            let (cell, value) = self.cell(&form, id, id, written)?;
            if !form.cell(cell).computed {
                return self.damaged(id, format!("“{id}”不是程序计算的总计，不能写在 stated 里"));
            }
            if value.is_blank() {
                return self.damaged(id, format!("“{id}”的原填值不能是空白"));
            }
            report = report.with(|report| Edit::stated(report, cell, Some(value)));
        }
        for (key, ReasonFile { text, about }) in &file.reasons.0 {
            let Some(reason) = Reason::new(text, about) else {
                return self.damaged(
                    key,
                    format!("“{key}”的原因太短，至少要 {} 个字", Reason::LEAST),
                );
            };
            report = report.with(|report| Edit::reason(report, key, Some(reason)));
        }
        if let Some(prior) = &file.prior {
            let prior = Arc::new(self.prior(prior)?);
            report = report.with(|report| Edit::prior(report, Some(prior)));
        }
        let notes = self.notes(file)?;
        self.links(file, report.with(|report| Edit::notes(report, notes)))
    }

    /// A year has four digits; `place` stands beside it.
    fn check_year(&self, place: &str, year: i32) -> Result<(), Problem> {
        if (1000..=9999).contains(&year) {
            return Ok(());
        }
        self.damaged(place, format!("年度“{year}”不是四位数"))
    }

    fn form(&self, id: &str) -> Result<Arc<Form>, Problem> {
        form::by_id(id).ok_or_else(|| {
            let known: Vec<_> = form::official().iter().map(|form| &*form.id).collect();
            Problem::UnknownForm {
                line: self.source.line_of(id).unwrap_or(1),
                id: id.to_owned(),
                known: known.join("、"),
            }
        })
    }

    pub(super) fn text(&self, form: &Form, id: &str) -> Result<TextIx, Problem> {
        match form.find_text(id) {
            Some(text) => Ok(text),
            None => self.damaged(id, format!("{}没有正文“{id}”", form.name)),
        }
    }

    /// Last year's figures; their totals are taken as they were when the draft was saved.
    fn prior(&self, file: &PriorFile<'_>) -> Result<Prior, Problem> {
        let form = self.form(&file.form)?;
        self.check_year(&file.form, file.year)?;
        let mut figures = Figures::blank(form.clone(), &file.organ, file.year);
        for (id, paragraphs) in &file.texts.0 {
            figures.set_text(self.text(&form, id)?, paragraphs.join("\n"));
        }
        for (table, rows) in &file.tables.0 {
            for (row, cells) in &rows.0 {
                for (column, written) in &cells.0 {
                    let id = format!("{table}.{row}.{column}");
                    let (cell, value) = match (form.find(&id), written) {
                        // A total may be larger than what a cell takes.
                        (Some(cell), Written::Whole(n)) if form.cell(cell).computed => {
                            (cell, Value::Count(*n))
                        }
                        _ => self.cell(&form, &id, column, written)?,
                    };
                    figures.set(cell, value);
                }
            }
        }
        Ok(Prior {
            figures,
            source: file.source.clone(),
            sha256: file.sha256.clone(),
        })
    }

    /// Fills the cells in, with their origins and parts.
    fn fill(
        &self,
        form: &Form,
        file: &DraftFile<'_>,
        mut report: Report,
        values: Vec<(CellIx, Value)>,
    ) -> Result<Report, Problem> {
        let mut origins = BTreeMap::new();
        for (origin_id, places) in &file.origins.0 {
            let Some(origin) = Origin::by_id(origin_id) else {
                return self.damaged(origin_id, format!("没有“{origin_id}”这种来源"));
            };
            for Word(place) in places {
                let row = format!("{place}.");
                // A row is what is filled in; a whole table is all that it prints, but for what is stated otherwise.
                let is_table = form.tables.iter().any(|table| table.id == *place);
                let is_stated = |id: &str| file.stated.0.iter().any(|(other, _)| other == id);
                let cells: Vec<CellIx> = form
                    .indexed_cells()
                    .filter(|(_, cell)| {
                        let is_meant = !cell.computed || is_table && !is_stated(&cell.id);
                        cell.id == *place || (cell.id.starts_with(&row) && is_meant)
                    })
                    .map(|(ix, _)| ix)
                    .collect();
                if cells.is_empty() {
                    return self
                        .damaged(place, format!("{}没有“{place}”这一格或这一行", form.name));
                }
                origins.extend(cells.into_iter().map(|cell| (cell, origin)));
            }
        }
        let printed = origins.iter();
        let printed = printed.filter(|(_, origin)| **origin == Origin::Imported);
        let printed: Vec<CellIx> = printed.map(|(&cell, _)| cell).collect();
        report = report.with(|report| Edit::printed(report, printed));
        for (cell, value) in values {
            let origin = origins.get(&cell).copied();
            report = report.with(|report| Edit::cells_from(report, origin, [(cell, value)]));
        }
        for (id, parts) in &file.addends.0 {
            let mut addends = Vec::new();
            let mut place = None;
            for (name, written) in parts {
                let (cell, value) = self.cell(form, id, id, written)?;
                place = Some(cell);
                addends.push(Addend {
                    name: name.clone(),
                    value,
                });
            }
            let holds = |cell: &CellIx| {
                !form.cell(*cell).computed
                    && total(&addends).is_some_and(|sum| sum == report.value(*cell))
            };
            let Some(cell) = place.filter(holds) else {
                return self.damaged(id, format!("“{id}”的分项加起来不等于这一格的数"));
            };
            report = report.with(|report| Edit::addends(report, cell, addends));
        }
        Ok(report)
    }

    fn cell(
        &self,
        form: &Form,
        id: &str,
        place: &str,
        written: &Written<'_>,
    ) -> Result<(CellIx, Value), Problem> {
        let Some(cell) = form.find(id) else {
            return self.damaged(place, format!("{}没有单元格“{id}”", form.name));
        };
        match written.value(form.cell(cell).kind) {
            Some(value) => Ok((cell, value)),
            None => {
                let kind = match form.cell(cell).kind {
                    Kind::Amount => format!("不超过 {} 位小数的金额", value::MAX_SCALE),
                    _ => "整数".to_owned(),
                };
                self.damaged(
                    place,
                    format!("“{id}”应是{kind}，现在写的是{}", Shown(written)),
                )
            }
        }
    }
}

struct Shown<'a>(&'a Written<'a>);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Written::Nothing => f.write_str("空白"),
            Written::Whole(n) => write!(f, " {n}"),
            Written::Decimal(text) => write!(f, "“{text}”"),
        }
    }
}
