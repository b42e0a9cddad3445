//! The system says no at any one call, or the program ends there: nothing is lost, nothing is half-written, and what the
//! program says of it is true.
//!
//! `FAULTS=500 cargo test --test faults -- --nocapture` does that many of each kind. Needs strace, and an administrator's
//! rights for disks of its own and another user; it is not part of plain `cargo test`, which needs no tools.

mod fonts;
mod injection;
mod kinds;
mod places;
mod worker;

use injection::{Fault, Strace};
use kinds::{KINDS, Kind};
use std::collections::BTreeMap;
use std::path::Path;
use worker::Worker;

/// Set for the process that the faults happen to: the socket by which it is told what to do.
const SOCKET: &str = "NIANBAO_FAULTS_SOCKET";

#[test]
fn whatever_call_fails_nothing_is_lost_and_what_is_said_is_true() {
    if let Some(socket) = std::env::var_os(SOCKET) {
        worker::serve(Path::new(&socket));
    }
    let faults = std::env::var("FAULTS").map_or(10, |faults| faults.parse().expect("a number"));
    for kind in KINDS {
        campaign(kind, faults);
    }
}

/// So many faults of one kind, spread over all calls that it makes.
fn campaign(kind: Kind, faults: usize) {
    let mut worker = Worker::start();
    let calls = count(kind, &mut worker);
    let mut random = Random(faults as u64);
    let (mut met, mut killed, mut tried) = (0, 0, 0);
    let mut told: BTreeMap<String, usize> = BTreeMap::new();
    while met < faults {
        tried += 1;
        assert!(tried <= faults * 4 + 40, "{kind:?}: {met} of {tried} met");
        let fault = Fault::pick(&calls, |end| random.below(end));
        let Some(came) = meet(kind, &fault, &mut worker) else {
            continue;
        };
        met += 1;
        killed += usize::from(came.ended);
        *told.entry(came.outcome).or_default() += 1;
    }
    println!("{kind:?}: {met} faults ({killed} of them the program's end), 0 lost or half-written");
    for (what, times) in told {
        println!("  {times} × {what}");
    }
}

/// What came of a fault.
struct Came {
    outcome: String,
    /// Whether it was the program's end; then there is another one.
    ended: bool,
}

/// Lets a fault happen; none if what goes wrong was never asked for.
fn meet(kind: Kind, fault: &Fault, worker: &mut Worker) -> Option<Came> {
    let place = tempfile::tempdir().unwrap();
    kinds::arrange(kind, place.path());
    worker.ask("prepare", kind, place.path());
    let strace = Strace::attach(worker.id(), Some(fault));
    let answer = worker.try_ask("act", kind, place.path());
    let trace = strace.detach();
    let Ok(answer) = answer else {
        panic!("{kind:?}, {fault:?}: the program hangs\n{trace}");
    };
    if !trace.contains("(INJECTED)") && answer.is_some() {
        worker.ask("end", kind, place.path());
        return None;
    }
    let outcome = kinds::outcome(kind, place.path(), answer.as_deref());
    let outcome = outcome.unwrap_or_else(|wrong| {
        panic!("{kind:?}, {fault:?}: {wrong}\n{trace}");
    });
    let ended = answer.is_none();
    match ended {
        true => *worker = Worker::start(),
        false => drop(worker.ask("end", kind, place.path())),
    }
    Some(Came { outcome, ended })
}

/// Some network drives have no locks at all: nothing goes on asking for one.
#[test]
fn where_locks_cannot_be_had_nothing_hangs() {
    let fault = Fault::always("flock", "ENOLCK");
    for kind in KINDS {
        if let Some(came) = meet(kind, &fault, &mut Worker::start()) {
            println!("{kind:?}: {}", came.outcome);
        }
    }
}

/// How often each call is made when nothing goes wrong.
fn count(kind: Kind, worker: &mut Worker) -> BTreeMap<String, usize> {
    let place = tempfile::tempdir().unwrap();
    kinds::arrange(kind, place.path());
    worker.ask("prepare", kind, place.path());
    let strace = Strace::attach(worker.id(), None);
    let answer = worker.ask("act", kind, place.path());
    let trace = strace.detach();
    let outcome = kinds::outcome(kind, place.path(), Some(&answer));
    assert!(outcome.is_ok(), "{kind:?}: {outcome:?}");
    worker.ask("end", kind, place.path());
    injection::calls(&trace)
}

/// A small generator (SplitMix64).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % end as u64) as usize
    }
}
