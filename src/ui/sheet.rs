//! The white sheet of paper in the middle of the window, and a table section on it.

use super::action::{Action, Actions};
use super::grid::{Beside, GridEvent, GridState};
use super::session::Session;
use super::{grid, theme};
use egui::{Frame, Margin, RichText, ScrollArea, Ui};

/// Room between the sheet's edge and what stands on it.
const MARGIN: f32 = 18.0;
/// Room around the sheet.
const AROUND: f32 = 16.0;

/// A sheet that scrolls; `contents` gets the width that the window offers inside it.
pub fn sheet_ui(ui: &mut Ui, salt: &str, least: f32, contents: impl FnOnce(&mut Ui, f32)) {
    ScrollArea::both()
        .id_salt(salt)
        .auto_shrink(false)
        .show(ui, |ui| {
            let width = (ui.available_width() - 2.0 * (MARGIN + AROUND) - 4.0).max(least);
            Frame::NONE
                .outer_margin(Margin::same(AROUND as i8))
                .show(ui, |ui| {
                    Frame::NONE
                        .fill(theme::PAPER)
                        .stroke(egui::Stroke::new(1.0, theme::LINE))
                        .corner_radius(theme::ROUND)
                        .inner_margin(Margin::same(MARGIN as i8))
                        .show(ui, |ui| {
                            ui.set_width(width);
                            contents(ui, width);
                        });
                });
        });
}

/// A section's official heading.
pub fn heading_ui(ui: &mut Ui, heading: &str) {
    ui.label(RichText::new(heading).font(theme::bold(theme::HEADING_SIZE)));
    ui.add_space(4.0);
}

/// A section that is a table.
pub fn table_ui(
    ui: &mut Ui,
    grid: &mut GridState,
    session: &mut Session,
    section: usize,
    table: usize,
    beside: &Beside<'_>,
    actions: &mut Actions,
) {
    let form = session.form().clone();
    let mut events = Vec::new();
    sheet_ui(
        ui,
        &form.sections[section].id,
        theme::TABLE_MIN_WIDTH,
        |ui, width| {
            heading_ui(ui, &form.sections[section].heading);
            let width = width
                .clamp(theme::TABLE_MIN_WIDTH, theme::TABLE_WIDTH)
                .floor();
            events = grid::show(ui, grid, session, table, width, beside);
            for note in &form.tables[table].notes {
                ui.add_space(2.0);
                ui.label(
                    RichText::new(format!("注：{note}"))
                        .size(theme::SMALL_SIZE)
                        .color(theme::WEAK),
                );
            }
        },
    );
    for event in events {
        actions.push(match event {
            GridEvent::Pasted(text) => Action::Paste { table, text },
            GridEvent::Copied(block) => Action::CopyBlock(block),
            GridEvent::WholeCopied => Action::CopyTable(table),
            GridEvent::NotPlaced(words) => Action::Complain(words),
            GridEvent::ByParts(cell) => Action::AskParts(cell),
        });
    }
}
