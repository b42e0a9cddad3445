//! Carrying out what the parts of the window ask for.

use super::{App, Window};
use crate::ui::action::Action;
use crate::ui::dialogs::Purpose;
use crate::ui::mending::Mending;
use crate::ui::modals::Modal;

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
            Action::ShowText(text, range) => self.jump_to_text(text, range),
            Action::ShowFinding(index) => self.jump_to_finding(index),
            Action::CloseFind => self.looking.find = None,
            Action::Edit(edit) => {
                if let Some(session) = &mut self.session {
                    session.apply(edit);
                }
            }
            Action::PauseTyping => {
                if let Some(session) = &mut self.session {
                    session.pause();
                }
            }
            Action::Mend(mending) => self.mend(&mending),
            Action::Paste { table, text } => self.paste(table, &text),
            Action::AskParts(cell) => {
                let report = self.report();
                self.asking.question = report.map(|report| Modal::parts(report, cell));
            }
            Action::CopyBlock(block) => {
                crate::ui::clipboard::copy_block(window.ctx, &block, self.desktop);
            }
            Action::CopyTable(table) => self.copy_table(table, window),
            Action::FinishReview => self.review = None,
            Action::GiveUpImport => self.give_up_import(),
            Action::AskPrint => self.ask_print(),
            Action::AddYear => self.ask_file(Purpose::AddYear, window),
            Action::SaveChart(nth) => {
                self.years.saving = Some(nth);
                self.ask_file(Purpose::SaveChart, window);
            }
            Action::DismissNotice => self.notice = None,
            Action::OpenFolder(folder) => {
                if open::that_detached(&folder).is_err() {
                    let folder = folder.display();
                    self.complain(format!("打不开文件夹，请自己到这里找：{folder}"));
                }
            }
        }
    }

    /// Mends a finding. What is being typed goes into the report first, and the edit is made for that.
    fn mend(&mut self, mending: &Mending) {
        if !self.commit() {
            return;
        }
        if let Some(session) = &mut self.session {
            let edit = mending.edit(session);
            session.do_step(edit);
        }
        self.looking.selected = None;
    }
}
