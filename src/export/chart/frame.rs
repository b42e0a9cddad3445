//! What every chart has around its drawing: head, notes at its foot, and its numbers as sentences.

use super::drawing::{Anchor, Item, Text};
use super::look::{INK, WEAK};
use super::measure::Measure;
use super::plot::MARGIN;
use crate::export::palette::{PAPER, Rgb};
use crate::export::typeset::Rect;
use crate::trend::Chart;
use crate::value::Value;

/// The width of every chart.
pub const WIDTH: f32 = 720.0;
/// Size of the title.
const TITLE_SIZE: f32 = 18.0;
/// Size of the words under it.
const SUBTITLE_SIZE: f32 = 12.0;
/// Where the words under the title stand.
pub const SUBTITLE: f32 = 58.0;
/// Size of the notes.
const NOTE_SIZE: f32 = 11.0;
/// From one line of the notes to the next.
const NOTE_LINE: f32 = 16.0;

/// The title, and whose numbers of which years these are.
pub fn head(chart: &Chart, organ: &str, measure: &mut Measure, items: &mut Vec<Item>) {
    let room = WIDTH - 2.0 * MARGIN;
    let words = measure.shortened(&chart.name, TITLE_SIZE, true, room);
    items.push(Item::Text(Text {
        at: [MARGIN, 36.0],
        anchor: Anchor::Start,
        size: TITLE_SIZE,
        bold: true,
        color: INK,
        width: measure.width(&words, TITLE_SIZE, true),
        words,
    }));
    let what = format!("{} · 单位：{}", span(chart), chart.unit);
    let what = measure.shortened(&what, SUBTITLE_SIZE, false, room);
    let rest = room - measure.width(&format!(" · {what}"), SUBTITLE_SIZE, false);
    let organ = measure.shortened(organ, SUBTITLE_SIZE, false, rest);
    let words = if organ.is_empty() {
        what
    } else {
        format!("{organ} · {what}")
    };
    let at = [MARGIN, SUBTITLE];
    let text = measure.text(&words, SUBTITLE_SIZE, WEAK, at, Anchor::Start);
    items.push(Item::Text(text));
}

/// The years, as words.
fn span(chart: &Chart) -> String {
    match chart.years[..] {
        [] => String::new(),
        [only] => format!("{only}年"),
        [first, .., last] => format!("{first}至{last}年"),
    }
}

/// The ground of a drawing of this height.
pub fn ground(height: f32) -> Item {
    Item::Fill {
        at: Rect {
            x: 0.0,
            y: 0.0,
            width: WIDTH,
            height,
        },
        color: PAPER,
    }
}

/// Sets notes below a drawing of this height; the height with them.
pub fn notes(notes: &[String], height: f32, measure: &mut Measure, items: &mut Vec<Item>) -> f32 {
    let mut y = height;
    for note in notes {
        let ems = (WIDTH - 2.0 * MARGIN) / NOTE_SIZE;
        for line in crate::prose::balanced(note, ems) {
            let at = [MARGIN, y];
            items.push(Item::Text(measure.text(
                line,
                NOTE_SIZE,
                WEAK,
                at,
                Anchor::Start,
            )));
            y += NOTE_LINE;
        }
    }
    y
}

/// A small square with words behind it, as legends have them; where the next one stands.
pub fn key(
    words: &str,
    color: Rgb,
    [x, y]: [f32; 2],
    measure: &mut Measure,
    items: &mut Vec<Item>,
) -> f32 {
    const SQUARE: f32 = 10.0;
    const SIZE: f32 = 12.0;
    let at = Rect {
        x,
        y: y - SQUARE + 1.0,
        width: SQUARE,
        height: SQUARE,
    };
    items.push(Item::Fill { at, color });
    let text = measure.text(words, SIZE, INK, [x + SQUARE + 5.0, y], Anchor::Start);
    let next = x + SQUARE + 5.0 + text.width + 18.0;
    items.push(Item::Text(text));
    next
}

/// Every number, as sentences.
pub fn description(chart: &Chart, organ: &str) -> String {
    let of = if organ.is_empty() { "" } else { "，" };
    let mut whole = format!("{organ}{of}{}，单位：{}。", span(chart), chart.unit);
    for series in &chart.series {
        let number = |(year, value): (&i32, &Value)| match value {
            Value::Blank => format!("{year}年没有数字"),
            value => format!("{year}年 {value}"),
        };
        let numbers: Vec<String> = chart.years.iter().zip(&series.values).map(number).collect();
        whole += &format!("{}：{}。", series.name, numbers.join("，"));
    }
    whole + &chart.notes.concat()
}
