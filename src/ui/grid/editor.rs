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
    /// Select as far as there.
    Extend(Step),
    /// Select the whole table.
    SelectAll,
    /// Fill the selection from its first row, or its first column.
    Fill { right: bool },
    /// Put what is typed into every selected cell.
    FillTyped,
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
    /// Takes the key that means something to the grid out of the input, before the text field sees it.
    pub fn take_key(&self, input: &mut egui::InputState) -> Option<Ask> {
        let meaning = |event: &Event| match event {
            Event::Key {
                key,
                pressed: true,
                modifiers,
                ..
            } => ask(*key, *modifiers, self.mode),
            _ => None,
        };
        let (at, found) = input
            .events
            .iter()
            .enumerate()
            .find_map(|(at, event)| Some((at, meaning(event)?)))?;
        input.events.remove(at);
        Some(found)
    }
}

fn ask(key: Key, modifiers: Modifiers, mode: Mode) -> Option<Ask> {
    let plain = modifiers.is_none();
    let shift = modifiers.shift_only();
    let moves = mode != Mode::InPlace;
    let ctrl = modifiers.command && !modifiers.alt;
    match key {
        Key::Enter if plain || shift => return Some(Ask::Enter { back: shift }),
        Key::Enter if ctrl && !modifiers.shift && mode != Mode::Ready => {
            return Some(Ask::FillTyped);
        }
        Key::Tab if plain || shift => return Some(Ask::Tab { back: shift }),
        Key::Escape if plain && mode != Mode::Ready => return Some(Ask::Cancel),
        Key::F2 if plain && mode != Mode::InPlace => return Some(Ask::Edit),
        Key::Delete | Key::Backspace if plain && mode == Mode::Ready => return Some(Ask::Clear),
        Key::A if ctrl && mode == Mode::Ready => return Some(Ask::SelectAll),
        Key::D if ctrl && mode == Mode::Ready => return Some(Ask::Fill { right: false }),
        Key::R if ctrl && mode == Mode::Ready => return Some(Ask::Fill { right: true }),
        _ => {}
    }
    let step = match (key, ctrl) {
        (Key::ArrowLeft, false) if moves => Step::Left,
        (Key::ArrowRight, false) if moves => Step::Right,
        (Key::ArrowUp, false) => Step::Up,
        (Key::ArrowDown, false) => Step::Down,
        (Key::ArrowLeft, true) | (Key::Home, false) if moves => Step::FarLeft,
        (Key::ArrowRight, true) | (Key::End, false) if moves => Step::FarRight,
        (Key::ArrowUp, true) => Step::FarUp,
        (Key::ArrowDown, true) => Step::FarDown,
        (Key::Home, true) => Step::First,
        (Key::End, true) => Step::Last,
        (Key::PageUp, false) => Step::PageUp,
        (Key::PageDown, false) => Step::PageDown,
        _ => return None,
    };
    match (modifiers.shift, modifiers.alt) {
        (false, false) => Some(Ask::Go(step)),
        // While editing in place, Shift selects in the text.
        (true, false) if moves => Some(Ask::Extend(step)),
        _ => None,
    }
}
