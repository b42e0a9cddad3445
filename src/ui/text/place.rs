//! What stands at a place of a text, and what can be done with it.

use crate::check::{self, Recognised};
use crate::form::TextIx;
use crate::prose::number_around;
use crate::report::Edit;
use crate::ui::action::{Action, Actions};
use crate::ui::session::Session;
use egui::Ui;
use std::ops::Range;

/// What stands at a place of a text.
pub struct AtPlace<'a> {
    /// The number there, if it is one of the tables or could be.
    pub number: Option<&'a Recognised>,
    /// The number there with its unit, if it was decided to be none of the tables'.
    pub ruled_out: Option<Range<usize>>,
    /// The digits there, whatever they say.
    pub digits: Option<Range<usize>>,
}

impl<'a> AtPlace<'a> {
    /// What stands at a byte of a text, or ends there.
    pub fn of(session: &'a Session, text: TextIx, byte: usize) -> Self {
        let touches = |at: &Range<usize>| at.start <= byte && byte <= at.end;
        let report = session.report();
        let ruled_out = check::ruled_out(report, text).into_iter();
        let words = report.text(text);
        let number = |at: Option<(usize, char)>| {
            let (start, c) = at?;
            // Only digits: Chinese characters that count mostly mean something else.
            let is_one = crate::prose::is_digit(c);
            is_one.then(|| number_around(words, start..start + c.len_utf8()))?
        };
        let behind = words.get(byte..).unwrap_or_default().chars().next();
        let before = words.get(..byte).unwrap_or_default().char_indices();
        let digits = number(behind.map(|c| (byte, c))).or_else(|| number(before.last()));
        let numbers = session.recognised(text).iter();
        let number = numbers.into_iter().find(|number| touches(&number.at));
        let digits = digits.or_else(|| number?.digits.clone());
        Self {
            number,
            ruled_out: ruled_out.into_iter().find(touches),
            digits: digits.filter(|at| !is_share(words, at)),
        }
    }

    /// Whether it says something of a number.
    pub fn is_number(&self) -> bool {
        self.number.is_some() || self.ruled_out.is_some() || self.digits.is_some()
    }
}

/// The digits at a byte of a text, or those that end there, which can be linked.
pub fn digits_at(session: &Session, text: TextIx, byte: usize) -> Option<Range<usize>> {
    AtPlace::of(session, text, byte)
        .digits
        .filter(|at| at.start <= byte && byte <= at.end)
}

/// Whether a number is followed by %: it is the number of no cell.
fn is_share(words: &str, at: &Range<usize>) -> bool {
    words[at.end..].trim_start().starts_with(['%', '％', '‰'])
}

/// What can be done at a place of a text.
pub fn menu_ui(ui: &mut Ui, session: &Session, text: TextIx, byte: usize, actions: &mut Actions) {
    ui.set_min_width(150.0);
    let at = AtPlace::of(session, text, byte);
    let report = session.report();
    // The keyboard goes back to where it was.
    let done = |edit: Edit, actions: &mut Actions| {
        let show = byte..byte;
        actions.push(Action::Write { edit, text, show });
    };
    let cell = at.number.and_then(|number| number.meanings.first());
    if let Some(&cell) = cell.and_then(|meaning| meaning.cells.first())
        && ui.button("看这一格").clicked()
    {
        actions.push(Action::ShowCell(cell));
    }
    if at.digits.is_some() && ui.button("连到表里的数……").clicked() {
        actions.push(Action::AskNumber(text, byte));
    }
    let linked = at.digits.clone().filter(|digits| {
        let mut links = report.links(text).iter();
        links.any(|link| link.at == *digits)
    });
    if let Some(digits) = linked
        && ui.button("取消连接").clicked()
    {
        done(Edit::link(report, text, digits, None), actions);
    }
    if let Some(number) = at.number
        && ui.button("不是表里的数").clicked()
    {
        done(check::rule_out(report, text, &number.at, true), actions);
    }
    if let Some(out) = &at.ruled_out
        && ui.button("仍与表格核对").clicked()
    {
        done(check::rule_out(report, text, out, false), actions);
    }
    if at.digits.is_none() && ui.button("插入表中的数……").clicked() {
        actions.push(Action::AskNumber(text, byte));
    }
}
