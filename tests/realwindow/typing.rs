//! A whole report typed into the real window while the program is stopped and goes on at random, as on a busy old computer.
//!
//! `TYPED=20 cargo test --test realwindow typed` is the whole campaign.

use super::{Running, Screen, nianbao};
use nianbao::draft;
use nianbao::form::{Body, Content};
use nianbao::import;
use nianbao::report::Report;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// A small generator (SplitMix64).
pub struct Random(pub u64);

impl Random {
    pub fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len() as u64) as usize]
    }

    pub fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % end
    }
}

const TEXT: &str = "abc123xyzdef456uvw789";

/// The keys, in xdotool's names, with which a report is typed from its cover on.
fn keys(truth: &Report, random: &mut Random) -> Vec<String> {
    let form = truth.form();
    let mut keys = Vec::new();
    for section in &form.sections {
        keys.push("ctrl+Next".to_owned());
        match section.body {
            Body::Text(_) => keys.extend(TEXT.chars().map(String::from)),
            Body::Table(table) => {
                for cell in &form.tables[table].grid.cells {
                    let Content::Value(ix) = cell.content else {
                        continue;
                    };
                    if form.cell(ix).computed || form.cell(ix).addition.is_some() {
                        continue;
                    }
                    let number = truth.value(ix).to_string();
                    keys.extend(number.chars().map(|c| match c {
                        '.' => "period".to_owned(),
                        '-' => "minus".to_owned(),
                        c => c.to_string(),
                    }));
                    if random.below(10) == 0 {
                        keys.extend(["9", "BackSpace"].map(String::from));
                    }
                    keys.push("Tab".to_owned());
                }
            }
        }
        if random.below(2) == 0 {
            keys.extend(["ctrl+Prior", "ctrl+Prior", "ctrl+Next", "ctrl+Next"].map(String::from));
        }
    }
    keys
}

/// Stops the program for up to 0.3 s, again and again, until told to end.
fn disturb(process: u32, mut random: Random, done: &AtomicBool) {
    let signal = |name: &str| {
        let sent = Command::new("kill")
            .args([name, &process.to_string()])
            .status();
        assert!(sent.unwrap().success());
    };
    while !done.load(Ordering::Relaxed) {
        std::thread::sleep(Duration::from_millis(random.below(120)));
        signal("-STOP");
        std::thread::sleep(Duration::from_millis(random.below(300)));
        signal("-CONT");
    }
}

fn names(folder: &Path) -> Vec<String> {
    let names = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = names
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

fn run(seed: u64, truth: &Report) {
    let screen = Screen::new();
    let (folder, data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let path = folder.path().join("typed.ron");
    let empty = Report::new(truth.form().clone(), truth.organ(), truth.year());
    draft::save(&empty, &path).unwrap();
    let program = Running(
        screen
            .command(nianbao())
            .arg("--data-dir")
            .args([data.path(), &path])
            .spawn()
            .unwrap(),
    );
    screen.wait_for_title("typed.ron");
    std::thread::sleep(Duration::from_millis(700));
    let before = (std::fs::read(&path).unwrap(), names(folder.path()));

    let mut random = Random(seed);
    let keys = keys(truth, &mut random);
    assert!(keys.len() >= 400, "{}", keys.len());
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| disturb(program.0.id(), Random(seed ^ 0xBAD), &done));
        for some in keys.chunks(60) {
            let mut args = vec!["key", "--delay", "14"];
            args.extend(some.iter().map(String::as_str));
            assert!(screen.xdotool(&args).status.success());
        }
        done.store(true, Ordering::Relaxed);
    });
    screen.wait_for_title("● ");
    std::thread::sleep(Duration::from_secs(1));
    let after = (std::fs::read(&path).unwrap(), names(folder.path()));
    assert!(
        before == after,
        "seed {seed}: a file was written, {:?}",
        after.1
    );

    let start = Instant::now();
    screen.key("ctrl+s");
    while std::fs::read(&path).unwrap() == before.0 {
        assert!(start.elapsed() < Duration::from_secs(20), "it saves");
        std::thread::sleep(Duration::from_millis(100));
    }
    std::thread::sleep(Duration::from_millis(300));
    let typed = draft::open(&path).unwrap();
    for (cell, spec) in truth.form().indexed_cells() {
        if !spec.computed && spec.addition.is_none() {
            let (is, should) = (typed.value(cell), truth.value(cell));
            assert_eq!(is, should, "seed {seed}: {}", spec.id);
        }
    }
    for section in &truth.form().sections {
        if let Body::Text(text) = section.body {
            assert_eq!(typed.text(text), TEXT, "seed {seed}");
        }
    }
}

#[test]
fn a_whole_report_is_typed_while_the_program_is_stopped_again_and_again() {
    let runs = std::env::var("TYPED").map_or(2, |n| n.parse().unwrap());
    let truths = ["pingtan_2022", "jiutai_xinglong_2020"].map(|name| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/reports/{name}.json"));
        import::from_file(&path).unwrap().report
    });
    for seed in 0..runs {
        run(seed, &truths[seed as usize % 2]);
    }
}
