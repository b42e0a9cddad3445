//! The program's window: what is open, which tab, what was asked for. Draws the parts and carries out commands.

use super::command::Command;
use super::dialogs::{Answer, Dialogs, Purpose};
use super::grid::GridState;
use super::modals::{Modal, Reply};
use super::session::Session;
use super::{cover, findings, modals, sheet, start, status, text, theme, top};
use crate::check::{Detail, Finding};
use crate::export::{self, Format};
use crate::form::{Body, CellIx, TextIx};
use crate::report::{Change, Edit, Report};
use crate::{draft, import};
use egui::{CentralPanel, Frame, Panel, Ui, ViewportCommand};
use std::path::{Path, PathBuf};

/// What the window needs from outside, so that tests run the very same window.
pub struct Surroundings {
    /// Whether the system's file dialogs are asked; else the window's own path field.
    pub system_dialogs: bool,
    /// The clock.
    pub now: fn() -> jiff::ZonedDateTime,
}

impl Default for Surroundings {
    fn default() -> Self {
        Self {
            system_dialogs: true,
            now: jiff::ZonedDateTime::now,
        }
    }
}

/// The page that is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// 封面.
    #[default]
    Cover,
    /// A section of the form.
    Section(usize),
}

/// Something that closes the open report, once nothing would be lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Intent {
    New,
    Open,
    OpenPath(PathBuf),
    Import,
    Sample,
    CloseWindow,
}

/// The native window for the length of one frame.
#[derive(Clone, Copy)]
struct Window<'a> {
    ctx: &'a egui::Context,
    /// The parent of file dialogs; none in tests.
    frame: Option<&'a eframe::Frame>,
}

/// A message that stays until it is dismissed or replaced.
pub struct Notice {
    pub text: String,
    pub bad: bool,
}

/// The window.
pub struct App {
    pub(super) session: Option<Session>,
    pub(super) tab: Tab,
    pub(super) grids: Vec<GridState>,
    pub(super) texts: text::TextState,
    /// Whether the findings are shown; by the window's width if the clerk has not said.
    pub(super) findings_open: Option<bool>,
    /// The finding that is looked at, in the evaluation's list.
    pub(super) selected: Option<usize>,
    pub(super) notice: Option<Notice>,
    pub(super) saved_at: Option<String>,
    modal: Option<Modal>,
    dialogs: Dialogs,
    after_save: Option<Intent>,
    may_close: bool,
    title: String,
    now: fn() -> jiff::ZonedDateTime,
}

const SAMPLE: &str = include_str!("../../assets/samples/jiutai_xinglong_2020.ron");

impl App {
    /// A window with nothing open. Gives the context its fonts and look.
    pub fn new(ctx: &egui::Context, surroundings: &Surroundings) -> Self {
        theme::install(ctx);
        Self {
            session: None,
            tab: Tab::Cover,
            grids: Vec::new(),
            texts: text::TextState::default(),
            findings_open: None,
            selected: None,
            notice: None,
            saved_at: None,
            modal: None,
            dialogs: Dialogs::new(surroundings.system_dialogs),
            after_save: None,
            may_close: false,
            title: String::new(),
            now: surroundings.now,
        }
    }

    /// Opens a draft, as the command line asks.
    pub fn open(&mut self, path: &Path) {
        match draft::open(path) {
            Ok(report) => self.show_session(Session::opened(report, path.to_owned())),
            Err(error) => self.complain(error.to_string()),
        }
    }

    /// The report that is open.
    pub fn report(&self) -> Option<&Report> {
        self.session.as_ref().map(Session::report)
    }

    /// Whether there is anything to lose.
    pub fn is_dirty(&self) -> bool {
        self.session
            .as_ref()
            .is_some_and(|session| session.history().is_dirty())
    }

    /// Draws the window and does what is asked. `frame` is the native window, the parent of file dialogs.
    pub fn ui(&mut self, ui: &mut Ui, frame: Option<&eframe::Frame>) {
        let ctx = ui.ctx().clone();
        let window = Window { ctx: &ctx, frame };
        if let Some(answer) = self.dialogs.poll(&ctx) {
            self.answered(answer, window);
        }
        let busy = self.modal.is_some() || self.dialogs.is_open();
        let mut command = if busy {
            None
        } else {
            Command::pressed(ui.ctx())
        };
        let mut intent = None;

        Panel::top("commands").frame(bar_frame()).show(ui, |ui| {
            command = top::commands_ui(ui, self).or(command);
        });
        if self.session.is_some() {
            Panel::top("tabs")
                .frame(bar_frame())
                .show(ui, |ui| top::tabs_ui(ui, self));
        }
        self.notice_ui(ui);
        if self.session.is_some() {
            Panel::bottom("status")
                .frame(bar_frame())
                .show(ui, |ui| status::status_ui(ui, self));
            if self.shows_findings(ui.ctx()) {
                Panel::right("findings")
                    .exact_size(theme::SIDE_WIDTH)
                    .resizable(false)
                    .frame(Frame::NONE.fill(theme::PAPER))
                    .show(ui, |ui| findings::findings_ui(ui, self));
            }
        }
        CentralPanel::default()
            .frame(Frame::NONE.fill(theme::GROUND))
            .show(ui, |ui| match self.session.is_some() {
                true => self.page_ui(ui),
                false => intent = start::start_ui(ui),
            });
        self.modal_ui(window);
        // Last, so that what was typed in this frame is part of it.
        if let Some(command) = command {
            self.execute(command, window);
        }
        if let Some(intent) = intent {
            self.want(intent, window);
        }
        self.close_guard(&ctx);
        self.dialogs_wait(window);
        self.set_title(&ctx);
    }

    fn page_ui(&mut self, ui: &mut Ui) {
        let Some(session) = &self.session else { return };
        match self.tab {
            Tab::Cover => cover::cover_ui(ui, self),
            Tab::Section(section) => match session.form().sections[section].body {
                Body::Text(_) => text::section_ui(ui, self, section),
                Body::Table(table) => sheet::table_ui(ui, self, section, table),
            },
        }
    }

    /// Whether the findings stand at the right.
    pub(super) fn shows_findings(&self, ctx: &egui::Context) -> bool {
        const ROOMY: f32 = 1150.0;
        self.findings_open
            .unwrap_or_else(|| ctx.content_rect().width() >= ROOMY)
    }

    /// Carries out a command.
    fn execute(&mut self, command: Command, window: Window<'_>) {
        match command {
            Command::New => self.want(Intent::New, window),
            Command::Open => self.want(Intent::Open, window),
            Command::Import => self.want(Intent::Import, window),
            Command::Save => self.save(window),
            Command::SaveAs if self.commit() => self.ask_file(Purpose::SaveDraft, window),
            Command::Export if self.commit() => self.ask_file(Purpose::ExportHtml, window),
            Command::Undo => self.undo_redo(Session::undo),
            Command::Redo => self.undo_redo(Session::redo),
            Command::ToggleFindings => self.findings_open = Some(!self.shows_findings(window.ctx)),
            Command::NextFinding => self.walk_findings(1),
            Command::PreviousFinding => self.walk_findings(-1),
            Command::NextTab => self.walk_tabs(1),
            Command::PreviousTab => self.walk_tabs(-1),
            Command::SaveAs | Command::Export => {}
        }
    }

    /// Whether a command can be carried out now.
    pub(super) fn can(&self, command: Command) -> bool {
        let history = self.session.as_ref().map(Session::history);
        match command {
            Command::New | Command::Open | Command::Import => true,
            Command::Undo => history.is_some_and(|history| history.can_undo()),
            Command::Redo => history.is_some_and(|history| history.can_redo()),
            _ => history.is_some(),
        }
    }

    /// Puts what is being typed into the report; `false` if it cannot stay as it is.
    pub(super) fn commit(&mut self) -> bool {
        let Some(session) = &mut self.session else {
            return false;
        };
        let form = session.form().clone();
        for (grid, table) in self.grids.iter_mut().zip(&form.tables) {
            if !grid.commit(session, table) {
                self.notice = Some(Notice {
                    text: "正在填的一格还不是数字：请改正，或按 Esc 放弃".to_owned(),
                    bad: true,
                });
                return false;
            }
        }
        session.pause();
        true
    }

    /// Goes to a tab, if nothing half-typed keeps the clerk where he is.
    pub(super) fn go_to_tab(&mut self, tab: Tab) {
        if self.tab == tab || !self.commit() {
            return;
        }
        self.tab = tab;
        if let (Tab::Section(section), Some(session)) = (tab, &self.session)
            && let Body::Table(table) = session.form().sections[section].body
        {
            self.grids[table].take_keyboard();
        }
    }

    fn walk_tabs(&mut self, step: isize) {
        let Some(session) = &self.session else { return };
        let all = session.form().sections.len() as isize + 1;
        let at = match self.tab {
            Tab::Cover => 0,
            Tab::Section(section) => section as isize + 1,
        };
        let next = (at + step).rem_euclid(all);
        self.go_to_tab(if next == 0 {
            Tab::Cover
        } else {
            Tab::Section(next as usize - 1)
        });
    }

    fn walk_findings(&mut self, step: isize) {
        if !self.commit() {
            return;
        }
        let Some(session) = &self.session else { return };
        let all = session.evaluation().findings.len() as isize;
        if all == 0 {
            self.tell("没有审核结果需要处理".to_owned());
            return;
        }
        let at = self
            .selected
            .map_or(if step > 0 { -1 } else { all }, |at| at as isize);
        self.jump_to_finding((at + step).rem_euclid(all) as usize);
    }

    /// Shows where a finding is.
    pub(super) fn jump_to_finding(&mut self, index: usize) {
        let Some(session) = &self.session else { return };
        let Some(finding) = session.evaluation().findings.get(index) else {
            return;
        };
        let (cell, text) = (
            finding.cells(session.form()).first().copied(),
            finding.text(session.form()),
        );
        let range = match &finding.detail {
            Detail::Mention { at, .. } => Some(at.clone()),
            _ => None,
        };
        self.selected = Some(index);
        match (cell, text) {
            (Some(cell), _) => self.jump_to_cell(cell),
            (None, Some(text)) => self.jump_to_text(text, range),
            (None, None) => self.go_to_tab(Tab::Cover),
        }
    }

    pub(super) fn jump_to_cell(&mut self, cell: CellIx) {
        let Some(session) = &self.session else { return };
        let form = session.form().clone();
        let table = form.cell(cell).table;
        let Some(section) = form.section_of_table(table) else {
            return;
        };
        self.go_to_tab(Tab::Section(section));
        if self.tab == Tab::Section(section) {
            self.grids[table].go_to(form.cell(cell).slot);
        }
    }

    fn jump_to_text(&mut self, text: TextIx, range: Option<std::ops::Range<usize>>) {
        let Some(session) = &self.session else { return };
        self.go_to_tab(
            session
                .form()
                .section_of_text(text)
                .map_or(Tab::Cover, Tab::Section),
        );
        self.texts.select(text, range);
    }

    fn undo_redo(&mut self, step: fn(&mut Session) -> Option<Edit>) {
        // What is half-typed is the step that the clerk means.
        for grid in &mut self.grids {
            if grid.cancel() {
                return;
            }
        }
        let Some(edit) = self.session.as_mut().and_then(step) else {
            return;
        };
        self.texts.forget();
        match edit.changes().first() {
            Some(Change::Cell { cell, .. } | Change::Stated { cell, .. }) => {
                self.jump_to_cell(*cell)
            }
            Some(Change::Text { text, .. }) => self.jump_to_text(*text, None),
            Some(_) => self.go_to_tab(Tab::Cover),
            None => {}
        }
    }

    /// The cells of the finding that is looked at.
    pub(super) fn lit_cells(&self) -> Vec<CellIx> {
        let Some(session) = &self.session else {
            return Vec::new();
        };
        let finding: Option<&Finding> = self
            .selected
            .and_then(|index| session.evaluation().findings.get(index));
        finding
            .map(|finding| finding.cells(session.form()).to_vec())
            .unwrap_or_default()
    }

    /// Does something that closes the open report; asks first if it has unsaved changes.
    fn want(&mut self, intent: Intent, window: Window<'_>) {
        if self.session.is_some() && !self.commit() {
            return;
        }
        if self.is_dirty() {
            self.modal = Some(Modal::Unsaved(intent));
        } else {
            self.go_on(intent, window);
        }
    }

    /// Does it without asking.
    fn go_on(&mut self, intent: Intent, window: Window<'_>) {
        match intent {
            Intent::New => self.modal = Some(Modal::new_report(&(self.now)())),
            Intent::Open => self.ask_file(Purpose::OpenDraft, window),
            Intent::OpenPath(path) => self.open(&path),
            Intent::Import => self.ask_file(Purpose::Import, window),
            Intent::Sample => match draft::from_text(SAMPLE) {
                Ok(report) => self.show_session(Session::fresh(report, false)),
                Err(problem) => self.complain(problem.to_string()),
            },
            Intent::CloseWindow => {
                self.may_close = true;
                window.ctx.send_viewport_cmd(ViewportCommand::Close);
            }
        }
    }

    fn save(&mut self, window: Window<'_>) {
        if !self.commit() {
            return;
        }
        match self
            .session
            .as_ref()
            .and_then(|session| session.path.clone())
        {
            Some(path) => self.save_to(&path, window),
            None => self.ask_file(Purpose::SaveDraft, window),
        }
    }

    fn save_to(&mut self, path: &Path, window: Window<'_>) {
        let Some(session) = &mut self.session else {
            return;
        };
        match session.save(path) {
            Ok(()) => {
                self.saved_at = Some((self.now)().strftime("%H:%M").to_string());
                self.notice = None;
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

    fn ask_file(&mut self, purpose: Purpose, window: Window<'_>) {
        let (near, name) = match &self.session {
            Some(session) => {
                let name = match purpose {
                    Purpose::ExportHtml => export::file_name(session.report(), Format::Html),
                    _ => export::file_stem(session.report()) + "." + draft::EXTENSION,
                };
                (session.path.clone(), name)
            }
            None => (None, String::new()),
        };
        if let Some(answer) = self
            .dialogs
            .ask(purpose, near.as_deref(), &name, window.frame)
        {
            self.answered(answer, window);
        }
    }

    fn answered(&mut self, answer: Answer, window: Window<'_>) {
        match answer {
            Answer::Cancelled => self.after_save = None,
            Answer::NoService(purpose) => {
                let near = self
                    .session
                    .as_ref()
                    .and_then(|session| session.path.clone());
                self.modal = Some(Modal::path_field(
                    purpose,
                    near.as_deref(),
                    self.session.as_ref().map(Session::report),
                ));
            }
            // The system's dialog has asked about overwriting already.
            Answer::Path(purpose, path) => self.use_path(purpose, &path, window),
        }
    }

    fn use_path(&mut self, purpose: Purpose, path: &Path, window: Window<'_>) {
        match purpose {
            Purpose::OpenDraft => self.open(path),
            Purpose::SaveDraft => self.save_to(path, window),
            Purpose::Import => self.import(path),
            Purpose::ExportHtml => {
                let Some(session) = &self.session else { return };
                let bytes = Format::Html.write(session.report(), session.evaluation());
                match export::save(&bytes, path) {
                    Ok(()) => self.tell(format!("已导出到 {}", path.display())),
                    Err(error) => self.complain(error.to_string()),
                }
            }
        }
    }

    fn import(&mut self, path: &Path) {
        match import::from_file(path) {
            Err(error) => self.complain(error.to_string()),
            Ok(imported) => {
                let lost: Vec<String> = imported
                    .not_placed
                    .iter()
                    .map(|cell| format!("{}“{}”：{}", cell.id, cell.content, cell.reason))
                    .collect();
                self.show_session(Session::fresh(imported.report, true));
                match lost.len() {
                    0 => self.tell("已导入，请核对后保存为草稿".to_owned()),
                    n => self.complain(format!(
                        "已导入，但有 {n} 格没有地方放，请看原件后自己填写：\n{}",
                        lost.join("\n")
                    )),
                }
            }
        }
    }

    fn show_session(&mut self, session: Session) {
        let form = session.form().clone();
        self.grids = form.tables.iter().map(|_| GridState::default()).collect();
        self.texts = text::TextState::default();
        self.tab = Tab::Cover;
        self.selected = None;
        self.notice = None;
        self.saved_at = None;
        self.session = Some(session);
    }

    fn tell(&mut self, text: String) {
        self.notice = Some(Notice { text, bad: false });
    }

    fn complain(&mut self, text: String) {
        self.notice = Some(Notice { text, bad: true });
    }

    fn notice_ui(&mut self, ui: &mut Ui) {
        let Some(Notice { text, bad }) = &self.notice else {
            return;
        };
        let (fill, colour) = if *bad {
            (theme::ERROR_FILL, theme::ERROR)
        } else {
            (theme::SELECTION, theme::ACCENT)
        };
        let frame = Frame::NONE
            .fill(fill)
            .inner_margin(egui::Margin::symmetric(14, 6));
        let mut dismissed = false;
        Panel::top("notice").frame(frame).show(ui, |ui| {
            ui.horizontal_top(|ui| {
                ui.with_layout(egui::Layout::right_to_left(egui::Align::TOP), |ui| {
                    dismissed = ui.button("知道了").clicked();
                    ui.with_layout(
                        egui::Layout::left_to_right(egui::Align::TOP).with_main_wrap(true),
                        |ui| {
                            ui.add(
                                egui::Label::new(egui::RichText::new(text).color(colour)).wrap(),
                            );
                        },
                    );
                });
            });
        });
        if dismissed {
            self.notice = None;
        }
    }

    fn modal_ui(&mut self, window: Window<'_>) {
        let Some(modal) = &mut self.modal else { return };
        if let Some(reply) = modals::modal_ui(window.ctx, modal) {
            self.modal = None;
            self.replied(reply, window);
        }
    }

    fn replied(&mut self, reply: Reply, window: Window<'_>) {
        match reply {
            Reply::Cancel => self.after_save = None,
            Reply::Create { report } => self.show_session(Session::fresh(report, true)),
            Reply::SaveFirst(intent) => {
                self.after_save = Some(intent);
                self.save(window);
            }
            Reply::Discard(intent) => self.go_on(intent, window),
            Reply::Path(purpose, path) => {
                if purpose.saves()
                    && path.exists()
                    && self
                        .session
                        .as_ref()
                        .is_none_or(|s| s.path.as_ref() != Some(&path))
                {
                    self.modal = Some(Modal::Overwrite(purpose, path));
                } else {
                    self.use_path(purpose, &path, window);
                }
            }
            Reply::Overwrite(purpose, path) => self.use_path(purpose, &path, window),
        }
    }

    /// Keeps the window open while there is something to lose.
    fn close_guard(&mut self, ctx: &egui::Context) {
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
    fn dialogs_wait(&mut self, window: Window<'_>) {
        if self.dialogs.is_open()
            && modals::waiting_ui(window.ctx)
            && let Some(answer) = self.dialogs.give_up()
        {
            self.answered(answer, window);
        }
    }

    fn set_title(&mut self, ctx: &egui::Context) {
        let title = match &self.session {
            Some(session) => {
                let mark = if session.history().is_dirty() {
                    "● "
                } else {
                    ""
                };
                let file = session
                    .path
                    .as_deref()
                    .and_then(Path::file_name)
                    .map(|name| name.to_string_lossy().into_owned());
                format!(
                    "{mark}{} — 年报填报",
                    file.unwrap_or_else(|| session.report().title())
                )
            }
            None => "年报填报".to_owned(),
        };
        if title != self.title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    /// The active cell of the table that is shown.
    pub(super) fn active_cell(&self) -> Option<CellIx> {
        let session = self.session.as_ref()?;
        let Tab::Section(section) = self.tab else {
            return None;
        };
        let Body::Table(table) = session.form().sections[section].body else {
            return None;
        };
        self.grids[table].active_cell(&session.form().tables[table])
    }
}

fn bar_frame() -> Frame {
    Frame::NONE
        .fill(theme::PAPER)
        .inner_margin(egui::Margin::symmetric(14, 0))
}
