//! The sections that are texts.
//!
//! The text field works on a copy; what it changes becomes an edit of the report at once. While the input method is
//! composing, its half-typed letters stand in the copy only and never reach the report.

mod composing;
mod field;
mod last;
mod page;
mod pointed;

pub use composing::Composing;

use super::session::Session;
use super::sheet;
use crate::form::TextIx;
use egui::Ui;
use field::field_ui;
use std::ops::Range;

/// What the text fields remember between frames.
#[derive(Default)]
pub struct TextState {
    pub(super) composing: Composing,
    /// How many times its usual size a text is shown.
    pub scale: f32,
    /// A stretch that stands out until the text is touched, whoever has the keyboard.
    pointed: Option<(TextIx, Range<usize>)>,
    /// A text that takes the keyboard, and where in it.
    select: Option<(TextIx, Place)>,
    /// What was done to what was pasted, and the revision in which it stands.
    tidied: Option<(TextIx, u64, String)>,
}

/// Where in a text the keyboard goes.
enum Place {
    /// Where it was, or to the end.
    AsLeft,
    /// To the end.
    End,
    /// To these bytes, which are marked.
    Marked(Range<usize>),
    /// Nowhere: the text is only looked at.
    Away,
}

impl TextState {
    /// Shows a text and marks a stretch of it.
    pub fn select(&mut self, text: TextIx, range: Option<Range<usize>>) {
        self.point(text, range.clone());
        self.select = Some((text, range.map_or(Place::End, Place::Marked)));
    }

    /// Shows a text and points out a stretch of it; the keyboard stays where it is.
    pub fn point_at(&mut self, text: TextIx, range: Option<Range<usize>>) {
        self.point(text, range);
        self.select = Some((text, Place::Away));
    }

    fn point(&mut self, text: TextIx, range: Option<Range<usize>>) {
        let range = range.filter(|range| !range.is_empty());
        self.pointed = range.map(|range| (text, range));
    }

    /// The keyboard goes to a text, where it was in it.
    pub fn take_keyboard(&mut self, text: TextIx) {
        self.select = Some((text, Place::AsLeft));
    }

    /// Forgets what the input method was composing, because the report changed under it.
    pub fn forget(&mut self) {
        self.composing.forget();
        self.pointed = None;
    }
}

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
) {
    let form = session.form().clone();
    sheet::sheet_ui(ui, &form.sections[section].id, 400.0, |ui, width| {
        sheet::heading_ui(ui, &form.sections[section].heading);
        with_last_ui(ui, texts, session, text, shows_last, width, 20);
    });
}

/// One text with last year's wording beside it, or below it where there is little room.
pub fn with_last_ui(
    ui: &mut Ui,
    state: &mut TextState,
    session: &mut Session,
    text: TextIx,
    shows_last: bool,
    width: f32,
    rows: usize,
) {
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
        return field_ui(ui, state, session, text, width.min(widest), rows);
    };
    if words.is_empty() {
        return field_ui(ui, state, session, text, width.min(widest), rows);
    }
    let mut taken = None;
    if width < NARROW {
        field_ui(ui, state, session, text, width, rows / 2 + 2);
        ui.add_space(GAP);
        taken = last::last_ui(ui, year, words, session.report().text(text), width);
    } else {
        let half = ((width - GAP) / 2.0).min(widest);
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = GAP;
            ui.vertical(|ui| field_ui(ui, state, session, text, half, rows));
            let now = session.report().text(text);
            ui.vertical(|ui| taken = last::last_ui(ui, year, words, now, half));
        });
    }
    if let Some(paragraph) = taken {
        let range = last::take_paragraph(session, text, words, &paragraph);
        state.forget();
        state.select(text, Some(range));
    }
}
