//! The y axis: from 0, in round steps.

use crate::trend::with_minus;
use crate::value::Value;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

/// The y axis.
pub(super) struct Axis {
    /// The numbers at its lines, from the lowest up; two at least, and 0 among them.
    pub ticks: Vec<Decimal>,
}

/// About as many steps as an axis has.
const STEPS: u32 = 5;

impl Axis {
    /// An axis that all these numbers fit on.
    pub fn over(values: impl Iterator<Item = Value>) -> Self {
        let numbers: Vec<Decimal> = values.filter_map(Value::decimal).collect();
        let whole = numbers.iter().all(|number| number.fract().is_zero());
        let zero = Decimal::ZERO;
        let low = numbers.iter().fold(zero, |low, &number| low.min(number));
        let mut high = numbers.iter().fold(zero, |high, &number| high.max(number));
        // Some few 件 shall not look like many, and nothing has parts of a 件.
        if whole && high - low < Decimal::from(4) {
            high = low + Decimal::from(4);
        }
        let step = round_step((high - low) / Decimal::from(STEPS), whole);
        let first = (low / step).floor();
        let last = (high / step).ceil();
        let count = (last - first).to_u32().unwrap_or(1).max(1);
        let tick = |at: u32| (first + Decimal::from(at)) * step;
        Self {
            ticks: (0..=count).map(tick).collect(),
        }
    }

    /// How far up a number stands, from 0 at the lowest line to 1 at the highest.
    pub fn height(&self, number: Decimal) -> f32 {
        let float = |number: Decimal| number.to_f64().unwrap_or_default();
        let low = float(self.ticks[0]);
        let high = float(self.ticks[self.ticks.len() - 1]);
        ((float(number) - low) / (high - low)) as f32
    }

    /// What is written at each line: 万 and 亿 where they leave nothing out.
    pub fn words(&self) -> Vec<String> {
        let largest = self.ticks.iter().map(Decimal::abs).max();
        let units = [
            (Decimal::from(100_000_000), "亿"),
            (Decimal::from(10_000), "万"),
        ];
        let unit = units.into_iter().find(|&(unit, _)| {
            largest.is_some_and(|largest| largest >= unit * Decimal::TEN)
                && self.ticks.iter().all(|tick| (tick % unit).is_zero())
        });
        let words = |tick: &Decimal| match unit {
            Some((unit, name)) if !tick.is_zero() => {
                format!("{}{name}", with_minus((tick / unit).normalize()))
            }
            _ => with_minus(tick.normalize()),
        };
        self.ticks.iter().map(words).collect()
    }
}

/// The least of 1, 2, 5, 10, 20, … and their tenths that is as large.
fn round_step(least: Decimal, whole: bool) -> Decimal {
    let mut power = Decimal::ONE;
    while power * Decimal::TEN <= least {
        power *= Decimal::TEN;
    }
    while power > least && !whole {
        power /= Decimal::TEN;
    }
    let steps = [1, 2, 5].map(|times| Decimal::from(times) * power);
    let found = steps.into_iter().find(|&step| step >= least);
    found.unwrap_or(power * Decimal::TEN)
}

#[cfg(test)]
mod tests {
    use super::Axis;
    use crate::value::Value;

    fn words(values: &[&str]) -> String {
        let values = values
            .iter()
            .map(|value| Value::Amount(value.parse().unwrap()));
        Axis::over(values).words().join(" ")
    }

    #[test]
    fn steps_are_round() {
        assert_eq!(words(&[]), "0 1 2 3 4");
        assert_eq!(words(&["0", "0.00"]), "0 1 2 3 4");
        assert_eq!(words(&["1"]), "0 1 2 3 4");
        assert_eq!(words(&["5"]), "0 1 2 3 4 5");
        assert_eq!(words(&["74", "3"]), "0 20 40 60 80");
        assert_eq!(words(&["0.5"]), "0 0.1 0.2 0.3 0.4 0.5");
        assert_eq!(words(&["-7", "12"]), "−10 −5 0 5 10 15");
        assert_eq!(words(&["-3"]), "−3 −2 −1 0 1");
        assert_eq!(words(&["12345"]), "0 5000 10000 15000");
        assert_eq!(words(&["440000"]), "0 10万 20万 30万 40万 50万");
        assert_eq!(
            words(&["999999999999"]),
            "0 2000亿 4000亿 6000亿 8000亿 10000亿"
        );
    }
}
