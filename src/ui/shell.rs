//! The native window around the app; the only place that knows the renderer.

use super::app::{App, Surroundings};
use super::fitting::Fitting;
use super::settings::Settings;
use crate::args::WindowOptions;
use crate::disk::{self, Home};
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Opens the window and returns when it is closed.
pub fn run(options: WindowOptions) -> ExitCode {
    let started = Instant::now();
    let measure = options.measure.map(|seconds| {
        Measure::new(
            started,
            Duration::try_from_secs_f64(seconds).unwrap_or_default(),
        )
    });
    let home = options
        .data_dir
        .clone()
        .map_or_else(Home::of_user, Home::at);
    let (settings, log_home) = (Settings::load(&home), home.clone());
    let fitting = Fitting::new(settings.size, settings.maximised);
    let native = native_options(&fitting, settings.maximised);
    let create = move |cc: &eframe::CreationContext<'_>| {
        let mut app = App::new(
            &cc.egui_ctx,
            &Surroundings {
                home,
                ..Surroundings::default()
            },
        );
        let rescue = app.rescuer();
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if let Some(rescue) = &rescue {
                rescue();
            }
            note_panic(&log_home, panic);
            usual(panic);
        }));
        if let Some(file) = &options.file {
            app.open_or_import(file);
        }
        let shell = Shell {
            app,
            fitting,
            measure,
        };
        Ok(Box::new(shell) as Box<dyn eframe::App>)
    };
    match eframe::run_native("nianbao", native, Box::new(create)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            cannot_start(&error);
            ExitCode::from(2)
        }
    }
}

/// Where the program failed, for whoever looks into it; what it says may hold parts of a report and stays out.
fn note_panic(home: &Home, panic: &std::panic::PanicHookInfo<'_>) {
    let place = panic.location().map(ToString::to_string);
    let when = jiff::ZonedDateTime::now().strftime("%F %T").to_string();
    let what = format!("panic {}", place.unwrap_or_default());
    // Nobody is left to tell if this fails too.
    let _ = disk::log::append(home, &when, &what);
}

fn native_options(fitting: &Fitting, maximised: bool) -> eframe::NativeOptions {
    let least = egui::vec2(600.0, 360.0);
    let viewport = egui::ViewportBuilder::default()
        .with_app_id("nianbao")
        .with_title("年报填报")
        .with_maximized(maximised)
        .with_inner_size(fitting.wanted().max(least))
        .with_min_inner_size(least);
    eframe::NativeOptions {
        viewport,
        renderer: eframe::Renderer::Glow,
        centered: true,
        ..eframe::NativeOptions::default()
    }
}

/// A program without a window has only the system's message box, and the terminal if there is one.
fn cannot_start(error: &eframe::Error) {
    let words = format!(
        "窗口打不开：显卡或远程桌面不支持所需的 OpenGL 2.0。请更新显卡驱动，或在本机（不经远程桌面）运行。\n（{error}）"
    );
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
    let native = native_options(&Fitting::new(None, false), false);
    if let Err(error) = eframe::run_native("empty", native, Box::new(create)) {
        cannot_start(&error);
    }
}

struct Shell {
    app: App,
    fitting: Fitting,
    measure: Option<Measure>,
}

impl eframe::App for Shell {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        self.app.guard_hidden(ctx);
    }

    fn ui(&mut self, ui: &mut egui::Ui, frame: &mut eframe::Frame) {
        self.fitting.frame(ui.ctx());
        self.app.ui(ui, Some(frame));
        if let Some(measure) = &mut self.measure {
            measure.frame(ui.ctx());
        }
    }
}

/// Counts frames for `--measure`.
struct Measure {
    started: Instant,
    length: Duration,
    first: Option<Duration>,
    /// Frames in the second half of the time, when nothing should happen any more.
    late_frames: u32,
}

impl Measure {
    fn new(started: Instant, length: Duration) -> Self {
        Self {
            started,
            length,
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
                "{{\"first_frame_ms\":{first:.1},\"idle_frames\":{},\"resident_kb\":{}}}",
                self.late_frames,
                resident_kb()
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
