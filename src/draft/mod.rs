//! A report on disk (草稿): a readable RON file, versioned, never half-written.
//!
//! [`open()`] refuses what it does not understand, with line and reason, and leaves the file untouched; nothing in a file
//! is ever dropped unseen. [`save`] writes beside the old file, syncs and renames; the previous state stays as a backup.

mod leftover;
mod lock;
mod names;
mod open;
mod problem;
mod read;
mod recount;
mod recovery;
mod store;
mod version;
mod write;

pub use leftover::{FileNow, Identity, Leftover, keyed_line, leftovers};
pub use lock::{Held, Hold, OwnLock};
pub use names::{EXTENSION, backup_path};
pub use open::{Opened, digest, open, open_told, stamp, stamp_of};
pub use problem::{DraftError, Problem};
pub use read::from_text;
pub use recount::{recount_holds, recount_of};
pub use recovery::Recorder;
pub use store::{Prepared, Saved, prepare, save};
pub use version::VERSION;
pub use write::to_text;
