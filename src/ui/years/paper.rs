//! The sheet on which years are compared.

use crate::ui::theme;
use egui::{Frame, Margin, Ui};

/// A white sheet that fills the page.
pub fn paper_ui(ui: &mut Ui, contents: impl FnOnce(&mut Ui)) {
    Frame::NONE
        .fill(theme::PAPER)
        .stroke(egui::Stroke::new(1.0, theme::LINE))
        .corner_radius(theme::ROUND)
        .outer_margin(Margin::same(14))
        .inner_margin(Margin::symmetric(16, 10))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            contents(ui);
        });
}
