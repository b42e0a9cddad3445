//! The styles of an OpenDocument file, as far as they hide what has them.

use crate::import::error::ReadError;
use crate::import::read::colour::{Colour, Ground};
use crate::import::read::condition::{Condition, Test};
use crate::import::read::xml::{Node, Tag, Xml};
use std::collections::{HashMap, HashSet};

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
    /// The format of numbers, by its name.
    format: Option<String>,
    /// Other styles for numbers of which a condition holds.
    others: Vec<(Condition, String)>,
}

impl Style {
    /// A style of which the beginning has been met.
    fn begun(tag: &Tag<'_>) -> Self {
        let [parent, list, format] =
            tag.attributes(["parent-style-name", "list-style-name", "data-style-name"]);
        Self {
            parent: parent.map(|parent| parent.into()),
            list: list.map(|list| list.into()),
            format: format.map(|format| format.into()),
            ..Self::default()
        }
    }

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
            format: self.format.clone().or_else(|| base.format.clone()),
            others: match self.others.is_empty() {
                true => base.others.clone(),
                false => self.others.clone(),
            },
        }
    }

    pub fn is_flat(&self) -> bool {
        self.flat == Some(true)
    }

    pub fn is_gone(&self) -> bool {
        self.gone == Some(true)
    }

    fn note(&mut self, tag: &Tag<'_>) {
        /// More conditions than any sheet has for a cell.
        const MOST: usize = 16;
        let value = |name: &str| tag.attribute(name);
        if tag.is("map") && self.others.len() < MOST {
            let [condition, other] = tag.attributes(["condition", "apply-style-name"]);
            let both = condition.as_deref().map(self::condition).zip(other);
            self.others
                .extend(both.map(|(condition, other)| (condition, other.into())));
        }
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
pub(super) struct Styles {
    all: HashMap<(String, String), Style>,
    /// Formats of numbers that show none.
    blank_formats: HashSet<String>,
}

/// A format of numbers that is being read.
struct OpenFormat {
    name: String,
    /// Whether it, or one of those that it names for some numbers, shows a number; the format of text shows one as text.
    shows_number: Option<bool>,
    is_text: bool,
}

/// The condition of a style for others (`style:map`).
fn condition(text: &str) -> Condition {
    const TESTS: [(&str, Test); 8] = [
        ("cell-content-is-between(", Test::Between),
        ("cell-content-is-not-between(", Test::Outside),
        ("cell-content()!=", Test::Unequal),
        ("cell-content()<=", Test::AtMost),
        ("cell-content()>=", Test::AtLeast),
        ("cell-content()=", Test::Equal),
        ("cell-content()<", Test::Less),
        ("cell-content()>", Test::More),
    ];
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let known = TESTS.iter().find_map(|(before, test)| {
        let numbers = text.strip_prefix(before)?;
        Some((*test, numbers.trim_end_matches(')')))
    });
    let Some((test, numbers)) = known else {
        return Condition::default();
    };
    Condition {
        test: Some(test),
        with: numbers
            .split(',')
            .map(|number| number.parse().ok())
            .collect(),
    }
}

impl Styles {
    /// Reads the styles that stand in a part.
    pub fn add(&mut self, text: &str) -> Result<(), ReadError> {
        const MOST: usize = 20_000;
        let mut open: Option<((String, String), Style)> = None;
        let mut format: Option<OpenFormat> = None;
        let mut xml = Xml::new(text);
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) => match (tag.name(), &mut open, &mut format) {
                    ("style", ..) => {
                        let key = (tag.owned("family"), tag.owned("name"));
                        open = Some((key, Style::begun(&tag)));
                    }
                    ("body", ..) => break,
                    (_, Some((_, style)), _) => style.note(&tag),
                    ("number-style" | "currency-style" | "percentage-style" | "text-style", ..) => {
                        format = Some(OpenFormat {
                            name: tag.owned("name"),
                            shows_number: None,
                            is_text: tag.is("text-style"),
                        });
                    }
                    ("number" | "scientific-number" | "fraction", _, Some(format)) => {
                        format.shows_number = Some(true);
                    }
                    ("map", _, Some(format)) => {
                        let other = tag.owned("apply-style-name");
                        let shows = !self.blank_formats.contains(&other);
                        let before = format.shows_number.unwrap_or(false);
                        format.shows_number = Some(before || shows);
                    }
                    _ => {}
                },
                Node::Close(tag) if tag.name() == "style" && self.all.len() < MOST => {
                    self.all.extend(open.take());
                }
                Node::Close(tag) if tag.name().ends_with("-style") => {
                    let is_blank = |it: &OpenFormat| !it.shows_number.unwrap_or(it.is_text);
                    let blank = format.take().filter(is_blank);
                    if self.blank_formats.len() < MOST {
                        self.blank_formats.extend(blank.map(|format| format.name));
                    }
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
            let Some(base) = self.all.get(&(family.to_owned(), name)) else {
                break;
            };
            style = style.over(base);
            next.clone_from(&base.parent);
        }
        style
    }

    /// The style of a cell of a sheet with this number in it, or with none, under the conditions of its style; nothing where
    /// nobody knows whether it is seen.
    pub fn of_cell(&self, name: Option<&str>, number: Option<f64>) -> Option<Style> {
        const FAMILY: &str = "table-cell";
        let mut style = self.of(FAMILY, name);
        for (condition, other) in std::mem::take(&mut style.others) {
            let other = self.of(FAMILY, Some(&other));
            let both = other.over(&style);
            let hides = Self::is_unseen([&both].into_iter()) || self.shows_no_number(&both);
            match number.map(|number| condition.holds(number)) {
                Some(Some(true)) => return Some(both),
                Some(Some(false)) => {}
                _ if hides => return None,
                _ => {}
            }
        }
        Some(style)
    }

    /// Whether the format of a style shows nothing of a number.
    pub fn shows_no_number(&self, style: &Style) -> bool {
        let format = style.format.as_ref();
        format.is_some_and(|format| self.blank_formats.contains(format))
    }

    /// Whether text with these styles, from outside in, stands above or below its line.
    pub fn is_raised<'a>(styles: impl DoubleEndedIterator<Item = &'a Style>) -> bool {
        Self::all(styles).raised == Some(true)
    }

    fn all<'a>(styles: impl DoubleEndedIterator<Item = &'a Style>) -> Style {
        let none = Style::default();
        styles.rev().fold(none, |inner, outer| inner.over(outer))
    }

    /// Whether text with these styles, from outside in, is struck out.
    pub fn is_struck<'a>(styles: impl DoubleEndedIterator<Item = &'a Style>) -> bool {
        Self::all(styles).struck == Some(true)
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
