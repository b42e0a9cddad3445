//! Lengths: points become the millimetres of the format, in thousandths.

use std::fmt;

/// A length in micrometres, written as millimetres.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Length(i64);

impl Length {
    /// From points.
    pub fn points(points: f32) -> Self {
        const MICROMETRES: f64 = 25_400.0 / 72.0;
        Self((f64::from(points) * MICROMETRES).round() as i64)
    }

    /// From an earlier place to this one.
    pub fn since(self, earlier: Self) -> Self {
        Self(self.0 - earlier.0)
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, size) = (if self.0 < 0 { "-" } else { "" }, self.0.unsigned_abs());
        let (whole, rest) = (size / 1000, size % 1000);
        match rest {
            0 => write!(f, "{sign}{whole}"),
            rest if rest % 100 == 0 => write!(f, "{sign}{whole}.{}", rest / 100),
            rest if rest % 10 == 0 => write!(f, "{sign}{whole}.{:02}", rest / 10),
            rest => write!(f, "{sign}{whole}.{rest:03}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Length;

    #[test]
    fn lengths_are_written_without_needless_digits() {
        let written = |points| Length::points(points).to_string();
        assert_eq!(written(72.0), "25.4");
        assert_eq!(written(0.0), "0");
        assert_eq!(written(-0.72), "-0.254");
        assert_eq!(written(0.02835), "0.01");
        assert_eq!(written(595.28), "210.002");
        assert_eq!(
            Length::points(72.0).since(Length::points(36.0)).to_string(),
            "12.7"
        );
    }
}
