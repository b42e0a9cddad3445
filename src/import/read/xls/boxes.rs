//! Boxes of text that lie over a sheet: what stands in them is in no cell.

use super::records::CONTINUE;
use super::strings::characters;
use crate::import::read::ole::u16_at;

/// The boxes of a sheet, read record by record.
#[derive(Debug, Default)]
pub(super) struct Boxes {
    /// Their words, each with row and column of the cell in which it begins.
    pub all: Vec<(String, (usize, usize))>,
    from: (usize, usize),
    is_note: bool,
    /// The characters of the text that comes next.
    waiting: Option<usize>,
}

impl Boxes {
    pub fn record(&mut self, kind: u16, data: &[u8]) {
        const DRAWING: u16 = 0x00EC;
        const OBJECT: u16 = 0x005D;
        const TEXT: u16 = 0x01B6;
        const MOST: usize = 1_000;
        /// What is shown only where the pointer stands.
        const NOTE: u16 = 0x19;
        let waiting = self.waiting.take();
        match kind {
            DRAWING => self.from = anchor(data).unwrap_or(self.from),
            OBJECT => self.is_note = u16_at(data, 4) == Some(NOTE),
            TEXT if !self.is_note => self.waiting = u16_at(data, 10).map(usize::from),
            CONTINUE => {
                if let (Some(count @ 1..), [flags, text @ ..]) = (waiting, data)
                    && self.all.len() < MOST
                {
                    let words = characters(text, count, flags & 1 != 0);
                    self.all.push((words, self.from));
                }
            }
            _ => {}
        }
    }
}

/// Row and column of the cell in which the last object of a drawing begins.
fn anchor(data: &[u8]) -> Option<(usize, usize)> {
    /// Its kind, and how many bytes follow.
    const ANCHOR: [u8; 6] = [0x10, 0xF0, 0x12, 0, 0, 0];
    let at = data
        .windows(ANCHOR.len())
        .rposition(|bytes| bytes == ANCHOR)?;
    let place = at + ANCHOR.len();
    let number = |at| u16_at(data, at).map(usize::from);
    Some((number(place + 6)?, number(place + 2)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_are_read_and_notes_are_not() {
        let drawing = |row: u8, col: u8| {
            let mut data = vec![0, 0, 0x10, 0xF0, 0x12, 0, 0, 0, 0, 0];
            for number in [col, 0, row, 0, col, 9, row, 9] {
                data.extend([number, 0]);
            }
            data
        };
        let mut boxes = Boxes::default();
        for (kind, row) in [(6, 25), (0x19, 26), (6, 27)] {
            boxes.record(0x00EC, &drawing(row, 3));
            boxes.record(0x005D, &[0x15, 0, 0x12, 0, kind, 0, 1, 0]);
            boxes.record(0x01B6, &[0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 16, 0]);
            match row {
                27 => boxes.record(CONTINUE, &[1, 0x33, 0, 0xE8, 0x6C]),
                _ => boxes.record(CONTINUE, b"\x0042"),
            }
            boxes.record(CONTINUE, &[0; 16]);
        }
        let wanted = [("42".to_owned(), (25, 3)), ("3注".to_owned(), (27, 3))];
        assert_eq!(boxes.all, wanted);
    }
}
