//! Where everything stands on a chart: head, axes, and the room for the lines.

use super::axis::Axis;
use super::drawing::{Anchor, Drawing, Item};
use super::frame::{self, SUBTITLE, WIDTH};
use super::look::{BASE, GRID, INK, WEAK};
use super::measure::Measure;
use super::names::Names;
use super::plot::{MARGIN, Plot};
use super::{bars, lines, shares};
use crate::export::typeset::Rect;
use crate::trend::{Chart, Series};
use crate::value::Value;

/// The height of a chart whose legend is no higher than usual.
const HEIGHT: f32 = 400.0;
/// Size of years and numbers at the axes.
const AXIS_SIZE: f32 = 11.0;
/// The upper end of the axis, unless there is a legend.
const TOP: f32 = 86.0;
/// From the lowest line to the drawing's end.
const FOOT: f32 = 42.0;

/// Lays a chart out. `organ` is whose numbers it shows.
pub fn draw(chart: &Chart, organ: &str) -> Drawing {
    match chart.years.len() {
        _ if chart.shares => shares::draw(chart, organ),
        0..=2 => bars::draw(chart, organ),
        _ => draw_lines(chart, organ),
    }
}

/// Lines over three years or more; blanks are gaps in them.
fn draw_lines(chart: &Chart, organ: &str) -> Drawing {
    let mut measure = Measure::new();
    let axis = Axis::over(chart.series.iter().flat_map(|series| series.values.clone()));
    let names = Names::of(chart, WIDTH - 2.0 * MARGIN, &mut measure);
    let legend = names.legend_height();
    // A legend of many rows makes the drawing higher, not the lines lower.
    let height = HEIGHT + (legend - 40.0).max(0.0);
    let ticks = axis.words();
    let widest = ticks
        .iter()
        .map(|words| measure.width(words, AXIS_SIZE, false))
        .fold(0.0, f32::max);
    let left = (MARGIN + widest + 8.0).ceil();
    let top = TOP + legend;
    // Lines across stand on whole points, which print sharp.
    let steps = (ticks.len() - 1) as f32;
    let between = ((height - FOOT - top) / steps).floor().max(1.0);
    let plot = Plot {
        chart,
        at: Rect {
            x: left,
            y: height - FOOT - between * steps,
            width: WIDTH - MARGIN - names.column_width() - left,
            height: between * steps,
        },
        right: WIDTH - MARGIN,
        axis,
    };
    let mut items = Vec::new();
    across(&plot, &ticks, &mut measure, &mut items);
    years(&plot, &mut measure, &mut items);
    names.paint(&plot, SUBTITLE + 22.0, &mut measure, &mut items);
    let left_out = lines::paint(&plot, &names, &mut measure, &mut items);
    let mut notes = chart.notes.clone();
    notes.extend(frame::unwritten(chart, &left_out));
    let whole = frame::notes(&notes, height, &mut measure, &mut items);
    frame::framed(chart, organ, items, whole, &mut measure)
}

/// Lines across, with the numbers at which they stand.
fn across(plot: &Plot, ticks: &[String], measure: &mut Measure, items: &mut Vec<Item>) {
    for (tick, words) in plot.axis.ticks.iter().zip(ticks) {
        let y = plot.y(*tick).round();
        items.push(Item::Fill {
            at: Rect {
                x: plot.at.x,
                y: y - 0.5,
                width: plot.at.width,
                height: 1.0,
            },
            color: if tick.is_zero() { BASE } else { GRID },
        });
        let at = [plot.at.x - 8.0, y + 0.36 * AXIS_SIZE];
        let text = measure.text(words, AXIS_SIZE, WEAK, at, Anchor::End);
        items.push(Item::Text(text));
    }
}

/// The years under the lines; where they are too close for each, every second one, or third.
fn years(plot: &Plot, measure: &mut Measure, items: &mut Vec<Item>) {
    let years = &plot.chart.years;
    let mut widest = |ending: &str| {
        let widths = years
            .iter()
            .map(|year| measure.width(&format!("{year}{ending}"), AXIS_SIZE, false));
        widths.fold(0.0, f32::max) + 6.0
    };
    let ending = if widest("年") <= plot.step() {
        "年"
    } else {
        ""
    };
    let every = (widest(ending) / plot.step()).ceil().max(1.0) as usize;
    for (at, year) in years.iter().enumerate() {
        if !(years.len() - 1 - at).is_multiple_of(every) {
            continue;
        }
        let known = |series: &Series| series.values.get(at) != Some(&Value::Blank);
        let color = if plot.chart.series.iter().any(known) {
            INK
        } else {
            WEAK
        };
        let at = [plot.x(at), plot.at.y + plot.at.height + 20.0];
        let words = format!("{year}{ending}");
        let text = measure.text(&words, AXIS_SIZE, color, at, Anchor::Middle);
        items.push(Item::Text(text));
    }
}
