//! Changes (sprm), one behind the other: what differs from how everything is.

use crate::import::read::ole::u16_at;

/// A change: its code, and what it changes to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Change<'a> {
    pub code: u16,
    pub value: &'a [u8],
}

impl Change<'_> {
    pub fn byte(&self) -> u8 {
        self.value.first().copied().unwrap_or(0)
    }

    pub fn word(&self) -> u16 {
        u16_at(self.value, 0).unwrap_or(0)
    }
}

/// The definition of a row, the only change whose length has two bytes.
const ROW_SHAPE: u16 = 0xD608;

/// The changes in a list of them.
pub(super) fn changes(list: &[u8]) -> impl Iterator<Item = Change<'_>> {
    let mut rest = list;
    std::iter::from_fn(move || {
        let code = u16_at(rest, 0)?;
        let body = &rest[2..];
        let (head, length) = match code >> 13 {
            0 | 1 => (0, 1),
            2 | 4 | 5 => (0, 2),
            3 => (0, 4),
            7 => (0, 3),
            _ if code == ROW_SHAPE => (2, usize::from(u16_at(body, 0)?).saturating_sub(1)),
            _ => (1, usize::from(*body.first()?)),
        };
        let value = body.get(head..head + length)?;
        rest = &body[head + length..];
        Some(Change { code, value })
    })
}
