//! Several reports side by side: years of one organ, states of one draft.

use crate::form::{Cell, CellIx, Form, Former, with_year};
use crate::prose::{self, Wording};
use crate::report::Figures;
use crate::value::Value;
use rust_decimal::Decimal;

/// A table of the newest form with the numbers of all reports.
#[derive(Clone, Debug, PartialEq)]
pub struct TableLines {
    /// The table's name, e.g. `表三`.
    pub name: String,
    /// What the columns of its rows are called, where all rows have the same: one is looked at at a time.
    pub columns: Vec<String>,
    /// Its lines.
    pub lines: Vec<Line>,
}

/// A number in all reports.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What it is, without the column where the table has [`TableLines::columns`].
    pub name: String,
    /// Which of [`TableLines::columns`] it is of.
    pub column: Option<usize>,
    /// The number in each report; none where its form has no such cell.
    pub values: Vec<Option<Value>>,
}

impl Line {
    /// Whether the report at `nth` says something else than the nearest one before it that has the cell.
    pub fn differs_at(&self, nth: usize) -> bool {
        let before = self.values[..nth].iter().rev().flatten().next();
        match (before, self.values[nth]) {
            (Some(before), Some(value)) => !before.same_number(value),
            _ => false,
        }
    }

    /// Whether any two reports that have the cell say different things.
    pub fn differs(&self) -> bool {
        (0..self.values.len()).any(|nth| self.differs_at(nth))
    }

    /// From one report to another: by how much, and by how many per cent where that can be said.
    pub fn change(&self, from: usize, to: usize) -> Option<(Decimal, Option<Decimal>)> {
        let number = |nth: usize| self.values.get(nth).copied().flatten()?.decimal();
        let (before, after) = (number(from)?, number(to)?);
        let by = (after - before).normalize();
        let share = (!before.is_zero()).then(|| by / before.abs() * Decimal::from(100));
        Some((by, share.map(|share| share.round())))
    }
}

/// Every number of the reports, table by table, in the order of the newest form. Cells of other forms stand behind it;
/// where several cells now say what one said, their sum stands beside it.
pub fn tables(all: &[Figures]) -> Vec<TableLines> {
    let Some(newest) = all.iter().max_by_key(|figures| figures.year()) else {
        return Vec::new();
    };
    let (form, year) = (newest.form(), newest.year());
    let mut tables: Vec<TableLines> = (0..form.tables.len())
        .map(|table| of_table(form, year, table, all))
        .collect();
    for figures in all {
        only_there(form, figures, all, &mut tables);
    }
    tables
}

fn of_table(form: &Form, year: i32, table: usize, all: &[Figures]) -> TableLines {
    let columns = common_columns(form, table);
    let cells = form.indexed_cells().filter(|(_, cell)| cell.table == table);
    let mut lines = Vec::new();
    for (ix, cell) in cells {
        let values: Vec<_> = all.iter().map(|one| one.same_cell(form, ix)).collect();
        // Local rows that nobody has filled in are not there.
        let blank = |value: &Option<Value>| value.is_none_or(Value::is_blank);
        if cell.addition.is_some() && values.iter().all(blank) {
            continue;
        }
        lines.push(line(form, ix, &columns, year, values));
        // What was one cell before stands behind the last of those that it is now.
        for former in &form.formerly {
            if former.these.last() == Some(&ix) {
                lines.extend(sum_line(form, former, &columns, all));
            }
        }
    }
    TableLines {
        name: form.tables[table].name.clone(),
        columns,
        lines,
    }
}

fn line(
    form: &Form,
    ix: CellIx,
    columns: &[String],
    year: i32,
    values: Vec<Option<Value>>,
) -> Line {
    let cell = form.cell(ix);
    let column = columns.iter().position(|name| *name == cell.col_name);
    let name = match column {
        Some(_) => cell.row_name.clone(),
        None => cell.name(),
    };
    Line {
        name: with_year(&name, year),
        column,
        values,
    }
}

/// The columns of a table in which every row has the same ones; nothing for other tables.
fn common_columns(form: &Form, table: usize) -> Vec<String> {
    let official = |cell: &&Cell| cell.table == table && cell.addition.is_none();
    let cells: Vec<_> = form.cells.iter().filter(official).collect();
    let rows: Vec<_> = cells.chunk_by(|a, b| a.row_id == b.row_id).collect();
    let names =
        |row: &[&Cell]| -> Vec<String> { row.iter().map(|cell| cell.col_name.clone()).collect() };
    match rows.split_first() {
        Some((first, rest))
            if !rest.is_empty() && rest.iter().all(|row| names(row) == names(first)) =>
        {
            names(first)
        }
        _ => Vec::new(),
    }
}

/// The sum of cells that were one cell in an earlier form, if one of the reports is on it.
fn sum_line(form: &Form, former: &Former, columns: &[String], all: &[Figures]) -> Option<Line> {
    let old = all.iter().find(|one| one.form().id == former.form)?;
    let before = old.form().find(&former.cell)?;
    let value = |one: &Figures| match one.form().id == former.form {
        true => one.find(&former.cell),
        false => {
            let parts = former.these.iter().map(|&cell| one.same_cell(form, cell));
            parts.reduce(|sum, part| Some(sum?.plus(part?))).flatten()
        }
    };
    let values = all.iter().map(value).collect();
    let mut line = line(old.form(), before, columns, old.year(), values);
    line.name.push_str("（合计）");
    Some(line)
}

/// Cells that only this report's form has, once for each form.
fn only_there(form: &Form, figures: &Figures, all: &[Figures], tables: &mut Vec<TableLines>) {
    let old = figures.form();
    let mut on_it = all.iter().filter(|one| one.form().id == old.id);
    let is_first = on_it.next().is_some_and(|one| std::ptr::eq(one, figures));
    if old.id == form.id || !is_first {
        return;
    }
    for (ix, cell) in old.indexed_cells() {
        let is_joined = |former: &Former| former.form == old.id && former.cell == cell.id;
        if form.find(&cell.id).is_some() || form.formerly.iter().any(is_joined) {
            continue;
        }
        let values: Vec<_> = all.iter().map(|one| one.same_cell(old, ix)).collect();
        let blank = |value: &Option<Value>| value.is_none_or(Value::is_blank);
        if cell.addition.is_some() && values.iter().all(blank) {
            continue;
        }
        let name = &old.tables[cell.table].name;
        let at = tables.iter().position(|table| table.name == *name);
        let at = at.unwrap_or_else(|| {
            tables.push(TableLines {
                name: name.clone(),
                columns: Vec::new(),
                lines: Vec::new(),
            });
            tables.len() - 1
        });
        let line = line(old, ix, &tables[at].columns, figures.year(), values);
        tables[at].lines.push(line);
    }
}

/// Paragraphs of two texts, one of each beside the other.
type Pair<'a> = (Option<&'a str>, Option<&'a str>);

/// Paragraphs of two texts side by side: in both, only in the first, only in the second, or in two wordings.
pub fn paragraphs<'a>(a: &'a str, b: &'a str) -> Vec<Pair<'a>> {
    let written = |text: &'a str| -> Vec<&'a str> {
        text.lines()
            .filter(|line| !line.trim().is_empty())
            .collect()
    };
    let (old, new) = (written(a), written(b));
    let mut pairs = Vec::new();
    for stretch in prose::stretches(&old, &new) {
        let (of_old, of_new) = (&old[stretch.old], &new[stretch.new]);
        if stretch.is_same {
            let both = of_old.iter().zip(of_new);
            pairs.extend(both.map(|(&a, &b)| (Some(a), Some(b))));
            continue;
        }
        let (mut from_old, mut from_new) = (0, 0);
        for (a, b) in wordings(of_old, of_new) {
            pairs.extend(apart(&of_old[from_old..a], &of_new[from_new..b]));
            pairs.push((Some(of_old[a]), Some(of_new[b])));
            (from_old, from_new) = (a + 1, b + 1);
        }
        pairs.extend(apart(&of_old[from_old..], &of_new[from_new..]));
    }
    pairs
}

/// Which paragraphs are two wordings of one, in order: those pairs that have most in common altogether.
fn wordings(old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    /// Below this part of both in common they are no wordings of one paragraph.
    const ALIKE: f32 = 0.4;
    /// More than so many pairs nobody looks through.
    const MOST: usize = 4000;
    if old.len() * new.len() > MOST {
        return (0..old.len().min(new.len()))
            .map(|nth| (nth, nth))
            .collect();
    }
    let [old, new] = [old, new].map(|all| all.iter().map(|it| Wording::new(it)));
    let (old, new): (Vec<Wording>, Vec<Wording>) = (old.collect(), new.collect());
    // How much those from here on have in common at best, and whether the first two of them are a pair.
    let mut best = vec![vec![(0.0_f32, false); new.len() + 1]; old.len() + 1];
    for a in (0..old.len()).rev() {
        for b in (0..new.len()).rev() {
            let apart = best[a + 1][b].0.max(best[a][b + 1].0);
            let together = old[a].likeness(&new[b], ALIKE);
            let together = together.map(|alike| alike + best[a + 1][b + 1].0);
            best[a][b] = match together {
                Some(together) if together > apart => (together, true),
                _ => (apart, false),
            };
        }
    }
    let (mut a, mut b) = (0, 0);
    let mut pairs = Vec::new();
    while a < old.len() && b < new.len() {
        if best[a][b].1 {
            pairs.push((a, b));
            (a, b) = (a + 1, b + 1);
        } else if best[a + 1][b].0 >= best[a][b + 1].0 {
            a += 1;
        } else {
            b += 1;
        }
    }
    pairs
}

/// Paragraphs that have nothing in common: as many on either side stand beside each other, others by themselves.
fn apart<'a>(old: &[&'a str], new: &[&'a str]) -> Vec<Pair<'a>> {
    if old.len() == new.len() {
        let both = old.iter().zip(new);
        return both.map(|(&a, &b)| (Some(a), Some(b))).collect();
    }
    let gone = old.iter().map(|&a| (Some(a), None));
    gone.chain(new.iter().map(|&b| (None, Some(b)))).collect()
}
