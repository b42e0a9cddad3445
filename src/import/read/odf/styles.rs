//! The styles of an OpenDocument file, as far as they hide what has them.

use crate::import::error::ReadError;
use crate::import::read::colour::{Colour, Ground};
use crate::import::read::xml::{Node, Tag, Xml};
use std::collections::HashMap;

/// What a style says; nothing for what it leaves as it is.
#[derive(Clone, Debug, Default)]
pub(super) struct Style {
    parent: Option<String>,
    /// The style of the lists that a paragraph stands in.
    pub list: Option<String>,
    hidden: Option<bool>,
    struck: Option<bool>,
    /// Above or below its line.
    raised: Option<bool>,
    colour: Option<Option<Colour>>,
    tiny: Option<bool>,
    ground: Option<Ground>,
    /// A row without height, a column without width.
    flat: Option<bool>,
    /// A sheet that is not shown.
    gone: Option<bool>,
}

impl Style {
    /// This, and what it leaves open as another says.
    fn over(&self, base: &Self) -> Self {
        Self {
            parent: base.parent.clone(),
            list: self.list.clone().or_else(|| base.list.clone()),
            hidden: self.hidden.or(base.hidden),
            struck: self.struck.or(base.struck),
            raised: self.raised.or(base.raised),
            colour: self.colour.or(base.colour),
            tiny: self.tiny.or(base.tiny),
            ground: self.ground.or(base.ground),
            flat: self.flat.or(base.flat),
            gone: self.gone.or(base.gone),
        }
    }

    pub fn is_flat(&self) -> bool {
        self.flat == Some(true)
    }

    pub fn is_gone(&self) -> bool {
        self.gone == Some(true)
    }

    fn note(&mut self, tag: &Tag<'_>) {
        let value = |name: &str| tag.attribute(name);
        if let Some(display) = value("display") {
            match tag.name() {
                "text-properties" => self.hidden = Some(display == "none"),
                "table-properties" => self.gone = Some(display == "false"),
                _ => {}
            }
        }
        for name in ["text-line-through-style", "text-line-through-type"] {
            if let Some(style) = value(name) {
                self.struck = Some(style != "none");
            }
        }
        if let Some(position) = value("text-position") {
            let first = position.split_ascii_whitespace().next().unwrap_or("0%");
            self.raised = Some(!matches!(first, "0%" | "0"));
        }
        if let Some(colour) = value("color") {
            self.colour = Some(Colour::of_css(&colour));
        }
        if let Some(size) = value("font-size") {
            self.tiny = Some(centimetres(&size).is_some_and(|size| size < 0.04));
        }
        if let Some(colour) = value("background-color") {
            self.ground = Some(Ground::of_css(&colour));
        }
        for name in ["row-height", "column-width"] {
            if let Some(length) = value(name) {
                self.flat = Some(centimetres(&length).is_some_and(|length| length < 0.05));
            }
        }
    }
}

/// A length in the units of the format; others are not known.
fn centimetres(length: &str) -> Option<f64> {
    let units = [("cm", 1.0), ("mm", 0.1), ("in", 2.54), ("pt", 2.54 / 72.0)];
    units.iter().find_map(|(unit, size)| {
        let number: f64 = length.trim().strip_suffix(unit)?.parse().ok()?;
        Some(number * size)
    })
}

/// All styles, by family and name.
#[derive(Debug, Default)]
pub(super) struct Styles(HashMap<(String, String), Style>);

impl Styles {
    /// Reads the styles that stand in a part.
    pub fn add(&mut self, text: &str) -> Result<(), ReadError> {
        const MOST: usize = 20_000;
        let mut open: Option<((String, String), Style)> = None;
        let mut xml = Xml::new(text);
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) => match (tag.name(), &mut open) {
                    ("style", _) => {
                        let key = (tag.owned("family"), tag.owned("name"));
                        let [parent, list] =
                            tag.attributes(["parent-style-name", "list-style-name"]);
                        let style = Style {
                            parent: parent.map(|parent| parent.into()),
                            list: list.map(|list| list.into()),
                            ..Style::default()
                        };
                        open = Some((key, style));
                    }
                    ("body", _) => break,
                    (_, Some((_, style))) => style.note(&tag),
                    _ => {}
                },
                Node::Close(tag) if tag.name() == "style" && self.0.len() < MOST => {
                    self.0.extend(open.take());
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// A style with all that it stands on.
    pub fn of(&self, family: &str, name: Option<&str>) -> Style {
        const DEEPEST: usize = 16;
        let mut style = Style::default();
        let mut next = name.map(str::to_owned);
        for _ in 0..DEEPEST {
            let Some(name) = next.take() else { break };
            let Some(base) = self.0.get(&(family.to_owned(), name)) else {
                break;
            };
            style = style.over(base);
            next.clone_from(&base.parent);
        }
        style
    }

    /// Whether text with these styles, from outside in, stands above or below its line.
    pub fn is_raised<'a>(styles: impl DoubleEndedIterator<Item = &'a Style>) -> bool {
        Self::all(styles).raised == Some(true)
    }

    fn all<'a>(styles: impl DoubleEndedIterator<Item = &'a Style>) -> Style {
        let none = Style::default();
        styles.rev().fold(none, |inner, outer| inner.over(outer))
    }

    /// Whether nobody sees text with these styles, from outside in.
    pub fn is_unseen<'a>(styles: impl DoubleEndedIterator<Item = &'a Style>) -> bool {
        let style = Self::all(styles);
        style.hidden == Some(true)
            || style.struck == Some(true)
            || style.tiny == Some(true)
            || (style.colour.flatten())
                .is_some_and(|colour| style.ground.unwrap_or_default().swallows(colour))
    }
}
