//! The styles of a Word file, as far as they hide text or number paragraphs.

use super::look::Look;
use crate::import::error::ReadError;
use crate::import::read::colour::Ground;
use crate::import::read::xml::{Node, Tag, Xml};
use std::collections::HashMap;

/// Of a numbered paragraph: the list, and the level from 0.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbered {
    pub list: Option<String>,
    pub level: Option<usize>,
}

impl Numbered {
    /// Reads `w:numPr`, of which the beginning has been met.
    pub fn read(xml: &mut Xml<'_>) -> Result<Self, ReadError> {
        let mut numbered = Self::default();
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) => {
                    match tag.name() {
                        "numId" => numbered.list = Some(tag.owned("val")),
                        "ilvl" => numbered.level = tag.number("val"),
                        _ => {}
                    }
                    xml.skip()?;
                }
                Node::Close(_) => break,
                Node::Text(_) => {}
            }
        }
        Ok(numbered)
    }

    /// This, and what it leaves open as another says.
    pub fn over(&self, base: &Self) -> Self {
        Self {
            list: self.list.clone().or_else(|| base.list.clone()),
            level: self.level.or(base.level),
        }
    }
}

/// What paragraph properties (`w:pPr`) say.
#[derive(Clone, Debug, Default)]
pub(super) struct ParagraphLook {
    pub style: Option<String>,
    pub numbered: Numbered,
    pub ground: Ground,
    /// That of the mark at the paragraph's end, and so of its number.
    pub mark: Look,
}

impl ParagraphLook {
    /// Reads paragraph properties, of which the beginning has been met.
    pub fn read(xml: &mut Xml<'_>) -> Result<Self, ReadError> {
        let mut look = Self::default();
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) => match tag.name() {
                    "numPr" => look.numbered = Numbered::read(xml)?,
                    "rPr" => look.mark = Look::read(xml)?,
                    "pStyle" => {
                        look.style = Some(tag.owned("val"));
                        xml.skip()?;
                    }
                    "shd" => {
                        look.ground = Ground::of_shading(&tag);
                        xml.skip()?;
                    }
                    _ => xml.skip()?,
                },
                Node::Close(_) => break,
                Node::Text(_) => {}
            }
        }
        Ok(look)
    }
}

#[derive(Clone, Debug, Default)]
struct Style {
    base: Option<String>,
    look: Look,
    paragraph: ParagraphLook,
    /// Whether a table style colours cells.
    colours_cells: bool,
}

/// All styles of a file, by their ids.
#[derive(Debug, Default)]
pub(super) struct Styles {
    all: HashMap<String, Style>,
    default: Option<String>,
}

/// Styles that stand on others.
const DEEPEST: usize = 16;

impl Styles {
    /// Reads the part with the styles; nothing in it, nothing said.
    pub fn read(text: &str) -> Result<Self, ReadError> {
        let mut styles = Self::default();
        let mut xml = Xml::new(text);
        while let Some(node) = xml.next()? {
            if let Node::Open(tag) = node
                && tag.is("style")
            {
                let [kind, id, default] = tag.attributes(["type", "styleId", "default"]);
                let id = id.unwrap_or_default().into_owned();
                let is_default = matches!(default.as_deref(), Some("1" | "true" | "on"));
                if is_default && kind.as_deref() == Some("paragraph") {
                    styles.default = Some(id.clone());
                }
                let style = Style::read(&mut xml)?;
                styles.all.insert(id, style);
            }
        }
        Ok(styles)
    }

    /// A style and those that it stands on, the nearest first.
    fn chain<'a>(&'a self, id: Option<&'a str>) -> impl Iterator<Item = &'a Style> {
        let first = id.and_then(|id| self.all.get(id));
        let next = |style: &&'a Style| self.all.get(style.base.as_deref()?);
        std::iter::successors(first, next).take(DEEPEST)
    }

    /// How text of a style of characters looks.
    pub fn look(&self, id: Option<&str>) -> Look {
        let none = Look::default();
        self.chain(id)
            .fold(none, |look, style| look.over(&style.look))
    }

    /// The same of a paragraph's style, or of the one that those without have.
    pub fn paragraph(&self, id: Option<&str>) -> Look {
        self.look(id.or(self.default.as_deref()))
    }

    /// What lies behind the paragraphs of a style.
    pub fn ground(&self, id: Option<&str>) -> Ground {
        let chain = self.chain(id.or(self.default.as_deref()));
        chain.fold(Ground::Clear, |ground, style| {
            ground.or(style.paragraph.ground)
        })
    }

    /// The list of a paragraph's style.
    pub fn numbered(&self, id: Option<&str>) -> Numbered {
        let chain = self.chain(id.or(self.default.as_deref()));
        chain.fold(Numbered::default(), |numbered, style| {
            numbered.over(&style.paragraph.numbered)
        })
    }

    /// Whether a table style colours cells, so that nobody knows what lies behind their text.
    pub fn colours_cells(&self, id: &str) -> bool {
        self.chain(Some(id)).any(|style| style.colours_cells)
    }
}

impl Style {
    fn read(xml: &mut Xml<'_>) -> Result<Self, ReadError> {
        let mut style = Self::default();
        // Parts of a table's style have properties of their own, which are those of some cells.
        let mut depth = 0;
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) => match (tag.name(), depth) {
                    ("rPr", 0) => style.look = Look::read(xml)?,
                    ("pPr", 0) => style.paragraph = ParagraphLook::read(xml)?,
                    ("basedOn", 0) => {
                        style.base = Some(tag.owned("val"));
                        xml.skip()?;
                    }
                    ("shd", _) => {
                        style.note_shading(&tag);
                        xml.skip()?;
                    }
                    _ => depth += 1,
                },
                Node::Close(_) if depth == 0 => break,
                Node::Close(_) => depth -= 1,
                Node::Text(_) => {}
            }
        }
        Ok(style)
    }

    fn note_shading(&mut self, tag: &Tag<'_>) {
        let white = Ground::Known(crate::import::read::colour::Colour::WHITE);
        let ground = Ground::of_shading(tag);
        self.colours_cells |= ground != Ground::Clear && ground != white;
    }
}
