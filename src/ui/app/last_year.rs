//! Last year's report: choosing it, beginning a new year from it, bringing its figures into the open report.

use super::{App, Window};
use crate::form;
use crate::import;
use crate::report::{Prior, Report};
use crate::rollover::{self, NewYear};
use crate::ui::ask::Question;
use crate::ui::beginning::Beginning;
use crate::ui::dialogs::Purpose;
use crate::ui::notice::Notice;
use crate::ui::session::Session;
use crate::{draft, export};
use std::path::Path;
use std::sync::Arc;

impl App {
    /// Asks from which report the new year begins: the open one or a file.
    pub(super) fn ask_last_year(&mut self, window: Window<'_>) {
        if self.session.is_none() {
            self.ask_file(Purpose::LastYear, window);
        } else if self.commit() {
            self.asking.question = Some(Question::WhichLastYear);
        }
    }

    /// Begins the year after the open report's.
    pub(super) fn roll_over_open(&mut self) {
        let Some(session) = &self.session else { return };
        let report = session.report();
        let source = session.path.as_deref().and_then(Path::file_name);
        let source = source.map_or_else(
            || export::file_stem(report),
            |name| name.to_string_lossy().into_owned(),
        );
        let sha256 = draft::digest(report);
        let report = report.clone();
        self.offer_new_year(&report, &source, &sha256, Vec::new());
    }

    /// Reads last year's report from a file of any kind.
    pub(super) fn roll_over(&mut self, path: &Path) {
        self.read(
            path,
            import::from_file_with_sha256,
            |app, path, read| match read {
                Err(error) => app.not_read(path, &error.why, &error),
                Ok((imported, sha256)) => {
                    let source = path.file_name().unwrap_or_default().to_string_lossy();
                    app.offer_new_year(&imported.report, &source, &sha256, imported.lines());
                }
            },
        );
    }

    fn offer_new_year(&mut self, last: &Report, source: &str, sha256: &str, remarks: Vec<String>) {
        match rollover::begin(last, source, sha256) {
            Err(what) => self.complain(what),
            Ok(NewYear { report, mapping }) => {
                // What was said of another file is over.
                self.notice = None;
                self.asking.question = Some(Question::NewYear(Box::new(Beginning {
                    report,
                    said: "新年度的草稿已建好，记得保存。",
                    lines: mapping.lines(),
                    remarks,
                })));
            }
        }
    }

    /// Asks whether the open report shall go onto the form of its year.
    pub(super) fn ask_change_form(&mut self) {
        if !self.commit() {
            return;
        }
        let Some(report) = self.report() else { return };
        let Some(form) = form::by_year(report.year()) else {
            return;
        };
        let (report, mapping) = rollover::onto_form(report, &form);
        self.asking.question = Some(Question::ChangeForm(Box::new(Beginning {
            report,
            said: "已换了格式，请核对后保存为一份草稿；原来那份的文件没有动。",
            lines: mapping.lines(),
            remarks: Vec::new(),
        })));
    }

    /// Shows the new year's report, with what became of last year's and what of its file was not read.
    pub(super) fn begin(&mut self, beginning: Beginning) {
        self.show_session(Session::fresh(beginning.report, true));
        let remarks = beginning.remarks.into_iter();
        let remarks = remarks.map(|line| format!("上年的文件：{line}"));
        let lines: Vec<String> = beginning.lines.into_iter().chain(remarks).collect();
        let text = format!("{}\n{}", beginning.said, lines.join("\n"));
        self.notice = Some(Notice::list(text, false));
    }

    /// Brings last year's figures into the open report.
    pub(super) fn bring_last_year(&mut self, prior: Arc<Prior>) {
        let Some(session) = &mut self.session else {
            return;
        };
        let edit = rollover::bring(session.report(), prior);
        let filled = rollover::cells_filled(&edit);
        session.do_step(edit);
        self.settings.hides_last = false;
        let filled = match filled {
            0 => String::new(),
            n => format!("，按上年填好 {n} 格"),
        };
        self.tell(format!("已带入上年数{filled}；按 Ctrl+Z 可以整个撤销"));
    }

    /// Shows last year beside this one or no longer; without last year's figures asks for them.
    pub(super) fn toggle_last(&mut self, window: Window<'_>) {
        if self.report().and_then(Report::last_year).is_some() {
            self.settings.hides_last = !self.settings.hides_last;
            self.keep_settings();
        } else if self.commit() {
            self.ask_file(Purpose::LastYear, window);
        }
    }
}
