//! Labels whose lines stand no nearer to each other than rows do: with a number in the middle of each, they follow each
//! other without a gap, and so it shows how many lines each has.

use super::pieces::Line;
use super::stacks::Stack;
use std::ops::Range;

/// Of the step from line to line: how far a number may stand from the middle of its label.
const NEAR: f64 = 0.25;

/// The labels, and which of them stands beside each row; nothing if several ways to part them are possible, or none.
pub(super) fn tiled(rows: &[&Line], lines: &[Stack]) -> Option<(Vec<Stack>, Vec<Option<usize>>)> {
    const BEFORE: usize = 4;
    let step = |pair: &[&Line]| pair[1].base - pair[0].base;
    let step = rows.windows(2).map(step).reduce(f64::min)?;
    let (own, mut labels) = nearest(lines, step);
    let first = own.partition_point(|line| line.top <= rows[0].base + NEAR * step);
    let starts = first.saturating_sub(BEFORE)..first;
    let mut ways = starts.filter_map(|start| parted(rows, &own, start, step));
    let parted = ways.next().filter(|_| ways.next().is_none())?;
    let mut beside = Vec::with_capacity(rows.len());
    let mut is_used = vec![false; own.len()];
    for part in parted {
        is_used[part.clone()].fill(true);
        beside.push(Some(labels.len()));
        labels.extend(Stack::together(&own[part]));
    }
    let others = own.into_iter().zip(is_used);
    labels.extend(others.filter_map(|(line, is_used)| (!is_used).then_some(line)));
    Some((labels, beside))
}

/// The lines that stand nearest to the numbers, from above, and those that others stand before.
fn nearest(lines: &[Stack], step: f64) -> (Vec<Stack>, Vec<Stack>) {
    const BESIDE: f64 = 0.75;
    const WINDOW: usize = 50;
    let mut sorted: Vec<&Stack> = lines.iter().collect();
    sorted.sort_by(|a, b| a.top.total_cmp(&b.top));
    let is_own = |nth: usize| {
        let line = sorted[nth];
        let around = nth.saturating_sub(WINDOW)..(nth + WINDOW).min(sorted.len());
        !sorted[around].iter().any(|other| {
            other.at.left >= line.at.right - 0.5 && (other.top - line.top).abs() <= BESIDE * step
        })
    };
    let (own, others): (Vec<usize>, Vec<usize>) = (0..sorted.len()).partition(|nth| is_own(*nth));
    let taken = |all: Vec<usize>| all.into_iter().map(|nth| sorted[nth].clone()).collect();
    (taken(own), taken(others))
}

/// The lines of each row's label, the first of which begins with this line.
fn parted(rows: &[&Line], lines: &[Stack], start: usize, step: f64) -> Option<Vec<Range<usize>>> {
    /// Lines of a label.
    const MOST: usize = 6;
    const APART: f64 = 1.25;
    let mut from = start;
    let mut parts = Vec::with_capacity(rows.len());
    for row in rows {
        let mut end = from + 1;
        loop {
            let (first, last) = (lines.get(from)?, lines.get(end - 1)?);
            let middle = (first.top + last.top) / 2.0;
            if (middle - row.base).abs() <= NEAR * step {
                break;
            }
            let next = lines.get(end)?;
            let goes_on = last.goes_on_in(next) && next.top - last.top <= APART * step;
            if middle > row.base || !goes_on || end - from >= MOST {
                return None;
            }
            end += 1;
        }
        parts.push(from..end);
        from = end;
    }
    Some(parts)
}
