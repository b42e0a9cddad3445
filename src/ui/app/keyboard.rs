//! Which part of the window has the keyboard.

use egui::{Context, Id, Rect};

/// Where the keyboard can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The table or the text.
    Page,
    /// The findings beside it.
    Cards,
    /// The command row.
    Bar,
}

/// Where the parts beside the page stand, and where on the page the keyboard came from.
#[derive(Default)]
pub struct Parts {
    /// The command row.
    pub bar: Option<Rect>,
    /// The findings, if they are shown.
    pub cards: Option<Rect>,
    /// Whether the command row is to take the keyboard.
    pub bar_wanted: bool,
    /// What had the keyboard before it left the page.
    came_from: Option<Id>,
    /// Whether one of the other parts had the keyboard in the last frame.
    away: bool,
}

impl Parts {
    /// The part that has the keyboard.
    pub fn at(&self, ctx: &Context) -> Part {
        let focused = ctx.memory(egui::Memory::focused);
        // Not by its response: asking for that counts as drawing it, and a click elsewhere takes the keyboard from it.
        let rect = focused.and_then(|id| {
            ctx.viewport(|window| Some(window.this_pass.widgets.get(id)?.interact_rect))
        });
        let lies_in = |part: Option<Rect>| {
            let part = part.zip(rect);
            part.is_some_and(|(part, rect)| part.contains(rect.center()))
        };
        if lies_in(self.cards) {
            Part::Cards
        } else if lies_in(self.bar) {
            Part::Bar
        } else {
            Part::Page
        }
    }

    /// Keeps in mind what has the keyboard on the page.
    pub fn remember(&mut self, ctx: &Context) {
        self.came_from = ctx.memory(egui::Memory::focused);
    }

    /// What had the keyboard on the page before it left.
    pub fn came_from(&mut self) -> Option<Id> {
        self.came_from.take()
    }

    /// Whether one of the other parts had the keyboard in the last frame; on Esc egui lets go of it before this one.
    pub fn were_away(&mut self, ctx: &Context) -> bool {
        let now = self.at(ctx) != Part::Page;
        std::mem::replace(&mut self.away, now)
    }
}
