//! Column widths and row heights of a table on the screen.

use crate::form::{Grid, shared_widths};

/// The edges of a table's columns and rows, in points from its top left corner.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tracks {
    /// `xs[c]..xs[c + 1]` is column `c`.
    pub xs: Vec<f32>,
    /// `ys[r]..ys[r + 1]` is row `r`; rows that the report does not show have no height.
    pub ys: Vec<f32>,
}

impl Tracks {
    /// Columns in the form's proportions, on whole points so that rules stay sharp.
    pub fn columns(widths: &[u32], total: f32) -> Vec<f32> {
        let sum: u32 = widths.iter().sum();
        let mut passed = 0;
        let mut xs = vec![0.0];
        for width in widths {
            passed += width;
            xs.push((total * passed as f32 / sum.max(1) as f32).round());
        }
        xs
    }

    /// Widens columns to what stands in them (`needs`, from the left), as [`shared_widths`] does.
    pub fn widened(xs: &[f32], needs: &[f32], label_cols: usize) -> Vec<f32> {
        let widths: Vec<f32> = xs.windows(2).map(|edge| edge[1] - edge[0]).collect();
        let widths = shared_widths(&widths, needs, label_cols);
        let mut at = xs.first().copied().unwrap_or(0.0);
        let mut edges = vec![at];
        for width in widths {
            at += width;
            edges.push(at.round());
        }
        edges
    }

    /// Rows high enough for what stands in them. `need(slot, width)` is the height that a cell wants at a width; rows
    /// that are not shown get none.
    pub fn rows(
        grid: &Grid,
        xs: &[f32],
        least: f32,
        shows_row: impl Fn(usize) -> bool,
        mut need: impl FnMut(usize, f32) -> f32,
    ) -> Vec<f32> {
        let mut heights: Vec<f32> = (0..grid.rows.len())
            .map(|row| if shows_row(row) { least } else { 0.0 })
            .collect();
        // Cells of one row first; tall ones then add what is still lacking to their last row.
        for tall in [false, true] {
            for (slot, cell) in grid.cells.iter().enumerate() {
                if (cell.rows > 1) != tall || !shows_row(cell.row) {
                    continue;
                }
                let rows = cell.row..cell.row + cell.rows;
                let lacking = need(slot, xs[cell.col + cell.cols] - xs[cell.col])
                    - heights[rows.clone()].iter().sum::<f32>();
                if lacking > 0.0 {
                    heights[rows.end - 1] += lacking.ceil();
                }
            }
        }
        let mut ys = vec![0.0];
        for height in heights {
            ys.push(ys[ys.len() - 1] + height);
        }
        ys
    }

    /// The place of a cell of the grid.
    pub fn rect(&self, cell: &crate::form::GridCell) -> egui::Rect {
        egui::Rect::from_min_max(
            egui::pos2(self.xs[cell.col], self.ys[cell.row]),
            egui::pos2(self.xs[cell.col + cell.cols], self.ys[cell.row + cell.rows]),
        )
    }

    /// The size of the whole table.
    pub fn size(&self) -> egui::Vec2 {
        egui::vec2(
            self.xs.last().copied().unwrap_or(0.0),
            self.ys.last().copied().unwrap_or(0.0),
        )
    }

    /// The row and column at a point inside the table.
    pub fn at(&self, point: egui::Vec2) -> Option<(usize, usize)> {
        let find = |edges: &[f32], at: f32| {
            let next = edges.partition_point(|&edge| edge <= at);
            (next > 0 && next < edges.len()).then(|| next - 1)
        };
        Some((find(&self.ys, point.y)?, find(&self.xs, point.x)?))
    }
}
