//! What the keys do in a table.

use super::editor::{Ask, Editor};
use super::event::GridEvent;
use super::names::{editor_id, spoken_name};
use super::nav::{Field, Step};
use super::selection;
use super::state::GridState;
use crate::form::{CellIx, Content, Table};
use crate::report::Edit;
use crate::ui::pace;
use crate::ui::session::Session;
use crate::value;
use egui::{Event, Ui};

/// Gives the keyboard to the grid when nobody else has it, and does what the keys ask.
pub fn keys(
    ui: &Ui,
    state: &mut GridState,
    session: &mut Session,
    table: &Table,
    events: &mut Vec<GridEvent>,
) {
    let form = session.form().clone();
    let shows_row = {
        let on: Vec<bool> = table
            .grid
            .rows
            .iter()
            .map(|row| row.is_none_or(|addition| session.report().has_addition(addition)))
            .collect();
        move |row: usize| on[row]
    };
    let is_input = |slot: usize| matches!(table.grid.cells[slot].content, Content::Value(ix) if !form.cell(ix).computed);
    let field = Field {
        grid: &table.grid,
        shows_row: &shows_row,
        is_input: &is_input,
    };
    if state
        .active
        .is_none_or(|slot| slot >= table.grid.cells.len() || !shows_row(table.grid.cells[slot].row))
    {
        state.active = field.start();
    }
    if state.active_cell(table).is_none() {
        return;
    }
    let id = editor_id(table);
    let free = ui.memory(|memory| memory.focused().is_none() && memory.top_modal_layer().is_none());
    if std::mem::take(&mut state.want_focus) || free {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    if !ui.memory(|memory| memory.has_focus(id)) {
        return;
    }
    let from_menu = std::mem::take(&mut state.from_menu);
    ui.input_mut(|input| drop(input.events.splice(0..0, from_menu)));
    clipboard(ui, state, session, table, events);
    while let Some(ask) = ui.input_mut(|input| state.editor.take_key(input)) {
        events.extend(lost_words(ask, state, session, table));
        events.extend(do_ask(ask, state, session, table, &field));
        if let Some(reason) = &mut state.editor.refused {
            // What was typed ahead was meant for the cells behind this one.
            if pace::is_waiting(ui.ctx()) {
                pace::drop_waiting(ui.ctx());
                reason.push_str("；在它之后打的都没有填入，请从这一格接着填");
            }
            break;
        }
    }
}

/// What was typed into a computed cell is lost when the clerk goes on: he may not have looked, so it is said where it stays.
fn lost_words(ask: Ask, state: &GridState, session: &Session, table: &Table) -> Option<GridEvent> {
    let goes = matches!(ask, Ask::Go(_) | Ask::Enter { .. } | Ask::Tab { .. });
    let cell = state.active_cell(table).filter(|_| goes)?;
    let reason = state.editor.refused.as_ref()?;
    session.form().cell(cell).computed.then(|| {
        GridEvent::NotPlaced(format!(
            "{}：{reason}，刚才打的没有填入",
            spoken_name(session, cell)
        ))
    })
}

/// Copies, cuts and pastes rectangles; a single text pasted while typing is left to the text field.
fn clipboard(
    ui: &Ui,
    state: &GridState,
    session: &mut Session,
    table: &Table,
    events: &mut Vec<GridEvent>,
) {
    let ready = !state.is_typing();
    let is_block = |text: &str| text.trim_end_matches('\n').contains(['\t', '\n']);
    let mut taken = Vec::new();
    ui.input_mut(|input| {
        input.events.retain(|event| {
            let ours = match event {
                Event::Copy | Event::Cut => ready,
                Event::Paste(text) => ready || is_block(text),
                _ => false,
            };
            if ours {
                taken.push(event.clone());
            }
            !ours
        });
    });
    for event in taken {
        let rows = state.selected(session.report(), table);
        match event {
            Event::Paste(text) => events.push(GridEvent::Pasted(text)),
            Event::Copy | Event::Cut => {
                let block: Vec<Vec<String>> = rows
                    .iter()
                    .map(|row| {
                        row.iter()
                            .map(|&cell| session.evaluation().effective(cell).to_string())
                            .collect()
                    })
                    .collect();
                events.push(GridEvent::Copied(block));
                if matches!(event, Event::Cut) {
                    let blank = rows
                        .concat()
                        .into_iter()
                        .map(|cell| (cell, value::Value::Blank));
                    session.do_step(Edit::cells(session.report(), blank.collect::<Vec<_>>()));
                }
            }
            _ => {}
        }
    }
}

fn do_ask(
    ask: Ask,
    state: &mut GridState,
    session: &mut Session,
    table: &Table,
    field: &Field<'_>,
) -> Option<GridEvent> {
    let active = state.active?;
    match ask {
        Ask::Cancel => state.editor = Editor::default(),
        Ask::Edit => state.begin_edit(session, table),
        Ask::Clear => {
            let cells = state.selected(session.report(), table).concat();
            let blank = cells.into_iter().map(|cell| (cell, value::Value::Blank));
            session.do_step(Edit::cells(session.report(), blank.collect::<Vec<_>>()));
        }
        Ask::Extend(step) => {
            if state.commit(session, table) {
                let end = field.step(state.end.unwrap_or(active), step);
                state.end = (end != active).then_some(end);
                state.want_scroll = true;
            }
        }
        Ask::SelectAll => {
            if state.commit(session, table) {
                state.active = Some(field.step(active, Step::First));
                state.end = Some(field.step(active, Step::Last));
            }
        }
        Ask::Fill { right } => {
            let rows = state.selected(session.report(), table);
            let values = selection::fill(session.report(), &rows, right);
            session.do_step(Edit::cells(session.report(), values));
        }
        Ask::FillTyped => fill_typed(state, session, table),
        Ask::Go(_) | Ask::Enter { .. } | Ask::Tab { .. } => {
            return go(ask, active, state, session, table, field);
        }
    }
    None
}

/// Puts what is being typed into all selected cells.
fn fill_typed(state: &mut GridState, session: &mut Session, table: &Table) {
    let cells = state.selected(session.report(), table).concat();
    let form = session.form().clone();
    let read = |cell: CellIx| {
        let spec = form.cell(cell);
        let value = value::parse(&state.editor.text, spec.kind, spec.unit.as_deref());
        (!spec.computed).then(|| value.map(|value| (cell, value)))
    };
    match cells
        .into_iter()
        .filter_map(read)
        .collect::<Result<Vec<_>, _>>()
    {
        Ok(values) => {
            session.do_step(Edit::cells(session.report(), values));
            state.editor = Editor::default();
        }
        Err(reason) => state.editor.refused = Some(reason.to_string()),
    }
}

/// Goes on to another cell, once what is being typed is in the report.
fn go(
    ask: Ask,
    active: usize,
    state: &mut GridState,
    session: &mut Session,
    table: &Table,
    field: &Field<'_>,
) -> Option<GridEvent> {
    if !state.commit(session, table) {
        return None;
    }
    state.editor = Editor::default();
    let (from, step) = match ask {
        Ask::Enter { back: true } => (active, state.enter(true)),
        Ask::Enter { back: false } => (state.tab_start.unwrap_or(active), state.enter(false)),
        Ask::Tab { back: true } => (active, Step::Previous),
        Ask::Tab { back: false } => (active, Step::Next),
        Ask::Go(step) => (active, step),
        _ => return None,
    };
    let to = field.step(from, step);
    if step == Step::NextDown && to == from {
        return Some(GridEvent::PastEnd);
    }
    // Below the last row there is nothing: Enter stays where the Tabs led.
    let to = if to == from { active } else { to };
    // In another row a run of Tabs begins anew: Enter must not return to what was filled rows before.
    let row = |slot: usize| field.grid.cells[slot].row;
    let start = state.tab_start.unwrap_or(active);
    let start = if row(start) == row(to) { start } else { to };
    state.tab_start = matches!(ask, Ask::Tab { .. }).then_some(start);
    state.active = Some(to);
    state.end = None;
    state.want_scroll = true;
    None
}
