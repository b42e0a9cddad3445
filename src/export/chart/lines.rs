//! The lines of a chart with their numbers.

use super::drawing::{Anchor, Item, Point, Text};
use super::frame::Unwritten;
use super::labels::{self, Label, Obstacles};
use super::look::{INK, look};
use super::measure::Measure;
use super::names::Names;
use super::plot::Plot;
use crate::export::palette::{PAPER, Rgb};
use crate::export::typeset::Rect;
use crate::trend::with_minus;

/// Size of the numbers at the dots.
const NUMBER_SIZE: f32 = 10.5;
/// How far numbers reach above the highest line across.
const ABOVE: f32 = 18.0;
/// How much of a line is covered on either side of a number that stands on it.
const COVER: f32 = 1.5;

/// Paints the lines, their dots and as many of their numbers as have room; those that have none.
pub(super) fn paint(
    plot: &Plot,
    names: &Names,
    measure: &mut Measure,
    items: &mut Vec<Item>,
) -> Vec<Unwritten> {
    let lines = plot.dots();
    // Dashed lines lie on those without gaps, so that both are seen where they run together.
    for (line, dots) in lines.iter().enumerate() {
        for run in dots.split(Option::is_none).filter(|run| run.len() > 1) {
            items.push(look(line).strip(run.iter().copied().flatten().collect()));
        }
    }
    let (numbers, left_out) = numbers(plot, &lines, names, items, measure);
    for (number, covers) in &numbers {
        if *covers {
            let mut at = number.bounds();
            (at.x, at.width) = (at.x - COVER, at.width + 2.0 * COVER);
            items.push(Item::Fill { at, color: PAPER });
        }
    }
    for (line, dots) in lines.iter().enumerate().rev() {
        let dots = dots.iter().copied().flatten();
        items.extend(dots.map(|at| Item::Dot(look(line).dot(at))));
    }
    items.extend(numbers.into_iter().map(|(number, _)| Item::Text(number)));
    left_out
}

/// A number as it is written, and of which lines and years it is.
struct Number {
    words: String,
    color: Rgb,
    of: Vec<(usize, usize)>,
}

/// The numbers that have room, each with whether it covers a line, and those that have none.
fn numbers(
    plot: &Plot,
    lines: &[Vec<Option<Point>>],
    names: &Names,
    items: &[Item],
    measure: &mut Measure,
) -> (Vec<(Text, bool)>, Vec<Unwritten>) {
    let mut wanted: Vec<Label> = Vec::new();
    let mut numbers: Vec<Number> = Vec::new();
    let mut taken: Vec<Rect> = items
        .iter()
        .filter_map(|item| match item {
            Item::Text(text) => Some(text.bounds()),
            Item::Dot(dot) => Some(dot.bounds()),
            _ => None,
        })
        .collect();
    for year in 0..plot.chart.years.len() {
        for (line, dots) in lines.iter().enumerate() {
            let Some(at) = dots.get(year).copied().flatten() else {
                continue;
            };
            taken.push(look(line).dot(at).bounds());
            let words = with_minus(plot.chart.series[line].values[year]);
            // Lines that meet have one number.
            let mut known = wanted.iter().zip(&mut numbers);
            let same = known.find(|(label, known)| label.at == at && known.words == words);
            if let Some((_, same)) = same {
                same.color = INK;
                same.of.push((line, year));
                continue;
            }
            let size = [
                measure.width(&words, NUMBER_SIZE, false),
                0.96 * NUMBER_SIZE,
            ];
            let beside = |year: Option<usize>| Some(dots.get(year?)?.as_ref()?[1]);
            let around = [beside(year.checked_sub(1)), beside(Some(year + 1))];
            let mut around = around.into_iter().flatten().peekable();
            let below = around.peek().is_some() && around.all(|y| y < at[1]);
            wanted.push(Label { at, size, below });
            numbers.push(Number {
                words,
                color: look(line).color,
                of: vec![(line, year)],
            });
        }
    }
    let mut segments = names.leads(plot, &plot.ends());
    for dots in lines {
        let pairs = dots
            .windows(2)
            .filter_map(|pair| Some((pair[0]?, pair[1]?)));
        segments.extend(pairs);
    }
    let obstacles = Obstacles {
        room: Rect {
            x: plot.at.x + 2.0,
            y: plot.at.y - ABOVE,
            width: plot.right - plot.at.x - 2.0,
            height: plot.at.height + ABOVE - 1.0,
        },
        taken,
        lines: &segments,
    };
    written(labels::place(&wanted, obstacles), numbers, measure)
}

/// The numbers in their places, and those that have none.
fn written(
    placed: Vec<Option<(Rect, bool)>>,
    numbers: Vec<Number>,
    measure: &mut Measure,
) -> (Vec<(Text, bool)>, Vec<Unwritten>) {
    let (mut written, mut left_out) = (Vec::new(), Vec::new());
    for (place, Number { words, color, of }) in placed.into_iter().zip(numbers) {
        let Some((at, covers)) = place else {
            left_out.extend(of.into_iter().map(|(line, year)| Unwritten {
                line,
                year,
                words: words.clone(),
            }));
            continue;
        };
        // Held in the middle: over its dot in any font that an SVG is shown in.
        let base = [at.x + at.width / 2.0, at.y + 0.86 * NUMBER_SIZE];
        let text = measure.text(&words, NUMBER_SIZE, color, base, Anchor::Middle);
        written.push((text, covers));
    }
    (written, left_out)
}
