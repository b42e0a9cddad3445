//! What is waited for: the system's file dialog, a file that is being read.

use crate::ui::action::{Action, Actions};
use crate::ui::job::Kind;
use crate::ui::widgets::heading;
use egui::{Context, Id};

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

/// Says that a file is being read, or saved before the report is left; nothing else can be done until it is, or until it
/// is given up.
pub fn reading_ui(ctx: &Context, kind: Kind, words: &str, actions: &mut Actions) {
    let frame = egui::Frame::window(&ctx.global_style()).inner_margin(20);
    egui::Modal::new(Id::unique("reading"))
        .frame(frame)
        .show(ctx, |ui| {
            ui.set_width(360.0);
            heading(ui, "请稍等");
            ui.add(egui::Label::new(words).wrap());
            ui.add_space(10.0);
            if ui.button("取消").clicked() {
                actions.push(Action::GiveUp(kind));
            }
        });
}
