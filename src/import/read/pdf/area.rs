//! Rectangles on a page.

/// A rectangle on the page.
#[derive(Clone, Copy, Debug)]
pub(in crate::import::read) struct Area {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Area {
    /// All there is.
    pub const ALL: Self = Self {
        left: f64::MIN,
        top: f64::MIN,
        right: f64::MAX,
        bottom: f64::MAX,
    };

    /// The smallest one around these points.
    pub fn around(points: impl Iterator<Item = (f64, f64)>) -> Option<Self> {
        points.fold(None, |area: Option<Self>, (x, y)| {
            let area = area.unwrap_or(Self {
                left: x,
                top: y,
                right: x,
                bottom: y,
            });
            Some(Self {
                left: area.left.min(x),
                top: area.top.min(y),
                right: area.right.max(x),
                bottom: area.bottom.max(y),
            })
        })
    }

    /// What both have.
    pub fn within(self, other: Self) -> Self {
        Self {
            left: self.left.max(other.left),
            top: self.top.max(other.top),
            right: self.right.min(other.right),
            bottom: self.bottom.min(other.bottom),
        }
    }

    pub fn holds(&self, (x, y): (f64, f64)) -> bool {
        (self.left..=self.right).contains(&x) && (self.top..=self.bottom).contains(&y)
    }

    pub fn touches(&self, other: &Self) -> bool {
        let both = self.within(*other);
        both.left <= both.right && both.top <= both.bottom
    }
}
