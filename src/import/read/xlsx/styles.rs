//! How cells look: the format of their numbers, and whether anything of them is seen at all.

use crate::import::error::ReadError;
use crate::import::read::colour::{Colour, Ground};
use crate::import::read::condition::{CellLook, Change};
use crate::import::read::numbers;
use crate::import::read::xml::{Node, Tag, Xml};
use std::collections::HashMap;
use std::rc::Rc;

/// How the cells of a style look.
#[derive(Clone, Debug, Default)]
pub(super) struct CellStyle {
    pub look: CellLook,
    pub is_struck: bool,
}

/// What a condition changes of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Difference {
    pub change: Change,
    /// The part of it that is being read.
    part: &'static str,
}

/// The styles that cells may name, and those of conditions.
#[derive(Default)]
pub(super) struct Styles {
    pub cells: Vec<CellStyle>,
    pub differences: Vec<Difference>,
}

#[derive(Clone, Copy, Default)]
struct Font {
    is_struck: bool,
    colour: Option<Colour>,
}

/// Reads the part that holds them.
pub(super) fn read(text: &str) -> Result<Styles, ReadError> {
    /// As Excel limits it.
    const LONGEST: usize = 255;
    let mut own: HashMap<usize, Rc<str>> = HashMap::new();
    let mut fonts: Vec<Font> = Vec::new();
    let mut fills: Vec<Ground> = Vec::new();
    let mut styles = Styles::default();
    let mut inside = String::new();
    let mut xml = Xml::new(text);
    while let Some(node) = xml.next()? {
        let tag = match node {
            Node::Open(tag) => tag,
            Node::Close(tag) if tag.name() == inside => {
                inside.clear();
                continue;
            }
            _ => continue,
        };
        match (inside.as_str(), tag.name()) {
            (_, "numFmt") if inside.is_empty() || inside == "numFmts" => {
                if let (Some(id), Some(code)) =
                    (tag.number("numFmtId"), tag.attribute("formatCode"))
                {
                    let code: String = code.chars().take(LONGEST).collect();
                    own.insert(id, code.into());
                }
            }
            ("", name @ ("fonts" | "fills" | "cellXfs" | "dxfs" | "cellStyleXfs" | "borders")) => {
                name.clone_into(&mut inside);
            }
            ("fonts", "font") => fonts.push(Font::default()),
            ("fonts", _) => {
                if let Some(font) = fonts.last_mut() {
                    font.note(&tag);
                }
            }
            ("fills", "fill") => fills.push(Ground::Clear),
            ("fills", "patternFill") => {
                let pattern = tag.attribute("patternType");
                if let Some(ground) = fills.last_mut() {
                    *ground = match pattern.as_deref() {
                        None | Some("none") => Ground::Clear,
                        Some(_) => Ground::Unknown,
                    };
                }
            }
            ("fills", "gradientFill") => fills.last_mut().into_iter().for_each(|ground| {
                *ground = Ground::Unknown;
            }),
            ("fills", "fgColor") => {
                if let (Some(ground), Some(colour)) = (fills.last_mut(), colour(&tag)) {
                    *ground = Ground::Known(colour);
                }
            }
            ("dxfs", "dxf") => styles.differences.push(Difference::default()),
            ("dxfs", _) => {
                if let Some(difference) = styles.differences.last_mut() {
                    difference.note(&tag);
                }
            }
            ("cellXfs", "xf") => {
                let at = |name: &str| tag.number(name).unwrap_or(0);
                let font = fonts.get(at("fontId")).copied().unwrap_or_default();
                let ground = fills.get(at("fillId")).copied().unwrap_or_default();
                let id = at("numFmtId");
                let format = own.get(&id).cloned();
                let format = format.unwrap_or_else(|| numbers::built_in(id).into());
                styles.cells.push(font.style(format, ground));
            }
            _ => {}
        }
    }
    Ok(styles)
}

impl Font {
    /// How cells look with it, such a format and such a ground.
    fn style(self, format: Rc<str>, ground: Ground) -> CellStyle {
        CellStyle {
            look: CellLook {
                format,
                colour: self.colour,
                ground,
            },
            is_struck: self.is_struck,
        }
    }

    fn note(&mut self, tag: &Tag<'_>) {
        match tag.name() {
            "strike" => {
                let value = tag.attribute("val");
                self.is_struck = !matches!(value.as_deref(), Some("0" | "false"));
            }
            "color" => self.colour = colour(tag),
            _ => {}
        }
    }
}

impl Difference {
    fn note(&mut self, tag: &Tag<'_>) {
        match (self.part, tag.name()) {
            (_, "font") => self.part = "font",
            (_, "fill") => self.part = "fill",
            (_, "border") => self.part = "border",
            (_, "numFmt") => {
                self.change.format = tag.attribute("formatCode").map(|code| code.into());
            }
            ("font", "color") => self.change.colour = colour(tag),
            ("fill", "bgColor" | "fgColor") => {
                self.change.ground = colour(tag).map_or(Ground::Unknown, Ground::Known);
            }
            _ => {}
        }
    }
}

/// A colour as it is written, by its number in the theme, or in the old palette.
fn colour(tag: &Tag<'_>) -> Option<Colour> {
    let [rgb, theme, tint, indexed] = tag.attributes(["rgb", "theme", "tint", "indexed"]);
    let plain = |text: Option<&str>| text.is_none_or(|tint| tint.parse() == Ok(0.0));
    if let Some(rgb) = rgb {
        return Colour::of(rgb.get(rgb.len().checked_sub(6)?..)?);
    }
    let is_paper = theme.is_some_and(|theme| theme == "0") && plain(tint.as_deref())
        || indexed.is_some_and(|nth| nth == "1" || nth == "9");
    is_paper.then_some(Colour::WHITE)
}
