//! What the clerk sees first.

use super::app::Intent;
use super::theme;
use egui::{Align, Button, Layout, RichText, Ui, Vec2};

/// The start screen; returns what was chosen.
pub fn start_ui(ui: &mut Ui) -> Option<Intent> {
    let mut intent = None;
    ui.with_layout(Layout::top_down(Align::Center), |ui| {
        ui.add_space((ui.available_height() * 0.16).max(16.0));
        ui.label(RichText::new("年报填报").font(theme::bold(30.0)));
        ui.add_space(4.0);
        ui.label(RichText::new("政府信息公开工作年度报告：填写、审核、输出").color(theme::WEAK));
        ui.add_space(28.0);
        let choices = [
            ("新建年报", "填好单位和年度就开始", Intent::New),
            ("打开草稿", "继续填写以前保存的草稿", Intent::Open),
            (
                "看一个示例",
                "长春市九台区兴隆街道办事处 2020 年度报告",
                Intent::Sample,
            ),
        ];
        for (nth, (title, what, chosen)) in choices.into_iter().enumerate() {
            let colour = if nth == 0 { theme::PAPER } else { theme::TEXT };
            let button = Button::new(RichText::new(title).size(16.0).color(colour))
                .fill(if nth == 0 {
                    theme::ACCENT
                } else {
                    theme::PAPER
                })
                .min_size(Vec2::new(300.0, 44.0));
            if ui.add(button).clicked() {
                intent = Some(chosen);
            }
            ui.label(
                RichText::new(what)
                    .size(theme::SMALL_SIZE)
                    .color(theme::WEAK),
            );
            ui.add_space(12.0);
        }
    });
    intent
}
