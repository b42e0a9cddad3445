//! 有改动还没有保存: the open report is about to be closed.

use crate::ui::action::{Action, Intent};
use crate::ui::widgets::{default_button, heading};
use egui::Ui;

/// Asks what becomes of what is not saved, before `intent` closes the report.
pub fn unsaved_ui(ui: &mut Ui, intent: &Intent) -> Option<Action> {
    heading(ui, "有改动还没有保存");
    ui.label("要先把这份年报保存到文件吗？不保存的话，上次保存之后的改动会丢失。");
    ui.add_space(10.0);
    let mut reply = None;
    ui.horizontal(|ui| {
        if default_button(ui, "先保存") {
            reply = Some(Action::SaveFirst(intent.clone()));
        }
        if ui.button("不保存").clicked() {
            reply = Some(Action::Discard(intent.clone()));
        }
        if ui.button("取消").clicked() {
            reply = Some(Action::Cancel);
        }
    });
    reply
}
