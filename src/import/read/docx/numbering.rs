//! Numbers that the program itself puts before paragraphs (automatic list numbering): they are printed, and stand
//! nowhere in the text.

use super::styles::{Numbered, Styles};
use crate::import::error::ReadError;
use crate::import::read::counting;
use crate::import::read::xml::{Node, Tag, Xml};
use crate::import::source::UNREAD;
use std::collections::{HashMap, HashSet};

const LEVELS: usize = 9;

/// A level of a list.
#[derive(Clone, Debug)]
struct Level {
    start: u32,
    format: String,
    /// With `%1` where the number of the first level stands.
    text: String,
    /// Whether all numbers are written in digits.
    is_legal: bool,
    /// Levels up to this one begin it again, counted from 1; 0 for none.
    restart: Option<usize>,
}

impl Default for Level {
    fn default() -> Self {
        Self {
            start: 1,
            format: "decimal".to_owned(),
            text: String::new(),
            is_legal: false,
            restart: None,
        }
    }
}

#[derive(Clone, Debug, Default)]
struct List {
    levels: [Option<Level>; LEVELS],
    /// The style that has the levels in its place.
    style: Option<String>,
}

#[derive(Debug, Default)]
struct Instance {
    list: String,
    starts: [Option<u32>; LEVELS],
    levels: [Option<Level>; LEVELS],
}

/// All lists of a file, and how far each has been counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    lists: HashMap<String, List>,
    instances: HashMap<String, Instance>,
    counted: HashMap<String, [Option<u32>; LEVELS]>,
    begun: HashSet<(String, usize)>,
}

impl Numbering {
    /// Reads the part with the lists; nothing in it, nothing numbered.
    pub fn read(text: &str, styles: &Styles) -> Result<Self, ReadError> {
        let mut numbering = Self::default();
        let mut xml = Xml::new(text);
        while let Some(node) = xml.next()? {
            let Node::Open(tag) = node else { continue };
            match tag.name() {
                "abstractNum" => {
                    let list = List::read(&mut xml)?;
                    numbering.lists.insert(tag.owned("abstractNumId"), list);
                }
                "num" => {
                    let instance = Instance::read(&mut xml)?;
                    numbering.instances.insert(tag.owned("numId"), instance);
                }
                _ => {}
            }
        }
        numbering.follow_styles(styles);
        Ok(numbering)
    }

    /// Lists that only name a style have the levels of that style's list.
    fn follow_styles(&mut self, styles: &Styles) {
        let named = |style: &str| {
            let list = styles.numbered(Some(style)).list?;
            let list = self.lists.get(&self.instances.get(&list)?.list)?;
            Some(list.levels.clone())
        };
        let followed: Vec<(String, _)> = self
            .lists
            .iter()
            .filter_map(|(id, list)| Some((id.clone(), named(list.style.as_deref()?)?)))
            .collect();
        for (id, levels) in followed {
            if let Some(list) = self.lists.get_mut(&id) {
                list.levels = levels;
            }
        }
    }

    /// What is printed before the next paragraph of a list; nothing for a bullet.
    ///
    /// Word goes on counting from one list to the next of the same kind, other programs begin each anew. In tables, where
    /// a number belongs to a label, each begins anew.
    pub fn next(&mut self, numbered: &Numbered, in_table: bool) -> Option<String> {
        let id = numbered.list.as_deref()?;
        let level = numbered.level.unwrap_or(0).min(LEVELS - 1);
        let instance = self.instances.get(id)?;
        let list = self.lists.get(&instance.list)?;
        let of = |at: usize| instance.levels[at].as_ref().or(list.levels[at].as_ref());
        let own = of(level)?;
        let counting = if in_table {
            format!("={id}")
        } else {
            instance.list.clone()
        };
        let counted = self.counted.entry(counting).or_default();
        let first_time = self.begun.insert((id.to_owned(), level));
        let restarts = instance.starts[level].filter(|_| first_time);
        let number = match (restarts, counted[level]) {
            (Some(start), _) => start,
            (None, Some(number)) => number.saturating_add(1),
            (None, None) => own.start,
        };
        counted[level] = Some(number);
        for (below, counted) in counted.iter_mut().enumerate().skip(level + 1) {
            let restart = of(below).and_then(|level| level.restart);
            if restart.is_none_or(|restart| restart > level) {
                *counted = None;
            }
        }
        if own.format == "bullet" {
            return None;
        }
        let mut label = String::new();
        let mut characters = own.text.chars().peekable();
        while let Some(c) = characters.next() {
            let digit = characters.peek().and_then(|c| c.to_digit(10));
            match (c, digit) {
                ('%', Some(nth @ 1..=9)) => {
                    characters.next();
                    let at = nth as usize - 1;
                    let Some(other) = of(at) else { continue };
                    let number = counted[at].unwrap_or(other.start);
                    let is_digits = own.is_legal;
                    let format = if is_digits { "decimal" } else { &other.format };
                    match counting::written(number, format) {
                        Some(written) => label.push_str(&written),
                        None => label.push(UNREAD),
                    }
                }
                (c, _) => label.push(c),
            }
        }
        (!label.is_empty()).then_some(label)
    }
}

impl List {
    fn read(xml: &mut Xml<'_>) -> Result<Self, ReadError> {
        let mut list = Self::default();
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) => match tag.name() {
                    "lvl" => read_level(&tag, xml, &mut list.levels)?,
                    "numStyleLink" => {
                        list.style = Some(tag.owned("val"));
                        xml.skip()?;
                    }
                    _ => xml.skip()?,
                },
                Node::Close(_) => break,
                Node::Text(_) => {}
            }
        }
        Ok(list)
    }
}

impl Instance {
    fn read(xml: &mut Xml<'_>) -> Result<Self, ReadError> {
        let mut instance = Self::default();
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) => match tag.name() {
                    "abstractNumId" => {
                        instance.list = tag.owned("val");
                        xml.skip()?;
                    }
                    "lvlOverride" => instance.read_override(&tag, xml)?,
                    _ => xml.skip()?,
                },
                Node::Close(_) => break,
                Node::Text(_) => {}
            }
        }
        Ok(instance)
    }

    fn read_override(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) -> Result<(), ReadError> {
        let at = tag.number("ilvl").unwrap_or(0).min(LEVELS - 1);
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) if tag.is("startOverride") => {
                    let start = tag.number("val").and_then(|n| u32::try_from(n).ok());
                    self.starts[at] = start;
                    xml.skip()?;
                }
                Node::Open(tag) if tag.is("lvl") => read_level(&tag, xml, &mut self.levels)?,
                Node::Open(_) => xml.skip()?,
                Node::Close(_) => break,
                Node::Text(_) => {}
            }
        }
        Ok(())
    }
}

fn read_level(
    tag: &Tag<'_>,
    xml: &mut Xml<'_>,
    levels: &mut [Option<Level>; LEVELS],
) -> Result<(), ReadError> {
    /// Bytes of what stands around a number.
    const LONGEST: usize = 200;
    let at = tag.number("ilvl").unwrap_or(0).min(LEVELS - 1);
    let mut level = Level::default();
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(tag) => {
                match tag.name() {
                    "start" => {
                        let start = tag.number("val").and_then(|n| u32::try_from(n).ok());
                        level.start = start.unwrap_or(0);
                    }
                    "numFmt" => level.format = tag.owned("val"),
                    "lvlText" => level.text = tag.owned("val"),
                    "isLgl" => level.is_legal = true,
                    "lvlRestart" => level.restart = tag.number("val"),
                    _ => {}
                }
                xml.skip()?;
            }
            Node::Close(_) => break,
            Node::Text(_) => {}
        }
    }
    if level.text.len() > LONGEST {
        level.text.clear();
    }
    levels[at] = Some(level);
    Ok(())
}
