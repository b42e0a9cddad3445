//! Properties of characters and paragraphs: changes in pages of 512 bytes that say for which bytes of the text they hold.

use super::changes::changes;
use super::table::RowShape;
use crate::import::read::grid::is_missed;
use crate::import::read::ole::{u16_at, u32_at, usize_at};
use crate::prose::is_digit;

/// Changes that hold for some bytes of the text.
#[derive(Clone, Copy, Debug)]
struct Run<'a> {
    from: usize,
    to: usize,
    style: u16,
    changes: &'a [u8],
}

/// All runs of a document, in the order of its bytes.
#[derive(Debug, Default)]
pub(super) struct Runs<'a>(Vec<Run<'a>>);

const PAGE: usize = 512;

impl<'a> Runs<'a> {
    /// Reads the pages that a list names.
    pub fn read(main: &'a [u8], list: &[u8], are_paragraphs: bool) -> Self {
        let count = list.len().saturating_sub(4) / 8;
        let most = main.len() / PAGE + 1;
        let mut runs = Vec::new();
        for nth in 0..count.min(most) {
            let number = usize_at(list, 4 * (count + 1) + 4 * nth).unwrap_or(0) & 0x3F_FFFF;
            let from = (number * PAGE).min(main.len());
            let page = &main[from..(from + PAGE).min(main.len())];
            runs.extend(runs_of(page, are_paragraphs));
        }
        runs.sort_by_key(|run: &Run<'_>| run.from);
        Self(runs)
    }

    /// The style and the changes of a byte of the text.
    pub fn at(&self, at: usize) -> (u16, &'a [u8]) {
        let nth = self.0.partition_point(|run| run.from <= at);
        let run = nth.checked_sub(1).map(|nth| self.0[nth]);
        let run = run.filter(|run| at < run.to);
        run.map_or((0, &[]), |run| (run.style, run.changes))
    }
}

fn runs_of(page: &[u8], are_paragraphs: bool) -> Vec<Run<'_>> {
    let count = page.get(PAGE - 1).map_or(0, |count| usize::from(*count));
    let width = if are_paragraphs { 13 } else { 1 };
    let run = |nth: usize| {
        let (from, to) = (usize_at(page, 4 * nth)?, usize_at(page, 4 * nth + 4)?);
        let place = 2 * usize::from(*page.get(4 * (count + 1) + width * nth)?);
        let mut run = Run {
            from,
            to,
            style: 0,
            changes: &[],
        };
        if place == 0 {
            return Some(run);
        }
        let length = usize::from(*page.get(place)?);
        if !are_paragraphs {
            run.changes = page.get(place + 1..place + 1 + length)?;
            return Some(run);
        }
        // In words; where it is even, it stands in the next byte.
        let (from, length) = match length {
            0 => (place + 2, 2 * usize::from(*page.get(place + 1)?)),
            length => (place + 1, 2 * length - 1),
        };
        let whole = page.get(from..(from + length).min(page.len()))?;
        run.style = u16_at(whole, 0)?;
        run.changes = whole.get(2..)?;
        Some(run)
    };
    (0..count).filter_map(run).collect()
}

/// What a paragraph is.
#[derive(Clone, Debug, Default)]
pub(super) struct Paragraph {
    in_table: bool,
    depth: usize,
    pub ends_row: bool,
    /// Of a table inside of a table.
    pub ends_inner_cell: bool,
    pub ends_inner_row: bool,
    /// The list, counted from 1; 0 for none.
    pub list: u16,
    pub level: u8,
    pub row: RowShape,
}

impl Paragraph {
    /// How many tables it stands in.
    pub fn depth(&self) -> usize {
        self.depth.max(usize::from(self.in_table))
    }

    /// Carries out changes; those that are too long for their place stand in the data stream.
    pub fn change(&mut self, list: &[u8], data: &[u8], is_nested: bool) {
        for change in changes(list) {
            match change.code {
                0x2416 => self.in_table = change.byte() != 0,
                0x2417 => self.ends_row = change.byte() != 0,
                0x6649 => self.depth = usize_at(change.value, 0).unwrap_or(0).min(64),
                0x244B => self.ends_inner_cell = change.byte() != 0,
                0x244C => self.ends_inner_row = change.byte() != 0,
                0x460B => self.list = change.word(),
                0x260A => self.level = change.byte(),
                0x6645 | 0x6646 if !is_nested => {
                    let at = usize_at(change.value, 0).unwrap_or(usize::MAX);
                    let length = u16_at(data, at).map_or(0, usize::from);
                    let from = at.saturating_add(2);
                    let list = data.get(from..from.saturating_add(length));
                    self.change(list.unwrap_or_default(), data, true);
                }
                _ => self.row.change(&change),
            }
        }
    }
}

/// How a character looks.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Look {
    hidden: bool,
    struck: bool,
    deleted: bool,
    pub is_special: bool,
    pub is_raised: bool,
    white: bool,
    tiny: bool,
    shaded: bool,
    /// The font and the code of a sign.
    pub sign: Option<(u16, u16)>,
    /// The font, by its number.
    pub font: Option<u16>,
    /// The style of characters that is put on top.
    pub style: Option<u16>,
}

impl Look {
    /// Whether nobody sees it, whatever lies behind it.
    pub fn is_unseen(&self) -> bool {
        self.hidden || self.struck || self.deleted || self.tiny
    }

    /// Whether such text would be missed: a number that is struck out, or that nobody sees. What was deleted is gone.
    pub fn is_missed(&self, text: &str) -> bool {
        let is_struck = self.struck && text.contains(is_digit);
        !self.deleted && (is_struck || is_missed(text))
    }

    /// Whether nobody sees it on paper.
    pub fn is_white(&self) -> bool {
        self.white && !self.shaded
    }

    /// Carries out changes.
    pub fn change(&mut self, list: &[u8]) {
        let before = *self;
        // Some say that it is as in the style, or just not so.
        let switch = |byte: u8, style: bool| match byte {
            0x80 => style,
            0x81 => !style,
            byte => byte != 0,
        };
        for change in changes(list) {
            match change.code {
                0x0800 => self.deleted = change.byte() != 0,
                0x0855 => self.is_special = change.byte() != 0,
                0x083C => self.hidden = switch(change.byte(), before.hidden),
                0x0837 | 0x2A53 => self.struck = switch(change.byte(), before.struck),
                0x2A48 => self.is_raised = matches!(change.byte(), 1 | 2),
                0x4845 => {
                    /// Half points; what is moved by less stands on its line.
                    const LEAST: u16 = 4;
                    self.is_raised |= change.word().cast_signed().unsigned_abs() >= LEAST;
                }
                0x2A42 => self.white = change.byte() == 8,
                0x6870 => self.white = u32_at(change.value, 0) == Some(0x00FF_FFFF),
                0x4A43 => self.tiny = change.word() <= 2,
                0x4866 => self.shaded = change.word() != 0,
                0xCA71 => self.shaded = true,
                0x2A0C => self.shaded = change.byte() != 0,
                0x4A4F | 0x4A51 => self.font = Some(change.word()),
                0x4A30 => self.style = Some(change.word()),
                0x6A09 => {
                    self.sign = u16_at(change.value, 0).zip(u16_at(change.value, 2));
                }
                _ => {}
            }
        }
    }
}
