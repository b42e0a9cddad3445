//! What the text fields remember between frames.

use super::clip::Clip;
use super::composing::Composing;
use super::standing::Standing;
use crate::form::TextIx;
use std::ops::Range;

/// What the text fields remember between frames.
#[derive(Default)]
pub struct TextState {
    pub(in crate::ui) composing: Composing,
    /// How many times its usual size a text is shown.
    pub scale: f32,
    /// A stretch that stands out until the text is touched, whoever has the keyboard.
    pub(super) pointed: Option<(TextIx, Range<usize>)>,
    /// A text that takes the keyboard, and where in it.
    pub(super) select: Option<(TextIx, Place)>,
    /// What was done to what was pasted, and the revision in which it stands.
    pub(super) tidied: Option<(TextIx, u64, String)>,
    /// What was copied out of a text last.
    pub(super) clip: Clip,
    /// Where the menu of the right button was opened, in bytes of the text.
    pub(super) menu: Option<(TextIx, usize)>,
    /// Where the stretch that stands out begins on the screen.
    pub(super) pointed_top: Option<f32>,
    /// The paragraphs of a text in one of its revisions, masked.
    pub(super) standing: Standing,
    /// Where the caret stands, in bytes of the text.
    pub(super) caret: Option<(TextIx, usize)>,
}

/// Where in a text the keyboard goes.
pub(super) enum Place {
    /// Where it was, or to the end.
    AsLeft,
    /// To the end.
    End,
    /// To these bytes, which are marked.
    Marked(Range<usize>),
    /// Nowhere: the text is only looked at.
    Away,
}

impl TextState {
    /// Where the caret stands, or stood last.
    pub fn caret(&self) -> Option<(TextIx, usize)> {
        self.caret
    }

    /// Shows a text and marks a stretch of it.
    pub fn select(&mut self, text: TextIx, range: Option<Range<usize>>) {
        self.point(text, range.clone());
        self.select = Some((text, range.map_or(Place::End, Place::Marked)));
    }

    /// The keyboard goes to a text, behind a stretch that is pointed out.
    pub fn go_behind(&mut self, text: TextIx, stretch: Range<usize>) {
        let end = stretch.end;
        self.point(text, Some(stretch));
        self.select = Some((text, Place::Marked(end..end)));
    }

    /// Where the caret stands in a text, in bytes; none if it never was there.
    pub fn caret_in(&self, text: TextIx) -> Option<usize> {
        let (_, byte) = self.caret.filter(|(at, _)| *at == text)?;
        Some(byte)
    }

    /// Shows a text and points out a stretch of it; the keyboard stays where it is.
    pub fn point_at(&mut self, text: TextIx, range: Option<Range<usize>>) {
        self.point(text, range);
        self.select = Some((text, Place::Away));
    }

    fn point(&mut self, text: TextIx, range: Option<Range<usize>>) {
        let range = range.filter(|range| !range.is_empty());
        self.pointed = range.map(|range| (text, range));
    }

    /// The keyboard goes to a text, where it was in it.
    pub fn take_keyboard(&mut self, text: TextIx) {
        self.select = Some((text, Place::AsLeft));
    }

    /// Forgets what the input method was composing, because the report changed under it.
    pub fn forget(&mut self) {
        self.composing.forget();
        self.pointed = None;
    }
}

/// The room that a text gets: points across, and lines at least.
#[derive(Clone, Copy)]
pub struct Room {
    pub width: f32,
    pub rows: usize,
}
