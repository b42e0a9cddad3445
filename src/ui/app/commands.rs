//! Commands: whether one can be carried out now, and carrying it out.

use super::{App, Window};
use crate::report::History;
use crate::ui::action::Intent;
use crate::ui::ask::Question;
use crate::ui::command::Command;
use crate::ui::dialogs::Purpose;
use crate::ui::find::Find;
use crate::ui::session::Session;
use crate::ui::view::View;

impl App {
    /// Carries out a command.
    pub(super) fn execute(&mut self, command: Command, window: Window<'_>) {
        match command {
            Command::New => self.want(Intent::New, window),
            Command::NewYear => self.ask_last_year(window),
            Command::Open => self.want(Intent::Open, window),
            Command::Import => self.want(Intent::Import, window),
            Command::Save => self.save(window),
            Command::SaveAs if self.commit() => self.ask_file(Purpose::SaveDraft, window),
            Command::Export if self.commit() => self.ask_export(),
            Command::Preview if self.commit() => self.open_preview(window.ctx),
            Command::Undo => self.undo_redo(Session::undo),
            // What is half-typed comes first: it is newer than what was undone.
            Command::Redo if self.commit() => self.undo_redo(Session::redo),
            Command::ToggleFindings => {
                self.looking.findings_open = Some(!self.looking.shows_findings(window.ctx));
            }
            Command::ToggleLast => self.toggle_last(window),
            Command::ChangeForm => self.ask_change_form(),
            Command::Years => self.open_years(),
            Command::CheckPublished if self.commit() => self.ask_file(Purpose::Published, window),
            Command::PutNumber => self.put_number(),
            Command::Handin if self.commit() => self.ask_handin(),
            Command::Recount if self.commit() => self.open_recount(),
            Command::Find => self.looking.find = Some(Find::finding(self.looking.find.take())),
            Command::Replace => self.looking.find = Some(Find::replacing(self.looking.find.take())),
            Command::Compose => self.ask_passage(),
            Command::Help => self.asking.question = Some(Question::Keys),
            Command::About => self.show_about(),
            Command::NextFinding => self.walk_findings(1, window.ctx),
            Command::PreviousFinding => self.walk_findings(-1, window.ctx),
            Command::Answer => self.answer_finding(window.ctx),
            Command::NextPart => self.walk_parts(1, window.ctx),
            Command::PreviousPart => self.walk_parts(-1, window.ctx),
            Command::NextTab | Command::PreviousTab if matches!(self.view, View::Recount) => {
                let back = command == Command::PreviousTab;
                self.recount.iter_mut().for_each(|count| count.turn(back));
            }
            Command::NextTab => self.walk_tabs(1),
            Command::PreviousTab => self.walk_tabs(-1),
            Command::CheckPublished
            | Command::Recount
            | Command::SaveAs
            | Command::Export
            | Command::Handin
            | Command::Preview
            | Command::Redo => {}
        }
    }

    /// Whether a command can be carried out now.
    pub(super) fn can(&self, command: Command) -> bool {
        let history = self.session.as_ref().map(Session::history);
        match command {
            Command::New
            | Command::NewYear
            | Command::Open
            | Command::Import
            | Command::Years
            | Command::Help
            | Command::About => true,
            // What they would change is not in sight.
            Command::Undo | Command::Redo if matches!(self.view, View::Years | View::Recount) => {
                false
            }
            Command::NextTab | Command::PreviousTab if matches!(self.view, View::Recount) => true,
            // They are about what the preview or the comparison covers.
            Command::ToggleFindings
            | Command::ToggleLast
            | Command::PutNumber
            | Command::Find
            | Command::Replace
            | Command::Compose
            | Command::NextFinding
            | Command::PreviousFinding
            | Command::Answer
            | Command::NextPart
            | Command::PreviousPart
            | Command::NextTab
            | Command::PreviousTab
                if self.view.is_cover() =>
            {
                false
            }
            Command::Undo => history.is_some_and(History::can_undo),
            Command::Redo => history.is_some_and(History::can_redo),
            Command::Compose => self.text_to_compose().is_some(),
            _ => history.is_some(),
        }
    }
}
