//! Carrying out what the parts of the window ask for.

use super::looking::Changed;
use super::outputs::is_opened;
use super::{App, Window};
use crate::report::Edit;
use crate::ui::action::Action;
use crate::ui::ask::{Parts, Question};
use crate::ui::clipboard;
use crate::ui::dialogs::Purpose;
use crate::ui::job::Kind;
use crate::ui::mending::Mending;
use crate::ui::session::Session;
use crate::ui::zoom;
use std::path::Path;

impl App {
    /// Carries out actions, in order.
    pub(super) fn carry_out(&mut self, actions: Vec<Action>, window: Window<'_>) {
        for action in actions {
            self.act(action, window);
        }
    }

    fn act(&mut self, action: Action, window: Window<'_>) {
        match action {
            Action::Command(command) if self.can(command) => self.execute(command, window),
            Action::Command(_) => {}
            Action::Leave(intent) => self.want(intent, window),
            Action::CloseView => self.close_view(),
            Action::GoTo(tab) => self.go_to_tab(tab),
            Action::ShowCell(cell) => self.jump_to_cell(cell),
            Action::ShowText(text, range) => self.point_at_text(text, range),
            Action::ShowFinding(index) => self.jump_to_finding(index),
            Action::ZoomSheet(zoom) => self.settings.sheet = zoom,
            Action::ZoomAll(times) => window.ctx.set_zoom_factor(zoom::within(times)),
            Action::Replace(places, words) => self.replace(&places, &words),
            Action::CloseFind => self.looking.find = None,
            Action::Edit(edit) => self.edit(edit, Session::apply),
            Action::Step(edit) => self.edit(edit, Session::do_step),
            Action::LeaveBehind => self.on_session(|session| session.following.dismiss()),
            Action::PauseTyping => self.on_session(Session::pause),
            Action::Insert(text, composed) => self.insert(text, &composed),
            Action::TakeLast(text, paragraph) => self.take_last(text, &paragraph),
            Action::Mend(mending) => self.mend(&mending, window),
            Action::Paste { table, text } => self.paste(table, &text),
            Action::Place(placed) => self.place(&placed),
            Action::AskParts(cell) => {
                let parts = self.report().map(|report| Parts::new(report, cell));
                self.asking.question = parts.map(Question::Parts);
            }
            Action::AskNumber(text, byte) => self.ask_number(text, byte),
            Action::Write { edit, text, show } => self.write(edit, text, show),
            Action::WalkBehind => self.walk_behind(),
            Action::CopyBlock(block) => clipboard::copy_block(window.ctx, &block, self.desktop),
            Action::CopyTable(table) => self.copy_table(table, window),
            Action::Complain(words) => self.complain(words),
            Action::TakePublished(take) => self.take_published(take),
            Action::FinishReview => self.review = None,
            Action::GiveUpImport => self.give_up_import(window),
            Action::ReadOther(path, wanted) => self.read_other(path, wanted, window),
            Action::KeepRecount(recount) => self.keep_recount(recount),
            Action::LeaveRecountFor(cell) => self.leave_recount_for(cell),
            Action::LoseRecount(intent) => self.lose_recount(intent, window),
            Action::HandIn(folder) => self.hand_in(folder),
            Action::AskPrint => self.ask_print(),
            Action::Print => self.print(),
            Action::Export(choice) => self.export(choice),
            Action::ChooseFolder(folder) => self.choose_folder(&folder, window),
            Action::AddYear => self.ask_file(Purpose::AddYear, window),
            Action::CopyChart(nth) => self.copy_chart(nth, window),
            Action::AddYears(paths) => self.add_years(paths),
            Action::Tell(words) => self.tell(words),
            Action::SaveChart(nth) => self.ask_chart_file(nth, window),
            Action::Cancel => self.leaving.after_save = None,
            Action::Create(report) => self.show_session(Session::fresh(*report, true)),
            Action::SaveFirst(intent) => self.save_first(intent, window),
            Action::Discard(intent) => self.discard(intent, window),
            Action::UsePath {
                purpose,
                path,
                replaces,
            } => match replaces {
                true => self.use_path(purpose, &path, window),
                false => self.use_typed(purpose, path, window),
            },
            Action::SaveTo(path) => self.save_to(&path, true),
            Action::SaveElsewhere => self.ask_file(Purpose::SaveDraft, window),
            Action::Recover(index) => self.recover(index),
            Action::AskThrowAway(index) => self.ask_throw_away(index),
            Action::ThrowAway(index) => self.throw_away(index),
            Action::OpenSaved(path) => self.open_saved(&path),
            Action::ChooseLastYear => self.ask_file(Purpose::LastYear, window),
            Action::RollOverOpen => self.roll_over_open(),
            Action::BringLastYear(prior) => self.bring_last_year(prior),
            Action::ChooseRenderer(renderer) => self.choose_renderer(renderer),
            Action::GiveUp(kind) => self.give_up(kind),
            Action::DismissNotice => self.notice = None,
            Action::TroublesSeen => self.troubles.seen(),
            Action::OpenFolder(folder) => self.open_folder(&folder),
        }
    }

    /// Gives up what is done off the window's thread.
    fn give_up(&mut self, kind: Kind) {
        if kind == Kind::Saving {
            // What has begun to be saved is saved; only what waits for it is given up.
            if self.leaving.after_save.take().is_some() {
                self.tell("不再等；草稿还在保存".to_owned());
            }
        } else if self.jobs.give_up(kind) {
            if kind == Kind::Reading {
                // A save that was still to find its file has ended here, and what waited for it with it.
                self.leaving.after_save = None;
            }
            self.keep_open();
            self.tell(match kind {
                Kind::Writing => {
                    "已取消；导出时已经写好的文件留着，没写完的交件文件夹不留".to_owned()
                }
                _ => "已取消，打开着的没有变".to_owned(),
            });
        }
    }

    /// Does an edit; one that was made for a state which is no longer there is refused, and that is said.
    pub(super) fn edit(&mut self, edit: Edit, act: fn(&mut Session, Edit) -> bool) {
        let wanted = !edit.is_empty();
        let done = self
            .session
            .as_mut()
            .is_some_and(|session| act(session, edit));
        if wanted && !done {
            self.complain("刚才的改动没有做：这里的内容已经变了，请看一看再改".to_owned());
        }
    }

    pub(super) fn on_session<T>(&mut self, act: impl FnOnce(&mut Session) -> T) {
        if let Some(session) = &mut self.session {
            act(session);
        }
    }

    /// Mends a finding. What is being typed goes into the report first, and the edit is made for that.
    fn mend(&mut self, mending: &Mending, window: Window<'_>) {
        if !self.commit() {
            return;
        }
        let Some(session) = &mut self.session else {
            return;
        };
        let edit = mending.edit(session);
        self.looking.changed = session
            .do_step(edit.clone())
            .then(|| Changed::by(&edit, session, window.ctx))
            .flatten();
        self.looking.select_none();
    }

    fn open_folder(&mut self, folder: &Path) {
        let folder = folder.to_owned();
        let words = "正在打开文件夹……".to_owned();
        self.jobs.start(Kind::Opening, words, move |_| {
            let opened = is_opened(&folder);
            Box::new(move |app: &mut Self, _: Window<'_>| {
                if !opened {
                    let folder = folder.display();
                    app.complain(format!("打不开文件夹，请自己到这里找：{folder}"));
                }
            })
        });
    }
}

#[cfg(test)]
mod tests {
    use super::super::{App, Surroundings, Window};
    use crate::disk::Home;
    use crate::ui::action::Intent;
    use crate::ui::job::Kind;
    use crate::ui::session::Session;
    use std::sync::mpsc;

    /// The window was to close once the draft is saved. The look for a file of the same name does not end, as on a network
    /// drive that does not answer; it is given up, and a later save closes nothing.
    #[test]
    fn giving_up_what_a_save_needs_first_gives_up_what_waited_for_the_save() {
        let folder = tempfile::tempdir().unwrap();
        let ctx = egui::Context::default();
        crate::ui::theme::install(&ctx);
        let surroundings = Surroundings {
            desktop: false,
            home: Home::at(folder.path().join("own")),
            ..Surroundings::default()
        };
        let mut app = App::new(&ctx, &surroundings);
        let form = crate::form::by_id("2021").unwrap();
        app.show_session(Session::fresh(
            crate::report::Report::new(form, "某局", 2024),
            true,
        ));
        app.leaving.after_save = Some(Intent::Close);
        let (let_go, waits) = mpsc::channel::<()>();
        app.jobs.start(
            Kind::Reading,
            "正在看有没有同名的文件".to_owned(),
            move |_| {
                let _ = waits.recv();
                Box::new(|_: &mut App, _: Window<'_>| {})
            },
        );
        app.give_up(Kind::Reading);
        assert!(!app.jobs.is_running(Kind::Reading));
        app.save_to(&folder.path().join("年报.ron"), false);
        while app.is_working() {
            std::thread::sleep(std::time::Duration::from_millis(2));
            let mut drawn = ctx.run_ui(egui::RawInput::default(), |ui| app.ui(ui, None));
            drawn.textures_delta.clear();
        }
        assert!(app.report().is_some(), "the report was closed");
        assert!(!app.is_dirty());
        drop(let_go);
    }
}
