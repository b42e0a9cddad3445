//! The linked numbers of a report's texts.

use super::Report;
use super::link::{Link, Linked, is_number};
use crate::form::TextIx;
use std::ops::Range;

impl Report {
    /// The numbers of a text that are linked, in order.
    pub fn links(&self, text: TextIx) -> &[Link] {
        &self.links[usize::from(text.0)]
    }

    /// Whether any number of its texts is linked.
    pub fn has_links(&self) -> bool {
        self.links.iter().any(|links| !links.is_empty())
    }

    /// Whether just a number stands in a place of a text, so that it can be linked.
    pub fn is_number(&self, text: TextIx, at: &Range<usize>) -> bool {
        is_number(self.text(text), at)
    }

    /// A stretch of a text with its links.
    pub fn linked(&self, text: TextIx, at: Range<usize>) -> Linked {
        let inside = |link: &&Link| at.start <= link.at.start && link.at.end <= at.end;
        let links = self.links(text).iter().filter(inside);
        Linked {
            words: self.text(text)[at.clone()].to_owned(),
            links: links
                .map(|link| Link {
                    at: link.at.start - at.start..link.at.end - at.start,
                    of: link.of.clone(),
                })
                .collect(),
        }
    }
}
