//! Runs of text in cells, as they are seen.

use crate::import::error::ReadError;
use crate::import::read::grid::UNSEEN;
use crate::import::read::xml::{Node, Xml};
use crate::prose::is_digit;

/// How a run of a text looks.
#[derive(Clone, Copy, Default)]
pub(super) struct Run {
    is_struck: bool,
    is_raised: bool,
}

impl Run {
    /// Reads the properties of a run, of which the beginning has been met.
    pub fn read(xml: &mut Xml<'_>) -> Result<Self, ReadError> {
        let mut run = Self::default();
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) => {
                    let value = tag.attribute("val");
                    match tag.name() {
                        "strike" => {
                            run.is_struck = !matches!(value.as_deref(), Some("0" | "false"))
                        }
                        "vertAlign" => {
                            let value = value.as_deref();
                            run.is_raised = matches!(value, Some("superscript" | "subscript"));
                        }
                        _ => {}
                    }
                    xml.skip()?;
                }
                Node::Close(_) => break,
                Node::Text(_) => {}
            }
        }
        Ok(run)
    }

    /// Adds text as it is seen: nothing that is struck out, and the mark of a note as one.
    pub fn add(self, text: &str, string: &mut String) {
        let text = unescaped(text);
        match (self.is_struck, self.is_raised) {
            (true, _) if text.contains(is_digit) => string.push(UNSEEN),
            (true, _) => {}
            (false, true) => string.extend(["[", &text, "]"]),
            (false, false) => string.push_str(&text),
        }
    }
}

/// Characters that XML cannot hold are written as `_x000D_`.
pub(super) fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let digits = from
            .get(2..6)
            .filter(|_| from.get(6..).is_some_and(|rest| rest.starts_with('_')));
        let code = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        match code.and_then(char::from_u32) {
            Some('\r') => rest = &from[7..],
            Some(c) => {
                out.push(c);
                rest = &from[7..];
            }
            None => {
                out.push_str("_x");
                rest = &from[2..];
            }
        }
    }
    out.push_str(rest);
    out
}
