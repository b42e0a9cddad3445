//! The text of a document: pieces, each in one or two bytes a character.

use super::places::Places;
use crate::import::error::{ReadError, UnreadKind};
use crate::import::read::ole::{u16_at, u32_at, usize_at};
use std::ops::Range;

/// A character, and where in the main stream it stands; its properties are found by that.
#[derive(Clone, Copy, Debug)]
pub(super) struct Character {
    pub c: char,
    pub at: usize,
    /// Which character of the document it is.
    pub nth: usize,
}

/// These characters of the text and what stands behind it.
pub(super) fn characters(
    main: &[u8],
    table: &[u8],
    places: &Places,
    wanted: &Range<usize>,
) -> Result<Vec<Character>, ReadError> {
    /// Characters; no report is longer.
    const MOST: usize = 2_000_000;
    const COMPRESSED: u32 = 1 << 30;
    let list = pieces(places.pieces.of(table)).ok_or(UnreadKind::OldWord)?;
    // One more place in the text than there are pieces of eight bytes.
    let count = list.len().saturating_sub(4) / 12;
    let mut characters: Vec<Character> = Vec::new();
    for nth in 0..count {
        let (Some(from), Some(to)) = (usize_at(list, 4 * nth), usize_at(list, 4 * nth + 4)) else {
            break;
        };
        let Some(code) = u32_at(list, 4 * (count + 1) + 8 * nth + 2) else {
            break;
        };
        let to = to.min(wanted.end);
        let before = wanted.start.saturating_sub(from);
        let start = (code & !COMPRESSED) as usize;
        for nth in before..to.saturating_sub(from) {
            let (at, unit) = match code & COMPRESSED != 0 {
                true => {
                    let at = start / 2 + nth;
                    (at, main.get(at).map(|byte| western(*byte)))
                }
                false => {
                    let at = start + 2 * nth;
                    (at, u16_at(main, at).map(u32::from))
                }
            };
            let Some(unit) = unit else { break };
            add(&mut characters, unit, at, from + nth);
            if characters.len() > MOST {
                return Err(ReadError::TooManyParts);
            }
        }
    }
    Ok(characters)
}

/// The list of pieces, behind what was changed since they were written.
fn pieces(mut rest: &[u8]) -> Option<&[u8]> {
    while let [1, ..] = rest {
        rest = rest.get(3 + usize::from(u16_at(rest, 1)?)..)?;
    }
    let [2, ..] = rest else { return None };
    let list = rest.get(5..)?;
    Some(&list[..usize_at(rest, 1)?.min(list.len())])
}

fn add(characters: &mut Vec<Character>, unit: u32, at: usize, nth: usize) {
    // Rare characters stand in two units, the second of which goes on with the first.
    if let (0xDC00..=0xDFFF, Some(last)) = (unit, characters.last_mut())
        && let high @ 0xF_0000..=0xF_03FF = u32::from(last.c)
    {
        let code = 0x1_0000 + ((high - 0xF_0000) << 10) + (unit - 0xDC00);
        last.c = char::from_u32(code).unwrap_or('\u{FFFD}');
        return;
    }
    let c = match unit {
        0xD800..=0xDBFF => char::from_u32(unit - 0xD800 + 0xF_0000),
        unit => char::from_u32(unit),
    };
    characters.push(Character {
        c: c.unwrap_or('\u{FFFD}'),
        at,
        nth,
    });
}

/// A byte of compressed text: Latin, with some signs among the controls.
fn western(byte: u8) -> u32 {
    let bytes = [byte];
    let text = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes);
    text.0.chars().next().map_or(u32::from(byte), u32::from)
}
