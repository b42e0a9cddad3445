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

    /// Red, green and blue.
    pub const fn rgb(parts: [u8; 3]) -> Self {
        Self(parts)
    }

    /// A colour in six hexadecimal digits.
    pub fn of(digits: &str) -> Option<Self> {
        if digits.len() != 6 {
            return None;
        }
        let number = u32::from_str_radix(digits, 16).ok()?;
        let [_, red, green, blue] = number.to_be_bytes();
        Some(Self([red, green, blue]))
    }

    /// A colour as pages write it; nothing for one that lets what lies behind it through, and for names that are not known.
    pub fn of_css(value: &str) -> Option<Self> {
        const NAMES: [(&str, [u8; 3]); 8] = [
            ("white", [255, 255, 255]),
            ("black", [0, 0, 0]),
            ("red", [255, 0, 0]),
            ("blue", [0, 0, 255]),
            ("yellow", [255, 255, 0]),
            ("snow", [255, 250, 250]),
            ("whitesmoke", [245, 245, 245]),
            ("ivory", [255, 255, 240]),
        ];
        let value = value.trim().to_ascii_lowercase();
        if let Some(digits) = value.strip_prefix('#') {
            return match digits.len() {
                3 => Self::of(&digits.chars().flat_map(|c| [c, c]).collect::<String>()),
                _ => Self::of(digits),
            };
        }
        if let Some(parts) = value.strip_prefix("rgb") {
            let parts = parts.trim_start_matches('a').trim_matches(['(', ')']);
            let mut parts = parts.split([',', ' ', '/']).filter(|part| !part.is_empty());
            let mut part = || parts.next()?.parse::<u8>().ok();
            let colour = [part()?, part()?, part()?];
            let is_solid = parts
                .next()
                .is_none_or(|alpha| matches!(alpha, "1" | "1.0" | "100%"));
            return is_solid.then_some(Self(colour));
        }
        let named = NAMES.iter().find(|(name, _)| *name == value);
        named.map(|(_, colour)| Self(*colour))
    }

    /// Whether text of this colour cannot be told from what lies behind it.
    pub fn is_lost_on(self, ground: Self) -> bool {
        const NEAR: u8 = 12;
        let pairs = self.0.iter().zip(ground.0);
        pairs.map(|(a, b)| a.abs_diff(b)).all(|apart| apart <= NEAR)
    }
}

impl Ground {
    /// What a page puts behind text.
    pub fn of_css(value: &str) -> Self {
        match value.trim() {
            "none" | "transparent" | "inherit" | "initial" => Self::Clear,
            value => Colour::of_css(value).map_or(Self::Unknown, Self::Known),
        }
    }

    /// Whether text of this colour cannot be told from it; paper is white.
    pub fn swallows(self, colour: Colour) -> bool {
        match self {
            Self::Clear => colour.is_lost_on(Colour::WHITE),
            Self::Known(ground) => colour.is_lost_on(ground),
            Self::Unknown => false,
        }
    }

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
