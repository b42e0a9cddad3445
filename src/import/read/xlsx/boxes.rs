//! Boxes of text that lie over a sheet: what stands in them is in no cell.

use crate::import::error::ReadError;
use crate::import::read::xml::{Node, Xml};

/// A box of text.
#[derive(Debug, Default)]
pub(super) struct TextBox {
    pub words: String,
    /// Row and column of the cell in which it begins.
    pub from: (usize, usize),
}

/// The boxes of a sheet's drawing that are shown.
pub(super) fn read(drawing: &str) -> Result<Vec<TextBox>, ReadError> {
    const MOST: usize = 1_000;
    let mut boxes: Vec<TextBox> = Vec::new();
    let mut xml = Xml::new(drawing);
    let (mut from, mut in_from, mut place) = ((0, 0), false, None);
    let (mut is_hidden, mut in_words) = (false, false);
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(tag) => match tag.name() {
                "from" => in_from = true,
                "row" | "col" if in_from => place = Some(tag.is("row")),
                "cNvPr" => {
                    let hidden = tag.attribute("hidden");
                    is_hidden = matches!(hidden.as_deref(), Some("1" | "true"));
                }
                "txBody" if is_hidden || boxes.len() >= MOST => xml.skip()?,
                "txBody" => boxes.push(TextBox {
                    from,
                    ..TextBox::default()
                }),
                "t" => in_words = true,
                _ => {}
            },
            Node::Text(text) => {
                let number = text.trim().parse().unwrap_or(0);
                match (place, boxes.last_mut()) {
                    (Some(true), _) => from.0 = number,
                    (Some(false), _) => from.1 = number,
                    (None, Some(last)) if in_words => last.words.push_str(&text),
                    _ => {}
                }
            }
            Node::Close(tag) => match tag.name() {
                "from" => in_from = false,
                "row" | "col" => place = None,
                "t" => in_words = false,
                "p" => boxes
                    .iter_mut()
                    .last()
                    .into_iter()
                    .for_each(|last| last.words.push(' ')),
                _ => {}
            },
        }
    }
    boxes.dedup_by(|a, b| a.words == b.words && a.from == b.from);
    Ok(boxes)
}
