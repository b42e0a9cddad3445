//! Files that are asked for, and what is answered to questions.

use super::files::is_draft;
use super::{App, Window};
use crate::ui::action::{Action, Actions, Intent};
use crate::ui::ask::{self, PathField, Question};
use crate::ui::dialogs::{Answer, Purpose};
use crate::ui::job::Kind;
use crate::ui::session::Session;
use crate::{draft, export};
use std::path::{Path, PathBuf};

impl App {
    /// Shows the question that is open; an answer closes it.
    pub(super) fn question_ui(&mut self, ctx: &egui::Context, actions: &mut Actions) {
        let Some(question) = &mut self.asking.question else {
            return;
        };
        if let Some(answer) = ask::question_ui(ctx, question, self.session.as_ref()) {
            // A folder is chosen, something is taken over for the question that asks for it.
            let stays = matches!(answer, Action::ChooseFolder(_) | Action::TakePublished(_));
            if !stays {
                self.asking.question = None;
            }
            actions.push(answer);
        }
    }

    pub(super) fn ask_file(&mut self, purpose: Purpose, window: Window<'_>) {
        if self.asking.dialogs.is_open() {
            return;
        }
        // Whatever becomes of the dialog, what was typed before is kept.
        self.hand_over();
        let (near, name) = match &self.session {
            Some(session) => {
                let name = export::file_stem(session.report()) + "." + draft::EXTENSION;
                (session.path.clone(), name)
            }
            None => (None, String::new()),
        };
        let name = match purpose {
            Purpose::SaveChart => self.chart_name().unwrap_or_default(),
            _ => name,
        };
        if let Some(answer) =
            self.asking
                .dialogs
                .ask(purpose, near.as_deref(), &name, window.native)
        {
            self.answered(answer, window);
        }
    }

    pub(super) fn answered(&mut self, answer: Answer, window: Window<'_>) {
        if matches!(
            self.asking.question,
            Some(Question::Export(_) | Question::Handin(_))
        ) {
            return self.folder_chosen(&answer);
        }
        match answer {
            Answer::Paths(paths) => self.add_years(paths),
            Answer::Cancelled => self.leaving.after_save = None,
            Answer::NoService(purpose) => {
                let session = self.session.as_ref();
                let own = session.and_then(|session| session.path.as_deref());
                let name = match purpose {
                    Purpose::SaveChart => self.chart_name(),
                    _ => session.map(|session| export::file_stem(session.report())),
                };
                self.asking.question = Some(Question::Path(PathField::new(
                    purpose,
                    own,
                    self.asking.last_folder.as_deref(),
                    name.as_deref(),
                )));
            }
            Answer::Path {
                purpose,
                path,
                asked,
            } if asked || !purpose.saves() => self.use_path(purpose, &path, window),
            Answer::Path { purpose, path, .. } => self.use_if_new(purpose, path),
        }
    }

    pub(super) fn use_path(&mut self, purpose: Purpose, path: &Path, window: Window<'_>) {
        self.asking.last_folder = path.parent().map(Path::to_owned);
        match purpose {
            // Something may have been typed while the dialog stood open.
            Purpose::OpenDraft if is_draft(path) => {
                self.want(Intent::OpenPath(path.to_owned()), window);
            }
            Purpose::OpenDraft => self.want(Intent::ImportPath(path.to_owned()), window),
            Purpose::SaveDraft => self.save_to(&absolute(path), false),
            Purpose::Import => self.want(Intent::ImportPath(path.to_owned()), window),
            Purpose::LastYear => self.roll_over(path),
            Purpose::Published => self.check_published(path),
            Purpose::AddYear => self.add_typed_years(path),
            Purpose::SaveChart => self.save_chart(path),
            // Taken over by the question that it was chosen for.
            Purpose::ExportFolder => {}
        }
    }

    /// Uses a file that was typed; asks first if it would be replaced.
    pub(super) fn use_typed(&mut self, purpose: Purpose, path: PathBuf, window: Window<'_>) {
        let path = absolute(&path);
        let own = |session: &Session| session.path.as_ref() == Some(&path);
        let saving_again = purpose == Purpose::SaveDraft && self.session.as_ref().is_some_and(own);
        match purpose.saves() && !saving_again {
            true => self.use_if_new(purpose, path),
            false => self.use_path(purpose, &path, window),
        }
    }

    /// Uses the path if nothing is there, and asks if something is; its folder may not answer.
    fn use_if_new(&mut self, purpose: Purpose, path: PathBuf) {
        // Whatever becomes of it, what was typed before is kept.
        self.hand_over();
        let words = "正在看有没有同名的文件".to_owned();
        self.jobs.start(Kind::Reading, words, move |_| {
            let (is_folder, is_there) = (path.is_dir(), path.exists());
            Box::new(move |app: &mut Self, window: Window<'_>| {
                if is_folder {
                    let field = PathField::complaining(purpose, &path, "请写到文件名为止");
                    app.asking.question = Some(Question::Path(field));
                } else if is_there {
                    app.asking.question = Some(Question::Overwrite(purpose, path));
                } else {
                    app.use_path(purpose, &path, window);
                }
            })
        });
    }

    /// While the system's dialog is open, offers a way out in case it never answers.
    pub(super) fn dialogs_wait(&mut self, window: Window<'_>) {
        if self.asking.dialogs.is_open()
            && ask::waiting_ui(window.ctx)
            && let Some(answer) = self.asking.dialogs.give_up()
        {
            self.answered(answer, window);
        }
    }
}

/// A path as it leads there from every folder.
fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}
