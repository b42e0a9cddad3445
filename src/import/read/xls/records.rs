//! The records of a stream: a kind, a length, and so many bytes.

use crate::import::read::ole::u16_at;

/// A record and where the next one begins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Record<'a> {
    pub kind: u16,
    pub data: &'a [u8],
    pub next: usize,
}

/// What a long record goes on in.
pub(super) const CONTINUE: u16 = 0x003C;

/// The record at a place; one that is cut off ends with the stream.
pub(super) fn at(stream: &[u8], place: usize) -> Option<Record<'_>> {
    let kind = u16_at(stream, place)?;
    let length = usize::from(u16_at(stream, place + 2)?);
    let from = place + 4;
    let next = (from + length).min(stream.len());
    Some(Record {
        kind,
        data: &stream[from..next],
        next,
    })
}

/// The records from a place on.
pub(super) fn from(stream: &[u8], place: usize) -> impl Iterator<Item = Record<'_>> {
    let first = at(stream, place);
    std::iter::successors(first, |record| at(stream, record.next))
}
