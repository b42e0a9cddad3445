//! Words by where they stand: what is set together on a line, and what a gap parts.

use crate::import::read::html::is_wide;
use crate::import::read::pdf::lines::{self, TextLine};
use crate::import::read::pdf::page::Glyph;
use crate::prose::{half_width, is_digit, squeezed};

/// Words that stand together on a line.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub at: TextLine,
    /// Whether this could be what a cell for a number holds.
    pub is_value: bool,
}

/// What stands on one line, from the left.
#[derive(Debug)]
pub(super) struct Line {
    pub base: f64,
    pub size: f64,
    pub pieces: Vec<Piece>,
    /// Its characters, by their places among all.
    pub glyphs: Vec<usize>,
}

/// What a line could be of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineKind {
    /// Numbers, perhaps behind words.
    Row,
    /// Words only.
    Words,
    /// Numbers with words behind them: text.
    Text,
}

impl Line {
    pub fn kind(&self) -> LineKind {
        let mut behind = self.pieces.iter().skip_while(|piece| !piece.is_value);
        match (behind.next(), behind.all(|piece| piece.is_value)) {
            (None, _) => LineKind::Words,
            (Some(_), true) => LineKind::Row,
            (Some(_), false) => LineKind::Text,
        }
    }

    pub fn values(&self) -> impl Iterator<Item = &Piece> {
        self.pieces.iter().filter(|piece| piece.is_value)
    }

    pub fn words(&self) -> impl Iterator<Item = &Piece> {
        self.pieces.iter().filter(|piece| !piece.is_value)
    }

    /// All of it as one line of text.
    pub fn whole(&self) -> TextLine {
        let text: Vec<&str> = self.pieces.iter().map(|it| it.at.text.as_str()).collect();
        let (first, last) = (self.pieces.first(), self.pieces.last());
        TextLine {
            left: first.map_or(0.0, |it| it.at.left),
            right: last.map_or(0.0, |it| it.at.right),
            base: self.base,
            size: self.size,
            text: text.join(" "),
        }
    }
}

/// The lines of these characters, from above. The lines of neighbouring cells that are not as high as each other are
/// lines of their own.
pub(super) fn lines(glyphs: &[Glyph]) -> Vec<Line> {
    /// Of a character's size.
    const SAME: f64 = 0.3;
    let mut order: Vec<usize> = (0..glyphs.len()).collect();
    order.sort_by(|a, b| glyphs[*a].base.total_cmp(&glyphs[*b].base));
    let mut all = Vec::new();
    let mut line: Vec<usize> = Vec::new();
    for at in order {
        if let Some(&first) = line.first() {
            let (first, glyph) = (&glyphs[first], &glyphs[at]);
            if glyph.base - first.base > SAME * first.size.max(glyph.size) {
                all.extend(whole(glyphs, std::mem::take(&mut line)));
            }
        }
        line.push(at);
    }
    all.extend(whole(glyphs, line));
    all
}

fn whole(glyphs: &[Glyph], mut line: Vec<usize>) -> Option<Line> {
    line.sort_by(|a, b| glyphs[*a].left.total_cmp(&glyphs[*b].left));
    let mut pieces: Vec<Piece> = Vec::new();
    let mut open: Vec<&Glyph> = Vec::new();
    let mut right = f64::MIN;
    for glyph in line.iter().map(|at| &glyphs[*at]) {
        if glyph.text == " " {
            continue;
        }
        if !open.is_empty() && is_gap(glyph.left - right, glyph.size) {
            pieces.extend(piece(std::mem::take(&mut open)));
            right = f64::MIN;
        }
        right = right.max(glyph.right);
        open.push(glyph);
    }
    pieces.extend(piece(open));
    let sizes = pieces.iter().map(|piece| piece.at.size);
    let size = sizes.fold(0.0, f64::max);
    let bases = pieces.iter().map(|piece| piece.at.base);
    let base = bases.fold(f64::MIN, f64::max);
    (!pieces.is_empty()).then_some(Line {
        base,
        size,
        pieces,
        glyphs: line,
    })
}

/// Whether room between two characters may be that between two cells.
fn is_gap(room: f64, size: f64) -> bool {
    /// Of a character's size: a quarter of it is left between Chinese words and numbers in a text.
    const GAP: f64 = 0.27;
    room > GAP * size
}

fn piece(glyphs: Vec<&Glyph>) -> Option<Piece> {
    let at = lines::whole(glyphs)?;
    Some(Piece {
        is_value: is_value(&at.text),
        at,
    })
}

/// Whether words could be those of a cell for a number: a number, perhaps with its unit, or a sign for none.
fn is_value(text: &str) -> bool {
    const LONGEST: usize = 24;
    const UNIT: usize = 3;
    const OF_NUMBER: &str = ".,+-−–—―/%±";
    let text: String = squeezed(text).chars().map(half_width).collect();
    let unit = text.trim_start_matches(|c: char| is_digit(c) || OF_NUMBER.contains(c));
    let number = &text[..text.len() - unit.len()];
    let is_unit = unit.chars().all(is_wide) && unit.chars().count() <= UNIT && unit != "年";
    // `1.属于国家秘密` is a label.
    let is_numbered = !unit.is_empty() && !number.ends_with(is_digit);
    !number.is_empty() && is_unit && !is_numbered && text.chars().count() <= LONGEST
}
