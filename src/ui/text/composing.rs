//! Text fields and the input method: half-typed letters never reach the report.

use egui::{Event, Id, ImeEvent, Ui};

/// Fields in which the input method may be composing.
///
/// egui puts the half-typed letters into the text of the field, and they stay there when the clerk clicks elsewhere in
/// the middle of a word. So the field works on a copy, and the copy counts only when it is whole.
#[derive(Default)]
pub struct Composing {
    /// The field and its text, letters and all.
    copy: Option<(Id, String)>,
}

impl Composing {
    /// Shows a field for `current`; returns its text when that has become another whole one.
    pub fn field(
        &mut self,
        ui: &mut Ui,
        id: Id,
        current: &str,
        show: impl FnOnce(&mut Ui, &mut String) -> egui::Response,
    ) -> (egui::Response, Option<String>) {
        let kept = self.copy.take_if(|(at, _)| *at == id).map(|(_, copy)| copy);
        let composing = ui
            .input(|input| composes(&input.events))
            .unwrap_or(kept.is_some());
        let mut copy = kept.unwrap_or_else(|| current.to_owned());
        let response = show(ui, &mut copy);
        if composing && response.has_focus() {
            // A word was finished and the next one begun in the same frame, as fast 五笔 typing does: the finished one
            // counts. The half-typed letters are what the field's cursor spans.
            let finished = ui.input(|input| {
                input.events.iter().any(
                    |event| matches!(event, Event::Ime(ImeEvent::Commit(word)) if !word.is_empty()),
                )
            });
            let whole = finished
                .then(|| without_preedit(ui, id, &copy))
                .filter(|whole| whole != current);
            self.copy = Some((id, copy));
            return (response, whole);
        }
        let whole = (!composing && copy != current).then_some(copy);
        (response, whole)
    }

    /// Whether letters stand in this field that are no word yet.
    pub(super) fn is_in(&self, id: Id) -> bool {
        self.copy.as_ref().is_some_and(|(at, _)| *at == id)
    }

    pub(super) fn forget(&mut self) {
        self.copy = None;
    }
}

/// A field's text without the letters that the input method is composing.
fn without_preedit(ui: &Ui, id: Id, copy: &str) -> String {
    let field = egui::text_edit::TextEditState::load(ui.ctx(), id);
    let Some(range) = field.and_then(|field| field.cursor.char_range()) else {
        return copy.to_owned();
    };
    let (a, b) = (range.primary.index.0, range.secondary.index.0);
    let span = a.min(b)..a.max(b);
    copy.chars()
        .enumerate()
        .filter(|(at, _)| !span.contains(at))
        .map(|(_, c)| c)
        .collect()
}

/// Whether the input method is composing after these events; nothing if they do not say.
fn composes(events: &[Event]) -> Option<bool> {
    events.iter().rev().find_map(|event| match event {
        Event::Ime(ImeEvent::Preedit { text, .. }) => Some(!text.is_empty()),
        Event::Ime(_) => Some(false),
        _ => None,
    })
}
