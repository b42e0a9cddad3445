//! Tables of a page by the lines that are drawn: cells are what lines enclose, and a cell is merged where a line is
//! missing.

use super::lines::lines;
use super::page::{Glyph, Page};
use super::path::Rule;
use crate::import::limits::MAX_CELLS;
use crate::import::read::grid::table;
use crate::import::source::{RawCell, RawTable};

/// Lines nearer than this are one; points.
const NEAR: f64 = 3.0;

/// A table that was found.
#[derive(Debug)]
pub(super) struct Ruled {
    pub top: f64,
    /// The places of its vertical lines.
    pub columns: Vec<f64>,
    pub table: RawTable,
}

/// The tables of a page, from above, and the characters that belong to none.
pub(super) fn tables(page: &Page, glyphs: Vec<Glyph>) -> (Vec<Ruled>, Vec<Glyph>) {
    let across = merged(&page.rules, true);
    let down = merged(&page.rules, false);
    let mut left_over = glyphs;
    let mut found = Vec::new();
    for (across, down) in connected(&across, &down) {
        if let Some(frame) = Frame::of(&across, &down, page.height) {
            let (inside, outside) = left_over.into_iter().partition(|glyph| frame.holds(glyph));
            left_over = outside;
            let top = frame.rows.first().copied().unwrap_or(0.0);
            found.push(Ruled {
                top,
                table: frame.table(&inside),
                columns: frame.columns,
            });
        }
    }
    found.sort_by(|a, b| a.top.total_cmp(&b.top));
    (found, left_over)
}

/// Rules of one direction, those that continue each other as one.
fn merged(rules: &[Rule], horizontal: bool) -> Vec<Rule> {
    const SHORT: f64 = 4.0;
    let mut rules: Vec<Rule> = rules
        .iter()
        .filter(|rule| rule.horizontal == horizontal)
        .copied()
        .collect();
    rules.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut all = Vec::new();
    for group in rules.chunk_by_mut(|a, b| b.at - a.at <= 0.5 * NEAR) {
        group.sort_by(|a, b| a.from.total_cmp(&b.from));
        let mut open: Option<Rule> = None;
        for rule in group.iter() {
            match &mut open {
                Some(open) if rule.from <= open.to + NEAR => open.to = open.to.max(rule.to),
                _ => all.extend(open.replace(*rule)),
            }
        }
        all.extend(open);
    }
    all.retain(|rule| rule.to - rule.from > SHORT);
    all
}

/// Groups of rules that touch each other.
fn connected(across: &[Rule], down: &[Rule]) -> Vec<(Vec<Rule>, Vec<Rule>)> {
    // Far more than the densest form has.
    const MOST: usize = 4_000_000;
    if across.len() * down.len() > MOST {
        return Vec::new();
    }
    let mut sets = Sets::new(across.len() + down.len());
    for (i, a) in across.iter().enumerate() {
        for (j, d) in down.iter().enumerate() {
            let meets = a.at > d.from - NEAR
                && a.at < d.to + NEAR
                && d.at > a.from - NEAR
                && d.at < a.to + NEAR;
            if meets {
                sets.join(i, across.len() + j);
            }
        }
    }
    let mut groups: std::collections::BTreeMap<usize, (Vec<Rule>, Vec<Rule>)> = Default::default();
    for (i, rule) in across.iter().enumerate() {
        groups.entry(sets.find(i)).or_default().0.push(*rule);
    }
    for (j, rule) in down.iter().enumerate() {
        groups
            .entry(sets.find(across.len() + j))
            .or_default()
            .1
            .push(*rule);
    }
    groups.into_values().collect()
}

/// Sets that grow together.
struct Sets(Vec<usize>);

impl Sets {
    fn new(size: usize) -> Self {
        Self((0..size).collect())
    }

    fn find(&mut self, mut at: usize) -> usize {
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.find(a), self.find(b));
        self.0[a.max(b)] = a.min(b);
    }
}

/// Places nearer than [`NEAR`] as one.
fn places(mut all: Vec<f64>) -> Vec<f64> {
    all.sort_by(f64::total_cmp);
    all.chunk_by(|a, b| b - a <= NEAR)
        .map(|near| near.iter().sum::<f64>() / near.len() as f64)
        .collect()
}

/// The lines of a table.
struct Frame {
    rows: Vec<f64>,
    columns: Vec<f64>,
    /// For each row and column of the grid, the first place of the cell that covers it.
    cell: Vec<usize>,
    /// For each column whether its last cell goes on on the next page: no line closes it.
    open: Vec<bool>,
}

impl Frame {
    fn of(across: &[Rule], down: &[Rule], page: f64) -> Option<Self> {
        /// The part of a page above which no table ends because of the page's end.
        const FOOT: f64 = 0.8;
        if across.is_empty() || down.is_empty() {
            return None;
        }
        let ends = |rules: &[Rule]| {
            let from = rules.iter().map(|rule| rule.from).fold(f64::MAX, f64::min);
            let to = rules.iter().map(|rule| rule.to).fold(f64::MIN, f64::max);
            [from, to]
        };
        // A side without a line is where the lines of the other direction end.
        let sides = |mut lines: Vec<f64>, ends: [f64; 2]| {
            for (end, outer) in ends.into_iter().zip([-1.0, 1.0]) {
                if lines.iter().all(|line| (end - line) * outer > 2.0 * NEAR) {
                    lines.push(end);
                }
            }
            places(lines)
        };
        let columns = sides(down.iter().map(|rule| rule.at).collect(), ends(across));
        let rows = sides(across.iter().map(|rule| rule.at).collect(), ends(down));
        let (height, width) = (rows.len().checked_sub(1)?, columns.len().checked_sub(1)?);
        if !(2..=MAX_CELLS).contains(&(height * width)) {
            return None;
        }
        // Whether a rule runs along a line of the grid, beside the middle of a row or column. One that ends at its
        // edge does not, however narrow it is.
        let runs = |rules: &[Rule], sides: &[f64]| {
            let middle = (sides[0] + sides[1]) / 2.0;
            let near = NEAR.min((sides[1] - sides[0]) / 4.0);
            rules
                .iter()
                .any(|rule| rule.from - near < middle && middle < rule.to + near)
        };
        let on = |rules: &'_ [Rule], line: f64| -> Vec<Rule> {
            rules
                .iter()
                .filter(|rule| (rule.at - line).abs() <= NEAR)
                .copied()
                .collect()
        };
        let mut sets = Sets::new(height * width);
        for (col, &line) in columns.iter().enumerate().take(width).skip(1) {
            let rules = on(down, line);
            for (row, sides) in rows.windows(2).enumerate() {
                if !runs(&rules, sides) {
                    sets.join(row * width + col - 1, row * width + col);
                }
            }
        }
        for (row, &line) in rows.iter().enumerate().take(height).skip(1) {
            let rules = on(across, line);
            for (col, sides) in columns.windows(2).enumerate() {
                if !runs(&rules, sides) {
                    sets.join((row - 1) * width + col, row * width + col);
                }
            }
        }
        let cell = (0..height * width).map(|at| sets.find(at)).collect();
        let last = on(across, rows[height]);
        let is_open = |sides: &[f64]| rows[height] > FOOT * page && !runs(&last, sides);
        let open = columns.windows(2).map(is_open).collect();
        let mut frame = Self {
            rows,
            columns,
            cell,
            open,
        };
        frame.part_uneven();
        let cells = frame
            .cell
            .iter()
            .enumerate()
            .filter(|&(at, &cell)| at == cell)
            .count();
        (cells > 1).then_some(frame)
    }

    fn width(&self) -> usize {
        self.columns.len() - 1
    }

    /// Cells that are no rectangle, because a line is too short somewhere, fall apart into rows.
    fn part_uneven(&mut self) {
        let width = self.width();
        let mut boxes: std::collections::HashMap<usize, ([usize; 4], usize)> = Default::default();
        for (at, &cell) in self.cell.iter().enumerate() {
            let (row, col) = (at / width, at % width);
            let (corners, count) = boxes.entry(cell).or_insert(([row, col, row, col], 0));
            *corners = [
                corners[0].min(row),
                corners[1].min(col),
                corners[2].max(row),
                corners[3].max(col),
            ];
            *count += 1;
        }
        let uneven = |cell: usize| {
            let ([top, left, bottom, right], count) = boxes[&cell];
            count != (bottom - top + 1) * (right - left + 1)
        };
        let old = self.cell.clone();
        for at in 0..old.len() {
            if uneven(old[at]) {
                let goes_on = at % width > 0 && old[at - 1] == old[at];
                self.cell[at] = if goes_on { self.cell[at - 1] } else { at };
            }
        }
    }

    fn holds(&self, glyph: &Glyph) -> bool {
        self.place(glyph).is_some()
    }

    fn place(&self, glyph: &Glyph) -> Option<usize> {
        let x = (glyph.left + glyph.right) / 2.0;
        let y = glyph.base - 0.35 * glyph.size;
        let within = |lines: &[f64], at: f64| {
            let index = lines.partition_point(|line| *line <= at);
            (index > 0 && index < lines.len()).then(|| index - 1)
        };
        let col = within(&self.columns, x)?;
        let end = self.rows[self.rows.len() - 1];
        // The last line of a cell that goes on may stand lower than the line that closes the others.
        let hangs = self.open[col] && (end..end + 1.5 * glyph.size).contains(&y);
        let row = if hangs {
            self.rows.len() - 2
        } else {
            within(&self.rows, y)?
        };
        Some(row * self.width() + col)
    }

    fn table(&self, glyphs: &[Glyph]) -> RawTable {
        let width = self.width();
        let mut inside: Vec<Vec<&Glyph>> = vec![Vec::new(); self.cell.len()];
        for glyph in glyphs {
            if let Some(at) = self.place(glyph) {
                inside[self.cell[at]].push(glyph);
            }
        }
        let mut last = vec![0; self.cell.len()];
        for (at, &cell) in self.cell.iter().enumerate() {
            last[cell] = at;
        }
        let cells = inside
            .into_iter()
            .enumerate()
            .filter(|(at, _)| self.cell[*at] == *at);
        let cells = cells.map(|(at, glyphs)| {
            let text: Vec<String> = lines(glyphs).into_iter().map(|line| line.text).collect();
            RawCell {
                row: at / width,
                col: at % width,
                rows: last[at] / width - at / width + 1,
                cols: last[at] % width - at % width + 1,
                text: text.join("\n"),
            }
        });
        table(String::new(), cells.collect())
    }
}

/// Whether two parts of a table on two pages have the same columns: both ends, or one end and most of the others.
///
/// The rest may have fewer columns, as the rows that had more stand on the page before, and browsers draw no line at
/// the side of a cell that goes on.
fn same_columns(a: &[f64], b: &[f64]) -> bool {
    let near = |a: Option<&f64>, b: Option<&f64>| match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() <= 2.0 * NEAR,
        _ => false,
    };
    let (left, right) = (near(a.first(), b.first()), near(a.last(), b.last()));
    let (few, many) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let met = few
        .iter()
        .filter(|&&line| many.iter().any(|other| (line - other).abs() <= NEAR));
    (left && right) || ((left || right) && few.len() > 4 && met.count() * 4 >= few.len() * 3)
}

/// Adds a table to the one that ended on the page before, if it is the rest of it.
pub(super) fn go_on(first: &mut Ruled, rest: &Ruled) -> bool {
    if !same_columns(&first.columns, &rest.columns) {
        return false;
    }
    let columns = places(first.columns.iter().chain(&rest.columns).copied().collect());
    if first.table.cells.len() + rest.table.cells.len() > MAX_CELLS {
        return false;
    }
    let at = |place: f64| {
        let far = |at: &usize| (columns[*at] - place).abs();
        (0..columns.len())
            .min_by(|a, b| far(a).total_cmp(&far(b)))
            .unwrap_or(0)
    };
    // Lines of one page that the other page's draw together would put cells onto each other.
    let apart = |own: &[f64]| own.windows(2).all(|pair| at(pair[0]) < at(pair[1]));
    if !apart(&first.columns) || !apart(&rest.columns) {
        return false;
    }
    let mut rest_table = rest.table.clone();
    drop_heads(&first.table, &mut rest_table);
    let fit = |cell: &mut RawCell, own: &[f64]| {
        let (from, to) = (at(own[cell.col]), at(own[cell.col + cell.cols]));
        (cell.col, cell.cols) = (from, to - from);
    };
    let mut cells = std::mem::take(&mut first.table.cells);
    cells.iter_mut().for_each(|cell| fit(cell, &first.columns));
    rest_table
        .cells
        .iter_mut()
        .for_each(|cell| fit(cell, &rest.columns));
    let rows = first.table.rows;
    let over = |cell: &RawCell, above: &RawCell| {
        (above.col, above.cols, above.row + above.rows) == (cell.col, cell.cols, rows)
    };
    // Where one cell has ended with the page, all those that are as high and stand beside it have.
    let mut ended: Vec<(usize, usize)> = Vec::new();
    let top = rest_table.cells.iter().filter(|cell| cell.row == 0);
    for cell in top.filter(|cell| !cell.text.is_empty()) {
        let above = cells.iter().filter(|above| over(cell, above));
        ended.extend(above.map(|above| (above.row, above.rows)));
    }
    for mut cell in rest_table.cells {
        // The rest of a cell that reached over the break, such as a label at the side.
        let is_rest = |above: &&mut RawCell| {
            over(&cell, above)
                && above.rows + cell.rows > 2
                && !ended.contains(&(above.row, above.rows))
        };
        let mut above = cells.iter_mut();
        match above
            .find(is_rest)
            .filter(|_| cell.row == 0 && cell.text.is_empty())
        {
            Some(above) => above.rows += cell.rows,
            None => {
                cell.row += rows;
                cells.push(cell);
            }
        }
    }
    first.table = table(String::new(), cells);
    first.columns = columns;
    true
}

/// Takes away the rows that repeat the first ones of the table.
fn drop_heads(first: &RawTable, rest: &mut RawTable) {
    let row = |table: &RawTable, at: usize| -> Vec<String> {
        let cells = table.cells.iter().filter(|cell| cell.row == at);
        cells
            .map(|cell| cell.text.clone())
            .filter(|text| !text.is_empty())
            .collect()
    };
    let mut heads = 0;
    while heads < rest.rows.min(first.rows).min(8) {
        let words = row(rest, heads);
        if words.is_empty() || words != row(first, heads) {
            break;
        }
        heads += 1;
    }
    while heads > 0
        && rest
            .cells
            .iter()
            .any(|cell| cell.row < heads && cell.row + cell.rows > heads)
    {
        heads -= 1;
    }
    rest.cells.retain(|cell| cell.row >= heads);
    rest.cells.iter_mut().for_each(|cell| cell.row -= heads);
}
