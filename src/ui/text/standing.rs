//! What stands in a text already of last year's.

use crate::form::TextIx;
use crate::prose;
use crate::ui::session::Session;

/// The paragraphs of a text in one of its revisions, masked: a paragraph that was taken over is still known when its numbers
/// are this year's.
#[derive(Default)]
pub struct Standing {
    of: Option<(TextIx, u64)>,
    masks: Vec<String>,
}

impl Standing {
    /// The paragraphs of a text as it stands.
    pub fn follow(&mut self, session: &Session, text: TextIx) {
        let now = Some((text, session.history().revision()));
        if self.of != now {
            self.of = now;
            let lines = session.report().text(text).lines();
            self.masks = lines.map(|line| prose::masked(line, None)).collect();
        }
    }

    /// Whether a paragraph is among them, numbers aside.
    pub fn has(&self, paragraph: &str) -> bool {
        let mask = prose::masked(paragraph, None);
        self.masks.contains(&mask)
    }
}
