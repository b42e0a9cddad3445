//! What the clerk sees first.

use super::action::{Action, Actions, Intent};
use super::offer::Offer;
use super::theme;
use super::widgets::scroll_ui;
use egui::{Align, Button, Frame, Layout, Margin, RichText, ScrollArea, Ui, Vec2};
use std::path::PathBuf;

/// The width of everything on the start screen.
const WIDTH: f32 = 460.0;

/// The room for what recovering would change: three lines.
const CHANGES: f32 = 54.0;

/// The start screen: what was left unsaved, how to begin, drafts that were open before.
pub fn start_ui(ui: &mut Ui, leftovers: &[Offer], recent: &[PathBuf], actions: &mut Actions) {
    let area = ScrollArea::vertical().auto_shrink(false);
    scroll_ui(ui, area, theme::GROUND, |ui| {
        ui.with_layout(Layout::top_down(Align::Center), |ui| {
            ui.add_space((ui.available_height() * 0.12).max(12.0));
            ui.label(RichText::new("年报填报").font(theme::bold(30.0)));
            ui.add_space(4.0);
            ui.label(
                RichText::new("政府信息公开工作年度报告：填写、审核、输出").color(theme::WEAK),
            );
            ui.add_space(24.0);
            for (index, leftover) in leftovers.iter().enumerate() {
                leftover_ui(ui, index, leftover, actions);
            }
            let choices = [
                (
                    "由上年年报开始",
                    "上年的草稿，或公开过的 Word、网页、Excel、PDF 文件",
                    Intent::NewYear,
                ),
                ("新建年报", "填好单位和年度就开始", Intent::New),
                (
                    "打开草稿",
                    "继续填写以前保存的草稿；也可以把文件拖到窗口里",
                    Intent::Open,
                ),
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
                    actions.push(Action::Leave(chosen));
                }
                ui.label(
                    RichText::new(what)
                        .size(theme::SMALL_SIZE)
                        .color(theme::WEAK),
                );
                ui.add_space(10.0);
            }
            if !recent.is_empty() {
                recent_ui(ui, recent, actions);
            }
        });
    });
}

/// A report that was left unsaved: what it is, what would change, and what to do with it.
fn leftover_ui(ui: &mut Ui, index: usize, offer: &Offer, actions: &mut Actions) {
    let leftover = &offer.leftover;
    let frame = Frame::NONE
        .fill(theme::QUERY_FILL)
        .stroke(egui::Stroke::new(1.0, theme::QUERY))
        .corner_radius(theme::ROUND);
    frame.inner_margin(Margin::same(14)).show(ui, |ui| {
        ui.set_width(WIDTH);
        ui.with_layout(Layout::top_down(Align::Min), |ui| {
            ui.label(RichText::new("上次没有保存就关闭了").font(theme::bold(theme::TEXT_SIZE)));
            ui.add(egui::Label::new(leftover.report.title()).wrap());
            if let Some(file) = &leftover.file {
                ui.add(
                    egui::Label::new(
                        RichText::new(file.display().to_string())
                            .size(theme::SMALL_SIZE)
                            .color(theme::WEAK),
                    )
                    .wrap(),
                );
            }
            ui.vertical(|ui| {
                // What it says comes a moment later; the buttons below shall not move for it.
                ui.set_min_height(CHANGES);
                ui.add(egui::Label::new(RichText::new(offer.changes()).size(13.0)).wrap());
            });
            ui.horizontal(|ui| {
                if super::widgets::main_button(ui, "恢复").clicked() {
                    actions.push(Action::Leave(Intent::Recover(index)));
                }
                if ui.button("不要了").clicked() {
                    actions.push(Action::AskThrowAway(index));
                }
            });
        });
    });
    ui.add_space(16.0);
}

/// Drafts that were open before.
fn recent_ui(ui: &mut Ui, recent: &[PathBuf], actions: &mut Actions) {
    ui.add_space(8.0);
    ui.allocate_ui_with_layout(Vec2::new(WIDTH, 0.0), Layout::top_down(Align::Min), |ui| {
        ui.label(RichText::new("最近打开过").font(theme::bold(theme::TEXT_SIZE)));
        ui.spacing_mut().interact_size.y = 20.0;
        for path in recent {
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            if ui
                .link(name)
                .on_hover_text(path.display().to_string())
                .clicked()
            {
                actions.push(Action::Leave(Intent::OpenPath(path.clone())));
            }
        }
    });
}
