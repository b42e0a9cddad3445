//! The head of a document (FIB): where everything is.

use crate::import::error::{PackageError, ReadError, UnreadKind};
use crate::import::read::ole::{u16_at, usize_at};
use std::ops::Range;

/// A part of the table stream.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Place {
    from: usize,
    length: usize,
}

impl Place {
    /// The bytes there; fewer where the stream has ended.
    pub fn of(self, stream: &[u8]) -> &[u8] {
        let from = self.from.min(stream.len());
        let to = from.saturating_add(self.length).min(stream.len());
        &stream[from..to]
    }

    /// The bytes behind it.
    pub fn behind(self, stream: &[u8]) -> &[u8] {
        let from = self.from.saturating_add(self.length).min(stream.len());
        &stream[from..]
    }
}

#[derive(Debug)]
pub(super) struct Places {
    /// Which of the two table streams is meant.
    pub table: usize,
    /// The characters of the main text, and of the boxes that lie over it.
    pub text: Range<usize>,
    pub boxes: Range<usize>,
    pub styles: Place,
    pub fonts: Place,
    pub character_pages: Place,
    pub paragraph_pages: Place,
    pub pieces: Place,
    /// Where boxes hang in the main text, and what text belongs to which.
    pub anchors: Place,
    pub box_texts: Place,
    pub lists: Place,
    pub list_uses: Place,
}

impl Places {
    pub fn read(main: &[u8]) -> Result<Self, ReadError> {
        const MAGIC: u16 = 0xA5EC;
        /// That of Word 97; others before it lay everything out differently.
        const VERSION: u16 = 0x00C1;
        const LOCKED: u16 = 0x0100;
        const SECOND_TABLE: u16 = 0x0200;
        let flags = u16_at(main, 10).unwrap_or(0);
        if u16_at(main, 0) != Some(MAGIC) || u16_at(main, 2).is_none_or(|it| it < VERSION) {
            return Err(UnreadKind::OldWord.into());
        }
        if flags & LOCKED != 0 {
            return Err(PackageError::Locked.into());
        }
        let place = |nth: usize| {
            let at = 0x9A + 8 * nth;
            Place {
                from: usize_at(main, at).unwrap_or(0),
                length: usize_at(main, at + 4).unwrap_or(0),
            }
        };
        // Behind the text stand its notes, heads and feet, comments and end notes, then what is in boxes.
        let count = |at: usize| usize_at(main, at).unwrap_or(0);
        let text = usize_at(main, 0x4C).ok_or(UnreadKind::OldWord)?;
        let between = [0x50, 0x54, 0x58, 0x5C, 0x60].map(count);
        let boxes = between.into_iter().fold(text, usize::saturating_add);
        Ok(Self {
            table: usize::from(flags & SECOND_TABLE != 0),
            text: 0..text,
            boxes: boxes..boxes.saturating_add(count(0x64)),
            styles: place(1),
            character_pages: place(12),
            paragraph_pages: place(13),
            fonts: place(15),
            pieces: place(33),
            anchors: place(40),
            box_texts: place(56),
            lists: place(73),
            list_uses: place(74),
        })
    }
}
