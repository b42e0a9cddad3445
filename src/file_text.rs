//! A text file while it is being read: says on which line a part of it stands.
//!
//! RON strings without escapes are borrowed from the file's text, so a borrowed id is also its own place in the file;
//! no second bookkeeping of positions is needed.

/// The text of the file that is being read.
#[derive(Clone, Copy, Debug)]
pub struct FileText<'a> {
    text: &'a str,
}

impl<'a> FileText<'a> {
    /// Wraps the text that is about to be read.
    pub fn new(text: &'a str) -> Self {
        Self { text }
    }

    /// The line (from 1) on which `part` stands, if it is borrowed from this text.
    pub fn line_of(&self, part: &str) -> Option<usize> {
        let offset = (part.as_ptr() as usize).checked_sub(self.text.as_ptr() as usize)?;
        let before = self.text.get(..offset)?;
        (offset + part.len() <= self.text.len()).then(|| before.matches('\n').count() + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::FileText;

    #[test]
    fn finds_lines_of_borrowed_parts_only() {
        let text = String::from("a\nbc\nd");
        let source = FileText::new(&text);
        assert_eq!(source.line_of(&text[2..4]), Some(2));
        assert_eq!(source.line_of(&text[5..]), Some(3));
        assert_eq!(source.line_of(&String::from("bc")), None);
    }
}
