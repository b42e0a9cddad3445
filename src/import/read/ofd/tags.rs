//! The tags of our own exports: which pieces of text are the title, a heading, a paragraph or a cell.

use super::document::folder_of;
use crate::import::error::ReadError;
use crate::import::read::grid::{DeepCell, Flow, few_enough, settle};
use crate::import::read::pdf::Page;
use crate::import::read::xml::{Node, Tag, Xml};
use crate::import::read::zipped::{Package, target_in};
use crate::import::source::Part;
use crate::report::STRUCTURE;
use std::collections::HashMap;

/// The parts by the tags; `None` if there are none of ours, or they do not lead to each text once: then somebody else
/// has changed the pages.
///
/// # Errors
/// If the tags are damaged or more than a report has.
pub(super) fn read(
    package: &mut Package<'_>,
    list: &str,
    numbers: &HashMap<String, usize>,
    pages: &[Page],
) -> Result<Option<Vec<Part>>, ReadError> {
    let Some(location) = ours(package, list)? else {
        return Ok(None);
    };
    let Some(text) = package.part(&location)? else {
        return Ok(None);
    };
    let mut objects: HashMap<(usize, i64), String> = HashMap::new();
    for (nth, page) in pages.iter().enumerate() {
        for glyph in page.glyphs.iter().filter(|glyph| !glyph.is_artifact) {
            let id = glyph.mark.map_or(-1, |(_, id)| id);
            objects.entry((nth, id)).or_default().push_str(&glyph.text);
        }
    }
    let mut reader = TagReader {
        numbers,
        objects,
        parts: Vec::new(),
        words: String::new(),
        table: None,
    };
    let mut xml = Xml::new(&text);
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(tag) => reader.open(&tag, &mut xml)?,
            Node::Close(tag) => reader.close(tag.name())?,
            Node::Text(_) => {}
        }
    }
    Ok(reader.objects.is_empty().then_some(reader.parts))
}

/// Where our tags are.
fn ours(package: &mut Package<'_>, list: &str) -> Result<Option<String>, ReadError> {
    let Some(text) = package.part(list)? else {
        return Ok(None);
    };
    let mut xml = Xml::new(&text);
    let mut is_ours = false;
    while let Some(node) = xml.next()? {
        let Node::Open(tag) = node else { continue };
        match tag.name() {
            "CustomTag" => {
                let space = tag.attribute("NameSpace");
                is_ours = space.is_some_and(|space| space == STRUCTURE);
            }
            "FileLoc" if is_ours => {
                let location = xml.inner_text()?;
                return Ok(Some(target_in(folder_of(list), location.trim())));
            }
            _ => {}
        }
    }
    Ok(None)
}

struct TagReader<'a> {
    numbers: &'a HashMap<String, usize>,
    /// The texts that no tag has led to yet.
    objects: HashMap<(usize, i64), String>,
    parts: Vec<Part>,
    words: String,
    table: Option<(Flow, Vec<DeepCell>)>,
}

impl TagReader<'_> {
    fn open(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) -> Result<(), ReadError> {
        match tag.name() {
            "ObjectRef" => {
                let page = tag.owned("PageRef");
                let id = xml.inner_text()?;
                if let (Some(&page), Ok(id)) = (self.numbers.get(&page), id.trim().parse())
                    && let Some(words) = self.objects.remove(&(page, id))
                {
                    self.words.push_str(&words);
                }
            }
            "Table" => self.table = Some((Flow::default(), Vec::new())),
            "Row" => {
                if let Some((flow, _)) = &mut self.table {
                    flow.open_row()?;
                }
            }
            "Cell" => {
                if let Some((flow, cells)) = &mut self.table {
                    let span = |name| tag.number(name).unwrap_or(1).clamp(1, 20_000);
                    let place = flow.place(span("RowSpan"), span("ColSpan"))?;
                    let parts = Vec::new();
                    cells.push(DeepCell { place, parts });
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), ReadError> {
        match name {
            "Title" | "Heading" | "Subheading" | "Paragraph" => {
                let words = std::mem::take(&mut self.words);
                self.parts.push(Part::Text(words));
            }
            "Cell" => {
                let words = std::mem::take(&mut self.words);
                if let Some((_, cells)) = &mut self.table
                    && let Some(cell) = cells.last_mut()
                {
                    cell.parts.push(Part::Text(words));
                }
            }
            "Table" => {
                if let Some((flow, cells)) = self.table.take() {
                    self.parts.extend(settle(String::new(), flow.rows, cells));
                }
            }
            _ => {}
        }
        few_enough(self.parts.len())
    }
}
