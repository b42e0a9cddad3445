//! The program's window: what is open, which tab, what was asked for. Draws the parts and carries out commands.

mod files;
mod jump;
mod last_year;
mod outputs;
mod years;

use super::command::Command;
use super::dialogs::{Dialogs, Purpose};
use super::exporting::Exporting;
use super::find::{self, Find};
use super::grid::GridState;
use super::modals::{self, Beginning, Modal, Reply};
use super::pace::{self, Pace};
use super::preview::Preview;
use super::review::{self, Review};
use super::session::Session;
use super::settings::Settings;
use super::years::Years;
use super::{cover, findings, sheet, start, status, text, theme, top};
use crate::disk;
use crate::disk::Home;
use crate::draft::{self, Recorder};
use crate::form::Body;
use crate::report::Report;
use egui::{CentralPanel, Frame, Panel, Ui, ViewportCommand};
use std::path::{Path, PathBuf};

/// What the window needs from outside, so that tests run the very same window.
pub struct Surroundings {
    /// Whether the desktop's file dialogs and clipboard are used; else the window's own path field, and text only.
    pub desktop: bool,
    /// Where the program keeps what is its own.
    pub home: Home,
    /// The clock.
    pub now: fn() -> jiff::ZonedDateTime,
}

impl Default for Surroundings {
    fn default() -> Self {
        Self {
            desktop: true,
            home: Home::of_user(),
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
#[derive(Clone, Debug, PartialEq)]
pub enum Intent {
    New,
    Open,
    OpenPath(PathBuf),
    Import,
    ImportPath(PathBuf),
    NewYear,
    /// A new year's report, ready to be begun.
    Begin(Box<Beginning>),
    Sample,
    Recover(usize),
    DiscardLeftover(usize),
    /// Close the open report and show the start.
    Close,
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
    /// Whether only the clerk dismisses it.
    pub stays: bool,
    /// The revision that it is about; with another one it goes, if it says nothing bad.
    pub revision: Option<u64>,
    /// A file that it is about, whose folder can be opened.
    pub file: Option<PathBuf>,
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
    /// What it said: after an edit another may stand in its place.
    selected_headline: String,
    /// The finding under the pointer.
    pub(super) hovered: Option<usize>,
    pub(super) cards: findings::Cards,
    /// What an import has to say about its source, until the clerk has looked through it.
    pub(super) review: Option<Review>,
    /// The folder of the file that was chosen last.
    last_folder: Option<PathBuf>,
    /// The draft that was open before an import.
    before_import: Option<PathBuf>,
    /// The search, while its bar is open.
    pub(super) find: Option<Find>,
    /// Reasons that are being typed.
    pub(super) reasons: findings::ReasonFields,
    pub(super) notice: Option<Notice>,
    pub(super) saved_at: Option<String>,
    pub(super) settings: Settings,
    /// Reports that were left unsaved by a program that did not end in order.
    pub(super) leftovers: Vec<start::Offer>,
    pub(super) desktop: bool,
    home: Home,
    recorder: Option<Recorder>,
    /// What the recorder was last told: revision and file.
    recorded: Option<(u64, Option<PathBuf>)>,
    pub(super) modal: Option<Modal>,
    /// The report as it will be printed, in the place of the tabs.
    pub(super) preview: Option<Preview>,
    /// Years side by side; those that were added stay when they are closed.
    pub(super) years: Years,
    /// Whether they stand in the place of the tabs.
    years_open: bool,
    exporting: Option<Exporting>,
    dialogs: Dialogs,
    after_save: Option<Intent>,
    /// The revision that the clerk has agreed to lose.
    discarded: Option<u64>,
    may_close: bool,
    title: String,
    now: fn() -> jiff::ZonedDateTime,
}

/// Said when a cell that is no number yet keeps the clerk where he is.
const STILL_TYPING: &str = "正在填的一格还不是数字：请改正，或按 Esc 放弃";

impl App {
    /// A window with nothing open. Gives the context its fonts and look.
    pub fn new(ctx: &egui::Context, surroundings: &Surroundings) -> Self {
        theme::install(ctx);
        ctx.add_plugin(Pace::default());
        let home = surroundings.home.clone();
        let (leftovers, unread) = draft::leftovers(&home);
        let leftovers = leftovers.into_iter().map(start::Offer::new).collect();
        let settings = Settings::load(&home);
        if let Some(zoom) = settings.zoom {
            ctx.set_zoom_factor(zoom);
        }
        let recorder = Recorder::start(&home);
        let mut complaints: Vec<String> = unread.iter().map(ToString::to_string).collect();
        if let Err(error) = &recorder {
            complaints.push(format!(
                "不能自动留存未保存的内容（{}），请常按 Ctrl+S 保存",
                disk::io_reason(error)
            ));
        }
        Self {
            session: None,
            tab: Tab::Cover,
            grids: Vec::new(),
            texts: text::TextState::default(),
            findings_open: None,
            selected: None,
            selected_headline: String::new(),
            hovered: None,
            cards: findings::Cards::default(),
            review: None,
            last_folder: None,
            before_import: None,
            find: None,
            reasons: findings::ReasonFields::default(),
            notice: (!complaints.is_empty()).then(|| Notice {
                text: complaints.join(
                    "
",
                ),
                bad: true,
                stays: true,
                revision: None,
                file: None,
            }),
            saved_at: None,
            settings,
            leftovers,
            desktop: surroundings.desktop,
            home,
            recorder: recorder.ok(),
            recorded: None,
            modal: None,
            preview: None,
            years: Years::default(),
            years_open: false,
            exporting: None,
            dialogs: Dialogs::new(surroundings.desktop),
            after_save: None,
            discarded: None,
            may_close: false,
            title: String::new(),
            now: surroundings.now,
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
        self.watch_export();
        // Said again by the table in which it is so.
        pace::keys_wait(&ctx, false);
        zoom(&ctx);
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
        let covered = self.preview.is_some() || self.years_open;
        if self.session.is_some() && !covered {
            Panel::top("tabs")
                .frame(bar_frame())
                .show(ui, |ui| top::tabs_ui(ui, self));
        }
        if self.session.is_some() && self.find.is_some() && !covered {
            Panel::top("find")
                .frame(bar_frame())
                .show(ui, |ui| find::find_ui(ui, self));
        }
        if self.session.is_some() && !covered {
            Panel::bottom("status")
                .frame(bar_frame())
                .show(ui, |ui| status::status_ui(ui, self));
        }
        self.notice_ui(ui);
        if self.session.is_some() && self.shows_findings(ui.ctx()) && !covered {
            Panel::right("findings")
                .exact_size(theme::SIDE_WIDTH)
                .resizable(false)
                .frame(Frame::NONE.fill(theme::PAPER))
                .show(ui, |ui| match self.review {
                    Some(_) => review::review_ui(ui, self),
                    None => command = findings::findings_ui(ui, self).or(command),
                });
        }
        CentralPanel::default()
            .frame(Frame::NONE.fill(theme::GROUND))
            .show(ui, |ui| match self.session.is_some() {
                _ if self.years_open => self.years_ui(ui, window),
                true if self.preview.is_some() => self.preview_ui(ui, window),
                true => self.page_ui(ui),
                false => intent = start::start_ui(ui, self),
            });
        self.modal_ui(window);
        // Last, so that what was typed in this frame is part of it.
        if let Some(command) = command.filter(|&command| self.can(command)) {
            self.execute(command, window);
        }
        if let Some(intent) = intent {
            self.want(intent, window);
        }
        // A file dropped onto a question would change what it is about.
        let asking = self.modal.is_some() || self.dialogs.is_open();
        if let Some(intent) = files::dropped_file(&ctx).filter(|_| !asking) {
            self.want(intent, window);
        }
        self.close_guard(&ctx);
        self.record();
        self.remember_window(&ctx);
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
    pub(in crate::ui) fn shows_findings(&self, ctx: &egui::Context) -> bool {
        const ROOMY: f32 = 1150.0;
        self.findings_open
            .unwrap_or_else(|| ctx.content_rect().width() >= ROOMY)
    }

    /// Whether last year's numbers and wording stand beside this year's.
    pub(in crate::ui) fn shows_last(&self) -> bool {
        let last = self.report().and_then(Report::last_year);
        last.is_some() && !self.settings.hides_last
    }

    /// Carries out a command.
    fn execute(&mut self, command: Command, window: Window<'_>) {
        match command {
            Command::New => self.want(Intent::New, window),
            Command::NewYear => self.ask_last_year(window),
            Command::Open => self.want(Intent::Open, window),
            Command::Import => self.want(Intent::Import, window),
            Command::Save => self.save(window),
            Command::SaveAs if self.commit() => self.ask_file(Purpose::SaveDraft, window),
            Command::Export if self.commit() => self.ask_export(),
            Command::Preview if self.commit() => self.open_preview(window.ctx),
            Command::Undo => self.undo_redo(Session::undo),
            // What is half-typed comes first: it is newer than what was undone.
            Command::Redo if self.commit() => self.undo_redo(Session::redo),
            Command::ToggleFindings => self.findings_open = Some(!self.shows_findings(window.ctx)),
            Command::ToggleLast => self.toggle_last(window),
            Command::ChangeForm => self.ask_change_form(),
            Command::Years => self.open_years(),
            Command::Find => self.find = Some(Find::open()),
            Command::Help => self.modal = Some(Modal::Keys),
            Command::NextFinding => self.walk_findings(1),
            Command::PreviousFinding => self.walk_findings(-1),
            Command::NextTab => self.walk_tabs(1),
            Command::PreviousTab => self.walk_tabs(-1),
            Command::SaveAs | Command::Export | Command::Preview | Command::Redo => {}
        }
    }

    /// Whether a command can be carried out now.
    pub(in crate::ui) fn can(&self, command: Command) -> bool {
        let history = self.session.as_ref().map(Session::history);
        match command {
            Command::New
            | Command::NewYear
            | Command::Open
            | Command::Import
            | Command::Years
            | Command::Help => true,
            // What they would change is not in sight.
            Command::Undo | Command::Redo if self.years_open => false,
            // They are about what the preview or the comparison covers.
            Command::ToggleFindings
            | Command::ToggleLast
            | Command::Find
            | Command::NextFinding
            | Command::PreviousFinding
            | Command::NextTab
            | Command::PreviousTab
                if self.preview.is_some() || self.years_open =>
            {
                false
            }
            Command::Undo => history.is_some_and(|history| history.can_undo()),
            Command::Redo => history.is_some_and(|history| history.can_redo()),
            _ => history.is_some(),
        }
    }

    /// Puts what is being typed into the report; `false` if it cannot stay as it is.
    pub(in crate::ui) fn commit(&mut self) -> bool {
        let Some(session) = &mut self.session else {
            return false;
        };
        let form = session.form().clone();
        for (grid, table) in self.grids.iter_mut().zip(&form.tables) {
            if !grid.commit(session, table) {
                // The cell says why itself; a list that is still needed is not pushed aside for it.
                if self.notice.as_ref().is_none_or(|notice| !notice.stays) {
                    let text = STILL_TYPING.to_owned();
                    self.notice = Some(Notice {
                        text,
                        bad: true,
                        stays: false,
                        revision: None,
                        file: None,
                    });
                }
                return false;
            }
        }
        session.pause();
        true
    }

    fn show_session(&mut self, session: Session) {
        let form = session.form().clone();
        self.grids = form.tables.iter().map(|_| GridState::default()).collect();
        self.texts = text::TextState::default();
        self.tab = Tab::Cover;
        self.selected = None;
        self.discarded = None;
        self.reasons = findings::ReasonFields::default();
        self.notice = None;
        // A question about the report before is none about this one.
        self.modal = None;
        self.preview = None;
        self.years_open = false;
        self.review = None;
        self.before_import = None;
        self.saved_at = None;
        self.session = Some(session);
    }

    fn tell(&mut self, text: String) {
        let revision = self.session.as_ref().map(|open| open.history().revision());
        self.notice = Some(Notice {
            text,
            bad: false,
            stays: false,
            revision,
            file: None,
        });
    }

    fn complain(&mut self, text: String) {
        self.notice = Some(Notice {
            text,
            bad: true,
            stays: false,
            revision: None,
            file: None,
        });
    }

    fn notice_ui(&mut self, ui: &mut Ui) {
        let typing = self.grids.iter().any(GridState::is_typing);
        self.notice
            .take_if(|notice| notice.text == STILL_TYPING && !typing);
        let now = self.session.as_ref().map(|open| open.history().revision());
        self.notice
            .take_if(|notice| notice.revision.is_some() && notice.revision != now);
        let Some(Notice {
            text, bad, file, ..
        }) = &self.notice
        else {
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
        let mut unopened = None;
        // At the bottom, so that what the clerk is pointing at does not move away under the pointer.
        Panel::bottom("notice").frame(frame).show(ui, |ui| {
            const BUTTON: f32 = 90.0;
            const LIST: f32 = 150.0;
            ui.horizontal_top(|ui| {
                let buttons = if file.is_some() { 2.3 } else { 1.0 };
                let width = ui.available_width() - BUTTON * buttons;
                ui.allocate_ui_with_layout(
                    egui::vec2(width, 0.0),
                    egui::Layout::top_down(egui::Align::Min),
                    |ui| {
                        ui.set_width(width);
                        // A long list scrolls; the table that it is about stays in sight.
                        egui::ScrollArea::vertical()
                            .max_height(LIST)
                            .show(ui, |ui| {
                                let words = egui::RichText::new(text).color(colour);
                                ui.add(egui::Label::new(words).wrap());
                            });
                    },
                );
                if let Some(file) = file
                    && ui.button("打开文件夹").clicked()
                    && let Some(folder) = file.parent()
                    && open::that_detached(folder).is_err()
                {
                    unopened = Some(folder.display().to_string());
                }
                dismissed = ui.button("知道了").clicked();
            });
        });
        if let Some(folder) = unopened {
            self.complain(format!("打不开文件夹，请自己到这里找：{folder}"));
        }
        if dismissed {
            self.notice = None;
        }
    }

    fn modal_ui(&mut self, window: Window<'_>) {
        let Some(modal) = &mut self.modal else { return };
        if let Some(reply) = modals::modal_ui(window.ctx, modal, self.session.as_ref()) {
            let asked = self.modal.take();
            match (reply, asked) {
                (Reply::Begin, Some(Modal::NewYear(beginning) | Modal::ChangeForm(beginning))) => {
                    self.want(Intent::Begin(beginning), window);
                }
                (reply, _) => self.replied(reply, window),
            }
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
}

/// Ctrl and the wheel zoom, in few steps: every size of the letters is drawn anew and kept.
fn zoom(ctx: &egui::Context) {
    const STEPS: [f32; 8] = [0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0];
    let turned = ctx.input_mut(|input| {
        let mut turned = 0.0;
        input.events.retain(|event| match event {
            egui::Event::MouseWheel {
                delta, modifiers, ..
            } if modifiers.command => {
                turned += delta.y;
                false
            }
            _ => true,
        });
        turned
    });
    let now = ctx.zoom_factor();
    let next = if turned > 0.0 {
        STEPS.into_iter().find(|&step| step > now + 0.01)
    } else if turned < 0.0 {
        STEPS.into_iter().rev().find(|&step| step < now - 0.01)
    } else {
        // The keys of egui itself go further than is legible.
        Some(now.clamp(STEPS[0], STEPS[STEPS.len() - 1])).filter(|&step| step != now)
    };
    if let Some(step) = next {
        ctx.set_zoom_factor(step);
    }
}

fn bar_frame() -> Frame {
    Frame::NONE
        .fill(theme::PAPER)
        .inner_margin(egui::Margin::symmetric(14, 0))
}
