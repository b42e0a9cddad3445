//! What every chart has around its drawing: head, notes at its foot, and its numbers as sentences.

use super::drawing::{Anchor, Drawing, Item, Text};
use super::look::{INK, WEAK};
use super::measure::Measure;
use super::plot::MARGIN;
use crate::export::palette::{PAPER, Rgb};
use crate::export::typeset::Rect;
use crate::trend::{Chart, Series};
use crate::value::Value;

/// The width of every chart.
pub const WIDTH: f32 = 720.0;
/// Size of the title.
const TITLE_SIZE: f32 = 18.0;
/// Size of the words under it.
const SUBTITLE_SIZE: f32 = 12.0;
/// From one line of them to the next.
const SUBTITLE_LINE: f32 = 17.0;
/// Where the words under the title stand, where they are one line.
pub const SUBTITLE: f32 = 58.0;
/// Size of the notes.
const NOTE_SIZE: f32 = 11.0;
/// From one line of the notes to the next.
const NOTE_LINE: f32 = 16.0;

/// A chart with its head: its body, as it stands below a head of one line, and how high both are. A longer head moves
/// the body down.
pub fn framed(
    chart: &Chart,
    organ: &str,
    mut body: Vec<Item>,
    height: f32,
    measure: &mut Measure,
) -> Drawing {
    let (head, more) = head(chart, organ, measure);
    body.iter_mut().for_each(|item| item.move_down(more));
    let height = height + more;
    let mut items = vec![ground(height)];
    items.extend(head);
    items.append(&mut body);
    Drawing {
        width: WIDTH,
        height,
        title: chart.name.clone(),
        description: description(chart, organ),
        items,
    }
}

/// The title, and whose numbers of which years these are; and how much higher than one line the latter is.
fn head(chart: &Chart, organ: &str, measure: &mut Measure) -> (Vec<Item>, f32) {
    let mut items = Vec::new();
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
    let shown = match chart.shares {
        true => "各项占比（%）".to_owned(),
        false => format!("单位：{}", chart.unit),
    };
    let what = format!("{} · {shown}", span(chart));
    let whole = format!("{organ} · {what}");
    let lines = match organ.trim().is_empty() {
        true => vec![what],
        false if measure.width(&whole, SUBTITLE_SIZE, false) <= room => vec![whole],
        false => {
            let mut lines = measure.wrapped(organ, SUBTITLE_SIZE, room);
            lines.push(what);
            lines
        }
    };
    let more = (lines.len() - 1) as f32 * SUBTITLE_LINE;
    for (line, words) in lines.iter().enumerate() {
        let at = [MARGIN, SUBTITLE + line as f32 * SUBTITLE_LINE];
        let text = measure.text(words, SUBTITLE_SIZE, WEAK, at, Anchor::Start);
        items.push(Item::Text(text));
    }
    (items, more)
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
fn ground(height: f32) -> Item {
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
        for line in measure.wrapped(note, NOTE_SIZE, WIDTH - 2.0 * MARGIN) {
            let at = [MARGIN, y];
            items.push(Item::Text(measure.text(
                &line,
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

/// A number that did not find room in the drawing.
pub struct Unwritten {
    /// The line's place.
    pub line: usize,
    /// The year's place.
    pub year: usize,
    /// The number, as it would have been written.
    pub words: String,
}

/// The numbers that did not find room in the drawing, as a note below it; none where all did.
pub fn unwritten(chart: &Chart, numbers: &[Unwritten]) -> Option<String> {
    let of_line = |(line, series): (usize, &Series)| {
        let own = numbers.iter().filter(|number| number.line == line);
        let own = own.map(|number| format!("{}年 {}", chart.years[number.year], number.words));
        let own: Vec<String> = own.collect();
        (!own.is_empty()).then(|| format!("{} {}", series.name, own.join("、")))
    };
    let lines: Vec<String> = chart
        .series
        .iter()
        .enumerate()
        .filter_map(of_line)
        .collect();
    (!lines.is_empty()).then(|| format!("图里写不下的数：{}。", lines.join("；")))
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
fn description(chart: &Chart, organ: &str) -> String {
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
