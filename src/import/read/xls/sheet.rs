//! A sheet: its cells as a person sees them.

use super::book::{BEGIN, Book, END, SheetPlace};
use super::boxes::Boxes;
use super::records;
use super::rules::rules;
use super::strings::RichText;
use crate::import::read::condition::{CellLook, Rule, look_under};
use crate::import::read::grid::{Sheet, UNSEEN, is_missed, is_number_alone};
use crate::import::read::numbers;
use crate::import::read::ole::{u16_at, u32_at};
use crate::import::source::UNREAD;
use crate::prose::is_digit;

struct SheetReader<'a> {
    book: &'a Book,
    sheet: Sheet,
    fits: bool,
    shows_zeros: bool,
    rules: Vec<Rule>,
    /// The formula whose result is the next text.
    waiting: Option<(usize, usize, usize)>,
    boxes: Boxes,
}

/// Reads a sheet, and the words of the boxes that lie over it; `None` if it has too many cells.
pub(super) fn read(book: &Book, place: &SheetPlace, stream: &[u8]) -> Option<(Sheet, Vec<String>)> {
    let mut reader = SheetReader {
        book,
        sheet: Sheet::new(&place.name),
        fits: true,
        shows_zeros: shows_zeros(stream, place.from),
        rules: rules(stream, place.from, &book.looks),
        waiting: None,
        boxes: Boxes::default(),
    };
    // Charts stand in sheets as sheets of their own.
    let mut depth = 0;
    for record in records::from(stream, place.from) {
        match record.kind {
            BEGIN => depth += 1,
            END if depth <= 1 => break,
            END => depth -= 1,
            kind if depth == 1 => reader.record(kind, record.data),
            _ => {}
        }
        if !reader.fits {
            return None;
        }
    }
    let boxes = reader.lay_boxes();
    reader.sheet.fits().then_some((reader.sheet, boxes))
}

/// Whether the window shows cells with 0 in them; it says so behind all cells.
fn shows_zeros(stream: &[u8], from: usize) -> bool {
    const WINDOW: u16 = 0x023E;
    const ZEROS: u16 = 0x10;
    let mut depth = 0;
    for record in records::from(stream, from) {
        match record.kind {
            BEGIN => depth += 1,
            END if depth <= 1 => break,
            END => depth -= 1,
            WINDOW if depth == 1 => {
                return u16_at(record.data, 0).is_none_or(|flags| flags & ZEROS != 0);
            }
            _ => {}
        }
    }
    true
}

fn f64_at(data: &[u8], at: usize) -> Option<f64> {
    let eight = data.get(at..at.checked_add(8)?)?;
    Some(f64::from_le_bytes(eight.try_into().ok()?))
}

/// A number in four bytes: half of a long one or a whole one, perhaps in hundredths.
fn short_number(code: u32) -> f64 {
    let number = match code & 2 != 0 {
        true => f64::from(code.cast_signed() >> 2),
        false => f64::from_bits(u64::from(code & !3) << 32),
    };
    if code & 1 != 0 {
        number / 100.0
    } else {
        number
    }
}

impl SheetReader<'_> {
    /// The words of the boxes. One with nothing but a number over a blank cell: what a person sees there is not known to be
    /// the cell's.
    fn lay_boxes(&mut self) -> Vec<String> {
        let boxes = std::mem::take(&mut self.boxes).all;
        for (words, (row, col)) in &boxes {
            if is_number_alone(words) && self.sheet.is_blank(*row, *col) {
                self.fits &= self.sheet.put(*row, *col, &UNREAD.to_string());
            }
        }
        boxes.into_iter().map(|(words, _)| words).collect()
    }

    fn record(&mut self, kind: u16, data: &[u8]) {
        self.boxes.record(kind, data);
        match kind {
            0x0208 => self.row(data),
            0x007D => self.columns(data),
            0x00E5 => self.merged(data),
            0x00BD => self.short_numbers(data),
            0x0207 => {
                let text = self.book.coding.text(data, 2);
                if let (Some((row, col, style)), Some(text)) = (self.waiting.take(), text) {
                    self.put(row, col, style, &text);
                }
            }
            0x0203 | 0x0204 | 0x00D6 | 0x00FD | 0x027E | 0x0205 | 0x0006 => {
                let at = |at| u16_at(data, at).map(usize::from);
                if let (Some(row), Some(col), Some(style)) = (at(0), at(2), at(4)) {
                    self.cell(kind, data, (row, col, style));
                }
            }
            _ => {}
        }
    }

    fn row(&mut self, data: &[u8]) {
        const HIDDEN: u32 = 0x20;
        /// Twentieths of a point; the highest bit says that it is the usual height.
        const LEAST: u16 = 30;
        let Some(row) = u16_at(data, 0) else { return };
        let is_flat = u16_at(data, 6).is_some_and(|height| height & 0x7FFF < LEAST);
        let is_hidden = u32_at(data, 12).is_some_and(|flags| flags & HIDDEN != 0);
        if is_hidden || is_flat {
            self.sheet.hide_row(usize::from(row));
        }
    }

    fn columns(&mut self, data: &[u8]) {
        /// Of the 256th parts of a character.
        const LEAST: u16 = 50;
        let is_hidden = u16_at(data, 8).is_some_and(|flags| flags & 1 != 0);
        let is_flat = u16_at(data, 4).is_some_and(|width| width < LEAST);
        if let (Some(from), Some(to)) = (u16_at(data, 0), u16_at(data, 2))
            && (is_hidden || is_flat)
        {
            self.sheet.hide_columns(usize::from(from), usize::from(to));
        }
    }

    fn merged(&mut self, data: &[u8]) {
        let areas = data.get(2..).unwrap_or_default().chunks_exact(8);
        for area in areas.take(usize::from(u16_at(data, 0).unwrap_or(0))) {
            let at = |at| usize::from(u16_at(area, at).unwrap_or(0));
            self.sheet.merge((at(0), at(4)), (at(2), at(6)));
        }
    }

    fn short_numbers(&mut self, data: &[u8]) {
        let (Some(row), Some(first)) = (u16_at(data, 0), u16_at(data, 2)) else {
            return;
        };
        let end = data.len().saturating_sub(2).max(4);
        let cells = data.get(4..end).unwrap_or_default().chunks_exact(6);
        for (cell, col) in cells.zip(usize::from(first)..) {
            if let (Some(style), Some(code)) = (u16_at(cell, 0), u32_at(cell, 2)) {
                self.number(
                    usize::from(row),
                    col,
                    usize::from(style),
                    short_number(code),
                );
            }
        }
    }

    fn cell(&mut self, kind: u16, data: &[u8], (row, col, style): (usize, usize, usize)) {
        let rest = data.get(6..).unwrap_or_default();
        match kind {
            0x0203 => {
                if let Some(number) = f64_at(rest, 0) {
                    self.number(row, col, style, number);
                }
            }
            0x027E => {
                if let Some(code) = u32_at(rest, 0) {
                    self.number(row, col, style, short_number(code));
                }
            }
            0x00FD => {
                let book = self.book;
                let text = u32_at(rest, 0).and_then(|nth| book.strings.get(nth as usize));
                // A text that the file does not have any more is not nothing.
                let lost = || vec![(None, UNREAD.to_string())];
                let parts = text.map_or_else(lost, RichText::parts);
                self.parts(row, col, style, &parts);
            }
            0x0204 | 0x00D6 => {
                let text = self.book.coding.text(rest, 2).unwrap_or_default();
                self.put(row, col, style, &text);
            }
            0x0205 => self.truth(row, col, style, rest),
            _ => self.formula(row, col, style, rest),
        }
    }

    /// A truth, or the name of an error.
    fn truth(&mut self, row: usize, col: usize, style: usize, data: &[u8]) {
        let text = match data {
            [0, 0, ..] => "FALSE",
            [_, 0, ..] => "TRUE",
            [0x07, ..] => "#DIV/0!",
            [0x17, ..] => "#REF!",
            [0x2A, ..] => "#N/A",
            _ => "#VALUE!",
        };
        self.put(row, col, style, text);
    }

    /// The result that is kept of a formula.
    fn formula(&mut self, row: usize, col: usize, style: usize, data: &[u8]) {
        /// The result is to be worked out when the file is opened.
        const ON_LOAD: u16 = 2;
        let is_number = u16_at(data, 6) != Some(0xFFFF);
        match (data.first(), f64_at(data, 0)) {
            (_, Some(number)) if is_number => {
                let is_to_come = u16_at(data, 8).is_some_and(|flags| flags & ON_LOAD != 0);
                match is_to_come && number == 0.0 {
                    true => self.put(row, col, style, &UNREAD.to_string()),
                    false => self.number(row, col, style, number),
                }
            }
            (Some(0), _) => self.waiting = Some((row, col, style)),
            (Some(1), _) => self.truth(row, col, style, &[data.get(2).copied().unwrap_or(0), 0]),
            (Some(2), _) => self.truth(row, col, style, &[data.get(2).copied().unwrap_or(0), 1]),
            _ => {}
        }
    }

    fn number(&mut self, row: usize, col: usize, style: usize, number: f64) {
        if number == 0.0 && !self.shows_zeros {
            return;
        }
        let look = self.look(row, col, style, Some(number));
        let format = look.map(|look| look.format);
        let text = numbers::shown(number, format.as_deref().unwrap_or("General"));
        self.say(row, col, style, Some(number), &[(None, text)]);
    }

    fn put(&mut self, row: usize, col: usize, style: usize, text: &str) {
        self.parts(row, col, style, &[(None, text.to_owned())]);
    }

    fn parts(&mut self, row: usize, col: usize, style: usize, parts: &[(Option<usize>, String)]) {
        self.say(row, col, style, None, parts);
    }

    /// How a cell looks; nothing where nobody knows whether it is seen.
    fn look(&self, row: usize, col: usize, style: usize, number: Option<f64>) -> Option<CellLook> {
        let style = self.book.styles.get(style);
        let own = style.map(|style| style.look.clone()).unwrap_or_default();
        look_under(&self.rules, (row, col), number, own)
    }

    fn say(
        &mut self,
        row: usize,
        col: usize,
        style: usize,
        number: Option<f64>,
        parts: &[(Option<usize>, String)],
    ) {
        let own = self.book.styles.get(style);
        let is_lost = own.is_some_and(|own| own.is_lost);
        let unseen = match self.look(row, col, style, number) {
            None => Some(UNREAD),
            Some(look) if is_lost || look.is_lost() => Some(UNSEEN),
            Some(_) => None,
        };
        if let Some(mark) = unseen {
            let is_number = number.is_some_and(|number| number != 0.0);
            if is_number || parts.iter().any(|(_, text)| is_missed(text)) {
                self.fits &= self.sheet.put(row, col, &mark.to_string());
            }
            return;
        }
        let mut seen = self.book.seen(parts, style);
        // A number that is struck out is still printed.
        let has_digits = || parts.iter().any(|(_, text)| text.contains(is_digit));
        if seen.text.trim().is_empty() && seen.is_struck && has_digits() {
            seen.text = UNREAD.to_string();
        }
        self.fits &= self.sheet.put(row, col, &seen.text);
    }
}
