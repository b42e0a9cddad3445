//! Somebody presses everything there is in the real window, in any order: the program goes on, and every draft that it
//! wrote can be opened.
//!
//! `MINUTES=30 cargo test --test realwindow monkey -- --nocapture` is the long campaign, one half with each renderer;
//! `SEED` is the number with which chance begins.

use super::typing::Random;
use super::{Running, Screen, nianbao, pictures};
use nianbao::draft;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

const WIDTH: u32 = 1366;
const HEIGHT: u32 = 768;
/// Handed to xdotool at a time.
const AT_ONCE: usize = 12;
/// From here on the program should need no more room.
const WARM: Duration = Duration::from_secs(120);

const KEYS: [&str; 42] = [
    "Down",
    "Left",
    "Right",
    "Up",
    "Return",
    "Return",
    "Tab",
    "shift+Tab",
    "Escape",
    "Escape",
    "BackSpace",
    "Delete",
    "Home",
    "End",
    "Prior",
    "Next",
    "F1",
    "F2",
    "F6",
    "F8",
    "shift+F8",
    "space",
    "alt+Return",
    "ctrl+Home",
    "ctrl+End",
    "ctrl+Next",
    "ctrl+Prior",
    "shift+Down",
    "shift+Right",
    "ctrl+a",
    "ctrl+c",
    "ctrl+d",
    "ctrl+f",
    "ctrl+h",
    "ctrl+j",
    "ctrl+o",
    "ctrl+s",
    "ctrl+shift+s",
    "ctrl+v",
    "ctrl+x",
    "ctrl+y",
    "ctrl+z",
];

const TEXTS: [&str; 10] = [
    "0", "7", "12", "=3+4", "1,234", "=1-6", "3.5", "abc", "2023", "a.ron",
];

/// The program under the monkey, for one life or several: it may choose to leave.
struct Zoo<'a> {
    screen: &'a Screen,
    folder: &'a Path,
    renderer: &'a str,
    program: Running,
    begun: Instant,
    /// What it needed once it was warm, in kB.
    warm: Option<u64>,
    lives: usize,
    random: Random,
}

impl<'a> Zoo<'a> {
    fn new(screen: &'a Screen, folder: &'a Path, renderer: &'a str, seed: u64) -> Self {
        let sample =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/samples/jiutai_xinglong_2020.ron");
        std::fs::copy(sample, folder.join("a.ron")).unwrap();
        Self {
            screen,
            folder,
            renderer,
            program: start(screen, folder, renderer),
            begun: Instant::now(),
            warm: None,
            lives: 1,
            random: Random(seed),
        }
    }

    /// The words for xdotool of one thing that somebody may do.
    fn act(&mut self) -> Vec<String> {
        let mut words = Vec::new();
        let mut say = |all: &[&str]| words.extend(all.iter().map(|&word| word.to_owned()));
        let random = &mut self.random;
        match random.below(100) {
            0..35 => {
                let text = random.one_of(&TEXTS);
                let key = random.one_of(&["Return", "Tab", "Down", "Right"]);
                say(&["type", "--delay", "4", "--args", "1", text, "key", key]);
            }
            35..70 => say(&["key", "--delay", "4", random.one_of(&KEYS)]),
            70..92 => {
                let (x, y) = (
                    random.below(WIDTH.into()),
                    20 + random.below((HEIGHT - 20).into()),
                );
                let times = random.one_of(&["1", "1", "1", "2"]);
                let button = random.one_of(&["1", "1", "1", "1", "1", "3"]);
                let at = [x.to_string(), y.to_string()];
                say(&[
                    "mousemove",
                    &at[0],
                    &at[1],
                    "click",
                    "--repeat",
                    times,
                    button,
                ]);
            }
            92..96 => {
                let at =
                    [random.below(WIDTH.into()), 60 + random.below(600)].map(|n| n.to_string());
                say(&["mousemove", &at[0], &at[1], "mousedown", "1"]);
                let to =
                    [random.below(WIDTH.into()), 60 + random.below(600)].map(|n| n.to_string());
                say(&["mousemove", &to[0], &to[1], "mouseup", "1"]);
            }
            _ => {
                let wheel = random.one_of(&["4", "5"]);
                match random.below(3) {
                    0 => say(&["keydown", "ctrl", "click", wheel, "keyup", "ctrl"]),
                    _ => say(&["click", "--repeat", "3", wheel]),
                }
            }
        }
        words
    }

    /// Does some things, and sees that the program has not failed.
    fn go_on(&mut self) {
        let words: Vec<String> = (0..AT_ONCE).flat_map(|_| self.act()).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        // It may have been put away by a click on its title.
        let _ = self
            .screen
            .command("wmctrl")
            .args(["-x", "-a", "nianbao"])
            .status();
        let done = self.screen.xdotool(&words);
        if let Some(ended) = self.program.0.try_wait().unwrap() {
            assert!(ended.success(), "{ended}: {words:?}\n{}", self.told());
            self.lives += 1;
            self.program = start(self.screen, self.folder, self.renderer);
            (self.begun, self.warm) = (Instant::now(), None);
            return;
        }
        assert!(done.status.success(), "{done:?}");
        assert!(!self.told().contains("panicked"), "{}", self.told());
        if self.warm.is_none() && self.begun.elapsed() > WARM {
            self.warm = Some(self.resident());
        }
    }

    /// What the program said on its way.
    fn told(&self) -> String {
        std::fs::read_to_string(self.folder.join("stderr")).unwrap_or_default()
    }

    /// The memory that the program has now, in kB.
    fn resident(&self) -> u64 {
        let status =
            std::fs::read_to_string(format!("/proc/{}/status", self.program.0.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok())
            .unwrap()
    }

    /// The program answers still: it shows its keys when it is asked for them.
    fn answers(&self) {
        for _ in 0..10 {
            self.screen.key("Escape");
        }
        let picture = |name: &str| {
            std::thread::sleep(Duration::from_secs(2));
            let path = pictures().join(format!("monkey-{}-{name}.png", self.renderer));
            self.screen.picture(&path);
            image::open(path).unwrap().to_luma8()
        };
        let before = picture("before");
        self.screen.key("F1");
        let begun = Instant::now();
        loop {
            let after = picture("keys");
            let other = before.pixels().zip(after.pixels());
            if other.filter(|(a, b)| a != b).count() > 20_000 {
                return;
            }
            let waits = begun.elapsed() < Duration::from_secs(60);
            assert!(waits, "it shows nothing new");
        }
    }
}

fn start(screen: &Screen, folder: &Path, renderer: &str) -> Running {
    let told = std::fs::File::options()
        .create(true)
        .append(true)
        .open(folder.join("stderr"));
    let program = screen
        .command(nianbao())
        .args(["--renderer", renderer, "--data-dir"])
        .arg(folder.join("home"))
        .arg(folder.join("a.ron"))
        .current_dir(folder)
        .env("HOME", folder)
        // No other program is started.
        .env("PATH", "")
        .stderr(Stdio::from(told.unwrap()))
        .spawn();
    let program = Running(program.unwrap());
    screen.wait_for_title("年报填报");
    std::thread::sleep(Duration::from_millis(1500));
    program
}

/// The drafts that were written into a folder.
fn drafts(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap();
    entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|it| it == "ron"))
        .collect()
}

fn run(renderer: &str, length: Duration, seed: u64) {
    let screen = Screen::sized(WIDTH, HEIGHT);
    let folder = tempfile::tempdir().unwrap();
    let mut zoo = Zoo::new(&screen, folder.path(), renderer, seed);
    let (begun, mut actions) = (Instant::now(), 0);
    while begun.elapsed() < length {
        zoo.go_on();
        actions += AT_ONCE;
    }
    zoo.answers();
    let grown = zoo.warm.map(|warm| {
        let (now, since) = (zoo.resident(), zoo.begun.elapsed().as_secs() / 60);
        let grown = (now as f64 - warm as f64) / 1e3;
        format!(
            "; {} MB, {grown:.1} MB more than after minute 2 of {since}",
            now / 1000
        )
    });
    let drafts = drafts(folder.path());
    for path in &drafts {
        let opened = draft::open(path);
        assert!(opened.is_ok(), "{}: {:?}", path.display(), opened.err());
    }
    println!(
        "{renderer}, {} s: {actions} actions, 0 panics, {} starts, {} drafts that open{}",
        begun.elapsed().as_secs(),
        zoo.lives,
        drafts.len(),
        grown.unwrap_or_default()
    );
}

#[test]
fn a_monkey_at_the_real_window_breaks_nothing() {
    let number =
        |name: &str, usual: f64| std::env::var(name).map_or(usual, |it| it.parse().unwrap());
    let half = Duration::from_secs_f64(number("MINUTES", 0.4) * 30.0);
    for renderer in ["gl", "cpu"] {
        run(renderer, half, number("SEED", 1.0) as u64);
    }
}
