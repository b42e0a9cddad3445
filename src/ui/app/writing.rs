//! Words that the program puts into the texts where it is asked to.

use super::App;
use crate::compose::{TakenOver, offered, take_over};
use crate::form::{Body, TextIx};
use crate::prose;
use crate::report::{Edit, Linked};
use crate::ui::ask::{NumberChoice, Passages, Question};
use crate::ui::session::Session;
use crate::ui::tab::Tab;
use crate::ui::text::digits_at;
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

    /// Asks for a number of the tables for the text that is written.
    pub(super) fn put_number(&mut self) {
        let Some(session) = &self.session else { return };
        let here = match self.looking.tab {
            Tab::Cover => None,
            Tab::Section(section) => match session.form().sections[section].body {
                Body::Text(text) => Some((text, session.report().text(text).len())),
                Body::Table(_) => None,
            },
        };
        let is_here = |(text, _): &(TextIx, usize)| {
            let section = session.form().section_of_text(*text);
            self.looking.tab == section.map_or(Tab::Cover, Tab::Section)
        };
        let caret = self.looking.texts.caret().filter(is_here);
        match caret.or(here) {
            Some((text, byte)) => self.ask_number(text, byte),
            None => self.complain("请先把光标放在正文里要写数的地方，再按 Ctrl+J".to_owned()),
        }
    }

    /// Asks for a number of the tables: for the number at a place of a text, or for the place.
    pub(super) fn ask_number(&mut self, text: TextIx, byte: usize) {
        if !self.commit() {
            return;
        }
        let Some(session) = &self.session else { return };
        let byte = session.report().text(text).floor_char_boundary(byte);
        let digits = digits_at(session, text, byte);
        let at = digits.unwrap_or(byte..byte);
        let choice = NumberChoice::new(session, text, at);
        self.asking.question = Some(Question::Number(choice));
    }

    /// Changes a text by one step of its own, and goes on behind these bytes of it.
    pub(super) fn write(&mut self, edit: Edit, text: TextIx, show: Range<usize>) {
        self.edit(edit, Session::do_step);
        self.looking.texts.forget();
        self.jump_to_text(text, Some(show));
    }

    /// Goes to the next of the numbers that are offered to follow the tables.
    pub(super) fn walk_behind(&mut self) {
        let next = self.session.as_mut().and_then(|open| open.following.walk());
        if let Some((text, at)) = next {
            self.jump_to_text(text, Some(at));
        }
    }

    /// Puts words into a text where the caret is.
    pub(super) fn insert(&mut self, text: TextIx, words: &Linked) {
        let Some(session) = &self.session else { return };
        let now = session.report().text(text);
        let caret = self.looking.texts.caret_in(text);
        let caret = caret
            .filter(|&at| now.is_char_boundary(at))
            .unwrap_or(now.len());
        let (before, behind) = now.split_at(caret);
        let gap = if ends_heading(before, behind) {
            "\n"
        } else {
            ""
        };
        self.put(text, caret, (gap, words, ""));
        self.tell("已按表里的数写进正文，请接着改；Ctrl+Z 撤销".to_owned());
    }

    /// Takes over a paragraph of last year's text where it belongs in the order.
    pub(super) fn take_last(&mut self, text: TextIx, paragraph: &Range<usize>) {
        let Some(session) = &self.session else { return };
        let (report, evaluation) = (session.report(), session.evaluation());
        let Some(taken) = take_over(report, evaluation, text, paragraph) else {
            return;
        };
        let (before, behind) = report.text(text).split_at(taken.at);
        let needs_break = !before.is_empty() && !before.ends_with('\n');
        let start = if needs_break { "\n" } else { "" };
        let end = if behind.is_empty() { "" } else { "\n" };
        let told = taken_words(&taken, report.year());
        self.put(text, taken.at, (start, &taken.words, end));
        self.tell(told);
    }

    /// Puts words in place of others, all as one step.
    pub(super) fn replace(&mut self, places: &[(TextIx, Range<usize>)], words: &str) {
        if !self.commit() {
            return;
        }
        let Some(session) = &mut self.session else {
            return;
        };
        let mut edit = Edit::default();
        for of_text in places.chunk_by(|(a, _), (b, _)| a == b) {
            let new = of_text
                .iter()
                .map(|(_, at)| (at.clone(), Linked::from(words)));
            let text = of_text[0].0;
            edit = edit.and(Edit::places(session.report(), text, new.collect()));
        }
        session.do_step(edit);
        self.looking.texts.forget();
        match places {
            [(text, at)] => {
                let behind = at.start + words.len();
                let find = self.looking.find.as_mut();
                find.into_iter()
                    .for_each(|find| find.go_on_behind(*text, behind));
            }
            _ => self.tell(format!("已全部替换，共 {} 处；Ctrl+Z 撤销", places.len())),
        }
    }

    /// Puts words into a text as one step, with what parts them from what stands before and behind, and shows them.
    fn put(&mut self, text: TextIx, at: usize, (before, words, behind): (&str, &Linked, &str)) {
        let Some(session) = &mut self.session else {
            return;
        };
        let mut new = Linked::from(before);
        new.push(words);
        new.push_words(behind);
        session.do_step(Edit::insert(session.report(), text, at..at, new));
        let start = at + before.len();
        self.looking.texts.forget();
        // Nothing is selected: what is typed next goes on behind it.
        let end = start + words.words().len();
        self.looking.texts.go_behind(text, start..end);
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
