//! Numbers of the texts that were those of the tables until the tables changed: they are offered to follow, and never do so
//! by themselves.

use crate::check::{self, Evaluation, NumberPlace, Recognised, Verdict};
use crate::form::{CellIx, Level, TextIx, with_year};
use crate::report::{Edit, Report, Stretch};
use std::collections::BTreeSet;
use std::ops::Range;

/// A number of a text that has stayed behind the tables.
#[derive(Clone, Debug, PartialEq)]
pub struct Behind {
    /// The text.
    pub text: TextIx,
    /// Where the number stands, in bytes, with its unit.
    pub at: Range<usize>,
    /// As it is written.
    pub written: String,
    /// How it would follow; none where it is not written in digits.
    pub place: Option<NumberPlace>,
    /// The cells whose number it was.
    pub cells: Vec<CellIx>,
}

/// What agreed with the tables, and what no longer does.
#[derive(Default)]
pub struct Following {
    /// The numbers that agreed when nothing had stayed behind, with the text in which they stand.
    agreed: Vec<(TextIx, Recognised)>,
    texts: Vec<String>,
    behind: Vec<Behind>,
    /// What failed already when the first of them was left behind.
    failed_before: BTreeSet<String>,
    /// What fails now that did not then: the slip is most likely in the table.
    fails_anew: bool,
    dismissed: Vec<(TextIx, Range<usize>, String)>,
    /// How many of what is offered have been looked at one by one.
    walked: usize,
}

impl Following {
    /// Takes note of a new state of the report.
    /// `now` are the numbers of each text.
    pub fn follow(&mut self, report: &Report, evaluation: &Evaluation, now: &[Vec<Recognised>]) {
        let texts: Vec<String> = report
            .form()
            .indexed_texts()
            .map(|(text, _)| report.text(text).to_owned())
            .collect();
        let failing: BTreeSet<String> = evaluation
            .findings
            .iter()
            .filter(|finding| finding.level == Level::Error)
            .map(|finding| finding.key(report.form()))
            .collect();
        let texts_changed = self.texts != texts;
        let stretches: Vec<Option<Stretch>> = self
            .texts
            .iter()
            .zip(&texts)
            .map(|(before, now)| Stretch::between(before, now))
            .collect();
        self.agreed.retain_mut(|(text, number)| {
            let place = match stretches.get(usize::from(text.0)) {
                Some(Some(stretch)) => stretch.moves(&number.at),
                _ => Some(number.at.clone()),
            };
            number.at = place.clone().unwrap_or_default();
            place.is_some()
        });
        self.texts = texts;
        let place = |(text, number): &(TextIx, Recognised)| (*text, number.at.start);
        let behind: Vec<Behind> = self
            .agreed
            .iter()
            .filter_map(|old| {
                let mut here = now.get(usize::from(old.0.0))?.iter();
                let new = here.find(|new| new.at.start == old.1.at.start)?;
                stays_behind(old.0, report.text(old.0), &old.1, new)
            })
            .collect();
        if behind.is_empty() || texts_changed {
            let stays = |old: &(TextIx, Recognised)| {
                behind
                    .iter()
                    .any(|behind| (behind.text, behind.at.start) == place(old))
            };
            self.agreed.retain(stays);
            for (text, numbers) in (0..).map(TextIx).zip(now) {
                let agreeing = numbers.iter().filter(|it| it.verdict == Verdict::Agrees);
                self.agreed.extend(agreeing.map(|it| (text, it.clone())));
            }
        }
        if behind.is_empty() {
            self.failed_before = failing;
            self.fails_anew = false;
            self.dismissed.clear();
            self.walked = 0;
        } else {
            self.fails_anew = !failing.is_subset(&self.failed_before);
        }
        self.behind = behind;
    }

    /// What has stayed behind and may follow: nothing while a relation fails that held before, since then the slip is most
    /// likely in the table.
    pub fn offered(&self) -> Vec<&Behind> {
        if self.fails_anew {
            return Vec::new();
        }
        let is_dismissed = |behind: &Behind| {
            self.dismissed.iter().any(|(text, at, written)| {
                *text == behind.text && *at == behind.at && *written == behind.written
            })
        };
        self.behind
            .iter()
            .filter(|behind| !is_dismissed(behind))
            .collect()
    }

    /// The next of what is offered, one after the other.
    pub fn walk(&mut self) -> Option<(TextIx, Range<usize>)> {
        let offered = self.offered();
        let next = offered.get(self.walked % offered.len().max(1))?;
        let place = (next.text, next.at.clone());
        self.walked += 1;
        Some(place)
    }

    /// Leaves what is offered as it is.
    pub fn dismiss(&mut self) {
        let offered = self.offered().into_iter();
        let offered: Vec<_> = offered
            .map(|behind| (behind.text, behind.at.clone(), behind.written.clone()))
            .collect();
        self.dismissed.extend(offered);
    }
}

/// A number that agreed (`old`) and no longer does (`new`), both of the same place.
fn stays_behind(text: TextIx, words: &str, old: &Recognised, new: &Recognised) -> Option<Behind> {
    if new.verdict == Verdict::Agrees || new.verdict == Verdict::NotYet {
        return None;
    }
    // What it agreed with, as it is now.
    let was = old.meanings.iter().find(|meaning| old.says(meaning))?;
    let is = new
        .meanings
        .iter()
        .find(|meaning| meaning.cells == was.cells)?;
    if is.value == was.value || new.says(is) {
        return None;
    }
    let place = || {
        let at = new.digits.clone()?;
        Some(NumberPlace {
            text,
            old: words.get(at.clone())?.to_owned(),
            new: new.digits_for(words, is)?,
            at,
            of: is.of.clone(),
        })
    };
    Some(Behind {
        text,
        at: new.at.clone(),
        written: words.get(new.at.clone())?.to_owned(),
        place: place(),
        cells: is.cells.clone(),
    })
}

/// The edit after which all of these have followed.
pub fn edit(report: &Report, behind: &[&Behind]) -> Edit {
    let places = behind.iter().filter_map(|behind| behind.place.as_ref());
    check::numbers_edit(report, places)
}

/// What the card says: `表三改了，3 处正文还没有改`.
pub fn headline(report: &Report, behind: &[&Behind]) -> String {
    let form = report.form();
    let mut tables: Vec<&str> = behind
        .iter()
        .flat_map(|behind| &behind.cells)
        .map(|&cell| form.tables[form.cell(cell).table].name.as_str())
        .collect();
    tables.dedup();
    tables.truncate(1);
    format!("{}改了，{} 处正文还没有改", tables.concat(), behind.len())
}

/// One place: `一、总体情况“新收74件”：表三 · 一、本年新收 · 总计 现在是 75`.
pub fn line(report: &Report, behind: &Behind) -> String {
    let name = &report.form().text(behind.text).name;
    let cells = match behind.cells[..] {
        [cell] => with_year(&report.form().full_name(cell), report.year()),
        _ => "几格之和".to_owned(),
    };
    match &behind.place {
        Some(place) => {
            let new = behind.written.replacen(&place.old, &place.new, 1);
            format!("{name}“{}”→“{new}”（{cells}）", behind.written)
        }
        None => format!("{name}“{}”（{cells}），请自己改", behind.written),
    }
}
