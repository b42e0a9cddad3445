//! A document's blocks put on pages one after another.

use super::faces::{Faces, Style};
use super::lines::{Setting, break_lines};
use super::pages::{Ink, Owner, Page, PageItem, Typeset};
use super::rows::LaidTable;
use super::running;
use super::runs::Words;
use super::shape::Shaper;
use super::table::Measured;
use crate::export::document::{Block, Document, TableBlock};
use crate::export::page;
use std::ops::Range;

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
    running::number_and_mark(&mut flow.pages, document.mark.as_deref(), &mut flow.shaper);
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

    fn items(&mut self) -> &mut Vec<PageItem> {
        let last = self.pages.len() - 1;
        &mut self.pages[last].items
    }

    fn title(&mut self, document: &Document) {
        for piece in document.title_lines() {
            let glyphs = self.shaper.shape(piece, Style::Title);
            let mut setting = Setting::ragged(page::TITLE_SIZE, page::TEXT_WIDTH);
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
            let words = Words {
                text: piece,
                glyphs: &glyphs,
                size: setting.size,
                owner: Owner::Title,
                ink: Ink::Black,
            };
            for line in &lines {
                if self.left() < TITLE_LINE {
                    self.new_page();
                }
                let x = page::LEFT + (page::TEXT_WIDTH - line.width) / 2.0;
                let baseline = self.baseline(TITLE_LINE, setting.size);
                words.paint(line, x, baseline, self.items());
                self.y += TITLE_LINE;
            }
        }
        self.y += page::LINE;
    }

    fn baseline(&self, line: f32, size: f32) -> f32 {
        page::TOP + self.y + (line - size) / 2.0 + page::ASCENT * size
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
        let words = Words {
            text,
            glyphs: &glyphs,
            size: setting.size,
            owner,
            ink: Ink::Black,
        };
        for (nth, line) in break_lines(text, &glyphs, setting).iter().enumerate() {
            self.keep_lines(1);
            let indent = if nth == 0 { setting.indent } else { 0.0 };
            let baseline = self.baseline(page::LINE, setting.size);
            words.paint(line, page::LEFT + indent, baseline, self.items());
            self.y += page::LINE;
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
        let laid = LaidTable {
            table,
            measured,
            block,
        };
        let heads = 0..table.head_rows.min(table.rows.saturating_sub(1));
        let mut from = 0;
        while from < table.rows {
            let mut room = self.left();
            if from > 0 && !heads.is_empty() {
                self.rows(laid, heads.clone(), true);
                room -= measured.height(heads.clone());
            }
            let to = measured.fitting(from, room);
            self.rows(laid, from..to, from > 0);
            from = to;
            if from < table.rows {
                self.new_page();
            }
        }
        self.y += 2.0 * TABLE_GAP;
    }

    fn rows(&mut self, table: LaidTable<'_>, rows: Range<usize>, again: bool) {
        let top = page::TOP + self.y;
        table.paint(rows.clone(), again, top, self.items());
        self.y += table.measured.height(rows);
    }
}
