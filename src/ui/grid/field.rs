//! The live text field over the active cell, and why something typed was refused.

use super::editor::Mode;
use super::names::{cell_id, editor_id};
use super::size::Size;
use super::state::GridState;
use super::view::View;
use crate::form::{CellIx, Table};
use crate::ui::input_method;
use crate::ui::read_out::read_out;
use crate::ui::session::Session;
use crate::ui::theme;
use egui::{Align2, Event, EventFilter, Id, Rect, Sense, Ui, Vec2};

/// Keys that move in the table and not out of the field.
const FILTER: EventFilter = EventFilter {
    tab: true,
    horizontal_arrows: true,
    vertical_arrows: true,
    escape: true,
};

/// The live text field over the active cell: there even before typing, so that the first key is not lost.
pub fn text_field(
    ui: &mut Ui,
    state: &mut GridState,
    session: &mut Session,
    table: &Table,
    view: &View<'_>,
) -> Option<egui::Response> {
    let (Some(slot), Some(ix)) = (state.active, state.active_cell(table)) else {
        return None;
    };
    let rect = view.rect_of(&table.grid.cells[slot]);
    let id = editor_id(table);
    if state.field_over.replace(slot) != Some(slot) {
        // The caret and what could be undone belong to the text of the cell that was left.
        egui::text_edit::TextEditState::default().store(ui.ctx(), id);
    }
    if session.form().cell(ix).computed {
        computed_field(ui, state, id, rect);
        read_cell(ui, id, session, ix, true);
        return None;
    }
    if std::mem::take(&mut state.want_caret_at_end) {
        move_caret_to_end(ui, id, &state.editor.text);
    }
    let ready = state.editor.mode == Mode::Ready;
    let size = state.size;
    let output = field_ui(ui, &mut state.editor.text, id, (rect, size), ready, view);
    read_cell(ui, id, session, ix, ready);
    let response = output.response.response;
    if response.has_focus() {
        input_method::not_wanted(ui);
    }
    if response.changed() {
        state.editor.refused = None;
        if ready && !state.editor.text.is_empty() {
            state.editor.mode = Mode::Typing;
        }
    }
    if response.double_clicked() && ready {
        state.begin_edit(session, table);
    }
    if response.lost_focus() && state.is_typing() {
        state.commit(session, table);
    }
    if let Some(reason) = &state.editor.refused {
        refusal(ui, rect, reason);
    }
    Some(response)
}

/// The keyboard stays in this one field; what is read out is the cell that it lies over, until something is typed.
fn read_cell(ui: &Ui, id: Id, session: &Session, cell: CellIx, ready: bool) {
    ui.ctx().accesskit_node_builder(id, |node| {
        // Not the cell's name, which has just been read out, and which would be so once more as the next one takes its
        // place.
        node.set_label("填写");
        node.set_author_id(session.form().cell(cell).id.as_str());
        if ready {
            node.set_active_descendant(cell_id(session, cell).accesskit_id());
        }
    });
}

fn move_caret_to_end(ui: &Ui, id: Id, text: &str) {
    use egui::text::{CCursor, CCursorRange};
    let mut field = egui::text_edit::TextEditState::load(ui.ctx(), id).unwrap_or_default();
    field
        .cursor
        .set_char_range(Some(CCursorRange::one(CCursor::new(text.chars().count()))));
    field.store(ui.ctx(), id);
}

/// The field itself. Before anything is typed (`ready`) it is not seen.
fn field_ui(
    ui: &mut Ui,
    text: &mut String,
    id: Id,
    (rect, size): (Rect, Size),
    ready: bool,
    view: &View<'_>,
) -> egui::text_edit::TextEditOutput {
    // A number that is being typed may need more room than its cell has; it grows to the left.
    let inner = rect.shrink2(Vec2::new(size.padding().x - 1.0, 0.0));
    ui.scope_builder(
        egui::UiBuilder::new().max_rect(inner).id_salt("editor"),
        |ui| {
            // Before anything is typed the pointer goes through to the table, which selects and drags.
            ui.set_clip_rect(match ready {
                true => Rect::from_min_size(rect.min, Vec2::ZERO),
                false => view.body_clip().intersect(rect.expand(1.0)),
            });
            ui.spacing_mut().interact_size.y = inner.height();
            if ready {
                ui.visuals_mut().text_cursor.stroke.color = egui::Color32::TRANSPARENT;
            }
            egui::TextEdit::singleline(text)
                .id(id)
                .frame(egui::Frame::NONE)
                .margin(egui::Margin::ZERO)
                .font(theme::regular(size.number()))
                .align(Align2::RIGHT_CENTER)
                .desired_width(inner.width())
                .min_size(inner.size())
                .return_key(None)
                .event_filter(FILTER)
                .show(ui)
        },
    )
    .inner
}

/// A computed cell takes the keyboard too, so that the arrows pass over it, but no text.
fn computed_field(ui: &Ui, state: &mut GridState, id: Id, rect: Rect) {
    let response = ui.interact(rect, id, Sense::focusable_noninteractive());
    if !response.has_focus() {
        state.editor.refused = None;
        return;
    }
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, FILTER));
    let typed = ui.input(|input| {
        input
            .events
            .iter()
            .any(|event| matches!(event, Event::Text(text) if !text.trim().is_empty()))
    });
    if typed {
        state.editor.refused = Some("这一格由程序自动计算，不用填".to_owned());
    }
    if let Some(reason) = &state.editor.refused {
        refusal(ui, rect, reason);
    }
}

/// The reason why something typed was refused, right below its cell.
fn refusal(ui: &Ui, rect: Rect, reason: &str) {
    let id = Id::unique("refused");
    egui::Area::new(id)
        .order(egui::Order::Foreground)
        .fixed_pos(rect.left_bottom() + Vec2::new(0.0, 3.0))
        .show(ui.ctx(), |ui| {
            egui::Frame::popup(ui.style())
                .fill(theme::ERROR_FILL)
                .show(ui, |ui| {
                    ui.set_max_width(300.0);
                    read_out(&ui.colored_label(theme::ERROR, reason), reason);
                });
        });
}
