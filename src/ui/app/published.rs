//! A page as it was published, held against the open report.

use super::App;
use super::files::name_of;
use crate::export::signature;
use crate::import;
use crate::report::Edit;
use crate::ui::ask::{PublishedPage, Question};
use crate::ui::session::Session;
use crate::verify::Take;
use std::path::Path;

impl App {
    /// Reads the page, and shows where it says otherwise than the report.
    pub(super) fn check_published(&mut self, path: &Path) {
        self.read(path, import::from_file, |app, path, read| match read {
            Err(error) => app.not_read(path, &error.why, &error),
            Ok(page) => {
                let page = PublishedPage::new(name_of(path), page);
                app.asking.question = Some(Question::Published(page));
            }
        });
    }

    /// Takes over what was published, as one step.
    pub(super) fn take_published(&mut self, take: Take) {
        let Some(report) = self.report() else { return };
        let edit = match take {
            Take::Number(cell, value) => Edit::cells(report, [(cell, value)]),
            Take::Text(text, words) => Edit::text(report, text, &words),
            Take::Signature(signature) => signature::signed(report, signature),
        };
        self.edit(edit, Session::do_step);
    }
}
