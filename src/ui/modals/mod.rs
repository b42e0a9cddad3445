//! Questions in the middle of the window.

mod export;
mod files;
mod keys;
mod new_year;
mod parts;
mod paste;

pub use export::{ExportChoice, unused};
pub use files::waiting_ui;

use super::action::Intent;
use super::beginning::Beginning;
use super::dialogs::Purpose;
use super::session::Session;
use super::theme;
use crate::form::{self, AdditionIx, CellIx, Form};
use crate::import::Recognised;
use crate::report::{Addend, Edit, History, Prior, Report};
use crate::value::Value;
use egui::{Context, Id, Key, RichText, TextEdit, Ui};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A question.
pub enum Modal {
    New(NewReport),
    Unsaved(Intent),
    PathField {
        purpose: Purpose,
        text: String,
        complaint: Option<String>,
        fresh: bool,
    },
    Overwrite(Purpose, PathBuf),
    /// The draft's file was changed by somebody else.
    Changed(PathBuf),
    /// Official tables were pasted: what goes where?
    Paste(Recognised),
    /// A cell's number by parts: names and numbers as typed.
    Parts {
        cell: CellIx,
        rows: Vec<(String, String)>,
        complaint: Option<String>,
        fresh: bool,
    },
    /// Into which files the report is exported.
    Export(ExportChoice),
    /// The report must still be corrected: print it all the same?
    Print,
    /// All keys on one sheet.
    Keys,
    /// From which report a new year begins.
    WhichLastYear,
    /// The draft that is being opened has something unsaved from a program that did not end in order.
    Leftover {
        index: usize,
        path: PathBuf,
        changes: String,
    },
    /// A new year's report is ready: shall it begin so?
    NewYear(Box<Beginning>),
    /// The open report on the form of its year is ready: shall it take its place?
    ChangeForm(Box<Beginning>),
}

/// What was answered.
pub enum Reply {
    Cancel,
    Create {
        report: Report,
    },
    SaveFirst(Intent),
    Discard(Intent),
    Path(Purpose, PathBuf),
    Overwrite(Purpose, PathBuf),
    SaveMine(PathBuf),
    SaveElsewhere,
    Place(Vec<(CellIx, Value)>),
    Parts(CellIx, Vec<Addend>),
    /// Export as chosen.
    Export(ExportChoice),
    /// Ask for the folder to export into; the choice goes on afterwards.
    ChooseFolder(ExportChoice),
    Print,
    /// Go on with what was left unsaved.
    Recover(usize),
    /// Open the draft as it was saved.
    OpenSaved(PathBuf),
    /// Choose the file of last year's report.
    ChooseLastYear,
    /// Begin the year after the open report's.
    RollOverOpen,
    /// Go on with the report that was shown.
    Begin,
    /// Bring last year's figures into the open report.
    BringLastYear(Arc<Prior>),
}

/// What a new report needs.
pub struct NewReport {
    organ: String,
    year: String,
    additions: BTreeSet<AdditionIx>,
    complaint: Option<String>,
    fresh: bool,
}

impl Modal {
    /// Asks for a new report; the year proposed is the one that is reported on in January.
    pub fn new_report(now: &jiff::ZonedDateTime) -> Self {
        let year = (now.year() - 1).to_string();
        Self::New(NewReport {
            organ: String::new(),
            year,
            additions: BTreeSet::new(),
            complaint: None,
            fresh: true,
        })
    }

    /// Asks for the parts of a cell's number.
    pub fn parts(report: &Report, cell: CellIx) -> Self {
        let parts = report
            .addends(cell)
            .iter()
            .map(|part| (part.name.clone(), part.value.to_string()));
        let mut rows: Vec<_> = parts.collect();
        if rows.is_empty() && !report.value(cell).is_blank() {
            rows.push((String::new(), report.value(cell).to_string()));
        }
        rows.push(Default::default());
        Self::Parts {
            cell,
            rows,
            complaint: None,
            fresh: true,
        }
    }

    /// Asks for a path, where no file dialog can.
    pub fn path_field(purpose: Purpose, near: Option<&Path>, name: Option<&str>) -> Self {
        let folder = near
            .and_then(Path::parent)
            .map(Path::to_owned)
            .or_else(documents)
            .unwrap_or_default();
        let text = match (purpose, near, name) {
            (Purpose::SaveDraft, Some(path), _) => path.to_owned(),
            (_, _, Some(name)) if purpose.saves() => purpose.with_ending(folder.join(name)),
            _ => folder.join(""),
        };
        Self::PathField {
            purpose,
            text: text.to_string_lossy().into_owned(),
            complaint: None,
            fresh: true,
        }
    }
}

fn documents() -> Option<PathBuf> {
    let user = directories::UserDirs::new()?;
    user.document_dir()
        .filter(|folder| folder.is_dir())
        .or(Some(user.home_dir()))
        .map(Path::to_owned)
}

/// Shows a question; an answer closes it.
pub fn modal_ui(ctx: &Context, modal: &mut Modal, session: Option<&Session>) -> Option<Reply> {
    let frame = egui::Frame::window(&ctx.global_style()).inner_margin(20);
    let response = egui::Modal::new(Id::unique("modal"))
        .frame(frame)
        .show(ctx, |ui| {
            ui.set_width(460.0);
            match modal {
                Modal::New(new) => new_report_ui(ui, new),
                Modal::Unsaved(intent) => files::unsaved_ui(ui, intent),
                Modal::PathField {
                    purpose,
                    text,
                    complaint,
                    fresh,
                } => files::path_ui(ui, *purpose, text, complaint, fresh),
                Modal::Overwrite(purpose, path) => files::overwrite_ui(ui, *purpose, path),
                Modal::Changed(path) => files::changed_ui(ui, path),
                Modal::Leftover {
                    index,
                    path,
                    changes,
                } => files::leftover_ui(ui, *index, path, changes),
                Modal::Export(choice) => session.map_or(Some(Reply::Cancel), |session| {
                    export::export_ui(ui, choice, session)
                }),
                Modal::Print => {
                    session.map_or(Some(Reply::Cancel), |session| export::print_ui(ui, session))
                }
                Modal::Keys => keys::keys_ui(ui),
                Modal::WhichLastYear => session.map_or(Some(Reply::Cancel), |session| {
                    new_year::which_ui(ui, session)
                }),
                Modal::ChangeForm(beginning) => new_year::change_form_ui(ui, beginning),
                Modal::NewYear(beginning) => new_year::new_year_ui(ui, beginning, session),
                Modal::Parts {
                    cell,
                    rows,
                    complaint,
                    fresh,
                } => session.map_or(Some(Reply::Cancel), |session| {
                    parts::parts_ui(ui, session, *cell, rows, complaint, fresh)
                }),
                Modal::Paste(found) => session.map_or(Some(Reply::Cancel), |session| {
                    paste::paste_ui(ui, found, session)
                }),
            }
        });
    settle(ctx, response.response.rect);
    let escaped = ctx.input(|input| input.key_pressed(Key::Escape));
    response.inner.or(escaped.then_some(Reply::Cancel))
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

fn heading(ui: &mut Ui, text: &str) {
    ui.label(RichText::new(text).font(theme::bold(theme::HEADING_SIZE)));
    ui.add_space(6.0);
}

/// A button that the eye finds first.
pub fn main_button(ui: &mut Ui, text: &str) -> egui::Response {
    ui.add(egui::Button::new(RichText::new(text).color(theme::PAPER)).fill(theme::ACCENT))
}

fn field(ui: &mut Ui, label: &str, text: &mut String, width: f32) -> egui::Response {
    let label = ui.label(label);
    ui.add(
        TextEdit::singleline(text)
            .desired_width(width)
            .margin(egui::Margin::symmetric(8, 5)),
    )
    .labelled_by(label.id)
}

fn complaint_ui(ui: &mut Ui, complaint: Option<&str>) {
    if let Some(complaint) = complaint {
        ui.colored_label(theme::ERROR, complaint);
    }
}

fn new_report_ui(ui: &mut Ui, new: &mut NewReport) -> Option<Reply> {
    heading(ui, "新建年报");
    let organ = field(ui, "单位名称（全称）", &mut new.organ, f32::INFINITY);
    if std::mem::take(&mut new.fresh) {
        organ.request_focus();
    }
    ui.add_space(4.0);
    let year = field(ui, "报告年度", &mut new.year, 90.0);
    if year.gained_focus() {
        // Typing replaces the year that was proposed.
        select_all(ui, year.id, &new.year);
    }
    if organ.changed() || year.changed() {
        new.complaint = None;
    }
    let form = year_of(&new.year).and_then(form::by_year);
    match &form {
        Some(form) => {
            ui.label(
                RichText::new(format!("适用{}（{}）", form.name, form.doc_no)).color(theme::WEAK),
            );
            additions_ui(ui, form, &mut new.additions);
        }
        None => {
            let first = form::official().first().map_or(0, |form| form.years.from);
            ui.colored_label(theme::ERROR, format!("请填四位数的年度，{first} 年起"));
        }
    }
    complaint_ui(ui, new.complaint.as_deref());
    ui.add_space(10.0);
    let mut reply = None;
    ui.horizontal(|ui| {
        let enter = ui.input(|input| input.key_pressed(Key::Enter));
        if main_button(ui, "新建").clicked() || enter {
            match (new.organ.trim(), &form) {
                ("", _) => {
                    new.complaint = Some("请填写单位名称，它会印在标题里".to_owned());
                    organ.request_focus();
                }
                (organ, Some(form)) => {
                    let mut history = History::new(Report::new(
                        form.clone(),
                        organ,
                        year_of(&new.year).unwrap_or_default(),
                    ));
                    for &addition in &new.additions {
                        history.apply(Edit::addition(history.report(), addition, true));
                    }
                    reply = Some(Reply::Create {
                        report: history.report().clone(),
                    });
                }
                (_, None) => year.request_focus(),
            }
        }
        if ui.button("取消").clicked() {
            reply = Some(Reply::Cancel);
        }
    });
    reply
}

/// Marks the whole text of a field.
fn select_all(ui: &Ui, id: Id, text: &str) {
    use egui::text::{CCursor, CCursorRange};
    let mut field = egui::text_edit::TextEditState::load(ui.ctx(), id).unwrap_or_default();
    let end = CCursor::new(text.chars().count());
    field
        .cursor
        .set_char_range(Some(CCursorRange::two(CCursor::new(0), end)));
    field.store(ui.ctx(), id);
}

fn year_of(text: &str) -> Option<i32> {
    let half: String = text
        .trim()
        .chars()
        .map(|c| {
            if ('０'..='９').contains(&c) {
                char::from_u32(c as u32 - 0xFEE0).unwrap_or(c)
            } else {
                c
            }
        })
        .collect();
    half.trim_end_matches('年')
        .parse()
        .ok()
        .filter(|year| (1000..=9999).contains(year))
}

fn additions_ui(ui: &mut Ui, form: &Arc<Form>, chosen: &mut BTreeSet<AdditionIx>) {
    for (ix, addition) in (0..).map(AdditionIx).zip(&form.additions) {
        let mut on = chosen.contains(&ix);
        if ui
            .checkbox(&mut on, &addition.name)
            .on_hover_text(&addition.source)
            .changed()
        {
            if on {
                chosen.insert(ix)
            } else {
                chosen.remove(&ix)
            };
        }
    }
}
