//! A document's blocks put on pages one after another.

use super::faces::{Faces, Style};
use super::lines::{Line, Setting, break_lines};
use super::shape::{Glyph, Shaper};
use super::table::Measured;
use super::{Ink, Item, Owner, Page, Placed, Rect, Run, Typeset};
use crate::export::document::{Block, Document, Role, TableBlock};
use crate::export::page;
use std::ops::Range;

/// The height of an ideograph's box above the base line, in ems.
const ASCENT: f32 = 0.88;
/// From one line of the title to the next.
const TITLE_LINE: f32 = 32.0;
/// How a table is tried: size, and least height of a row in ems. The first two are for any place, the rest for a page of
/// its own.
const TABLE_FITS: [(f32, f32); 5] = [
    (page::TABLE_SIZE, 2.0),
    (page::TABLE_SIZE, 1.62),
    (10.0, 1.6),
    (9.5, 1.6),
    (9.0, 1.6),
];
/// Between a heading and its table, and below it.
const TABLE_GAP: f32 = 6.0;
/// How thick the rules of tables are.
const RULE: f32 = 0.5;

/// Lays a document out.
pub fn typeset(document: &Document, faces: &Faces) -> Typeset {
    let mut flow = Flow {
        shaper: Shaper::new(faces),
        pages: vec![Page::default()],
        y: 0.0,
        headings: Vec::new(),
    };
    flow.title(document);
    let mut heading = None;
    for (nth, block) in document.blocks.iter().enumerate() {
        match block {
            Block::Heading(text) => {
                flow.end_heading(heading.replace((nth, text.as_str())), 1);
            }
            Block::Subheading(text) => {
                flow.end_heading(heading.take(), 2);
                flow.keep_lines(2);
                flow.paragraph(text, Style::Subheading, Owner::Block(nth));
            }
            Block::Paragraph(text) => {
                flow.end_heading(heading.take(), 1);
                flow.paragraph(text, Style::Text, Owner::Block(nth));
            }
            Block::Table(table) => flow.table(table, nth, heading.take()),
        }
    }
    flow.end_heading(heading, 0);
    flow.furniture(document);
    Typeset {
        missing: flow.shaper.missing.iter().copied().collect(),
        pages: flow.pages,
        faces: flow.shaper.used,
        headings: flow.headings,
    }
}

struct Flow<'a> {
    shaper: Shaper<'a>,
    pages: Vec<Page>,
    /// How much of the last page's text area is used.
    y: f32,
    headings: Vec<(String, usize, f32)>,
}

/// Where a line stands.
struct Spot {
    x: f32,
    baseline: f32,
}

impl Flow<'_> {
    fn new_page(&mut self) {
        self.pages.push(Page::default());
        self.y = 0.0;
    }

    fn left(&self) -> f32 {
        page::TEXT_HEIGHT - self.y
    }

    /// Begins a new page unless some lines are left on this one.
    fn keep_lines(&mut self, lines: usize) {
        const ROUNDING: f32 = 0.1;
        if self.left() + ROUNDING < lines as f32 * page::LINE && self.y > 0.0 {
            self.new_page();
        }
    }

    fn items(&mut self) -> &mut Vec<Item> {
        let last = self.pages.len() - 1;
        &mut self.pages[last].items
    }

    fn title(&mut self, document: &Document) {
        for piece in document.title_lines() {
            let glyphs = self.shaper.shape(piece, Style::Title);
            let mut setting = Setting {
                size: page::TITLE_SIZE,
                width: page::TEXT_WIDTH,
                indent: 0.0,
                tracking: 0.0,
                gap: 0.0,
                justify: false,
            };
            // Lines of a long name are about as long as each other.
            let count = break_lines(piece, &glyphs, setting).len();
            let mut lines = break_lines(piece, &glyphs, setting);
            while setting.width > page::TEXT_WIDTH / 2.0 {
                setting.width -= page::TITLE_SIZE;
                let narrower = break_lines(piece, &glyphs, setting);
                if narrower.len() > count {
                    break;
                }
                lines = narrower;
            }
            for line in &lines {
                if self.left() < TITLE_LINE {
                    self.new_page();
                }
                let spot = Spot {
                    x: page::LEFT + (page::TEXT_WIDTH - line.width) / 2.0,
                    baseline: self.baseline(TITLE_LINE, page::TITLE_SIZE),
                };
                self.line(
                    piece,
                    &glyphs,
                    line,
                    setting.size,
                    Owner::Title,
                    Ink::Black,
                    spot,
                );
                self.y += TITLE_LINE;
            }
        }
        self.y += page::LINE;
    }

    fn baseline(&self, line: f32, size: f32) -> f32 {
        page::TOP + self.y + (line - size) / 2.0 + ASCENT * size
    }

    /// Sets a heading that waited for what follows it, with room for some lines of that.
    fn end_heading(&mut self, heading: Option<(usize, &str)>, lines_behind: usize) {
        if let Some((block, text)) = heading {
            self.keep_lines(1 + lines_behind);
            self.headings
                .push((text.to_owned(), self.pages.len() - 1, page::TOP + self.y));
            self.paragraph(text, Style::Heading, Owner::Block(block));
        }
    }

    fn paragraph(&mut self, text: &str, style: Style, owner: Owner) {
        let glyphs = self.shaper.shape(text, style);
        let setting = Setting {
            size: page::TEXT_SIZE,
            width: page::TEXT_WIDTH,
            indent: 2.0 * page::PITCH,
            tracking: page::PITCH - page::TEXT_SIZE,
            gap: page::TEXT_SIZE / 8.0,
            justify: true,
        };
        for (nth, line) in break_lines(text, &glyphs, setting).iter().enumerate() {
            self.keep_lines(1);
            let indent = if nth == 0 { setting.indent } else { 0.0 };
            let spot = Spot {
                x: page::LEFT + indent,
                baseline: self.baseline(page::LINE, setting.size),
            };
            self.line(text, &glyphs, line, setting.size, owner, Ink::Black, spot);
            self.y += page::LINE;
        }
    }

    /// Paints a line: one run for each stretch of one face.
    #[expect(clippy::too_many_arguments, reason = "a line is all of this")]
    fn line(
        &mut self,
        text: &str,
        glyphs: &[Glyph],
        line: &Line,
        size: f32,
        owner: Owner,
        ink: Ink,
        spot: Spot,
    ) {
        let mut x = spot.x;
        let mut at = line.glyphs.start;
        while at < line.glyphs.end {
            let face = glyphs[at].face;
            let same = glyphs[at..line.glyphs.end]
                .iter()
                .take_while(|glyph| glyph.face == face)
                .count();
            let stretch = at..at + same;
            let from = glyphs[stretch.start].range.start;
            let to = glyphs[stretch.end - 1].range.end;
            let advance = |at: usize| line.advances[at - line.glyphs.start];
            let placed = stretch.clone().map(|at| Placed {
                id: glyphs[at].id,
                advance: advance(at),
                range: glyphs[at].range.start - from..glyphs[at].range.end - from,
            });
            let run = Run {
                owner,
                face,
                size,
                x,
                y: spot.baseline,
                glyphs: placed.collect(),
                text: text[from..to].to_owned(),
                ink,
            };
            x += stretch.clone().map(advance).sum::<f32>();
            self.items().push(Item::Run(run));
            at = stretch.end;
        }
    }

    fn table(&mut self, table: &TableBlock, block: usize, heading: Option<(usize, &str)>) {
        let above = if heading.is_some() {
            page::LINE + TABLE_GAP
        } else {
            0.0
        };
        let tries = TABLE_FITS.map(|(size, row)| Measured::new(table, size, row, &mut self.shaper));
        let fits = |measured: &Measured, room: f32| above + measured.height(0..table.rows) <= room;
        let here = tries[..2]
            .iter()
            .find(|measured| fits(measured, self.left()));
        let alone = || {
            tries
                .iter()
                .find(|measured| fits(measured, page::TEXT_HEIGHT))
        };
        let measured = match here
            .map(|m| (m, false))
            .or_else(|| alone().map(|m| (m, true)))
        {
            Some((measured, on_new_page)) => {
                // At the head of a page there is no more room elsewhere.
                if on_new_page && self.y > 0.0 {
                    self.new_page();
                }
                measured
            }
            None => {
                // It is split anyway, so it may as well be legible; some rows under the heads, or on the next page.
                const ROWS_BEHIND_HEADS: usize = 2;
                let measured = &tries[1];
                let rows = 0..(table.head_rows + ROWS_BEHIND_HEADS).min(table.rows);
                if self.y > 0.0 && self.left() < above + measured.height(rows) {
                    self.new_page();
                }
                measured
            }
        };
        if heading.is_some() {
            self.end_heading(heading, 0);
            self.y += TABLE_GAP;
        }
        let heads = 0..table.head_rows.min(table.rows.saturating_sub(1));
        let mut from = 0;
        while from < table.rows {
            let mut room = self.left();
            if from > 0 && !heads.is_empty() {
                self.rows(table, measured, block, heads.clone(), true);
                room -= measured.height(heads.clone());
            }
            let to = measured.fitting(from, room);
            self.rows(table, measured, block, from..to, from > 0);
            from = to;
            if from < table.rows {
                self.new_page();
            }
        }
        self.y += 2.0 * TABLE_GAP;
    }

    /// Paints some rows; a cell that begins above them is labelled again. Head rows that are `again` there belong to the
    /// page and not to the table.
    fn rows(
        &mut self,
        table: &TableBlock,
        measured: &Measured,
        block: usize,
        rows: Range<usize>,
        again: bool,
    ) {
        let top = page::TOP + self.y;
        let height = |rows: Range<usize>| measured.height(rows);
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
                y: top + height(rows.start..here.start),
                width: right - left,
                height: height(here.clone()),
            };
            if cell.role == Role::Block {
                let ink = Ink::BlockHead;
                self.items().push(Item::Fill { at, ink });
            }
            frame(at, self.items());
            let is_head_again = again && rows.end <= table.head_rows;
            let owner = if is_head_again || here.start > span.start {
                Owner::Page
            } else {
                Owner::Cell { block, cell: nth }
            };
            self.cell(&measured.cells[nth], cell.role.is_centred(), at, owner);
        }
        self.y += height(rows);
    }

    fn cell(&mut self, words: &super::table::Words, centred: bool, at: Rect, owner: Owner) {
        let leading = words.leading();
        let mut y = at.y + (at.height - words.height()) / 2.0;
        for line in &words.lines {
            let x = if centred {
                at.x + (at.width - line.width) / 2.0
            } else {
                at.x + page::CELL_MARGIN
            };
            let baseline = y + (leading - words.size) / 2.0 + ASCENT * words.size;
            let spot = Spot { x, baseline };
            self.line(
                &words.text,
                &words.glyphs,
                line,
                words.size,
                owner,
                Ink::Black,
                spot,
            );
            y += leading;
        }
    }

    /// Page numbers (outside: odd at the right, even at the left) and the draft mark.
    fn furniture(&mut self, document: &Document) {
        /// The number's line lies 7 mm below the text area.
        const BELOW: f32 = 19.84;
        /// The mark's line above it.
        const ABOVE: f32 = 28.0;
        let one_line = |size| Setting {
            size,
            width: f32::MAX,
            indent: 0.0,
            tracking: 0.0,
            gap: 0.0,
            justify: false,
        };
        for nth in 0..self.pages.len() {
            let text = format!("— {} —", nth + 1);
            let (text, number_size) = (text.as_str(), page::FOOTER_SIZE);
            let glyphs = self.shaper.shape(text, Style::Table);
            let lines = break_lines(text, &glyphs, one_line(number_size));
            let Some(line) = lines.first() else { continue };
            let x = if nth % 2 == 0 {
                page::LEFT + page::TEXT_WIDTH - number_size - line.width
            } else {
                page::LEFT + number_size
            };
            let baseline = page::TOP + page::TEXT_HEIGHT + BELOW + number_size;
            let mut items = std::mem::take(&mut self.pages[nth].items);
            self.pages.push(Page::default());
            self.line(
                text,
                &glyphs,
                line,
                number_size,
                Owner::Page,
                Ink::Black,
                Spot { x, baseline },
            );
            if let Some(mark) = &document.mark {
                let glyphs = self.shaper.shape(mark, Style::Heading);
                let lines = break_lines(mark, &glyphs, one_line(page::MARK_SIZE));
                if let Some(line) = lines.first() {
                    let x = page::LEFT + page::TEXT_WIDTH - line.width;
                    let spot = Spot {
                        x,
                        baseline: page::TOP - ABOVE,
                    };
                    self.line(
                        mark,
                        &glyphs,
                        line,
                        page::MARK_SIZE,
                        Owner::Page,
                        Ink::Warning,
                        spot,
                    );
                }
            }
            let furniture = self.pages.pop().map(|page| page.items).unwrap_or_default();
            items.extend(furniture);
            self.pages[nth].items = items;
        }
    }
}

/// The four rules around a cell; neighbours paint theirs over each other.
fn frame(at: Rect, items: &mut Vec<Item>) {
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
    items.push(Item::Rule(across(y)));
    items.push(Item::Rule(across(y + at.height)));
    items.push(Item::Rule(down(x)));
    items.push(Item::Rule(down(x + at.width)));
}
