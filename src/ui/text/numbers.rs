//! What the numbers in a field are in the tables: said of the one under the pointer or at the caret, dotted where not sure.

use super::marks::{is_dotted, number_words};
use super::place::{AtPlace, menu_ui};
use super::state::TextState;
use crate::form::TextIx;
use crate::ui::action::Actions;
use crate::ui::session::Session;
use crate::ui::theme;
use egui::Ui;
use egui::text::CCursor;
use egui::text_edit::TextEditOutput;

/// Takes note of the caret, tells of the number under the pointer, and draws the dots.
pub fn look_at_numbers(
    ui: &Ui,
    state: &mut TextState,
    session: &Session,
    text: TextIx,
    output: &TextEditOutput,
    actions: &mut Actions,
) {
    let written = session.report().text(text);
    // While the input method composes, places in the field are none in the text.
    if output.galley.text() != written {
        return;
    }
    let byte = |at: CCursor| {
        let mut all = written.char_indices().map(|(byte, _)| byte);
        all.nth(at.index.0).unwrap_or(written.len())
    };
    let response = &output.response.response;
    if response.has_focus() {
        let caret = output.cursor_range.map(|range| (text, byte(range.primary)));
        if state.caret != caret {
            state.caret = caret;
            // What is said of it stands above the field.
            ui.ctx().request_repaint();
        }
    }
    let origin = output.galley_pos;
    let under = response
        .hover_pos()
        .map(|pos| byte(output.galley.cursor_from_pos(pos - origin)));
    let number = under.and_then(|at| AtPlace::of(session, text, at).number);
    if let Some(number) = number.filter(|_| !response.context_menu_opened()) {
        let words = number_words(session, text, number);
        response.clone().on_hover_text_at_pointer(words);
    }
    if response.secondary_clicked() {
        state.menu = under.map(|at| (text, at));
    }
    if let Some((_, at)) = state.menu.filter(|(of, _)| *of == text) {
        response.context_menu(|ui| menu_ui(ui, session, text, at, actions));
    }
    let painter = ui.painter().with_clip_rect(output.text_clip_rect);
    let numbers = session.recognised(text).iter();
    for number in numbers.filter(|number| is_dotted(number.verdict)) {
        let place = |byte: usize| {
            let at = CCursor::new(written[..byte].chars().count());
            output
                .galley
                .pos_from_cursor(at)
                .translate(origin.to_vec2())
        };
        let (from, to) = (place(number.at.start), place(number.at.end));
        // A number that is broken over two lines has its dots in the second.
        let left = match from.bottom() < to.bottom() {
            true => origin.x,
            false => from.left(),
        };
        let y = to.bottom() - 3.0;
        let line = [egui::pos2(left, y), egui::pos2(to.left(), y)];
        let stroke = egui::Stroke::new(1.5, theme::HINT);
        painter.extend(egui::Shape::dashed_line(&line, stroke, 2.0, 2.0));
    }
}
