//! Texts in records: in one or two bytes a character, and over the ends of records.

use super::records::{self, CONTINUE};
use crate::import::read::ole::{u16_at, usize_at, utf16};

/// How the texts of a file are coded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coding {
    /// Since Excel 97.
    Unicode,
    /// Before: bytes of the PC's code page.
    Bytes,
}

impl Coding {
    /// A text at the beginning of these bytes, its length in so many bytes before it.
    pub fn text(self, data: &[u8], length_bytes: usize) -> Option<String> {
        let length = match length_bytes {
            1 => usize::from(*data.first()?),
            _ => usize::from(u16_at(data, 0)?),
        };
        let rest = data.get(length_bytes..)?;
        if self == Self::Bytes {
            return Some(super::super::text::decode(&rest[..length.min(rest.len())]));
        }
        let flags = *rest.first()?;
        let (runs, extended) = (flags & 8 != 0, flags & 4 != 0);
        let from = 1 + 2 * usize::from(runs) + 4 * usize::from(extended);
        Some(characters(rest.get(from..)?, length, flags & 1 != 0))
    }
}

/// So many characters.
pub(super) fn characters(bytes: &[u8], count: usize, is_wide: bool) -> String {
    match is_wide {
        true => utf16(&bytes[..(2 * count).min(bytes.len())]),
        false => bytes
            .iter()
            .take(count)
            .map(|byte| char::from(*byte))
            .collect(),
    }
}

/// A text of which parts may look otherwise than its cell.
#[derive(Debug, Default)]
pub(super) struct RichText {
    /// Its characters, as units of two bytes.
    units: Vec<u16>,
    /// From which unit on which font.
    runs: Vec<(usize, usize)>,
}

impl RichText {
    /// Its parts, each with its font; none for the cell's own.
    pub fn parts(&self) -> Vec<(Option<usize>, String)> {
        let (mut at, mut font) = (0, None);
        let mut parts = Vec::with_capacity(self.runs.len() + 1);
        let ends = self.runs.iter().map(|(from, font)| (*from, Some(*font)));
        for (from, next) in ends.chain([(self.units.len(), None)]) {
            let end = from.clamp(at, self.units.len());
            if end > at {
                parts.push((font, String::from_utf16_lossy(&self.units[at..end])));
            }
            (at, font) = (end, next);
        }
        parts
    }
}

/// The texts that cells share, from their record and those that it goes on in.
pub(super) fn shared(stream: &[u8], place: usize) -> Vec<RichText> {
    const MOST: usize = 500_000;
    let mut pieces = Vec::new();
    for record in records::from(stream, place) {
        if !pieces.is_empty() && record.kind != CONTINUE {
            break;
        }
        pieces.push(record.data);
    }
    let mut reader = Pieces {
        pieces,
        piece: 0,
        at: 0,
    };
    let count = reader.pieces.first().and_then(|data| usize_at(data, 4));
    reader.at = 8;
    let mut texts = Vec::new();
    while texts.len() < count.unwrap_or(0).min(MOST) {
        let Some(text) = reader.text() else { break };
        texts.push(text);
    }
    texts
}

/// Bytes in several pieces.
struct Pieces<'a> {
    pieces: Vec<&'a [u8]>,
    piece: usize,
    at: usize,
}

impl<'a> Pieces<'a> {
    fn rest(&self) -> &'a [u8] {
        let piece = self.pieces.get(self.piece).copied().unwrap_or_default();
        piece.get(self.at..).unwrap_or_default()
    }

    /// Goes on to the next piece where this one has ended; `false` at the end of all.
    fn has_more(&mut self) -> bool {
        while self.rest().is_empty() {
            if self.piece + 1 >= self.pieces.len() {
                return false;
            }
            (self.piece, self.at) = (self.piece + 1, 0);
        }
        true
    }

    fn byte(&mut self) -> Option<u8> {
        self.has_more()
            .then(|| self.rest()[0])
            .inspect(|_| self.at += 1)
    }

    fn number(&mut self, bytes: u32) -> Option<usize> {
        (0..bytes).try_fold(0usize, |number, nth| {
            Some(number | usize::from(self.byte()?) << (8 * nth))
        })
    }

    fn skip(&mut self, mut count: usize) {
        while count > 0 && self.has_more() {
            let step = count.min(self.rest().len());
            self.at += step;
            count -= step;
        }
    }

    fn text(&mut self) -> Option<RichText> {
        let mut left = self.number(2)?;
        let mut flags = self.byte()?;
        let runs = if flags & 8 != 0 { self.number(2)? } else { 0 };
        let extended = if flags & 4 != 0 { self.number(4)? } else { 0 };
        let mut text = RichText::default();
        while left > 0 {
            if self.rest().is_empty() {
                // A text that goes on in the next piece says there anew how it is coded.
                self.has_more().then_some(())?;
                flags = self.byte()?;
            }
            let is_wide = flags & 1 != 0;
            let width = 1 + usize::from(is_wide);
            let rest = self.rest();
            let count = left.min(rest.len() / width);
            text.units
                .extend(characters(rest, count, is_wide).encode_utf16());
            self.at += count * width;
            left -= count;
            if count == 0 {
                self.at += rest.len();
            }
        }
        for _ in 0..runs {
            let run = (self.number(2)?, self.number(2)?);
            text.runs.push(run);
        }
        self.skip(extended);
        Some(text)
    }
}
