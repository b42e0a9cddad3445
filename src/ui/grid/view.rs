//! Where a table's cells stand on the screen: row heights, scrolling, heads and labels that stay in sight.

use super::paint;
use super::state::{GridState, Layout, LayoutKey};
use super::tracks::Tracks;
use crate::form::{GridCell, Table};
use crate::ui::session::Session;
use crate::ui::theme;
use egui::{Rect, Ui, Vec2};

/// Works out row heights if anything that they depend on has changed.
pub(super) fn layout(ui: &Ui, state: &mut GridState, session: &Session, table: &Table, width: f32) {
    let report = session.report();
    let key = LayoutKey {
        form: session.form().id.clone(),
        width,
        pixels_per_point: ui.pixels_per_point(),
        year: report.year(),
        additions: report.additions().collect(),
    };
    if state
        .layout
        .as_ref()
        .is_some_and(|layout| layout.key == key)
    {
        return;
    }
    let xs = Tracks::columns(&table.widths, width);
    let shows =
        |row: usize| table.grid.rows[row].is_none_or(|addition| report.has_addition(addition));
    let need = |slot: usize, width: f32| {
        paint::needed_height(
            ui.painter(),
            &table.grid.cells[slot],
            table.label_cols,
            report.year(),
            width,
        )
    };
    let ys = Tracks::rows(&table.grid, &xs, theme::ROW_HEIGHT, shows, need);
    state.layout = Some(Layout {
        key,
        tracks: Tracks { xs, ys },
    });
}

/// Which part of the table scrolls which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pane {
    Body,
    /// Row labels: stay at the left.
    Labels,
    /// Column heads: stay at the top.
    Heads,
    Corner,
}

pub(super) fn view_pane(table: &Table, cell: &GridCell) -> Pane {
    match (cell.row < table.head_rows, cell.col < table.label_cols) {
        (false, false) => Pane::Body,
        (false, true) => Pane::Labels,
        (true, false) => Pane::Heads,
        (true, true) => Pane::Corner,
    }
}

/// Where the table stands on the screen at this moment.
pub(super) struct View<'a> {
    table: &'a Table,
    tracks: &'a Tracks,
    clip: Rect,
    origin: egui::Pos2,
    /// How far heads and labels are pushed back into sight.
    frozen: Vec2,
    /// Whether labels (x) and heads (y) stay in sight at all.
    freezes: egui::Vec2b,
}

impl<'a> View<'a> {
    pub(super) fn of(ui: &Ui, rect: Rect, tracks: &'a Tracks, table: &'a Table) -> Self {
        let clip = ui.clip_rect();
        let heads = tracks.ys[table.head_rows];
        let labels = tracks.xs[table.label_cols];
        // Frozen parts must leave room for what they describe.
        let freezes = egui::Vec2b::new(labels < clip.width() / 2.0, heads < clip.height() / 2.0);
        let push = |size: f32, start: f32, begin: f32, end: f32| {
            (begin - start)
                .clamp(0.0, (end - start - size).max(0.0))
                .round()
        };
        let mut frozen = Vec2::ZERO;
        if freezes.x {
            frozen.x = push(labels, rect.left(), clip.left(), rect.right());
        }
        if freezes.y {
            frozen.y = push(heads, rect.top(), clip.top(), rect.bottom());
        }
        Self {
            table,
            tracks,
            clip,
            origin: rect.min,
            frozen,
            freezes,
        }
    }

    pub(super) fn rect_of(&self, cell: &GridCell) -> Rect {
        let pushed = match view_pane(self.table, cell) {
            Pane::Body => Vec2::ZERO,
            Pane::Labels => Vec2::new(self.frozen.x, 0.0),
            Pane::Heads => Vec2::new(0.0, self.frozen.y),
            Pane::Corner => self.frozen,
        };
        self.tracks
            .rect(cell)
            .translate(self.origin.to_vec2() + pushed)
    }

    /// The cells in sight with their places.
    pub(super) fn cells(&self, session: &Session, table: &'a Table) -> Vec<(&'a GridCell, Rect)> {
        let report = session.report();
        let shows = |cell: &GridCell| {
            table.grid.rows[cell.row].is_none_or(|addition| report.has_addition(addition))
        };
        let all = table
            .grid
            .cells
            .iter()
            .filter(|cell| shows(cell))
            .map(|cell| (cell, self.rect_of(cell)));
        all.filter(|(_, rect)| rect.intersects(self.clip)).collect()
    }

    /// The cell of the grid under a point.
    pub(super) fn slot_at(&self, point: egui::Pos2) -> Option<usize> {
        let mut at = point - self.origin;
        // Heads and labels lie over what scrolls below them.
        if at.y - self.frozen.y < self.tracks.ys[self.table.head_rows] {
            at.y -= self.frozen.y;
        }
        if at.x - self.frozen.x < self.tracks.xs[self.table.label_cols] {
            at.x -= self.frozen.x;
        }
        let (row, col) = self.tracks.at(at)?;
        Some(self.table.grid.covering(row, col))
    }

    /// Where numbers can be seen: right of the labels and below the heads.
    pub(super) fn body_clip(&self) -> Rect {
        let corner = self.origin
            + self.frozen
            + Vec2::new(
                self.tracks.xs[self.table.label_cols],
                self.tracks.ys[self.table.head_rows],
            );
        Rect::from_min_max(self.clip.min.max(corner), self.clip.max)
    }

    /// A cell's place and what must be in sight with it: the frozen heads and labels cover the edge of the view.
    pub(super) fn with_frozen(&self, rect: Rect, table: &Table) -> Rect {
        let margin = Vec2::new(
            if self.freezes.x {
                self.tracks.xs[table.label_cols]
            } else {
                0.0
            },
            if self.freezes.y {
                self.tracks.ys[table.head_rows]
            } else {
                0.0
            },
        );
        Rect::from_min_max(
            rect.min - margin - Vec2::splat(4.0),
            rect.max + Vec2::splat(4.0),
        )
    }
}
