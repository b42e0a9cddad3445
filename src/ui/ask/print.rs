//! 打印: something must still be corrected.

use super::open_points::warning;
use crate::ui::action::Action;
use crate::ui::session::Session;
use crate::ui::widgets::{default_button, heading};
use egui::Ui;

/// Printing what must still be corrected.
pub fn print_ui(ui: &mut Ui, session: &Session) -> Option<Action> {
    heading(ui, "打印");
    ui.label(format!(
        "{}仍要打印吗？",
        warning(session).unwrap_or_default()
    ));
    ui.add_space(10.0);
    let mut reply = None;
    ui.horizontal(|ui| {
        if default_button(ui, "仍然打印") {
            reply = Some(Action::Print);
        }
        if ui.button("取消").clicked() {
            reply = Some(Action::Cancel);
        }
    });
    reply
}
