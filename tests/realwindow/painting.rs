//! What paints the real window: the graphics card's driver, or the program itself where there is none, an old one, or one
//! that crashes.

use super::{Running, Screen, nianbao, pictures};
use nianbao::value::Value;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// The program with a draft of its own open at table 3, shown by a window that has come to rest.
struct Open<'a> {
    screen: &'a Screen,
    program: Running,
    folder: tempfile::TempDir,
    /// Starts the same once more, with other arguments.
    again: Box<dyn Fn() -> Command + 'a>,
}

impl<'a> Open<'a> {
    fn new(screen: &'a Screen, arrange: impl Fn(&mut Command) + 'a) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let draft = folder.path().join("a.ron");
        let sample =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/samples/jiutai_xinglong_2020.ron");
        std::fs::copy(sample, &draft).unwrap();
        let own = folder.path().to_owned();
        let again = move || {
            let mut command = screen.command(nianbao());
            command.arg("--data-dir").arg(&own);
            arrange(&mut command);
            command
        };
        let program = Running(again().arg(&draft).spawn().unwrap());
        screen.wait_for_title("a.ron");
        std::thread::sleep(Duration::from_millis(1500));
        for _ in 0..3 {
            screen.key("ctrl+Next");
        }
        screen.key("ctrl+Home");
        std::thread::sleep(Duration::from_millis(800));
        Self {
            screen,
            program,
            folder,
            again: Box::new(again),
        }
    }

    /// What paints a window that is started in the same way.
    fn painted_by(&self) -> String {
        let measured = (self.again)().args(["--measure", "1"]).output().unwrap();
        let measured: serde_json::Value = serde_json::from_slice(&measured.stdout).unwrap();
        measured["renderer"].as_str().unwrap().to_owned()
    }

    /// A number that is typed is on the screen, saved, and read back.
    fn takes_a_number(&self) {
        self.screen.type_text("12");
        self.screen.key("Return");
        self.screen.wait_for_title("● ");
        self.screen.key("ctrl+s");
        let draft = self.folder.path().join("a.ron");
        let start = Instant::now();
        loop {
            let saved = nianbao::draft::open(&draft).unwrap();
            let value = saved.value(saved.form().find("t3.r1.natural").unwrap());
            if value == Value::Count(12) {
                return;
            }
            assert!(start.elapsed() < Duration::from_secs(10), "{value:?}");
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}

/// The window's picture under a name.
fn picture(screen: &Screen, name: &str) -> image::RgbImage {
    let path = pictures().join(name);
    // Away from everything that lights up under it.
    screen.xdotool(&["mousemove", "2", "2"]);
    std::thread::sleep(Duration::from_millis(700));
    let window = screen.window().unwrap();
    let taken = screen
        .command("import")
        .args(["-window", &window])
        .arg(&path)
        .status();
    assert!(taken.expect("ImageMagick is installed").success());
    image::open(path).unwrap().to_rgb8()
}

#[test]
fn both_renderers_show_the_same_window() {
    for (scale, name) in [("1", "100"), ("1.5", "150")] {
        let screen = Screen::sized(2200, 1500);
        let show = |renderer: &str| {
            let open = Open::new(&screen, |command| {
                command
                    .args(["--renderer", renderer])
                    .env("WINIT_X11_SCALE_FACTOR", scale);
            });
            assert_eq!(open.painted_by(), renderer);
            picture(&screen, &format!("renderer-{renderer}-{name}.png"))
        };
        let (gl, cpu) = (show("gl"), show("cpu"));
        assert_eq!(gl.dimensions(), cpu.dimensions());
        let far = |(a, b): &(&image::Rgb<u8>, &image::Rgb<u8>)| {
            a.0.iter().zip(b.0).any(|(a, b)| a.abs_diff(b) > 8)
        };
        let far = gl.pixels().zip(cpu.pixels()).filter(far).count();
        let all = gl.pixels().len();
        println!("{name} %: {far} of {all} pixels are more than 8 of 255 apart");
        assert!(far * 200 <= all, "{far} of {all} at {name} %");
    }
}

#[test]
fn the_window_works_without_any_driver_of_opengl() {
    let screen = Screen::new();
    let nowhere = tempfile::tempdir().unwrap();
    let open = Open::new(&screen, |command| {
        command.env("LIBGL_DRIVERS_PATH", nowhere.path());
    });
    assert_eq!(open.painted_by(), "cpu");
    picture(&screen, "renderer-no-driver.png");
    open.takes_a_number();
    assert!(!open.folder.path().join("opengl-trial").exists());
}

#[test]
fn the_window_works_with_opengl_before_2() {
    let screen = Screen::new();
    let open = Open::new(&screen, |command| {
        command
            .env("MESA_GL_VERSION_OVERRIDE", "1.4")
            .env("MESA_GLES_VERSION_OVERRIDE", "1.1");
    });
    assert_eq!(open.painted_by(), "cpu");
    picture(&screen, "renderer-opengl-1.png");
    open.takes_a_number();
    assert!(!open.folder.path().join("opengl-trial").exists());
}

/// A driver that brings the program down as it is loaded: the next start does without it, and all later ones.
#[test]
fn a_driver_that_crashes_is_not_asked_again() {
    let screen = Screen::new();
    let folder = tempfile::tempdir().unwrap();
    let drivers = folder.path().join("drivers");
    std::fs::create_dir(&drivers).unwrap();
    let source = folder.path().join("driver.c");
    let code =
        "#include <stdlib.h>\n__attribute__((constructor)) static void crash(void) { abort(); }\n";
    std::fs::write(&source, code).unwrap();
    let built = Command::new("gcc")
        .args(["-shared", "-fPIC", "-o"])
        .arg(drivers.join("swrast_dri.so"))
        .arg(&source)
        .status();
    assert!(built.expect("gcc is installed").success());
    let start = || {
        let mut command = screen.command(nianbao());
        command
            .arg("--data-dir")
            .arg(folder.path())
            .env("LIBGL_DRIVERS_PATH", &drivers);
        command
    };
    let ended = start().output().unwrap();
    assert_eq!(ended.status.code(), None, "brought down: {ended:?}");
    assert!(folder.path().join("opengl-trial").exists());
    let settings = || std::fs::read_to_string(folder.path().join("settings.ron"));
    assert!(settings().is_err(), "nothing was kept yet");
    for name in ["renderer-after-crash-1.png", "renderer-after-crash-2.png"] {
        let mut program = Running(start().spawn().unwrap());
        screen.wait_for_title("年报填报");
        std::thread::sleep(Duration::from_millis(1500));
        picture(&screen, name);
        assert!(program.0.try_wait().unwrap().is_none());
        assert!(!folder.path().join("opengl-trial").exists());
        assert!(settings().unwrap().contains("renderer: Some(Cpu)"));
    }
}

#[test]
fn without_a_desktop_it_says_so_and_blames_no_driver() {
    for (display, words) in [(None, "没有图形桌面"), (Some(":4242"), "DISPLAY=:4242")] {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new(nianbao());
        command
            .arg("--data-dir")
            .arg(folder.path())
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("WAYLAND_SOCKET");
        command.envs(display.map(|display| ("DISPLAY", display)));
        let ended = command.output().unwrap();
        let said = String::from_utf8(ended.stderr).unwrap();
        assert_eq!(ended.status.code(), Some(2), "{said}");
        assert!(said.contains(words) && !said.contains("OpenGL"), "{said}");
    }
}

/// A window that is not to be seen has the same to ask before it closes: it comes back and asks.
#[test]
fn a_minimised_window_asks_before_it_closes() {
    for renderer in ["gl", "cpu"] {
        let screen = Screen::new();
        let mut open = Open::new(&screen, |command| {
            command.args(["--renderer", renderer]);
        });
        screen.type_text("12");
        screen.key("Return");
        screen.wait_for_title("● ");
        let window = screen.window().unwrap();
        let done = screen.xdotool(&["windowminimize", &window]);
        assert!(done.status.success(), "{done:?}");
        std::thread::sleep(Duration::from_millis(700));
        assert_eq!(screen.window(), None, "{renderer}: it is minimised");
        screen.close(&window);
        screen.wait_for_title("● ");
        std::thread::sleep(Duration::from_millis(1500));
        picture(&screen, &format!("renderer-{renderer}-asks.png"));
        assert!(open.program.0.try_wait().unwrap().is_none(), "{renderer}");
        // The first answer is to save.
        let (x, y) = ("440", "477");
        screen.xdotool(&["mousemove", "--window", &window, x, y, "click", "1"]);
        let start = Instant::now();
        while open.program.0.try_wait().unwrap().is_none() {
            assert!(start.elapsed() < Duration::from_secs(10), "{renderer}");
            std::thread::sleep(Duration::from_millis(100));
        }
        let saved = nianbao::draft::open(&open.folder.path().join("a.ron")).unwrap();
        let cell = saved.form().find("t3.r1.natural").unwrap();
        assert_eq!(saved.value(cell), Value::Count(12), "{renderer}");
    }
}
