//! Why something unusual is right.

/// A reason that the organ gives for a finding that wants one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    text: String,
    about: String,
}

impl Reason {
    /// The fewest characters that say something.
    pub const LEAST: usize = 6;

    /// A reason for what `about` says, numbers included; none if the text is too short to be one.
    pub fn new(text: &str, about: impl Into<String>) -> Option<Self> {
        let said = text.chars().filter(|c| !c.is_whitespace()).count();
        (said >= Self::LEAST).then(|| Self {
            text: text.trim().to_owned(),
            about: about.into(),
        })
    }

    /// What the organ says.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What it excuses; with other numbers it no longer holds.
    pub fn about(&self) -> &str {
        &self.about
    }
}
