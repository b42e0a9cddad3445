//! Code maps: from the codes in a page's strings to Unicode, or to the numbers of glyphs.

use super::lex::{Lexer, Token, Value};
use std::collections::HashMap;

const MAX_ENTRIES: usize = 200_000;

/// A code map that stands in the file.
#[derive(Debug, Default)]
pub(super) struct CodeMap {
    /// Length in bytes, first and last code.
    spaces: Vec<(usize, u32, u32)>,
    texts: HashMap<u32, String>,
    /// First and last code, and what the first means; the following ones mean what follows.
    ranges: Vec<(u32, u32, String)>,
    glyphs: Vec<(u32, u32, u32)>,
    pub vertical: bool,
}

fn code(bytes: &[u8]) -> u32 {
    bytes
        .iter()
        .take(4)
        .fold(0, |code, &byte| code << 8 | u32::from(byte))
}

/// What stands for a code; nothing for more than any character or ligature is.
fn utf16(bytes: &[u8]) -> String {
    const LONGEST: usize = 64;
    if bytes.len() > LONGEST {
        return String::new();
    }
    if let [byte] = bytes {
        return char::from(*byte).to_string();
    }
    let units: Vec<u16> = bytes
        .as_chunks::<2>()
        .0
        .iter()
        .map(|&pair| u16::from_be_bytes(pair))
        .collect();
    String::from_utf16_lossy(&units)
}

impl CodeMap {
    pub fn parse(bytes: &[u8]) -> Self {
        let mut map = Self::default();
        let mut values: Vec<Value> = Vec::new();
        let mut lexer = Lexer::new(bytes);
        let mut entries = 0;
        while let Some(token) = lexer.next() {
            let operator = match token {
                Token::Value(value) => {
                    entries += 1;
                    if entries > MAX_ENTRIES {
                        break;
                    }
                    values.push(value);
                    continue;
                }
                Token::Operator(operator) => operator,
            };
            match operator {
                b"endcodespacerange" => {
                    map.spaces.extend(values.chunks_exact(2).filter_map(|pair| {
                        let (low, high) = (pair[0].text()?, pair[1].text()?);
                        (1..=4)
                            .contains(&low.len())
                            .then(|| (low.len(), code(low), code(high)))
                    }));
                }
                b"endbfchar" => map.texts.extend(
                    values
                        .chunks_exact(2)
                        .filter_map(|pair| Some((code(pair[0].text()?), utf16(pair[1].text()?)))),
                ),
                b"endbfrange" => values.chunks_exact(3).for_each(|range| map.range(range)),
                b"endcidchar" => map.glyphs.extend(values.chunks_exact(2).filter_map(|pair| {
                    let at = code(pair[0].text()?);
                    Some((at, at, pair[1].number()? as u32))
                })),
                b"endcidrange" => map
                    .glyphs
                    .extend(values.chunks_exact(3).filter_map(|range| {
                        Some((
                            code(range[0].text()?),
                            code(range[1].text()?),
                            range[2].number()? as u32,
                        ))
                    })),
                b"def" => {
                    if let [.., Value::Name(name), Value::Number(mode)] = values.as_slice()
                        && name == b"WMode"
                    {
                        map.vertical = *mode == 1.0;
                    }
                }
                _ => {}
            }
            values.clear();
        }
        map.ranges.sort_by_key(|range| range.0);
        map.glyphs.sort_unstable();
        map
    }

    fn range(&mut self, range: &[Value]) {
        let (Some(low), Some(high)) = (range[0].text(), range[1].text()) else {
            return;
        };
        match &range[2] {
            Value::Text(first) => self.ranges.push((code(low), code(high), utf16(first))),
            Value::List(each) => {
                let texts = each.iter().filter_map(Value::text).map(utf16);
                self.texts.extend((code(low)..=code(high)).zip(texts));
            }
            _ => {}
        }
    }

    /// What a code means in Unicode.
    pub fn text(&self, code: u32) -> Option<String> {
        if let Some(text) = self.texts.get(&code) {
            return Some(text.clone());
        }
        let at = self.ranges.partition_point(|range| range.0 <= code);
        // Ranges may lie inside of others; the nearest that reaches far enough is meant.
        let range = self.ranges[..at]
            .iter()
            .rev()
            .take(8)
            .find(|range| code <= range.1)?;
        let mut characters = range.2.chars();
        let last = characters.next_back()?;
        let last = char::from_u32(u32::from(last).checked_add(code - range.0)?)?;
        Some(characters.chain([last]).collect())
    }

    /// The number of the glyph.
    pub fn glyph(&self, code: u32) -> Option<u32> {
        let at = self.glyphs.partition_point(|range| range.0 <= code);
        let range = self.glyphs[..at]
            .iter()
            .rev()
            .take(8)
            .find(|range| code <= range.1)?;
        Some(range.2.saturating_add(code - range.0))
    }

    /// How many bytes the next code has.
    pub fn length(&self, bytes: &[u8]) -> usize {
        let fits = |&&(length, low, high): &&(usize, u32, u32)| {
            bytes.len() >= length && (low..=high).contains(&code(&bytes[..length]))
        };
        self.spaces.iter().find(fits).map_or(2, |space| space.0)
    }
}
