//! How cells look: the format of their numbers, and whether anything of them is seen at all.

use crate::import::error::ReadError;
use crate::import::read::numbers;
use crate::import::read::xml::{Node, Tag, Xml};
use std::collections::HashMap;
use std::rc::Rc;

/// How the cells of a style look.
#[derive(Clone, Debug)]
pub(super) struct CellStyle {
    pub format: Rc<str>,
    pub is_struck: bool,
    /// White on nothing: unseen, if nothing else gives the cell a ground.
    pub is_white: bool,
}

#[derive(Clone, Copy, Default)]
struct Font {
    is_struck: bool,
    is_white: bool,
}

/// The styles that cells may name.
pub(super) fn read(text: &str) -> Result<Vec<CellStyle>, ReadError> {
    /// As Excel limits it.
    const LONGEST: usize = 255;
    let mut own: HashMap<usize, Rc<str>> = HashMap::new();
    let mut fonts: Vec<Font> = Vec::new();
    // For each fill whether the paper is seen through it.
    let mut fills: Vec<bool> = Vec::new();
    let mut styles = Vec::new();
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
            ("fills", "fill") => fills.push(true),
            ("fills", "patternFill") => {
                let pattern = tag.attribute("patternType");
                if let Some(is_clear) = fills.last_mut() {
                    *is_clear = matches!(pattern.as_deref(), None | Some("none"));
                }
            }
            ("fills", "gradientFill") => {
                if let Some(is_clear) = fills.last_mut() {
                    *is_clear = false;
                }
            }
            ("fills", "fgColor") if is_white(&tag) => {
                if let Some(is_clear) = fills.last_mut() {
                    *is_clear = true;
                }
            }
            ("cellXfs", "xf") => {
                let at = |name: &str| tag.number(name).unwrap_or(0);
                let id = at("numFmtId");
                let font = fonts.get(at("fontId")).copied().unwrap_or_default();
                let is_clear = fills.get(at("fillId")).copied().unwrap_or(true);
                styles.push(CellStyle {
                    format: own
                        .get(&id)
                        .cloned()
                        .unwrap_or_else(|| numbers::built_in(id).into()),
                    is_struck: font.is_struck,
                    is_white: font.is_white && is_clear,
                });
            }
            _ => {}
        }
    }
    Ok(styles)
}

impl Font {
    fn note(&mut self, tag: &Tag<'_>) {
        match tag.name() {
            "strike" => {
                let value = tag.attribute("val");
                self.is_struck = !matches!(value.as_deref(), Some("0" | "false"));
            }
            "color" => self.is_white = is_white(tag),
            _ => {}
        }
    }
}

/// Whether a colour is the paper's: as it is written, by its number in the theme, or in the old palette.
fn is_white(tag: &Tag<'_>) -> bool {
    let [rgb, theme, tint, indexed] = tag.attributes(["rgb", "theme", "tint", "indexed"]);
    let plain = |text: Option<&str>| text.is_none_or(|tint| tint.parse() == Ok(0.0));
    rgb.is_some_and(|rgb| rgb.len() >= 6 && rgb.to_ascii_uppercase().ends_with("FFFFFF"))
        || theme.is_some_and(|theme| theme == "0") && plain(tint.as_deref())
        || indexed.is_some_and(|nth| nth == "1" || nth == "9")
}
