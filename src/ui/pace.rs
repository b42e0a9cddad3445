//! Keeps keys and mouse in their order when the window falls behind.
//!
//! A frame takes in everything that happened since the last one, and the pointer's part of it is looked at before the
//! keys' part. When a slow computer lets typing and a click pile up, the number that was typed first would go into the
//! cell that was clicked afterwards. So a click that comes behind typing waits for the next frame, and so does typing that
//! comes behind a click, with all behind it.

use egui::{Context, Event, Id, RawInput};

/// Holds events back that came too early.
#[derive(Default)]
pub struct Pace {
    held: Vec<Event>,
}

/// Where a table says that keys are still waiting for their turn.
fn key() -> Id {
    Id::unique("keys are waiting")
}

/// Says whether keys of this frame still wait for their turn in the next one.
pub fn keys_wait(ctx: &Context, waiting: bool) {
    ctx.data_mut(|data| data.insert_temp(key(), waiting));
}

fn is_typing(event: &Event) -> bool {
    matches!(
        event,
        Event::Text(_) | Event::Paste(_) | Event::Ime(_) | Event::Key { pressed: true, .. }
    )
}

fn is_press(event: &Event) -> bool {
    matches!(event, Event::PointerButton { pressed: true, .. })
}

impl egui::Plugin for Pace {
    fn debug_name(&self) -> &'static str {
        "pace"
    }

    fn input_hook(&mut self, ctx: &Context, input: &mut RawInput) {
        self.held.append(&mut input.events);
        let waiting = ctx.data(|data| data.get_temp(key()).unwrap_or(false));
        let (mut typed, mut pressed) = (waiting, false);
        let stop = self.held.iter().position(|event| {
            let turns = is_press(event) && typed || is_typing(event) && pressed;
            typed |= is_typing(event);
            pressed |= is_press(event);
            turns
        });
        let rest = self.held.split_off(stop.unwrap_or(self.held.len()));
        input.events = std::mem::replace(&mut self.held, rest);
        if !self.held.is_empty() {
            ctx.request_repaint();
        }
    }
}
