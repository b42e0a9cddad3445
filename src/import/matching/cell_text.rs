//! What the source has for a cell of the form, and the words around it that say what it counts.

use super::form_words::FormWordIx;
use super::vocabulary::WordIx;

/// What the source has for the cells of a row; none where it lacks just that cell.
pub(super) type RowTexts<'a> = Vec<Option<CellText<'a>>>;

/// The words of a cell, and what stands around it.
#[derive(Clone, Copy, Debug)]
pub(super) struct CellText<'a> {
    pub words: &'a str,
    /// The nearest words over it.
    pub over: Option<WordIx>,
    /// The words above these, of which they may be the rest.
    pub above: Option<WordIx>,
    /// The nearest head of several columns over it.
    pub group: Option<FormWordIx>,
    /// Its row's label.
    pub label: Option<WordIx>,
    /// A line above that names a unit.
    pub unit_line: Option<WordIx>,
}

impl<'a> CellText<'a> {
    /// Words of which nothing else is known.
    pub fn of(words: &'a str) -> Self {
        Self {
            words,
            over: None,
            above: None,
            group: None,
            label: None,
            unit_line: None,
        }
    }

    pub fn is_blank(&self) -> bool {
        self.words.trim().is_empty()
    }

    /// The same where the words over it are known not to be its own.
    pub fn without_head(self) -> Self {
        Self {
            over: None,
            above: None,
            group: None,
            ..self
        }
    }
}
