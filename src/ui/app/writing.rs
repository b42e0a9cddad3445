//! Words that the program puts into the texts where it is asked to.

use super::App;
use crate::compose::{Composed, TakenOver, offered, take_over};
use crate::form::{Body, TextIx};
use crate::prose;
use crate::report::Edit;
use crate::ui::ask::{Passages, Question};
use crate::ui::tab::Tab;
use std::ops::Range;

impl App {
    /// The text in sight, if something can be written into it from the tables.
    pub(super) fn text_to_compose(&self) -> Option<TextIx> {
        let form = self.session.as_ref()?.form();
        let Tab::Section(section) = self.looking.tab else {
            return None;
        };
        match form.sections[section].body {
            Body::Text(text) => offered(form, text).next().map(|_| text),
            Body::Table(_) => None,
        }
    }

    /// Asks which paragraph is written.
    pub(super) fn ask_passage(&mut self) {
        let passages = self.text_to_compose().map(Passages::new);
        self.asking.question = passages.map(Question::Passages);
    }

    /// Puts words into a text where the caret is.
    pub(super) fn insert(&mut self, text: TextIx, composed: &Composed) {
        let Some(session) = &mut self.session else {
            return;
        };
        let now = session.report().text(text);
        let caret = self.looking.texts.caret_in(text).unwrap_or(now.len());
        let caret = if now.is_char_boundary(caret) {
            caret
        } else {
            now.len()
        };
        let (before, behind) = now.split_at(caret);
        let gap = if ends_heading(before, behind) {
            "\n"
        } else {
            ""
        };
        let whole = format!("{before}{gap}{}{behind}", composed.words);
        let start = caret + gap.len();
        session.do_step(Edit::text(session.report(), text, &whole));
        self.show_new(text, start..start + composed.words.len());
        self.tell("已按表里的数写进正文，请接着改；Ctrl+Z 撤销".to_owned());
    }

    /// Takes over a paragraph of last year's text where it belongs in the order.
    pub(super) fn take_last(&mut self, text: TextIx, paragraph: &Range<usize>) {
        let Some(session) = &mut self.session else {
            return;
        };
        let (report, evaluation) = (session.report(), session.evaluation());
        let Some(taken) = take_over(report, evaluation, text, paragraph) else {
            return;
        };
        let now = report.text(text);
        let (before, behind) = now.split_at(taken.at);
        let needs_break = !before.is_empty() && !before.ends_with('\n');
        let start = if needs_break { "\n" } else { "" };
        let end = if behind.is_empty() { "" } else { "\n" };
        let words = &taken.composed.words;
        let whole = format!("{before}{start}{words}{end}{behind}");
        let at = taken.at + start.len();
        session.do_step(Edit::text(session.report(), text, &whole));
        let year = session.report().year();
        self.show_new(text, at..at + words.len());
        self.tell(taken_words(&taken, year));
    }

    /// Shows what has come into a text.
    fn show_new(&mut self, text: TextIx, at: Range<usize>) {
        self.looking.texts.forget();
        self.looking.texts.select(text, Some(at));
    }
}

/// What was done to a paragraph of last year's, in words.
fn taken_words(taken: &TakenOver, year: i32) -> String {
    let mut done = Vec::new();
    if taken.years > 0 {
        done.push(format!("年份改为 {year} 年 {} 处", taken.years));
    }
    if taken.carried > 0 {
        done.push(format!("{} 个数换成本年表里的", taken.carried));
    }
    if taken.unsure > 0 {
        done.push(format!("其中 {} 个也可以指别的数，请核对", taken.unsure));
    }
    if taken.left > 0 {
        done.push(format!(
            "{} 处换不了，【】里还是上年的，要重新写",
            taken.left
        ));
    }
    let done = match done.is_empty() {
        true => "里面没有年份和数".to_owned(),
        false => done.join("，"),
    };
    format!("已采用上年这一段：{done}；Ctrl+Z 撤销")
}

/// Whether a place of a text is the end of a heading that has its line to itself.
fn ends_heading(before: &str, behind: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or(before).trim();
    let heads = prose::heading(line).is_some_and(|heading| heading.end == line.len());
    heads && (behind.is_empty() || behind.starts_with('\n'))
}
