//! What the keyboard asks of the card that is looked at.

use egui::{Id, Response, Ui};

/// What is asked of the card that is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wish {
    #[default]
    Nothing,
    /// Do what the blue button does; a card without one takes the keyboard.
    Answer,
    /// Take the keyboard.
    Keyboard,
}

/// Buttons of several cards have the same words on them: screen readers tell them apart by what they are about.
fn describe(response: &Response, about: &str) {
    let ctx = &response.ctx;
    ctx.accesskit_node_builder(response.id, |node| node.set_description(about));
}

/// What a card has for hands, gathered while it is drawn.
#[derive(Default)]
pub struct Hands {
    wish: Wish,
    blue: Option<Id>,
    field: Option<Id>,
    other: Option<Id>,
}

impl Hands {
    /// The hands of a card of which this is wished.
    pub fn wishing(wish: Wish) -> Self {
        Self {
            wish,
            ..Self::default()
        }
    }

    /// Whether the blue button is pressed, by the pointer or by what is wished; `about` says what it is about.
    pub fn blue(&mut self, response: &Response, about: &str) -> bool {
        describe(response, about);
        self.blue.get_or_insert(response.id);
        let asked = self.wish == Wish::Answer;
        if asked {
            self.wish = Wish::Nothing;
        }
        response.clicked() || asked
    }

    /// Where a reason is typed.
    pub fn field(&mut self, response: &Response) {
        self.field.get_or_insert(response.id);
    }

    /// Something else that can be pressed, and what it is about.
    pub fn other(&mut self, response: &Response, about: &str) {
        describe(response, about);
        self.other.get_or_insert(response.id);
    }

    /// Gives the keyboard to what the wish is about, once the whole card is drawn. Without a blue button that is the field
    /// for a reason, or what else there is: nothing is done that no button stands for.
    pub fn settle(self, ui: &Ui) {
        let to = match self.wish {
            Wish::Nothing => None,
            Wish::Answer => self.field.or(self.other),
            Wish::Keyboard => self.blue.or(self.field).or(self.other),
        };
        if let Some(id) = to {
            ui.memory_mut(|memory| memory.request_focus(id));
        }
    }
}
