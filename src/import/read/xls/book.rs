//! What all sheets of a workbook share, and where each begins.

use super::records;
use super::strings::{Coding, RichText, shared};
use crate::import::error::{ReadError, UnreadKind};
use crate::import::read::colour::{Colour, Ground};
use crate::import::read::condition::CellLook;
use crate::import::read::numbers;
use crate::import::read::ole::{u16_at, u32_at, usize_at};
use std::collections::HashMap;
use std::rc::Rc;

/// A sheet of the workbook.
#[derive(Debug)]
pub(super) struct SheetPlace {
    pub name: String,
    /// Where its records begin.
    pub from: usize,
    pub is_hidden: bool,
}

/// How the cells of a style look.
#[derive(Clone, Debug, Default)]
pub(super) struct CellStyle {
    pub look: CellLook,
    /// By its number.
    font: usize,
    /// Whether text has the same colour as what lies behind it, whichever that is.
    pub is_lost: bool,
}

#[derive(Debug)]
pub(super) struct Book {
    pub coding: Coding,
    pub sheets: Vec<SheetPlace>,
    pub strings: Vec<RichText>,
    fonts: Vec<Font>,
    pub styles: Vec<CellStyle>,
    pub looks: Looks,
}

/// What looks name by their numbers: formats of numbers, and colours.
#[derive(Debug, Default)]
pub(super) struct Looks {
    formats: HashMap<usize, Rc<str>>,
    palette: Vec<Colour>,
}

impl Looks {
    /// The format of this number.
    pub fn format(&self, id: usize) -> Rc<str> {
        let own = self.formats.get(&id).cloned();
        own.unwrap_or_else(|| numbers::built_in(id).into())
    }

    /// A colour by its number: the first eight are fixed, the others those of the palette.
    pub fn colour(&self, number: u16) -> Option<Colour> {
        const FIXED: u16 = 8;
        let own = number
            .checked_sub(FIXED)
            .and_then(|nth| self.palette.get(usize::from(nth)));
        let is_white = matches!(number, 1 | 9);
        own.copied().or(is_white.then_some(Colour::WHITE))
    }

    /// What a pattern with these colours, by their numbers, puts behind text.
    pub fn ground(&self, pattern: u32, colour: u16) -> Ground {
        match pattern {
            0 => Ground::Clear,
            SOLID => self.colour(colour).map_or(Ground::Unknown, Ground::Known),
            _ => Ground::Unknown,
        }
    }
}

/// The pattern of one colour alone.
pub(super) const SOLID: u32 = 1;

/// The beginning of the workbook and of each sheet.
pub(super) const BEGIN: u16 = 0x0809;
pub(super) const END: u16 = 0x000A;
const SHEETS: usize = 256;
const MOST: usize = 70_000;

#[derive(Clone, Copy, Debug, Default)]
struct Font {
    is_struck: bool,
    is_raised: bool,
    /// Its colour, by its number in the palette.
    colour: u16,
}

/// What a person sees of a text.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub text: String,
    /// Whether some of it is struck out.
    pub is_struck: bool,
}

impl Book {
    /// Reads the records before the first sheet.
    ///
    /// # Errors
    /// If it is behind a password, or no workbook of these versions.
    pub fn read(stream: &[u8]) -> Result<Self, ReadError> {
        let begin = records::at(stream, 0).filter(|record| record.kind == BEGIN);
        let version = begin.and_then(|record| u16_at(record.data, 0));
        let coding = match version {
            Some(0x0600) => Coding::Unicode,
            Some(0x0500) => Coding::Bytes,
            _ => return Err(UnreadKind::BrokenBook.into()),
        };
        let mut book = Self {
            coding,
            sheets: Vec::new(),
            strings: Vec::new(),
            fonts: Vec::new(),
            styles: Vec::new(),
            looks: Looks::default(),
        };
        let mut styles: Vec<&[u8]> = Vec::new();
        let mut at = 0;
        while let Some(record) = records::at(stream, at) {
            let data = record.data;
            match record.kind {
                END => break,
                // The file is encrypted.
                0x002F if u16_at(data, 0) != Some(0) || coding == Coding::Unicode => {
                    return Err(UnreadKind::LockedBook.into());
                }
                0x0085 if book.sheets.len() < SHEETS => book.sheets.extend(place(data, coding)),
                0x00FC => book.strings = shared(stream, at),
                0x041E if book.looks.formats.len() < MOST => {
                    let length = if coding == Coding::Unicode { 2 } else { 1 };
                    let text = data.get(2..).and_then(|data| coding.text(data, length));
                    if let (Some(id), Some(text)) = (u16_at(data, 0), text) {
                        book.looks.formats.insert(usize::from(id), text.into());
                    }
                }
                0x0031 if book.fonts.len() < MOST => book.fonts.push(Font::of(data)),
                0x0092 => {
                    let colours = data.get(2..).unwrap_or_default().chunks_exact(4);
                    book.looks.palette = colours
                        .map(|it| Colour::rgb([it[0], it[1], it[2]]))
                        .collect();
                }
                0x00E0 if styles.len() < MOST => styles.push(data),
                _ => {}
            }
            at = record.next;
        }
        book.styles = styles
            .iter()
            .map(|data| style(data, coding, &book.fonts, &book.looks))
            .collect();
        if book.sheets.is_empty() {
            return Err(UnreadKind::BrokenBook.into());
        }
        Ok(book)
    }
}

/// Where a sheet is; nothing for charts and macros.
fn place(data: &[u8], coding: Coding) -> Option<SheetPlace> {
    if data.get(5)? & 0x0F != 0 {
        return None;
    }
    Some(SheetPlace {
        from: usize_at(data, 0)?,
        is_hidden: data.get(4)? & 3 != 0,
        name: coding.text(data.get(6..)?, 1).unwrap_or_default(),
    })
}

impl Font {
    fn of(data: &[u8]) -> Self {
        const STRUCK: u16 = 8;
        Self {
            is_struck: u16_at(data, 2).is_some_and(|flags| flags & STRUCK != 0),
            is_raised: u16_at(data, 8).is_some_and(|escapement| escapement != 0),
            colour: u16_at(data, 4).unwrap_or(0),
        }
    }
}

/// The fifth font is left out of the count.
fn font(fonts: &[Font], number: usize) -> Font {
    let font = fonts.get(number - usize::from(number > 4)).copied();
    font.unwrap_or_default()
}

impl Book {
    /// What is seen of parts of a text in a cell of this style: nothing that is struck out, and the mark of a note as one.
    pub fn seen(&self, parts: &[(Option<usize>, String)], style: usize) -> Seen {
        let own = self.styles.get(style).map_or(0, |style| style.font);
        let mut seen = Seen::default();
        for (number, text) in parts {
            let font = font(&self.fonts, number.unwrap_or(own));
            match (font.is_struck, font.is_raised) {
                (true, _) => seen.is_struck = true,
                (false, true) => seen.text.extend(["[", text, "]"]),
                (false, false) => seen.text.push_str(text),
            }
        }
        seen
    }
}

fn style(data: &[u8], coding: Coding, fonts: &[Font], looks: &Looks) -> CellStyle {
    let number = usize::from(u16_at(data, 0).unwrap_or(0));
    let font = font(fonts, number);
    let id = usize::from(u16_at(data, 2).unwrap_or(0));
    let (pattern, fill) = match coding {
        Coding::Unicode => (
            u32_at(data, 14).map_or(SOLID + 1, |fill| fill >> 26),
            u16_at(data, 18).unwrap_or(0) & 0x7F,
        ),
        Coding::Bytes => (
            u32_at(data, 8).map_or(SOLID + 1, |fill| fill >> 16 & 0x3F),
            u16_at(data, 8).unwrap_or(0) & 0x7F,
        ),
    };
    // The same number is the same colour, whichever that is.
    const OWN: std::ops::Range<u16> = 8..64;
    CellStyle {
        look: CellLook {
            format: looks.format(id),
            colour: looks.colour(font.colour),
            ground: looks.ground(pattern, fill),
        },
        font: number,
        is_lost: pattern == SOLID && font.colour == fill && OWN.contains(&fill),
    }
}
