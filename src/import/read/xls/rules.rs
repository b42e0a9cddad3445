//! Conditions for cells of a sheet: an area (`CondFmt`) and behind it its rules (`CF`).

use super::book::{BEGIN, END, Looks, SOLID};
use super::records;
use super::strings::Coding;
use crate::import::read::condition::{Area, Change, Condition, Rule, Test};
use crate::import::read::ole::{u16_at, u32_at};

/// The rules of the sheet that begins at a place; they stand behind all of its cells.
pub(super) fn rules(stream: &[u8], from: usize, looks: &Looks) -> Vec<Rule> {
    const AREAS: u16 = 0x01B0;
    const RULE: u16 = 0x01B1;
    const MOST: usize = 200;
    let (mut depth, mut areas, mut rules) = (0, Vec::new(), Vec::new());
    for record in records::from(stream, from) {
        match record.kind {
            BEGIN => depth += 1,
            END if depth <= 1 => break,
            END => depth -= 1,
            AREAS if depth == 1 => areas = areas_of(record.data),
            RULE if depth == 1 && rules.len() < MOST => {
                rules.extend(rule(record.data, &areas, looks));
            }
            _ => {}
        }
    }
    rules
}

fn areas_of(data: &[u8]) -> Vec<Area> {
    // Behind the smallest area with all of them in it.
    const FROM: usize = 12;
    let count = u16_at(data, FROM).map_or(0, usize::from);
    let all = data.get(FROM + 2..).unwrap_or_default().chunks_exact(8);
    let area = |area: &[u8]| {
        let at = |at| usize::from(u16_at(area, at).unwrap_or(0));
        ((at(0), at(4)), (at(2), at(6)))
    };
    all.take(count).map(area).collect()
}

fn rule(data: &[u8], areas: &[Area], looks: &Looks) -> Option<Rule> {
    const COMPARES: u8 = 1;
    const FROM: usize = 6;
    let lengths = [2, 4].map(|at| u16_at(data, at).map_or(0, usize::from));
    let formulas = data.len().checked_sub(lengths[0] + lengths[1])?;
    let (first, second) = data.get(formulas..)?.split_at(lengths[0]);
    let test = match data.get(1)? {
        1 => Some(Test::Between),
        2 => Some(Test::Outside),
        3 => Some(Test::Equal),
        4 => Some(Test::Unequal),
        5 => Some(Test::More),
        6 => Some(Test::Less),
        7 => Some(Test::AtLeast),
        8 => Some(Test::AtMost),
        _ => None,
    };
    Some(Rule {
        areas: areas.to_vec(),
        condition: Condition {
            test: test.filter(|_| data.first() == Some(&COMPARES)),
            with: vec![constant(first), constant(second)],
        },
        change: change(data.get(FROM..formulas)?, looks).unwrap_or_default(),
    })
}

/// The number that a formula is, if it is no more than that.
fn constant(formula: &[u8]) -> Option<f64> {
    match formula {
        [0x1E, number @ ..] if number.len() == 2 => u16_at(number, 0).map(f64::from),
        [0x1F, number @ ..] => Some(f64::from_le_bytes(number.try_into().ok()?)),
        _ => None,
    }
}

/// What a rule changes (`DXFN`): which parts there are, and these.
fn change(data: &[u8], looks: &Looks) -> Option<Change> {
    const PARTS: usize = 6;
    let flags = u32_at(data, 0)?;
    let has = |bit: u32| flags & 1 << bit != 0;
    let mut rest = data.get(PARTS..)?;
    let mut part = |length: usize| -> Option<&[u8]> {
        let (part, behind) = rest.split_at_checked(length)?;
        rest = behind;
        Some(part)
    };
    let mut change = Change::default();
    if has(25) {
        let is_own = u16_at(data, 4)? & 1 != 0;
        change.format = match is_own {
            true => {
                let length = usize::from(u16_at(part(2)?, 0)?);
                let text = Coding::Unicode.text(part(length.checked_sub(2)?)?, 2);
                text.map(|text| text.into())
            }
            false => Some(looks.format(usize::from(*part(2)?.get(1)?))),
        };
    }
    if has(26) {
        let colour = u16_at(part(118)?, 80)?;
        change.colour = looks.colour(colour);
    }
    for (bit, length) in [(27, 8), (28, 8)] {
        if has(bit) {
            part(length)?;
        }
    }
    if has(29) {
        let pattern = part(4)?;
        let kind = u32::from(u16_at(pattern, 0)? >> 10);
        // A pattern that is left as it is lets the colour behind it be seen.
        let kind = if kind == 0 { SOLID } else { kind };
        change.ground = looks.ground(kind, u16_at(pattern, 2)? >> 7 & 0x7F);
    }
    Some(change)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::read::colour::{Colour, Ground};

    /// A rule for one area: greater than 0, with what it changes.
    fn rule_of(flags: u32, own: u16, parts: &[u8]) -> Rule {
        let formula = [0x1E, 0, 0];
        let mut data = vec![1, 5, formula.len() as u8, 0, 0, 0];
        data.extend(flags.to_le_bytes());
        data.extend(own.to_le_bytes());
        data.extend(parts);
        data.extend(formula);
        rule(&data, &[((0, 0), (0, 9))], &Looks::default()).unwrap()
    }

    #[test]
    fn rules_say_when_and_what_they_change() {
        let format = [9, 0, 3, 0, 0, b';', b';', b';'];
        let format = &[&format[..], &[0]].concat();
        let read = rule_of(1 << 25, 1, format);
        assert_eq!(read.change.format.as_deref(), Some(";;;"));
        assert_eq!(
            (read.condition.holds(5.0), read.condition.holds(0.0)),
            (Some(true), Some(false))
        );
        let built_in = rule_of(1 << 25, 0, &[0, 9]);
        assert_eq!(built_in.change.format.as_deref(), Some("0%"));
        let mut font = vec![0; 118];
        font[80] = 9;
        let white = rule_of(1 << 26, 0, &font);
        assert_eq!(white.change.colour, Some(Colour::WHITE));
        // Solid white behind it.
        let fill = [0, 0, 0x80, 0x04];
        let white = rule_of(1 << 29, 0, &fill);
        assert_eq!(white.change.ground, Ground::Known(Colour::WHITE));
        // Cut off.
        assert_eq!(rule_of(1 << 26, 0, &[0; 9]).change.colour, None);
    }
}
