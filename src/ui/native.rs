//! Opens the native window: by OpenGL if that is wanted and works, else without it.

use super::cpu::{self, Content};
use super::input_method;
use super::renderer::{self, Choice, Trial};
use super::start_again::start_again;
use super::unanswered::Watch;
use crate::args::Renderer;
use crate::disk::Home;
use eframe::UserEvent;
use egui::{Context, Ui, ViewportBuilder};
use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::rc::Rc;
use winit::event_loop::EventLoop;
use winit::platform::run_on_demand::EventLoopExtRunOnDemand as _;

/// Said when OpenGL was asked for and is not there.
const MISSING: &str = "这台电脑的 OpenGL 用不了（没有、低于 2.0，或驱动有问题），窗口改由程序自己画（CPU 绘制），一切照常";

/// Frames after which OpenGL is known to work.
const PROVEN: u32 = 3;

/// Why there is no window; in words for the clerk.
pub struct Failure(pub String);

/// Makes what the window shows, when there is a window; told what paints it.
pub type Create = Box<dyn FnOnce(&Context, Choice) -> Box<dyn Content>>;

/// The connection to the desktop; a process may have one only.
pub struct Desktop(EventLoop<UserEvent>);

/// Connects to the desktop, and to its input method.
///
/// # Errors
/// If there is no desktop.
pub fn connect() -> Result<Desktop, Failure> {
    let _watch = Watch::begin();
    event_loop().map(Desktop)
}

/// Shows a window until it is closed.
///
/// # Errors
/// If the desktop gives nothing to paint on.
pub fn open(
    Desktop(mut events): Desktop,
    choice: Choice,
    home: &Home,
    viewport: &ViewportBuilder,
    create: Create,
) -> Result<(), Failure> {
    let keeps_input_method = is_x11(&events);
    let create: Create = Box::new(move |ctx, choice| {
        if keeps_input_method {
            ctx.add_plugin(input_method::Kept::default());
        }
        #[cfg(windows)]
        ctx.add_plugin(super::system_caret::SystemCaret::default());
        create(ctx, choice)
    });
    let (create, missing) = match choice.renderer {
        Renderer::Cpu => (create, None),
        Renderer::Gl => match by_opengl(&mut events, home, viewport, create) {
            Ended::Closed => return Ok(()),
            Ended::Broken => return without_opengl(),
            Ended::Missing(create) => (create, choice.asked.then(|| MISSING.to_owned())),
        },
    };
    let choice = Choice {
        renderer: Renderer::Cpu,
        notice: choice.notice.or(missing),
        ..choice
    };
    cpu::run(&mut events, viewport.clone(), |ctx| create(ctx, choice)).map_err(|error| {
        Failure(format!(
            "窗口画不出来：桌面连上了，但显卡（OpenGL）和不用显卡的方式都用不了。请换一台电脑，或用命令行处理\
             （nianbao --help）。\n（{error}）"
        ))
    })
}

fn event_loop() -> Result<EventLoop<UserEvent>, Failure> {
    let built = catch_unwind(|| EventLoop::<UserEvent>::with_user_event().build());
    let why = match built {
        Ok(Ok(events)) => return Ok(events),
        Ok(Err(error)) => error.to_string(),
        // Libraries of the desktop that are missing are told by a panic.
        Err(panic) => {
            let words = panic.downcast_ref::<String>().map(String::as_str);
            words
                .or(panic.downcast_ref::<&str>().copied())
                .unwrap_or_default()
                .to_owned()
        }
    };
    Err(Failure(no_desktop(&why, |name| std::env::var(name).ok())))
}

fn is_x11(events: &EventLoop<UserEvent>) -> bool {
    use winit::raw_window_handle::{HasDisplayHandle as _, RawDisplayHandle as Raw};
    let display = events.display_handle().map(|display| display.as_raw());
    matches!(display, Ok(Raw::Xlib(_) | Raw::Xcb(_)))
}

/// The packages of the libraries that a window under X11 needs. They are looked for as it opens: the commands do without.
const LIBRARIES: &str = "libx11-6 libx11-xcb1 libxcursor1 libxi6 libxkbcommon-x11-0";

fn no_desktop(why: &str, variable: impl Fn(&str) -> Option<String>) -> String {
    let set = |name: &str| variable(name).filter(|value| !value.is_empty());
    let displays =
        ["WAYLAND_DISPLAY", "DISPLAY"].map(|name| Some(format!("{name}={}", set(name)?)));
    let displays: Vec<String> = displays.into_iter().flatten().collect();
    if displays.is_empty() && !cfg!(windows) {
        return format!(
            "窗口打不开：这里没有图形桌面（DISPLAY 和 WAYLAND_DISPLAY 都没有设置）。请登录桌面后再打开，或用命令行处理\
             （nianbao --help）。\n（{why}）"
        );
    }
    // As winit and xkbcommon-dl say it.
    if why.contains("shared librar") || why.contains("could not be loaded") {
        return format!(
            "窗口打不开：系统里缺少画窗口要用的库。请安装（UOS、麒麟、Debian 的包名）：{LIBRARIES}；或用命令行处理\
             （nianbao --help）。\n（{why}）"
        );
    }
    format!(
        "窗口打不开：连不上图形桌面（{}）。请在桌面里打开，或用命令行处理（nianbao --help）。\n（{why}）",
        displays.join("，")
    )
}

/// How a window painted by OpenGL ended.
enum Ended {
    Closed,
    /// It never was one.
    Missing(Create),
    /// It was one, and failed.
    Broken,
}

fn by_opengl(
    events: &mut EventLoop<UserEvent>,
    home: &Home,
    viewport: &ViewportBuilder,
    create: Create,
) -> Ended {
    let options = eframe::NativeOptions {
        viewport: viewport.clone(),
        renderer: eframe::Renderer::Glow,
        centered: true,
        ..eframe::NativeOptions::default()
    };
    let trial = Rc::new(RefCell::new(Trial::begin(home)));
    let create = Rc::new(RefCell::new(Some(create)));
    let closed = Rc::new(Cell::new(false));
    let begin = {
        let (trial, create, closed) = (trial.clone(), create.clone(), closed.clone());
        move |cc: &eframe::CreationContext<'_>| {
            if cc.gl.as_deref().is_none_or(has_bad_driver) {
                return Err("a driver that is known to fail".into());
            }
            let create = create.borrow_mut().take().ok_or("a second window")?;
            let choice = Choice {
                renderer: Renderer::Gl,
                asked: false,
                notice: None,
            };
            Ok(Box::new(InEframe {
                content: create(&cc.egui_ctx, choice),
                trial,
                closed,
                frames: 0,
            }) as Box<dyn eframe::App>)
        }
    };
    let mut app = eframe::create_native("nianbao", options, Box::new(begin), events);
    let run = catch_unwind(AssertUnwindSafe(|| events.run_app_on_demand(&mut app)));
    let (unused, trial) = (create.borrow_mut().take(), trial.borrow_mut().take());
    match (run, unused) {
        (Err(panic), None) => resume_unwind(panic),
        (Ok(_), Some(create)) => {
            if let Some(trial) = trial {
                trial.ends();
            }
            Ended::Missing(create)
        }
        (Ok(_), None) if closed.get() => {
            if let Some(trial) = trial {
                trial.ends();
            }
            Ended::Closed
        }
        (Ok(_), None) | (Err(_), Some(_)) => {
            if let Some(trial) = trial.or_else(|| Trial::begin(home)) {
                trial.fails();
            }
            Ended::Broken
        }
    }
}

fn has_bad_driver(gl: &eframe::glow::Context) -> bool {
    use eframe::glow::{self, HasContext as _};
    // SAFETY: the context is current while the window is made, and every version of OpenGL has this name.
    #[expect(unsafe_code, reason = "the call has no safe wrapper")]
    let name = unsafe { gl.get_parameter_string(glow::RENDERER) };
    renderer::is_bad_driver(&name)
}

/// What the window shows, as eframe wants it.
struct InEframe {
    content: Box<dyn Content>,
    trial: Rc<RefCell<Option<Trial>>>,
    /// Whether the window is about to close because it was told to.
    closed: Rc<Cell<bool>>,
    frames: u32,
}

impl eframe::App for InEframe {
    fn logic(&mut self, ctx: &Context, _: &mut eframe::Frame) {
        let closes = ctx.input(|input| input.viewport().close_requested());
        self.closed.set(closes);
        self.content.logic(ctx);
    }

    fn ui(&mut self, ui: &mut Ui, frame: &mut eframe::Frame) {
        if self.frames < PROVEN {
            // The next one shows that this one was painted.
            ui.ctx().request_repaint();
            self.frames += 1;
        } else if let Some(trial) = self.trial.borrow_mut().take() {
            trial.ends();
        }
        self.content
            .ui(ui, frame.winit_window().map(|window| &**window));
    }
}

/// Starts the program once more, without OpenGL.
fn without_opengl() -> Result<(), Failure> {
    let started = start_again(|again| {
        again.args(["--renderer", "cpu"]);
    });
    started.map_err(|error| {
        Failure(format!(
            "显卡（OpenGL）出了问题，窗口关掉了；没保存的内容已经留存。请再打开一次程序，窗口将由程序自己画。\n（{error}）"
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::{LIBRARIES, no_desktop};

    #[test]
    fn the_missing_desktop_is_named() {
        let none = no_desktop("x", |_| None);
        let empty = no_desktop("x", |_| Some(String::new()));
        let there = no_desktop("x", |name| (name == "DISPLAY").then(|| ":7".to_owned()));
        for why in [
            "os error at …: Failed to load one of xlib's shared libraries",
            "Library libxkbcommon-x11.so could not be loaded.",
        ] {
            let lacks = no_desktop(why, |_| Some(":7".to_owned()));
            assert!(
                lacks.contains("缺少") && lacks.contains(LIBRARIES),
                "{lacks}"
            );
        }
        if !cfg!(windows) {
            assert!(none.contains("没有图形桌面") && none == empty, "{none}");
        }
        assert!(there.contains("连不上图形桌面（DISPLAY=:7）"), "{there}");
        for words in [none, there] {
            assert!(!words.contains("OpenGL"), "{words}");
        }
    }
}
