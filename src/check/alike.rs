//! Paragraphs that are nearly the same as last year's (雷同), numbers, years and names aside.

use crate::form::{self, Form, TextIx};
use crate::prose::{Finder, likeness, mask_pieces, masked, sentences};
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
    mask: Mask,
}

/// What is compared of a paragraph.
#[derive(Clone, Debug)]
struct Mask {
    chars: Vec<char>,
    /// The same in the order of the characters: what two paragraphs can have in common at the most is quickly told.
    sorted: Vec<char>,
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
                    if let Some(mask) = Mask::of(line, alike, &all.names) {
                        all.texts[usize::from(text.0)].push(Paragraph { at, mask });
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
        let mask = Mask::of(paragraph, alike, &self.names)?;
        let found = last.iter().filter_map(|other| {
            let percent = mask.likeness(&other.mask, alike.percent)?;
            let at = other.at.clone();
            Some(AlikeLast { at, percent })
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

impl Mask {
    /// What is compared of a paragraph; nothing if too little remains.
    fn of(paragraph: &str, alike: &form::Alike, names: &Finder) -> Option<Self> {
        // It has at least as many bytes as characters.
        if paragraph.len() < alike.least {
            return None;
        }
        let mut chars = Vec::new();
        for sentence in sentences(paragraph).map(|at| &paragraph[at]) {
            if alike.law.iter().any(|law| sentence.contains(law.as_str())) {
                continue;
            }
            let mask = masked(sentence, Some(names));
            if !mask_pieces(&mask).all(|piece| alike.own.contains(piece)) {
                chars.extend(mask.chars());
            }
        }
        if chars.len() < alike.least {
            return None;
        }
        let mut sorted = chars.clone();
        sorted.sort_unstable();
        Some(Self { chars, sorted })
    }

    /// How much of both is the same, in hundredths, if it is at least so much.
    fn likeness(&self, other: &Self, least: u32) -> Option<u32> {
        let all = self.chars.len() + other.chars.len();
        let reaches = |common: usize| 200 * common >= least as usize * all;
        let short = self.chars.len().min(other.chars.len());
        if !reaches(short) || !reaches(in_common(&self.sorted, &other.sorted)) {
            return None;
        }
        let percent = (likeness(&self.chars, &other.chars) * 100.0).floor() as u32;
        (percent >= least).then_some(percent)
    }
}

/// How many characters two sorted stretches have in common.
fn in_common(a: &[char], b: &[char]) -> usize {
    let (mut i, mut j, mut common) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, common) = (i + 1, j + 1, common + 1),
        }
    }
    common
}
