//! The input method on X11: one conversation with it as long as the window lives.
//!
//! Elsewhere the system remembers whether a clerk writes Chinese when a field gives the input method back. On X11 giving it
//! back ends the conversation, and the next one begins in English: with fcitx as it is installed, Chinese would have to be
//! switched on again after every click, and on every page. So there it is kept, in number cells too, whose digits pass
//! through it.

use egui::output::IMEOutput;
use egui::{Context, Event, FullOutput, IMEPurpose, ImeEvent, Plugin, RawInput, Rect, Ui};

/// Keeps the input method of X11; added to the window's [`Context`].
#[derive(Default)]
pub struct Kept {
    /// Whether letters stand in a field that are no word yet.
    composing: bool,
    /// Where the caret was last.
    last: Option<IMEOutput>,
}

impl Plugin for Kept {
    fn debug_name(&self) -> &'static str {
        "input method"
    }

    fn input_hook(&mut self, _: &Context, input: &mut RawInput) {
        for event in &input.events {
            if let Event::Ime(event) = event {
                self.composing =
                    matches!(event, ImeEvent::Preedit { text, .. } if !text.is_empty());
            }
        }
    }

    fn output_hook(&mut self, _: &Context, output: &mut FullOutput) {
        let asked = output.platform_output.ime;
        let mut ime = asked.or(self.last).unwrap_or(IMEOutput {
            purpose: IMEPurpose::Normal,
            rect: Rect::ZERO,
            cursor_rect: Rect::ZERO,
            should_interrupt_composition: false,
        });
        // What the field shows of a word goes with the field.
        ime.should_interrupt_composition =
            self.composing && asked.is_none_or(|asked| asked.should_interrupt_composition);
        if ime.should_interrupt_composition {
            self.composing = false;
        }
        // X11 knows a place without a height, and the list of words is shown right below it.
        ime.cursor_rect.min.y = ime.cursor_rect.max.y;
        self.last = Some(ime);
        output.platform_output.ime = Some(ime);
    }
}

/// The focused field takes numbers: digits are typed without the input method, whatever mode it is in, where that can be
/// had back as it was.
pub fn not_wanted(ui: &Ui) {
    if ui.ctx().plugin_opt::<Kept>().is_none() {
        ui.output_mut(|output| output.ime = None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::{Id, TextEdit};

    /// What the system is told of the input method after a pass with these events; the keyboard is in the field if it
    /// is `focused`.
    fn pass(ctx: &Context, text: &mut String, focused: bool, events: Vec<Event>) -> IMEOutput {
        let id = Id::unique("a text");
        let input = RawInput {
            events,
            ..RawInput::default()
        };
        let mut output = ctx.run_ui(input, |ui| {
            match focused {
                true if !ui.memory(|memory| memory.has_focus(id)) => {
                    ui.memory_mut(|memory| memory.request_focus(id));
                }
                false => ui.memory_mut(|memory| memory.surrender_focus(id)),
                true => {}
            }
            ui.add(TextEdit::singleline(text).id(id));
        });
        output.textures_delta.clear();
        output.platform_output.ime.expect("it is never given back")
    }

    #[test]
    fn it_is_kept_without_a_field_and_interrupted_only_in_the_middle_of_a_word() {
        let ctx = Context::default();
        ctx.add_plugin(Kept::default());
        let mut text = String::new();
        let words = |text: &str| {
            Event::Ime(ImeEvent::Preedit {
                text: text.to_owned(),
                active_range_chars: None,
            })
        };
        assert!(!pass(&ctx, &mut text, false, vec![]).should_interrupt_composition);
        for _ in 0..3 {
            let ime = pass(&ctx, &mut text, true, vec![]);
            assert!(!ime.should_interrupt_composition);
            assert_eq!(ime.cursor_rect.height(), 0.0);
        }
        let composing = pass(&ctx, &mut text, true, vec![words("ce")]);
        assert!(!composing.should_interrupt_composition);
        assert_eq!(text, "ce");
        let left = pass(&ctx, &mut text, false, vec![]);
        assert!(left.should_interrupt_composition);
        let after = pass(&ctx, &mut text, false, vec![]);
        assert!(!after.should_interrupt_composition);
        assert_eq!(after.cursor_rect, left.cursor_rect);
    }
}
