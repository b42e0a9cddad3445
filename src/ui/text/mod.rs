//! The sections that are texts.
//!
//! The text field works on a copy; what it changes becomes an edit of the report at once. While the input method is
//! composing, its half-typed letters stand in the copy only and never reach the report.

mod clip;
mod composing;
mod field;
mod head;
mod last;
mod marks;
mod numbers;
mod page;
mod place;
mod pointed;
mod standing;
mod state;
mod tools;

pub use composing::Composing;
pub use marks::verdict_words;
pub use place::digits_at;
pub use state::{Room, TextState};

use super::action::{Action, Actions};
use super::session::Session;
use super::sheet;
use crate::form::TextIx;
use egui::Ui;
use field::field_ui;
use last::{Asked, LastYear};

/// A line is read comfortably up to this width.
const TEXT_WIDTH: f32 = 860.0;

/// A section that is a text.
pub fn section_ui(
    ui: &mut Ui,
    texts: &mut TextState,
    session: &mut Session,
    section: usize,
    text: TextIx,
    shows_last: bool,
    actions: &mut Actions,
) {
    let form = session.form().clone();
    sheet::sheet_ui(ui, &form.sections[section].id, 400.0, |ui, width| {
        sheet::heading_ui(ui, &form.sections[section].heading);
        let room = Room { width, rows: 20 };
        with_last_ui(ui, texts, session, text, shows_last, room, actions);
    });
}

/// One text with last year's wording beside it, or below it where there is little room.
pub fn with_last_ui(
    ui: &mut Ui,
    state: &mut TextState,
    session: &mut Session,
    text: TextIx,
    shows_last: bool,
    room: Room,
    actions: &mut Actions,
) {
    let Room { width, rows } = room;
    let room = |width: f32| Room { width, rows };
    const GAP: f32 = 16.0;
    const NARROW: f32 = 640.0;
    let widest = TEXT_WIDTH * state.scale;
    let report = session.report();
    let is_last = shows_last && report.last_year().is_some();
    let prior = report.prior().filter(|_| is_last).cloned();
    let words = prior.as_deref().map_or("", |prior| {
        prior.figures.find_text(&report.form().text(text).id)
    });
    let Some(year) = prior.as_deref().map(|prior| prior.figures.year()) else {
        return field_ui(ui, state, session, text, room(width.min(widest)), actions);
    };
    if words.is_empty() {
        return field_ui(ui, state, session, text, room(width.min(widest)), actions);
    }
    let mut asked = None;
    if width < NARROW {
        let rows = rows / 2 + 2;
        field_ui(ui, state, session, text, Room { width, rows }, actions);
        ui.add_space(GAP);
        state.pointed_top = None;
        asked = last::last_ui(
            ui,
            state,
            session,
            &LastYear {
                text,
                year,
                words,
                width,
            },
        );
    } else {
        let half = ((width - GAP) / 2.0).min(widest);
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = GAP;
            ui.vertical(|ui| field_ui(ui, state, session, text, room(half), actions));
            let last = LastYear {
                text,
                year,
                words,
                width: half,
            };
            ui.vertical(|ui| asked = last::last_ui(ui, state, session, &last));
        });
    }
    match asked {
        Some(Asked::Take(paragraph)) => actions.push(Action::TakeLast(text, paragraph)),
        Some(Asked::Show(at)) => actions.push(Action::ShowText(text, Some(at))),
        Some(Asked::Whole) => state.pointed = None,
        None => {}
    }
}
