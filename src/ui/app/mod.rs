//! The program's window: what is open, what is looked at, what was asked for. Draws the parts and carries out what they
//! ask for.

mod act;
mod commands;
mod files;
mod handing_in;
mod importing;
mod jump;
mod keyboard;
mod last_year;
mod leave;
mod looking;
mod outputs;
mod pages;
mod painted;
mod parts;
mod paste;
mod published;
mod questions;
mod recording;
mod recounting;
mod recovering;
mod writing;
mod years;

use super::action::{Action, Actions, Intent};
use super::ask;
use super::ask::Question;
use super::command::Command;
use super::dialogs::Dialogs;
use super::job::{Jobs, Kind, Outcome};
use super::notice::Notice;
use super::pace::{self, Pace};
use super::read_out::window_name;
use super::recount::Recounting;
use super::review::Review;
use super::session::Session;
use super::settings::Settings;
use super::theme;
use super::troubles::Troubles;
use super::view::View;
use super::years::Years;
use super::zoom::{self, Zoom};
use crate::args::Renderer;
use crate::disk::Home;
use crate::report::Report;
use egui::{Ui, ViewportCommand};
use looking::Looking;
use recording::Recording;
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

/// The native window for the length of one frame.
#[derive(Clone, Copy)]
struct Window<'a> {
    ctx: &'a egui::Context,
    /// The parent of file dialogs; none in tests.
    native: Option<&'a winit::window::Window>,
}

/// Said when a cell that is no number yet keeps the clerk where he is.
const STILL_TYPING: &str = "正在填的一格还不是数字：请改正，或按 Esc 放弃";

/// What is asked and answered before something is done.
struct Asking {
    /// The question in the middle of the window.
    question: Option<Question>,
    dialogs: Dialogs,
    /// The folder of the file that was chosen last.
    last_folder: Option<PathBuf>,
}

impl Asking {
    /// Whether an answer is waited for.
    fn is_busy(&self) -> bool {
        self.question.is_some() || self.dialogs.is_open()
    }
}

/// How the open report is left.
#[derive(Default)]
struct Leaving {
    /// What is done once it is saved.
    after_save: Option<Intent>,
    /// Where it is saved once more when it is: it was asked for in between.
    save_again: Option<(PathBuf, bool)>,
    /// The revision that the clerk has agreed to lose.
    discarded: Option<u64>,
    /// Whether the window may close now.
    may_close: bool,
    /// Whether the window was to close while it was hidden, and asks once it is seen.
    asks_in_sight: bool,
    /// The draft that was open before an import.
    before_import: Option<PathBuf>,
}

/// What a job has the window do when it has ended.
type Done = Box<dyn for<'a> FnOnce(&mut App, Window<'a>) + Send>;

/// The window.
pub struct App {
    session: Option<Session>,
    view: View,
    looking: Looking,
    /// What an import has to say about its source, until the clerk has looked through it.
    review: Option<Review>,
    notice: Option<Notice>,
    troubles: Troubles,
    saved_at: Option<String>,
    settings: Settings,
    /// What paints the window; none in tests.
    renderer: Option<Renderer>,
    recording: Recording,
    asking: Asking,
    leaving: Leaving,
    /// Years side by side; those that were added stay when they are closed.
    years: Years,
    /// The second count that was begun of the open report.
    recount: Option<Box<Recounting>>,
    jobs: Jobs<Done>,
    title: String,
    desktop: bool,
    now: fn() -> jiff::ZonedDateTime,
}

impl App {
    /// A window with nothing open. Gives the context its fonts and look.
    pub fn new(ctx: &egui::Context, surroundings: &Surroundings) -> Self {
        theme::install(ctx);
        Pace::install(ctx);
        let settings = Settings::load(&surroundings.home);
        if let Some(zoom) = settings.zoom {
            ctx.set_zoom_factor(zoom);
        }
        let (recording, complaints) = Recording::start(&surroundings.home);
        if let Some(recorder) = &recording.recorder {
            // A window in which nothing happens draws nothing, and would never say so.
            let ctx = ctx.clone();
            recorder.on_change(move || ctx.request_repaint());
        }
        let mut app = Self {
            session: None,
            view: View::Start,
            looking: Looking::default(),
            review: None,
            notice: None,
            troubles: Troubles::default(),
            saved_at: None,
            settings,
            renderer: None,
            recording,
            asking: Asking {
                question: None,
                dialogs: Dialogs::new(surroundings.desktop),
                last_folder: None,
            },
            leaving: Leaving::default(),
            years: Years::default(),
            recount: None,
            jobs: Jobs::new(ctx),
            title: String::new(),
            desktop: surroundings.desktop,
            now: surroundings.now,
        };
        for complaint in complaints {
            app.trouble(complaint);
        }
        app.watch_recorder();
        app.compare_leftovers();
        app
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

    /// Whether something is done off the window's thread.
    pub fn is_working(&self) -> bool {
        self.jobs.is_working()
    }

    /// Whether an answer or a file is waited for.
    fn is_busy(&self) -> bool {
        self.asking.is_busy() || self.waits_for().is_some()
    }

    /// The kind of job that the window waits for: what is typed meanwhile could be lost with what is open.
    fn waits_for(&self) -> Option<Kind> {
        let leaves = self.leaving.after_save.is_some();
        [Kind::Reading, Kind::Saving]
            .into_iter()
            .filter(|&kind| kind == Kind::Reading || leaves)
            .find(|&kind| self.jobs.is_running(kind))
    }

    /// Lets jobs that have ended do what they were begun for.
    fn take_answers(&mut self, window: Window<'_>) {
        while let Some(outcome) = self.jobs.poll() {
            match outcome {
                Outcome::Answered(done) => done(self, window),
                Outcome::Failed(Kind::Reading) => {
                    self.complain("读到一半停下了，请再试一次；打开着的年报没有受影响".to_owned());
                }
                Outcome::Failed(Kind::Writing) => {
                    self.complain("写到一半停下了，请再试一次；年报本身没有受影响".to_owned());
                }
                Outcome::Failed(Kind::Saving) => {
                    self.on_session(Session::not_saved);
                    (self.leaving.after_save, self.leaving.save_again) = (None, None);
                    self.complain("保存到一半停下了，请再保存一次；原来的文件没有动".to_owned());
                }
                // Nobody has asked for it.
                Outcome::Failed(Kind::Comparing | Kind::Opening) => {}
            }
        }
    }

    /// The open report's revision.
    fn revision(&self) -> Option<u64> {
        self.session.as_ref().map(|open| open.history().revision())
    }

    /// Draws the window and does what is asked. `native` is the parent of file dialogs.
    pub fn ui(&mut self, ui: &mut Ui, native: Option<&winit::window::Window>) {
        let ctx = ui.ctx().clone();
        let window = Window { ctx: &ctx, native };
        if let Some(answer) = self.asking.dialogs.poll(&ctx) {
            self.answered(answer, window);
        }
        // What is typed up to the frame in which a file has been read was not typed into what it brings.
        let waits = self.waits_for();
        self.take_answers(window);
        self.zoom(&ctx);
        let mut actions = Actions::default();
        if let Some(kind) = waits {
            hold_still(ui);
            if ctx.input(|input| input.key_pressed(egui::Key::Escape)) {
                actions.push(Action::GiveUp(kind));
            }
        }
        if !self.is_busy()
            && let Some(command) = Command::pressed(&ctx)
        {
            actions.push(Action::Command(command));
        }
        for part in Self::PARTS {
            part(self, ui, &mut actions);
            // Where the clerk goes by one part the next ones draw in this very frame.
            self.carry_out(actions.take_ready(), window);
        }
        self.question_ui(&ctx, &mut actions);
        if let Some(kind) = self.waits_for().filter(|_| !self.asking.is_busy())
            && let Some(words) = self.jobs.words(kind)
        {
            ask::reading_ui(&ctx, kind, &words, &mut actions);
        }
        // A file dropped onto a question would change what it is about.
        if self.view.compares() && !self.is_busy() {
            let dropped = ctx.input(|input| input.raw.dropped_files.clone());
            let paths: Vec<PathBuf> = dropped.iter().map(|file| file.path().to_owned()).collect();
            if !paths.is_empty() {
                actions.push(Action::AddYears(paths));
            }
        } else if let Some(intent) = Self::dropped_file(&ctx).filter(|_| !self.is_busy()) {
            actions.push(Action::Leave(intent));
        }
        self.escape(&ctx);
        self.carry_out(actions.take_all(), window);
        self.tell_what_was_taken_away();
        self.close_guard(&ctx);
        self.record(&ctx);
        self.remember_window(&ctx);
        self.dialogs_wait(window);
        self.set_title(&ctx);
    }

    /// Ctrl and the wheel enlarge the sheet; the keys of egui itself enlarge everything, and go further than is legible.
    fn zoom(&mut self, ctx: &egui::Context) {
        let turned = wheel_with_ctrl(ctx);
        let has_sheet = matches!(self.view, View::Report) && self.session.is_some();
        let mut size = zoom::within(ctx.zoom_factor());
        if turned != 0.0 && has_sheet {
            let step = zoom::next_step(self.looking.scale, turned > 0.0);
            self.settings.sheet = Zoom::Times(step);
        } else if turned != 0.0 {
            size = zoom::next_step(size, turned > 0.0);
        }
        if size != ctx.zoom_factor() {
            ctx.set_zoom_factor(size);
        }
    }

    /// Whether last year's numbers and wording stand beside this year's.
    fn shows_last(&self) -> bool {
        let last = self.report().and_then(Report::last_year);
        last.is_some() && !self.settings.hides_last
    }

    /// Puts what is being typed into the report; `false` if it cannot stay as it is.
    fn commit(&mut self) -> bool {
        let Some(session) = &mut self.session else {
            return false;
        };
        let whole = self.looking.commit(session);
        // The cell says why itself; a list that is still needed is not pushed aside for it.
        if !whole && self.notice.as_ref().is_none_or(|notice| !notice.stays) {
            self.notice = Some(Notice::complaint(STILL_TYPING.to_owned()));
        }
        whole
    }

    fn show_session(&mut self, session: Session) {
        self.looking.begin(session.form());
        self.leaving = Leaving::default();
        self.notice = None;
        // A question about the report before is none about this one.
        self.asking.question = None;
        self.view = View::Report;
        self.review = None;
        self.recount = None;
        self.saved_at = None;
        self.session = Some(session);
    }

    /// Lets go of the open report and of its lock.
    fn let_go(&mut self) {
        self.session = None;
        self.recount = None;
        self.leaving.save_again = None;
        self.view = View::Start;
    }

    /// Back to the report, or to the start if none is open.
    fn close_view(&mut self) {
        self.view = match self.session {
            Some(_) => View::Report,
            None => View::Start,
        };
    }

    /// Says what an edit took away beside what it was made for.
    fn tell_what_was_taken_away(&mut self) {
        let open = self.session.as_mut();
        let lost = open.map_or_else(Vec::new, |open| std::mem::take(&mut open.taken_away));
        if lost.is_empty() {
            return;
        }
        let (lost, revision) = (lost.join("\n"), self.revision());
        let said = self.notice.take();
        // What the edit itself has to say, and what is still to be minded, stays.
        let said = said.filter(|said| said.bad || said.stays || said.revision == revision);
        self.notice = Some(match said {
            Some(said) => Notice {
                text: format!("{}\n{lost}", said.text),
                ..said
            },
            None => Notice::told(lost, revision),
        });
    }

    fn tell(&mut self, text: String) {
        self.notice = Some(Notice::told(text, self.revision()));
    }

    fn complain(&mut self, text: String) {
        self.notice = Some(Notice::complaint(text));
    }

    fn set_title(&mut self, ctx: &egui::Context) {
        let title = match &self.session {
            Some(session) => {
                let file = session
                    .path
                    .as_deref()
                    .and_then(Path::file_name)
                    .map(|name| name.to_string_lossy().into_owned());
                format!(
                    "{} — 年报填报",
                    file.unwrap_or_else(|| session.report().title())
                )
            }
            None => "年报填报".to_owned(),
        };
        let is_dirty = self
            .session
            .as_ref()
            .is_some_and(|open| open.history().is_dirty());
        let marked = |mark: &str| format!("{}{title}", if is_dirty { mark } else { "" });
        let name = window_name(ctx, &marked("未保存："));
        ctx.accesskit_node_builder(egui::accesskit_root_id(), |window| window.set_label(name));
        let title = marked("● ");
        if title != self.title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }
}

/// While a file is read that may take the report's place, nothing in the window answers: an edit would be lost with it.
fn hold_still(ui: &mut Ui) {
    // It lasts a moment mostly: nothing shall flicker.
    ui.visuals_mut().disabled_alpha = 1.0;
    ui.disable();
    ui.input_mut(|input| input.events.retain(pace::outlives_dropping));
    pace::drop_waiting(ui.ctx());
}

/// How far the wheel was turned with Ctrl held, which scrolls nothing then.
fn wheel_with_ctrl(ctx: &egui::Context) -> f32 {
    ctx.input_mut(|input| {
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
    })
}
