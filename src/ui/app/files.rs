//! Files of the window: opening, saving, importing, exporting, recovering, and the questions on the way.

use super::{App, Intent, Notice, Tab, Window};
use crate::disk;
use crate::draft::{self, Recorder};
use crate::export;
use crate::form::{Body, CellIx, with_year};
use crate::import;
use crate::report::{Edit, Origin};
use crate::ui::dialogs::{Answer, Purpose};
use crate::ui::modals::{self, Modal, Reply};
use crate::ui::review::Review;
use crate::ui::session::Session;
use crate::ui::start;
use crate::value::Value;
use egui::ViewportCommand;
use std::path::Path;

const SAMPLE: &str = include_str!("../../../assets/samples/jiutai_xinglong_2020.ron");

impl App {
    /// Opens a draft or imports another file, as the command line asks.
    pub fn open_or_import(&mut self, path: &Path) {
        if is_draft(path) {
            self.open(path);
        } else {
            self.import(path);
        }
    }

    /// Opens a draft; asks first if a program that did not end in order left something of it unsaved.
    pub fn open(&mut self, path: &Path) {
        let about = |offer: &start::Offer| offer.is_about(path);
        match self.leftovers.iter().position(about) {
            Some(index) => {
                self.modal = Some(Modal::Leftover {
                    index,
                    path: path.to_owned(),
                    changes: self.leftovers[index].changes.clone(),
                });
            }
            None => self.open_saved(path),
        }
    }

    /// Opens a draft as it was saved.
    pub(super) fn open_saved(&mut self, path: &Path) {
        let same = |session: &Session| session.path.as_deref() == Some(path);
        if self.session.as_ref().is_some_and(same) {
            // Its own lock must not stand in the way of opening it once more.
            self.session = None;
        }
        if path.extension().is_some_and(|ending| ending == "bak") {
            return self.open_backup(path);
        }
        match Session::open(path) {
            Ok(session) => {
                let taken = session.taken_by.clone();
                self.show_session(session);
                self.settings.opened(path);
                self.settings.save(&self.home);
                if let Some(who) = taken {
                    self.complain(format!(
                        "这份草稿正由{who}打开。这里可以看、可以改，但只能另存为别的文件"
                    ));
                }
            }
            Err(error) => self.complain(error.to_string()),
        }
    }

    /// Opens an earlier state. It gets no file of its own: saved into, a backup would be overwritten by the next one.
    fn open_backup(&mut self, path: &Path) {
        match draft::open(path) {
            Ok(report) => {
                self.show_session(Session::fresh(report, true));
                self.tell("打开的是备份，请核对后另存为一份草稿".to_owned());
            }
            Err(error) => self.complain(error.to_string()),
        }
    }

    /// A way to write what is unsaved at once, for a program that is about to fail.
    pub fn rescuer(&self) -> Option<impl Fn() + Send + Sync + 'static> {
        self.recorder.as_ref().map(Recorder::rescuer)
    }

    /// Hands the latest state to the recorder, or tells it that there is nothing to keep.
    pub(super) fn record(&mut self) {
        let Some(recorder) = &self.recorder else {
            return;
        };
        let now = self
            .session
            .as_ref()
            .filter(|session| session.history().is_dirty() && !self.may_close);
        let now = now.map(|session| (session.history().revision(), session.path.clone()));
        if now == self.recorded {
            return;
        }
        match (&now, &self.session) {
            (Some((_, file)), Some(session)) => {
                recorder.keep(&draft::to_text(session.report()), file.as_deref())
            }
            _ => recorder.clear(),
        }
        self.recorded = now;
    }

    /// Goes on with a report that was left unsaved.
    pub(super) fn recover(&mut self, index: usize) {
        if index >= self.leftovers.len() {
            return;
        }
        let leftover = self.leftovers.remove(index).leftover;
        // Its own lock must not stand in the way of taking the draft over.
        self.session = None;
        self.show_session(Session::recovered(&leftover));
        self.recorded = None;
        self.record();
        // The old file goes only when the new one is there.
        let kept = self
            .recorder
            .as_ref()
            .is_some_and(|recorder| recorder.flush().is_ok());
        match kept.then(|| leftover.discard()) {
            Some(Err(error)) => log::warn!("{}: {error}", leftover.path.display()),
            _ => self.tell("已恢复上次没有保存的内容，请核对后保存".to_owned()),
        }
    }

    pub(super) fn discard_leftover(&mut self, index: usize) {
        if index < self.leftovers.len()
            && let Err(error) = self.leftovers.remove(index).leftover.discard()
        {
            self.complain(format!("没有删掉：{}", disk::io_reason(&error)));
        }
    }

    /// Does something that closes the open report; asks first if it has unsaved changes.
    pub(super) fn want(&mut self, intent: Intent, window: Window<'_>) {
        if self.session.is_some() && !self.commit() {
            return;
        }
        // Asked once for the same state is enough: a file is often chosen only afterwards.
        let revision = self
            .session
            .as_ref()
            .map(|session| session.history().revision());
        if self.is_dirty() && self.discarded != revision {
            self.modal = Some(Modal::Unsaved(intent));
        } else {
            self.go_on(intent, window);
        }
    }

    /// Does it without asking.
    pub(super) fn go_on(&mut self, intent: Intent, window: Window<'_>) {
        match intent {
            Intent::New => self.modal = Some(Modal::new_report(&(self.now)())),
            Intent::Open => self.ask_file(Purpose::OpenDraft, window),
            Intent::OpenPath(path) => self.open(&path),
            Intent::ImportPath(path) => self.import(&path),
            Intent::Recover(index) => self.recover(index),
            Intent::DiscardLeftover(index) => self.discard_leftover(index),
            Intent::Import => self.ask_file(Purpose::Import, window),
            Intent::NewYear => self.ask_file(Purpose::LastYear, window),
            Intent::Begin(beginning) => self.begin(*beginning),
            Intent::Sample => match draft::from_text(SAMPLE) {
                Ok(report) => self.show_session(Session::fresh(report, false)),
                Err(problem) => self.complain(problem.to_string()),
            },
            Intent::Close => self.close_report(),
            Intent::CloseWindow => {
                // What the clerk does not want saved is not offered again either.
                self.may_close = true;
                window.ctx.send_viewport_cmd(ViewportCommand::Close);
            }
        }
    }

    pub(super) fn save(&mut self, window: Window<'_>) {
        if !self.commit() {
            return;
        }
        let Some(session) = &self.session else { return };
        match (session.path.clone(), &session.taken_by) {
            (Some(path), None) if session.changed_on_disk() => {
                self.modal = Some(Modal::Changed(path))
            }
            (Some(path), None) => self.save_to(&path, window),
            _ => self.ask_file(Purpose::SaveDraft, window),
        }
    }

    pub(super) fn save_to(&mut self, path: &Path, window: Window<'_>) {
        let Some(session) = &mut self.session else {
            return;
        };
        if session.path.as_deref() == Some(path)
            && let Some(who) = &session.taken_by
        {
            let text = format!("没有保存：这份草稿正由{who}打开，请换一个文件名另存");
            return self.complain(text);
        }
        match session.save(path, &self.home) {
            Ok(()) => {
                self.saved_at = Some((self.now)().strftime("%H:%M").to_string());
                // A list of what an import could not place is still needed after saving.
                if self.notice.as_ref().is_some_and(|notice| !notice.stays) {
                    self.notice = None;
                }
                self.settings.opened(path);
                self.settings.save(&self.home);
                if let Some(intent) = self.after_save.take() {
                    self.go_on(intent, window);
                }
            }
            Err(error) => {
                self.after_save = None;
                self.complain(error.to_string());
            }
        }
    }

    pub(super) fn ask_file(&mut self, purpose: Purpose, window: Window<'_>) {
        if self.dialogs.is_open() {
            return;
        }
        let (near, name) = match &self.session {
            Some(session) => {
                let name = export::file_stem(session.report()) + "." + draft::EXTENSION;
                (session.path.clone(), name)
            }
            None => (None, String::new()),
        };
        let name = match purpose {
            Purpose::SaveChart => self.chart_name().unwrap_or_default(),
            _ => name,
        };
        if let Some(answer) = self
            .dialogs
            .ask(purpose, near.as_deref(), &name, window.frame)
        {
            self.answered(answer, window);
        }
    }

    pub(super) fn answered(&mut self, answer: Answer, window: Window<'_>) {
        if matches!(self.modal, Some(Modal::Export(_))) {
            return self.folder_chosen(&answer);
        }
        match answer {
            Answer::Cancelled => self.after_save = None,
            Answer::NoService(purpose) => {
                let session = self.session.as_ref();
                // Where a file was looked for last, if it is not the draft's own folder that matters.
                let typed = self.last_folder.as_ref().map(|folder| folder.join("_"));
                let own = session.and_then(|session| session.path.as_deref());
                let near = match purpose.saves() {
                    true => own.or(typed.as_deref()),
                    false => typed.as_deref().or(own),
                };
                let name = match purpose {
                    Purpose::SaveChart => self.chart_name(),
                    _ => session.map(|session| export::file_stem(session.report())),
                };
                self.modal = Some(Modal::path_field(purpose, near, name.as_deref()));
            }
            Answer::Path {
                purpose,
                path,
                asked,
            } if asked || !purpose.saves() || !path.exists() => {
                self.use_path(purpose, &path, window);
            }
            Answer::Path { purpose, path, .. } => {
                self.modal = Some(Modal::Overwrite(purpose, path))
            }
        }
    }

    pub(super) fn use_path(&mut self, purpose: Purpose, path: &Path, window: Window<'_>) {
        self.last_folder = path.parent().map(Path::to_owned);
        match purpose {
            // Something may have been typed while the dialog stood open.
            Purpose::OpenDraft if is_draft(path) => {
                self.want(Intent::OpenPath(path.to_owned()), window)
            }
            Purpose::OpenDraft => self.want(Intent::ImportPath(path.to_owned()), window),
            Purpose::SaveDraft => self.save_to(path, window),
            Purpose::Import => self.want(Intent::ImportPath(path.to_owned()), window),
            Purpose::LastYear => self.roll_over(path),
            Purpose::AddYear => self.add_year(path),
            Purpose::SaveChart => self.save_chart(path),
            // Taken over by the question that it was chosen for.
            Purpose::ExportFolder => {}
        }
    }

    pub(super) fn import(&mut self, path: &Path) {
        match import::from_file(path) {
            Err(error) => self.complain(error.to_string()),
            Ok(imported) => {
                let notes = imported.lines().join("\n");
                let count = imported.not_placed.len();
                let source = path.file_name().unwrap_or_default().to_string_lossy();
                let review = Review::of(&imported, source.into_owned());
                let before = self.session.as_ref().and_then(|open| open.path.clone());
                self.show_session(Session::fresh(imported.report, true));
                self.before_import = before;
                if review.is_some() {
                    self.review = review;
                    self.findings_open = Some(true);
                    return self.show_first_table();
                }
                match count {
                    0 if notes.is_empty() => self.tell("已导入，请核对后保存为草稿".to_owned()),
                    0 => {
                        let text = format!("已导入，请核对后保存为草稿：\n{notes}");
                        self.notice = Some(Notice {
                            text,
                            bad: false,
                            stays: true,
                            revision: None,
                            file: None,
                        });
                    }
                    n => {
                        let text =
                            format!("已导入，但有 {n} 格没有导入，请看原件后自己填写：\n{notes}");
                        self.notice = Some(Notice {
                            text,
                            bad: true,
                            stays: true,
                            revision: None,
                            file: None,
                        });
                    }
                }
            }
        }
    }

    /// Shows where an import is looked through first: the first table.
    fn show_first_table(&mut self) {
        let Some(session) = &self.session else { return };
        let sections = &session.form().sections;
        let first = sections
            .iter()
            .position(|section| matches!(section.body, Body::Table(_)));
        if let Some(section) = first {
            self.go_to_tab(Tab::Section(section));
        }
    }

    /// Closes an imported report; asks only if the clerk has already worked on it.
    pub(in crate::ui) fn give_up_import(&mut self) {
        if !self.commit() {
            return;
        }
        let worked = |session: &Session| session.history().can_undo();
        if self.is_dirty() && self.session.as_ref().is_some_and(worked) {
            self.modal = Some(Modal::Unsaved(Intent::Close));
        } else {
            self.close_report();
        }
    }

    fn close_report(&mut self) {
        self.session = None;
        self.review = None;
        self.notice = None;
        // Back to what was open before the import.
        if let Some(before) = self.before_import.take() {
            self.open(&before);
        }
    }

    /// Puts pasted numbers into their cells, and says which pasted totals do not agree.
    fn place(&mut self, placed: &[(CellIx, Value)]) {
        let Some(session) = &mut self.session else {
            return;
        };
        session.do_step(Edit::cells_from(
            session.report(),
            Some(Origin::Pasted),
            placed.iter().copied(),
        ));
        let (report, evaluation) = (session.report(), session.evaluation());
        let differs = |&&(cell, value): &&(CellIx, Value)| {
            report.form().cell(cell).computed && !value.same_number(evaluation.value(cell))
        };
        let told: Vec<String> = placed
            .iter()
            .filter(differs)
            .map(|&(cell, value)| {
                let name = with_year(&report.form().full_name(cell), report.year());
                format!(
                    "{name}：粘贴的是 {value}，计算值是 {}",
                    evaluation.value(cell)
                )
            })
            .collect();
        if told.is_empty() {
            self.tell("已粘贴，总计与粘贴的一致；按 Ctrl+Z 可以整个撤销".to_owned());
        } else {
            self.complain(format!(
                "已粘贴，但有 {} 个总计与计算值不同：\n{}",
                told.len(),
                told.join("\n")
            ));
        }
    }

    pub(super) fn replied(&mut self, reply: Reply, window: Window<'_>) {
        match reply {
            Reply::Cancel => self.after_save = None,
            Reply::Create { report } => self.show_session(Session::fresh(report, true)),
            Reply::SaveFirst(intent) => {
                self.after_save = Some(intent);
                self.save(window);
            }
            Reply::Discard(intent) => {
                self.discarded = self
                    .session
                    .as_ref()
                    .map(|session| session.history().revision());
                self.go_on(intent, window);
            }
            Reply::Path(purpose, path) => {
                let own = |session: &Session| session.path.as_ref() == Some(&path);
                let saving_again =
                    purpose == Purpose::SaveDraft && self.session.as_ref().is_some_and(own);
                if purpose.saves() && path.exists() && !saving_again {
                    self.modal = Some(Modal::Overwrite(purpose, path));
                } else {
                    self.use_path(purpose, &path, window);
                }
            }
            Reply::Overwrite(purpose, path) => self.use_path(purpose, &path, window),
            Reply::Recover(index) => self.recover(index),
            Reply::OpenSaved(path) => self.open_saved(&path),
            Reply::SaveMine(path) => self.save_to(&path, window),
            Reply::Parts(cell, parts) => {
                if let Some(session) = &mut self.session {
                    session.do_step(Edit::addends(session.report(), cell, parts));
                }
            }
            Reply::Place(placed) => self.place(&placed),
            Reply::Export(choice) => self.export(&choice, window),
            Reply::ChooseFolder(choice) => self.choose_folder(choice, window),
            Reply::Print => self.print(),
            Reply::ChooseLastYear => self.ask_file(Purpose::LastYear, window),
            Reply::RollOverOpen => self.roll_over_open(),
            Reply::BringLastYear(prior) => self.bring_last_year(prior),
            // Answered together with what it was asked about.
            Reply::Begin => {}
            Reply::SaveElsewhere => self.ask_file(Purpose::SaveDraft, window),
        }
    }

    /// Keeps the window open while there is something to lose.
    pub(super) fn close_guard(&mut self, ctx: &egui::Context) {
        if !ctx.input(|input| input.viewport().close_requested()) || self.may_close {
            return;
        }
        let typing_refused = self.session.is_some() && !self.commit();
        if typing_refused || self.is_dirty() {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            if !typing_refused {
                self.modal = Some(Modal::Unsaved(Intent::CloseWindow));
            }
        }
    }

    /// While the system's dialog is open, offers a way out in case it never answers.
    pub(super) fn dialogs_wait(&mut self, window: Window<'_>) {
        if self.dialogs.is_open()
            && modals::waiting_ui(window.ctx)
            && let Some(answer) = self.dialogs.give_up()
        {
            self.answered(answer, window);
        }
    }

    /// Keeps the window's size and zoom for the next time, when it closes.
    pub(super) fn remember_window(&mut self, ctx: &egui::Context) {
        if !ctx.input(|input| input.viewport().close_requested())
            || !self.may_close && self.is_dirty()
        {
            return;
        }
        let size = ctx.content_rect().size() * ctx.zoom_factor();
        self.settings.size = Some((size.x.round(), size.y.round()));
        self.settings.zoom = Some(ctx.zoom_factor());
        self.settings.save(&self.home);
    }
}

/// A file dropped onto the window.
pub(super) fn dropped_file(ctx: &egui::Context) -> Option<Intent> {
    let path = ctx.input(|input| {
        input
            .raw
            .dropped_files
            .first()
            .map(|file| file.path().to_owned())
    })?;
    Some(if is_draft(&path) {
        Intent::OpenPath(path)
    } else {
        Intent::ImportPath(path)
    })
}

/// Whether a file is a draft or its backup by its name.
fn is_draft(path: &Path) -> bool {
    path.extension().is_none_or(|ending| {
        ending.eq_ignore_ascii_case(draft::EXTENSION) || ending.eq_ignore_ascii_case("bak")
    })
}
