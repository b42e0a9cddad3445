//! What stands on a page.

use super::path::Rule;
use lopdf::ObjectId;

/// A place in the document's structure: the form that is drawn, if any, and the number that it gives.
pub(in crate::import::read) type Mark = (Option<ObjectId>, i64);

/// A character as it stands on the page; points, from the page's upper left corner.
#[derive(Clone, Debug)]
pub(in crate::import::read) struct Glyph {
    pub text: String,
    pub left: f64,
    pub right: f64,
    /// The line it stands on.
    pub base: f64,
    pub size: f64,
    pub mark: Option<Mark>,
    /// Whether the file says that it is no content: page numbers, repeated heads.
    pub is_artifact: bool,
}

/// What a page comes to.
#[derive(Debug, Default)]
pub(in crate::import::read) struct Page {
    pub width: f64,
    pub height: f64,
    pub glyphs: Vec<Glyph>,
    pub rules: Vec<Rule>,
    /// For each way that text may run, in quarter turns, how many characters do.
    pub turns: [usize; 4],
}

impl Page {
    /// In how many quarter turns most of the text runs; 0 where none prevails.
    pub fn turn(&self) -> usize {
        let all: usize = self.turns.iter().sum();
        let most = (1..4).find(|turn| self.turns[*turn] * 10 > all * 6);
        most.unwrap_or(0)
    }
}
