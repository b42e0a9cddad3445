//! Rectangles of cells: what is selected, filled, copied, pasted. Pure, over a resolved grid.

use crate::check::Evaluation;
use crate::form::{CellIx, Content, Grid, GridCell, with_year};
use crate::import;
use crate::report::Report;
use crate::value::{self, Value};
use std::ops::Range;

/// Some rows and columns of a grid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    rows: Range<usize>,
    cols: Range<usize>,
}

impl Block {
    /// The rectangle that has two cells in its corners.
    pub fn between(grid: &Grid, a: usize, b: usize) -> Self {
        let (a, b) = (&grid.cells[a], &grid.cells[b]);
        let rows = a.row.min(b.row)..(a.row + a.rows).max(b.row + b.rows);
        let cols = a.col.min(b.col)..(a.col + a.cols).max(b.col + b.cols);
        Self { rows, cols }
    }

    fn touches(&self, cell: &GridCell) -> bool {
        let overlap =
            |a: &Range<usize>, start: usize, len: usize| a.start < start + len && start < a.end;
        overlap(&self.rows, cell.row, cell.rows) && overlap(&self.cols, cell.col, cell.cols)
    }

    /// Its numbers, row by row; rows without any are left out.
    pub fn cells(&self, grid: &Grid, shows_row: impl Fn(usize) -> bool) -> Vec<Vec<CellIx>> {
        let mut rows: Vec<(usize, Vec<CellIx>)> = Vec::new();
        for cell in grid
            .cells
            .iter()
            .filter(|cell| shows_row(cell.row) && self.touches(cell))
        {
            let Content::Value(ix) = cell.content else {
                continue;
            };
            match rows.last_mut() {
                Some((row, cells)) if *row == cell.row => cells.push(ix),
                _ => rows.push((cell.row, vec![ix])),
            }
        }
        rows.into_iter().map(|(_, cells)| cells).collect()
    }
}

/// The first and the last number that a label or a head stands for.
pub fn numbers_of(grid: &Grid, slot: usize) -> Option<(usize, usize)> {
    let cell = &grid.cells[slot];
    let block = match cell.content {
        Content::Label(_) => Block {
            rows: cell.row..cell.row + cell.rows,
            cols: cell.col + cell.cols..grid.cols,
        },
        Content::Head(_) => {
            // As far down as the next block of the table.
            let below = cell.row + cell.rows;
            let is_block = |row: &usize| {
                matches!(
                    grid.cells[grid.covering(*row, cell.col)].content,
                    Content::Block(_)
                )
            };
            let end = (below..grid.rows.len())
                .find(is_block)
                .unwrap_or(grid.rows.len());
            Block {
                rows: below..end,
                cols: cell.col..cell.col + cell.cols,
            }
        }
        _ => return None,
    };
    let is_number = |slot: &usize| {
        matches!(grid.cells[*slot].content, Content::Value(_)) && block.touches(&grid.cells[*slot])
    };
    Some((
        (0..grid.cells.len()).find(is_number)?,
        (0..grid.cells.len()).rfind(is_number)?,
    ))
}

/// The first row over all rows, or the first column over all columns.
pub fn fill(report: &Report, rows: &[Vec<CellIx>], right: bool) -> Vec<(CellIx, Value)> {
    let mut values = Vec::new();
    for row in rows {
        for (at, &cell) in row.iter().enumerate() {
            let from = if right {
                row.first()
            } else {
                rows.first().and_then(|first| first.get(at))
            };
            let Some(&from) = from.filter(|&&from| from != cell) else {
                continue;
            };
            // A count does not fit into a cell of amounts, nor the other way round.
            if report.form().cell(from).kind == report.form().cell(cell).kind
                && !report.form().cell(from).computed
            {
                values.push((cell, report.value(from)));
            }
        }
    }
    values
}

/// What a paste does.
#[derive(Debug, Default)]
pub struct Plan {
    /// What goes where.
    pub values: Vec<(CellIx, Value)>,
    /// What a total was pasted as; it is computed here and only compared.
    totals: Vec<(CellIx, Value)>,
    /// What could not be placed, with the reason.
    refused: Vec<String>,
}

/// Works out what pasting `text` does: one value fills the selection, a rectangle goes right and down from the active
/// cell.
pub fn paste(
    report: &Report,
    grid: &Grid,
    active: usize,
    selected: &[Vec<CellIx>],
    text: &str,
) -> Plan {
    let fields = import::read_tsv(text);
    let mut plan = Plan::default();
    if let [only] = fields.as_slice()
        && let [only] = only.as_slice()
    {
        for &cell in &selected.concat() {
            let lonely = selected.concat().len() == 1;
            if lonely || !report.form().cell(cell).computed {
                plan.place(report, cell, only);
            }
        }
        return plan;
    }
    let start = &grid.cells[active];
    let whole = Block {
        rows: start.row..grid.rows.len(),
        cols: start.col..grid.cols,
    };
    let shows = |row: usize| grid.rows[row].is_none_or(|addition| report.has_addition(addition));
    let rows = whole.cells(grid, shows);
    for (at, line) in fields.iter().enumerate() {
        for (nth, field) in line.iter().enumerate() {
            match rows.get(at).and_then(|row| row.get(nth)) {
                Some(&cell) => plan.place(report, cell, field),
                None if field.trim().is_empty() => {}
                None => plan.refused.push(format!("“{}”超出了表格", field.trim())),
            }
        }
    }
    plan
}

impl Plan {
    fn place(&mut self, report: &Report, cell: CellIx, field: &str) {
        let spec = report.form().cell(cell);
        match value::parse(field, spec.kind, spec.unit.as_deref()) {
            Ok(value) if spec.computed => self.totals.push((cell, value)),
            Ok(value) => self.values.push((cell, value)),
            Err(reason) => self.refused.push(format!(
                "{}：{reason}",
                with_year(&report.form().full_name(cell), report.year())
            )),
        }
    }

    /// What the clerk is told afterwards; nothing if everything went as it should.
    pub fn complaint(&self, report: &Report, evaluation: &Evaluation) -> Option<String> {
        const LISTED: usize = 6;
        let differs = |(cell, value): &&(CellIx, Value)| {
            !value.is_blank() && !value.same_number(evaluation.value(*cell))
        };
        let totals = self.totals.iter().filter(differs).map(|&(cell, value)| {
            let name = with_year(&report.form().full_name(cell), report.year());
            format!(
                "{name}：粘贴的是 {value}，计算值是 {}，没有采用",
                evaluation.value(cell)
            )
        });
        let all: Vec<String> = self.refused.iter().cloned().chain(totals).collect();
        if all.is_empty() {
            return None;
        }
        let more = if all.len() > LISTED {
            format!("\n……共 {} 处", all.len())
        } else {
            String::new()
        };
        let listed = all
            .iter()
            .take(LISTED)
            .cloned()
            .collect::<Vec<_>>()
            .join("\n");
        Some(format!(
            "已粘贴 {} 格；以下没有粘贴（按 Ctrl+Z 可以整个撤销）：\n{listed}{more}",
            self.values.len()
        ))
    }
}
