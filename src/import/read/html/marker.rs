//! What a browser puts before the items of a list.

use crate::import::read::counting;
use crate::import::source::UNREAD;

/// How the items of a list are marked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Marker {
    /// Not at all, or by a dot.
    #[default]
    Dot,
    /// By a number: the name of its format in Word's files, and what stands behind it.
    Number(&'static str, &'static str),
    /// By something that is not known here.
    Unknown,
}

impl Marker {
    pub const DECIMAL: Self = Self::Number("decimal", ".");

    /// By the name of a style; `None` for a word that is none, as where the mark stands.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "none" | "disc" | "circle" | "square" => Self::Dot,
            "decimal" => Self::DECIMAL,
            "decimal-leading-zero" => Self::Number("decimalZero", "."),
            "lower-alpha" | "lower-latin" => Self::Number("lowerLetter", "."),
            "upper-alpha" | "upper-latin" => Self::Number("upperLetter", "."),
            "lower-roman" => Self::Number("lowerRoman", "."),
            "upper-roman" => Self::Number("upperRoman", "."),
            "cjk-ideographic" | "simp-chinese-informal" | "trad-chinese-informal" => {
                Self::Number("chineseCounting", "、")
            }
            "simp-chinese-formal" => Self::Number("chineseLegalSimplified", "、"),
            "cjk-decimal" => Self::Number("ideographDigital", "、"),
            "inside" | "outside" | "inherit" | "initial" | "unset" | "revert" => return None,
            name if name.starts_with("url(") => return None,
            _ => Self::Unknown,
        })
    }

    /// By the `type` of an older page.
    pub fn of_type(kind: &str) -> Option<Self> {
        let name = match kind.trim() {
            "1" => "decimal",
            "a" => "lower-alpha",
            "A" => "upper-alpha",
            "i" => "lower-roman",
            "I" => "upper-roman",
            _ => return None,
        };
        Self::named(name)
    }

    /// What stands before the item of this number.
    pub fn before(self, number: Option<i64>) -> String {
        let written = |number: i64, format| match u32::try_from(number) {
            Ok(number) => counting::written(number, format),
            // Only digits can be less than nothing.
            Err(_) => (format == "decimal").then(|| number.to_string()),
        };
        match self {
            Self::Dot => String::new(),
            Self::Number(format, behind) => match number.and_then(|it| written(it, format)) {
                Some(written) => format!("{written}{behind}"),
                None => UNREAD.to_string(),
            },
            Self::Unknown => UNREAD.to_string(),
        }
    }
}
