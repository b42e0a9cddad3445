//! What is being typed into the active cell, and what the keys mean there.

use super::nav::Step;
use egui::{Event, Key, Modifiers};

/// The text being typed, apart from the report until it is committed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Editor {
    /// What stands in the editor; empty while the cell is only active.
    pub text: String,
    /// Whether something is being typed.
    pub mode: Mode,
    /// Why the text was refused, as a sentence.
    pub refused: Option<String>,
}

/// How far editing has gone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// The cell is active; keys move, typing replaces.
    #[default]
    Ready,
    /// Typing has begun by itself: arrows still commit and move, as in Excel.
    Typing,
    /// Editing what was there (F2): arrows move in the text.
    InPlace,
}

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Commit, then go there.
    Go(Step),
    /// Commit, then go down (or up) as Enter does.
    Enter { back: bool },
    /// Commit, then go to the next (or previous) input.
    Tab { back: bool },
    /// Edit in place.
    Edit,
    /// Empty the cell.
    Clear,
    /// Forget what was typed.
    Cancel,
}

impl Editor {
    /// Takes the first key that means something to the grid out of the input, before the text field sees it; one that
    /// comes behind typed text stays, since the text comes first.
    pub fn take_key(&self, input: &mut egui::InputState) -> Option<Ask> {
        let at = self.key_position(input)?;
        if input.events[..at].iter().any(is_text) {
            return None;
        }
        match input.events.remove(at) {
            Event::Key { key, modifiers, .. } => ask(key, modifiers, self.mode),
            _ => None,
        }
    }

    /// Takes a key that comes behind typed text, and everything from the keyboard behind it, out of the input.
    pub fn split_at_key(&self, input: &mut egui::InputState) -> Vec<Event> {
        // With typing about to begin, keys mean what they mean while typing.
        let typing = Self {
            mode: if self.mode == Mode::Ready {
                Mode::Typing
            } else {
                self.mode
            },
            ..Self::default()
        };
        let Some(at) = typing.key_position(input) else {
            return Vec::new();
        };
        let (keyboard, other) = input
            .events
            .drain(at..)
            .partition(|event| is_text(event) || matches!(event, Event::Key { .. }));
        input.events.extend::<Vec<_>>(other);
        keyboard
    }

    fn key_position(&self, input: &egui::InputState) -> Option<usize> {
        input.events.iter().position(|event| {
            matches!(event, Event::Key { key, pressed: true, modifiers, .. } if ask(*key, *modifiers, self.mode).is_some())
        })
    }
}

fn is_text(event: &Event) -> bool {
    matches!(event, Event::Text(_) | Event::Ime(_) | Event::Paste(_))
}

fn ask(key: Key, modifiers: Modifiers, mode: Mode) -> Option<Ask> {
    let plain = modifiers.is_none();
    let ctrl = modifiers.command_only();
    let shift = modifiers.shift_only();
    let moves = mode != Mode::InPlace;
    let step = match key {
        Key::Enter if plain || shift => return Some(Ask::Enter { back: shift }),
        Key::Tab if plain || shift => return Some(Ask::Tab { back: shift }),
        Key::Escape if plain && mode != Mode::Ready => return Some(Ask::Cancel),
        Key::F2 if plain && mode != Mode::InPlace => return Some(Ask::Edit),
        Key::Delete | Key::Backspace if plain && mode == Mode::Ready => return Some(Ask::Clear),
        Key::ArrowLeft if plain && moves => Step::Left,
        Key::ArrowRight if plain && moves => Step::Right,
        Key::ArrowUp if plain => Step::Up,
        Key::ArrowDown if plain => Step::Down,
        Key::ArrowLeft if ctrl && moves => Step::FarLeft,
        Key::ArrowRight if ctrl && moves => Step::FarRight,
        Key::ArrowUp if ctrl => Step::FarUp,
        Key::ArrowDown if ctrl => Step::FarDown,
        Key::Home if plain && moves => Step::FarLeft,
        Key::End if plain && moves => Step::FarRight,
        Key::Home if ctrl => Step::First,
        Key::End if ctrl => Step::Last,
        Key::PageUp if plain => Step::PageUp,
        Key::PageDown if plain => Step::PageDown,
        _ => return None,
    };
    Some(Ask::Go(step))
}
