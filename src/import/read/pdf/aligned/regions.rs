//! Where on a page tables without lines could stand: rows of numbers, the heads above them and the labels between.

use super::pieces::{Line, LineKind};
use crate::import::read::pdf::lines::{is_numbered, is_page_number};
use std::ops::Range;

/// Lines that could be rows under heads of their own.
#[derive(Clone, Debug)]
pub(super) struct BlockLines {
    pub lines: Range<usize>,
    /// How many of them stand above the first row.
    pub head: usize,
}

/// Far more than a form's heads take.
const MOST_ABOVE: usize = 60;

/// A page, line by line.
pub(super) struct Page<'a> {
    lines: &'a [Line],
    height: f64,
}

/// How near to the upper or lower edge what stands around a page's text stands, of its height.
const EDGE: f64 = 0.12;

impl<'a> Page<'a> {
    pub fn new(lines: &'a [Line], height: f64) -> Self {
        Self { lines, height }
    }

    /// Blocks that follow each other, a list for each table, from above.
    pub fn regions(&self) -> Vec<Vec<BlockLines>> {
        let mut all = Vec::new();
        let mut at = 0;
        while let Some(first) = self.next_row(at) {
            let region = self.region(at, first);
            at = region.last().map_or(first + 1, |block| block.lines.end);
            all.push(region);
        }
        all
    }

    /// The least step from one row of a block to the next.
    pub fn step(&self, block: &BlockLines) -> Option<f64> {
        let own = self.lines[block.lines.clone()].iter();
        let rows = own.filter(|line| self.is_row(line)).map(|line| line.base);
        let rows: Vec<f64> = rows.collect();
        rows.windows(2)
            .map(|pair| pair[1] - pair[0])
            .reduce(f64::min)
    }

    /// Whether nothing of the page's text stands above a block.
    pub fn begins_with(&self, block: &BlockLines) -> bool {
        let mut above = self.lines[..block.lines.start].iter();
        above.all(|line| line.base < EDGE * self.height)
    }

    /// Whether nothing of it stands from this line on.
    pub fn ends_at(&self, end: usize) -> bool {
        let mut below = self.lines[end..].iter();
        below.all(|line| line.base > (1.0 - EDGE) * self.height)
    }

    fn next_row(&self, from: usize) -> Option<usize> {
        let rows = self.lines[from..].iter().position(|line| self.is_row(line));
        rows.map(|at| from + at)
    }

    fn is_row(&self, line: &Line) -> bool {
        line.kind() == LineKind::Row && !is_page_number(&line.whole(), self.height)
    }

    /// Whether a line may stand in a table right above another one.
    fn may_stand(&self, above: &Line, below: &Line) -> bool {
        /// Of a character's size: rows higher than that are no rows.
        const FAR: f64 = 3.5;
        const OTHER: f64 = 0.12;
        let size = above.size.max(below.size);
        let is_near = below.base - above.base <= FAR * size;
        let is_same = (above.size - below.size).abs() <= OTHER * size;
        is_near && is_same && above.kind() != LineKind::Text && below.kind() != LineKind::Text
    }

    /// The table whose first row this is; no line above `floor` is its.
    fn region(&self, floor: usize, first: usize) -> Vec<BlockLines> {
        let mut blocks = vec![BlockLines {
            lines: self.top(floor, first)..first + 1,
            head: 0,
        }];
        blocks[0].head = first - blocks[0].lines.start;
        let mut zone = Zone::default();
        zone.add(&self.lines[first]);
        let mut last = first;
        while let Some(next) = self.next_row(last + 1) {
            let pairs = self.lines[last..=next].windows(2);
            let mut pairs = pairs.filter(|pair| !self.may_stand(&pair[0], &pair[1]));
            if pairs.next().is_some() {
                break;
            }
            zone.add(&self.lines[next]);
            let between = last + 1..next;
            let is_head = |at: &usize| zone.is_head(&self.lines[*at]);
            let begins = between.into_iter().find(is_head);
            if let Some(block) = blocks.last_mut() {
                block.lines.end = begins.unwrap_or(next + 1);
            }
            if let Some(begins) = begins {
                blocks.push(BlockLines {
                    lines: begins..next + 1,
                    head: next - begins,
                });
                zone = Zone::default();
                zone.add(&self.lines[next]);
            }
            last = next;
        }
        if let Some(block) = blocks.last_mut() {
            block.lines.end = self.end(block, last, &zone);
        }
        blocks
    }

    /// The first line of the heads over a row.
    fn top(&self, floor: usize, first: usize) -> usize {
        let row = &self.lines[first];
        let mut zone = Zone::default();
        zone.add(row);
        let least = floor.max(first.saturating_sub(MOST_ABOVE));
        let mut top = first;
        while top > least {
            let (line, below) = (&self.lines[top - 1], &self.lines[top]);
            let may = self.may_stand(line, below) && self.may_stand_over(line, below);
            if !may || line.kind() == LineKind::Row {
                break;
            }
            top -= 1;
        }
        // What stands above all heads is a title of its rows, if it is one line.
        let heads = self.lines[top..first].iter();
        let others = heads.take_while(|line| !zone.is_head(line)).count();
        match top + others == first {
            // Perhaps its heads stand on the page before.
            true => top,
            false => top + others.saturating_sub(1),
        }
    }

    /// Whether words above a row are none of a text.
    fn may_stand_over(&self, line: &Line, below: &Line) -> bool {
        const APART: f64 = 1.65;
        let [piece] = line.pieces.as_slice() else {
            return true;
        };
        let is_apart = below.base - line.base > APART * line.size;
        !(piece.at.text.contains('。') || is_numbered(&piece.at.text) && is_apart)
    }

    /// Behind the last line of a label beside the last row.
    fn end(&self, block: &BlockLines, last: usize, zone: &Zone) -> usize {
        const WITHIN: f64 = 1.65;
        const SAME: f64 = 1.06;
        let step = self.step(block);
        let mut end = last + 1;
        while let Some(line) = self.lines.get(end) {
            let above = &self.lines[end - 1];
            let most = (WITHIN * line.size).max(step.map_or(0.0, |step| SAME * step));
            let is_near = line.base - above.base <= most && self.may_stand(above, line);
            let is_label = line.kind() == LineKind::Words && !zone.is_head(line);
            let ends = line.pieces.last().map_or(0.0, |piece| piece.at.right);
            if !is_near || !is_label || ends > zone.values_begin {
                break;
            }
            end += 1;
        }
        end
    }
}

/// How far the labels of some rows reach, and where their numbers begin.
struct Zone {
    labels_end: f64,
    values_begin: f64,
}

impl Default for Zone {
    fn default() -> Self {
        Self {
            labels_end: f64::MIN,
            values_begin: f64::MAX,
        }
    }
}

impl Zone {
    fn add(&mut self, row: &Line) {
        let ends = row.words().map(|piece| piece.at.right);
        self.labels_end = ends.fold(self.labels_end, f64::max);
        let begins = row.values().map(|piece| piece.at.left);
        self.values_begin = begins.fold(self.values_begin, f64::min);
    }

    /// Whether a line holds heads: words that stand beside all labels.
    fn is_head(&self, line: &Line) -> bool {
        let mut words = line.words();
        match self.labels_end > f64::MIN {
            true => words.any(|piece| piece.at.left >= self.labels_end),
            false => words.any(|piece| piece.at.right > self.values_begin),
        }
    }
}
