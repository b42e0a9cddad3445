//! Paragraphs and tables by where they stand on the pages.

use super::aligned::{self, PageBefore};
use super::lines::{self, Measure, TextLine};
use super::page::{Glyph, Page};
use super::ruled::{self, Ruled};
use super::running::{self, Around, Sheet};
use crate::import::outcome::Remark;
use crate::import::source::{Part, RawTable};

/// Something on a page.
enum Block {
    Line(TextLine),
    Table(Ruled),
}

/// The parts by where they stand, tables over page breaks joined; and what is told of what stands around them.
pub(in crate::import::read) fn by_places(pages: Vec<Page>) -> (Vec<Part>, Vec<Remark>) {
    let all = pages.iter().map(|page| page.glyphs.len()).sum::<usize>();
    let artifacts = pages
        .iter()
        .flat_map(|page| &page.glyphs)
        .filter(|glyph| glyph.is_artifact)
        .count();
    let skip_artifacts = artifacts * 2 < all;
    let edges: Vec<_> = pages
        .iter()
        .map(|page| (page.height, running::separators(page)))
        .collect();
    let mut before = PageBefore::default();
    let pages: Vec<Vec<Block>> = pages
        .into_iter()
        .map(|mut page| {
            let mut glyphs: Vec<Glyph> = std::mem::take(&mut page.glyphs);
            glyphs.retain(|glyph| !(skip_artifacts && glyph.is_artifact));
            blocks(&page, glyphs, &mut before)
        })
        .collect();
    let sheets = edges.into_iter().zip(&pages);
    let sheets = sheets.map(|((height, separators), page)| Sheet {
        height,
        separators,
        lines: lines_of(page),
    });
    let around = running::around(&sheets.collect::<Vec<_>>());
    let pages: Vec<Vec<Block>> = pages
        .into_iter()
        .enumerate()
        .map(|(number, page)| without(page, number, &around))
        .collect();
    let lines: Vec<Vec<&TextLine>> = pages.iter().map(|page| lines_of(page)).collect();
    let measure = Measure::of(&lines);
    let mut joined = Joined::default();
    for (number, page) in pages.into_iter().enumerate() {
        for (at, block) in page.into_iter().enumerate() {
            match block {
                Block::Line(line) => joined.line(line, number, &measure),
                Block::Table(table) => joined.table(table, at == 0),
            }
        }
    }
    (joined.finish(), around.remarks)
}

fn lines_of(page: &[Block]) -> Vec<&TextLine> {
    let lines = page.iter().filter_map(|block| match block {
        Block::Line(line) => Some(line),
        Block::Table(_) => None,
    });
    lines.collect()
}

/// A page without the lines that stand around its text.
fn without(page: Vec<Block>, number: usize, around: &Around) -> Vec<Block> {
    let mut nth = 0;
    let is_own = |block: &Block| match block {
        Block::Line(_) => {
            nth += 1;
            !around.lines.contains(&(number, nth - 1))
        }
        Block::Table(_) => true,
    };
    page.into_iter().filter(is_own).collect()
}

fn blocks(page: &Page, glyphs: Vec<Glyph>, before: &mut PageBefore) -> Vec<Block> {
    let (mut tables, glyphs) = ruled::tables(page, glyphs);
    let (aligned, glyphs) = aligned::tables(glyphs, page.height, before);
    tables.extend(aligned);
    tables.sort_by(|a, b| a.top.total_cmp(&b.top));
    let lines = lines::lines(glyphs.iter().collect());
    let mut tables = tables.into_iter().peekable();
    let mut blocks = Vec::new();
    for line in lines
        .into_iter()
        .filter(|line| !lines::is_page_number(line, page.height))
    {
        while let Some(table) = tables.next_if(|table| table.top < line.base) {
            blocks.push(Block::Table(table));
        }
        blocks.push(Block::Line(line));
    }
    blocks.extend(tables.map(Block::Table));
    blocks
}

/// Parts that may go on on the next page.
#[derive(Default)]
struct Joined {
    parts: Vec<Part>,
    paragraph: Option<(String, TextLine, usize)>,
    table: Option<Ruled>,
}

impl Joined {
    fn line(&mut self, line: TextLine, page: usize, measure: &Measure) {
        self.end_table();
        match &mut self.paragraph {
            Some((text, before, on)) if !measure.begins(before, &line, *on == page) => {
                lines::go_on(text, &line.text);
                (*before, *on) = (line, page);
            }
            _ => {
                self.end_paragraph();
                self.paragraph = Some((line.text.clone(), line, page));
            }
        }
    }

    /// Adds a table; one that is the first on its page may be the rest of the one before.
    fn table(&mut self, table: Ruled, is_first: bool) {
        self.end_paragraph();
        if is_first
            && let Some(open) = &mut self.table
            && ruled::go_on(open, &table)
        {
            return;
        }
        self.end_table();
        self.table = Some(table);
    }

    fn end_paragraph(&mut self) {
        if let Some((text, ..)) = self.paragraph.take() {
            self.parts.push(Part::Text(text));
        }
    }

    fn end_table(&mut self) {
        let is_filled = |table: &RawTable| table.cells.iter().any(|cell| !cell.text.is_empty());
        if let Some(ruled) = self.table.take().filter(|ruled| is_filled(&ruled.table)) {
            self.parts.push(Part::Table(ruled.table));
        }
    }

    fn finish(mut self) -> Vec<Part> {
        self.end_paragraph();
        self.end_table();
        self.parts
    }
}
