//! `cargo bench --bench window` (needs a display): the program's window beside an empty one, in the same run: time to
//! the first frame, resident memory, frames while nothing happens.

use std::process::Command;

const EMPTY: &str = "--empty-window";
const ROUNDS: usize = 7;
const SECONDS: &str = "3";

fn main() {
    if std::env::args().any(|arg| arg == EMPTY) {
        return nianbao::ui::measure_empty_window(SECONDS.parse().expect("a number"));
    }
    let this = std::env::current_exe().expect("this program");
    let sample = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/assets/samples/jiutai_xinglong_2020.ron"
    );
    let mut empty = Vec::new();
    let mut start = Vec::new();
    let mut with_sample = Vec::new();
    for _ in 0..ROUNDS {
        empty.push(measure(Command::new(&this).arg(EMPTY)));
        start.push(measure(
            Command::new(env!("CARGO_BIN_EXE_nianbao")).args(["--measure", SECONDS]),
        ));
        with_sample.push(measure(Command::new(env!("CARGO_BIN_EXE_nianbao")).args([
            "--measure",
            SECONDS,
            sample,
        ])));
    }
    for (name, runs) in [
        ("an empty window", &empty),
        ("nianbao, start screen", &start),
        ("nianbao, sample open", &with_sample),
    ] {
        let (first, idle, memory) = (median(runs, 0), median(runs, 1), median(runs, 2));
        println!(
            "{name:24} first frame {first:6.1} ms   idle frames {idle:2}   resident {:6.1} MB",
            memory / 1024.0
        );
    }
    let ratio = median(&with_sample, 0) / median(&empty, 0);
    let more = (median(&with_sample, 2) - median(&empty, 2)) / 1024.0;
    println!("first frame {ratio:.2} times an empty window's; {more:+.1} MB resident");
}

/// First frame in ms, idle frames, resident kB.
fn measure(command: &mut Command) -> [f64; 3] {
    let output = command.output().expect("the program starts");
    let json: serde_json::Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)));
    ["first_frame_ms", "idle_frames", "resident_kb"]
        .map(|key| json[key].as_f64().expect("a number"))
}

fn median(runs: &[[f64; 3]], which: usize) -> f64 {
    let mut values: Vec<f64> = runs.iter().map(|run| run[which]).collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
