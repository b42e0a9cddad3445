//! Paragraphs that are nearly the same as last year's (雷同), numbers, years and names aside.

use crate::form::{self, Form, TextIx};
use crate::prose::{Finder, Wording, mask_pieces, masked, sentences};
use crate::report::{Figures, Report};
use std::ops::Range;
use std::sync::Arc;

/// A paragraph of last year's that one of this year's is nearly the same as.
#[derive(Clone, Debug, PartialEq)]
pub struct AlikeLast {
    /// Where it stands in last year's text, in bytes.
    pub at: Range<usize>,
    /// How much of both is the same, in hundredths.
    pub percent: u32,
}

/// Last year's paragraphs, ready to be held against.
#[derive(Clone, Debug, Default)]
pub struct LastParagraphs {
    /// By text of this year's form.
    texts: Vec<Vec<Paragraph>>,
    names: Arc<Finder>,
}

#[derive(Clone, Debug)]
struct Paragraph {
    at: Range<usize>,
    compared: Wording,
}

impl LastParagraphs {
    /// Last year's paragraphs for a report; none if nothing is known of last year, or the form asks for none.
    pub fn of(report: &Report) -> Self {
        let form = report.form();
        let Some(prior) = report.last_year() else {
            return Self::default();
        };
        let last = &prior.figures;
        let mut all = Self {
            texts: vec![Vec::new(); form.texts.len()],
            names: Arc::new(Finder::new(names(report, last, &form.alike))),
        };
        for alike in &form.alike {
            for &text in &alike.texts {
                let words = last.find_text(&form.text(text).id);
                let mut start = 0;
                for line in words.split('\n') {
                    let at = start..start + line.len();
                    start = at.end + 1;
                    if let Some(compared) = compared(line, alike, &all.names) {
                        all.texts[usize::from(text.0)].push(Paragraph { at, compared });
                    }
                }
            }
        }
        all
    }

    /// The paragraph of last year's text that one of this year's is nearly the same as.
    pub fn alike(&self, paragraph: &str, text: TextIx, form: &Form) -> Option<AlikeLast> {
        let last = self
            .texts
            .get(usize::from(text.0))
            .filter(|last| !last.is_empty())?;
        let alike = form
            .alike
            .iter()
            .find(|alike| alike.texts.contains(&text))?;
        let own = compared(paragraph, alike, &self.names)?;
        let least = alike.percent as f32 / 100.0;
        let found = last.iter().filter_map(|other| {
            let likeness = own.likeness(&other.compared, least)?;
            let at = other.at.clone();
            Some(AlikeLast {
                at,
                percent: (likeness * 100.0).floor() as u32,
            })
        });
        found.max_by_key(|found| found.percent)
    }
}

/// What the organs are called, in full and without the places before it, and what they call themselves.
fn names(report: &Report, last: &Figures, alike: &[form::Alike]) -> Vec<String> {
    const LEAST: usize = 3;
    let selves = alike.iter().flat_map(|alike| &alike.selves);
    let mut names: Vec<String> = selves.cloned().collect();
    for organ in [report.organ(), last.organ()] {
        let starts = organ.char_indices().map(|(at, _)| &organ[at..]);
        let tails = starts.filter(|tail| tail.chars().count() >= LEAST);
        names.extend(tails.map(str::to_owned));
    }
    names.sort_unstable();
    names.dedup();
    names
}

/// What is compared of a paragraph; nothing if too little remains.
fn compared(paragraph: &str, alike: &form::Alike, names: &Finder) -> Option<Wording> {
    // It has at least as many bytes as characters.
    if paragraph.len() < alike.least {
        return None;
    }
    let mut remains = String::new();
    for sentence in sentences(paragraph).map(|at| &paragraph[at]) {
        if alike.law.iter().any(|law| sentence.contains(law.as_str())) {
            continue;
        }
        let mask = masked(sentence, Some(names));
        if !mask_pieces(&mask).all(|piece| alike.own.contains(piece)) {
            remains.push_str(&mask);
        }
    }
    (remains.chars().count() >= alike.least).then(|| Wording::new(&remains))
}
