//! One year or two as bars, with how much more or less the second is.

use super::axis::Axis;
use super::drawing::{Anchor, Drawing, Item};
use super::frame::{self, SUBTITLE, WIDTH};
use super::look::{BASE, INK, WEAK};
use super::measure::Measure;
use super::plot::MARGIN;
use crate::export::palette::{ACCENT, Rgb};
use crate::export::typeset::Rect;
use crate::trend::{Chart, Series, change, with_minus};

/// The bars of the year before.
pub const BEFORE: Rgb = [0xA9, 0xB8, 0xCF];
/// Size of the words.
const SIZE: f32 = 11.0;
/// How high a bar is, from one to the next, and between two lines of the chart.
const BAR: f32 = 15.0;
const STEP: f32 = 18.0;
const GAP: f32 = 14.0;
/// The longest name of a line, and the shortest bar of the largest number.
const LONGEST_NAME: f32 = 200.0;
const SHORTEST: f32 = 60.0;

/// Lays the chart out: for each line its bars below one another, the numbers behind them.
pub(super) fn draw(chart: &Chart, organ: &str) -> Drawing {
    let mut measure = Measure::new();
    let mut items = Vec::new();
    let colors: &[Rgb] = match chart.years.len() {
        1 => &[ACCENT],
        _ => &[BEFORE, ACCENT],
    };
    let mut x = MARGIN;
    for (year, color) in chart.years.iter().zip(colors) {
        let at = [x, SUBTITLE + 30.0];
        x = frame::key(&format!("{year}年"), *color, at, &mut measure, &mut items);
    }
    let names: Vec<String> = (chart.series.iter())
        .map(|series| measure.shortened(&series.name, SIZE, false, LONGEST_NAME))
        .collect();
    let left = (MARGIN + measure.widest(&names, SIZE) + 10.0).ceil();
    let numbers: Vec<Vec<String>> = (chart.series.iter())
        .map(|series| numbers(series, &chart.unit))
        .collect();
    let behind = measure.widest(&numbers.concat(), SIZE) + 6.0;
    let bars = (WIDTH - MARGIN - behind - left).max(SHORTEST);
    let axis = Axis::over(chart.series.iter().flat_map(|series| series.values.clone()));
    let along = |height: f32| left + bars * height;
    let zero = along(axis.height(0.into()));
    let top = SUBTITLE + 50.0;
    let mut y = top;
    for ((series, name), numbers) in chart.series.iter().zip(&names).zip(&numbers) {
        let middle = y + STEP * colors.len() as f32 / 2.0 + 0.3 * SIZE;
        let at = [left - 10.0, middle];
        items.push(Item::Text(measure.text(name, SIZE, INK, at, Anchor::End)));
        for ((value, words), color) in series.values.iter().zip(numbers).zip(colors) {
            let end = value
                .decimal()
                .map_or(zero, |number| along(axis.height(number)));
            let at = Rect {
                x: zero.min(end),
                y,
                width: (end - zero).abs(),
                height: BAR,
            };
            if at.width > 0.0 {
                items.push(Item::Fill { at, color: *color });
            }
            let color = if value.is_blank() { WEAK } else { INK };
            let at = [zero.max(end) + 5.0, y + BAR / 2.0 + 0.36 * SIZE];
            items.push(Item::Text(measure.text(
                words,
                SIZE,
                color,
                at,
                Anchor::Start,
            )));
            y += STEP;
        }
        y += GAP;
    }
    let line = Rect {
        x: zero - 0.5,
        y: top - 4.0,
        width: 1.0,
        height: y - GAP - top + 6.0,
    };
    items.push(Item::Fill {
        at: line,
        color: BASE,
    });
    let height = frame::notes(&chart.notes, y + 8.0, &mut measure, &mut items) + 8.0;
    frame::framed(chart, organ, items, height, &mut measure)
}

/// What stands behind the bars of a line: the numbers, and with the second how it differs from the first.
fn numbers(series: &Series, unit: &str) -> Vec<String> {
    let mut numbers: Vec<String> = (series.values.iter())
        .map(|value| match value.is_blank() {
            true => "没有数字".to_owned(),
            false => with_minus(value),
        })
        .collect();
    if let ([before, now], Some(last)) = (&series.values[..], numbers.last_mut())
        && let Some(change) = change(*before, *now, unit)
    {
        *last += &format!("（{change}）");
    }
    numbers
}
