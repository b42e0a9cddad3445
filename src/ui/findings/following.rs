//! The card of numbers in texts that stayed behind the tables.

use crate::report::Report;
use crate::ui::action::{Action, Actions};
use crate::ui::following::{self, Behind, Following};
use crate::ui::theme;
use crate::ui::widgets::main_button;
use egui::{Frame, Label, Margin, RichText, Ui};

/// The card; nothing if no number has stayed behind.
pub fn following_ui(ui: &mut Ui, report: &Report, following: &Following, actions: &mut Actions) {
    let offered = following.offered();
    if offered.is_empty() {
        return;
    }
    Frame::NONE
        .inner_margin(Margin {
            left: 14,
            right: 14,
            top: 12,
            bottom: 0,
        })
        .show(ui, |ui| {
            Frame::NONE
                .fill(theme::PAPER)
                .stroke(egui::Stroke::new(1.0, theme::LAST_YEAR))
                .corner_radius(theme::ROUND)
                .inner_margin(Margin::symmetric(14, 9))
                .show(ui, |ui| {
                    ui.set_width(ui.available_width());
                    contents_ui(ui, report, &offered, actions);
                });
        });
}

fn contents_ui(ui: &mut Ui, report: &Report, offered: &[&Behind], actions: &mut Actions) {
    const SHOWN: usize = 4;
    let title = RichText::new(following::headline(report, offered));
    ui.add(Label::new(title.font(theme::bold(13.5))).wrap());
    for behind in offered.iter().take(SHOWN) {
        let words = RichText::new(following::line(report, behind)).size(13.0);
        let label = Label::new(words).wrap().sense(egui::Sense::click());
        if ui.add(label).on_hover_text("看这一处").clicked() {
            actions.push(Action::ShowText(behind.text, Some(behind.at.clone())));
        }
        let one = RichText::new("只改这一处").size(13.0);
        if offered.len() > 1 && behind.place.is_some() && ui.link(one).clicked() {
            actions.push(Action::Step(following::edit(report, &[*behind])));
        }
    }
    if offered.len() > SHOWN {
        let more = format!("……还有 {} 处", offered.len() - SHOWN);
        ui.label(RichText::new(more).size(13.0).color(theme::WEAK));
    }
    ui.horizontal_wrapped(|ui| {
        let can = offered
            .iter()
            .filter(|behind| behind.place.is_some())
            .count();
        if can > 0 {
            let words = match can {
                1 => "正文跟着改".to_owned(),
                n => format!("{n} 处都改"),
            };
            if main_button(ui, &words).clicked() {
                actions.push(Action::Step(following::edit(report, offered)));
            }
        }
        if ui.button(RichText::new("逐处看").size(13.0)).clicked() {
            actions.push(Action::WalkBehind);
        }
        let leave = ui.link(RichText::new("正文不改").size(13.0));
        if leave.clicked() {
            actions.push(Action::LeaveBehind);
        }
    });
}
