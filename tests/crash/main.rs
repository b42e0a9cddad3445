//! Kills the program at random moments while it edits and saves, and looks at what is left.
//!
//! `cargo test --test crash` does a few rounds; `CRASHES=1000 cargo test --release --test crash -- --nocapture` is the
//! long campaign. The program under test is this one: it drives the same history, recorder and saving as the window.

mod mixups;

use nianbao::disk::Home;
use nianbao::draft::{self, Recorder};
use nianbao::report::{Edit, History, Report};
use nianbao::value::Value;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Set for the process that is to be killed: the folder that it works in.
const DRIVER: &str = "NIANBAO_CRASH_DRIVER";
/// No edit older than this may be lost.
const MOST_LOST: Duration = Duration::from_secs(2);

#[test]
fn a_kill_at_any_moment_loses_at_most_two_seconds() {
    if let Some(folder) = std::env::var_os(DRIVER) {
        drive(Path::new(&folder));
    }
    let rounds: usize =
        std::env::var("CRASHES").map_or(24, |rounds| rounds.parse().expect("a number"));
    let next = AtomicUsize::new(0);
    let (worst, saved, recovered) = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..8)
            .map(|_| {
                scope.spawn(|| {
                    let (mut worst, mut saved, mut recovered) = (Duration::ZERO, 0, 0);
                    loop {
                        let round = next.fetch_add(1, Ordering::Relaxed);
                        if round >= rounds {
                            return (worst, saved, recovered);
                        }
                        let (lost, from_recovery) = crash(round as u64);
                        worst = worst.max(lost);
                        if from_recovery {
                            recovered += 1;
                        } else {
                            saved += 1;
                        }
                    }
                })
            })
            .collect();
        workers
            .into_iter()
            .map(|worker| worker.join().unwrap())
            .fold((Duration::ZERO, 0, 0), |a, b| {
                (a.0.max(b.0), a.1 + b.1, a.2 + b.2)
            })
    });
    println!(
        "{rounds} kills: none unreadable; latest state {saved} times in the draft, {recovered} times in a recovery file; at most {worst:?} of edits lost"
    );
    assert!(worst <= MOST_LOST);
}

/// One round: how old the oldest lost edit was, and whether the latest state lay in a recovery file.
fn crash(seed: u64) -> (Duration, bool) {
    let folder = tempfile::tempdir().unwrap();
    let mut driver = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "a_kill_at_any_moment_loses_at_most_two_seconds",
            "--nocapture",
        ])
        .env(DRIVER, folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(driver.stdout.take().unwrap()).lines();
    // Wait for the first edit, then a random while.
    let mut edits: Vec<Instant> = Vec::new();
    while !lines.next().unwrap().unwrap().ends_with("edit 1") {}
    edits.push(Instant::now());
    let reader = std::thread::spawn(move || {
        for line in lines.map_while(Result::ok) {
            if line.starts_with("edit ") {
                edits.push(Instant::now());
            }
        }
        edits
    });
    let while_ = Duration::from_millis((seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) % 2600);
    std::thread::sleep(while_);
    driver.kill().unwrap();
    let killed = Instant::now();
    driver.wait().unwrap();
    let edits = reader.join().unwrap();

    let number = |report: &Report| match report.value(report.form().find("t3.r1.natural").unwrap())
    {
        Value::Count(n) => n as usize,
        _ => 0,
    };
    let path = folder.path().join("年报.ron");
    let in_draft = if path.exists() {
        number(&draft::open(&path).expect("the draft is whole"))
    } else {
        0
    };
    let (found, unread) = draft::leftovers(&Home::at(folder.path().join("home")));
    assert!(unread.is_empty(), "{unread:?}");
    let in_recovery = found
        .iter()
        .map(|leftover| number(&leftover.report))
        .max()
        .unwrap_or(0);
    let kept = in_draft.max(in_recovery);
    // Edit n was told by the n-th line; the first one that is not kept is the oldest lost.
    let lost = edits
        .get(kept)
        .map_or(Duration::ZERO, |&at| killed.saturating_duration_since(at));
    (lost, in_recovery > in_draft)
}

/// Edits and saves for ever.
fn drive(folder: &Path) -> ! {
    let home = Home::at(folder.join("home"));
    let path = folder.join("年报.ron");
    let recorder = Recorder::start(&home).unwrap();
    let form = nianbao::form::by_id("2021").unwrap();
    let cell = form.find("t3.r1.natural").unwrap();
    let mut history = History::unsaved(Report::new(form, "某局", 2024));
    for n in 1.. {
        history.apply(Edit::cells(history.report(), [(cell, Value::Count(n))]));
        recorder.keep(&draft::to_text(history.report()), Some(&path), &[]);
        println!("edit {n}");
        std::io::stdout().flush().unwrap();
        if n % 13 == 0 {
            home.keep_backup(&path).unwrap();
            draft::save(history.report(), &path).unwrap();
            history.mark_saved();
            recorder.clear();
        }
        std::thread::sleep(Duration::from_millis(20 + (n as u64 * 37) % 90));
    }
    unreachable!()
}
