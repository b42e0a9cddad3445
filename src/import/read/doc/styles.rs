//! The styles of a document, and the names of its fonts.

use super::properties::{Look, Paragraph};
use crate::import::read::ole::{u16_at, utf16};

#[derive(Debug, Default)]
struct Style<'a> {
    base: usize,
    paragraph: &'a [u8],
    characters: &'a [u8],
}

/// All styles, by their numbers.
#[derive(Debug, Default)]
pub(super) struct Styles<'a> {
    all: Vec<Style<'a>>,
    fonts: Vec<String>,
}

/// Styles that stand on others.
const DEEPEST: usize = 12;
const MOST: usize = 4_096;

impl<'a> Styles<'a> {
    pub fn read(sheet: &'a [u8], fonts: &[u8]) -> Self {
        let mut styles = Self {
            all: Vec::new(),
            fonts: font_names(fonts),
        };
        let head = usize::from(u16_at(sheet, 0).unwrap_or(0));
        let fixed = usize::from(u16_at(sheet, 4).unwrap_or(10));
        let mut at = 2 + head;
        while let Some(length) = u16_at(sheet, at).map(usize::from) {
            let from = at + 2;
            let to = (from + length).min(sheet.len());
            let style = Style::read(&sheet[from.min(to)..to], fixed);
            styles.all.push(style.unwrap_or_default());
            at = from + length + length % 2;
            if styles.all.len() >= MOST {
                break;
            }
        }
        styles
    }

    /// A style and those that it stands on, the farthest first.
    fn chain(&self, style: u16) -> Vec<&Style<'a>> {
        let first = self.all.get(usize::from(style));
        let next = |style: &&Style<'a>| self.all.get(style.base);
        let mut chain: Vec<_> = std::iter::successors(first, next).take(DEEPEST).collect();
        chain.reverse();
        chain
    }

    /// What paragraphs of a style are.
    pub fn paragraph(&self, style: u16, data: &[u8]) -> Paragraph {
        let mut paragraph = Paragraph::default();
        for style in self.chain(style) {
            paragraph.change(style.paragraph, data, false);
        }
        paragraph
    }

    /// Puts a style on how characters look.
    pub fn put_on(&self, look: &mut Look, style: u16) {
        for style in self.chain(style) {
            look.change(style.characters);
        }
    }

    pub fn font(&self, nth: u16) -> &str {
        self.fonts.get(usize::from(nth)).map_or("", String::as_str)
    }
}

impl<'a> Style<'a> {
    fn read(bytes: &'a [u8], fixed: usize) -> Option<Self> {
        const PARAGRAPH: u16 = 1;
        const CHARACTERS: u16 = 2;
        let (kind, lists) = (u16_at(bytes, 2)?, u16_at(bytes, 4)?);
        let mut style = Self {
            base: usize::from(kind >> 4),
            ..Self::default()
        };
        let name = usize::from(u16_at(bytes, fixed)?);
        let mut at = fixed + 2 + 2 * name + 2;
        for nth in 0..lists & 0x0F {
            let length = usize::from(u16_at(bytes, at)?);
            let list = bytes.get(at + 2..at + 2 + length)?;
            match (kind & 0x0F, nth) {
                (PARAGRAPH, 0) => style.paragraph = list.get(2..).unwrap_or_default(),
                (PARAGRAPH, 1) | (CHARACTERS, 0) => style.characters = list,
                _ => {}
            }
            at += 2 + length + length % 2;
        }
        Some(style)
    }
}

fn font_names(list: &[u8]) -> Vec<String> {
    const HEAD: usize = 39;
    let mut names = Vec::new();
    let mut at = 4;
    while let Some(length) = list.get(at).map(|length| usize::from(*length)) {
        let font = list.get(at + 1..(at + 1 + length).min(list.len()));
        let name = font.and_then(|font| font.get(HEAD..)).unwrap_or_default();
        let name = utf16(name);
        names.push(name.split('\0').next().unwrap_or_default().to_owned());
        at += 1 + length;
        if names.len() >= MOST {
            break;
        }
    }
    names
}
