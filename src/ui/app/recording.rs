//! What is kept against crashes: the latest unsaved state, and what earlier programs left behind.

use crate::disk::{self, Home};
use crate::draft::{self, Recorder};
use crate::report::Edit;
use crate::ui::offer::Offer;
use std::io;
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

/// What is kept against crashes.
pub struct Recording {
    /// Where the program keeps what is its own.
    pub home: Home,
    /// Reports that were left unsaved by a program that did not end in order.
    pub leftovers: Vec<Offer>,
    /// What was told of the last failure to keep.
    pub(super) failing: Option<String>,
    pub(super) recorder: Option<Recorder>,
    /// What the recorder was last told.
    pub(super) recorded: Option<Recorded>,
}

/// What tells one unsaved state from another.
#[derive(PartialEq)]
pub(super) struct Recorded {
    pub(super) revision: u64,
    pub(super) file: Option<PathBuf>,
    /// What that file is known to hold.
    pub(super) stamps: Vec<u64>,
    /// What is being typed and not in the report yet.
    pub(super) typing: Edit,
    /// What is keyed in a second count.
    pub(super) keyed: String,
}

impl Recording {
    /// Starts to keep, with complaints about what cannot be kept or read. What was left is still to be held against the
    /// files that it belongs to.
    pub fn start(home: &Home) -> (Self, Vec<String>) {
        let (leftovers, unread) = draft::leftovers(home);
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        home.empty_old(now.unwrap_or_default());
        let recorder = Recorder::start(home);
        let mut complaints: Vec<String> = unread.iter().map(ToString::to_string).collect();
        if let Err(error) = &recorder {
            complaints.push(not_kept(error));
        }
        let recording = Self {
            home: home.clone(),
            leftovers: leftovers.into_iter().map(Offer::new).collect(),
            recorder: recorder.ok(),
            recorded: None,
            failing: None,
        };
        (recording, complaints)
    }
}

/// Said while nothing is kept against crashes.
pub(super) fn not_kept(error: &io::Error) -> String {
    format!(
        "不能自动留存未保存的内容（{}），请常按 Ctrl+S 保存",
        disk::io_reason(error)
    )
}
