//! Tables of a page without lines, by where their words stand: numbers below each other under heads, with labels before
//! them. Nothing of a form is known here; where the places do not say it clearly, words stay what they are, lines of text.

mod block;
mod columns;
mod heads;
mod pieces;
mod regions;
mod stacks;
mod tiles;

use super::page::Glyph;
use super::ruled::Ruled;
use crate::import::limits::MAX_CELLS;
use crate::import::read::grid;
use crate::import::source::{RawCell, RawTable};
use block::{Block, ColumnsAbove};
use std::ops::Range;

/// The columns of a table that ends with its page.
#[derive(Debug, Default)]
pub(super) struct PageBefore(Option<ColumnsAbove>);

/// The tables of a page of this height, from above, and the characters that belong to none.
pub(super) fn tables(
    glyphs: Vec<Glyph>,
    height: f64,
    before: &mut PageBefore,
) -> (Vec<Ruled>, Vec<Glyph>) {
    let lines = pieces::lines(&glyphs);
    let page = regions::Page::new(&lines, height);
    let mut is_taken = vec![false; glyphs.len()];
    let mut found = Vec::new();
    let mut above = before.0.take();
    for region in page.regions() {
        let begins = region.first().is_some_and(|block| page.begins_with(block));
        above = above.filter(|_| begins);
        let steps = region.iter().filter_map(|block| page.step(block));
        let step = steps.reduce(f64::min);
        let made = region.iter().map(|block| {
            let own = &lines[block.lines.clone()];
            let made = Block::of(own, block.head, step, above.as_ref());
            above = None;
            (block.lines.clone(), made)
        });
        let made: Vec<(Range<usize>, Option<Block>)> = made.collect();
        for run in made.chunk_by(|a, b| a.1.is_some() == b.1.is_some()) {
            let blocks: Vec<&Block> = run.iter().filter_map(|(_, made)| made.as_ref()).collect();
            if !is_table(&blocks) {
                continue;
            }
            let own = run[0].0.start..run[run.len() - 1].0.end;
            before.0 = (blocks.last())
                .filter(|_| page.ends_at(own.end))
                .map(|block| block.columns_above.clone());
            let top = lines[own.start].base - lines[own.start].size;
            for at in lines[own].iter().flat_map(|line| &line.glyphs) {
                is_taken[*at] = true;
            }
            found.push(Ruled {
                top,
                columns: Vec::new(),
                table: put_together(&blocks),
            });
        }
    }
    let left_over = glyphs.into_iter().zip(is_taken);
    let left_over = left_over.filter_map(|(glyph, is_taken)| (!is_taken).then_some(glyph));
    (found, left_over.collect())
}

/// Whether there is enough of it: a number below a word is found in texts too.
fn is_table(blocks: &[&Block]) -> bool {
    const HEADS: usize = 3;
    const NUMBERS: usize = 3;
    let columns = blocks.iter().map(|block| block.columns).max();
    let numbers: usize = blocks.iter().map(|block| block.numbers).sum();
    let cells: usize = blocks.iter().map(|it| it.rows.len() * it.columns).sum();
    let columns = columns.unwrap_or(0);
    (columns >= HEADS || columns >= 1 && numbers >= NUMBERS) && cells <= MAX_CELLS
}

/// Blocks as one table: the last column of a narrower one reaches to the end.
fn put_together(blocks: &[&Block]) -> RawTable {
    let labels = usize::from(blocks.iter().any(|block| block.has_labels));
    let columns = blocks.iter().map(|block| block.columns).max().unwrap_or(0);
    let mut cells: Vec<RawCell> = Vec::new();
    let rows = blocks
        .iter()
        .flat_map(|block| block.rows.iter().map(move |row| (block, row)));
    for (nth, (block, row)) in rows.enumerate() {
        let cell = |col: usize, cols: usize, text: &str| RawCell {
            row: nth,
            col,
            rows: 1,
            cols,
            text: text.to_owned(),
        };
        if labels > 0 {
            cells.push(cell(0, 1, &row.label));
        }
        let mut col = 0;
        for (cols, text) in &row.cells {
            let is_last = col + cols == block.columns;
            let own = if is_last { columns - col } else { *cols };
            cells.push(cell(labels + col, own, text));
            col += cols;
        }
    }
    RawTable {
        is_aligned: true,
        ..grid::table(String::new(), cells)
    }
}
