//! The draft that is being opened has something unsaved from a program that did not end in order.

use crate::disk::Home;
use crate::ui::action::Action;
use crate::ui::theme;
use crate::ui::widgets::{default_button, heading};
use egui::{RichText, Ui};
use std::path::{Path, PathBuf};

/// A draft with something of it left unsaved.
pub struct Leftover {
    /// Its place among what was left unsaved.
    pub index: usize,
    pub path: PathBuf,
    /// What recovering would change.
    pub changes: String,
}

/// Asks which of the two is opened.
pub fn leftover_ui(ui: &mut Ui, leftover: &Leftover) -> Option<Action> {
    heading(ui, "这份草稿还有没保存的内容");
    ui.label("上次程序没有正常关闭，当时没保存的内容还留着。");
    ui.label(&leftover.changes);
    ui.label(RichText::new(leftover.path.display().to_string()).color(theme::WEAK));
    ui.add_space(10.0);
    let mut reply = None;
    ui.horizontal(|ui| {
        if default_button(ui, "恢复没保存的内容") {
            reply = Some(Action::Recover(leftover.index));
        }
        if ui.button("打开保存过的文件").clicked() {
            reply = Some(Action::OpenSaved(leftover.path.clone()));
        }
        if ui.button("取消").clicked() {
            reply = Some(Action::Cancel);
        }
    });
    reply
}

/// Asks whether what was left is offered no more.
pub fn throw_away_ui(ui: &mut Ui, index: usize, title: &str, folder: &Path) -> Option<Action> {
    heading(ui, "不要这份没保存的内容了？");
    ui.label(title);
    ui.label(format!(
        "以后不再提示恢复。还会留一份在程序自己的文件夹里，{} 天后才删除，要用时可以从那里打开：",
        Home::DAYS
    ));
    ui.add(egui::Label::new(RichText::new(folder.display().to_string()).color(theme::WEAK)).wrap());
    ui.add_space(10.0);
    let mut reply = None;
    ui.horizontal(|ui| {
        if ui.button("不要了，以后不再提示").clicked() {
            reply = Some(Action::ThrowAway(index));
        }
        if ui.button("取消").clicked() {
            reply = Some(Action::Cancel);
        }
    });
    reply
}
