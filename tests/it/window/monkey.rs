//! Somebody presses everything there is, in any order: the program never fails, and every step can be taken back and done
//! again.
//!
//! `MONKEY=100000 cargo test --test it monkey -- --nocapture` is the long campaign. It runs in a process of its own, in a
//! folder of its own: what is typed into a path field becomes a file there.

use crate::support::{Window, fixture, report};
use egui::accesskit::Role;
use egui::{Event, ImeEvent, Key, Modifiers, PointerButton, Pos2, Vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use nianbao::draft;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// Set for the process in which it happens: the folder, and the number with which chance begins.
const WORKER: &str = "NIANBAO_MONKEY_FOLDER";
const SEED: &str = "NIANBAO_MONKEY_SEED";
/// From here on the program should need no more room but for letters: every letter in every size that it was ever shown in
/// stays in a picture of egui's, which doubles as it fills, up to the largest that the renderer takes.
const WARM: usize = 10_000;

#[test]
fn whatever_is_pressed_nothing_fails_and_all_can_be_taken_back() {
    let actions = std::env::var("MONKEY").map_or(400, |actions| actions.parse().unwrap());
    if let Some(folder) = std::env::var_os(WORKER) {
        let seed = std::env::var(SEED).unwrap().parse().unwrap();
        return Monkey::new(Path::new(&folder), seed).live(actions);
    }
    let seed = std::env::var(SEED).unwrap_or_else(|_| actions.to_string());
    let folder = tempfile::tempdir().unwrap();
    let done = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "--nocapture"])
        .arg("window::monkey::whatever_is_pressed_nothing_fails_and_all_can_be_taken_back")
        .env(WORKER, folder.path())
        .env(SEED, &seed)
        // No other program is started.
        .env("PATH", "")
        .current_dir(folder.path())
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&done.stdout);
    print!("{told}");
    let failed = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "seed {seed}: {told}\n{failed}");
}

const KEYS: [Key; 24] = [
    Key::ArrowDown,
    Key::ArrowLeft,
    Key::ArrowRight,
    Key::ArrowUp,
    Key::Backspace,
    Key::Delete,
    Key::End,
    Key::Enter,
    Key::Escape,
    Key::F1,
    Key::F2,
    Key::F6,
    Key::F8,
    Key::Home,
    Key::PageDown,
    Key::PageUp,
    Key::Space,
    Key::Tab,
    Key::A,
    Key::D,
    Key::F,
    Key::R,
    Key::S,
    Key::Z,
];

const TEXTS: [&str; 14] = [
    "0",
    "7",
    "12",
    "１２",
    "=3+4",
    "1,234",
    "-5",
    "3.5",
    "1万元",
    "共收到申请12件。",
    "（一）主动公开",
    "abc",
    "2023年",
    " ",
];

const PASTES: [&str; 6] = [
    "1\t2\n3\t4",
    "5",
    "共收到 12 件\n\n  予以公开3件,\n",
    "自然人\t商业企业\n1\t2",
    "\"1,000\"\t８件\n",
    "",
];

/// The window and chance.
struct Monkey {
    window: Window,
    draft: PathBuf,
    chance: u64,
    size: Vec2,
    last: String,
}

impl Monkey {
    fn new(folder: &Path, seed: u64) -> Self {
        let draft = folder.join("年报.ron");
        draft::save(&report("pingtan_2022"), &draft).unwrap();
        let mut window = Window::at_home_of_odd_names(&folder.join("home"));
        window.app().open(&draft);
        window.run();
        Self {
            window,
            draft,
            chance: seed,
            size: Vec2::new(1280.0, 860.0),
            last: String::new(),
        }
    }

    fn below(&mut self, end: usize) -> usize {
        self.chance = self
            .chance
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.chance >> 33) as usize % end
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    fn live(&mut self, actions: usize) {
        // A report is left for another one now and then: what was done to it before is taken back in time.
        let between = (actions / 10).clamp(1, 1000);
        let (mut taken_back, mut warm) = (0, None);
        for nth in 1..=actions {
            self.act();
            self.settle();
            if nth % 100 == 0 && self.window.app().report().is_none() {
                self.come_back();
            }
            if nth % between == 0 {
                taken_back += self.take_all_back();
            }
            if nth == WARM {
                warm = allocated();
            }
            if nth % WARM == 0 {
                let mb = |bytes: Option<i64>| {
                    bytes.map_or("?".to_owned(), |it| format!("{:.1}", it as f64 / 1e6))
                };
                println!(
                    "{nth} actions, {} MB allocated, {} MB resident",
                    mb(allocated()),
                    mb(resident())
                );
            }
        }
        assert!(taken_back > actions / 100, "{taken_back} steps only");
        print!("{actions} actions: 0 panics; {taken_back} steps taken back and done again");
        let Some(grown) = allocated().zip(warm).map(|(now, warm)| now - warm) else {
            return println!();
        };
        println!(
            "; {:.1} MB more than after action {WARM}",
            grown as f64 / 1e6
        );
    }

    /// One thing that somebody may do.
    fn act(&mut self) {
        match self.below(100) {
            0..30 => {
                let text = self.one_of(&TEXTS);
                self.say(text);
                self.type_text(text);
                let key = self.one_of(&[Key::Enter, Key::Tab, Key::ArrowDown, Key::ArrowRight]);
                self.press(Modifiers::NONE, key);
            }
            30..50 => {
                let mut modifiers = Modifiers::NONE;
                match self.below(6) {
                    0 => modifiers = Modifiers::COMMAND,
                    1 => modifiers = Modifiers::SHIFT,
                    2 => modifiers = Modifiers::COMMAND | Modifiers::SHIFT,
                    3 => modifiers = Modifiers::ALT,
                    _ => {}
                }
                let key = self.one_of(&KEYS);
                self.press(modifiers, key);
            }
            50..55 => {
                let text = self.one_of(&TEXTS);
                self.type_text(text);
            }
            55..60 => {
                let paste = self.one_of(&PASTES);
                self.say(paste);
                self.window.0.event(Event::Paste(paste.to_owned()));
            }
            60..66 => {
                let at = self.somewhere();
                let times = 1 + self.below(2);
                for _ in 0..times {
                    self.point(at, true);
                    self.point(at, false);
                }
            }
            66..78 => self.choose(),
            78..82 => self.turn_wheel(),
            82..85 => {
                let (from, to) = (self.somewhere(), self.somewhere());
                self.point(from, true);
                self.window.0.step();
                self.window.0.event(Event::PointerMoved(to));
                self.window.0.step();
                self.point(to, false);
            }
            85..90 => {
                let key = self.one_of(&[Key::Z, Key::Y]);
                self.press(Modifiers::COMMAND, key);
            }
            90..94 => {
                let key = self.one_of(&[Key::PageDown, Key::PageUp]);
                self.press(Modifiers::COMMAND, key);
            }
            94..96 => {
                self.press(Modifiers::NONE, Key::Escape);
                self.press(Modifiers::NONE, Key::Escape);
            }
            96 => self.compose(),
            97 => {
                let event = self.one_of(&[Event::Copy, Event::Cut].each_ref());
                let event = event.clone();
                self.window.0.event(event);
            }
            98 => {
                let name =
                    self.one_of(&["reports/jiutai_xinglong_2020.json", "clipboard/calc.html"]);
                self.say(name);
                self.window.drop_quietly(fixture(name));
            }
            _ => {
                self.say("close");
                self.window.request_close();
            }
        }
    }

    fn say(&mut self, what: &str) {
        what.clone_into(&mut self.last);
    }

    fn somewhere(&mut self) -> Pos2 {
        let (x, y) = (
            self.below(self.size.x as usize),
            self.below(self.size.y as usize),
        );
        Pos2::new(x as f32, y as f32)
    }

    fn type_text(&mut self, text: &str) {
        for c in text.chars() {
            self.window.0.event(Event::Text(c.to_string()));
        }
    }

    fn press(&mut self, modifiers: Modifiers, key: Key) {
        self.say(&format!("{modifiers:?} {key:?}"));
        self.window.0.key_press_modifiers(modifiers, key);
        self.window.0.step();
    }

    fn point(&mut self, pos: Pos2, pressed: bool) {
        self.say(&format!("pointer {pos:?} {pressed}"));
        self.window.0.event(Event::PointerMoved(pos));
        self.window.0.event(Event::PointerButton {
            pos,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        });
    }

    /// Clicks something that can be clicked.
    fn choose(&mut self) {
        const CHOICES: [Role; 6] = [
            Role::Button,
            Role::Tab,
            Role::Link,
            Role::CheckBox,
            Role::TextInput,
            Role::GridCell,
        ];
        let nth = self.below(10_000);
        let can = |node: &egui_kittest::Node<'_>| {
            CHOICES.contains(&node.accesskit_node().role()) && !node.accesskit_node().is_disabled()
        };
        let nodes: Vec<_> = self.window.0.query_all_by(|_| true).filter(can).collect();
        let Some(node) = nodes.get(nth % nodes.len().max(1)) else {
            return;
        };
        self.last = format!("{:?}", node.accesskit_node().label());
        node.click();
    }

    fn turn_wheel(&mut self) {
        let at = self.somewhere();
        self.say("wheel");
        let modifiers = self.one_of(&[Modifiers::NONE, Modifiers::COMMAND]);
        let delta = Vec2::new(0.0, self.one_of(&[-3.0, -1.0, 1.0, 3.0]));
        self.window.0.event(Event::PointerMoved(at));
        self.window.0.event(Event::MouseWheel {
            unit: egui::MouseWheelUnit::Line,
            delta,
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Unknown,
            modifiers,
        });
    }

    fn compose(&mut self) {
        self.say("compose");
        for text in ["c", "ce"] {
            let text = text.to_owned();
            self.window.0.event(Event::Ime(ImeEvent::Preedit {
                text,
                active_range_chars: None,
            }));
            self.window.0.step();
        }
        let end = self.one_of(&["测试", ""]);
        self.window
            .0
            .event(Event::Ime(ImeEvent::Commit(end.to_owned())));
    }

    /// Draws until no job is left.
    fn settle(&mut self) {
        self.window.0.step();
        let begun = Instant::now();
        while self.window.app().is_working() {
            std::thread::sleep(Duration::from_millis(1));
            self.window.0.step();
            assert!(
                begun.elapsed() < Duration::from_secs(120),
                "it hangs: {}",
                self.last
            );
        }
    }

    /// Leaves whatever is asked, and opens the draft again.
    fn come_back(&mut self) {
        self.leave_questions();
        let draft = self.draft.clone();
        self.window.app().open(&draft);
        self.settle();
        self.settle();
    }

    fn leave_questions(&mut self) {
        for _ in 0..6 {
            self.press(Modifiers::NONE, Key::Escape);
            self.settle();
        }
    }

    /// Undoes everything, and does it all again; how many steps that were.
    fn take_all_back(&mut self) -> usize {
        self.leave_questions();
        if self.window.app().report().is_none() || self.window.tabs().is_empty() {
            return 0;
        }
        self.window.tab("封面");
        // What was taken back by chance.
        self.repeat(Key::Y);
        let before = draft::to_text(&self.window.report());
        let steps = self.repeat(Key::Z);
        let again = self.repeat(Key::Y);
        let after = draft::to_text(&self.window.report());
        assert_eq!(
            before, after,
            "{steps} steps taken back, {again} done again"
        );
        steps
    }

    /// Presses Ctrl and a key until that changes nothing any more; how often it did.
    fn repeat(&mut self, key: Key) -> usize {
        let (mut times, mut idle) = (0, 0);
        let mut now = draft::to_text(&self.window.report());
        while idle < 3 {
            self.press(Modifiers::COMMAND, key);
            self.settle();
            let next = draft::to_text(&self.window.report());
            if next == now {
                idle += 1;
            } else {
                (times, idle, now) = (times + 1, 0, next);
            }
        }
        times
    }
}

/// What this process has allocated and not freed, in bytes, where the C library tells it.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[allow(unsafe_code)]
fn allocated() -> Option<i64> {
    // SAFETY: it only counts; no memory is handed over.
    let counted = unsafe { libc::mallinfo2() };
    i64::try_from(counted.uordblks + counted.hblkhd).ok()
}

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
fn allocated() -> Option<i64> {
    None
}

/// The memory that this process has now, in bytes, where the system tells it: with it what the C library keeps for later.
fn resident() -> Option<i64> {
    let pages = std::fs::read_to_string("/proc/self/statm").ok()?;
    Some(pages.split(' ').nth(1)?.parse::<i64>().ok()? * 4096)
}
