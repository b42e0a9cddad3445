//! The names of a chart's lines: at their ends, or in a legend.

use super::drawing::{Anchor, Item, Point, Strip};
use super::labels;
use super::look::{INK, look};
use super::measure::Measure;
use super::plot::{MARGIN, Plot};
use crate::trend::{Chart, Series};

/// Size of the lines' names.
const NAME_SIZE: f32 = 12.0;

/// From one name to the next below it.
const ROW: f32 = 17.0;

/// From the lines' end to the dots before their names.
const LEAD: f32 = 14.0;

/// From such a dot to the name.
const NAME_GAP: f32 = 9.0;

/// The widest name that stands at the end of its line.
const MOST_WIDTH: f32 = 150.0;

/// In a legend: the piece of line before a name, and the room behind it.
const SAMPLE: (f32, f32) = (30.0, 22.0);

/// The lines' names: at the lines' ends where each has one and there is room, else in a legend.
pub struct Names {
    /// Each name with its width.
    names: Vec<(String, f32)>,
    at_ends: bool,
    /// In a legend: where each stands, from the left and in which row.
    places: Vec<(f32, usize)>,
}

impl Names {
    pub fn of(chart: &Chart, room: f32, measure: &mut Measure) -> Self {
        let mut fit = |series: &Series| {
            // Half the width, so that a row has two names at least.
            let most = room / 2.0 - SAMPLE.0 - SAMPLE.1;
            let mut name = series.name.clone();
            if series.values.iter().all(|value| value.is_blank()) {
                name += "（没有数字）";
            }
            let name = measure.shortened(&name, NAME_SIZE, false, most);
            let width = measure.width(&name, NAME_SIZE, false);
            (name, width)
        };
        let names: Vec<(String, f32)> = chart.series.iter().map(&mut fit).collect();
        let ends = |series: &Series| series.values.last().is_some_and(|v| !v.is_blank());
        let at_ends = chart.series.iter().all(ends)
            && names.iter().all(|(_, width)| *width <= MOST_WIDTH)
            && names.len() <= 12;
        let (mut x, mut row) = (0.0, 0);
        let mut places = Vec::new();
        for (_, width) in &names {
            let whole = SAMPLE.0 + width;
            if x > 0.0 && x + whole > room {
                (x, row) = (0.0, row + 1);
            }
            places.push((x, row));
            x += whole + SAMPLE.1;
        }
        Self {
            names,
            at_ends,
            places,
        }
    }

    /// The height of the legend; 0 if there is none.
    pub fn legend_height(&self) -> f32 {
        match self.places.last() {
            Some((_, row)) if !self.at_ends => (row + 1) as f32 * ROW,
            _ => 0.0,
        }
    }

    /// The room for names at the lines' ends.
    pub fn column_width(&self) -> f32 {
        if !self.at_ends {
            return 0.0;
        }
        let widest = self.names.iter().map(|(_, width)| *width);
        LEAD + NAME_GAP + widest.fold(0.0, f32::max).ceil()
    }

    /// Paints them; a legend's first row at `top`.
    pub fn paint(&self, plot: &Plot, top: f32, measure: &mut Measure, items: &mut Vec<Item>) {
        if self.at_ends {
            return self.paint_at_ends(plot, measure, items);
        }
        for (line, ((name, _), (x, row))) in self.names.iter().zip(&self.places).enumerate() {
            let (x, y) = (MARGIN + x, top + *row as f32 * ROW);
            let middle = y - 0.36 * NAME_SIZE;
            let sample = vec![[x, middle], [x + SAMPLE.0 - 8.0, middle]];
            items.push(look(line).strip(sample));
            let dot = look(line).dot([x + (SAMPLE.0 - 8.0) / 2.0, middle]);
            items.push(Item::Dot(dot));
            let at = [x + SAMPLE.0, y];
            let text = measure.text(name, NAME_SIZE, INK, at, Anchor::Start);
            items.push(Item::Text(text));
        }
    }

    fn paint_at_ends(&self, plot: &Plot, measure: &mut Measure, items: &mut Vec<Item>) {
        let x = plot.at.x + plot.at.width + LEAD;
        let ends = plot.ends();
        for (line, (lead, (name, _))) in self.leads(plot, &ends).iter().zip(&self.names).enumerate()
        {
            let look = look(line);
            let (from, to) = *lead;
            items.push(Item::Strip(Strip {
                points: vec![from, to],
                width: 0.7,
                dash: &[],
                color: look.color,
            }));
            items.push(Item::Dot(look.dot(to)));
            let at = [x + NAME_GAP, to[1] + 0.36 * NAME_SIZE];
            let text = measure.text(name, NAME_SIZE, look.color, at, Anchor::Start);
            items.push(Item::Text(text));
        }
    }

    /// From each line's end to its name.
    pub fn leads(&self, plot: &Plot, ends: &[Point]) -> Vec<(Point, Point)> {
        if !self.at_ends {
            return Vec::new();
        }
        let x = plot.at.x + plot.at.width + LEAD;
        let heights: Vec<f32> = ends.iter().map(|[_, y]| *y).collect();
        let (top, bottom) = (plot.at.y, plot.at.y + plot.at.height);
        let spread = labels::spread(&heights, ROW, top, bottom);
        let lead = |(&end, y): (&Point, f32)| (end, [x, y]);
        ends.iter().zip(spread).map(lead).collect()
    }
}
