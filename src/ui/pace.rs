//! Keeps keys and mouse in their order when the window falls behind.
//!
//! A frame takes in everything that happened since the last one, and egui looks at all of it at once: at the pointer where it
//! is last, at Tab before what was typed in front of it, at a shortcut before the digits that were meant to be saved by it.
//! On a slow computer that puts keys where the clerk was not. So the window is worked through key by key: each pass over it
//! gets one stroke (a key, a press of a button), and the next stroke waits until the keyboard is where the last one sent
//! it. Passes that wait for more are not painted: all of them together make one frame.

use egui::{Context, Event, Id, Key, LayerId, RawInput, Ui, ViewportEvent};
use std::collections::VecDeque;
use std::num::NonZeroUsize;

/// Passes of one frame: more than keys can pile up in a frame, and an end all the same.
const PASSES: NonZeroUsize = NonZeroUsize::new(4000).unwrap();

/// Passes after a stroke that may move the keyboard: a part that is asked to take it does so in the next one.
const SETTLING: u8 = 2;

/// Where the keyboard still moves after so many passes it is not waited for any longer.
const PATIENCE: u8 = 12;

/// Where it is said whether strokes are still waiting.
fn waiting() -> Id {
    Id::unique("strokes are waiting")
}

/// Where it is said that those which wait have lost what they were meant for.
fn dropping() -> Id {
    Id::unique("strokes are dropped")
}

/// Whether strokes that have come already still wait for their turn.
pub fn is_waiting(ctx: &Context) -> bool {
    ctx.data(|data| data.get_temp(waiting()).unwrap_or(false))
}

/// Drops the strokes that wait, but for Escape and the mouse: what they were typed into does not take them.
pub fn drop_waiting(ctx: &Context) {
    ctx.data_mut(|data| data.insert_temp(dropping(), true));
}

/// Whether an event still means the same when what was typed in front of it is dropped.
pub fn outlives_dropping(event: &Event) -> bool {
    match event {
        Event::Key { key, .. } => *key == Key::Escape,
        Event::PointerButton { .. } => true,
        _ => Stroke::of(event).is_none(),
    }
}

/// Hands out what happened stroke by stroke.
#[derive(Default)]
pub struct Pace {
    held: VecDeque<Event>,
    /// The window was asked to close behind what is held.
    close: bool,
    dropped: Vec<egui::DroppedFileHandle>,
    /// Where the keyboard was in the last pass.
    keyboard: Keyboard,
    /// Passes until the keyboard is where it was sent.
    settling: u8,
    /// Passes for which a stroke has waited.
    waited: u8,
    /// Whether something waits for the next pass.
    waiting: bool,
    repaint: bool,
}

/// Where keys go.
#[derive(Clone, Copy, Default, PartialEq)]
struct Keyboard {
    focused: Option<Id>,
    modal: Option<LayerId>,
}

impl Pace {
    /// Puts a window's keys and mouse in their order.
    pub fn install(ctx: &Context) {
        ctx.options_mut(|options| options.max_passes = PASSES);
        ctx.add_plugin(Self::default());
    }

    /// Takes what belongs into one pass from the front.
    fn take_slice(&mut self) -> Vec<Event> {
        let mut slice = Vec::new();
        let mut stroke: Option<Stroke> = None;
        let mut pressed = false;
        while let Some(event) = self.held.front() {
            let moves = matches!(
                event,
                Event::PointerMoved(_) | Event::PointerGone | Event::MouseWheel { .. }
            );
            let next = Stroke::of(event);
            // What a key types comes right behind it.
            let behind = slice.last().and_then(Stroke::of) == Some(Stroke::Key);
            let typed = behind && matches!(event, Event::Text(_));
            let turns = next.is_some() && stroke.is_some() && !typed || moves && pressed;
            if turns {
                break;
            }
            pressed |= matches!(event, Event::PointerButton { .. });
            stroke = next.or(stroke);
            slice.extend(self.held.pop_front());
        }
        if matches!(stroke, Some(Stroke::Key | Stroke::Other)) {
            self.settling = SETTLING;
        }
        slice
    }

    /// What does not wait for the keyboard: everything up to the first stroke.
    fn take_before_stroke(&mut self) -> Vec<Event> {
        let stop = self
            .held
            .iter()
            .position(|event| Stroke::of(event).is_some());
        let stop = stop.unwrap_or(self.held.len());
        self.held.drain(..stop).collect()
    }
}

/// What the clerk does at one moment.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stroke {
    /// A key went down.
    Key,
    /// Text came, by a key or from an input method.
    Text,
    /// A button of the mouse went down, a screen reader asks for something, the clipboard is used.
    Other,
}

impl Stroke {
    fn of(event: &Event) -> Option<Self> {
        match event {
            Event::Key { pressed: true, .. } => Some(Self::Key),
            Event::Text(_) | Event::Ime(_) => Some(Self::Text),
            Event::Copy
            | Event::Cut
            | Event::Paste(_)
            | Event::PointerButton { pressed: true, .. }
            | Event::AccessKitActionRequest(_) => Some(Self::Other),
            _ => None,
        }
    }
}

impl egui::Plugin for Pace {
    fn debug_name(&self) -> &'static str {
        "pace"
    }

    fn input_hook(&mut self, ctx: &Context, input: &mut RawInput) {
        if ctx.data_mut(|data| data.remove_temp(dropping()).unwrap_or(false)) {
            self.held.retain(outlives_dropping);
        }
        self.held.extend(input.events.drain(..));
        self.dropped.append(&mut input.dropped_files);
        if let Some(window) = input.viewports.get_mut(&input.viewport_id) {
            let before = window.events.len();
            window
                .events
                .retain(|event| !matches!(event, ViewportEvent::Close));
            self.close |= window.events.len() < before;
        }

        let keyboard = ctx.memory(|memory| Keyboard {
            focused: memory.focused(),
            modal: memory.top_modal_layer(),
        });
        let moved = keyboard != self.keyboard;
        self.keyboard = keyboard;
        let settled = self.settling == 0 && !moved;
        self.settling = self.settling.saturating_sub(1);
        let waits = self.held.iter().any(|event| Stroke::of(event).is_some());
        input.events = if waits && !settled && self.waited < PATIENCE {
            self.waited += 1;
            self.take_before_stroke()
        } else {
            self.waited = 0;
            self.take_slice()
        };

        let before = std::mem::replace(&mut self.waiting, !self.held.is_empty());
        ctx.data_mut(|data| data.insert_temp(waiting(), self.waiting));
        // What passes that are not painted asked of the system is asked once more as it is at the end.
        self.repaint = before || self.waiting;
        if self.waiting {
            ctx.request_discard("strokes are waiting");
            return;
        }
        input.dropped_files = std::mem::take(&mut self.dropped);
        if std::mem::take(&mut self.close)
            && let Some(window) = input.viewports.get_mut(&input.viewport_id)
        {
            window.events.push(ViewportEvent::Close);
        }
    }

    fn on_end_pass(&mut self, ui: &mut Ui) {
        if std::mem::take(&mut self.repaint) {
            ui.ctx().request_repaint();
        }
    }
}
