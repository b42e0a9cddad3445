//! 交件 in the window.

use super::outputs::STILL_WRITING;
use super::{App, Window};
use crate::export::typeset::Faces;
use crate::handin::{self, HandedIn, HandinError};
use crate::ui::ask::{HandinChoice, Question, proposed_folder};
use crate::ui::job::Kind;
use crate::ui::notice::Notice;
use std::path::PathBuf;

impl App {
    /// Asks where the folder goes, and shows what is missing.
    pub(super) fn ask_handin(&mut self) {
        if self.jobs.is_running(Kind::Writing) {
            return self.complain(STILL_WRITING.to_owned());
        }
        if let Some(session) = &self.session {
            let folder = proposed_folder(session.path.as_deref());
            self.asking.question = Some(Question::Handin(HandinChoice::new(&folder, session)));
        }
    }

    /// Makes the folder of the report as it stands now.
    pub(super) fn hand_in(&mut self, folder: PathBuf) {
        let Some(report) = self.report().cloned() else {
            return;
        };
        let words = "正在交件……".to_owned();
        self.jobs.start(Kind::Writing, words, move |progress| {
            let mut goes_on = |name: &str| {
                progress.say(format!("正在写好并核对：{name}"));
                !progress.is_given_up()
            };
            let made = handin::make(&report, &folder, Faces::of_this_pc(), &mut goes_on);
            Box::new(move |app: &mut Self, _: Window<'_>| app.handed_in(made))
        });
    }

    /// Says how it ended.
    fn handed_in(&mut self, made: Result<HandedIn, HandinError>) {
        let done = match made {
            Ok(done) => done,
            Err(error) => return self.complain(error.to_string()),
        };
        let text = format!(
            "已交件：{} 个文件都读回来核对过，放在 {}",
            done.files.len(),
            done.folder.display()
        );
        let notice = Notice::told(text, None).with_warnings(&done.remarks);
        let file = done.files.last().filter(|_| self.desktop).cloned();
        self.notice = Some(notice.with_file(file));
    }
}
