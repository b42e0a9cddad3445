//! Importing a report from a file of any kind.

use super::files::name_of;
use super::{App, Window};
use crate::disk;
use crate::form::Body;
use crate::import::{self, Imported, Wanted};
use crate::ui::ask::{Question, WhichYear};
use crate::ui::job::Kind;
use crate::ui::notice::Notice;
use crate::ui::review::Review;
use crate::ui::session::Session;
use crate::ui::tab::Tab;
use std::error::Error;
use std::fmt::Debug;
use std::path::Path;

impl App {
    /// Imports a report from a file.
    pub(super) fn import(&mut self, path: &Path, wanted: Wanted) {
        let asked = wanted.clone();
        let read = move |path: &Path| import::from_file_as(path, &asked);
        self.read(path, read, move |app, path, imported| match imported {
            Err(error) => app.not_read(path, &error.why, &error),
            Ok(imported) if imported.lacks_year => app.ask_year(path, wanted),
            Ok(imported) => app.imported(path, imported),
        });
    }

    /// Asks for the year that a file does not say; what is open stays until it is known.
    fn ask_year(&mut self, path: &Path, wanted: Wanted) {
        self.keep_open();
        let which = WhichYear::new(path.to_owned(), wanted);
        self.asking.question = Some(Question::WhichYear(which));
    }

    /// Reads a file off the window's thread, and does something with what was read.
    pub(super) fn read<T: Send + 'static>(
        &mut self,
        path: &Path,
        read: impl FnOnce(&Path) -> T + Send + 'static,
        then: impl FnOnce(&mut Self, &Path, T) + Send + 'static,
    ) {
        let (words, path) = (format!("正在读 {}", name_of(path)), path.to_owned());
        self.read_with(words, move || {
            let read = read(&path);
            move |app: &mut Self| then(app, &path, read)
        });
    }

    /// Does something that the window waits for off its thread, and what comes of it.
    pub(super) fn read_with<T: FnOnce(&mut Self) + Send + 'static>(
        &mut self,
        words: String,
        work: impl FnOnce() -> T + Send + 'static,
    ) {
        // Whatever becomes of it, what was typed before is kept.
        self.hand_over();
        self.jobs.start(Kind::Reading, words, move |_| {
            let then = work();
            Box::new(move |app: &mut Self, _: Window<'_>| then(app))
        });
    }

    /// Tells why a file was not read, and notes it without what stands in the file; what is open stays.
    pub(super) fn not_read(&mut self, path: &Path, why: &impl Debug, error: &impl Error) {
        self.keep_open();
        self.note_unread(path, why);
        self.complain(error.to_string());
    }

    /// Notes that a file was not read, without what stands in it.
    pub(super) fn note_unread(&self, path: &Path, why: &impl Debug) {
        let why = disk::log::kind(why);
        self.note(&format!("没有读 {}：{why}", path.display()));
    }

    /// Shows what was imported, with what could not be read.
    fn imported(&mut self, path: &Path, imported: Imported) {
        let notes = imported.lines().join("\n");
        let count = imported.not_placed.len();
        let review = Review::of(&imported, path);
        let open = self.session.as_ref().and_then(|open| open.path.clone());
        // Another report of the same file: what was open before is still what it was.
        let before = open.or_else(|| self.leaving.before_import.take());
        self.show_session(Session::fresh(imported.report, true));
        self.leaving.before_import = before;
        if review.is_some() {
            self.review = review;
            self.looking.findings_open = Some(true);
            return self.show_first_table();
        }
        match count {
            0 if notes.is_empty() => self.tell("已导入，请核对后保存为草稿".to_owned()),
            0 => {
                let text = format!("已导入，请核对后保存为草稿：\n{notes}");
                self.notice = Some(Notice::list(text, false));
            }
            n => {
                let text = format!("已导入，但有 {n} 格没有导入，请看原件后自己填写：\n{notes}");
                self.notice = Some(Notice::list(text, true));
            }
        }
    }

    /// Shows where an import is looked through first: the first table.
    fn show_first_table(&mut self) {
        let Some(session) = &self.session else { return };
        let sections = &session.form().sections;
        let first = sections
            .iter()
            .position(|section| matches!(section.body, Body::Table(_)));
        if let Some(section) = first {
            self.go_to_tab(Tab::Section(section));
        }
    }
}
