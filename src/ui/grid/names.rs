//! The names under which cells are known to egui and to screen readers.

use super::beside::Beside;
use crate::check::level_name;
use crate::form::{CellIx, Content, GridCell, Level, Table, with_year};
use crate::ui::session::{Mark, Session};
use egui::accesskit::Role;
use egui::{Id, Rect, Sense, Ui};

/// The id of a table's text field: one for all its cells. With one for each cell the keyboard would have to follow from one
/// to the next, and egui takes a key of the frame between for itself.
pub fn editor_id(table: &Table) -> Id {
    Id::unique(("cell editor", &table.id))
}

/// The id under which a cell is known to egui.
pub fn cell_id(session: &Session, ix: CellIx) -> Id {
    Id::unique(("cell", &session.form().id, &session.form().cell(ix).id))
}

/// A cell's name for screen readers, e.g. `表三 （一）予以公开 自然人`.
pub fn spoken_name(session: &Session, ix: CellIx) -> String {
    with_year(&session.form().full_name(ix), session.report().year()).replace(" · ", " ")
}

/// Tells screen readers (and tests) of every number in sight.
pub fn name_cells(ui: &Ui, session: &Session, cells: &[(&GridCell, Rect)], beside: &Beside<'_>) {
    let ctx = ui.ctx();
    if ctx.accesskit_node_builder(ui.unique_id(), |_| ()).is_none() {
        return;
    }
    for (cell, rect) in cells {
        let Content::Value(ix) = cell.content else {
            continue;
        };
        let id = cell_id(session, ix);
        let input = !session.form().cell(ix).computed;
        let response = ui.interact(*rect, id, Sense::hover());
        response.widget_info(|| {
            egui::WidgetInfo::labeled(Role::GridCell, input, spoken_name(session, ix))
        });
        ctx.accesskit_node_builder(id, |node| {
            node.set_value(session.shown(ix));
            node.set_row_index(cell.row);
            node.set_column_index(cell.col);
            node.set_row_span(cell.rows);
            node.set_column_span(cell.cols);
            let description = description(session, ix, beside);
            if !description.is_empty() {
                node.set_description(description);
            }
            if session.mark(ix) == Mark::Error {
                node.set_invalid(egui::accesskit::Invalid::True);
            }
            if !input {
                node.set_read_only();
            }
        });
    }
}

/// What the picture says of a cell besides its number.
fn description(session: &Session, ix: CellIx, beside: &Beside<'_>) -> String {
    let mut words = Vec::new();
    // Linux hands screen readers neither the value of a cell nor that it is marked; Windows does.
    if cfg!(target_os = "linux") {
        let shown = session.shown(ix);
        words.push(if shown.is_empty() { "空白" } else { shown }.to_owned());
        let mark = match session.mark(ix) {
            Mark::Error => Some(Level::Error),
            Mark::Query => Some(Level::Query),
            Mark::None => None,
        };
        words.extend(mark.map(|level| level_name(level).to_owned()));
    }
    if !session.last(ix).is_empty() {
        words.push(format!("上年 {}", session.last(ix)));
    }
    if beside.suspects.contains(&ix) {
        words.push("可能填错".to_owned());
    }
    if beside.changed.contains(&ix) {
        words.push("刚改过".to_owned());
    }
    words.join("，")
}
