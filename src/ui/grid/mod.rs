//! The official table as a grid to type in: painted cells, one live text field over the active one.
//!
//! [`nav`] and [`editor`] say what keys mean, [`tracks`] where things stand, [`paint`] how they look; this module
//! brings them together with egui: focus, pointer, scrolling, names for screen readers.

mod editor;
mod nav;
mod paint;
mod pointer;
mod selection;
mod tracks;
mod view;

pub use editor::Mode;
pub use tracks::Tracks;

use super::review::Review;
use super::session::Session;
use super::theme;
use crate::form::{AdditionIx, CellIx, Content, GridCell, Table, with_year};
use crate::report::{Edit, Origin, Report};
use crate::value;
use editor::{Ask, Editor};
use egui::accesskit::Role;
use egui::{Align2, Event, EventFilter, Id, Rect, Sense, Ui, Vec2};
use nav::{Field, Step};
use view::{Pane, View, layout, view_pane};

/// What one table's grid remembers between frames.
#[derive(Default)]
pub struct GridState {
    /// The active cell's place in the table's grid.
    active: Option<usize>,
    /// The corner opposite to the active cell, while more than one is selected.
    end: Option<usize>,
    editor: Editor,
    /// Where a run of Tabs began: Enter returns below it.
    tab_start: Option<usize>,
    want_focus: bool,
    want_scroll: bool,
    pasted: Option<String>,
    /// A cell that is to be filled in by parts.
    by_parts: Option<CellIx>,
    /// What was chosen in the menu.
    from_menu: Vec<Event>,
    /// A rectangle that is to go onto the clipboard.
    copied: Option<Vec<Vec<String>>>,
    /// Whether the whole table was asked for, heads and labels included.
    whole_copied: bool,
    /// Events that came after a key in one frame, kept for the next so that nothing overtakes.
    waiting: Vec<Event>,
    layout: Option<Layout>,
}

/// Row heights, kept while nothing that they depend on changes.
struct Layout {
    key: LayoutKey,
    tracks: Tracks,
}

#[derive(PartialEq)]
struct LayoutKey {
    form: String,
    width: f32,
    pixels_per_point: f32,
    year: i32,
    additions: Vec<AdditionIx>,
}

impl GridState {
    /// What was pasted, once: it may be a rectangle for this table, or a whole official table.
    pub fn take_pasted(&mut self) -> Option<String> {
        self.pasted.take()
    }

    /// Puts a pasted rectangle into the table from the active cell on; returns what the clerk is to be told.
    pub fn paste_block(
        &mut self,
        session: &mut Session,
        table: &Table,
        text: &str,
    ) -> Option<String> {
        self.cancel();
        let rows = self.selected(session.report(), table);
        let active = self.active.unwrap_or_default();
        let plan = selection::paste(session.report(), &table.grid, active, &rows, text);
        session.do_step(Edit::cells_from(
            session.report(),
            Some(Origin::Pasted),
            plan.values.clone(),
        ));
        plan.complaint(session.report(), session.evaluation())
    }

    /// A cell that is to be filled in by parts, once.
    pub fn take_by_parts(&mut self) -> Option<CellIx> {
        self.by_parts.take()
    }

    /// What is to go onto the clipboard, once.
    pub fn take_whole_copied(&mut self) -> bool {
        std::mem::take(&mut self.whole_copied)
    }

    pub fn take_copied(&mut self) -> Option<Vec<Vec<String>>> {
        self.copied.take()
    }

    /// Makes a cell the active one; the keyboard goes there.
    pub fn go_to(&mut self, slot: usize) {
        self.active = Some(slot);
        self.end = None;
        self.editor = Editor::default();
        self.tab_start = None;
        self.want_focus = true;
        self.want_scroll = true;
    }

    /// The keyboard goes to the active cell.
    pub fn take_keyboard(&mut self) {
        self.want_focus = true;
    }

    /// Forgets what is being typed; `false` if nothing was.
    pub fn cancel(&mut self) -> bool {
        let was_typing = self.is_typing();
        self.editor = Editor::default();
        was_typing
    }

    /// The active cell.
    pub fn active_cell(&self, table: &Table) -> Option<CellIx> {
        match table.grid.cells.get(self.active?)?.content {
            Content::Value(ix) => Some(ix),
            _ => None,
        }
    }

    /// The selected cells, row by row; the active one alone if there are no more.
    pub fn selected(&self, report: &Report, table: &Table) -> Vec<Vec<CellIx>> {
        let Some(active) = self.active else {
            return Vec::new();
        };
        let shows =
            |row: usize| table.grid.rows[row].is_none_or(|addition| report.has_addition(addition));
        selection::Block::between(&table.grid, active, self.end.unwrap_or(active))
            .cells(&table.grid, shows)
    }

    /// Whether something typed is not in the report yet.
    pub fn is_typing(&self) -> bool {
        self.editor.mode != Mode::Ready
    }

    /// Puts what is being typed into the report. Returns `false`, with the reason shown at the cell, if it is no number.
    pub fn commit(&mut self, session: &mut Session, table: &Table) -> bool {
        if self.editor.mode == Mode::Ready {
            return true;
        }
        let Some(ix) = self.active_cell(table) else {
            return true;
        };
        let cell = session.form().cell(ix);
        match value::parse(&self.editor.text, cell.kind, cell.unit.as_deref()) {
            Ok(value) => {
                let edit = Edit::cells(session.report(), [(ix, value)]);
                session.apply(edit);
                self.editor = Editor::default();
                true
            }
            Err(reason) => {
                self.editor.refused = Some(reason.to_string());
                self.want_focus = true;
                false
            }
        }
    }
}

/// The id under which a cell is known to egui; its text field has the same with `edit` added.
fn cell_id(session: &Session, ix: CellIx) -> Id {
    Id::unique(("cell", &session.form().id, &session.form().cell(ix).id))
}

/// A cell's name for screen readers, e.g. `表三 （一）予以公开 自然人`.
fn spoken_name(session: &Session, ix: CellIx) -> String {
    with_year(&session.form().full_name(ix), session.report().year()).replace(" · ", " ")
}

/// What is shown in a table besides the report's own numbers.
pub struct Beside<'a> {
    /// Cells of the finding that is looked at.
    pub lit: &'a [CellIx],
    /// Whether last year's number stands small beside this year's.
    pub last_year: bool,
    /// The import that is being looked through.
    pub review: Option<&'a Review>,
}

/// Shows a table `width` points wide and lets the clerk work in it.
pub fn show(
    ui: &mut Ui,
    state: &mut GridState,
    session: &mut Session,
    table: usize,
    width: f32,
    beside: &Beside<'_>,
) {
    let form = session.form().clone();
    let table = &form.tables[table];
    layout(ui, state, session, table, width);
    let Some(Layout { tracks, .. }) = &state.layout else {
        return;
    };
    let tracks = tracks.clone();

    let (rect, response) =
        ui.allocate_exact_size(tracks.size() + Vec2::splat(1.0), Sense::click_and_drag());
    let view = View::of(ui, rect, &tracks, table);
    keys(ui, state, session, table);
    pointer::pointer(&response, &view, state, session, table);

    let pairs = view.cells(session, table);
    let selected: Vec<CellIx> = match state.end {
        Some(_) => state.selected(session.report(), table).concat(),
        None => Vec::new(),
    };
    let look = paint::Look {
        session,
        selected: &selected,
        label_cols: table.label_cols,
        beside,
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
    if let Some(slot) = state.active {
        let rect = view.rect_of(&table.grid.cells[slot]);
        paint::active(&painter.with_clip_rect(view.body_clip().expand(1.5)), rect);
    }
    name_cells(ui, session, &pairs);
    // The text field lies over the active cell: a right click there is meant for the table as well.
    let response = match text_field(ui, state, session, table, &view) {
        Some(field) => response.union(field),
        None => response,
    };
    pointer::menu(&response, state, session, table);
    if std::mem::take(&mut state.want_scroll)
        && let Some(slot) = state.end.or(state.active)
    {
        ui.scroll_to_rect(
            view.with_frozen(view.rect_of(&table.grid.cells[slot]), table),
            None,
        );
    }
}

/// Gives the keyboard to the grid when nobody else has it, and does what the keys ask.
fn keys(ui: &Ui, state: &mut GridState, session: &mut Session, table: &Table) {
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
    let Some(active) = state.active_cell(table) else {
        return;
    };
    let id = cell_id(session, active).with("edit");
    let free = ui.memory(|memory| memory.focused().is_none() && memory.top_modal_layer().is_none());
    if std::mem::take(&mut state.want_focus) || free {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    if !ui.memory(|memory| memory.has_focus(id)) {
        state.waiting.clear();
        return;
    }
    state.waiting.append(&mut state.from_menu);
    if !state.waiting.is_empty() {
        let waiting = std::mem::take(&mut state.waiting);
        ui.input_mut(|input| drop(input.events.splice(0..0, waiting)));
    }
    clipboard(ui, state, session, table);
    while let Some(ask) = ui.input_mut(|input| state.editor.take_key(input)) {
        do_ask(ask, state, session, table, &field);
        if state.editor.refused.is_some() {
            break;
        }
    }
    // What was typed before a key goes into the text field first; the key and all behind it wait for the next frame.
    state.waiting = ui.input_mut(|input| state.editor.split_at_key(input));
    if !state.waiting.is_empty() {
        crate::ui::pace::keys_wait(ui.ctx(), true);
        ui.ctx().request_repaint();
    }
    if let Some(now) = state.active_cell(table).filter(|&now| now != active) {
        ui.memory_mut(|memory| memory.request_focus(cell_id(session, now).with("edit")));
    }
}

/// Copies, cuts and pastes rectangles; a single text pasted while typing is left to the text field.
fn clipboard(ui: &Ui, state: &mut GridState, session: &mut Session, table: &Table) {
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
            Event::Paste(text) => state.pasted = Some(text),
            Event::Copy | Event::Cut => {
                let block: Vec<Vec<String>> = rows
                    .iter()
                    .map(|row| {
                        row.iter()
                            .map(|&cell| session.evaluation().effective(cell).to_string())
                            .collect()
                    })
                    .collect();
                state.copied = Some(block);
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
) {
    let Some(active) = state.active else { return };
    match ask {
        Ask::Cancel => state.editor = Editor::default(),
        Ask::Edit => begin_edit(state, session, table),
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
        Ask::FillTyped => {
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
        Ask::Go(_) | Ask::Enter { .. } | Ask::Tab { .. } => {
            if !state.commit(session, table) {
                return;
            }
            state.editor = Editor::default();
            let (from, step) = match ask {
                Ask::Enter { back: true } => (active, Step::Up),
                Ask::Enter { back: false } => (state.tab_start.unwrap_or(active), Step::Down),
                Ask::Tab { back: true } => (active, Step::Previous),
                Ask::Tab { back: false } => (active, Step::Next),
                Ask::Go(step) => (active, step),
                _ => return,
            };
            state.tab_start =
                matches!(ask, Ask::Tab { .. }).then(|| state.tab_start.unwrap_or(active));
            state.active = Some(field.step(from, step));
            state.end = None;
            state.want_scroll = true;
        }
    }
}

/// Starts editing what stands in the active cell.
fn begin_edit(state: &mut GridState, session: &Session, table: &Table) {
    let Some(ix) = state
        .active_cell(table)
        .filter(|&ix| !session.form().cell(ix).computed)
    else {
        return;
    };
    state.editor = Editor {
        text: session.report().value(ix).to_string(),
        mode: Mode::InPlace,
        refused: None,
    };
}

/// Tells screen readers (and tests) of every number in sight.
fn name_cells(ui: &Ui, session: &Session, cells: &[(&GridCell, Rect)]) {
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
            if !session.last(ix).is_empty() {
                node.set_description(format!("上年 {}", session.last(ix)));
            }
            if session.mark(ix) == super::session::Mark::Error {
                node.set_invalid(egui::accesskit::Invalid::True);
            }
            if !input {
                node.set_read_only();
            }
        });
    }
}

/// The live text field over the active cell: there even before typing, so that the first key is not lost.
fn text_field(
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
    let id = cell_id(session, ix).with("edit");
    let filter = EventFilter {
        tab: true,
        horizontal_arrows: true,
        vertical_arrows: true,
        escape: true,
    };
    if session.form().cell(ix).computed {
        computed_field(ui, state, id, rect, filter);
        return None;
    }
    let ready = state.editor.mode == Mode::Ready;
    let name = spoken_name(session, ix);
    // A number that is being typed may need more room than its cell has; it grows to the left.
    let inner = rect.shrink2(Vec2::new(theme::CELL_PADDING.x - 1.0, 0.0));
    let output = ui
        .scope_builder(
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
                egui::TextEdit::singleline(&mut state.editor.text)
                    .id(id)
                    .frame(egui::Frame::NONE)
                    .margin(egui::Margin::ZERO)
                    .font(theme::regular(theme::NUMBER_SIZE))
                    .align(Align2::RIGHT_CENTER)
                    .desired_width(inner.width())
                    .min_size(inner.size())
                    .return_key(None)
                    .event_filter(filter)
                    .show(ui)
            },
        )
        .inner;
    ui.ctx()
        .accesskit_node_builder(id, |node| node.set_label(name));
    let response = output.response.response;
    if response.has_focus() {
        // Digits are typed without the input method, whatever mode it is in.
        ui.output_mut(|output| output.ime = None);
    }
    if response.changed() {
        state.editor.refused = None;
        if ready && !state.editor.text.is_empty() {
            state.editor.mode = Mode::Typing;
        }
    }
    if response.double_clicked() && ready {
        begin_edit(state, session, table);
        move_caret_to_end(ui, id, &state.editor.text);
    }
    if state.editor.mode == Mode::InPlace && ready {
        move_caret_to_end(ui, id, &state.editor.text);
    }
    if response.lost_focus() && state.is_typing() {
        state.commit(session, table);
    }
    if let Some(reason) = &state.editor.refused {
        refusal(ui, rect, reason);
    }
    Some(response)
}

fn move_caret_to_end(ui: &Ui, id: Id, text: &str) {
    use egui::text::{CCursor, CCursorRange};
    let mut field = egui::text_edit::TextEditState::load(ui.ctx(), id).unwrap_or_default();
    field
        .cursor
        .set_char_range(Some(CCursorRange::one(CCursor::new(text.chars().count()))));
    field.store(ui.ctx(), id);
}

/// A computed cell takes the keyboard too, so that the arrows pass over it, but no text.
fn computed_field(ui: &Ui, state: &mut GridState, id: Id, rect: Rect, filter: EventFilter) {
    let response = ui.interact(rect, id, Sense::focusable_noninteractive());
    if !response.has_focus() {
        state.editor.refused = None;
        return;
    }
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
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
                    ui.colored_label(theme::ERROR, reason);
                });
        });
}
