//! Lists in questions.

use egui::{RichText, ScrollArea, Ui};

/// A list of lines, which scrolls if it is long.
pub fn list_ui(ui: &mut Ui, lines: impl FnOnce(&mut Ui)) {
    const HIGHEST: f32 = 330.0;
    ScrollArea::vertical()
        .max_height(HIGHEST)
        .min_scrolled_height(HIGHEST)
        .auto_shrink([false, true])
        .show(ui, lines);
}

pub fn line_ui(ui: &mut Ui, line: &str, colour: egui::Color32) {
    let words = RichText::new(line).size(13.0).color(colour);
    ui.add(egui::Label::new(words).wrap());
}
