//! The system's file dialog is open.

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
