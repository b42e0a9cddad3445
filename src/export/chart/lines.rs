//! The lines of a chart with their names and numbers.

use super::labels::{self, Around, Wish};
use super::layout::{MARGIN, Plot};
use super::measure::Measure;
use super::{Anchor, Dot, INK, Item, PAPER, Point, Rgb, Shape, Strip, Text};
use crate::export::typeset::Rect;
use crate::trend::Chart;
use crate::value::Value;

/// Size of the lines' names.
const NAME_SIZE: f32 = 12.0;
/// Size of the numbers at the dots.
const NUMBER_SIZE: f32 = 10.5;
/// How far numbers reach above the highest line across.
const ABOVE: f32 = 18.0;
/// How much of a line is covered on either side of a number that stands on it.
const COVER: f32 = 1.5;
/// How broad lines are.
const BREADTH: f32 = 2.0;
/// How far dots reach.
const RADIUS: f32 = 3.6;
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

/// Dark enough for words on white, and told apart by most who see few colours.
const COLORS: [Rgb; 6] = [
    [0x1A, 0x56, 0xB4],
    [0xBF, 0x4B, 0x0B],
    [0x1B, 0x78, 0x4B],
    [0x7A, 0x3E, 0x9D],
    [0x85, 0x63, 0x00],
    [0x47, 0x55, 0x69],
];
const SHAPES: [Shape; 6] = [
    Shape::Disc,
    Shape::Square,
    Shape::Up,
    Shape::Diamond,
    Shape::Down,
    Shape::Ring,
];
const DASHES: [&[f32]; 3] = [&[], &[7.0, 3.0], &[2.5, 2.5]];

/// What a line looks like.
#[derive(Clone, Copy)]
struct Look {
    color: Rgb,
    shape: Shape,
    dash: &'static [f32],
}

fn look(line: usize) -> Look {
    Look {
        color: COLORS[line % COLORS.len()],
        shape: SHAPES[(line + line / SHAPES.len()) % SHAPES.len()],
        dash: DASHES[line % DASHES.len()],
    }
}

impl Look {
    fn dot(self, at: Point) -> Dot {
        Dot {
            at,
            shape: self.shape,
            radius: RADIUS,
            color: self.color,
        }
    }
}

/// The lines' names: at the lines' ends where each has one and there is room, else in a legend.
pub(super) struct Names {
    /// Each name with its width.
    names: Vec<(String, f32)>,
    at_ends: bool,
    /// In a legend: where each stands, from the left and in which row.
    places: Vec<(f32, usize)>,
}

impl Names {
    pub fn of(chart: &Chart, room: f32, measure: &mut Measure) -> Self {
        let mut fit = |line: &crate::trend::Line| {
            // Half the width, so that a row has two names at least.
            let most = room / 2.0 - SAMPLE.0 - SAMPLE.1;
            let mut name = line.name.clone();
            if line.values.iter().all(|value| value.is_blank()) {
                name += "（没有数字）";
            }
            let name = measure.shortened(&name, NAME_SIZE, false, most);
            let width = measure.width(&name, NAME_SIZE, false);
            (name, width)
        };
        let names: Vec<(String, f32)> = chart.lines.iter().map(&mut fit).collect();
        let ends = |line: &crate::trend::Line| line.values.last().is_some_and(|v| !v.is_blank());
        let at_ends = chart.lines.iter().all(ends)
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
            items.push(strip(line, sample));
            let dot = look(line).dot([x + (SAMPLE.0 - 8.0) / 2.0, middle]);
            items.push(Item::Dot(dot));
            let at = [x + SAMPLE.0, y];
            let text = measure.text(name, NAME_SIZE, INK, at, Anchor::Start);
            items.push(Item::Text(text));
        }
    }

    fn paint_at_ends(&self, plot: &Plot, measure: &mut Measure, items: &mut Vec<Item>) {
        let x = plot.at.x + plot.at.width + LEAD;
        let ends = ends(plot);
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
    fn leads(&self, plot: &Plot, ends: &[Point]) -> Vec<(Point, Point)> {
        if !self.at_ends {
            return Vec::new();
        }
        let x = plot.at.x + plot.at.width + LEAD;
        let heights: Vec<f32> = ends.iter().map(|[_, y]| *y).collect();
        let (top, bottom) = (plot.at.y, plot.at.y + plot.at.height);
        let apart = labels::apart(&heights, ROW, top, bottom);
        let lead = |(&end, y): (&Point, f32)| (end, [x, y]);
        ends.iter().zip(apart).map(lead).collect()
    }
}

/// The dots of each line, by year.
fn dots(plot: &Plot) -> Vec<Vec<Option<Point>>> {
    let place = |(year, value): (usize, &Value)| {
        let number = value.decimal()?;
        Some([plot.x(year), plot.y(number)])
    };
    let years = plot.chart.years.len();
    let lines = plot.chart.lines.iter();
    lines
        .map(|line| {
            line.values
                .iter()
                .take(years)
                .enumerate()
                .map(place)
                .collect()
        })
        .collect()
}

/// The last dot of each line.
fn ends(plot: &Plot) -> Vec<Point> {
    let lines = dots(plot);
    lines
        .iter()
        .filter_map(|line| line.iter().rev().copied().flatten().next())
        .collect()
}

fn strip(line: usize, points: Vec<Point>) -> Item {
    let look = look(line);
    Item::Strip(Strip {
        points,
        width: BREADTH,
        dash: look.dash,
        color: look.color,
    })
}

/// Paints the lines, their dots and as many of their numbers as have room.
pub(super) fn paint(plot: &Plot, names: &Names, measure: &mut Measure, items: &mut Vec<Item>) {
    let lines = dots(plot);
    // Dashed lines lie on those without gaps, so that both are seen where they run together.
    for (line, dots) in lines.iter().enumerate() {
        for run in dots.split(Option::is_none).filter(|run| run.len() > 1) {
            items.push(strip(line, run.iter().copied().flatten().collect()));
        }
    }
    let numbers = numbers(plot, &lines, names, items, measure);
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
}

/// The numbers that have room, each with whether it covers a line.
fn numbers(
    plot: &Plot,
    lines: &[Vec<Option<Point>>],
    names: &Names,
    items: &[Item],
    measure: &mut Measure,
) -> Vec<(Text, bool)> {
    let mut wishes: Vec<Wish> = Vec::new();
    let mut texts: Vec<(String, Rgb)> = Vec::new();
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
            let words = plot.chart.lines[line].values[year].to_string();
            // Lines that meet have one number.
            let mut known = wishes.iter().zip(&mut texts);
            if let Some((_, same)) = known.find(|(wish, (of, _))| wish.at == at && *of == words) {
                same.1 = INK;
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
            wishes.push(Wish { at, size, below });
            texts.push((words, look(line).color));
        }
    }
    let mut segments = names.leads(plot, &ends(plot));
    for dots in lines {
        let pairs = dots
            .windows(2)
            .filter_map(|pair| Some((pair[0]?, pair[1]?)));
        segments.extend(pairs);
    }
    let around = Around {
        room: Rect {
            x: plot.at.x + 2.0,
            y: plot.at.y - ABOVE,
            width: plot.right - plot.at.x - 2.0,
            height: plot.at.height + ABOVE - 1.0,
        },
        taken,
        lines: &segments,
    };
    let placed = labels::beside(&wishes, around);
    let number = |(at, (words, color)): (Option<(Rect, bool)>, (String, Rgb))| {
        let (at, covers) = at?;
        // Held in the middle: over its dot in any font that an SVG is shown in.
        let base = [at.x + at.width / 2.0, at.y + 0.86 * NUMBER_SIZE];
        Some((
            measure.text(&words, NUMBER_SIZE, color, base, Anchor::Middle),
            covers,
        ))
    };
    placed.into_iter().zip(texts).filter_map(number).collect()
}
