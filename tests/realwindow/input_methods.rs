//! Chinese written with a real input method: fcitx as it is installed, fcitx that shows its letters in the text, and ibus.

use super::{Running, Screen, nianbao, pictures};
use nianbao::draft;
use nianbao::report::Report;
use nianbao::value::Value;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A pinyin input method that runs on the screen, with a message bus and a home of its own.
struct InputMethod<'a> {
    screen: &'a Screen,
    bus: Running,
    server: Running,
    address: String,
    home: tempfile::TempDir,
    ibus: bool,
    /// Whether the letters show in the text and not in a window of the input method's own.
    in_text: bool,
}

impl<'a> InputMethod<'a> {
    /// fcitx with the settings it is installed with, but for the list of input methods.
    fn fcitx(screen: &'a Screen, shows_letters_in_the_text: bool) -> Self {
        let home = tempfile::tempdir().unwrap();
        let settings = home.path().join(".config/fcitx5");
        std::fs::create_dir_all(settings.join("conf")).unwrap();
        let methods = "[Groups/0]\nName=Default\nDefault Layout=us\nDefaultIM=pinyin\n\
                       [Groups/0/Items/0]\nName=keyboard-us\n[Groups/0/Items/1]\nName=pinyin\n\
                       [GroupOrder]\n0=Default\n";
        std::fs::write(settings.join("profile"), methods).unwrap();
        if shows_letters_in_the_text {
            std::fs::write(settings.join("conf/xim.conf"), "UseOnTheSpot=True\n").unwrap();
        }
        let mut fcitx = Self::start(screen, home, false, &["fcitx5", "--disable=wayland"]);
        fcitx.in_text = shows_letters_in_the_text;
        fcitx
    }

    fn ibus(screen: &'a Screen) -> Self {
        let settings = "--config=/usr/libexec/ibus-memconf";
        let words = ["ibus-daemon", "--xim", "--panel=disable", settings];
        let ibus = Self::start(screen, tempfile::tempdir().unwrap(), true, &words);
        let begun = Instant::now();
        loop {
            // What it answers tells nothing; which one it is afterwards does.
            let _ = ibus.command(&["ibus", "engine", "libpinyin"]).status();
            let now = ibus
                .command(&["ibus", "engine"])
                .stdout(Stdio::piped())
                .output();
            if now
                .expect("ibus is installed")
                .stdout
                .starts_with(b"libpinyin")
            {
                break;
            }
            assert!(begun.elapsed() < Duration::from_secs(30), "no libpinyin");
            std::thread::sleep(Duration::from_millis(200));
        }
        ibus
    }

    fn start(screen: &'a Screen, home: tempfile::TempDir, ibus: bool, words: &[&str]) -> Self {
        let bus = screen
            .command("dbus-daemon")
            .args(["--session", "--nofork", "--print-address=1"])
            .env("HOME", home.path())
            .env("XDG_RUNTIME_DIR", home.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let mut bus = Running(bus.expect("dbus-daemon is installed"));
        let mut address = String::new();
        BufReader::new(bus.0.stdout.take().unwrap())
            .read_line(&mut address)
            .unwrap();
        let address = address.trim().to_owned();
        let server = in_session(screen, home.path(), &address, words)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        let server = Running(server.unwrap_or_else(|_| panic!("{} is installed", words[0])));
        let name = if ibus {
            "@server=ibus"
        } else {
            "@server=fcitx"
        };
        let begun = Instant::now();
        loop {
            let servers = screen
                .command("xprop")
                .args(["-root", "XIM_SERVERS"])
                .output();
            let servers = servers.expect("xprop is installed").stdout;
            if String::from_utf8_lossy(&servers).contains(name) {
                break;
            }
            assert!(begun.elapsed() < Duration::from_secs(30), "no {name}");
            std::thread::sleep(Duration::from_millis(100));
        }
        Self {
            screen,
            bus,
            server,
            address,
            home,
            ibus,
            in_text: ibus,
        }
    }

    /// A command of the session in which the input method runs.
    fn command(&self, words: &[&str]) -> Command {
        let mut command = in_session(self.screen, self.home.path(), &self.address, words);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    /// How programs are told which one to use.
    fn modifiers(&self) -> &'static str {
        if self.ibus { "@im=ibus" } else { "@im=fcitx" }
    }

    /// Whether it composes Chinese now; ibus does from the start.
    fn is_on(&self) -> bool {
        let state = in_session(
            self.screen,
            self.home.path(),
            &self.address,
            &["fcitx5-remote"],
        );
        self.ibus || { state }.output().unwrap().stdout.starts_with(b"2")
    }

    /// Switches it to Chinese with the usual keys.
    fn switch_on(&self) {
        let begun = Instant::now();
        while !self.is_on() {
            assert!(begun.elapsed() < Duration::from_secs(20), "it stays off");
            self.screen.key("ctrl+space");
            std::thread::sleep(Duration::from_millis(300));
        }
    }
}

impl Drop for InputMethod<'_> {
    fn drop(&mut self) {
        // Gives what hangs on the bus the time to go before its folders do.
        let _ = self.bus.0.kill();
        std::thread::sleep(Duration::from_millis(200));
    }
}

fn in_session(screen: &Screen, home: &Path, address: &str, words: &[&str]) -> Command {
    let mut command = screen.command(words[0]);
    command
        .args(&words[1..])
        .env("HOME", home)
        .env("XDG_RUNTIME_DIR", home)
        .env("GSETTINGS_BACKEND", "memory")
        .env("DBUS_SESSION_BUS_ADDRESS", address);
    for folder in ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"] {
        command.env_remove(folder);
    }
    command
}

/// The window with a draft in which Chinese is written.
struct Writing<'a> {
    screen: &'a Screen,
    method: &'a InputMethod<'a>,
    _program: Running,
    folder: tempfile::TempDir,
}

impl<'a> Writing<'a> {
    fn new(screen: &'a Screen, method: &'a InputMethod<'a>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let report = Report::new(nianbao::form::by_id("2021").unwrap(), "某局", 2024);
        draft::save(&report, &folder.path().join("a.ron")).unwrap();
        let program = screen
            .command(nianbao())
            .args(["--renderer", "cpu", "--data-dir"])
            .arg(folder.path())
            .arg(folder.path().join("a.ron"))
            .env("XMODIFIERS", method.modifiers())
            .spawn();
        let writing = Self {
            screen,
            method,
            _program: Running(program.unwrap()),
            folder,
        };
        screen.wait_for_title("a.ron");
        std::thread::sleep(Duration::from_millis(700));
        writing
    }

    /// Writes letters and takes the first word they stand for.
    fn compose(&self, letters: &str) {
        self.letters(letters);
        self.screen.key("space");
        std::thread::sleep(Duration::from_millis(300));
    }

    fn letters(&self, letters: &str) {
        let typed = self.screen.xdotool(&["type", "--delay", "40", letters]);
        assert!(typed.status.success());
        std::thread::sleep(Duration::from_millis(250));
    }

    fn click(&self, x: u32, y: u32) {
        let window = self.screen.window().unwrap();
        let place = [x.to_string(), y.to_string()];
        let args = [
            "mousemove",
            "--window",
            &window,
            &place[0],
            &place[1],
            "click",
            "1",
        ];
        assert!(self.screen.xdotool(&args).status.success());
        std::thread::sleep(Duration::from_millis(250));
    }

    fn picture(&self, name: &str) {
        let method = self.method.modifiers().trim_start_matches("@im=");
        self.screen
            .picture(&pictures().join(format!("{method}-{name}.png")));
    }

    /// The draft once it is saved as it should be.
    fn saved(&self, what: &str, is_right: impl Fn(&Report) -> bool) -> Report {
        self.screen.key("ctrl+s");
        let begun = Instant::now();
        loop {
            let report = draft::open(&self.folder.path().join("a.ron")).unwrap();
            if is_right(&report) {
                return report;
            }
            if begun.elapsed() > Duration::from_secs(5) {
                self.picture("wrong");
                let texts: Vec<&str> = report
                    .form()
                    .indexed_texts()
                    .map(|(ix, _)| report.text(ix))
                    .collect();
                panic!("{what}: {} {texts:?}", report.organ());
            }
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}

fn text(report: &Report, id: &str) -> String {
    report.text(report.form().find_text(id).unwrap()).to_owned()
}

/// Words on the cover and in a text, over a selection, with clicks between; switched on once.
fn write_words(writing: &Writing<'_>) {
    writing.click(400, 195);
    writing.screen.key("ctrl+a");
    writing.method.switch_on();
    writing.screen.key("ctrl+a");
    writing.compose("ceshi");
    writing.picture("organ");
    writing.saved("the organ's name, over the old one", |report| {
        report.organ() == "测试"
    });

    writing.screen.key("ctrl+Next");
    writing.compose("ceshi");
    assert!(writing.method.is_on(), "another page");
    // Onto the page, but not into a line; then beside it, and back.
    for (x, y) in [(340, 330), (1150, 700), (340, 330)] {
        writing.click(x, y);
    }
    writing.screen.key("ctrl+End");
    writing.letters("ceshi");
    writing.picture("text");
    writing.screen.key("space");
    assert!(writing.method.is_on(), "after clicks");
    writing.saved("a text", |report| text(report, "s1") == "测试测试");
    writing.screen.key("shift+Left");
    writing.screen.key("shift+Left");
    writing.compose("nihao");
    writing.saved("a text, over a selection", |report| {
        text(report, "s1") == "测试你好"
    });
    // Where the letters showed in the text, taking out what was selected is a step of its own.
    let steps = if writing.method.in_text { 2 } else { 1 };
    for _ in 0..steps {
        writing.screen.key("ctrl+z");
    }
    writing.saved("undone", |report| text(report, "s1") == "测试测试");
    for _ in 0..steps {
        writing.screen.key("ctrl+y");
    }
    writing.saved("redone", |report| text(report, "s1") == "测试你好");
}

/// Half a word is left for another page: it is there as a word or not at all, and nowhere else.
fn leave_half_a_word(writing: &Writing<'_>) {
    writing.screen.key("ctrl+End");
    writing.letters("ceshi");
    // The first tab.
    writing.click(40, 65);
    writing.picture("left");
    writing.screen.key("Escape");
    let report = writing.saved("half a word", |report| {
        ["测试你好", "测试你好测试"].contains(&text(report, "s1").as_str())
    });
    let others = report
        .form()
        .indexed_texts()
        .filter(|(_, spec)| spec.id != "s1");
    for (ix, spec) in others {
        assert_eq!(report.text(ix), "", "{}", spec.id);
    }
    assert_eq!(report.organ(), "测试");
    assert!(
        report
            .cells()
            .all(|cell| report.value(cell) == Value::Blank)
    );
}

/// Numbers, typed fast, while the input method writes Chinese.
fn write_numbers(writing: &Writing<'_>) {
    for _ in 0..3 {
        writing.screen.key("ctrl+Next");
    }
    writing.screen.key("ctrl+Home");
    writing.method.switch_on();
    let mut keys = vec!["key".to_owned(), "--delay".to_owned(), "14".to_owned()];
    let numbers: Vec<i64> = (0..24).map(|n| n * 37 % 101).collect();
    for number in &numbers {
        keys.extend(number.to_string().chars().map(String::from));
        keys.push("Tab".to_owned());
    }
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    assert!(writing.screen.xdotool(&keys).status.success());
    std::thread::sleep(Duration::from_millis(500));
    let form = nianbao::form::by_id("2021").unwrap();
    let cells: Vec<_> = form
        .indexed_cells()
        .filter(|(_, cell)| cell.id.starts_with("t3.") && !cell.computed)
        .map(|(ix, _)| ix)
        .take(numbers.len())
        .collect();
    let typed = |report: &Report| {
        let mut pairs = cells.iter().zip(&numbers);
        pairs.all(|(&cell, &number)| report.value(cell) == Value::Count(number))
    };
    writing.saved("numbers", typed);
    // Letters are no number: what they were made into is refused, and given up like anything else.
    writing.screen.key("ctrl+Home");
    writing.compose("ceshi");
    writing.screen.key("Return");
    writing.picture("number");
    writing.screen.key("Escape");
    writing.screen.key("Escape");
    writing.saved("no letters", typed);
    writing.screen.key("ctrl+Home");
    writing.screen.type_text("7");
    writing.screen.key("Return");
    writing.saved("a number after letters", |report| {
        report.value(cells[0]) == Value::Count(7)
    });
}

fn write(method: &InputMethod<'_>) {
    let writing = Writing::new(method.screen, method);
    write_words(&writing);
    leave_half_a_word(&writing);
    write_numbers(&writing);
}

#[test]
fn fcitx_writes_chinese() {
    let screen = Screen::new();
    write(&InputMethod::fcitx(&screen, false));
}

#[test]
fn fcitx_that_shows_its_letters_in_the_text_writes_chinese() {
    let screen = Screen::new();
    write(&InputMethod::fcitx(&screen, true));
}

#[test]
fn ibus_writes_chinese() {
    let screen = Screen::new();
    write(&InputMethod::ibus(&screen));
}

/// One that hangs takes calls and never answers them.
#[test]
fn an_input_method_that_hangs_keeps_no_window_from_opening() {
    let screen = Screen::new();
    let method = InputMethod::fcitx(&screen, false);
    let hangs = method.server.0.id().to_string();
    let told = Command::new("kill").args(["-STOP", &hangs]).status();
    assert!(told.unwrap().success());
    let writing = Writing::new(&screen, &method);
    writing.picture("unanswered");
    let log = std::fs::read_to_string(writing.folder.path().join("log.txt")).unwrap();
    assert!(log.contains("输入法没有应答"), "{log}");
    for _ in 0..3 {
        screen.key("ctrl+Next");
    }
    screen.key("ctrl+Home");
    screen.type_text("7");
    screen.key("Return");
    writing.saved("a number without an input method", |report| {
        report
            .cells()
            .any(|cell| report.value(cell) == Value::Count(7))
    });
}
