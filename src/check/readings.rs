//! A report's texts, read once and again only where they change.

use super::alike::{AlikeLast, LastParagraphs};
use super::narrative::{Statement, Whole, statements, wholes};
use super::writing::{LineWriting, TextWriting, line_writing, text_writing};
use crate::form::{Form, TextIx};
use crate::prose::Reading;
use crate::prose::grammar::{Line, Topic, read_line};
use crate::report::{Prior, Report};
use std::sync::Arc;

/// What is read in each text of a report, by [`TextIx`].
#[derive(Clone, Debug, Default)]
pub struct Readings {
    /// Of which form, organ and year: what a text says depends on them.
    read_for: Option<(Arc<Form>, String, i32)>,
    /// Against which figures of last year.
    prior: Option<Arc<Prior>>,
    last: LastParagraphs,
    texts: Vec<TextRead>,
}

/// One text.
#[derive(Clone, Debug, Default)]
struct TextRead {
    reading: Reading,
    lines: Vec<LineRead>,
    writing: TextWriting,
}

/// One line of a text; places in it count from its start.
#[derive(Clone, Debug, PartialEq)]
pub struct LineRead {
    /// Where it begins in the text, in bytes.
    pub start: usize,
    /// Its characters.
    pub text: String,
    /// What was spoken of before it.
    topic: Topic,
    /// Its figures.
    pub figures: Line,
    /// What they say of the tables.
    pub statements: Vec<Statement>,
    /// Numbers whose parts do not add up.
    pub wholes: Vec<Whole>,
    /// How it is written.
    pub writing: LineWriting,
    /// What of last year's text it is nearly the same as.
    pub alike: Option<AlikeLast>,
}

impl Readings {
    /// Reads all texts of a report.
    pub fn new(report: &Report) -> Self {
        let mut readings = Self::default();
        readings.follow(report);
        readings
    }

    /// Reads again what is no longer as it was read, whichever report it was read of.
    pub fn follow(&mut self, report: &Report) {
        let form = report.form();
        let same = self.read_for.as_ref().is_some_and(|(of, organ, year)| {
            Arc::ptr_eq(of, form) && organ == report.organ() && *year == report.year()
        });
        let same_prior = match (&self.prior, report.prior()) {
            (Some(a), Some(b)) => Arc::ptr_eq(a, b),
            (a, b) => a.is_none() && b.is_none(),
        };
        if !same || !same_prior {
            self.texts.clear();
            self.prior = report.prior().cloned();
            self.last = LastParagraphs::of(report);
            self.read_for = Some((form.clone(), report.organ().to_owned(), report.year()));
        }
        self.texts.resize_with(form.texts.len(), TextRead::default);
        for ((text, _), read) in form.indexed_texts().zip(&mut self.texts) {
            if read.reading.text() != report.text(text) {
                read.reading.follow(report.text(text));
                read.lines(text, report, &self.last);
            }
        }
    }

    /// What is read in one text.
    pub fn of(&self, text: TextIx) -> &Reading {
        &self.texts[usize::from(text.0)].reading
    }

    /// Its lines.
    pub fn lines(&self, text: TextIx) -> &[LineRead] {
        &self.texts[usize::from(text.0)].lines
    }

    /// How it is written.
    pub fn writing(&self, text: TextIx) -> &TextWriting {
        &self.texts[usize::from(text.0)].writing
    }
}

impl TextRead {
    /// Reads the lines that changed; those before and behind are as they were.
    fn lines(&mut self, text: TextIx, report: &Report, last: &LastParagraphs) {
        let old = std::mem::take(&mut self.lines);
        let parts: Vec<&str> = report.text(text).split('\n').collect();
        let same_before = parts
            .iter()
            .zip(&old)
            .take_while(|(a, b)| **a == b.text)
            .count();
        let room = old.len().min(parts.len()) - same_before;
        let from_behind = parts.iter().rev().zip(old.iter().rev());
        let same_behind = from_behind
            .take(room)
            .take_while(|(a, b)| **a == b.text)
            .count();
        let first_behind = parts.len() - same_behind;
        let shift = old.len() - same_behind;
        let mut old: Vec<Option<LineRead>> = old.into_iter().map(Some).collect();
        let (mut start, mut topic) = (0, Topic::Nothing);
        for (nth, part) in parts.iter().enumerate() {
            let known = match nth {
                nth if nth < same_before => old[nth].take(),
                nth if nth >= first_behind => old[nth - first_behind + shift].take(),
                _ => None,
            };
            let known = known.filter(|line| line.topic == topic);
            let line = known.unwrap_or_else(|| read(part, topic, text, report, last));
            topic = line.figures.topic;
            self.lines.push(LineRead { start, ..line });
            start += part.len() + 1;
        }
        self.writing = {
            let lines = self.lines.iter().map(|line| (line.start, &line.writing));
            text_writing(text, report, &lines.collect::<Vec<_>>())
        };
    }
}

fn read(
    line: &str,
    topic: Topic,
    text: TextIx,
    report: &Report,
    last: &LastParagraphs,
) -> LineRead {
    let form = report.form();
    let narrative = form
        .narrative
        .as_ref()
        .filter(|narrative| narrative.texts.contains(&text));
    let figures = narrative.map_or_else(Line::default, |narrative| {
        read_line(
            line,
            &narrative.lexicon,
            topic,
            report.organ(),
            report.year(),
        )
    });
    LineRead {
        start: 0,
        text: line.to_owned(),
        topic,
        statements: narrative
            .map_or_else(Vec::new, |narrative| statements(&figures, line, narrative)),
        wholes: wholes(&figures, line),
        writing: line_writing(line, text, report),
        alike: last.alike(line, text, form),
        figures,
    }
}
