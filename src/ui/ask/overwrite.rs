//! 这个文件已经有了: may it be replaced?

use crate::ui::action::Action;
use crate::ui::dialogs::Purpose;
use crate::ui::widgets::heading;
use egui::Ui;
use std::path::Path;

/// Asks whether a file may be replaced.
pub fn overwrite_ui(ui: &mut Ui, purpose: Purpose, path: &Path) -> Option<Action> {
    heading(ui, "这个文件已经有了");
    ui.label(format!("{}\n要用现在的内容替换它吗？", path.display()));
    ui.add_space(10.0);
    let mut reply = None;
    ui.horizontal(|ui| {
        if ui.button("替换").clicked() {
            reply = Some(Action::UsePath {
                purpose,
                path: path.to_owned(),
                replaces: true,
            });
        }
        if ui.button("取消").clicked() {
            reply = Some(Action::Cancel);
        }
    });
    reply
}
