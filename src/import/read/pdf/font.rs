//! What the codes of a font mean, and how wide they are.

use super::{MAX_STREAM, entry, number};
use lopdf::{Dictionary, Document, Encoding, Object};
use std::collections::HashMap;

/// A font of a page.
pub(super) struct Font<'a> {
    encoding: Option<Encoding<'a>>,
    /// Bytes of a code.
    bytes: usize,
    /// In ems.
    widths: HashMap<u32, f32>,
    default: f32,
    /// Whether lines run from top to bottom.
    pub vertical: bool,
    known: HashMap<u32, String>,
}

/// A code of a text.
pub(super) struct Code {
    pub text: String,
    /// In ems.
    pub width: f32,
    /// Whether it is the one-byte blank, which word spacing is for.
    pub is_blank: bool,
}

impl<'a> Font<'a> {
    pub fn new(document: &'a Document, font: &'a Dictionary) -> Self {
        let subtype = entry(document, font, b"Subtype").and_then(|name| name.as_name().ok());
        let is_composite = subtype == Some(b"Type0");
        let encoding_name = entry(document, font, b"Encoding").and_then(|name| name.as_name().ok());
        let mut new = Self {
            encoding: encoding(document, font),
            bytes: if is_composite { 2 } else { 1 },
            widths: HashMap::new(),
            default: if is_composite { 1.0 } else { 0.5 },
            vertical: encoding_name.is_some_and(|name| name.ends_with(b"-V")),
            known: HashMap::new(),
        };
        if is_composite {
            let descendants = entry(document, font, b"DescendantFonts");
            let first = descendants
                .and_then(|fonts| fonts.as_array().ok()?.first())
                .and_then(|font| document.dereference(font).ok()?.1.as_dict().ok());
            if let Some(first) = first {
                new.composite_widths(document, first);
            }
        } else {
            new.simple_widths(document, font, subtype == Some(b"Type3"));
        }
        new
    }

    fn simple_widths(&mut self, document: &Document, font: &Dictionary, own_space: bool) {
        let first = entry(document, font, b"FirstChar").and_then(number);
        let widths = entry(document, font, b"Widths").and_then(|widths| widths.as_array().ok());
        // A font that is painted by hand counts in a space of its own.
        let matrix = entry(document, font, b"FontMatrix").and_then(|m| m.as_array().ok());
        let scale = matrix
            .filter(|_| own_space)
            .and_then(|matrix| number(matrix.first()?))
            .unwrap_or(0.001);
        for (code, width) in (first.unwrap_or(0.0) as u32..).zip(widths.into_iter().flatten()) {
            if let Some(width) = document
                .dereference(width)
                .ok()
                .and_then(|(_, w)| number(w))
            {
                self.widths.insert(code, width * scale);
            }
        }
    }

    fn composite_widths(&mut self, document: &Document, font: &Dictionary) {
        const MOST: usize = 70_000;
        if let Some(width) = entry(document, font, b"DW").and_then(number) {
            self.default = width / 1000.0;
        }
        let Some(list) = entry(document, font, b"W").and_then(|list| list.as_array().ok()) else {
            return;
        };
        let mut list = list
            .iter()
            .filter_map(|object| Some(document.dereference(object).ok()?.1));
        // Either `first [width width …]` or `first last width`.
        while let (Some(first), Some(next)) = (list.next(), list.next()) {
            let Some(first) = number(first).map(|first| first as u32) else {
                return;
            };
            if let Ok(widths) = next.as_array() {
                for (code, width) in (first..).zip(widths.iter().take(MOST)) {
                    if let Some(width) = number(width) {
                        self.widths.insert(code, width / 1000.0);
                    }
                }
            } else if let (Some(last), Some(width)) = (number(next), list.next().and_then(number)) {
                for code in (first..=last as u32).take(MOST) {
                    self.widths.insert(code, width / 1000.0);
                }
            }
        }
    }

    /// The codes of a text.
    pub fn codes(&mut self, text: &[u8]) -> Vec<Code> {
        let chunks = text.chunks(self.bytes);
        chunks
            .map(|chunk| {
                let code = chunk
                    .iter()
                    .fold(0, |code, &byte| code << 8 | u32::from(byte));
                let encoding = &self.encoding;
                let decode = || {
                    let text = encoding.as_ref()?.bytes_to_string(chunk).ok()?;
                    Some(text.chars().filter_map(readable).collect::<String>())
                };
                let text = self
                    .known
                    .entry(code)
                    .or_insert_with(|| decode().unwrap_or_default());
                Code {
                    text: text.clone(),
                    width: self.widths.get(&code).copied().unwrap_or(self.default),
                    is_blank: self.bytes == 1 && code == 32,
                }
            })
            .collect()
    }
}

/// The file's own table of what its codes mean is the best witness.
fn encoding<'a>(document: &'a Document, font: &'a Dictionary) -> Option<Encoding<'a>> {
    if font.has(b"ToUnicode") {
        let mut alone = font.clone();
        alone.remove(b"Encoding");
        let read = alone
            .get_font_encoding_with_limit(document, MAX_STREAM)
            .ok();
        if let Some(Encoding::UnicodeMapEncoding(map)) = read {
            return Some(Encoding::UnicodeMapEncoding(map));
        }
    }
    font.get_font_encoding_with_limit(document, MAX_STREAM).ok()
}

/// A character as it is meant: some programs write radicals where they mean characters.
fn readable(c: char) -> Option<char> {
    use unicode_normalization::UnicodeNormalization as _;
    match c {
        '\u{2E80}'..='\u{2FD5}' => std::iter::once(c).nfkc().next(),
        '\u{FFFD}' => None,
        c => super::super::grid::seen(c).filter(|c| *c != '\n'),
    }
}

/// An array of numbers, such as a matrix.
pub(super) fn numbers(object: &Object) -> Vec<f32> {
    object
        .as_array()
        .map(|array| array.iter().filter_map(number).collect())
        .unwrap_or_default()
}
