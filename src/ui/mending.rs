//! What can be done about a finding with one click.

use super::session::Session;
use crate::check::{Culprit, Remedy};
use crate::report::Edit;

/// What can be done about a finding with one click.
#[derive(Debug)]
pub enum Mending {
    Remedy(Remedy),
    Culprit(Culprit),
}

impl Mending {
    /// The edit for the report as it stands; nothing if its numbers are no longer those that this was for.
    pub fn edit(&self, session: &Session) -> Edit {
        let (report, evaluation) = (session.report(), session.evaluation());
        match self {
            Self::Remedy(remedy) => remedy.edit(report),
            Self::Culprit(culprit) if culprit.is_about(evaluation) => {
                culprit.edit(report, evaluation)
            }
            Self::Culprit(_) => Edit::default(),
        }
    }
}
