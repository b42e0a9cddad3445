//! Fonts as far as reading needs them: what each code in a string means, and how wide its glyph is.

use super::cmap::CodeMap;
use super::collection::{Collection, NamedCoding};
use super::objects::{MAX_STREAM, dictionary, resolve};
use lopdf::{Dictionary, Document, Object};
use std::collections::HashMap;

/// How the bytes of a string are parted into codes.
#[derive(Debug)]
enum Coding {
    /// A byte is a code; what each means without a map to Unicode.
    Bytes(Vec<String>),
    /// Two bytes are the number of a glyph.
    Pairs,
    /// UTF-16.
    Unicode,
    /// GB 18030 and what it contains.
    Chinese,
    /// As a map in the file says.
    Own(CodeMap),
    /// As the format says of its name.
    Named(Box<NamedCoding>),
}

/// A font.
#[derive(Debug)]
pub(super) struct Font {
    coding: Coding,
    unicode: Option<CodeMap>,
    /// What the numbers of the glyphs mean where nothing else says.
    collection: Option<Collection>,
    widths: HashMap<u32, f64>,
    default_width: f64,
    pub vertical: bool,
    /// What it took to read it, in bytes or the like.
    pub cost: usize,
}

/// A glyph of a string that is shown.
pub(super) struct Shown {
    pub text: String,
    /// In text space: 1 is the font's size.
    pub width: f64,
    /// Whether the code is the one-byte blank that word spacing widens.
    pub is_blank: bool,
}

impl Font {
    pub fn read(document: &Document, font: &Dictionary) -> Self {
        let bytes = font
            .get(b"ToUnicode")
            .ok()
            .and_then(|object| resolve(document, object).as_stream().ok())
            .and_then(|stream| stream.get_plain_content_with_limit(MAX_STREAM).ok());
        let unicode = bytes.as_deref().map(CodeMap::parse);
        let subtype = font
            .get(b"Subtype")
            .and_then(Object::as_name)
            .unwrap_or_default();
        let mut font = if subtype == b"Type0" {
            Self::composite(document, font, unicode)
        } else {
            Self::simple(document, font, unicode, subtype == b"Type3")
        };
        const LEAST: usize = 10_000;
        font.cost += LEAST + 10 * font.widths.len() + bytes.map_or(0, |bytes| bytes.len());
        font
    }

    fn simple(
        document: &Document,
        font: &Dictionary,
        unicode: Option<CodeMap>,
        is_type3: bool,
    ) -> Self {
        let encoding = font.get_font_encoding_with_limit(document, MAX_STREAM).ok();
        let meaning = |byte: u8| {
            let encoding = encoding.as_ref()?;
            encoding.bytes_to_string(&[byte]).ok()
        };
        let meanings = (0..=255)
            .map(|byte| meaning(byte).unwrap_or_default())
            .collect();
        // Other fonts count in thousandths; these say themselves what they count in.
        let scale = match is_type3 {
            true => number_in(document, font, b"FontMatrix")
                .first()
                .copied()
                .unwrap_or(0.001),
            false => 0.001,
        };
        let first = font
            .get(b"FirstChar")
            .ok()
            .map_or(0.0, |object| number(document, object)) as u32;
        let widths = number_in(document, font, b"Widths");
        let widths = widths
            .iter()
            .take(256)
            .zip((0..).map(|at| first.saturating_add(at)))
            .map(|(width, code)| (code, width * scale));
        Self {
            coding: Coding::Bytes(meanings),
            unicode,
            collection: None,
            widths: widths.collect(),
            default_width: 0.5,
            vertical: false,
            cost: 0,
        }
    }

    fn composite(document: &Document, font: &Dictionary, unicode: Option<CodeMap>) -> Self {
        let descendant = font
            .get(b"DescendantFonts")
            .ok()
            .and_then(|object| resolve(document, object).as_array().ok())
            .and_then(|all| dictionary(document, all.first()?));
        let encoding = font
            .get(b"Encoding")
            .ok()
            .map(|object| resolve(document, object));
        let mut cost = 0;
        let mut collection = descendant.and_then(|font| numbered_as(document, font));
        let (coding, vertical) = match encoding {
            Some(Object::Stream(stream)) => {
                let bytes = stream
                    .get_plain_content_with_limit(MAX_STREAM)
                    .unwrap_or_default();
                cost = bytes.len();
                let map = CodeMap::parse(&bytes);
                let vertical = map.vertical;
                (Coding::Own(map), vertical)
            }
            Some(Object::Name(name)) => {
                let name = String::from_utf8_lossy(name);
                let coding = if name.starts_with("Uni")
                    && (name.contains("UCS2") || name.contains("UTF16"))
                {
                    Coding::Unicode
                } else if name.starts_with("GB") {
                    Coding::Chinese
                } else if name.starts_with("Identity") {
                    Coding::Pairs
                } else if let Some(named) = NamedCoding::of(name.as_bytes()) {
                    collection = named.collection();
                    Coding::Named(Box::new(named))
                } else {
                    Coding::Pairs
                };
                (coding, name.ends_with("-V"))
            }
            _ => (Coding::Pairs, false),
        };
        let default = descendant.and_then(|font| font.get(b"DW").ok());
        Self {
            coding,
            unicode,
            collection,
            widths: descendant
                .map(|font| wide(document, font))
                .unwrap_or_default(),
            default_width: default.map_or(1.0, |object| number(document, object) / 1000.0),
            vertical,
            cost,
        }
    }

    /// The glyphs of a string.
    pub fn shown(&self, bytes: &[u8], mut each: impl FnMut(Shown)) {
        let mut rest = bytes;
        while !rest.is_empty() {
            let length = match &self.coding {
                Coding::Bytes(_) => 1,
                Coding::Pairs => 2,
                Coding::Unicode if matches!(rest[0], 0xD8..=0xDB) => 4,
                Coding::Unicode => 2,
                Coding::Chinese => match rest {
                    [0..=0x80, ..] => 1,
                    [_, b'0'..=b'9', ..] => 4,
                    _ => 2,
                },
                Coding::Own(map) => map.length(rest),
                Coding::Named(named) => named.next(rest).0,
            };
            let (bytes, after) = rest.split_at(length.clamp(1, rest.len()));
            rest = after;
            let code = bytes
                .iter()
                .fold(0u32, |code, &byte| code << 8 | u32::from(byte));
            let known = self
                .unicode
                .as_ref()
                .and_then(|map| map.text(code))
                .filter(|text| text != "\0");
            let (text, glyph) = match &self.coding {
                Coding::Bytes(meanings) => (
                    meanings.get(code as usize).cloned().unwrap_or_default(),
                    code,
                ),
                Coding::Pairs => (String::new(), code),
                Coding::Own(map) => (String::new(), map.glyph(code).unwrap_or(code)),
                Coding::Named(named) => (String::new(), named.next(bytes).1.unwrap_or(0)),
                Coding::Unicode => (
                    encoding_rs::UTF_16BE.decode(bytes).0.into_owned(),
                    latin(code, 1),
                ),
                Coding::Chinese => (
                    encoding_rs::GB18030.decode(bytes).0.into_owned(),
                    latin(code, 814),
                ),
            };
            let numbered = || {
                self.collection
                    .and_then(|collection| collection.text(glyph))
            };
            let text = match text.is_empty() {
                true => known.or_else(numbered).unwrap_or_default(),
                false => known.unwrap_or(text),
            };
            each(Shown {
                text,
                width: self
                    .widths
                    .get(&glyph)
                    .copied()
                    .unwrap_or(self.default_width),
                is_blank: bytes == b" ",
            });
        }
    }
}

/// The collection by which a font numbers its glyphs. An embedded TrueType font may number them as it likes, whatever it
/// says of a collection.
fn numbered_as(document: &Document, font: &Dictionary) -> Option<Collection> {
    let inner = |holder: &'_ Dictionary, key: &[u8]| {
        let inner = dictionary(document, holder.get(key).ok()?)?;
        Some(inner.clone())
    };
    let is_embedded = inner(font, b"FontDescriptor").is_some_and(|font| font.has(b"FontFile2"));
    let info = inner(font, b"CIDSystemInfo").filter(|_| !is_embedded)?;
    let text = |key: &[u8]| resolve(document, info.get(key).ok()?).as_str().ok();
    Collection::of(text(b"Registry")?, text(b"Ordering")?)
}

/// The glyph of a Latin character in the Chinese collections; other glyphs are all of the same width.
fn latin(code: u32, first: u32) -> u32 {
    match code {
        0x20..=0x7E => code - 0x20 + first,
        _ => u32::MAX,
    }
}

fn number(document: &Document, object: &Object) -> f64 {
    resolve(document, object).as_float().map_or(0.0, f64::from)
}

fn number_in(document: &Document, holder: &Dictionary, key: &[u8]) -> Vec<f64> {
    let list = holder
        .get(key)
        .ok()
        .and_then(|object| resolve(document, object).as_array().ok());
    list.map(|list| {
        list.iter()
            .take(1024)
            .map(|object| number(document, object))
            .collect()
    })
    .unwrap_or_default()
}

/// The widths of a composite font: `first [width …]`, or `first last width`.
fn wide(document: &Document, font: &Dictionary) -> HashMap<u32, f64> {
    const GLYPHS: u32 = 65_536;
    let mut widths = HashMap::new();
    let Some(list) = font
        .get(b"W")
        .ok()
        .and_then(|object| resolve(document, object).as_array().ok())
    else {
        return widths;
    };
    // Ranges that overlap are no reason to write everything again and again.
    let mut left = 4 * GLYPHS;
    let mut items = list.iter().map(|object| resolve(document, object));
    while let (Some(first), Some(second)) = (items.next(), items.next()) {
        let first = number(document, first) as u32;
        if let Ok(each) = second.as_array() {
            for (at, width) in each.iter().enumerate().take(GLYPHS as usize) {
                widths.insert(
                    first.saturating_add(at as u32),
                    number(document, width) / 1000.0,
                );
            }
        } else if let Some(width) = items.next() {
            let width = number(document, width) / 1000.0;
            let last = (number(document, second) as u32).min(GLYPHS);
            for glyph in (first..=last).take(left as usize) {
                widths.entry(glyph).or_insert(width);
                left -= 1;
            }
        }
        if widths.len() > GLYPHS as usize {
            break;
        }
    }
    widths
}
