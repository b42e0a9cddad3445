//! What was copied out of a text last, with its links: the clipboard holds its words alone.

use crate::form::TextIx;
use crate::report::{Edit, Linked, Report};
use egui::text_edit::TextEditState;
use egui::{Event, Id, Ui};
use std::ops::Range;

/// What was copied out of a text last.
#[derive(Default)]
pub struct Clip(Linked);

impl Clip {
    /// Keeps what is copied or cut out of a field in this frame. Called before the field is shown.
    pub fn watch(&mut self, ui: &Ui, id: Id, report: &Report, text: TextIx) {
        let copies = |event: &Event| matches!(event, Event::Copy | Event::Cut);
        if ui.memory(|memory| memory.has_focus(id))
            && ui.input(|input| input.events.iter().any(copies))
            && let Some(at) = selection(ui, id, report.text(text)).filter(|at| !at.is_empty())
        {
            self.0 = report.linked(text, at);
        }
    }

    /// Whether what is pasted into a field in this frame is what was copied, and has links to bring along.
    pub fn comes_back(&self, ui: &Ui, id: Id) -> bool {
        let is_it = |event: &Event| match event {
            Event::Paste(words) => words.replace("\r\n", "\n") == self.0.words(),
            _ => false,
        };
        !self.0.links().is_empty()
            && ui.memory(|memory| memory.has_focus(id))
            && ui.input(|input| input.events.iter().any(is_it))
    }

    /// The edit that pastes it in place of a selection with its links; none if something else has come of it.
    pub fn paste(
        &self,
        report: &Report,
        text: TextIx,
        selection: Range<usize>,
        whole: &str,
    ) -> Option<Edit> {
        let old = report.text(text);
        let (before, behind) = (old.get(..selection.start)?, old.get(selection.end..)?);
        let rest = whole.strip_prefix(before)?.strip_suffix(behind)?;
        let is_it = rest == self.0.words();
        is_it.then(|| Edit::insert(report, text, selection, self.0.clone()))
    }
}

/// What is marked in a field, or where its caret stands, in bytes of its text.
pub fn selection(ui: &Ui, id: Id, text: &str) -> Option<Range<usize>> {
    let range = TextEditState::load(ui.ctx(), id)?.cursor.char_range()?;
    let (a, b) = (range.primary.index.0, range.secondary.index.0);
    let byte = |at: usize| {
        let mut all = text.char_indices().map(|(byte, _)| byte);
        all.nth(at).unwrap_or(text.len())
    };
    Some(byte(a.min(b))..byte(a.max(b)))
}
