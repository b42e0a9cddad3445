//! Text of a page as it runs on.

use crate::import::read::grid::seen;

/// Text as it runs on, white space collapsed as a browser does.
#[derive(Default)]
pub(super) struct Paragraph {
    text: String,
    /// White space that has been met and not written, and whether a line of the source ended in it.
    blank: Option<bool>,
}

impl Paragraph {
    pub fn push(&mut self, text: &str) {
        for c in text.chars() {
            if matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0C') {
                self.blank = Some(self.blank == Some(true) || matches!(c, '\n' | '\r'));
                continue;
            }
            let Some(c) = seen(c) else { continue };
            if let Some(broken) = self.blank.take()
                && let Some(before) = self.text.chars().next_back()
                // A source line that was broken between two Chinese characters is no blank.
                && before != '\n'
                && !(broken && is_wide(before) && is_wide(c))
            {
                self.text.push(' ');
            }
            self.text.push(c);
        }
    }

    pub fn line(&mut self) {
        self.blank = None;
        self.text.push('\n');
    }

    /// Whether nothing stands in it.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    pub fn take(&mut self) -> Option<String> {
        self.blank = None;
        let text = std::mem::take(&mut self.text);
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }
}

/// Whether a character is Chinese or belongs to Chinese text.
pub(in crate::import) fn is_wide(c: char) -> bool {
    matches!(u32::from(c), 0x2E80..=0x9FFF | 0xF900..=0xFAFF | 0xFE30..=0xFE4F | 0xFF00..=0xFFEF | 0x20000..=0x3FFFF)
        || "“”‘’…—".contains(c)
}
