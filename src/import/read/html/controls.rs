//! What forms on a page show: text in input boxes, and the chosen entry of a list.

use super::open::attribute;
use html5ever::tokenizer::Tag;

/// What stands in an input box.
pub(super) enum Shown {
    Nothing,
    Text(String),
    /// It may hold something that the file does not.
    Unread,
    /// A sign or a picture.
    Picture,
}

/// What an `input` shows.
pub(super) fn input(tag: &Tag) -> Shown {
    let kind = attribute(tag, "type").unwrap_or_default();
    let value = attribute(tag, "value").filter(|value| !value.trim().is_empty());
    match (kind.trim().to_ascii_lowercase().as_str(), value) {
        ("hidden" | "submit" | "reset" | "button", _) => Shown::Nothing,
        ("checkbox" | "radio" | "image" | "color" | "range" | "file", _) => Shown::Picture,
        ("password", _) | (_, None) => Shown::Unread,
        (_, Some(value)) => Shown::Text(value),
    }
}

/// A list of which an entry is chosen.
#[derive(Debug, Default)]
pub(super) struct Select {
    options: Vec<String>,
    chosen: Option<usize>,
    is_multiple: bool,
}

impl Select {
    pub fn begin(tag: &Tag) -> Self {
        Self {
            is_multiple: attribute(tag, "multiple").is_some(),
            ..Self::default()
        }
    }

    pub fn option(&mut self, tag: &Tag) {
        const MOST: usize = 1_000;
        if attribute(tag, "selected").is_some() {
            self.chosen = Some(self.options.len());
        }
        if self.options.len() < MOST {
            self.options.push(String::new());
        }
    }

    pub fn text(&mut self, text: &str) {
        const LONGEST: usize = 1_000;
        if let Some(option) = self.options.last_mut()
            && option.len() < LONGEST
        {
            option.push_str(text);
        }
    }

    /// What it shows: the chosen entry, or the first.
    pub fn end(self) -> Shown {
        if self.is_multiple {
            return Shown::Unread;
        }
        let shown = self.options.get(self.chosen.unwrap_or(0));
        match shown.map(|text| text.trim()) {
            None | Some("") => Shown::Unread,
            Some(text) => Shown::Text(text.to_owned()),
        }
    }
}
