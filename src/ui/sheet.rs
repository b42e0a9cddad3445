//! The white sheet of paper in the middle of the window, and a table section on it.

use super::action::{Action, Actions};
use super::grid::{Beside, GridEvent, GridState, Size};
use super::session::Session;
use super::widgets::scroll_both_ways_ui;
use super::zoom::{self, Zoom};
use super::{grid, theme};
use egui::{Frame, Margin, RichText, ScrollArea, Ui};

/// Room on the sheet and around it.
#[derive(Clone, Copy)]
struct Edges {
    /// Between the sheet's edge and what stands on it.
    inside: f32,
    /// Around the sheet.
    around: f32,
}

const ROOMY: Edges = Edges {
    inside: 18.0,
    around: 16.0,
};

/// Where a table would just not stand whole.
const NARROW: Edges = Edges {
    inside: 12.0,
    around: 9.0,
};

/// Where a table shall stand whole in a low window.
const TIGHT: Edges = Edges {
    inside: 8.0,
    around: 5.0,
};

impl Edges {
    fn both(&self) -> f32 {
        2.0 * (self.inside + self.around)
    }
}

/// A sheet that scrolls; `contents` gets the width that the window offers inside it.
pub fn sheet_ui(ui: &mut Ui, salt: &str, least: f32, contents: impl FnOnce(&mut Ui, f32)) {
    paper_ui(ui, salt, ROOMY, least, contents);
}

fn paper_ui(
    ui: &mut Ui,
    salt: &str,
    edges: Edges,
    least: f32,
    contents: impl FnOnce(&mut Ui, f32),
) {
    scroll_both_ways_ui(ui, salt, ScrollArea::both(), theme::GROUND, |ui| {
        let width = (ui.available_width() - edges.both() - SLACK).max(least);
        Frame::NONE
            .outer_margin(Margin::same(edges.around as i8))
            .show(ui, |ui| {
                Frame::NONE
                    .fill(theme::PAPER)
                    .stroke(egui::Stroke::new(1.0, theme::LINE))
                    .corner_radius(theme::ROUND)
                    .inner_margin(Margin::same(edges.inside as i8))
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

/// A section that is a table, and how large it is to be shown.
#[derive(Clone, Copy, PartialEq)]
pub struct Page {
    pub section: usize,
    pub table: usize,
    pub zoom: Zoom,
    /// The room that it may take.
    pub room: egui::Vec2,
}

/// A section that is a table; returns how many times its usual size it is shown.
pub fn table_ui(
    ui: &mut Ui,
    grid: &mut GridState,
    session: &mut Session,
    page: Page,
    beside: &Beside<'_>,
    actions: &mut Actions,
) -> f32 {
    let table = page.table;
    let (scale, events) = grid_ui(ui, grid, session, page, beside);
    for event in events {
        actions.push(match event {
            GridEvent::Pasted(text) => Action::Paste { table, text },
            GridEvent::Copied(block) => Action::CopyBlock(block),
            GridEvent::WholeCopied => Action::CopyTable(table),
            GridEvent::NotPlaced(words) => Action::Complain(words),
            GridEvent::ByParts(cell) => Action::AskParts(cell),
            // A report's own tables are filled row by row.
            GridEvent::PastEnd => continue,
        });
    }
    scale
}

/// A table on its sheet, whatever is done with what it hands back.
pub fn grid_ui(
    ui: &mut Ui,
    grid: &mut GridState,
    session: &mut Session,
    page: Page,
    beside: &Beside<'_>,
) -> (f32, Vec<GridEvent>) {
    let form = session.form().clone();
    let Page { section, table, .. } = page;
    let fitted = fitted(ui, session, page, beside.last_year);
    let size = fitted.size;
    let mut events = Vec::new();
    paper_ui(
        ui,
        &form.sections[section].id,
        fitted.edges,
        size.width,
        |ui, _| {
            heading_ui(ui, &form.sections[section].heading);
            events = grid::show(ui, grid, session, table, size, beside);
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
    (size.scale, events)
}

/// How a table is shown in the room that there is.
#[derive(Clone, Copy)]
struct Fitted {
    edges: Edges,
    size: Size,
}

/// What it depends on how a table is shown.
#[derive(Clone, PartialEq)]
struct Question {
    page: Page,
    shape: grid::LayoutKey,
}

/// Works out how a table is shown; kept until something changes.
fn fitted(ui: &Ui, session: &Session, page: Page, last_year: bool) -> Fitted {
    let question = Question {
        page,
        shape: grid::shape(ui, session, page.table, last_year),
    };
    let id = egui::Id::unique(("how a table is shown", page.table));
    let known = ui.data(|data| data.get_temp::<(Question, Fitted)>(id));
    if let Some((_, fitted)) = known.filter(|(before, _)| *before == question) {
        return fitted;
    }
    let room = Room {
        ui,
        session,
        table: page.table,
        last_year,
        size: page.room,
    };
    let fitted = room.fitted(page.zoom);
    ui.data_mut(|data| data.insert_temp(id, (question, fitted)));
    fitted
}

/// The room that a table has.
struct Room<'a> {
    ui: &'a Ui,
    session: &'a Session,
    table: usize,
    last_year: bool,
    size: egui::Vec2,
}

impl Room<'_> {
    fn fitted(&self, zoom: Zoom) -> Fitted {
        match zoom {
            Zoom::Times(times) => self.scrolling(ROOMY, zoom::within(times), 1.0),
            Zoom::Width => {
                let usual = (theme::TABLE_MIN_WIDTH + theme::TABLE_WIDTH) / 2.0;
                let width = |room: &Self| (room.size.x - ROOMY.both() - SLACK).floor();
                let filling = |room: &Self| {
                    let scale = zoom::within(width(room) / usual);
                    let mut fitted = room.at(ROOMY, scale, 1.0);
                    fitted.size.width = width(room).max(theme::TABLE_MIN_WIDTH * scale);
                    fitted
                };
                let fitted = filling(self);
                match self.holds(&fitted) {
                    true => fitted,
                    false => filling(&self.beside_bar()),
                }
            }
            Zoom::Window => self
                .largest(zoom::STEPS[zoom::STEPS.len() - 1])
                .unwrap_or_else(|| self.scrolling(TIGHT, LEAST, 0.0)),
            Zoom::Auto => self
                .largest(1.0)
                .unwrap_or_else(|| self.scrolling(ROOMY, 1.0, 1.0)),
        }
    }

    /// The room that a bar for scrolling leaves at its side.
    fn beside_bar(&self) -> Self {
        let bar = self.ui.spacing().scroll.allocated_width();
        Self {
            size: self.size - egui::vec2(bar, 0.0),
            ..*self
        }
    }

    /// A table that scrolls if it does not stand whole.
    fn scrolling(&self, edges: Edges, scale: f32, air: f32) -> Fitted {
        let fitted = self.at(edges, scale, air);
        match self.holds(&fitted) {
            true => fitted,
            false => self.beside_bar().at(edges, scale, air),
        }
    }

    /// The largest letters, up to so many times their usual size, with which the table stands whole; with as much air
    /// around them as there is then.
    fn largest(&self, most: f32) -> Option<Fitted> {
        const AIR: [(Edges, f32); 7] = [
            (ROOMY, 1.0),
            (NARROW, 1.0),
            (TIGHT, 1.0),
            (TIGHT, 0.75),
            (TIGHT, 0.5),
            (TIGHT, 0.25),
            (TIGHT, 0.0),
        ];
        let scales = zoom::STEPS.into_iter().rev();
        let mut scales = scales.filter(|&scale| scale >= LEAST && scale <= most);
        scales.find_map(|scale| {
            let all = AIR.into_iter();
            all.map(|(edges, air)| self.at(edges, scale, air))
                .find(|fitted| self.holds(fitted))
        })
    }

    fn at(&self, edges: Edges, scale: f32, air: f32) -> Fitted {
        /// A table of few columns needs less.
        const COLUMN: f32 = 130.0;
        let columns = self.session.form().tables[self.table].grid.cols as f32;
        let least = theme::TABLE_MIN_WIDTH.min(columns * COLUMN);
        let most = theme::TABLE_WIDTH;
        let width = (self.size.x - edges.both() - SLACK)
            .clamp(least * scale, most * scale.max(1.0))
            .floor();
        Fitted {
            edges,
            size: Size { width, scale, air },
        }
    }

    /// Whether the table stands whole in it, with its heading and notes.
    fn holds(&self, fitted: &Fitted) -> bool {
        const LINE: f32 = 1.5;
        let gap = self.ui.spacing().item_spacing.y;
        let notes = self.session.form().tables[self.table].notes.len() as f32;
        let heading = theme::HEADING_SIZE * LINE + 4.0 + gap;
        let notes = notes * (theme::SMALL_SIZE * LINE + 2.0 + 2.0 * gap);
        let (ui, size) = (self.ui, fitted.size);
        let table = grid::height(ui, self.session, self.table, size, self.last_year);
        size.width + fitted.edges.both() <= self.size.x
            && table + heading + notes + fitted.edges.both() + SLACK <= self.size.y
    }
}

/// Below this letters are no longer read at a glance.
const LEAST: f32 = 0.85;

/// What rules and frames take.
const SLACK: f32 = 4.0;
