//! 复核打到一半: the open report is about to be closed.

use crate::ui::action::{Action, Intent};
use crate::ui::widgets::{default_button, heading};
use egui::Ui;

/// Asks before what was keyed in the second count is lost.
pub fn lose_recount_ui(ui: &mut Ui, intent: &Intent) -> Option<Action> {
    heading(ui, "复核打到一半");
    ui.label("复核打的数不存进草稿，关闭这份年报就没有了，要从头再打。年报本身不受影响。");
    ui.add_space(10.0);
    let mut reply = None;
    ui.horizontal(|ui| {
        if default_button(ui, "接着复核") {
            reply = Some(Action::Command(crate::ui::command::Command::Recount));
        }
        if ui.button("放弃复核").clicked() {
            reply = Some(Action::LoseRecount(intent.clone()));
        }
        if ui.button("取消").clicked() {
            reply = Some(Action::Cancel);
        }
    });
    reply
}
