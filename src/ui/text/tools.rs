//! What can be put into a text, above the page.

use crate::compose::offered;
use crate::form::TextIx;
use crate::ui::action::{Action, Actions};
use crate::ui::command::Command;
use crate::ui::session::Session;
use crate::ui::theme;
use egui::{RichText, Ui};

/// The tools of a text; nothing where the form has nothing to put into it.
pub fn tools_ui(ui: &mut Ui, session: &Session, text: TextIx, actions: &mut Actions) {
    if offered(session.form(), text).next().is_none() {
        return;
    }
    let link = ui.link(RichText::new("写一段").size(13.0).color(theme::ACCENT));
    let keys = Command::Compose.keys_text().unwrap_or_default();
    let hover = format!("{}（{keys}）", Command::Compose.tooltip());
    if link.on_hover_text(hover).clicked() {
        actions.push(Action::Command(Command::Compose));
    }
}
