//! 这个文件在别处被改过: somebody else has saved the draft.

use crate::draft::FileNow;
use crate::ui::action::Action;
use crate::ui::widgets::{default_button, heading};
use egui::Ui;
use std::path::Path;

/// Asks where the draft is saved.
pub fn changed_ui(ui: &mut Ui, path: &Path, now: &FileNow) -> Option<Action> {
    heading(ui, "这个文件在别处被改过");
    ui.label(format!(
        "{}\n打开以后，别的程序或别的人保存过它{}。另存为可以两份都留着；用这里的内容替换时，文件现在的样子会留作备份（.bak）。",
        path.display(),
        match now {
            FileNow::Another(Some(title)) => format!("，现在里面是另一份年报《{title}》"),
            FileNow::Another(None) => "，现在里面不是年报草稿".to_owned(),
            FileNow::Changed(_) | FileNow::Same(_) | FileNow::Missing => String::new(),
        }
    ));
    ui.add_space(10.0);
    let mut reply = None;
    ui.horizontal(|ui| {
        if default_button(ui, "另存为……") {
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

/// Another report lies in the draft's file: the clerk is asked for a file of its own.
pub fn another_ui(ui: &mut Ui, path: &Path, title: Option<&str>) -> Option<Action> {
    heading(ui, "没有保存：这个文件已经不是这份年报");
    let now = title.map_or_else(
        || "不是年报草稿，或者读不懂".to_owned(),
        |title| format!("是《{title}》"),
    );
    ui.label(format!(
        "{}\n这个文件里现在{now}，所以没有动它：可能是文件夹或文件改了名。请把这份年报另存到别的文件。",
        path.display()
    ));
    ui.add_space(10.0);
    let mut reply = None;
    ui.horizontal(|ui| {
        if default_button(ui, "另存为……") {
            reply = Some(Action::SaveElsewhere);
        }
        if ui.button("取消").clicked() {
            reply = Some(Action::Cancel);
        }
    });
    reply
}
