//! Lists in questions.

use crate::ui::theme;
use crate::ui::widgets::scroll_ui;
use egui::{RichText, ScrollArea, Ui};

/// A list of lines, which scrolls if it is long.
pub fn list_ui(ui: &mut Ui, lines: impl FnOnce(&mut Ui)) {
    const HIGHEST: f32 = 330.0;
    /// What a question has above and below its list.
    const AROUND: f32 = 320.0;
    // On a small screen the answers below it stay in sight.
    let highest = (ui.ctx().content_rect().height() - AROUND).clamp(80.0, HIGHEST);
    let area = ScrollArea::vertical()
        .max_height(highest)
        .min_scrolled_height(highest)
        .auto_shrink([false, true]);
    scroll_ui(ui, area, theme::PAPER, lines);
}

pub fn line_ui(ui: &mut Ui, line: &str, colour: egui::Color32) {
    let words = RichText::new(line).size(13.0).color(colour);
    ui.add(egui::Label::new(words).wrap());
}
