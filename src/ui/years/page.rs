//! The page of the comparison: the bar, the reports in it, then a table, the texts or the charts.

use super::charts::charts_ui;
use super::side_by_side::{Page, Years};
use super::tables::table_ui;
use super::texts::texts_ui;
use crate::ui::action::{Action, Actions};
use crate::ui::theme;
use crate::ui::widgets::main_button;
use egui::{Button, Frame, Key, Margin, RichText, Ui};

/// The comparison; while the window is `busy` with a question, keys are not for it.
pub fn years_ui(ui: &mut Ui, years: &mut Years, busy: bool, actions: &mut Actions) {
    // Esc is meant for a question or a menu that lies over the comparison.
    let covered = busy || egui::Popup::is_any_open(ui.ctx());
    Frame::NONE
        .fill(theme::PAPER)
        .inner_margin(Margin::symmetric(14, 8))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            bar_ui(ui, years, actions);
            entries_ui(ui, years);
        });
    if !covered && ui.input(|input| input.key_pressed(Key::Escape)) {
        actions.push(Action::CloseView);
    }
    if years.entries.len() < 2 {
        return nothing_ui(ui);
    }
    match years.page {
        Page::Table(nth) => table_ui(ui, years, nth, actions),
        Page::Texts => texts_ui(ui, years),
        Page::Charts => charts_ui(ui, years, actions),
    }
}

fn bar_ui(ui: &mut Ui, years: &mut Years, actions: &mut Actions) {
    ui.horizontal_wrapped(|ui| {
        if ui.button("关闭（Esc）").clicked() {
            actions.push(Action::CloseView);
        }
        ui.label(RichText::new("历年比较").font(theme::bold(15.0)));
        ui.add_space(8.0);
        if main_button(ui, "添加一份年报……").clicked() {
            actions.push(Action::AddYear);
        }
        if !years.taken_out.is_empty() && ui.button("放回打开着的").clicked() {
            years.put_back();
        }
        ui.add_space(8.0);
        let tables = years.tables.iter().enumerate();
        let pages = tables
            .map(|(nth, table)| (table.name.clone(), Page::Table(nth)))
            .chain([
                ("正文".to_owned(), Page::Texts),
                ("趋势图".to_owned(), Page::Charts),
            ]);
        for (name, page) in pages.collect::<Vec<_>>() {
            let on = years.page == page;
            let colour = if on { theme::ACCENT } else { theme::TEXT };
            let mut button = Button::new(RichText::new(name).color(colour));
            if on {
                button = button.fill(theme::SELECTION);
            }
            if ui.add(button).clicked() {
                years.page = page;
            }
        }
    });
}

/// The reports that are compared, each to be taken out again.
fn entries_ui(ui: &mut Ui, years: &mut Years) {
    let mut gone = None;
    let organ = years.entries.last().map(|entry| entry.figures.organ());
    ui.horizontal_wrapped(|ui| {
        for (nth, entry) in years.entries.iter().enumerate() {
            let figures = &entry.figures;
            let mut words = format!("{} 年：{}", figures.year(), entry.source);
            let other = organ.is_some_and(|organ| organ != figures.organ());
            if other {
                words.push_str(&format!("（单位是“{}”）", figures.organ()));
            }
            let colour = if other { theme::QUERY } else { theme::WEAK };
            // One widget, so that a report and the way to take it out never stand on two lines.
            let name = format!("移除 {words}");
            let words = RichText::new(format!("{words} ×")).size(13.0).color(colour);
            let response = ui.add(Button::new(words)).on_hover_text("点一下移除");
            response.widget_info(|| {
                egui::WidgetInfo::labeled(egui::accesskit::Role::Button, true, &name)
            });
            if response.clicked() {
                gone = Some(nth);
            }
        }
    });
    if let Some(nth) = gone {
        years.remove(nth);
    }
}

fn nothing_ui(ui: &mut Ui) {
    ui.add_space(60.0);
    ui.vertical_centered(|ui| {
        let words = "请用“添加一份年报”选入别的年度：草稿，或 Word、网页、Excel、PDF 文件都可以，一次可以选几份，也可以拖到这里。";
        ui.label(RichText::new(words).color(theme::WEAK));
    });
}
