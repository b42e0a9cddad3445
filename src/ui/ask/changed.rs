//! 这个文件在别处被改过: somebody else has saved the draft.

use crate::ui::action::Action;
use crate::ui::widgets::{heading, main_button};
use egui::Ui;
use std::path::Path;

/// Asks where the draft is saved.
pub fn changed_ui(ui: &mut Ui, path: &Path) -> Option<Action> {
    heading(ui, "这个文件在别处被改过");
    ui.label(format!(
        "{}\n打开以后，别的程序或别的人保存过它。另存为可以两份都留着；用这里的内容替换时，文件现在的样子会留作备份（.bak）。",
        path.display()
    ));
    ui.add_space(10.0);
    let mut reply = None;
    ui.horizontal(|ui| {
        if main_button(ui, "另存为……").clicked() {
            reply = Some(Action::SaveElsewhere);
        }
        if ui.button("用这里的内容替换").clicked() {
            reply = Some(Action::SaveTo(path.to_owned()));
        }
        if ui.button("取消").clicked() {
            reply = Some(Action::Cancel);
        }
    });
    reply
}
