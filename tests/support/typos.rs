//! What a clerk types wrong, seeded: the numbers of tables three and four as a document prints them, one slip in them, and
//! the report that is then open.

use super::random::{self, Random};
use nianbao::check;
use nianbao::form::{self, CellIx, Form};
use nianbao::import;
use nianbao::report::{Edit, Report};
use nianbao::rollover;
use nianbao::value::Value;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The ways to go wrong.
pub const WAYS: [&str; 14] = [
    "transposed",
    "digit",
    "length",
    "sign",
    "tenfold",
    "other number",
    "swapped with the right",
    "swapped with the one below",
    "typed into the next cell",
    "row shifted",
    "column shifted",
    "rows swapped",
    "wrong total",
    "wrong total in table four",
];

/// How the numbers came into the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// From a document that prints its totals.
    Printed,
    /// By hand, so that the program adds up.
    Live,
    /// By hand, with last year's report beside it.
    LiveWithLastYear,
    /// By hand, with texts that state every total of a row that is not 0.
    LiveWithTexts,
    /// From a document whose totals are blank.
    WithoutTotals,
}

/// How a text says the total of a row, or of the rows of which only the sum has a name.
const SENTENCES: [(&[&str], &str); 28] = [
    (&["r1"], "新收政府信息公开申请"),
    (&["r2"], "上年结转政府信息公开申请"),
    (&["r3_1"], "政府信息公开申请予以公开"),
    (&["r3_2"], "政府信息公开申请部分公开"),
    (&["r3_3_1"], "政府信息公开申请属于国家秘密"),
    (&["r3_3_2"], "政府信息公开申请法律行政法规禁止公开"),
    (&["r3_3_3"], "政府信息公开申请危及“三安全一稳定”"),
    (&["r3_3_4"], "政府信息公开申请保护第三方合法权益"),
    (&["r3_3_5"], "政府信息公开申请属于三类内部事务信息"),
    (&["r3_3_6"], "政府信息公开申请属于四类过程性信息"),
    (&["r3_3_7"], "政府信息公开申请属于行政执法案卷"),
    (&["r3_3_8"], "政府信息公开申请属于行政查询事项"),
    (&["r3_4_1"], "政府信息公开申请本机关不掌握相关政府信息"),
    (&["r3_4_2"], "政府信息公开申请没有现成信息需要另行制作"),
    (&["r3_4_3"], "政府信息公开申请补正后申请内容仍不明确"),
    (&["r3_5_1"], "政府信息公开申请信访举报投诉类申请"),
    (&["r3_5_2"], "政府信息公开申请重复申请"),
    (&["r3_5_3"], "政府信息公开申请要求提供公开出版物"),
    (&["r3_5_4"], "政府信息公开申请无正当理由大量反复申请"),
    (
        &["r3_5_5"],
        "政府信息公开申请要求行政机关确认或重新出具已获取信息",
    ),
    (&["r3_6_1"], "政府信息公开申请申请人无正当理由逾期不补正"),
    (
        &["r3_6_2"],
        "政府信息公开申请申请人逾期未按收费通知要求缴纳费用",
    ),
    (
        &["r3_6_1", "r3_6_2", "r3_6_3", "r3_6"],
        "政府信息公开申请其他处理",
    ),
    (&["r3_7"], "办结政府信息公开申请"),
    (&["r4"], "结转下年度继续办理的政府信息公开申请"),
    (&["t4.rev_total"], "被申请行政复议"),
    (&["t4.dir_total"], "未经复议直接起诉"),
    (&["t4.post_total"], "复议后起诉"),
];

/// What stands in the cells of a report; none for a blank.
pub type Sheet = BTreeMap<CellIx, Option<i64>>;

/// A balanced report before anything is mistyped.
pub struct Truth {
    pub form: Arc<Form>,
    pub year: i32,
    pub sheet: Sheet,
}

impl Truth {
    /// Made up; `size` is about the largest number in it.
    pub fn synthetic(form: &Arc<Form>, size: i64, random: &mut Random) -> Self {
        let report = random::balanced(form, size, random);
        Self::of(&report, form.years.from + 1)
    }

    /// A real report, whose totals are taken as they add up; none if it does not balance then.
    pub fn real(report: &Report) -> Option<Self> {
        let cells: Vec<_> = report.cells().collect();
        let whole = report.clone().with(|it| Edit::zero_blanks(it, cells));
        let truth = Self::of(&whole, report.year());
        let is_fine = check::evaluate(&truth.open(&truth.sheet, Route::Live))
            .findings
            .iter()
            .all(|finding| finding.level != form::Level::Error);
        is_fine.then_some(truth)
    }

    fn of(report: &Report, year: i32) -> Self {
        let evaluation = check::evaluate(report);
        let form = report.form().clone();
        let number = |cell: CellIx| match evaluation.value(cell) {
            Value::Count(n) => Some((cell, Some(n))),
            _ => None,
        };
        Self {
            sheet: report
                .cells()
                .filter(|&cell| form.cell(cell).addition.is_none())
                .filter_map(number)
                .collect(),
            form,
            year,
        }
    }

    /// The report with these numbers in it instead of the true ones.
    pub fn open(&self, sheet: &Sheet, route: Route) -> Report {
        let computed = |cell: CellIx| self.form.cell(cell).computed;
        match route {
            Route::Printed => self.imported(sheet, |_| true),
            Route::WithoutTotals => self.imported(sheet, |cell| !computed(cell)),
            Route::Live | Route::LiveWithLastYear | Route::LiveWithTexts => {
                let inputs = sheet.iter().filter(|(cell, _)| !computed(**cell));
                let inputs = inputs.map(|(&cell, &n)| (cell, n.map_or(Value::Blank, Value::Count)));
                let new = Report::new(self.form.clone(), "某市某区人民政府办公室", self.year);
                let report = new.with(|new| Edit::cells(new, inputs.collect::<Vec<_>>()));
                match route {
                    Route::LiveWithLastYear => {
                        report.with(|it| Edit::prior(it, Some(self.last_year())))
                    }
                    Route::LiveWithTexts => {
                        let s1 = self.form.find_text("s1").unwrap();
                        report.with(|it| Edit::text(it, s1, &self.texts()))
                    }
                    _ => report,
                }
            }
        }
    }

    /// What part one says of the true numbers: every total of a row that is not 0, in the usual words.
    fn texts(&self) -> String {
        let sentence = |&(rows, before): &(&[&str], &str)| {
            let id = |row: &&str| match row.split_once('.') {
                Some(_) => format!("t4.row.{}", &row["t4.".len()..]),
                None => format!("t3.{row}.total"),
            };
            let cells = rows.iter().filter_map(|row| self.form.find(&id(row)));
            let number = |cell: CellIx| self.sheet.get(&cell).copied().flatten().unwrap_or(0);
            let sum: i64 = cells.map(number).sum();
            (sum != 0).then(|| format!("{before}{sum}件。"))
        };
        SENTENCES.iter().filter_map(sentence).collect()
    }

    /// What an import makes of a document with these numbers.
    fn imported(&self, sheet: &Sheet, is_printed: impl Fn(CellIx) -> bool) -> Report {
        let cells: serde_json::Map<_, _> = sheet
            .iter()
            .filter(|(cell, _)| is_printed(**cell))
            .map(|(&cell, &n)| (self.form.cell(cell).id.clone(), n.into()))
            .collect();
        let json = serde_json::json!({
            "form": self.form.id,
            "year": self.year,
            "organ": "某市某区人民政府办公室",
            "cells": cells,
        });
        import::from_json(&json.to_string()).unwrap().report
    }

    /// Last year's figures: near this year's, and what this year carried over is what was left then.
    fn last_year(&self) -> Arc<nianbao::report::Prior> {
        let mut random = Random::new(self.sheet.values().flatten().map(|&n| n as u64).sum());
        let year = self.year - 1;
        let form = form::by_year(year).unwrap_or_else(|| self.form.clone());
        let mut inputs = Vec::new();
        for (&cell, &n) in &self.sheet {
            let spec = self.form.cell(cell);
            let id = spec.id.replace("t3.r2.", "t3.r4.");
            let near = n.unwrap_or(0) * (70 + random.below(60) as i64) / 100;
            let n = match (id == spec.id, spec.row_id.as_str()) {
                (false, _) => n,
                (true, "r4") => continue,
                (true, _) => Some(near),
            };
            if let Some(cell) = form.find(&id).filter(|&cell| !form.cell(cell).computed) {
                inputs.push((cell, n.map_or(Value::Blank, Value::Count)));
            }
        }
        let last = Report::new(form, "某市某区人民政府办公室", year);
        let last = last.with(|last| Edit::cells(last, inputs));
        rollover::prior_of(&last, "去年.docx", "00")
    }
}

/// Mistypes a sheet in one way; nothing if that changes nothing. On a live route only what is typed can be wrong.
pub fn mistype(truth: &Truth, way: &str, route: Route, random: &mut Random) -> Option<Sheet> {
    let form = &truth.form;
    let prints = route == Route::Printed;
    let can = |cell: CellIx| form.cell(cell).table > 0 && (prints || !form.cell(cell).computed);
    let cells: Vec<CellIx> = truth
        .sheet
        .keys()
        .copied()
        .filter(|&cell| can(cell))
        .collect();
    let mut sheet = truth.sheet.clone();
    let cell = *random.pick(&cells);
    let old = truth.sheet[&cell]?;
    let mut put = |cell: CellIx, n: Option<i64>| sheet.insert(cell, n);
    match way {
        "swapped with the right" | "swapped with the one below" | "typed into the next cell" => {
            let way_to = if way.ends_with("below") {
                (1, 0)
            } else {
                (0, 1)
            };
            let next = beside(form, cell, way_to).filter(|&next| can(next))?;
            let other = truth.sheet[&next]?;
            if form.cell(cell).computed != form.cell(next).computed {
                return None;
            }
            if way.starts_with("typed") && other != 0 {
                return None;
            }
            put(cell, Some(other));
            put(next, Some(old));
        }
        "row shifted" => {
            let line = line(truth, cell, true, &can);
            shift(truth, &line, random.below(2) == 0, &mut put)?;
        }
        "column shifted" => {
            let line = line(truth, cell, false, &can);
            shift(truth, &line, random.below(4) > 0, &mut put)?;
        }
        "rows swapped" => {
            let one = line(truth, cell, true, &can);
            let below = match random.below(3) {
                0 => *random.pick(&cells),
                _ => beside(form, cell, (1, 0)).filter(|&next| can(next))?,
            };
            let other = line(truth, below, true, &can);
            if form.cell(cell).table != form.cell(below).table || one.len() != other.len() {
                return None;
            }
            for (&one, &other) in one.iter().zip(&other) {
                put(one, truth.sheet[&other]);
                put(other, truth.sheet[&one]);
            }
        }
        "wrong total" | "wrong total in table four" => {
            let is_one = |cell: &CellIx| {
                form.cell(*cell).computed && (way == "wrong total" || form.cell(*cell).table == 2)
            };
            let totals: Vec<CellIx> = cells.iter().copied().filter(is_one).collect();
            let cell = *totals.get(random.below(totals.len()))?;
            let old = truth.sheet[&cell]?;
            let new = match random.below(3) {
                0 => 0,
                1 => old + 1 + random.below(9) as i64,
                _ => {
                    let way = *random.pick(&WAYS[..5]);
                    digits(old, way, random)?
                }
            };
            put(cell, Some(new));
        }
        way => {
            put(cell, Some(digits(old, way, random)?));
        }
    }
    (sheet != truth.sheet).then_some(sheet)
}

/// A number mistyped by itself.
fn digits(old: i64, way: &str, random: &mut Random) -> Option<i64> {
    let mut digits: Vec<u8> = old.abs().to_string().into_bytes();
    match way {
        "transposed" => {
            if digits.len() < 2 {
                return None;
            }
            let at = random.below(digits.len() - 1);
            digits.swap(at, at + 1);
        }
        "digit" => {
            let at = random.below(digits.len());
            digits[at] = b'0' + (digits[at] - b'0' + 1 + random.below(9) as u8) % 10;
        }
        "length" if digits.len() > 1 && random.below(2) == 0 => {
            digits.remove(random.below(digits.len()));
        }
        "length" => digits.insert(
            random.below(digits.len() + 1),
            b'0' + random.below(10) as u8,
        ),
        "sign" => return Some(-old),
        "tenfold" => return Some(old * 10),
        "other number" => return Some(random.below(2 * old.unsigned_abs() as usize + 10) as i64),
        _ => unreachable!("{way}"),
    }
    std::str::from_utf8(&digits).unwrap().parse().ok()
}

/// The cell that stands beside another one in its table, so many rows and columns on.
fn beside(form: &Form, cell: CellIx, (rows, cols): (usize, usize)) -> Option<CellIx> {
    let spec = form.cell(cell);
    let grid = &form.tables[spec.table].grid;
    let place = &grid.cells[spec.slot];
    let (row, col) = (place.row + rows, place.col + cols);
    if row >= grid.rows.len() || col >= grid.cols {
        return None;
    }
    match grid.cells[grid.covering(row, col)].content {
        form::Content::Value(cell) => Some(cell),
        _ => None,
    }
}

/// All cells of a cell's row, or of its column, in order.
fn line(truth: &Truth, cell: CellIx, is_row: bool, can: &dyn Fn(CellIx) -> bool) -> Vec<CellIx> {
    let form = &truth.form;
    let spec = form.cell(cell);
    let same = |other: CellIx| {
        let other = form.cell(other);
        other.table == spec.table
            && match is_row {
                true => other.row_id == spec.row_id,
                false => other.col_id == spec.col_id,
            }
    };
    let all = truth.sheet.keys().copied();
    all.filter(|&other| same(other) && can(other)).collect()
}

/// Everything one place on: the first stays blank, the last is lost; or one place back.
fn shift(
    truth: &Truth,
    line: &[CellIx],
    on: bool,
    put: &mut impl FnMut(CellIx, Option<i64>) -> Option<Option<i64>>,
) -> Option<()> {
    let (first, last) = (*line.first()?, *line.last()?);
    if line.len() < 3 {
        return None;
    }
    for pair in line.windows(2) {
        match on {
            true => put(pair[1], truth.sheet[&pair[0]]),
            false => put(pair[0], truth.sheet[&pair[1]]),
        };
    }
    put(if on { first } else { last }, Some(0));
    Some(())
}
