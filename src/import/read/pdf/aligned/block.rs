//! Rows of numbers under heads of their own, as a table without lines has them.

use super::columns::{self, Extent};
use super::heads::Heads;
use super::pieces::{Line, LineKind, Piece};
use super::stacks::{self, Stack};
use super::tiles;
use crate::import::limits::MAX_CELLS;
use crate::import::source::UNREAD;
use std::ops::Range;

/// A row that was made out: its label, if such stands before it, and its cells with how many columns each covers.
#[derive(Debug)]
pub(super) struct Row {
    base: f64,
    pub label: String,
    pub cells: Vec<(usize, String)>,
}

/// Such rows.
#[derive(Debug)]
pub(super) struct Block {
    pub has_labels: bool,
    /// How many columns of numbers.
    pub columns: usize,
    /// How many numbers.
    pub numbers: usize,
    pub rows: Vec<Row>,
    pub columns_above: ColumnsAbove,
}

/// The columns of a block, for its rows on the next page, where no heads stand over them.
#[derive(Clone, Debug)]
pub(super) struct ColumnsAbove {
    heads: Vec<Extent>,
    /// The numbers in each of the last rows.
    rows: Vec<Vec<Piece>>,
}

/// How many rows show how the numbers of a table are set.
const MOST_ABOVE: usize = 100;

/// How the lines of a label stand beside a number.
#[derive(Clone, Copy)]
enum Beside {
    Middle,
    Top,
    Bottom,
}

/// Lines of a page that could be a block, taken apart.
struct Parts<'a> {
    /// The lines with numbers.
    rows: Vec<&'a Line>,
    labels: Vec<Stack>,
    heads: Vec<Stack>,
    /// Whether no lines stand nearer to each other than rows do.
    is_dense: bool,
}

impl<'a> Parts<'a> {
    /// `head` are the lines above the first row, `step` is the least step from row to row of the whole table.
    fn of(lines: &'a [Line], head: usize, step: Option<f64>) -> Option<Self> {
        /// Of the step from row to row, where lines stand no nearer.
        const NEXT_LINE: f64 = 1.06;
        let rows = lines[head..].iter();
        let rows: Vec<&Line> = rows.filter(|line| line.kind() == LineKind::Row).collect();
        let first_value = rows
            .iter()
            .flat_map(|row| row.values())
            .map(|piece| piece.at.left)
            .fold(f64::MAX, f64::min);
        let words = lines[head..].iter().flat_map(Line::words);
        let labels_end = words.map(|piece| piece.at.right).fold(f64::MIN, f64::max);
        if labels_end > first_value {
            return None;
        }
        let is_label = |piece: &&Piece| piece.at.left < labels_end;
        let above = lines[..head].iter().flat_map(Line::words);
        let (above, heads): (Vec<&Piece>, Vec<&Piece>) = above.partition(is_label);
        let below = lines[head..].iter().flat_map(Line::words);
        let labels: Vec<&Piece> = above.into_iter().chain(below).collect();
        let all = lines.iter().flat_map(Line::words).collect::<Vec<_>>();
        let pitch = stacks::pitch(&all, step);
        let is_dense = pitch == 0.0;
        let of_heads = match is_dense {
            true => step.map_or(0.0, |step| NEXT_LINE * step),
            false => pitch,
        };
        Some(Self {
            labels: stacks::stacks(&labels, pitch, f64::MAX),
            heads: stacks::stacks(&heads, of_heads, stacks::widest(&heads)),
            rows,
            is_dense,
        })
    }
}

impl Parts<'_> {
    /// The label of each row; where the lines of labels are as near as rows, they are put together first. Nothing where
    /// that is not clear.
    fn labels_beside(
        &mut self,
        values: &[Vec<&Piece>],
        columns: usize,
    ) -> Option<Vec<Option<usize>>> {
        if self.labels.is_empty() {
            // Nobody knows of numbers at different heights whether they are one row.
            let are_full = values.iter().all(|row| row.len() == columns);
            return (values.len() < 2 || are_full).then(|| vec![None; values.len()]);
        }
        let tiled = match self.is_dense {
            true => tiles::tiled(&self.rows, &self.labels),
            false => None,
        };
        match tiled {
            Some((labels, own)) => {
                self.labels = labels;
                Some(own)
            }
            None => own_labels(&self.rows, &self.labels),
        }
    }
}

impl Block {
    /// Makes the rows out of these lines, of which the first `head` stand above all numbers; nothing where any of it is
    /// not clear. Without heads of their own they may stand under those of the page before.
    /// `step` is the least step from row to row of the whole table.
    pub fn of(
        lines: &[Line],
        head: usize,
        step: Option<f64>,
        above: Option<&ColumnsAbove>,
    ) -> Option<Self> {
        let mut parts = Parts::of(lines, head, step)?;
        let above = above.filter(|_| parts.heads.is_empty());
        let heads = match above {
            Some(_) => None,
            None => Some(Heads::of(std::mem::take(&mut parts.heads))?),
        };
        let extents = match (&heads, above) {
            (Some(heads), _) => heads.extents(),
            (None, above) => above?.heads.clone(),
        };
        let first = extents.first()?.left;
        if parts.labels.iter().any(|label| label.at.right > first) {
            return None;
        }
        let rows = parts.rows.len() + parts.labels.len();
        if rows.saturating_mul(extents.len()) > MAX_CELLS {
            return None;
        }
        let values = parts.rows.iter().map(|row| row.values().collect());
        let values: Vec<Vec<&Piece>> = values.collect();
        let before = above.map_or(&[][..], |above| &above.rows).iter();
        let before: Vec<Vec<&Piece>> = before.map(|row| row.iter().collect()).collect();
        let places = columns::places(&extents, &[before.as_slice(), &values].concat())?;
        let places = &places[before.len()..];
        let own = parts.labels_beside(&values, extents.len())?;
        let mut rows = heads.as_ref().map_or_else(Vec::new, head_rows);
        for (nth, line) in parts.rows.iter().enumerate() {
            let label = own[nth].map(|own| parts.labels[own].text.clone());
            rows.push(Row {
                base: line.base,
                label: label.unwrap_or_default(),
                cells: cells(extents.len(), &values[nth], &places[nth]),
            });
        }
        let mut is_own = vec![false; parts.labels.len()];
        own.iter().flatten().for_each(|nth| is_own[*nth] = true);
        let others = parts.labels.iter().zip(is_own);
        let others = others.filter(|(_, is_own)| !is_own);
        rows.extend(others.map(|(label, _)| Row {
            base: label.middle(),
            label: label.text.clone(),
            cells: vec![(1, String::new()); extents.len()],
        }));
        rows.sort_by(|a, b| a.base.total_cmp(&b.base));
        let numbers = values.iter().rev().chain(before.iter().rev());
        let numbers = numbers.take(MOST_ABOVE);
        let numbers = numbers.map(|row| row.iter().copied().cloned().collect());
        Some(Self {
            has_labels: !parts.labels.is_empty(),
            columns: extents.len(),
            numbers: values.iter().map(Vec::len).sum(),
            rows,
            columns_above: ColumnsAbove {
                heads: extents,
                rows: numbers.collect(),
            },
        })
    }
}

/// The cells of a row; where it is not sure in which column a number stands, none of these is read.
fn cells(columns: usize, values: &[&Piece], places: &[Vec<usize>]) -> Vec<(usize, String)> {
    let mut cells = vec![(1, String::new()); columns];
    for (value, places) in values.iter().zip(places) {
        for &column in places {
            let text = &mut cells[column].1;
            match places.len() {
                1 if text.is_empty() => text.clone_from(&value.at.text),
                _ => *text = UNREAD.to_string(),
            }
        }
    }
    cells
}

/// The heads as rows.
fn head_rows(heads: &Heads) -> Vec<Row> {
    let columns = heads.columns.len();
    let mut rows = Vec::new();
    for level in &heads.levels {
        let mut cells = Vec::new();
        let mut at = 0;
        for (stack, span) in level {
            let from = span.start.max(at);
            cells.extend((at..from).map(|_| (1, String::new())));
            if span.end > from {
                cells.push((span.end - from, stack.text.clone()));
                at = span.end;
            }
        }
        cells.extend((at..columns).map(|_| (1, String::new())));
        rows.push(Row {
            base: level
                .iter()
                .map(|(stack, _)| stack.middle())
                .fold(f64::MAX, f64::min),
            label: String::new(),
            cells,
        });
    }
    let own = heads.columns.iter();
    rows.push(Row {
        base: own.clone().map(Stack::middle).fold(f64::MIN, f64::max),
        label: String::new(),
        cells: own.map(|head| (1, head.text.clone())).collect(),
    });
    rows
}

/// Which label stands beside each row: the nearest to its numbers. Nothing where a row has none, or where that differs
/// by how the lines of a label may stand beside a number.
fn own_labels(rows: &[&Line], labels: &[Stack]) -> Option<Vec<Option<usize>>> {
    let ways = [Beside::Middle, Beside::Top, Beside::Bottom];
    let mut possible = ways.iter().filter_map(|way| way.labels(rows, labels));
    let first = possible.next()?;
    possible.all(|other| other == first).then_some(first)
}

impl Beside {
    fn anchor(self, label: &Stack) -> f64 {
        match self {
            Self::Middle => label.middle(),
            Self::Top => label.top,
            Self::Bottom => label.bottom,
        }
    }

    fn labels(self, rows: &[&Line], labels: &[Stack]) -> Option<Vec<Option<usize>>> {
        /// Of a character's size.
        const NEAR: f64 = 0.35;
        const HALF: f64 = 0.6;
        let mut order: Vec<usize> = (0..labels.len()).collect();
        order.sort_by(|a, b| labels[*a].top.total_cmp(&labels[*b].top));
        let tallest = labels
            .iter()
            .map(|it| it.bottom - it.top)
            .fold(0.0, f64::max);
        let mut all = Vec::with_capacity(rows.len());
        for row in rows {
            let reach = HALF * row.size;
            let from = order.partition_point(|at| labels[*at].top < row.base - tallest - reach);
            let near: Range<usize> =
                from..order.partition_point(|at| labels[*at].top <= row.base + reach);
            let covers = |at: &&usize| labels[**at].bottom + reach >= row.base;
            let own = order[near].iter().filter(covers);
            let own = *own.max_by(|a, b| {
                let left = |at: usize| labels[at].at.left;
                left(**a).total_cmp(&left(**b))
            })?;
            let is_beside = (self.anchor(&labels[own]) - row.base).abs() <= NEAR * row.size;
            if !is_beside || all.last() == Some(&Some(own)) {
                return None;
            }
            all.push(Some(own));
        }
        Some(all)
    }
}
