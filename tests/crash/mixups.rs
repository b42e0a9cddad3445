//! Kills the window while it edits and saves drafts of one name that it opened by a relative path, has folders change
//! their names meanwhile, and goes on in another window: no report is ever saved over another one.
//!
//! `MIXUPS=500 cargo test --release --test crash -- --nocapture` is the long campaign.

use egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use nianbao::disk::Home;
use nianbao::draft;
use nianbao::report::{Edit, Report};
use nianbao::ui::app::{App, Surroundings};
use nianbao::value::Value;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// Set for the process that plays the clerk: the program's folder, and what he does.
const WORKER: &str = "NIANBAO_MIXUPS_WORKER";
const TASK: &str = "NIANBAO_MIXUPS_TASK";
const DRAFT: &str = "年报.ron";
/// Lies in a folder and moves with it: which of the drafts is at home there.
const MARK: &str = "谁.txt";
const FOLDERS: [&str; 2] = ["甲", "乙"];
/// The cell that tells the drafts apart; nobody types there.
const TELLS: &str = "t2.rule.made";

#[test]
fn no_report_is_ever_saved_over_another() {
    if let Some(home) = std::env::var_os(WORKER) {
        match std::env::var(TASK).as_deref() {
            Ok("recover") => recover_all(Path::new(&home)),
            _ => work(Path::new(&home)),
        }
    }
    let rounds = std::env::var("MIXUPS").map_or(6, |rounds| rounds.parse().expect("a number"));
    let next = AtomicUsize::new(0);
    let told: Vec<String> = std::thread::scope(|scope| {
        let worker = || {
            let mut told = Vec::new();
            loop {
                let nth = next.fetch_add(1, Ordering::Relaxed);
                if nth >= rounds {
                    return told;
                }
                told.extend(round(nth as u64));
            }
        };
        let workers: Vec<_> = (0..3).map(|_| scope.spawn(worker)).collect();
        let ended = workers.into_iter().map(|worker| worker.join().unwrap());
        ended.flatten().collect()
    });
    let count = |what: &str| told.iter().filter(|told| *told == what).count();
    println!(
        "{rounds} rounds of 2 kills: 0 reports saved over another; recovered and saved {} times, kept back from another report or another state {} times",
        count("saved"),
        count("kept back")
    );
}

/// Small numbers that look like chance, the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

/// The report that is at home in a folder. Half of the rounds have two states of one report, the others two organs.
fn at_home(nth: usize, one_organ: bool) -> Report {
    let organ = if one_organ { "某局" } else { FOLDERS[nth] };
    let report = Report::new(nianbao::form::by_id("2021").unwrap(), organ, 2024);
    let cell = report.form().find(TELLS).unwrap();
    report.with(|report| Edit::cells(report, [(cell, Value::Count(nth as i64 + 1))]))
}

/// What became of each recovery at the end of a round.
fn round(seed: u64) -> Vec<String> {
    let mut chance = Chance(seed);
    let place = tempfile::tempdir().unwrap();
    let home = place.path().join("home");
    for (nth, folder) in FOLDERS.iter().enumerate() {
        let folder = place.path().join(folder);
        fs::create_dir(&folder).unwrap();
        draft::save(&at_home(nth, seed.is_multiple_of(2)), &folder.join(DRAFT)).unwrap();
        fs::write(folder.join(MARK), (nth + 1).to_string()).unwrap();
    }
    for _ in 0..2 {
        let folder = FOLDERS[chance.below(2) as usize];
        let mut worker = start(&home, &place.path().join(folder), "work");
        let mut lines = BufReader::new(worker.stdout.take().unwrap()).lines();
        while !lines.next().unwrap().unwrap().ends_with("ready") {}
        std::thread::spawn(move || lines.for_each(drop));
        std::thread::sleep(Duration::from_millis(chance.below(1200)));
        let swaps_first = chance.below(2) == 0;
        if swaps_first {
            rename(place.path(), &mut chance);
            std::thread::sleep(Duration::from_millis(chance.below(1200)));
        }
        worker.kill().unwrap();
        worker.wait().unwrap();
        if !swaps_first {
            rename(place.path(), &mut chance);
        }
        check(place.path(), seed);
    }
    let folder = FOLDERS[chance.below(2) as usize];
    let done = start(&home, &place.path().join(folder), "recover");
    let done = done.wait_with_output().unwrap();
    assert!(done.status.success(), "round {seed}");
    check(place.path(), seed);
    let told = String::from_utf8(done.stdout).unwrap();
    let told = told.lines().filter_map(|line| line.split_once("end: "));
    told.map(|(_, end)| end.to_owned()).collect()
}

fn start(home: &Path, folder: &Path, task: &str) -> std::process::Child {
    Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "mixups::no_report_is_ever_saved_over_another",
            "--nocapture",
        ])
        .current_dir(folder)
        .env(WORKER, home)
        .env(TASK, task)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Both folders change their names with each other; or one goes and comes back as an empty one; or nothing happens.
fn rename(place: &Path, chance: &mut Chance) {
    let [a, b] = FOLDERS.map(|folder| place.join(folder));
    let aside = place.join(format!("旧{}", chance.below(u64::MAX >> 34)));
    match chance.below(4) {
        0 => {}
        1 => {
            fs::rename(&a, &aside).unwrap();
            fs::create_dir(&a).unwrap();
        }
        _ => {
            fs::rename(&a, &aside).unwrap();
            fs::rename(&b, &a).unwrap();
            fs::rename(&aside, &b).unwrap();
        }
    }
}

/// In every folder lies the draft that is at home there.
fn check(place: &Path, seed: u64) {
    for folder in fs::read_dir(place)
        .unwrap()
        .map(|entry| entry.unwrap().path())
    {
        let Ok(mark) = fs::read_to_string(folder.join(MARK)) else {
            continue;
        };
        let found =
            draft::open(&folder.join(DRAFT)).unwrap_or_else(|error| panic!("{seed}: {error}"));
        let tells = found.value(found.form().find(TELLS).unwrap());
        assert_eq!(tells.to_string(), mark, "round {seed}: saved over another");
    }
}

type Window = Harness<'static, Option<App>>;

/// The program's window, without a screen.
fn window(home: &Path) -> Window {
    let home = home.to_owned();
    let mut window = Harness::builder()
        .with_size([1280.0, 860.0])
        .with_context_setup(nianbao::ui::theme::install)
        .build_ui_state(
            move |ui, app: &mut Option<App>| {
                let surroundings = || Surroundings {
                    desktop: false,
                    home: Home::at(&home),
                    ..Surroundings::default()
                };
                app.get_or_insert_with(|| App::new(ui.ctx(), &surroundings()))
                    .ui(ui, None);
            },
            None,
        );
    settle(&mut window);
    window
}

fn app(window: &mut Window) -> &mut App {
    window.state_mut().as_mut().unwrap()
}

/// Draws until nothing is done any more.
fn settle(window: &mut Window) {
    window.run_steps(3);
    while app(window).is_working() {
        std::thread::sleep(Duration::from_millis(1));
        window.step();
    }
    window.run_steps(3);
}

fn says(window: &Window, words: &str) -> bool {
    window.query_all_by_label_contains(words).next().is_some()
}

fn click(window: &mut Window, words: &str) {
    window.query_all_by_label(words).next().unwrap().click();
    settle(window);
}

/// Opens the draft of the folder that it is in, and edits and saves for ever.
fn work(home: &Path) -> ! {
    let mut window = window(home);
    if says(&window, "上次没有保存就关闭了") && std::process::id().is_multiple_of(2) {
        click(&mut window, "恢复");
    } else {
        app(&mut window).open_or_import(&PathBuf::from(DRAFT));
        settle(&mut window);
        if says(&window, "这份草稿还有没保存的内容") {
            click(&mut window, "恢复没保存的内容");
        }
    }
    println!("ready");
    std::io::stdout().flush().unwrap();
    for _ in 0..3 {
        window.key_press_modifiers(Modifiers::COMMAND, Key::PageDown);
        window.run_steps(2);
    }
    for n in 1.. {
        for digit in u64::to_string(&n).chars() {
            window.event(Event::Text(digit.to_string()));
        }
        window.key_press(Key::Enter);
        window.run_steps(2);
        if n % 5 == 0 {
            window.key_press_modifiers(Modifiers::COMMAND, Key::S);
            // Now and then the next number is typed while the draft is being saved.
            window.run_steps(2);
            if n % 10 == 0 {
                settle(&mut window);
            }
        }
        // Whatever is asked is not answered.
        window.key_press(Key::Escape);
        window.run_steps(1);
    }
    unreachable!()
}

/// Goes on with everything that was left, saves it where it can be without an answer, and says what came of it.
fn recover_all(home: &Path) -> ! {
    for _ in 0..6 {
        let mut window = window(home);
        if !says(&window, "上次没有保存就关闭了") {
            break;
        }
        click(&mut window, "恢复");
        window.key_press_modifiers(Modifiers::COMMAND, Key::S);
        settle(&mut window);
        match app(&mut window).is_dirty() {
            true => println!("end: kept back"),
            false => println!("end: saved"),
        }
        window.key_press(Key::Escape);
        window.run_steps(1);
        // Closed without saving, so that the next one is offered.
        if app(&mut window).is_dirty() {
            let root = egui::ViewportId::ROOT;
            let viewport = window.input_mut().viewports.get_mut(&root).unwrap();
            viewport.events.push(egui::ViewportEvent::Close);
            window.step();
            let viewport = window.input_mut().viewports.get_mut(&root).unwrap();
            viewport.events.clear();
            settle(&mut window);
            click(&mut window, "不保存");
        }
    }
    std::process::exit(0)
}
