//! Questions in the middle of the window: one file a question.

mod about;
mod addends;
mod change_form;
mod changed;
mod documents;
mod export;
mod handing_in;
mod keys;
mod leftover;
mod lists;
mod lose_recount;
mod new_report;
mod new_year;
mod number;
mod open_points;
mod overwrite;
mod passages;
mod paste;
mod path;
mod print;
mod published;
mod unsaved;
mod waiting;
mod which_last_year;
mod which_year;

pub use about::About;
pub use addends::Parts;
pub use export::proposed_folder;
pub use handing_in::HandinChoice;
pub use leftover::Leftover;
pub use new_report::NewReport;
pub use number::NumberChoice;
pub use passages::Passages;
pub use path::PathField;
pub use published::PublishedPage;
pub use waiting::{reading_ui, waiting_ui};
pub use which_year::WhichYear;

use super::action::{Action, Intent};
use super::beginning::Beginning;
use super::dialogs::Purpose;
use super::exporting::ExportChoice;
use super::session::Session;
use crate::draft::FileNow;
use crate::import::Recognised;
use egui::{Context, Id, Key, Ui};
use std::path::PathBuf;

/// A question.
pub enum Question {
    New(NewReport),
    Unsaved(Intent),
    /// A second count was begun, and would be lost.
    LoseRecount(Intent),
    Path(PathField),
    Overwrite(Purpose, PathBuf),
    /// The draft's file was changed by somebody else.
    Changed {
        path: PathBuf,
        now: FileNow,
    },
    /// Another report lies in the draft's file, of this title, or no draft at all.
    Another {
        path: PathBuf,
        title: Option<String>,
    },
    /// Something that was left unsaved shall be offered no more: its place, its title, where a copy is kept.
    ThrowAway {
        index: usize,
        title: String,
        folder: PathBuf,
    },
    /// Official tables were pasted: what goes where?
    Paste(Recognised),
    /// Which paragraph is written from the tables.
    Passages(Passages),
    /// A cell's number by parts.
    Parts(Parts),
    /// A number of the tables for a text.
    Number(NumberChoice),
    /// Into which files the report is exported.
    Export(ExportChoice),
    /// Where the folder goes that is handed in.
    Handin(HandinChoice),
    /// A page as it was published, held against the report.
    Published(PublishedPage),
    /// The report must still be corrected: print it all the same?
    Print,
    /// All keys on one sheet.
    Keys,
    /// What the program is and is made of.
    About(About),
    /// From which report a new year begins.
    WhichLastYear,
    /// Which year a file is on that does not say it.
    WhichYear(WhichYear),
    /// The draft that is being opened has something unsaved.
    Leftover(Leftover),
    /// A new year's report is ready: shall it begin so?
    NewYear(Box<Beginning>),
    /// The open report on the form of its year is ready: shall it take its place?
    ChangeForm(Box<Beginning>),
}

impl Question {
    fn ui(&mut self, ui: &mut Ui, session: Option<&Session>) -> Option<Action> {
        match (self, session) {
            (Self::New(new), _) => new_report::new_report_ui(ui, new),
            (Self::Unsaved(intent), _) => unsaved::unsaved_ui(ui, intent),
            (Self::LoseRecount(intent), _) => lose_recount::lose_recount_ui(ui, intent),
            (Self::Path(field), _) => path::path_ui(ui, field),
            (Self::Overwrite(purpose, path), _) => overwrite::overwrite_ui(ui, *purpose, path),
            (Self::Changed { path, now }, _) => changed::changed_ui(ui, path, now),
            (Self::Another { path, title }, _) => changed::another_ui(ui, path, title.as_deref()),
            (
                Self::ThrowAway {
                    index,
                    title,
                    folder,
                },
                _,
            ) => leftover::throw_away_ui(ui, *index, title, folder),
            (Self::Leftover(leftover), _) => leftover::leftover_ui(ui, leftover),
            (Self::About(about), _) => about::about_ui(ui, about),
            (Self::WhichYear(which), _) => which_year::which_year_ui(ui, which),
            (Self::Keys, _) => keys::keys_ui(ui),
            (Self::ChangeForm(beginning), _) => change_form::change_form_ui(ui, beginning),
            (Self::NewYear(beginning), _) => new_year::new_year_ui(ui, beginning, session),
            (Self::Paste(found), Some(session)) => paste::paste_ui(ui, found, session),
            (Self::Passages(asked), Some(session)) => passages::passages_ui(ui, asked, session),
            (Self::Parts(parts), Some(session)) => addends::parts_ui(ui, parts, session),
            (Self::Number(choice), Some(session)) => number::number_ui(ui, choice, session),
            (Self::Export(choice), Some(session)) => export::export_ui(ui, choice, session),
            (Self::Handin(choice), Some(_)) => handing_in::handin_ui(ui, choice),
            (Self::Published(page), Some(session)) => published::published_ui(ui, page, session),
            (Self::Print, Some(session)) => print::print_ui(ui, session),
            (Self::WhichLastYear, Some(session)) => which_last_year::which_ui(ui, session),
            // What it was about is no longer open.
            (
                Self::Paste(_)
                | Self::Passages(_)
                | Self::Parts(_)
                | Self::Number(_)
                | Self::Export(_)
                | Self::Handin(_)
                | Self::Published(_)
                | Self::Print
                | Self::WhichLastYear,
                None,
            ) => Some(Action::Cancel),
        }
    }
}

/// Shows a question; returns what was answered.
pub fn question_ui(
    ctx: &Context,
    question: &mut Question,
    session: Option<&Session>,
) -> Option<Action> {
    let frame = egui::Frame::window(&ctx.global_style()).inner_margin(20);
    let response = egui::Modal::new(Id::unique("modal"))
        .frame(frame)
        .show(ctx, |ui| {
            ui.set_width(460.0);
            question.ui(ui, session)
        });
    settle(ctx, response.response.rect);
    let escaped = ctx.input(|input| input.key_pressed(Key::Escape));
    response.inner.or(escaped.then_some(Action::Cancel))
}

/// A question finds its size over a few frames; they come at once, so that its buttons do not move under a click.
fn settle(ctx: &Context, rect: egui::Rect) {
    let id = Id::unique("modal-rect");
    let before = ctx.data_mut(|data| {
        let before = data.get_temp::<egui::Rect>(id);
        data.insert_temp(id, rect);
        before
    });
    if before != Some(rect) {
        ctx.request_repaint();
    }
}
