//! What is done while the system says no, and what must be true of the files afterwards.

use egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use nianbao::args::Command;
use nianbao::cli;
use nianbao::disk::{self, Home};
use nianbao::draft::{self, Recorder};
use nianbao::export::Format;
use nianbao::report::{Edit, Report};
use nianbao::ui::app::{App, Surroundings};
use nianbao::value::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// What is done.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// Ctrl+S in the window, over a draft that was there.
    Save,
    /// What is typed is kept without being saved.
    Keep,
    /// What was left unsaved is offered, taken up and saved.
    Recover,
    /// An export over an earlier one.
    Export,
    /// A Word file becomes a draft.
    Import,
    /// Another draft is opened, which the settings remember.
    Settings,
}

pub const KINDS: [Kind; 6] = [
    Kind::Save,
    Kind::Keep,
    Kind::Recover,
    Kind::Export,
    Kind::Import,
    Kind::Settings,
];

/// What is done when it is time for it; says what the program said.
pub type Act = Box<dyn FnMut() -> String>;

const OLDER: i64 = 1;
const SAVED: i64 = 2;
const TYPED: i64 = 3;
const NOT_KEPT: &str = "不能自动留存未保存的内容";

fn draft_of(place: &Path) -> PathBuf {
    place.join("年报.ron")
}

fn home_of(place: &Path) -> PathBuf {
    place.join("home")
}

/// The state of the report that is told by this number.
fn state(number: i64) -> Report {
    let report = Report::new(nianbao::form::by_id("2021").unwrap(), "某局", 2024);
    let cell = report.form().find("t3.r1.natural").unwrap();
    report.with(|report| Edit::cells(report, [(cell, Value::Count(number))]))
}

fn number_of(report: &Report) -> i64 {
    match report.value(report.form().find("t3.r1.natural").unwrap()) {
        Value::Count(number) => number,
        other => panic!("{other:?}"),
    }
}

/// The state in a file. A file that cannot be read is a wrong one.
fn in_file(path: &Path) -> Result<i64, String> {
    let report = draft::open(path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(number_of(&report))
}

/// Lays out what is there before.
pub fn arrange(kind: Kind, place: &Path) {
    let draft = draft_of(place);
    for number in [OLDER, SAVED] {
        draft::save(&state(number), &draft).unwrap();
    }
    match kind {
        Kind::Recover => {
            // As a program leaves it that was killed.
            let home = Home::at(home_of(place));
            let recorder = Recorder::start(&home).unwrap();
            let stamp = disk::fingerprint(&fs::read(&draft).unwrap());
            recorder.keep(&draft::to_text(&state(TYPED)), Some(&draft), &[stamp]);
            recorder.flush().unwrap();
            let kept = only_file(&home_of(place).join("recovery"), "ron").unwrap();
            let aside = kept.with_extension("aside");
            fs::rename(&kept, &aside).unwrap();
            drop(recorder);
            fs::rename(aside, home_of(place).join("recovery/1-0.ron")).unwrap();
        }
        Kind::Export => fs::write(place.join("out.html"), "an earlier one").unwrap(),
        Kind::Import => {
            let (mut out, mut err) = (Vec::new(), Vec::new());
            let to = Some(place.join("last.docx"));
            let command = Command::Export {
                file: draft,
                format: Format::Docx,
                mark: false,
                to,
            };
            assert_eq!(cli::run(command, &mut out, &mut err), 0);
            // Somebody's work of the same name, half of the time.
            if place
                .as_os_str()
                .as_encoded_bytes()
                .iter()
                .fold(0u8, |a, b| a ^ b)
                & 1
                == 0
            {
                draft::save(&state(OLDER), &place.join("new.ron")).unwrap();
            }
        }
        Kind::Settings => {
            draft::save(&state(OLDER), &place.join("又一份.ron")).unwrap();
            let home = home_of(place);
            let mut window = window(&home);
            app(&mut window).open_or_import(&draft);
            settle(&mut window);
            fs::copy(home.join("settings.ron"), home.join("settings.before")).unwrap();
        }
        Kind::Save | Kind::Keep => {}
    }
}

fn only_file(folder: &Path, ending: &str) -> Option<PathBuf> {
    let files = fs::read_dir(folder).ok()?;
    let mut files = files.map(|entry| entry.unwrap().path());
    files.find(|path| path.extension().is_some_and(|found| found == ending))
}

/// Everything up to the moment in which the system begins to say no.
pub fn prepare(kind: Kind, place: &Path) -> Act {
    let (draft, home) = (draft_of(place), home_of(place));
    match kind {
        Kind::Save => {
            let mut window = typed_into(&home, &draft);
            Box::new(move || {
                window.key_press_modifiers(Modifiers::COMMAND, Key::S);
                settle(&mut window);
                told(&mut window)
            })
        }
        Kind::Keep => {
            let mut window = window(&home);
            app(&mut window).open_or_import(&draft);
            settle(&mut window);
            Box::new(move || {
                type_number(&mut window);
                let until = Instant::now() + Duration::from_secs(3);
                while Instant::now() < until {
                    std::thread::sleep(Duration::from_millis(50));
                    window.step();
                    let kept = only_file(&home.join("recovery"), "ron");
                    if kept.is_some() || says(&window, NOT_KEPT) {
                        break;
                    }
                }
                told(&mut window)
            })
        }
        Kind::Recover => Box::new(move || {
            let mut window = window(&home);
            if says(&window, "恢复") && window.query_by_label("恢复").is_some() {
                window.get_by_label("恢复").click();
                settle(&mut window);
                window.key_press_modifiers(Modifiers::COMMAND, Key::S);
                settle(&mut window);
            }
            told(&mut window)
        }),
        Kind::Export | Kind::Import => {
            let place = place.to_owned();
            Box::new(move || command(kind, &place))
        }
        Kind::Settings => {
            let mut window = window(&home);
            app(&mut window).open_or_import(&draft);
            settle(&mut window);
            // It is remembered as the last one opened.
            let other = place.join("又一份.ron");
            Box::new(move || {
                app(&mut window).open_or_import(&other);
                settle(&mut window);
                told(&mut window)
            })
        }
    }
}

/// A command of the command line; its exit status and what it said.
fn command(kind: Kind, place: &Path) -> String {
    let command = match kind {
        Kind::Export => Command::Export {
            file: draft_of(place),
            format: Format::Html,
            mark: false,
            to: Some(place.join("out.html")),
        },
        _ => Command::Import {
            file: place.join("last.docx"),
            json: false,
            to: Some(place.join("new.ron")),
            year: None,
        },
    };
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let status = cli::run(command, &mut out, &mut err);
    format!("{status}\n{}", String::from_utf8(err).unwrap())
}

/// Whether what is in the files is right, and fits what the program said (nothing if it ended); in a few words.
pub fn outcome(kind: Kind, place: &Path, answer: Option<&str>) -> Result<String, String> {
    let said = answer.unwrap_or_default();
    let must = |holds: bool, what: &str| match holds {
        true => Ok(()),
        false => Err(format!("{what}\nsaid: {said}")),
    };
    let draft = draft_of(place);
    let now = in_file(&draft)?;
    for spare in backups(place) {
        in_file(&spare)?;
    }
    match kind {
        Kind::Save => {
            let backup = in_file(&draft.with_extension("ron.bak"));
            match answer {
                None => must(now == SAVED || now == TYPED, "a state that was never there")?,
                Some(said) if said.starts_with("clean") => {
                    must(now == TYPED, "it says it saved")?;
                    let spared = backup == Ok(SAVED) || said.contains("没有留下以前的备份");
                    must(spared, "no backup, and nothing said")?;
                }
                Some(said) => {
                    must(now == SAVED, "it says the file is as it was")?;
                    must(said.contains("没有保存"), "nothing said")?;
                }
            }
        }
        Kind::Keep => {
            must(now == SAVED, "the draft is not touched")?;
            let kept = recovered(place)?;
            if answer.is_some() {
                let is_told = said.contains(NOT_KEPT);
                must(kept == Some(TYPED) || is_told, "not kept, and nothing said")?;
            }
        }
        Kind::Recover => {
            let kept = recovered(place)? == Some(TYPED);
            must(now == SAVED || now == TYPED, "a state that was never there")?;
            must(kept || now == TYPED, "what was unsaved is gone")?;
            if answer.is_some() && now != TYPED {
                let told = ["没有保存", "没能查看", "打不开", "不能自动留存"];
                must(
                    told.iter().any(|words| said.contains(words)),
                    "nothing said",
                )?;
            }
        }
        Kind::Export => {
            let there = fs::read(place.join("out.html")).map_err(|error| error.to_string())?;
            let is_new = there.starts_with(b"<!DOCTYPE html>") && there.ends_with(b"</html>\n");
            must(is_new || there == b"an earlier one", "half-written")?;
            if answer.is_some() {
                must(is_new == said.starts_with('0'), "it says something else")?;
                must(is_new || said.contains('：'), "no reason")?;
            }
        }
        Kind::Import => {
            let new = place.join("new.ron");
            let there = match new.exists() {
                true => Some(in_file(&new)?),
                false => None,
            };
            must(matches!(there, None | Some(OLDER | SAVED)), "another state")?;
            if answer.is_some() {
                let done = said.starts_with('0') || said.starts_with('1');
                must(done == (there == Some(SAVED)), "it says something else")?;
                must(
                    done || said.contains('：') || said.contains('，'),
                    "no reason",
                )?;
            }
        }
        Kind::Settings => {
            let read = |name| fs::read_to_string(home_of(place).join(name)).unwrap_or_default();
            let (before, now) = (read("settings.before"), read("settings.ron"));
            let is_whole = now.starts_with('(') && now.trim_end().ends_with(')');
            must(is_whole, "half-written")?;
            if answer.is_some() && now == before {
                let told = ["没有记住窗口的设置", "打不开这个文件"];
                must(
                    told.iter().any(|words| said.contains(words)),
                    "nothing said",
                )?;
            }
        }
    }
    Ok(in_short(said, answer.is_some()))
}

/// Earlier states that are kept, wherever.
fn backups(place: &Path) -> Vec<PathBuf> {
    let mut found = vec![draft_of(place).with_extension("ron.bak")];
    let folders = fs::read_dir(home_of(place).join("backups"));
    for folder in folders.into_iter().flatten() {
        let files = fs::read_dir(folder.unwrap().path()).unwrap();
        found.extend(files.map(|file| file.unwrap().path()));
    }
    found.retain(|path| path.exists() && path.extension().is_some_and(|ending| ending != "tmp"));
    found
}

/// What the next start would offer.
fn recovered(place: &Path) -> Result<Option<i64>, String> {
    let folder = home_of(place).join("recovery");
    let Some(kept) = only_file(&folder, "ron") else {
        return Ok(None);
    };
    let text = fs::read_to_string(&kept).map_err(|error| error.to_string())?;
    let below: String = text
        .lines()
        .skip_while(|line| line.starts_with("//"))
        .map(|line| format!("{line}\n"))
        .collect();
    let copy = place.join("copy.ron");
    fs::write(&copy, below).unwrap();
    in_file(&copy).map(Some)
}

/// The sentence that tells of a failure, without what is different each time.
fn in_short(said: &str, lives: bool) -> String {
    if !lives {
        return "（程序中断）".to_owned();
    }
    const SIGNS: [&str; 10] = [
        "没能查看",
        "没有保存",
        "没有导",
        "没有留",
        "没有记住",
        "不能自动",
        "打不开",
        "写不",
        "不能加锁",
        "读不",
    ];
    let lines = said.lines().map(str::trim);
    let mut found: Vec<String> = lines
        .filter(|line| SIGNS.iter().any(|sign| line.contains(sign)))
        .map(|line| line.chars().take(60).collect())
        .collect();
    found.sort();
    found.dedup();
    match found.is_empty() {
        true => "（照常完成）".to_owned(),
        false => found.join(" / "),
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

/// A window with the draft open and something typed that is not saved.
fn typed_into(home: &Path, draft: &Path) -> Window {
    let mut window = window(home);
    app(&mut window).open_or_import(draft);
    settle(&mut window);
    type_number(&mut window);
    window
}

/// Types the number that tells the unsaved state into table 3.
fn type_number(window: &mut Window) {
    for _ in 0..3 {
        window.key_press_modifiers(Modifiers::COMMAND, Key::PageDown);
        window.run_steps(2);
    }
    window.key_press_modifiers(Modifiers::COMMAND, Key::Home);
    window.run_steps(2);
    window.event(Event::Text(TYPED.to_string()));
    window.key_press(Key::Enter);
    window.run_steps(3);
}

fn says(window: &Window, words: &str) -> bool {
    window.query_all_by_label_contains(words).next().is_some()
}

/// Whether anything is unsaved, and all that stands in the window.
fn told(window: &mut Window) -> String {
    let dirty = app(window).is_dirty();
    let mut all = if dirty { "dirty" } else { "clean" }.to_owned();
    for node in window.query_all_by(|_| true) {
        // What a label says is its value, what a button says its name.
        let node = node.accesskit_node();
        for words in [node.label(), node.value()].into_iter().flatten() {
            all.push('\n');
            all.push_str(&words);
        }
    }
    all
}
