//! The field in which a text is written.

use super::clip::selection;
use super::head::head_ui;
use super::numbers::look_at_numbers;
use super::page;
use super::pointed::point_out;
use super::state::{Place, Room, TextState};
use crate::form::TextIx;
use crate::prose;
use crate::report::Edit;
use crate::ui::action::Actions;
use crate::ui::session::Session;
use crate::ui::theme;
use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditOutput;
use egui::{Event, Id, TextEdit, Ui};
use std::ops::Range;

/// A field of so many lines is a page, a smaller one a box to fill in.
pub const PAGE_ROWS: usize = 12;

/// One text with its hints and the page to write it on.
pub fn field_ui(
    ui: &mut Ui,
    state: &mut TextState,
    session: &mut Session,
    text: TextIx,
    room: Room,
    actions: &mut Actions,
) {
    let form = session.form().clone();
    let spec = form.text(text);
    ui.set_max_width(room.width);
    head_ui(ui, state, session, text, spec, actions);
    let id = Id::unique(("text", &form.id, &spec.id));
    let place = place_now(ui, state, text);
    let brings = matches!(place, Some(Place::Away | Place::Marked(_)));
    if let Some(place) = place.filter(|place| !matches!(place, Place::Away)) {
        ui.memory_mut(|memory| memory.request_focus(id));
        put_caret(ui, id, session.report().text(text), place);
    }
    let pointed = state.pointed.clone().filter(|(at, _)| *at == text);
    let scale = state.scale;
    let (own, pasted) = take_pasted(ui, state, session, text, id);
    let current = session.report().text(text);
    let numbers = session.recognised(text);
    let (mut shown, mut top) = (None, None);
    let (response, whole) = state.composing.field(ui, id, current, |ui, copy| {
        let mut layouter = |ui: &Ui, text: &dyn egui::TextBuffer, width: f32| {
            // What is typed in this pass is read in the next one.
            let numbers = match text.as_str() == current {
                true => numbers,
                false => &[],
            };
            let job = page::job(text.as_str(), width, scale, numbers);
            ui.fonts_mut(|fonts| fonts.layout_job(job))
        };
        let field = page_or_box(TextEdit::multiline(copy).id(id), room, scale);
        let output = field.layouter(&mut layouter).show(ui);
        if let Some((_, range)) = &pointed {
            // What is marked stands out already, and two colours over each other hide the words.
            let marked = output.cursor_range.filter(|marked| !marked.is_empty());
            let stands_out = marked.is_some() && output.response.response.has_focus();
            point_out(ui, &output, copy, range, !stands_out, brings);
            top = top_of(&output, copy, range.start);
        }
        let response = output.response.response.clone();
        shown = Some(output);
        response
    });
    if state.pointed_top != top {
        state.pointed_top = top;
        ui.ctx().request_repaint();
    }
    if let Some(output) = &shown {
        look_at_numbers(ui, state, session, text, output, actions);
    }
    if whole.is_some() || response.clicked() {
        state.pointed = None;
    }
    ui.ctx()
        .accesskit_node_builder(id, |node| node.set_label(spec.name.as_str()));
    if let Some(whole) = whole {
        let report = session.report();
        let pasted = own.and_then(|at| state.clip.paste(report, text, at, &whole));
        let edit = pasted.unwrap_or_else(|| Edit::text(report, text, &whole));
        session.apply(edit);
    }
    if let Some(done) = pasted {
        session.pause();
        state.tidied = done.map(|words| (text, session.history().revision(), words));
    }
    if response.lost_focus() && !state.composing.is_in(id) {
        session.pause();
    }
}

/// Where a place of a field's text stands on the screen.
fn top_of(output: &TextEditOutput, text: &str, at: usize) -> Option<f32> {
    let at = CCursor::new(text.get(..at)?.chars().count());
    let rect = output.galley.pos_from_cursor(at);
    Some(rect.translate(output.galley_pos.to_vec2()).top())
}

/// A field as large as its room; a large one has the sheet for a frame.
fn page_or_box(field: TextEdit<'_>, room: Room, scale: f32) -> TextEdit<'_> {
    let field = field
        .desired_width(room.width)
        .desired_rows(room.rows)
        .font(theme::regular(page::SIZE * scale))
        .hint_text("在这里写，也可以从 Word、网页粘贴");
    if room.rows >= PAGE_ROWS {
        let margin = egui::Margin::symmetric(2, 10);
        field.frame(egui::Frame::NONE).margin(margin)
    } else {
        field.margin(egui::Margin::symmetric(12, 10))
    }
}

/// Where the keyboard goes now. In the frame of a click egui takes it from every field that was not clicked: then it waits
/// for the next.
fn place_now(ui: &Ui, state: &mut TextState, text: TextIx) -> Option<Place> {
    let is_here = state.select.as_ref().is_some_and(|(at, _)| *at == text);
    // So it does below a question, and in the frame after it.
    let is_asked = ui.memory(|memory| memory.top_modal_layer().is_some());
    if is_here && (is_asked || ui.input(|input| input.pointer.any_click())) {
        ui.ctx().request_repaint();
        return None;
    }
    let taken = state.select.take_if(|(at, _)| *at == text);
    taken.map(|(_, place)| place)
}

/// What is pasted into this field: in place of which bytes, if it comes back as it was copied and is as tidy as it was then;
/// else as [`tidy_pasted`] says.
fn take_pasted(
    ui: &Ui,
    state: &mut TextState,
    session: &mut Session,
    text: TextIx,
    id: Id,
) -> (Option<Range<usize>>, Option<Option<String>>) {
    let report = session.report();
    let marked = selection(ui, id, report.text(text));
    let before = &report.text(text)[..marked.as_ref().map_or(0, |marked| marked.start)];
    let at_beginning = before.is_empty() || before.ends_with('\n');
    state.clip.watch(ui, id, report, text);
    let own = marked.filter(|_| state.clip.comes_back(ui, id));
    let pasted = match own {
        Some(_) => Some(None),
        None => tidy_pasted(ui, id, at_beginning),
    };
    if pasted.is_some() {
        // What was typed before is a step of its own.
        session.pause();
    }
    (own, pasted)
}

/// Tidies what is pasted into this field, at the beginning of a paragraph or behind it. None if nothing is pasted; else what
/// was done to it.
fn tidy_pasted(ui: &Ui, id: Id, at_beginning: bool) -> Option<Option<String>> {
    if !ui.memory(|memory| memory.has_focus(id)) {
        return None;
    }
    let mut done = None;
    ui.input_mut(|input| {
        for event in &mut input.events {
            if let Event::Paste(text) = event {
                let (tidy, what) = prose::tidied(text);
                *text = match tidy.strip_prefix('\n') {
                    Some(rest) if at_beginning => rest.to_owned(),
                    _ => tidy,
                };
                done = Some(what.words());
            }
        }
    });
    done
}

/// Puts the caret of a field.
fn put_caret(ui: &Ui, id: Id, text: &str, place: Place) {
    let index = |byte: usize| CCursor::new(text.get(..byte).unwrap_or(text).chars().count());
    let field = egui::text_edit::TextEditState::load(ui.ctx(), id);
    let cursor = match place {
        Place::AsLeft if field.is_some() => return,
        Place::AsLeft | Place::End => CCursorRange::one(index(text.len())),
        Place::Marked(range) => CCursorRange::two(index(range.start), index(range.end)),
        Place::Away => return,
    };
    let mut field = field.unwrap_or_default();
    field.cursor.set_char_range(Some(cursor));
    field.store(ui.ctx(), id);
}
