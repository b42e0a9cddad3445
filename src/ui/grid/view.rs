//! Where a table's cells stand on the screen: row heights, scrolling, heads and labels that stay in sight.

use super::paint;
use super::size::Size;
use super::state::{GridState, Layout, LayoutKey};
use super::tracks::Tracks;
use crate::form::{Content, GridCell, Table};
use crate::ui::session::Session;
use egui::{Rect, Ui, Vec2};

/// Works out where columns and rows stand if anything that this depends on has changed.
pub(super) fn layout(
    ui: &Ui,
    state: &mut GridState,
    session: &Session,
    table: &Table,
    size: Size,
    last_year: bool,
) {
    state.size = size;
    let key = LayoutKey::of(ui, session, table, size, last_year);
    if state
        .layout
        .as_ref()
        .is_some_and(|layout| layout.key == key)
    {
        return;
    }
    let tracks = tracks(ui, session, table, &key);
    state.layout = Some(Layout { key, tracks });
}

/// What its height depends on, at whatever size; as long as it is the same, so is [`height`].
pub fn shape(ui: &Ui, session: &Session, table: usize, last_year: bool) -> LayoutKey {
    let table = &session.form().tables[table];
    LayoutKey::of(ui, session, table, Size::default(), last_year)
}

/// How high a table is at a size.
pub fn height(ui: &Ui, session: &Session, table: usize, size: Size, last_year: bool) -> f32 {
    let table = &session.form().tables[table];
    let key = LayoutKey::of(ui, session, table, size, last_year);
    tracks(ui, session, table, &key).size().y
}

impl LayoutKey {
    fn of(ui: &Ui, session: &Session, table: &Table, size: Size, last_year: bool) -> Self {
        let report = session.report();
        Self {
            form: session.form().id.clone(),
            size,
            pixels_per_point: ui.pixels_per_point(),
            year: report.year(),
            needs: needs(session, table, size, last_year),
            additions: report.additions().collect(),
        }
    }
}

fn tracks(ui: &Ui, session: &Session, table: &Table, key: &LayoutKey) -> Tracks {
    let report = session.report();
    let size = key.size;
    let xs = Tracks::columns(&table.widths, size.width);
    let xs = Tracks::widened(&xs, &key.needs, table.label_cols);
    let shows =
        |row: usize| table.grid.rows[row].is_none_or(|addition| report.has_addition(addition));
    let need = |slot: usize, width: f32| {
        let cell = &table.grid.cells[slot];
        paint::needed_height(
            ui.painter(),
            cell,
            table.label_cols,
            report.year(),
            width,
            size,
        )
    };
    let ys = Tracks::rows(&table.grid, &xs, size.row(), shows, need);
    Tracks { xs, ys }
}

/// How wide each column of a table must be for its numbers, with last year's beside them.
fn needs(session: &Session, table: &Table, size: Size, last_year: bool) -> Vec<f32> {
    /// A digit's width as a share of its height; a bold one's is a little more.
    const DIGIT: f32 = 0.59;
    const GAP: f32 = 5.0;
    let long = |words: &str| words.chars().count() as f32 * DIGIT;
    let mut needs = vec![0.0_f32; table.grid.cols];
    for cell in table.grid.cells.iter().filter(|cell| cell.cols == 1) {
        let Content::Value(ix) = cell.content else {
            continue;
        };
        let mut need = long(session.shown(ix)) * size.number() + 2.0 * size.padding().x;
        let last = session.last(ix);
        if last_year && !last.is_empty() && last != "0" {
            need += long(last) * size.last_year() + GAP;
        }
        needs[cell.col] = needs[cell.col].max(need.ceil());
    }
    needs
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
