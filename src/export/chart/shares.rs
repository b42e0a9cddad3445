//! What a whole is made up of in each year: a bar a year, all of one length.

use super::drawing::{Anchor, Drawing, Item};
use super::frame::{self, SUBTITLE, Unwritten, WIDTH};
use super::look::{INK, WEAK, look};
use super::measure::Measure;
use super::plot::MARGIN;
use crate::export::palette::PAPER;
use crate::export::typeset::Rect;
use crate::trend::{Chart, percent};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

/// Size of the words.
const SIZE: f32 = 11.0;
/// How high a bar is, and from one to the next.
const BAR: f32 = 26.0;
const STEP: f32 = 36.0;
/// From one row of the legend to the next.
const ROW: f32 = 20.0;

/// Lays the chart out.
pub(super) fn draw(chart: &Chart, organ: &str) -> Drawing {
    let mut measure = Measure::new();
    let mut items = Vec::new();
    let mut at = [MARGIN, SUBTITLE + 30.0];
    for (nth, series) in chart.series.iter().enumerate() {
        let wide = measure.width(&series.name, 12.0, false) + 33.0;
        if at[0] + wide > WIDTH && at[0] > MARGIN {
            at = [MARGIN, at[1] + ROW];
        }
        at[0] = frame::key(&series.name, look(nth).color, at, &mut measure, &mut items);
    }
    let (lowest, narrow) = bars(chart, at[1] + 18.0, &mut measure, &mut items);
    let mut notes = chart.notes.clone();
    notes.extend(frame::unwritten(chart, &narrow));
    let foot = lowest + 14.0;
    let height = frame::notes(&notes, foot, &mut measure, &mut items) + 6.0;
    frame::framed(chart, organ, items, height, &mut measure)
}

/// The bars from a height on: where they end, and which of their parts are too narrow for words.
fn bars(
    chart: &Chart,
    top: f32,
    measure: &mut Measure,
    items: &mut Vec<Item>,
) -> (f32, Vec<Unwritten>) {
    let years: Vec<String> = chart.years.iter().map(|year| format!("{year}年")).collect();
    let wholes: Vec<String> = (0..years.len())
        .map(|nth| format!("共 {} {}", whole(chart, nth), chart.unit))
        .collect();
    let left = MARGIN + measure.widest(&years, SIZE) + 10.0;
    let right = WIDTH - MARGIN - measure.widest(&wholes, SIZE) - 10.0;
    let mut narrow = Vec::new();
    for (nth, year) in years.iter().enumerate() {
        let y = top + STEP * nth as f32;
        let base = y + BAR / 2.0 + 0.36 * SIZE;
        items.push(Item::Text(measure.text(
            year,
            SIZE,
            INK,
            [left - 10.0, base],
            Anchor::End,
        )));
        let parts: Vec<Option<Decimal>> = (chart.series.iter())
            .map(|series| series.values.get(nth).and_then(|value| value.decimal()))
            .collect();
        if let Some(words) = without_shares(&parts) {
            items.push(Item::Text(measure.text(
                words,
                SIZE,
                WEAK,
                [left, base],
                Anchor::Start,
            )));
            continue;
        }
        let at = [right + 8.0, base];
        items.push(Item::Text(measure.text(
            &wholes[nth],
            SIZE,
            WEAK,
            at,
            Anchor::Start,
        )));
        let mut x = left;
        for (line, part) in parts.iter().enumerate() {
            let share = part.unwrap_or_default() / whole(chart, nth);
            let wide = (right - left) * share.to_f32().unwrap_or_default();
            if wide <= 0.0 {
                continue;
            }
            let at = Rect {
                x,
                y,
                width: (wide - 1.0).max(0.5),
                height: BAR,
            };
            let color = look(line).color;
            items.push(Item::Fill { at, color });
            let words = percent(part.unwrap_or_default(), whole(chart, nth));
            let words = format!("{}%", words.unwrap_or_default());
            let text = measure.text(&words, SIZE, PAPER, [x + wide / 2.0, base], Anchor::Middle);
            match text.width + 4.0 <= wide {
                true => items.push(Item::Text(text)),
                false => narrow.push(Unwritten {
                    line,
                    year: nth,
                    words,
                }),
            }
            x += wide;
        }
    }
    (top + STEP * years.len() as f32, narrow)
}

/// What all parts of a year come to.
fn whole(chart: &Chart, year: usize) -> Decimal {
    let values = chart
        .series
        .iter()
        .filter_map(|series| series.values.get(year));
    values.filter_map(|value| value.decimal()).sum()
}

/// Why a year has no shares, if it has none.
fn without_shares(parts: &[Option<Decimal>]) -> Option<&'static str> {
    let mut known = parts.iter().flatten();
    if parts.iter().any(Option::is_none) {
        Some("有的数没有，不画比例")
    } else if known.any(|part| *part < Decimal::ZERO) {
        Some("有负数，不画比例")
    } else if parts.iter().flatten().all(Decimal::is_zero) {
        Some("都是 0")
    } else {
        None
    }
}
