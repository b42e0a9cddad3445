//! The mouse: choosing, selecting, the menu of the right button, what is told under the pointer.

use super::event::GridEvent;
use super::selection;
use super::state::GridState;
use super::view::View;
use crate::form::{Content, Table};
use crate::report::Edit;
use crate::ui::session::Session;
use egui::{Event, Key, Modifiers, Ui};

/// Does what the pointer asks for.
pub(super) fn pointer(
    response: &egui::Response,
    view: &View<'_>,
    state: &mut GridState,
    session: &mut Session,
    table: &Table,
) {
    // A drag is told only after the pointer has moved; it began where the button went down.
    let origin = response.ctx.input(|input| input.pointer.press_origin());
    let point = match origin.filter(|_| response.drag_started()) {
        Some(origin) => Some(origin),
        None => response.interact_pointer_pos().or(response.hover_pos()),
    };
    let Some(point) = point else { return };
    let Some(slot) = view.slot_at(point) else {
        return;
    };
    let pressed = response.clicked() || response.drag_started() || response.secondary_clicked();
    if !matches!(table.grid.cells[slot].content, Content::Value(_)) {
        if response.clicked()
            && let Some((first, last)) = selection::numbers_of(&table.grid, slot)
            && state.commit(session, table)
        {
            state.go_to(first);
            state.end = Some(last);
        }
        return;
    }
    if response.dragged() && !response.drag_started() {
        state.end = (state.active != Some(slot)).then_some(slot);
    } else if pressed && response.ctx.input(|input| input.modifiers.shift) && state.active.is_some()
    {
        if state.commit(session, table) {
            state.end = (state.active != Some(slot)).then_some(slot);
            state.want_focus = true;
        }
    } else if pressed || response.double_clicked() {
        if state.active == Some(slot) || state.commit(session, table) {
            // A right click on what is selected is about the selection.
            let keeps = response.secondary_clicked() && state.end.is_some();
            if !keeps && (state.active != Some(slot) || state.end.is_some()) {
                state.go_to(slot);
                state.want_scroll = false;
            }
            state.want_focus = true;
            state.tab_start = None;
        }
        if response.double_clicked() && state.active == Some(slot) {
            state.begin_edit(session, table);
        }
    } else if response.hovered() {
        hover(response, session, table, slot);
    }
}

/// The menu of the right button, about the selection.
pub(super) fn menu(
    response: &egui::Response,
    state: &mut GridState,
    session: &mut Session,
    table: &Table,
    events: &mut Vec<GridEvent>,
) {
    response.context_menu(|ui| {
        ui.set_min_width(150.0);
        let cells = state.selected(session.report(), table).concat();
        let blank = |session: &Session| {
            cells.iter().any(|&cell| {
                !session.form().cell(cell).computed && session.report().value(cell).is_blank()
            })
        };
        clipboard_ui(ui, state, events);
        let keys = [
            ("清除", Key::Delete, Modifiers::NONE),
            ("向下填充", Key::D, Modifiers::COMMAND),
            ("向右填充", Key::R, Modifiers::COMMAND),
        ];
        for (words, key, modifiers) in keys {
            if ui.button(words).clicked() {
                state.from_menu.push(Event::Key {
                    key,
                    physical_key: None,
                    pressed: true,
                    repeat: false,
                    modifiers,
                });
                ui.close();
            }
        }
        if ui
            .add_enabled(blank(session), egui::Button::new("选中的空白填 0"))
            .clicked()
        {
            session.do_step(Edit::zero_blanks(session.report(), cells.iter().copied()));
            ui.close();
        }
        if let Some(cell) = state
            .active_cell(table)
            .filter(|&cell| !session.form().cell(cell).computed)
            && ui.button("分项填写……").clicked()
        {
            events.push(GridEvent::ByParts(cell));
            ui.close();
        }
        let wrong = cells
            .iter()
            .copied()
            .find(|cell| session.evaluation().discrepancies.contains(cell));
        if let Some(cell) = wrong
            && ui.button("采用计算值").clicked()
        {
            session.do_step(Edit::stated(session.report(), cell, None));
            ui.close();
        }
    });
    if !state.from_menu.is_empty() {
        state.want_focus = true;
        response.ctx.request_repaint();
    }
}

/// What the clipboard is for.
fn clipboard_ui(ui: &mut Ui, state: &mut GridState, events: &mut Vec<GridEvent>) {
    let entries = [("复制", Event::Copy), ("剪切", Event::Cut)];
    for (words, event) in entries {
        if ui.button(words).clicked() {
            // Seen by the grid in the next frame, as if it came from the keyboard.
            state.from_menu.push(event);
            ui.close();
        }
    }
    // What is pasted comes as an event of its own, as if Ctrl+V had been pressed.
    if ui.button("粘贴").clicked() {
        state.want_focus = true;
        ui.ctx()
            .send_viewport_cmd(egui::ViewportCommand::RequestPaste);
        ui.close();
    }
    if ui.button("复制整表").clicked() {
        events.push(GridEvent::WholeCopied);
        ui.close();
    }
}

/// What the findings say of a marked cell, at the pointer.
fn hover(response: &egui::Response, session: &Session, table: &Table, slot: usize) {
    let Content::Value(ix) = table.grid.cells[slot].content else {
        return;
    };
    let (report, evaluation) = (session.report(), session.evaluation());
    let about: Vec<String> = evaluation
        .findings
        .iter()
        .filter(|finding| !finding.unfilled && finding.about.marked().contains(&ix))
        .map(|finding| finding.message(report, evaluation))
        .collect();
    if !about.is_empty() {
        response.clone().on_hover_text_at_pointer(about.join("\n"));
    }
}
