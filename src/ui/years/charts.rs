//! Charts over the years (趋势图).

use super::side_by_side::{Drawn, Years};
use crate::ui::action::{Action, Actions};
use crate::ui::chart::chart_ui;
use crate::ui::theme;
use crate::ui::widgets::scroll_ui;
use egui::{Frame, Margin, RichText, ScrollArea, Ui};

/// All charts, each with a button that saves it.
pub fn charts_ui(ui: &mut Ui, years: &Years, actions: &mut Actions) {
    const WIDEST: f32 = 860.0;
    let area = ScrollArea::vertical().id_salt("charts").auto_shrink(false);
    // A chart is the higher the wider it is: if it grew with the room of the bar, the bar would come and go for ever.
    let beside_bar = ui.available_width() - ui.spacing().scroll.allocated_width();
    scroll_ui(ui, area, theme::GROUND, |ui| {
        ui.set_max_width(beside_bar);
        ui.add_space(10.0);
        if let Some(words) = &years.about_charts {
            ui.horizontal(|ui| {
                ui.add_space(16.0);
                ui.label(RichText::new(words).color(theme::QUERY));
            });
            ui.add_space(8.0);
        }
        for (nth, Drawn { chart, drawing }) in years.charts.iter().enumerate() {
            ui.horizontal(|ui| {
                ui.add_space(16.0);
                Frame::NONE
                    .fill(theme::PAPER)
                    .stroke(egui::Stroke::new(1.0, theme::LINE))
                    .corner_radius(theme::ROUND)
                    .inner_margin(Margin::same(12))
                    .show(ui, |ui| {
                        ui.vertical(|ui| {
                            ui.set_width((ui.available_width() - 16.0).min(WIDEST));
                            chart_ui(ui, drawing);
                            ui.horizontal(|ui| {
                                let words = format!("复制“{}”", chart.name);
                                if ui.button(words).clicked() {
                                    actions.push(Action::CopyChart(nth));
                                }
                                let words = format!("把“{}”存为图片……", chart.name);
                                if ui.button(words).clicked() {
                                    actions.push(Action::SaveChart(nth));
                                }
                            });
                        });
                    });
            });
            ui.add_space(12.0);
        }
    });
}
