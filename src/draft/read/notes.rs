//! What a draft notes beside the report.

use super::file::{DraftFile, Word};
use super::reader::Reader;
use crate::draft::problem::Problem;
use crate::report::{Decided, Decision, Notes, Recount, Signature};

impl Reader<'_> {
    /// What a file notes beside the report.
    pub(super) fn notes(&self, file: &DraftFile<'_>) -> Result<Notes, Problem> {
        let mut notes = Notes {
            form_sha256: file.form_sha256.clone(),
            signature: file.signature.as_ref().map(|signature| Signature {
                organ: signature.organ.clone(),
                date: signature.date.clone(),
            }),
            ..Notes::default()
        };
        for (key, decision) in &file.decisions.0 {
            let Some(is) = Decided::by_id(&decision.is) else {
                return self.damaged(&decision.is, format!("没有“{}”这种决定", decision.is));
            };
            let about = decision.about.clone();
            let decision = Decision { is, about };
            notes.decisions.insert(key.to_string(), decision);
        }
        notes.recount = file.recount.as_ref().map(|recount| Recount {
            name: recount.name.clone(),
            date: recount.date.clone(),
            sha256: recount.sha256.clone(),
        });
        for Word(id) in &file.checklist {
            notes.checklist.insert(id.to_string());
        }
        Ok(notes)
    }
}
