//! Heads over columns: those that stand right over numbers, and those that stand over several others.

use super::columns::Extent;
use super::stacks::Stack;
use std::ops::Range;

/// The heads of a table.
#[derive(Debug, Default)]
pub(super) struct Heads {
    /// What stands right over each column, from the left.
    pub columns: Vec<Stack>,
    /// What stands over several of them or over another head: line by line from above, with the columns.
    pub levels: Vec<Vec<(Stack, Range<usize>)>>,
}

/// More than any form has.
const MOST: usize = 60;

impl Heads {
    /// Sorts heads, from above, by what stands below them; nothing if some stand half over another.
    pub fn of(stacks: Vec<Stack>) -> Option<Self> {
        if stacks.len() > MOST {
            return None;
        }
        let is_over =
            |a: &Stack, b: &Stack| a.at.meets(b.at) && a.middle() < b.middle() && a.bottom < b.top;
        let has_below = |stack: &Stack| stacks.iter().any(|other| is_over(stack, other));
        let (groups, mut columns): (Vec<Stack>, Vec<Stack>) =
            stacks.iter().cloned().partition(has_below);
        columns.sort_by(|a, b| a.at.left.total_cmp(&b.at.left));
        let apart = |pair: &[Stack]| pair[0].at.right <= pair[1].at.left;
        if columns.is_empty() || !columns.windows(2).all(apart) {
            return None;
        }
        let mut heads = Self {
            columns,
            levels: Vec::new(),
        };
        heads.add_levels(groups);
        Some(heads)
    }

    /// From where to where each column reaches.
    pub fn extents(&self) -> Vec<Extent> {
        self.columns.iter().map(|column| column.at).collect()
    }

    fn add_levels(&mut self, mut groups: Vec<Stack>) {
        const SAME: f64 = 0.5;
        groups.sort_by(|a, b| a.middle().total_cmp(&b.middle()));
        let mut above: Vec<Range<usize>> = Vec::new();
        let same = |a: &Stack, b: &Stack| b.middle() - a.middle() <= SAME * a.size.max(b.size);
        for level in groups.chunk_by(same) {
            let mut level = level.to_vec();
            level.sort_by(|a, b| a.at.left.total_cmp(&b.at.left));
            let spans = self.spans(&level, &above);
            above.extend(spans.iter().cloned());
            self.levels.push(level.into_iter().zip(spans).collect());
        }
    }

    /// The columns under each of these heads, which stand beside each other: each in the middle of its columns, within
    /// those of one head above or outside of all, and all together over as many as can be. Where that says nothing, the
    /// columns that are seen to stand below it.
    fn spans(&self, level: &[Stack], above: &[Range<usize>]) -> Vec<Range<usize>> {
        let met = |group: &Stack| -> Range<usize> {
            let from = (self.columns.iter()).position(|it| it.at.meets(group.at));
            let end = (self.columns.iter()).rposition(|it| it.at.meets(group.at));
            from.unwrap_or(0)..end.map_or(0, |end| end + 1)
        };
        let met: Vec<Range<usize>> = level.iter().map(met).collect();
        let possible: Vec<Vec<Range<usize>>> = level
            .iter()
            .zip(&met)
            .map(|(group, met)| self.possible(group, met, above))
            .collect();
        widest(&possible, self.columns.len()).unwrap_or(met)
    }

    /// The spans in whose middle a head stands.
    fn possible(
        &self,
        group: &Stack,
        met: &Range<usize>,
        above: &[Range<usize>],
    ) -> Vec<Range<usize>> {
        const NEAR: f64 = 0.35;
        let middles: Vec<f64> = self.columns.iter().map(|it| it.at.middle()).collect();
        let width = match middles.as_slice() {
            [first, .., last] => (last - first) / (middles.len() - 1) as f64,
            _ => group.size,
        };
        let holds = |whole: &Range<usize>, part: &Range<usize>| {
            whole.start <= part.start && part.end <= whole.end
        };
        let apart = |a: &Range<usize>, b: &Range<usize>| a.end <= b.start || b.end <= a.start;
        let mut spans = Vec::new();
        for from in 0..middles.len() {
            for end in from + 1..=middles.len() {
                let span = from..end;
                let middle = (middles[from] + middles[end - 1]) / 2.0;
                let fits = (middle - group.at.middle()).abs() <= NEAR * width;
                let is_nested = above
                    .iter()
                    .all(|above| holds(above, &span) || holds(&span, above) || apart(above, &span));
                if fits && is_nested && holds(&span, met) {
                    spans.push(span);
                }
            }
        }
        // Nothing reaches over what stands above it.
        spans.retain(|span| {
            !above
                .iter()
                .any(|above| holds(span, above) && above != span)
        });
        spans
    }
}

/// Of each of these lists, which follow each other, one span, so that none meet and all together are as wide as can be;
/// nothing where several choices are.
fn widest(lists: &[Vec<Range<usize>>], columns: usize) -> Option<Vec<Range<usize>>> {
    /// How wide, in how many ways, and the last span.
    type Best = Option<(usize, usize, Range<usize>)>;
    let mut before: Vec<(usize, usize)> = vec![(0, 1); columns + 1];
    let mut steps: Vec<Vec<Best>> = Vec::new();
    for list in lists {
        // The best choice of which the last span ends right here, then here or before.
        let mut best: Vec<Best> = vec![None; columns + 1];
        for span in list {
            let (width, ways) = before[span.start];
            let (width, end) = (width + span.len(), span.end);
            if ways == 0 {
                continue;
            }
            best[end] = match best[end].take() {
                Some((most, known, last)) if most == width => Some((most, known + ways, last)),
                Some(better) if better.0 > width => Some(better),
                _ => Some((width, ways, span.clone())),
            };
        }
        for end in 1..=columns {
            let (left, right) = best.split_at_mut(end);
            let (shorter, own) = (&left[end - 1], &mut right[0]);
            match (shorter, own.as_mut()) {
                (Some(shorter), Some(own)) if shorter.0 == own.0 => own.1 += shorter.1,
                (Some(shorter), Some(own)) if shorter.0 > own.0 => *own = shorter.clone(),
                (Some(shorter), None) => *own = Some(shorter.clone()),
                _ => {}
            }
        }
        before = best
            .iter()
            .map(|best| {
                best.as_ref()
                    .map_or((0, 0), |(width, ways, _)| (*width, (*ways).min(2)))
            })
            .collect();
        steps.push(best);
    }
    let mut end = columns;
    let mut spans = Vec::new();
    for best in steps.iter().rev() {
        let (_, ways, span) = best[end].clone()?;
        if ways != 1 {
            return None;
        }
        end = span.start;
        spans.push(span);
    }
    spans.reverse();
    Some(spans)
}
