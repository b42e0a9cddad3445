//! A row of the form as it stands in lines, and the heads above it.

use super::head_lines::LineHeads;
use super::heads::Reading;
use super::vocabulary::WordIx;
use std::ops::Range;
use std::rc::Rc;

/// The heads above a row.
#[derive(Debug)]
pub(super) struct Above {
    pub heads: LineHeads,
    /// Their words line by line.
    pub lines: Vec<Vec<WordIx>>,
}

impl Default for Above {
    fn default() -> Self {
        Self {
            heads: LineHeads::None,
            lines: Vec::new(),
        }
    }
}

/// What the numbers of a row could be, and where they stand.
pub(super) struct LineRow<'a> {
    pub reading: Reading<'a>,
    pub above: Rc<Above>,
    /// Among all fields.
    pub fields: Range<usize>,
    /// Whether several numbers stand in one line, so that it is one that is seen.
    pub is_level: bool,
}
