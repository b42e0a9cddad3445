//! Boxes of text that lie over the page: each hangs on a character of the main text, and its own text stands behind that.

use super::places::Places;
use super::text::Character;
use crate::import::read::ole::{u32_at, usize_at};
use std::collections::HashMap;
use std::ops::Range;

/// By the character of the main text on which it hangs, which characters a box holds.
#[derive(Debug, Default)]
pub(super) struct Boxes(HashMap<usize, Range<usize>>);

impl Boxes {
    /// Reads where the boxes of a document hang (`PlcfSpa`) and what stands in them (`PlcftxbxTxt`).
    pub fn read(table: &[u8], places: &Places) -> Self {
        let anchors = List::new(places.anchors.of(table), 26);
        let texts = List::new(places.box_texts.of(table), 22);
        let mut text_of: HashMap<u32, Range<usize>> = (texts.all())
            .filter_map(|(from, to, about)| {
                let whole = places.boxes.clone();
                let place = |at: usize| whole.start.saturating_add(at).min(whole.end);
                Some((u32_at(about, 14)?, place(from)..place(to)))
            })
            .collect();
        // None hangs in another one.
        let in_text = |(at, ..): &(usize, usize, &[u8])| places.text.contains(at);
        let hung = anchors.all().filter(in_text).filter_map(|(at, _, about)| {
            let text = text_of.remove(&u32_at(about, 0)?)?;
            Some((at, text))
        });
        Self(hung.collect())
    }

    /// Takes the characters of the box that hangs on this one.
    pub fn take(&mut self, anchor: usize) -> Option<Range<usize>> {
        self.0.remove(&anchor)
    }
}

/// The characters that stand in boxes.
#[derive(Debug)]
pub(super) struct Boxed {
    /// By their place in the document.
    all: Vec<Character>,
    /// For each whether it was taken, and how many were not.
    taken: Vec<bool>,
    left: usize,
}

impl Boxed {
    pub fn new(mut all: Vec<Character>) -> Self {
        all.sort_by_key(|character| character.nth);
        let taken = vec![false; all.len()];
        let left = all.len();
        Self { all, taken, left }
    }

    /// Takes these characters of the document; none where they are of another box too.
    pub fn take(&mut self, place: &Range<usize>) -> Vec<Character> {
        let at = |nth: usize| self.all.partition_point(|it| it.nth < nth);
        let (from, to) = (at(place.start), at(place.end).max(at(place.start)));
        if to - from > self.left || self.taken[from..to].contains(&true) {
            return Vec::new();
        }
        self.left -= to - from;
        self.taken[from..to].fill(true);
        self.all[from..to].to_vec()
    }

    /// Those that nobody has taken.
    pub fn left(self) -> Vec<Character> {
        let all = self.all.into_iter().zip(self.taken);
        all.filter_map(|(character, is_taken)| (!is_taken).then_some(character))
            .collect()
    }
}

/// Places in a text, one more than there are entries about them, and these.
struct List<'a> {
    bytes: &'a [u8],
    width: usize,
    count: usize,
}

impl<'a> List<'a> {
    fn new(bytes: &'a [u8], width: usize) -> Self {
        /// More than any document has.
        const MOST: usize = 10_000;
        let count = bytes.len().saturating_sub(4) / (4 + width);
        Self {
            bytes,
            width,
            count: count.min(MOST),
        }
    }

    /// From where to where, and what is said of it.
    fn all(&self) -> impl Iterator<Item = (usize, usize, &'a [u8])> {
        let (bytes, width, count) = (self.bytes, self.width, self.count);
        let all = (0..count).map(move |nth| {
            let about = 4 * (count + 1) + width * nth;
            let place = |nth: usize| usize_at(bytes, 4 * nth);
            Some((
                place(nth)?,
                place(nth + 1)?,
                bytes.get(about..about + width)?,
            ))
        });
        all.flatten()
    }
}
