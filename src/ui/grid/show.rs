//! A table on the screen: layout, keys, pointer, painting, the text field, names.

use super::beside::Beside;
use super::event::GridEvent;
use super::field::text_field;
use super::keys::keys;
use super::names::name_cells;
use super::size::Size;
use super::state::{GridState, Layout};
use super::view::{Pane, View, layout, view_pane};
use super::{paint, pointer};
use crate::form::{CellIx, GridCell, Table};
use crate::ui::session::Session;
use egui::{Rect, Sense, Ui, Vec2};

/// Shows a table and lets the clerk work in it; returns what it cannot do itself.
pub fn show(
    ui: &mut Ui,
    state: &mut GridState,
    session: &mut Session,
    table: usize,
    size: Size,
    beside: &Beside<'_>,
) -> Vec<GridEvent> {
    let mut events = Vec::new();
    let form = session.form().clone();
    let table = &form.tables[table];
    layout(ui, state, session, table, size, beside.last_year);
    let Some(Layout { tracks, .. }) = &state.layout else {
        return events;
    };
    let tracks = tracks.clone();

    let (rect, response) =
        ui.allocate_exact_size(tracks.size() + Vec2::splat(1.0), Sense::click_and_drag());
    let view = View::of(ui, rect, &tracks, table);
    keys(ui, state, session, table, &mut events);
    pointer::pointer(&response, &view, state, session, table);

    let pairs = view.cells(session, table);
    paint_cells(ui, state, session, table, &view, &pairs, beside);
    name_cells(ui, session, &pairs, beside);
    // The text field lies over the active cell: a right click there is meant for the table as well.
    let response = match text_field(ui, state, session, table, &view) {
        Some(field) => response.union(field),
        None => response,
    };
    pointer::menu(&response, state, session, table, &mut events);
    if std::mem::take(&mut state.want_scroll)
        && let Some(slot) = state.end.or(state.active)
    {
        ui.scroll_to_rect(
            view.with_frozen(view.rect_of(&table.grid.cells[slot]), table),
            None,
        );
    }
    events
}

/// Paints the cells in sight, heads and labels over what scrolls below them.
fn paint_cells(
    ui: &Ui,
    state: &GridState,
    session: &Session,
    table: &Table,
    view: &View<'_>,
    pairs: &[(&GridCell, Rect)],
    beside: &Beside<'_>,
) {
    let selected: Vec<CellIx> = match state.end {
        Some(_) => state.selected(session.report(), table).concat(),
        None => Vec::new(),
    };
    let look = paint::Look {
        session,
        selected: &selected,
        label_cols: table.label_cols,
        size: state.size,
        beside,
        active: state.active.map(|slot| {
            let cell = &table.grid.cells[slot];
            (cell, table.grid.block_around(cell))
        }),
        typed_over: state
            .is_typing()
            .then(|| state.active_cell(table))
            .flatten(),
    };
    let painter = ui.painter().clone();
    let of_pane = |pane| {
        pairs
            .iter()
            .filter(move |(cell, _)| view_pane(table, cell) == pane)
            .map(|&(cell, rect)| (cell, rect))
            .collect::<Vec<_>>()
    };
    for pane in [Pane::Body, Pane::Labels, Pane::Heads, Pane::Corner] {
        let cells = of_pane(pane);
        for (cell, rect) in &cells {
            paint::cell(&painter, cell, *rect, &look);
        }
        paint::rules(&painter, &cells);
    }
    let body = painter.with_clip_rect(view.body_clip());
    for &(cell, rect) in pairs {
        paint::suspect(&body, cell, rect, beside);
    }
    if let Some(slot) = state.active {
        let rect = view.rect_of(&table.grid.cells[slot]);
        paint::active(&painter.with_clip_rect(view.body_clip().expand(1.5)), rect);
    }
}
