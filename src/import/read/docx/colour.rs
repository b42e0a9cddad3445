//! Colours of text and of what lies behind it, as far as they tell whether a person sees the text.

use crate::import::read::xml::Tag;

/// Red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Colour([u8; 3]);

/// What lies behind text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Ground {
    /// Whatever lies further behind.
    #[default]
    Clear,
    Known(Colour),
    /// Something: a pattern, a picture, a colour by another name.
    Unknown,
}

impl Colour {
    pub const WHITE: Self = Self([0xFF; 3]);

    /// A colour in six hexadecimal digits.
    pub fn of(digits: &str) -> Option<Self> {
        if digits.len() != 6 {
            return None;
        }
        let number = u32::from_str_radix(digits, 16).ok()?;
        let [_, red, green, blue] = number.to_be_bytes();
        Some(Self([red, green, blue]))
    }

    /// Whether text of this colour cannot be told from what lies behind it.
    pub fn is_lost_on(self, ground: Self) -> bool {
        const NEAR: u8 = 12;
        let pairs = self.0.iter().zip(ground.0);
        pairs.map(|(a, b)| a.abs_diff(b)).all(|apart| apart <= NEAR)
    }
}

impl Ground {
    /// What a shading (`w:shd`) puts behind text.
    pub fn of_shading(tag: &Tag<'_>) -> Self {
        let [pattern, fill, theme] = tag.attributes(["val", "fill", "themeFill"]);
        let is_plain = matches!(pattern.as_deref(), None | Some("clear" | "nil"));
        match fill.as_deref() {
            _ if !is_plain => Self::Unknown,
            None | Some("auto") if theme.is_none() => Self::Clear,
            Some(fill) => Colour::of(fill).map_or(Self::Unknown, Self::Known),
            None => Self::Unknown,
        }
    }

    /// This, or what lies behind it.
    pub fn or(self, behind: Self) -> Self {
        match self {
            Self::Clear => behind,
            ground => ground,
        }
    }
}
