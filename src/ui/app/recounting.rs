//! The second count (复核) in the window.

use super::{App, Window};
use crate::draft;
use crate::form::CellIx;
use crate::report::{Edit, Notes, Recount};
use crate::ui::action::Intent;
use crate::ui::recount::Recounting;
use crate::ui::session::Session;
use crate::ui::view::View;

impl App {
    /// Shows the second count, the one that was begun if there is one.
    pub(super) fn open_recount(&mut self) {
        let Some(session) = &self.session else { return };
        self.recount
            .get_or_insert_with(|| Box::new(Recounting::new(session.report())));
        self.view = View::Recount;
    }

    /// Whether something was keyed that would be lost with the report.
    pub(super) fn has_half_a_recount(&self) -> bool {
        self.recount.as_ref().is_some_and(|count| count.has_begun())
    }

    /// Leaves the second count for a cell of the report; what was keyed stays.
    pub(super) fn leave_recount_for(&mut self, cell: CellIx) {
        self.close_view();
        self.jump_to_cell(cell);
    }

    /// Gives up what was keyed, and does what closes the report.
    pub(super) fn lose_recount(&mut self, intent: Intent, window: Window<'_>) {
        self.recount = None;
        self.want(intent, window);
    }

    /// Takes the second count down in the draft; it is over then.
    pub(super) fn keep_recount(&mut self, recount: Recount) {
        let Some(session) = &self.session else { return };
        let report = session.report();
        // It is of the numbers that were compared, and of no others.
        if !draft::recount_holds(&recount, report) {
            return self.complain("没有记下：比较以后数又改过，请再比较一次".to_owned());
        }
        let words = format!(
            "已记下：{}，{} 复核无误。请保存草稿",
            recount.name, recount.date
        );
        let notes = Notes {
            recount: Some(recount),
            ..report.notes().clone()
        };
        self.edit(Edit::notes(report, notes), Session::do_step);
        self.recount = None;
        self.close_view();
        self.tell(words);
    }
}
