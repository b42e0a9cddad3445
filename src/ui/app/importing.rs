//! Importing a report from a file of any kind.

use super::App;
use crate::form::Body;
use crate::import;
use crate::ui::notice::Notice;
use crate::ui::review::Review;
use crate::ui::session::Session;
use crate::ui::tab::Tab;
use std::path::Path;

impl App {
    pub(super) fn import(&mut self, path: &Path) {
        match import::from_file(path) {
            Err(error) => self.complain(error.to_string()),
            Ok(imported) => {
                let lost = imported.problems();
                let remarks = imported.remarks.join("\n");
                let count = imported.not_placed.len();
                let source = path.file_name().unwrap_or_default().to_string_lossy();
                let review = Review::of(&imported, source.into_owned());
                let before = self.session.as_ref().and_then(|open| open.path.clone());
                self.show_session(Session::fresh(imported.report, true));
                self.leaving.before_import = before;
                if review.is_some() {
                    self.review = review;
                    self.looking.findings_open = Some(true);
                    return self.show_first_table();
                }
                match count {
                    0 if remarks.is_empty() => self.tell("已导入，请核对后保存为草稿".to_owned()),
                    0 => {
                        let text = format!("已导入，请核对后保存为草稿：\n{remarks}");
                        self.notice = Some(Notice::list(text, false));
                    }
                    n => {
                        let lost = [remarks, lost.join("\n")].join("\n");
                        let lost = lost.trim_start();
                        let text =
                            format!("已导入，但有 {n} 格没有导入，请看原件后自己填写：\n{lost}");
                        self.notice = Some(Notice::list(text, true));
                    }
                }
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
