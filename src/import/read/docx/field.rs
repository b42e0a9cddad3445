//! Old form fields, as they say themselves what they show.

use crate::import::error::ReadError;
use crate::import::read::xml::{Node, Xml};

/// What an old form field (`w:ffData`) shows: the chosen entry of a drop-down, or the text that an input begins with.
pub(super) fn choice(xml: &mut Xml<'_>) -> Result<Option<String>, ReadError> {
    const MOST: usize = 1_000;
    let mut entries: Vec<String> = Vec::new();
    let (mut result, mut default, mut input) = (None, None, None);
    let mut is_list = false;
    let mut depth = 0;
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(tag) => {
                depth += 1;
                match tag.name() {
                    "ddList" => is_list = true,
                    "listEntry" if entries.len() < MOST => entries.push(tag.owned("val")),
                    "result" => result = tag.number("val"),
                    "default" if is_list => default = tag.number("val"),
                    "default" => input = Some(tag.owned("val")),
                    _ => {}
                }
            }
            Node::Close(_) if depth == 0 => break,
            Node::Close(_) => depth -= 1,
            Node::Text(_) => {}
        }
    }
    Ok(match is_list {
        true => entries.into_iter().nth(result.or(default).unwrap_or(0)),
        false => input.filter(|text| !text.is_empty()),
    })
}
