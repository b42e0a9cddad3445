//! Questions about files: unsaved changes, a path, a file that is there already or has changed.

use super::{Reply, complaint_ui, field, heading, main_button};
use crate::ui::action::Intent;
use crate::ui::dialogs::Purpose;
use crate::ui::theme;
use egui::{Context, Id, Key, RichText, Ui};
use std::path::{Path, PathBuf};

pub(super) fn unsaved_ui(ui: &mut Ui, intent: &Intent) -> Option<Reply> {
    heading(ui, "有改动还没有保存");
    ui.label("要先把这份年报保存到文件吗？不保存的话，上次保存之后的改动会丢失。");
    ui.add_space(10.0);
    let mut reply = None;
    ui.horizontal(|ui| {
        if main_button(ui, "先保存").clicked() {
            reply = Some(Reply::SaveFirst(intent.clone()));
        }
        if ui.button("不保存").clicked() {
            reply = Some(Reply::Discard(intent.clone()));
        }
        if ui.button("取消").clicked() {
            reply = Some(Reply::Cancel);
        }
    });
    reply
}

pub(super) fn path_ui(
    ui: &mut Ui,
    purpose: Purpose,
    text: &mut String,
    complaint: &mut Option<String>,
    fresh: &mut bool,
) -> Option<Reply> {
    heading(ui, purpose.title());
    ui.label(
        RichText::new("这台电脑没有可用的文件对话框，请直接输入完整的路径。").color(theme::WEAK),
    );
    if purpose == Purpose::SaveChart {
        let words = "文件名以 .png 结尾就存成 PNG，以 .svg 结尾就存成 SVG。";
        ui.label(RichText::new(words).color(theme::WEAK));
    }
    let response = field(ui, "文件路径", text, f32::INFINITY);
    if std::mem::take(fresh) {
        response.request_focus();
        // Typing and pasting replace what is proposed.
        super::select_all(ui, response.id, text);
    }
    complaint_ui(ui, complaint.as_deref());
    ui.add_space(10.0);
    let mut reply = None;
    ui.horizontal(|ui| {
        let enter = ui.input(|input| input.key_pressed(Key::Enter));
        if main_button(ui, "确定").clicked() || enter {
            let path = purpose.with_ending(PathBuf::from(text.trim()));
            if text.trim().is_empty() || path.is_dir() {
                *complaint = Some("请写到文件名为止".to_owned());
            } else {
                reply = Some(Reply::Path(purpose, path));
            }
        }
        if ui.button("取消").clicked() {
            reply = Some(Reply::Cancel);
        }
    });
    reply
}

pub(super) fn overwrite_ui(ui: &mut Ui, purpose: Purpose, path: &Path) -> Option<Reply> {
    heading(ui, "这个文件已经有了");
    ui.label(format!("{}\n要用现在的内容替换它吗？", path.display()));
    ui.add_space(10.0);
    let mut reply = None;
    ui.horizontal(|ui| {
        if main_button(ui, "替换").clicked() {
            reply = Some(Reply::Overwrite(purpose, path.to_owned()));
        }
        if ui.button("取消").clicked() {
            reply = Some(Reply::Cancel);
        }
    });
    reply
}

pub(super) fn leftover_ui(ui: &mut Ui, index: usize, path: &Path, changes: &str) -> Option<Reply> {
    heading(ui, "这份草稿还有没保存的内容");
    ui.label("上次程序没有正常关闭，当时没保存的内容还留着。");
    ui.label(changes);
    ui.label(RichText::new(path.display().to_string()).color(theme::WEAK));
    ui.add_space(10.0);
    let mut reply = None;
    ui.horizontal(|ui| {
        if main_button(ui, "恢复没保存的内容").clicked() {
            reply = Some(Reply::Recover(index));
        }
        if ui.button("打开保存过的文件").clicked() {
            reply = Some(Reply::OpenSaved(path.to_owned()));
        }
        if ui.button("取消").clicked() {
            reply = Some(Reply::Cancel);
        }
    });
    reply
}

pub(super) fn changed_ui(ui: &mut Ui, path: &Path) -> Option<Reply> {
    heading(ui, "这个文件在别处被改过");
    ui.label(format!(
        "{}\n打开以后，别的程序或别的人保存过它。另存为可以两份都留着；用这里的内容替换时，文件现在的样子会留作备份（.bak）。",
        path.display()
    ));
    ui.add_space(10.0);
    let mut reply = None;
    ui.horizontal(|ui| {
        if main_button(ui, "另存为……").clicked() {
            reply = Some(Reply::SaveElsewhere);
        }
        if ui.button("用这里的内容替换").clicked() {
            reply = Some(Reply::SaveMine(path.to_owned()));
        }
        if ui.button("取消").clicked() {
            reply = Some(Reply::Cancel);
        }
    });
    reply
}

/// Says that the system's dialog is open; `true` if the clerk would rather type a path.
pub fn waiting_ui(ctx: &Context) -> bool {
    let mut give_up = false;
    egui::Area::new(Id::unique("waiting"))
        .anchor(egui::Align2::CENTER_BOTTOM, [0.0, -60.0])
        .show(ctx, |ui| {
            egui::Frame::popup(ui.style()).show(ui, |ui| {
                ui.horizontal(|ui| {
                    ui.label("正在等待文件对话框……没有看到它？");
                    give_up = ui.button("改为输入路径").clicked();
                });
            });
        });
    give_up
}
