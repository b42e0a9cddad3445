//! Rows of a measured table painted on a page: rules, fills and words.

use super::lines::Line;
use super::pages::{Ink, Owner, PageItem, Rect};
use super::runs::Words;
use super::table::{CellWords, Measured};
use crate::export::document::{Role, TableBlock};
use crate::export::page;
use std::ops::Range;

/// How thick the rules of tables are.
const RULE: f32 = 0.5;

/// A table that is the block with this index of its document.
#[derive(Clone, Copy)]
pub(super) struct LaidTable<'a> {
    pub table: &'a TableBlock,
    pub measured: &'a Measured,
    pub block: usize,
}

impl LaidTable<'_> {
    /// Paints some rows from a height on; a cell that begins above them is labelled again. Head rows that are `again`
    /// there belong to the page and not to the table.
    pub fn paint(&self, rows: Range<usize>, again: bool, top: f32, items: &mut Vec<PageItem>) {
        let Self {
            table,
            measured,
            block,
        } = *self;
        for (nth, cell) in table.cells.iter().enumerate() {
            let span = cell.row..cell.row + cell.rows;
            let here = span.start.max(rows.start)..span.end.min(rows.end);
            if here.is_empty() {
                continue;
            }
            let (left, right) = (
                measured.columns[cell.col],
                measured.columns[cell.col + cell.cols],
            );
            let at = Rect {
                x: page::LEFT + left,
                y: top + measured.height(rows.start..here.start),
                width: right - left,
                height: measured.height(here.clone()),
            };
            if cell.role == Role::Block {
                let ink = Ink::BlockHead;
                items.push(PageItem::Fill { at, ink });
            }
            frame(at, items);
            let is_head_again = again && rows.end <= table.head_rows;
            let owner = if is_head_again || here.start > span.start {
                Owner::Page
            } else {
                Owner::Cell { block, cell: nth }
            };
            paint_words(&measured.cells[nth], cell.role, at, owner, items);
        }
    }
}

fn paint_words(cell: &CellWords, role: Role, at: Rect, owner: Owner, items: &mut Vec<PageItem>) {
    let words = Words {
        text: &cell.text,
        glyphs: &cell.glyphs,
        size: cell.size,
        owner,
        ink: Ink::Black,
    };
    let leading = cell.leading();
    let left = |line: &Line| match role.is_centred() {
        true => at.x + (at.width - line.width) / 2.0,
        false => at.x + page::CELL_MARGIN + role.indent(),
    };
    let mut y = at.y + (at.height - cell.height()) / 2.0;
    for line in &cell.lines {
        let baseline = y + (leading - cell.size) / 2.0 + page::ASCENT * cell.size;
        words.paint(line, left(line), baseline, items);
        y += leading;
    }
}

/// The four rules around a cell; neighbours paint theirs over each other.
fn frame(at: Rect, items: &mut Vec<PageItem>) {
    let half = RULE / 2.0;
    let (x, y) = (at.x - half, at.y - half);
    let across = |y| Rect {
        x,
        y,
        width: at.width + RULE,
        height: RULE,
    };
    let down = |x| Rect {
        x,
        y,
        width: RULE,
        height: at.height + RULE,
    };
    items.push(PageItem::Rule(across(y)));
    items.push(PageItem::Rule(across(y + at.height)));
    items.push(PageItem::Rule(down(x)));
    items.push(PageItem::Rule(down(x + at.width)));
}
