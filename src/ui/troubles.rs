//! What the program could not keep or do for itself: told once each, until the clerk has seen it.

use super::action::{Action, Actions};
use super::read_out::read_out;
use super::theme;
use egui::{Frame, Panel, Ui};
use std::collections::BTreeSet;

/// What could not be kept or done.
#[derive(Default)]
pub struct Troubles {
    shown: Vec<String>,
    told: BTreeSet<String>,
}

impl Troubles {
    /// Tells of something, if it was not told before; whether it is new.
    pub fn tell(&mut self, what: String) -> bool {
        let new = self.told.insert(what.clone());
        if new {
            self.shown.push(what);
        }
        new
    }

    /// It is over: it goes, and is told again if it comes back.
    pub fn is_over(&mut self, what: &str) {
        if self.told.remove(what) {
            self.shown.retain(|shown| shown != what);
        }
    }

    /// The clerk has seen them.
    pub fn seen(&mut self) {
        self.shown.clear();
    }
}

/// Shows them at the top of the window, which no screen is too small for.
pub fn troubles_ui(ui: &mut Ui, troubles: &Troubles, actions: &mut Actions) {
    if troubles.shown.is_empty() {
        return;
    }
    let frame = Frame::NONE
        .fill(theme::ERROR_FILL)
        .inner_margin(egui::Margin::symmetric(14, 6));
    Panel::top("troubles").frame(frame).show(ui, |ui| {
        ui.horizontal_top(|ui| {
            const BUTTON: f32 = 90.0;
            let width = ui.available_width() - BUTTON;
            ui.vertical(|ui| {
                ui.set_width(width);
                for what in &troubles.shown {
                    let words = egui::RichText::new(what).color(theme::ERROR);
                    read_out(&ui.add(egui::Label::new(words).wrap()), what);
                }
            });
            if ui.button("明白了").clicked() {
                actions.push(Action::TroublesSeen);
            }
        });
    });
}
