//! `cargo test --test realwindow`: the real program in a real window on a virtual screen, with keys from outside.
//!
//! Needs Xvfb, openbox, xdotool, wmctrl, xclip, xwininfo, xprop, ImageMagick, dbus-daemon, at-spi2-core,
//! python3-pyatspi, and fcitx5 and ibus with pinyin; a missing tool is a failure. It is not part of plain `cargo test`,
//! which needs no tools.

mod fitting;
mod input_methods;
mod monkey;
mod painting;
mod pasting;
mod reading;
mod typing;

use nianbao::report::Report;
use nianbao::value::Value;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

/// A virtual screen, with whatever runs on it ended at the end.
struct Screen {
    server: Child,
    manager: Option<Child>,
    display: String,
}

impl Screen {
    fn new() -> Self {
        Self::sized(1400, 1000)
    }

    fn sized(width: u32, height: u32) -> Self {
        let mut server = Command::new("Xvfb")
            .args([
                "-displayfd",
                "1",
                "-screen",
                "0",
                &format!("{width}x{height}x24"),
                "-noreset",
                "-nolisten",
                "tcp",
            ])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb is installed");
        let mut number = String::new();
        BufReader::new(server.stdout.take().unwrap())
            .read_line(&mut number)
            .unwrap();
        let mut screen = Self {
            server,
            manager: None,
            display: format!(":{}", number.trim()),
        };
        screen.manager = Some(
            screen
                .command("openbox")
                .stderr(Stdio::null())
                .spawn()
                .expect("openbox is installed"),
        );
        // A window that comes while the manager starts may be overlooked by it.
        let start = Instant::now();
        while !screen
            .command("wmctrl")
            .arg("-m")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .expect("wmctrl is installed")
            .success()
        {
            assert!(start.elapsed() < Duration::from_secs(20), "no openbox");
            std::thread::sleep(Duration::from_millis(50));
        }
        screen
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .env("DISPLAY", &self.display)
            .env("LC_ALL", "C.UTF-8")
            .env_remove("WAYLAND_DISPLAY");
        // No file dialog service may answer here: the window's own path field is what is tried.
        command
            .env_remove("DBUS_SESSION_BUS_ADDRESS")
            .env("LIBGL_ALWAYS_SOFTWARE", "1");
        command
    }

    fn xdotool(&self, args: &[&str]) -> Output {
        self.command("xdotool")
            .args(args)
            .output()
            .expect("xdotool is installed")
    }

    fn key(&self, keys: &str) {
        assert!(
            self.xdotool(&["key", "--delay", "30", keys])
                .status
                .success(),
            "{keys}"
        );
        std::thread::sleep(Duration::from_millis(150));
    }

    /// Asks a window to close, as the task bar does. The window manager's own key for it is now and then lost after clicks
    /// on a title.
    fn close(&self, window: &str) {
        let asked = self.command("wmctrl").args(["-i", "-c", window]).status();
        assert!(asked.expect("wmctrl is installed").success());
    }

    fn type_text(&self, text: &str) {
        assert!(
            self.xdotool(&["type", "--delay", "15", text])
                .status
                .success()
        );
        std::thread::sleep(Duration::from_millis(250));
    }

    /// The program's window.
    fn window(&self) -> Option<String> {
        let found = self.xdotool(&["search", "--onlyvisible", "--class", "nianbao"]);
        let first = String::from_utf8(found.stdout)
            .ok()?
            .lines()
            .next()?
            .trim()
            .to_owned();
        Some(first).filter(|window| !window.is_empty())
    }

    /// The title of the program's window, once there is one.
    fn title(&self) -> Option<String> {
        let output = self.xdotool(&["getwindowname", &self.window()?]);
        String::from_utf8(output.stdout)
            .ok()
            .map(|name| name.trim().to_owned())
    }

    fn wait_for_title(&self, part: &str) {
        let start = Instant::now();
        while !self.title().is_some_and(|title| title.contains(part)) {
            assert!(
                start.elapsed() < Duration::from_secs(30),
                "{part} is not in the title {:?}",
                self.title()
            );
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// Saves the report for the first time. A slow machine shows the path field late; what was typed elsewhere is then
    /// given up, and asked for once more.
    fn save_as(&self, path: &Path) {
        for patience in 1..=4 {
            self.key("ctrl+s");
            std::thread::sleep(Duration::from_millis(700 * patience));
            self.key("ctrl+a");
            self.type_text(path.to_str().unwrap());
            self.picture(&pictures().join("save-as.png"));
            self.key("Return");
            std::thread::sleep(Duration::from_millis(700 * patience));
            if path.exists() {
                return;
            }
            self.key("Escape");
            self.key("Escape");
        }
    }

    /// A picture of the screen, and how many of its pixels are dark, as words and rules are.
    fn picture(&self, path: &Path) -> usize {
        let taken = self
            .command("import")
            .args(["-window", "root"])
            .arg(path)
            .status();
        assert!(taken.expect("ImageMagick is installed").success());
        let picture = image::open(path).unwrap().to_luma8();
        picture.pixels().filter(|pixel| pixel.0[0] < 100).count()
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        if let Some(manager) = &mut self.manager {
            let _ = manager.kill();
            let _ = manager.wait();
        }
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// The program while it runs; it ends with the test, however that ends.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn nianbao() -> &'static str {
    env!("CARGO_BIN_EXE_nianbao")
}

/// The folder for pictures that a person may want to look at.
fn pictures() -> std::path::PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("realwindow");
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn the_program_starts_shows_the_sample_takes_keys_and_saves() {
    let screen = Screen::new();
    let folder = tempfile::tempdir().unwrap();
    let mut program = screen
        .command(nianbao())
        .arg("--data-dir")
        .arg(folder.path())
        .spawn()
        .unwrap();
    screen.wait_for_title("年报填报");
    std::thread::sleep(Duration::from_millis(800));
    assert!(
        screen.picture(&pictures().join("1-start.png")) > 1000,
        "words on the start screen"
    );
    // By keyboard alone: four commands can be chosen, then come the choices of the start screen.
    for _ in 0..8 {
        screen.key("Tab");
    }
    screen.key("space");
    screen.wait_for_title("长春市九台区兴隆街道办事处2020年政府信息公开工作年度报告");
    for _ in 0..3 {
        screen.key("ctrl+Next");
    }
    let clean = screen.picture(&pictures().join("2-table3.png"));
    assert!(
        clean > 8000,
        "the rules and labels of table 3 ({clean} dark pixels)"
    );

    // 一 12, 二 0; then to （一）予以公开 12 below: the column balances again.
    screen.key("ctrl+Home");
    screen.type_text("12");
    screen.key("Return");
    screen.wait_for_title("● ");
    screen.picture(&pictures().join("3-unbalanced.png"));
    screen.key("Down");
    screen.type_text("5");
    screen.key("Tab");
    screen.type_text("7");
    screen.picture(&pictures().join("4-typing.png"));
    screen.key("Return");
    let path = folder.path().join("saved.ron");
    screen.save_as(&path);
    screen.wait_for_title("saved.ron");

    let checked = Command::new(nianbao())
        .arg("check")
        .arg(&path)
        .output()
        .unwrap();
    let words = String::from_utf8(checked.stdout).unwrap();
    assert_eq!(checked.status.code(), Some(1), "{words}");
    assert!(
        words.contains("表三 · 自然人 · 一+二=12，三（七）+四=5，差 7"),
        "{words}"
    );
    let saved = nianbao::draft::open(&path).unwrap();
    let value = |id: &str| saved.value(saved.form().find(id).unwrap());
    assert_eq!(value("t3.r1.natural"), Value::Count(12));
    assert_eq!(value("t3.r3_1.natural"), Value::Count(5));
    assert_eq!(value("t3.r3_1.biz"), Value::Count(7));

    // Nothing is unsaved: the window closes without a question.
    screen.close(&screen.window().unwrap());
    let start = Instant::now();
    while program.try_wait().unwrap().is_none() {
        assert!(
            start.elapsed() < Duration::from_secs(10),
            "the window closes"
        );
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn a_new_year_begins_from_a_published_pdf() {
    let screen = Screen::new();
    let folder = tempfile::tempdir().unwrap();
    let _program = Running(
        screen
            .command(nianbao())
            .arg("--data-dir")
            .arg(folder.path())
            .spawn()
            .unwrap(),
    );
    screen.wait_for_title("年报填报");
    std::thread::sleep(Duration::from_millis(800));
    let last = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reports/hongze_2023.pdf");
    for patience in 1..=4 {
        // The fifth that can be chosen is the first of the start screen.
        for _ in 0..5 {
            screen.key("Tab");
        }
        screen.key("space");
        std::thread::sleep(Duration::from_millis(700 * patience));
        screen.key("ctrl+a");
        screen.type_text(last.to_str().unwrap());
        screen.key("Return");
        std::thread::sleep(Duration::from_millis(900 * patience));
        screen.picture(&pictures().join("new-year-question.png"));
        screen.key("Return");
        std::thread::sleep(Duration::from_millis(700 * patience));
        if screen.title().is_some_and(|title| title.contains("2024年")) {
            break;
        }
        screen.key("Escape");
        screen.key("Escape");
    }
    screen.wait_for_title("● 洪泽区人民政府2024年政府信息公开工作年度报告");
    for _ in 0..3 {
        screen.key("ctrl+Next");
    }
    screen.picture(&pictures().join("new-year-table3.png"));
    let path = folder.path().join("2024.ron");
    screen.save_as(&path);
    screen.wait_for_title("2024.ron");
    let saved = nianbao::draft::open(&path).unwrap();
    let prior = saved.last_year().unwrap();
    assert_eq!((saved.year(), prior.figures.year()), (2024, 2023));
    assert_eq!(prior.source, "hongze_2023.pdf");
}

/// Does something and saves until the draft is as it should be: another program's clipboard may answer late on a busy
/// machine, and whoever pastes then pastes once more.
fn until_saved(screen: &Screen, draft: &Path, done: impl Fn(&Report) -> bool, act: impl Fn()) {
    let is_done = || nianbao::draft::open(draft).is_ok_and(|report| done(&report));
    for _ in 0..5 {
        act();
        screen.key("ctrl+s");
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(3) {
            if is_done() {
                return;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
    }
    panic!("{} is not as it should be", draft.display());
}

/// Set for the process that plays the other program: the page that it offers.
const OFFERED: &str = "NIANBAO_OFFERED_PAGE";

/// A web page's table, copied in another program (which offers it as HTML and as text, as browsers, Word and WPS do) and
/// pasted here: every number finds its place by its label.
#[test]
fn an_official_table_comes_from_another_program() {
    if let Some(page) = std::env::var_os(OFFERED) {
        let html = std::fs::read_to_string(page).unwrap();
        let mut clipboard = arboard::Clipboard::new().unwrap();
        clipboard
            .set()
            .html(html, Some("一些文字".to_owned()))
            .unwrap();
        println!("offered");
        // Until it is killed.
        loop {
            std::thread::sleep(Duration::from_secs(1));
        }
    }
    let screen = Screen::new();
    let folder = tempfile::tempdir().unwrap();
    let draft = folder.path().join("a.ron");
    let fixture = |name: &str| {
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests")
            .join(name)
    };
    let form = nianbao::form::by_id("2019").unwrap();
    nianbao::draft::save(&Report::new(form, "上海市人民政府办公厅", 2019), &draft).unwrap();
    let mut other = screen
        .command(std::env::current_exe().unwrap().to_str().unwrap())
        .args([
            "--exact",
            "an_official_table_comes_from_another_program",
            "--nocapture",
        ])
        .env(OFFERED, fixture("reports/shanghai_office_2019.html"))
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(other.stdout.take().unwrap()).lines();
    while !lines.next().unwrap().unwrap().ends_with("offered") {}
    let mut program = screen
        .command(nianbao())
        .arg("--data-dir")
        .arg(folder.path())
        .arg(&draft)
        .spawn()
        .unwrap();
    screen.wait_for_title("a.ron");
    std::thread::sleep(Duration::from_millis(800));
    for _ in 0..3 {
        screen.key("ctrl+Next");
    }
    let first = |report: &Report| report.value(report.form().find("t3.r1.natural").unwrap());
    until_saved(
        &screen,
        &draft,
        |report| first(report) == Value::Count(821),
        || {
            screen.key("ctrl+v");
            std::thread::sleep(Duration::from_millis(600));
            screen.picture(&pictures().join("7-preview.png"));
            screen.key("Return");
            std::thread::sleep(Duration::from_millis(300));
            screen.picture(&pictures().join("8-placed.png"));
        },
    );
    let saved = nianbao::draft::open(&draft).unwrap();
    let truth = nianbao::import::from_file(&fixture("reports/shanghai_office_2019.json"))
        .unwrap()
        .report;
    for cell in truth.cells() {
        assert_eq!(
            saved.value(cell),
            truth.value(cell),
            "{}",
            truth.form().cell(cell).id
        );
    }
    for child in [&mut program, &mut other] {
        let _ = child.kill();
        let _ = child.wait();
    }
}

#[test]
fn tables_go_to_other_programs_and_come_back() {
    let screen = Screen::new();
    let folder = tempfile::tempdir().unwrap();
    let draft = folder.path().join("a.ron");
    let sample =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/samples/jiutai_xinglong_2020.ron");
    std::fs::copy(sample, &draft).unwrap();
    let mut program = screen
        .command(nianbao())
        .arg("--data-dir")
        .arg(folder.path())
        .arg(&draft)
        .spawn()
        .unwrap();
    screen.wait_for_title("a.ron");
    std::thread::sleep(Duration::from_millis(800));
    for _ in 0..3 {
        screen.key("ctrl+Next");
    }
    screen.key("ctrl+Home");
    for number in ["12", "34"] {
        screen.type_text(number);
        screen.key("Tab");
    }
    screen.key("ctrl+Home");
    screen.key("shift+Right");
    screen.key("shift+Down");
    screen.key("ctrl+c");
    let paste = |kind: &str| {
        let output = screen
            .command("xclip")
            .args(["-selection", "clipboard", "-o", "-t", kind])
            .output();
        String::from_utf8(output.expect("xclip is installed").stdout).unwrap()
    };
    assert_eq!(paste("UTF8_STRING").trim_end(), "12\t34\n0\t0");
    let html = paste("text/html");
    assert!(
        html.contains("<table") && html.contains(">34</td>") && html.matches("<tr>").count() == 2,
        "{html}"
    );

    let mut other = screen
        .command("xclip")
        .args(["-selection", "clipboard", "-i"])
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    std::io::Write::write_all(
        &mut other.stdin.take().unwrap(),
        "5\t６件\n\"1,000\"\t8\n".as_bytes(),
    )
    .unwrap();
    other.wait().unwrap();
    screen.key("Down");
    let first = |report: &Report| report.value(report.form().find("t3.r2.natural").unwrap());
    until_saved(
        &screen,
        &draft,
        |report| first(report) == Value::Count(5),
        || {
            screen.key("ctrl+v");
            std::thread::sleep(Duration::from_millis(300));
            screen.picture(&pictures().join("6-pasted.png"));
        },
    );
    let saved = nianbao::draft::open(&draft).unwrap();
    let value = |id: &str| saved.value(saved.form().find(id).unwrap());
    for (id, n) in [
        ("t3.r2.natural", 5),
        ("t3.r2.biz", 6),
        ("t3.r3_1.natural", 1000),
        ("t3.r3_1.biz", 8),
    ] {
        assert_eq!(value(id), Value::Count(n), "{id}");
    }
    let _ = program.kill();
    let _ = program.wait();
}
