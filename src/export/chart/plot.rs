//! The room for the lines: where a year and a number stand in it.

use super::axis::Axis;
use super::drawing::Point;
use crate::export::typeset::Rect;
use crate::trend::Chart;
use crate::value::Value;
use rust_decimal::Decimal;

/// Around everything.
pub const MARGIN: f32 = 24.0;

/// From the axis to the first year.
const INSET: f32 = 26.0;

/// From the last year to the end of the lines across.
const INSET_RIGHT: f32 = 16.0;

/// The room for the lines.
pub struct Plot<'a> {
    /// The chart.
    pub chart: &'a Chart,
    /// Its y axis.
    pub axis: Axis,
    /// From the axis to the end of the lines across, from the highest to the lowest.
    pub at: Rect,
    /// Where names and numbers end on the right.
    pub right: f32,
}

impl Plot<'_> {
    /// Where a year stands.
    pub fn x(&self, year: usize) -> f32 {
        let steps = self.chart.years.len().saturating_sub(1).max(1);
        self.at.x + INSET + self.step() * year.min(steps) as f32
    }

    /// From one year to the next.
    pub fn step(&self) -> f32 {
        let steps = self.chart.years.len().saturating_sub(1).max(1);
        (self.at.width - INSET - INSET_RIGHT) / steps as f32
    }

    /// Where a number stands.
    pub fn y(&self, number: Decimal) -> f32 {
        self.at.y + self.at.height * (1.0 - self.axis.height(number))
    }

    /// The dots of each line, by year; none where a number is blank.
    pub fn dots(&self) -> Vec<Vec<Option<Point>>> {
        let place = |(year, value): (usize, &Value)| {
            let number = value.decimal()?;
            Some([self.x(year), self.y(number)])
        };
        let years = self.chart.years.len();
        let series = self.chart.series.iter();
        series
            .map(|series| {
                let values = series.values.iter().take(years);
                values.enumerate().map(place).collect()
            })
            .collect()
    }

    /// The last dot of each line.
    pub fn ends(&self) -> Vec<Point> {
        let lines = self.dots();
        lines
            .iter()
            .filter_map(|line| line.iter().rev().copied().flatten().next())
            .collect()
    }
}
