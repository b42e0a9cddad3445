//! Numbers that the program itself puts before the items of lists: they are printed, and stand nowhere in the text.

use crate::import::error::ReadError;
use crate::import::read::counting;
use crate::import::read::xml::{Node, Tag, Xml};
use crate::import::source::UNREAD;
use std::collections::HashMap;

const LEVELS: usize = 10;

/// A level of a list; of one that is not numbered, no format.
#[derive(Clone, Debug, Default)]
struct Level {
    format: Option<&'static str>,
    /// Whether its format is not known here.
    is_unknown: bool,
    prefix: String,
    suffix: String,
    /// With `%1%` where the number of the first level stands; in the place of prefix and suffix.
    pattern: Option<String>,
    start: u32,
    /// How many levels are shown.
    shown: usize,
}

impl Level {
    fn of(tag: &Tag<'_>) -> Self {
        let said = tag.attribute("num-format");
        let said = said.as_deref().unwrap_or_default();
        let format = format_name(said);
        Self {
            is_unknown: format.is_none() && !said.is_empty(),
            format,
            prefix: tag.owned("num-prefix"),
            suffix: tag.owned("num-suffix"),
            pattern: tag.attribute("num-list-format").map(|it| it.into()),
            start: number(tag, "start-value").unwrap_or(1),
            shown: tag.number("display-levels").unwrap_or(1).clamp(1, LEVELS),
        }
    }
}

/// The name of a format in Word's files.
fn format_name(said: &str) -> Option<&'static str> {
    // Those that are not of the standard are named by their first numbers.
    Some(match said.split([',', ' ']).next().unwrap_or_default() {
        "1" => "decimal",
        "a" => "lowerLetter",
        "A" => "upperLetter",
        "i" => "lowerRoman",
        "I" => "upperRoman",
        "一" => "chineseCounting",
        "壹" => "chineseLegalSimplified",
        "①" => "decimalEnclosedCircle",
        "甲" => "ideographTraditional",
        "子" => "ideographZodiac",
        "１" => "decimalFullWidth",
        "01" => "decimalZero",
        _ => return None,
    })
}

fn number(tag: &Tag<'_>, name: &str) -> Option<u32> {
    tag.number(name)
        .and_then(|number| u32::try_from(number).ok())
}

/// How far a list is counted.
#[derive(Clone, Debug, Default)]
struct Counted([Option<u32>; LEVELS]);

/// A list that is open.
#[derive(Debug, Default)]
struct Open {
    style: Option<String>,
    /// Whether the next paragraph is the first of an item.
    is_item: bool,
    start: Option<u32>,
    /// Whether how it counts is not known here.
    is_unknown: bool,
}

/// The styles of lists, and the lists as they come.
#[derive(Debug, Default)]
pub(super) struct Lists {
    levels: HashMap<String, Vec<Level>>,
    open: Vec<Open>,
    counted: Counted,
    /// How far each list was counted, by its own name and by that of its style.
    by_id: HashMap<String, Counted>,
    by_style: HashMap<String, Counted>,
    id: Option<String>,
}

impl Lists {
    /// Reads the styles that stand in a part.
    pub fn add(&mut self, text: &str) -> Result<(), ReadError> {
        const MOST: usize = 2_000;
        let mut open: Option<(String, Vec<Level>)> = None;
        let mut xml = Xml::new(text);
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) => match (tag.name(), &mut open) {
                    ("list-style" | "outline-style", _) => {
                        open = Some((tag.owned("name"), vec![Level::default(); LEVELS]));
                    }
                    ("body", _) => break,
                    ("list-level-style-number", Some((_, levels))) => {
                        let at = tag.number("level").and_then(|level| level.checked_sub(1));
                        if let Some(level) = at.and_then(|at| levels.get_mut(at)) {
                            *level = Level::of(&tag);
                        }
                    }
                    _ => {}
                },
                Node::Close(tag) if tag.name() == "list-style" && self.levels.len() < MOST => {
                    self.levels.extend(open.take());
                }
                Node::Close(_) | Node::Text(_) => {}
            }
        }
        Ok(())
    }

    /// A list begins.
    pub fn begin(&mut self, tag: &Tag<'_>) {
        const MOST: usize = 4_096;
        let [style, id, goes_on, after] =
            tag.attributes(["style-name", "id", "continue-numbering", "continue-list"]);
        let style = style.map(|style| style.into_owned());
        if self.open.is_empty() {
            let before = after.and_then(|after| self.by_id.get(&*after));
            let of_style = || self.by_style.get(style.as_deref().unwrap_or_default());
            let goes_on = goes_on.is_some_and(|it| it == "true");
            let before = before.or_else(|| of_style().filter(|_| goes_on));
            self.counted = before.cloned().unwrap_or_default();
            self.id = id
                .map(|id| id.into_owned())
                .filter(|_| self.by_id.len() < MOST);
        }
        self.open.push(Open {
            style,
            ..Open::default()
        });
    }

    /// A paragraph begins that is a list by itself, as no program of today writes it.
    pub fn begin_lone(&mut self) {
        self.open.push(Open {
            is_item: true,
            is_unknown: true,
            ..Open::default()
        });
    }

    /// Whether a list is open.
    pub fn is_open(&self) -> bool {
        !self.open.is_empty()
    }

    /// A list ends.
    pub fn end(&mut self) {
        let ended = self.open.pop();
        if self.open.is_empty() {
            if let Some(id) = self.id.take() {
                self.by_id.insert(id, self.counted.clone());
            }
            let style = ended.and_then(|ended| ended.style).unwrap_or_default();
            self.by_style.insert(style, self.counted.clone());
        }
    }

    /// An item begins.
    pub fn item(&mut self, tag: &Tag<'_>) {
        if let Some(open) = self.open.last_mut() {
            open.is_item = true;
            open.start = number(tag, "start-value");
        }
    }

    /// What is printed before a paragraph that begins here; nothing before a second one of an item. A paragraph's style
    /// may name that of its lists.
    pub fn before(&mut self, of_paragraph: Option<&str>) -> String {
        let level = self.open.len().saturating_sub(1).min(LEVELS - 1);
        let Some(open) = self.open.last_mut().filter(|open| open.is_item) else {
            return String::new();
        };
        open.is_item = false;
        let (start, is_unknown) = (open.start.take(), open.is_unknown);
        let mut styles = self.open.iter().rev().map(|open| open.style.as_deref());
        let style = styles.find_map(|style| style).or(of_paragraph);
        let levels = style.and_then(|style| self.levels.get(style));
        let Some(levels) = levels.filter(|_| !is_unknown) else {
            return UNREAD.to_string();
        };
        let own = &levels[level];
        let counted = &mut self.counted.0;
        let next = counted[level].map_or(own.start, |number| number.saturating_add(1));
        counted[level] = Some(start.unwrap_or(next));
        counted[level + 1..].fill(None);
        if own.is_unknown {
            return UNREAD.to_string();
        }
        if own.format.is_none() {
            return String::new();
        }
        let written = |at: usize| {
            let other = &levels[at];
            let number = counted[at].unwrap_or(other.start);
            let written = other
                .format
                .and_then(|format| counting::written(number, format));
            written.unwrap_or_else(|| UNREAD.to_string())
        };
        let from = (level + 1).saturating_sub(own.shown);
        let Some(pattern) = &own.pattern else {
            let numbers: Vec<String> = (from..=level).map(written).collect();
            return format!("{}{}{}", own.prefix, numbers.join("."), own.suffix);
        };
        let mut label = pattern.clone();
        for at in 0..=level {
            let mark = format!("%{}%", at + 1);
            if label.contains(&mark) {
                label = label.replace(&mark, &written(at));
            }
        }
        label
    }
}
