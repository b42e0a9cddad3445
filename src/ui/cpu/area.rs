//! Rectangles of whole pixels.

use egui::Rect;

/// From `left` and `top` up to, not including, `right` and `bottom`, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    pub left: i32,
    pub top: i32,
    pub right: i32,
    pub bottom: i32,
}

impl Area {
    /// Everything of this size.
    pub fn of_size([width, height]: [usize; 2]) -> Self {
        Self {
            left: 0,
            top: 0,
            right: i32::try_from(width).unwrap_or(i32::MAX),
            bottom: i32::try_from(height).unwrap_or(i32::MAX),
        }
    }

    /// The pixels to which a clip rectangle in points leads, as OpenGL's scissors have them.
    pub fn clip(rect: Rect, scale: f32) -> Self {
        Self {
            left: (rect.left() * scale).round() as i32,
            top: (rect.top() * scale).round() as i32,
            right: (rect.right() * scale).round() as i32,
            bottom: (rect.bottom() * scale).round() as i32,
        }
    }

    /// Every pixel on which a rectangle in points may leave a trace, its soft edge included.
    pub fn around(rect: Rect, scale: f32) -> Self {
        const SOFT: f32 = 2.0;
        Self {
            left: (rect.left() * scale - SOFT).floor() as i32,
            top: (rect.top() * scale - SOFT).floor() as i32,
            right: (rect.right() * scale + SOFT).ceil() as i32,
            bottom: (rect.bottom() * scale + SOFT).ceil() as i32,
        }
    }

    pub fn is_empty(self) -> bool {
        self.left >= self.right || self.top >= self.bottom
    }

    pub fn intersect(self, other: Self) -> Self {
        Self {
            left: self.left.max(other.left),
            top: self.top.max(other.top),
            right: self.right.min(other.right),
            bottom: self.bottom.min(other.bottom),
        }
    }
}
