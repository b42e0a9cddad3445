//! A document's blocks put on pages one after another.

use super::faces::{Faces, Style};
use super::lines::{Line, Setting, break_lines};
use super::pages::{Ink, Owner, Page, PageItem, Typeset};
use super::rows::LaidTable;
use super::running;
use super::runs::Words;
use super::shape::{Glyph, Shaper};
use super::table::Measured;
use crate::export::document::{Block, Document, Place, TableBlock};
use crate::export::{page, signature};
use std::ops::Range;

/// From one line of the title to the next.
const TITLE_LINE: f32 = 32.0;
/// How paragraphs are set.
const TEXT: Setting = Setting {
    size: page::TEXT_SIZE,
    width: page::TEXT_WIDTH,
    indent: page::INDENT,
    tracking: page::PITCH - page::TEXT_SIZE,
    gap: page::TEXT_SIZE / 5.0,
    justify: true,
};

/// Lays a document out.
pub fn typeset(document: &Document, faces: &Faces) -> Typeset {
    let mut flow = Flow {
        shaper: Shaper::new(faces),
        pages: vec![Page::default()],
        y: 0.0,
        headings: Vec::new(),
        waiting: Vec::new(),
    };
    flow.title(document);
    for (nth, block) in document.blocks.iter().enumerate() {
        match block {
            Block::Heading(text) => {
                let set = flow.set(text, Style::Heading, 0);
                flow.waiting.push((nth, set, Some(text.clone())));
            }
            Block::Subheading(text) => {
                let set = flow.set(text, Style::Subheading, 0);
                flow.waiting.push((nth, set, None));
            }
            Block::RunIn { text, heading } => {
                let set = flow.set(text, Style::Subheading, *heading);
                flow.paragraph(&set, nth);
            }
            Block::Signature { text, indent } => {
                let lines = |block: Option<&Block>| match block {
                    Some(Block::Signature { text, .. }) => signature::lines(text).len(),
                    _ => 0,
                };
                let first = lines(document.blocks[..nth].last()) == 0;
                let lines = lines(Some(block)) + lines(document.blocks.get(nth + 1));
                flow.signature(text, *indent, nth, first, lines);
            }
            Block::Paragraph(text) => {
                let set = flow.set(text, Style::Text, 0);
                flow.paragraph(&set, nth);
            }
            Block::Table(table) => flow.table(table, nth),
        }
    }
    flow.headings(0.0);
    running::number_and_mark(&mut flow.pages, document.mark.as_deref(), &mut flow.shaper);
    Typeset {
        missing: flow.shaper.missing.iter().copied().collect(),
        pages: flow.pages,
        faces: flow.shaper.used,
        headings: flow.headings,
    }
}

/// A paragraph on lines.
struct SetText<'a> {
    text: &'a str,
    glyphs: Vec<Glyph>,
    lines: Vec<Line>,
}

struct Flow<'a> {
    shaper: Shaper<'a>,
    pages: Vec<Page>,
    /// How much of the last page's text area is used.
    y: f32,
    headings: Vec<(String, usize, f32)>,
    /// Headings that wait for what follows them, since they stand on one page with it: their block, and what the outline
    /// says of them.
    waiting: Vec<(usize, SetText<'a>, Option<String>)>,
}

impl<'a> Flow<'a> {
    fn new_page(&mut self) {
        self.pages.push(Page::default());
        self.y = 0.0;
    }

    fn left(&self) -> f32 {
        page::TEXT_HEIGHT - self.y
    }

    /// Begins a new page unless this height is left on this one, or is more than any page has.
    fn keep(&mut self, height: f32) {
        if !self.has_room(height) && self.y > 0.0 && height <= page::TEXT_HEIGHT {
            self.new_page();
        }
    }

    fn has_room(&self, height: f32) -> bool {
        const ROUNDING: f32 = 0.1;
        height <= self.left() + ROUNDING
    }

    fn items(&mut self) -> &mut Vec<PageItem> {
        let last = self.pages.len() - 1;
        &mut self.pages[last].items
    }

    fn title(&mut self, document: &Document) {
        for piece in document.title_lines() {
            let glyphs = self.shaper.shape(piece, Style::Title);
            let setting = Setting::ragged(page::TITLE_SIZE, page::TEXT_WIDTH);
            let lines = break_lines(piece, &glyphs, setting);
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

    /// A paragraph on lines; up to `heading` bytes of it are in 楷体 before the text begins.
    fn set<'t>(&mut self, text: &'t str, style: Style, heading: usize) -> SetText<'t> {
        let mut glyphs = self.shaper.shape(&text[..heading], Style::Subheading);
        let rest = if heading > 0 { Style::Text } else { style };
        let mut behind = self.shaper.shape(&text[heading..], rest);
        for glyph in &mut behind {
            glyph.range = glyph.range.start + heading..glyph.range.end + heading;
        }
        glyphs.append(&mut behind);
        let lines = break_lines(text, &glyphs, TEXT);
        SetText {
            text,
            glyphs,
            lines,
        }
    }

    /// Puts a paragraph below the headings that waited for it; two lines of it at least stand on each page, as Word's widow
    /// control (孤行控制) has it.
    fn paragraph(&mut self, set: &SetText<'_>, block: usize) {
        let lines = set.lines.len();
        // Of three lines neither page would have two.
        let first = if lines == 3 { 3 } else { lines.min(2) };
        self.headings(first as f32 * page::LINE);
        let leaves_one = |flow: &Self, nth: usize| {
            nth > 0 && nth + 2 == lines && !flow.has_room(2.0 * page::LINE)
        };
        for nth in 0..lines {
            if leaves_one(self, nth) && self.y > 0.0 {
                self.new_page();
            }
            self.line(set, nth, Owner::Block(block));
        }
    }

    /// A line of the signature, which stands on one page with the next; the first has a line free above it.
    fn signature(&mut self, text: &str, indent: f32, block: usize, first: bool, lines: usize) {
        let free = if first { page::LINE } else { 0.0 };
        self.headings(free + lines as f32 * page::LINE);
        self.y += free;
        for piece in signature::lines(text) {
            let glyphs = self.shaper.shape(piece, Style::Text);
            let setting = Setting {
                justify: false,
                indent: 0.0,
                ..TEXT
            };
            let words = Words {
                text: piece,
                glyphs: &glyphs,
                size: setting.size,
                owner: Owner::Block(block),
                ink: Ink::Black,
            };
            for line in &break_lines(piece, &glyphs, setting) {
                self.keep(page::LINE);
                let x = page::TEXT_WIDTH - line.width - indent * setting.size;
                let baseline = self.baseline(page::LINE, setting.size);
                words.paint(line, page::LEFT + x.max(0.0), baseline, self.items());
                self.y += page::LINE;
            }
        }
    }

    /// Puts the headings that waited on the page, together with so much of what follows.
    fn headings(&mut self, behind: f32) {
        let waiting = std::mem::take(&mut self.waiting);
        let lines: usize = waiting.iter().map(|(_, set, _)| set.lines.len()).sum();
        self.keep(lines as f32 * page::LINE + behind);
        for (block, set, outline) in &waiting {
            if let Some(text) = outline {
                let at = page::TOP + self.y;
                self.headings.push((text.clone(), self.pages.len() - 1, at));
            }
            for nth in 0..set.lines.len() {
                self.line(set, nth, Owner::Block(*block));
            }
        }
    }

    fn line(&mut self, set: &SetText<'_>, nth: usize, owner: Owner) {
        self.keep(page::LINE);
        let words = Words {
            text: set.text,
            glyphs: &set.glyphs,
            size: TEXT.size,
            owner,
            ink: Ink::Black,
        };
        let indent = if nth == 0 { TEXT.indent } else { 0.0 };
        let baseline = self.baseline(page::LINE, TEXT.size);
        words.paint(&set.lines[nth], page::LEFT + indent, baseline, self.items());
        self.y += page::LINE;
    }

    fn table(&mut self, table: &TableBlock, block: usize) {
        let measured = Measured::new(table, &mut self.shaper);
        let gap = if self.waiting.is_empty() {
            0.0
        } else {
            page::TABLE_GAP
        };
        let first = match table.setting.place {
            Place::Whole | Place::PageOfItsOwn => 0..table.rows,
            Place::Split => {
                // Some rows stay with the heads.
                const ROWS_BEHIND_HEADS: usize = 2;
                0..(table.head_rows + ROWS_BEHIND_HEADS).min(table.rows)
            }
        };
        if table.setting.place == Place::PageOfItsOwn && self.y > 0.0 {
            self.new_page();
        }
        self.headings(gap + measured.height(first) + page::BELOW_TABLE);
        self.y += gap;
        let laid = LaidTable {
            table,
            measured: &measured,
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
        self.keep(page::BELOW_TABLE);
        self.y += page::BELOW_TABLE + page::AFTER_TABLE;
    }

    fn rows(&mut self, table: LaidTable<'_>, rows: Range<usize>, again: bool) {
        let top = page::TOP + self.y;
        table.paint(rows.clone(), again, top, self.items());
        self.y += table.measured.height(rows);
    }
}
