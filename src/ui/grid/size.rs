//! How large a table is drawn.

use crate::ui::theme;
use egui::Vec2;

/// How large a table is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    /// The table's width in points.
    pub width: f32,
    /// Letters and what is around them, as a share of their usual size.
    pub scale: f32,
    /// How much of the usual room there is above and below the words of a row: 1 all of it, 0 as little as can be read.
    pub air: f32,
}

impl Default for Size {
    fn default() -> Self {
        Self {
            width: theme::TABLE_WIDTH,
            scale: 1.0,
            air: 1.0,
        }
    }
}

impl Size {
    /// The size of numbers.
    pub fn number(&self) -> f32 {
        theme::NUMBER_SIZE * self.scale
    }

    /// The size of labels and heads.
    pub fn label(&self) -> f32 {
        theme::LABEL_SIZE * self.scale
    }

    /// The size of last year's numbers.
    pub fn last_year(&self) -> f32 {
        theme::LAST_YEAR_SIZE * self.scale
    }

    /// Between a cell's rule and its words.
    pub fn padding(&self) -> Vec2 {
        let Vec2 { x, y } = theme::CELL_PADDING * self.scale;
        /// Rules and letters do not touch.
        const LEAST: f32 = 0.25;
        Vec2::new(x, y * egui::lerp(LEAST..=1.0, self.air))
    }

    /// The lowest row.
    pub fn row(&self) -> f32 {
        let row = egui::lerp(theme::TIGHT_ROW_HEIGHT..=theme::ROW_HEIGHT, self.air);
        let row = (row * self.scale).round();
        // Lower ones are hit badly with a mouse.
        if self.air < 1.0 {
            row.max(theme::TIGHT_ROW_HEIGHT)
        } else {
            row
        }
    }
}
