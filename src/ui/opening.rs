//! Opening a draft, as it is done off the window's thread: reading it, asking for its lock, looking whether something of
//! it was left unsaved.

use super::offer::about;
use super::session::Session;
use crate::disk::Home;
use crate::draft::{self, DraftError, Held, Hold, Leftover, OwnLock};
use crate::report::Report;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What is to be opened.
pub struct OpenOrder {
    /// What was left unsaved, if it is to be asked for.
    pub leftovers: Vec<Arc<Leftover>>,
    /// The lock that the window has already.
    pub lock: Option<OwnLock>,
    pub home: Home,
}

/// A session that is ready to be shown.
pub struct Ready {
    pub session: Box<Session>,
    /// Where its lock lies, if it is the one that the window has already.
    pub keeps_lock: Option<PathBuf>,
}

/// How opening ended.
pub enum OpenEnd {
    Ready(Ready),
    /// An earlier state: it gets no file of its own.
    Backup(Report),
    /// Something of it was left unsaved, with what that would change.
    Leftover(Arc<Leftover>, String),
    Refused(DraftError),
}

impl OpenOrder {
    /// Carries it out.
    pub fn carry_out(self, path: &Path) -> OpenEnd {
        if path.extension().is_some_and(|ending| ending == "bak") || self.home.owns(path) {
            return match draft::open(path) {
                Ok(report) => OpenEnd::Backup(report),
                Err(error) => OpenEnd::Refused(error),
            };
        }
        if let Some((leftover, compared)) = about(&self.leftovers, path) {
            return OpenEnd::Leftover(leftover.clone(), compared.changes);
        }
        match Session::read(path) {
            Ok(session) => OpenEnd::Ready(Ready::holding(session, self.lock.as_ref())),
            Err(error) => OpenEnd::Refused(error),
        }
    }
}

impl Ready {
    /// A session with the lock of its file, if it has one.
    pub fn holding(mut session: Session, lock: Option<&OwnLock>) -> Self {
        let mut keeps_lock = None;
        match session.path.as_deref().map(|path| Held::ask(path, lock)) {
            Some(Hold::Already(at)) => keeps_lock = Some(at),
            Some(hold) => session.hold(hold),
            None => {}
        }
        Self {
            session: Box::new(session),
            keeps_lock,
        }
    }
}
