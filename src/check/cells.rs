//! What each cell must be by itself: filled in, and not below 0.

use super::about::About;
use super::evaluation::{Evaluation, Finding, Said};
use super::remedy::{Remedies, Remedy};
use crate::form::{CellIx, Demand, Form, with_year};
use crate::report::Report;
use crate::value::{Kind, Value};

/// A number below 0 though it must not be.
#[derive(Debug)]
struct Negative {
    cell: CellIx,
    value: Value,
}

/// Cells of one table that are blank.
#[derive(Debug)]
struct Blanks {
    table: usize,
}

pub(super) fn check(report: &Report, result: &mut Evaluation) {
    let form = report.form();
    for rule in &form.cell_rules {
        let cells = form.tables[rule.table].cells.clone().map(CellIx);
        match rule.is {
            Demand::NotNegative => {
                let negative: Vec<CellIx> = cells
                    .filter(|&cell| result.effective.is_negative(cell))
                    .filter(|&cell| form.cell(cell).kind != Kind::Signed && report.shows(cell))
                    .collect();
                for cell in negative {
                    let value = result.effective(cell);
                    let about = About::cells(form, &[cell]);
                    let negative = Negative { cell, value };
                    let finding = Finding::of_form(form, rule.rule, about, negative);
                    result.findings.push(finding);
                }
            }
            Demand::Filled => {
                let blank: Vec<CellIx> = cells
                    .filter(|&cell| result.computed.is_blank(cell))
                    .filter(|&cell| !form.cell(cell).computed && report.shows(cell))
                    .collect();
                if !blank.is_empty() {
                    let about = About::cells(form, &blank);
                    let blanks = Blanks { table: rule.table };
                    let finding = Finding::of_form(form, rule.rule, about, blanks);
                    result.findings.push(finding.unfilled());
                }
            }
        }
    }
}

impl Said for Negative {
    fn headline(&self, _: &Finding, report: &Report) -> String {
        format!("{}：是负数", report.form().full_name(self.cell))
    }

    fn message(&self, finding: &Finding, report: &Report, _: &Evaluation) -> String {
        let form = report.form();
        format!(
            "{} · 现为 {}，{}",
            form.full_name(self.cell),
            self.value,
            finding.wording(form)
        )
    }
}

impl Said for Blanks {
    fn headline(&self, finding: &Finding, report: &Report) -> String {
        let table = &report.form().tables[self.table].name;
        format!("{table}：有 {} 格空白", finding.about.cells.len())
    }

    fn message(&self, finding: &Finding, report: &Report, _: &Evaluation) -> String {
        let form = report.form();
        let cells = &finding.about.cells;
        let name = with_year(&form.cell(cells[0]).name(), report.year());
        let which = if cells.len() == 1 {
            format!("{name} 空白")
        } else {
            format!("有 {} 格空白，第一格是 {name}", cells.len())
        };
        let table = &form.tables[self.table].name;
        format!("{table} · {which}；{}", finding.wording(form))
    }

    fn evidence(&self, finding: &Finding, report: &Report, _: &Evaluation) -> String {
        let cells = finding.about.cells.iter();
        let ids = cells.map(|&cell| report.form().cell(cell).id.as_str());
        format!("空白：{}", ids.collect::<Vec<_>>().join(" "))
    }

    fn remedies(&self, finding: &Finding, _: &Report, _: &Evaluation) -> Remedies {
        Some(Remedy::ZeroBlanks(finding.about.cells.clone())).into()
    }

    /// Blanks are one finding a table, wherever the first of them is.
    fn key_place<'a>(&self, form: &'a Form) -> Option<&'a str> {
        Some(&form.tables[self.table].id)
    }
}
