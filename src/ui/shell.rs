//! The native window around the app.

use super::app::{App, Surroundings};
use super::cpu::Content;
use super::fitting::Fitting;
use super::native::{self, Failure};
use super::renderer::{self, Choice};
use super::settings::Settings;
use super::unanswered;
use crate::args::{Renderer, WindowOptions};
use crate::disk::{self, Home};
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Opens the window and returns when it is closed.
pub fn run(options: WindowOptions) -> ExitCode {
    let started = Instant::now();
    let mut measure = options.measure.map(|seconds| {
        Measure::new(
            started,
            Duration::try_from_secs_f64(seconds).unwrap_or_default(),
        )
    });
    let home = options
        .data_dir
        .clone()
        .map_or_else(Home::of_user, Home::at);
    // First of all: the program may have to start again for it, and what follows tells things once.
    let desktop = match native::connect() {
        Ok(desktop) => desktop,
        Err(failure) => return cannot_open(failure),
    };
    let choice = Choice::of(options.renderer, &home, renderer::is_remote());
    let settings = Settings::load(&home);
    let fitting = Fitting::new(settings.size, settings.maximised);
    let (viewport, own_home) = (viewport(&fitting, settings.maximised), home.clone());
    let create = move |ctx: &egui::Context, choice: Choice| {
        let mut app = App::new(
            ctx,
            &Surroundings {
                home: own_home.clone(),
                ..Surroundings::default()
            },
        );
        let rescue = app.rescuer();
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if let Some(rescue) = &rescue {
                rescue();
            }
            note_panic(&own_home, panic);
            usual(panic);
        }));
        if let Some(file) = &options.file {
            app.open_or_import(file);
        }
        if let Some(measure) = &mut measure {
            measure.renderer = choice.renderer;
        }
        let troubles = [choice.notice, unanswered::notice().map(str::to_owned)];
        app.painted_by(choice.renderer, troubles.into_iter().flatten());
        let shell = Shell {
            app,
            fitting,
            measure,
        };
        Box::new(shell) as Box<dyn Content>
    };
    match native::open(desktop, choice, &home, &viewport, Box::new(create)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => cannot_open(failure),
    }
}

fn cannot_open(Failure(words): Failure) -> ExitCode {
    cannot_start(words);
    ExitCode::from(2)
}

/// Where the program failed, for whoever looks into it; what it says may hold parts of a report and stays out.
fn note_panic(home: &Home, panic: &std::panic::PanicHookInfo<'_>) {
    let place = panic.location().map(ToString::to_string);
    let when = jiff::ZonedDateTime::now().strftime("%F %T").to_string();
    let what = format!("panic {}", place.unwrap_or_default());
    // Nobody is left to tell if this fails too.
    let _ = disk::log::append(home, &when, &what);
}

fn viewport(fitting: &Fitting, maximised: bool) -> egui::ViewportBuilder {
    let least = egui::vec2(600.0, 360.0);
    egui::ViewportBuilder::default()
        .with_app_id("nianbao")
        .with_title("年报填报")
        .with_icon(icon())
        .with_maximized(maximised)
        .with_inner_size(fitting.wanted().max(least))
        .with_min_inner_size(least)
}

/// The program's icon; an empty one, for which the desktop has its own, if it cannot be read.
fn icon() -> egui::IconData {
    const PICTURE: &[u8] = include_bytes!("../../assets/icons/nianbao-256.png");
    eframe::icon_data::from_png_bytes(PICTURE).unwrap_or_default()
}

/// A program without a window has only the system's message box, and the terminal if there is one.
fn cannot_start(words: String) {
    eprintln!("{words}");
    if cfg!(windows) {
        rfd::MessageDialog::new()
            .set_title("年报填报")
            .set_level(rfd::MessageLevel::Error)
            .set_description(words)
            .show();
    }
}

/// An empty window of the same kind, for comparison (`cargo bench --bench window`): prints what [`run`] prints with
/// `--measure`.
pub fn measure_empty_window(seconds: f64) {
    struct Empty(Measure);
    impl eframe::App for Empty {
        fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
            self.0.frame(ui.ctx());
        }
    }
    let measure = Measure::new(Instant::now(), Duration::from_secs_f64(seconds));
    let create =
        move |_: &eframe::CreationContext<'_>| Ok(Box::new(Empty(measure)) as Box<dyn eframe::App>);
    let options = eframe::NativeOptions {
        viewport: viewport(&Fitting::new(None, false), false),
        ..eframe::NativeOptions::default()
    };
    if let Err(error) = eframe::run_native("empty", options, Box::new(create)) {
        cannot_start(error.to_string());
    }
}

struct Shell {
    app: App,
    fitting: Fitting,
    measure: Option<Measure>,
}

impl Content for Shell {
    fn logic(&mut self, ctx: &egui::Context) {
        self.app.guard_hidden(ctx);
    }

    fn ui(&mut self, ui: &mut egui::Ui, native: Option<&winit::window::Window>) {
        self.fitting.frame(ui.ctx());
        self.app.ui(ui, native);
        if let Some(measure) = &mut self.measure {
            measure.frame(ui.ctx());
        }
    }
}

/// Counts frames for `--measure`.
struct Measure {
    started: Instant,
    length: Duration,
    renderer: Renderer,
    first: Option<Duration>,
    /// Frames in the second half of the time, when nothing should happen any more.
    late_frames: u32,
}

impl Measure {
    fn new(started: Instant, length: Duration) -> Self {
        Self {
            started,
            length,
            renderer: Renderer::Gl,
            first: None,
            late_frames: 0,
        }
    }

    fn frame(&mut self, ctx: &egui::Context) {
        let passed = self.started.elapsed();
        if self.first.is_none() {
            self.first = Some(passed);
            // Another thread ends the time, so that measuring wakes the window once only.
            let (ctx, left) = (ctx.clone(), self.length.saturating_sub(passed));
            std::thread::spawn(move || {
                std::thread::sleep(left);
                ctx.request_repaint();
            });
        } else if passed >= self.length {
            let first = self.first.unwrap_or_default().as_secs_f64() * 1e3;
            println!(
                "{{\"first_frame_ms\":{first:.1},\"idle_frames\":{},\"resident_kb\":{},\"renderer\":\"{}\"}}",
                self.late_frames,
                resident_kb(),
                self.renderer.name()
            );
            std::process::exit(0);
        } else if passed >= self.length / 2 {
            self.late_frames += 1;
        }
    }
}

/// Resident memory of this process; 0 where the system does not say.
fn resident_kb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|rest| rest.split_whitespace().next()?.parse().ok())
        .unwrap_or(0)
}
