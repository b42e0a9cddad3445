//! The white sheet of paper in the middle of the window, and a table section on it.

use super::app::{App, Notice};
use super::grid::Beside;
use super::modals::Modal;
use super::{grid, theme};
use crate::export::Document;
use crate::import;
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
pub fn table_ui(ui: &mut Ui, app: &mut App, section: usize, table: usize) {
    let lit = app.lit_cells();
    let beside = Beside {
        lit: &lit,
        last_year: !app.settings.hides_last,
        review: app.review.as_ref(),
    };
    let Some(session) = &mut app.session else {
        return;
    };
    let grid = &mut app.grids[table];
    let form = session.form().clone();
    sheet_ui(
        ui,
        &form.sections[section].id,
        theme::TABLE_MIN_WIDTH,
        |ui, width| {
            heading_ui(ui, &form.sections[section].heading);
            let width = width
                .clamp(theme::TABLE_MIN_WIDTH, theme::TABLE_WIDTH)
                .floor();
            grid::show(ui, grid, session, table, width, &beside);
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
    if let Some(text) = grid.take_pasted() {
        let tables = super::clipboard::tables(&text, app.desktop);
        let recognised = import::recognise(&form, &tables);
        if recognised.is_empty() {
            grid.paste_block(session, &form.tables[table], &text);
        } else {
            app.modal = Some(Modal::Paste(recognised));
        }
    }
    if let Some(cell) = grid.take_by_parts() {
        app.modal = Some(Modal::parts(session.report(), cell));
    }
    if let Some(block) = grid.take_copied() {
        super::clipboard::copy_block(ui.ctx(), &block, app.desktop);
    }
    if grid.take_whole_copied() {
        let document = Document::new(
            session.report(),
            session.evaluation(),
            &crate::draft::digest(session.report()),
            false,
        );
        if let Some(printed) = document.tables().find(|printed| printed.table == table) {
            super::clipboard::copy_table(ui.ctx(), printed, app.desktop);
        }
    }
    if let Some(text) = grid.take_told() {
        app.notice = Some(Notice {
            text,
            bad: true,
            stays: false,
            revision: None,
            file: None,
        });
    }
}
