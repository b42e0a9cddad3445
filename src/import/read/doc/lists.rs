//! Numbers that the program itself puts before paragraphs.

use crate::import::read::counting;
use crate::import::read::ole::{u16_at, u32_at};
use crate::import::source::UNREAD;
use std::collections::{HashMap, HashSet};

const LEVELS: usize = 9;
const MOST: usize = 4_096;

#[derive(Clone, Debug, Default)]
struct Level {
    start: u32,
    format: u8,
    is_legal: bool,
    /// Units below 9 stand for the number of that level.
    text: Vec<u16>,
}

/// All lists of a document, and how far each has been counted.
#[derive(Debug, Default)]
pub(super) struct Lists {
    levels: HashMap<u32, Vec<Level>>,
    uses: Vec<Use>,
    counted: HashMap<(u32, usize), [Option<u32>; LEVELS]>,
    /// Uses that have begun, and on which level.
    begun: HashSet<(usize, usize)>,
}

/// A use of a list.
#[derive(Debug, Default)]
struct Use {
    /// Which one.
    list: u32,
    /// Where it begins on a level, if elsewhere than the list itself.
    starts: [Option<u32>; LEVELS],
    /// Its own levels in the place of the list's.
    levels: [Option<Level>; LEVELS],
}

/// The formats of numbers by the names that they have in newer files.
fn format_name(format: u8) -> &'static str {
    match format {
        0 => "decimal",
        1 => "upperRoman",
        2 => "lowerRoman",
        3 => "upperLetter",
        4 => "lowerLetter",
        10 => "ideographDigital",
        11 => "japaneseCounting",
        14 => "decimalFullWidth",
        16 => "japaneseLegal",
        18 => "decimalEnclosedCircle",
        22 => "decimalZero",
        23 => "bullet",
        26 => "decimalEnclosedFullstop",
        27 => "decimalEnclosedParen",
        28 => "decimalEnclosedCircleChinese",
        29 => "ideographEnclosedCircle",
        30 => "ideographTraditional",
        31 => "ideographZodiac",
        33 => "taiwaneseCounting",
        34 => "ideographLegalTraditional",
        35 => "taiwaneseCountingThousand",
        36 => "taiwaneseDigital",
        37 => "chineseCounting",
        38 => "chineseLegalSimplified",
        39 => "chineseCountingThousand",
        255 => "none",
        _ => "",
    }
}

impl Lists {
    /// Reads the lists, whose levels stand behind them in the stream, and their uses, whose changes stand among them.
    pub fn read(lists: &[u8], behind: &[u8], uses: &[u8]) -> Self {
        const LIST: usize = 28;
        const USE: usize = 16;
        let mut all = Self::default();
        let count = u16_at(lists, 0).map_or(0, usize::from).min(MOST);
        let mut rest = behind;
        for list in lists
            .get(2..)
            .unwrap_or_default()
            .chunks_exact(LIST)
            .take(count)
        {
            let id = u32_at(list, 0).unwrap_or(0);
            let is_simple = list[26] & 1 != 0;
            let mut levels = Vec::new();
            for _ in 0..if is_simple { 1 } else { LEVELS } {
                let Some((level, after)) = Level::read(rest) else {
                    break;
                };
                levels.push(level);
                rest = after;
            }
            all.levels.insert(id, levels);
        }
        let count = u32_at(uses, 0).map_or(0, |count| count as usize).min(MOST);
        let uses = uses.get(4..).unwrap_or_default();
        let mut changes = uses.get(count * USE..).unwrap_or_default();
        for own in uses.chunks_exact(USE).take(count) {
            let mut this = Use {
                list: u32_at(own, 0).unwrap_or(0),
                ..Use::default()
            };
            changes = this.change(own[12], changes).unwrap_or_default();
            all.uses.push(this);
        }
        all
    }

    /// What is printed before the next paragraph of a list; nothing for a bullet.
    ///
    /// In tables, where a number belongs to a label, each use of a list begins anew.
    pub fn next(&mut self, list: u16, level: u8, in_table: bool) -> Option<String> {
        let nth = usize::from(list).checked_sub(1)?;
        let this = self.uses.get(nth)?;
        let levels = self.levels.get(&this.list)?;
        let of = |at: usize| this.levels[at].as_ref().or(levels.get(at));
        let level = usize::from(level).min(LEVELS - 1);
        let own = of(level)?;
        let key = (this.list, if in_table { nth + 1 } else { 0 });
        let counted = self.counted.entry(key).or_default();
        let first_time = self.begun.insert((nth, level));
        let restarts = this.starts[level].filter(|_| first_time);
        counted[level] = Some(match (restarts, counted[level]) {
            (Some(start), _) => start,
            (None, Some(number)) => number.saturating_add(1),
            (None, None) => own.start,
        });
        counted[level + 1..].fill(None);
        if format_name(own.format) == "bullet" {
            return None;
        }
        let mut label = Vec::new();
        for &unit in &own.text {
            let at = usize::from(unit);
            if at >= LEVELS {
                label.push(unit);
                continue;
            }
            let Some(other) = of(at) else {
                continue;
            };
            let number = counted[at].unwrap_or(other.start);
            let format = if own.is_legal { 0 } else { other.format };
            let written = counting::written(number, format_name(format));
            let written = written.unwrap_or_else(|| UNREAD.to_string());
            label.extend(written.encode_utf16());
        }
        let label = String::from_utf16_lossy(&label);
        (!label.is_empty()).then_some(label)
    }
}

impl Use {
    /// Takes what is changed of so many levels; what stands behind that.
    fn change<'a>(&mut self, levels: u8, bytes: &'a [u8]) -> Option<&'a [u8]> {
        const HEAD: usize = 8;
        const STARTS: u32 = 1 << 4;
        const LEVEL: u32 = 1 << 5;
        // The first four say nothing.
        let mut rest = bytes.get(4..)?;
        for _ in 0..levels {
            let (start, flags) = (u32_at(rest, 0)?, u32_at(rest, 4)?);
            let at = (flags & 0x0F) as usize;
            rest = rest.get(HEAD..)?;
            let mut start = (flags & STARTS != 0).then_some(start);
            if flags & LEVEL != 0 {
                let (level, after) = Level::read(rest)?;
                start = start.map(|_| level.start);
                if let Some(own) = self.levels.get_mut(at) {
                    *own = Some(level);
                }
                rest = after;
            }
            if let Some(own) = self.starts.get_mut(at) {
                *own = start;
            }
        }
        Some(rest)
    }
}

impl Level {
    fn read(bytes: &[u8]) -> Option<(Self, &[u8])> {
        const HEAD: usize = 28;
        const LONGEST: usize = 200;
        let head = bytes.get(..HEAD)?;
        let text = HEAD + usize::from(head[24]) + usize::from(head[25]);
        let length = usize::from(u16_at(bytes, text)?);
        let units = (0..length).map(|nth| u16_at(bytes, text + 2 + 2 * nth));
        let units: Option<Vec<u16>> = units.collect();
        let units = units?;
        let level = Self {
            start: u32_at(head, 0)?,
            format: head[4],
            is_legal: head[5] & 4 != 0,
            text: if units.len() > LONGEST {
                Vec::new()
            } else {
                units
            },
        };
        Some((level, bytes.get(text + 2 + 2 * length..)?))
    }
}
