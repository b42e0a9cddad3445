//! What all sheets of a workbook share, and where each begins.

use super::records;
use super::strings::{Coding, shared};
use crate::import::error::{ReadError, UnreadKind};
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
#[derive(Clone, Debug)]
pub(super) struct CellStyle {
    pub format: Rc<str>,
    /// Struck out, or white on the paper.
    pub is_unseen: bool,
}

#[derive(Debug)]
pub(super) struct Book {
    pub coding: Coding,
    pub sheets: Vec<SheetPlace>,
    pub strings: Vec<String>,
    pub styles: Vec<CellStyle>,
}

/// The beginning of the workbook and of each sheet.
pub(super) const BEGIN: u16 = 0x0809;
pub(super) const END: u16 = 0x000A;
const SHEETS: usize = 256;
const MOST: usize = 70_000;

#[derive(Clone, Copy, Default)]
struct Font {
    is_struck: bool,
    is_white: bool,
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
            styles: Vec::new(),
        };
        let mut formats: HashMap<usize, Rc<str>> = HashMap::new();
        let mut fonts: Vec<Font> = Vec::new();
        let mut looks: Vec<&[u8]> = Vec::new();
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
                0x041E if formats.len() < MOST => {
                    let length = if coding == Coding::Unicode { 2 } else { 1 };
                    let text = data.get(2..).and_then(|data| coding.text(data, length));
                    if let (Some(id), Some(text)) = (u16_at(data, 0), text) {
                        formats.insert(usize::from(id), text.into());
                    }
                }
                0x0031 if fonts.len() < MOST => fonts.push(Font::of(data)),
                0x00E0 if looks.len() < MOST => looks.push(data),
                _ => {}
            }
            at = record.next;
        }
        book.styles = looks
            .iter()
            .map(|look| style(look, coding, &formats, &fonts))
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
            is_white: matches!(u16_at(data, 4), Some(1 | 9)),
        }
    }
}

fn style(
    data: &[u8],
    coding: Coding,
    formats: &HashMap<usize, Rc<str>>,
    fonts: &[Font],
) -> CellStyle {
    let font = usize::from(u16_at(data, 0).unwrap_or(0));
    // The fifth font is left out of the count.
    let font = fonts.get(font - usize::from(font > 4)).copied();
    let font = font.unwrap_or_default();
    let id = usize::from(u16_at(data, 2).unwrap_or(0));
    let has_fill = match coding {
        Coding::Unicode => u32_at(data, 14).is_none_or(|fill| fill >> 26 != 0),
        Coding::Bytes => u32_at(data, 8).is_none_or(|fill| fill >> 16 & 0x3F != 0),
    };
    CellStyle {
        format: formats
            .get(&id)
            .cloned()
            .unwrap_or_else(|| numbers::built_in(id).into()),
        is_unseen: font.is_struck || (font.is_white && !has_fill),
    }
}
