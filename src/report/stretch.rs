//! A stretch of a text that is replaced, and where other places are then: the one definition of a place that moves.

use std::ops::Range;

/// A stretch of a text that is replaced by something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// What is replaced, in bytes.
    pub at: Range<usize>,
    /// How many bytes come in its place.
    pub new: usize,
}

impl Stretch {
    /// The stretch in which two texts differ; none if they are the same.
    pub fn between(old: &str, new: &str) -> Option<Self> {
        if old == new {
            return None;
        }
        let length = |(c, _): (char, char)| c.len_utf8();
        let is_same = |(a, b): &(char, char)| a == b;
        let before = old.chars().zip(new.chars());
        let start: usize = before.take_while(is_same).map(length).sum();
        let behind = old[start..].chars().rev().zip(new[start..].chars().rev());
        let end: usize = behind.take_while(is_same).map(length).sum();
        Some(Self {
            at: start..old.len() - end,
            new: new.len() - end - start,
        })
    }

    /// Where a byte behind the stretch is afterwards.
    fn shift(&self, byte: usize) -> usize {
        byte - self.at.len() + self.new
    }

    /// Where a place is afterwards; none if the stretch touches its inside.
    pub fn moves(&self, place: &Range<usize>) -> Option<Range<usize>> {
        if place.end <= self.at.start {
            Some(place.clone())
        } else if place.start >= self.at.end {
            Some(self.shift(place.start)..self.shift(place.end))
        } else {
            None
        }
    }

    /// Whether it touches a place, its edges included.
    pub(super) fn touches(&self, place: &Range<usize>) -> bool {
        self.at.start <= place.end && place.start <= self.at.end
    }

    /// What is left of a place afterwards. All that came instead, if just the place was replaced; none if nothing is left.
    pub(super) fn leaves(&self, place: &Range<usize>) -> Option<Range<usize>> {
        if let Some(moved) = self.moves(place) {
            return Some(moved);
        }
        let comes = self.at.start..self.at.start + self.new;
        let left = if self.at == *place {
            comes
        } else {
            let start = match place.start < self.at.start {
                true => place.start,
                false => comes.end,
            };
            let end = match place.end > self.at.end {
                true => self.shift(place.end),
                false => self.at.start,
            };
            start..end.max(start)
        };
        (!left.is_empty()).then_some(left)
    }
}
