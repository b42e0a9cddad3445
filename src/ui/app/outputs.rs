//! What leaves the window as files and pages: export, preview, printing.

use super::{App, Window};
use crate::disk::{self, Home};
use crate::draft;
use crate::export::typeset::Faces;
use crate::export::{self, Document, Format};
use crate::form::Level;
use crate::ui::ask::{Question, proposed_folder};
use crate::ui::dialogs::{Answer, Purpose};
use crate::ui::exporting::{ExportChoice, Outcome, Target, export_into};
use crate::ui::job::Kind;
use crate::ui::notice::Notice;
use crate::ui::preview::Preview;
use crate::ui::session::Session;
use crate::ui::unused::unused;
use crate::ui::view::View;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Said when files are to be written while others are.
pub(super) const STILL_WRITING: &str = "上一次的文件还没有写完，请等一会儿再来";

impl App {
    /// Asks into which files the report is exported.
    pub(super) fn ask_export(&mut self) {
        if self.jobs.is_running(Kind::Writing) {
            return self.complain(STILL_WRITING.to_owned());
        }
        if let Some(session) = &self.session {
            let mut choice = ExportChoice::new(&proposed_folder(session.path.as_deref()));
            if let View::Preview(preview) = &self.view {
                choice.mark = preview.mark;
            }
            self.asking.question = Some(Question::Export(choice));
        }
    }

    /// Asks the system for the folder to export into.
    pub(super) fn choose_folder(&mut self, near: &Path, window: Window<'_>) {
        let near = near.join("_");
        let dialogs = &mut self.asking.dialogs;
        if let Some(answer) = dialogs.ask(Purpose::ExportFolder, Some(&near), "", window.native) {
            self.answered(answer, window);
        }
    }

    /// Takes the folder over, if the export or the folder to be handed in is still being asked about.
    pub(super) fn folder_chosen(&mut self, answer: &Answer) {
        let (folder, complaint) = match &mut self.asking.question {
            Some(Question::Export(choice)) => (&mut choice.folder, &mut choice.complaint),
            Some(Question::Handin(choice)) => (&mut choice.folder, &mut choice.complaint),
            _ => return,
        };
        match answer {
            Answer::Path { path, .. } => {
                *folder = path.to_string_lossy().into_owned();
                *complaint = None;
            }
            Answer::NoService(_) => {
                let text = "这台电脑没有可用的文件对话框，请输入文件夹的完整路径";
                *complaint = Some(text.to_owned());
            }
            Answer::Cancelled | Answer::Paths(_) => {}
        }
    }

    /// Exports as it was chosen; asks again where something stands against it.
    pub(super) fn export(&mut self, choice: ExportChoice) {
        let Some(session) = &self.session else { return };
        let stem = export::file_stem(session.report());
        let draft = session.path.clone();
        let mark = choice.mark;
        self.read_with("正在看导出的文件夹".to_owned(), move || {
            let settled = choice.settle(&stem, draft.as_deref());
            move |app: &mut Self| match settled {
                Ok(files) => app.export_into(files, mark),
                Err(again) => app.asking.question = Some(Question::Export(again)),
            }
        });
    }

    fn export_into(&mut self, files: Vec<Target>, mark: bool) {
        let Some(document) = self.document(mark) else {
            return;
        };
        let words = "正在导出……".to_owned();
        self.jobs.start(Kind::Writing, words, move |progress| {
            let outcome = export_into(&document, files, progress);
            Box::new(move |app: &mut Self, _: Window<'_>| app.exported(outcome))
        });
    }

    /// Says how an export ended.
    fn exported(&mut self, outcome: Outcome) {
        let file = outcome.file.filter(|_| self.desktop);
        let notice = match outcome.bad {
            true => Notice::list(outcome.text, true),
            false => Notice::told(outcome.text, None),
        };
        self.notice = Some(notice.with_warnings(&outcome.warnings).with_file(file));
    }

    /// The open report as it is printed and exported.
    fn document(&self, mark: bool) -> Option<Document> {
        let session = self.session.as_ref()?;
        let digest = draft::digest(session.report());
        Some(Document::new(
            session.report(),
            session.evaluation(),
            &digest,
            mark,
        ))
    }

    /// Shows the report as it will be printed.
    pub(super) fn open_preview(&mut self, ctx: &egui::Context) {
        if let (Some(document), Some(revision)) = (self.document(true), self.revision()) {
            self.view = View::Preview(Box::new(Preview::new(document, revision, true, ctx)));
        }
    }

    /// Lays the report out anew when it is previewed and has changed.
    pub(super) fn follow_report(&mut self, ctx: &egui::Context) {
        let (View::Preview(preview), Some(revision)) = (&self.view, self.revision()) else {
            return;
        };
        if preview.is_of(revision) {
            return;
        }
        let mark = preview.mark;
        if let Some(document) = self.document(mark)
            && let View::Preview(preview) = &mut self.view
        {
            let anew = Preview::new(document, revision, mark, ctx);
            **preview = anew.at_place_of(preview);
        }
    }

    /// Prints; asks first if something must still be corrected.
    pub(super) fn ask_print(&mut self) {
        let errors = |session: &Session| session.evaluation().count(Level::Error) > 0;
        if self.session.as_ref().is_some_and(errors) {
            self.asking.question = Some(Question::Print);
        } else {
            self.print();
        }
    }

    /// Writes the PDF and hands it to the system's viewer, which prints it.
    pub(super) fn print(&mut self) {
        if self.jobs.is_running(Kind::Writing) {
            return self.complain(STILL_WRITING.to_owned());
        }
        let mark = match &self.view {
            View::Preview(preview) => preview.mark,
            _ => true,
        };
        let (Some(session), Some(document)) = (&self.session, self.document(mark)) else {
            return;
        };
        let name = export::file_name(session.report(), Format::Pdf);
        let (home, desktop) = (self.recording.home.clone(), self.desktop);
        let words = "正在打印……".to_owned();
        self.jobs.start(Kind::Writing, words, move |_| {
            let notice = match write_for_printing(&document, &name, &home) {
                Err(text) => Notice::complaint(text),
                Ok((path, remark)) => handed_on(&path, remark, desktop),
            };
            Box::new(move |app: &mut Self, _: Window<'_>| {
                let revision = app.revision().filter(|_| !notice.bad);
                app.notice = Some(Notice { revision, ..notice });
            })
        });
    }
}

/// Writes the PDF into the program's own folder; with what is missing in it.
fn write_for_printing(
    document: &Document,
    name: &str,
    home: &Home,
) -> Result<(PathBuf, Option<String>), String> {
    let written = Format::Pdf
        .write_document(document, Faces::of_this_pc())
        .map_err(|error| error.to_string())?;
    let folder = home
        .printing()
        .map_err(|error| format!("没有打印：{}", disk::io_reason(&error)))?;
    // One that is still open in a viewer cannot be replaced everywhere; the others are no longer needed.
    for old in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
        let _ = std::fs::remove_file(old.path());
    }
    let path = unused(folder.join(name));
    export::save_new(&written.bytes, &path).map_err(|error| error.to_string())?;
    Ok((path, written.remark()))
}

/// Has the desktop open a file or a folder; whether it did, as far as it says so: one that is still at it after a while has
/// found a program.
pub(super) fn is_opened(path: &Path) -> bool {
    const PATIENCE: Duration = Duration::from_secs(3);
    let opened = match cfg!(windows) {
        // There it ends with an error in the end even where it has opened something.
        true => open::that_detached(path),
        false => open::that_detached_with_timeout(path, PATIENCE),
    };
    opened.is_ok()
}

/// Opens the PDF in the system's viewer, and what is said of it.
fn handed_on(path: &Path, remark: Option<String>, desktop: bool) -> Notice {
    let opened = !desktop || is_opened(path);
    let path = path.display();
    let text = if opened {
        format!("已在 PDF 阅读器里打开，请在那里打印：{path}")
    } else {
        format!("没有找到能打开 PDF 的程序，请用别的电脑打印这个文件：{path}")
    };
    let notice = match opened {
        true => Notice::told(text, None),
        false => Notice::complaint(text),
    };
    notice.with_warnings(remark.as_slice())
}
