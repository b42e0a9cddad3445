//! How a run of text looks, as far as it tells whether a person sees it: properties of runs, and of styles.

use crate::import::error::ReadError;
use crate::import::read::colour::{Colour, Ground};
use crate::import::read::xml::{Node, Xml};

/// What run properties (`w:rPr`) say; nothing for what they leave as it is.
#[derive(Clone, Debug, Default)]
pub(super) struct Look {
    pub hidden: Option<bool>,
    pub struck: Option<bool>,
    pub raised: Option<bool>,
    /// None inside for the colour that the program chooses.
    pub colour: Option<Option<Colour>>,
    /// Half points.
    pub size: Option<usize>,
    pub ground: Ground,
    /// The font's name.
    pub font: Option<String>,
    /// The style of the characters, by its id.
    pub style: Option<String>,
}

/// Text that is raised or lowered by less stands on its line, in half points.
const LEAST_RAISED: i32 = 4;

/// Smaller text is none, in half points.
const LEAST_SIZE: usize = 2;

impl Look {
    /// Reads run properties, of which the beginning has been met.
    pub fn read(xml: &mut Xml<'_>) -> Result<Self, ReadError> {
        let mut look = Self::default();
        let mut is_struck_twice = None;
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) => {
                    let value = tag.attribute("val");
                    let is_on = !matches!(value.as_deref(), Some("0" | "false" | "off" | "none"));
                    match tag.name() {
                        "vanish" => look.hidden = Some(is_on),
                        "strike" => look.struck = Some(is_on),
                        "dstrike" => is_struck_twice = Some(is_on),
                        "vertAlign" => {
                            let value = value.as_deref();
                            look.raised = Some(matches!(value, Some("superscript" | "subscript")));
                        }
                        "position" => {
                            let by: Option<i32> = value.and_then(|by| by.trim().parse().ok());
                            if by.is_some_and(|by| by.abs() >= LEAST_RAISED) {
                                look.raised = Some(true);
                            }
                        }
                        "color" => look.colour = Some(value.as_deref().and_then(Colour::of)),
                        "sz" => look.size = value.and_then(|size| size.trim().parse().ok()),
                        "shd" => look.ground = Ground::of_shading(&tag).or(look.ground),
                        "highlight" if is_on => look.ground = Ground::Unknown,
                        "rFonts" => look.font = tag.attribute("ascii").map(|font| font.into()),
                        "rStyle" => look.style = value.map(|style| style.into()),
                        // Deleted together with the mark that it belongs to.
                        "del" | "moveFrom" => look.hidden = Some(true),
                        _ => {}
                    }
                    xml.skip()?;
                }
                Node::Close(_) => break,
                Node::Text(_) => {}
            }
        }
        if is_struck_twice.is_some() {
            look.struck = Some(look.struck == Some(true) || is_struck_twice == Some(true));
        }
        Ok(look)
    }

    /// This on top of what another says.
    pub fn over(&self, base: &Self) -> Self {
        Self {
            hidden: self.hidden.or(base.hidden),
            struck: self.struck.or(base.struck),
            raised: self.raised.or(base.raised),
            colour: self.colour.or(base.colour),
            size: self.size.or(base.size),
            ground: self.ground.or(base.ground),
            font: self.font.clone().or_else(|| base.font.clone()),
            style: self.style.clone().or_else(|| base.style.clone()),
        }
    }

    /// Whether nobody sees such text, with this behind it.
    pub fn is_unseen(&self, behind: Ground) -> bool {
        let ground = self.ground.or(behind);
        let is_lost = self
            .colour
            .flatten()
            .is_some_and(|colour| ground.swallows(colour));
        self.hidden == Some(true)
            || self.struck == Some(true)
            || self.size.is_some_and(|size| size <= LEAST_SIZE)
            || is_lost
    }
}
