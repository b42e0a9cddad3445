//! Saving a draft, as it is done off the window's thread: what is to be saved where, and how that ended.

use crate::disk::{Before, Home};
use crate::draft::{self, DraftError, FileNow, Held, Hold, Identity, OwnLock};
use crate::report::Report;
use std::io;
use std::path::{Path, PathBuf};

/// What is to be saved.
pub struct SaveOrder {
    /// The report as it stood when it was ordered.
    pub report: Report,
    /// The full path.
    pub path: PathBuf,
    /// What the draft's own file held when it was last looked at; none for another file.
    pub known: Option<Known>,
    /// The lock that the window has already.
    pub lock: Option<OwnLock>,
    pub home: Home,
}

/// What is known of the draft's own file.
pub struct Known {
    /// None if it was not there, or somebody else has saved it since.
    pub stamp: Option<u64>,
    pub identity: Identity,
    /// Whether what somebody else has saved may be replaced: the clerk was asked.
    pub may_replace: bool,
    /// Whether it was recovered: which file it came from is then only what was recorded.
    pub is_recovered: bool,
}

/// How saving ended.
pub enum SaveEnd {
    Saved {
        stamp: u64,
        /// The file's lock.
        hold: Hold,
        /// Why an earlier state could not be kept, if so.
        no_backup: Option<io::Error>,
    },
    Refused(DraftError),
    /// Somebody else has the file open.
    Taken(String),
    /// Somebody else has saved it since it was last looked at, and what it is now.
    Changed(FileNow),
    /// What was recovered belongs to another file: this is another report, of this title, or no draft at all.
    Another(Option<String>),
}

impl SaveOrder {
    /// Carries it out.
    pub fn carry_out(self) -> SaveEnd {
        let objection = || self.known.as_ref()?.objection(&self.path);
        // What is refused need not be written.
        if let Some(end) = objection() {
            return end;
        }
        let hold = Held::ask(&self.path, self.lock.as_ref());
        if let Hold::Theirs(who) = hold {
            return SaveEnd::Taken(who);
        }
        let prepared = match draft::prepare(&self.report, &self.path) {
            Ok(prepared) => prepared,
            Err(error) => return SaveEnd::Refused(error),
        };
        // From here on it is the file that is looked at which would be replaced, and no other.
        if let Some(end) = objection() {
            return end;
        }
        let no_copy = self.home.keep_backup(&self.path).err();
        match prepared.put() {
            Err(error) => SaveEnd::Refused(error),
            Ok(saved) => SaveEnd::Saved {
                stamp: saved.stamp,
                hold,
                no_backup: match saved.before {
                    Before::Lost(error) => Some(error),
                    Before::Nothing | Before::Kept(_) => no_copy,
                },
            },
        }
    }
}

impl Known {
    /// Why the file is not replaced, if it is not what it was.
    fn objection(&self, path: &Path) -> Option<SaveEnd> {
        match FileNow::of(path, self.stamp.as_slice(), &self.identity) {
            FileNow::Same(_) | FileNow::Missing => None,
            FileNow::Another(title) if self.is_recovered => Some(SaveEnd::Another(title)),
            now if !self.may_replace => Some(SaveEnd::Changed(now)),
            FileNow::Changed(_) | FileNow::Another(_) => None,
        }
    }
}
