//! 公开后核对: a report as it was published, or as it came back from a superior, held against the draft: every number, every
//! paragraph.
//!
//! Such a page is none of our exports: an editor of a web site has made it anew, or somebody has written in it. It is read like
//! an import, with what stands around a report on a site left out, and what it says is compared, not how it is laid out.

mod departure;
mod merged;
mod reworded;
mod wording;

pub use departure::{Became, Departure, Take};

use crate::check::{self, Evaluation};
use crate::export::clean::{clean, clean_line};
use crate::export::signature::{self, Printed};
use crate::form::{CellIx, with_year};
use crate::import::{Imported, Remark, WhyNot};
use crate::prose::{half_width, squeezed, stretches};
use crate::report::{Report, Signature};
use crate::value::{self, Value};
use reworded::Added;

/// What came of holding a published page against a draft.
#[derive(Debug, Default)]
pub struct Published {
    /// Everything that differs, in the order of the form.
    pub departures: Vec<Departure>,
    /// How many numbers were compared.
    pub cells: usize,
    /// How many paragraphs.
    pub paragraphs: usize,
}

/// Holds a page, as it was read, against a draft.
pub fn published(draft: &Report, page: &Imported) -> Published {
    let mut found = Published::default();
    found.facts(draft, page);
    found.tables(draft, page);
    let several = page.several_tables.iter().map(|several| Departure {
        place: several.name.clone(),
        what: Became::Several(several.all.len()),
        take: None,
    });
    found.departures.extend(several);
    found.departures.extend(merged::split_cells(draft, page));
    found.departures.extend(wording::other_words(draft, page));
    found.texts(draft, page);
    found
}

impl Published {
    fn facts(&mut self, draft: &Report, page: &Imported) {
        let organ = |report: &Report| squeezed(&clean_line(report.organ()));
        let facts = [
            ("单位", organ(&page.report), organ(draft)),
            (
                "报告年度",
                match page.lacks_year {
                    true => String::new(),
                    false => page.report.year().to_string(),
                },
                draft.year().to_string(),
            ),
        ];
        for (place, page, draft) in facts {
            if page != draft {
                let what = match page.is_empty() {
                    true => Became::Unread(draft),
                    false => Became::Other(page, draft),
                };
                self.departures.push(Departure {
                    place: place.to_owned(),
                    what,
                    take: None,
                });
            }
        }
    }

    fn tables(&mut self, draft: &Report, page: &Imported) {
        let form = draft.form();
        let evaluation = check::evaluate(draft);
        let of_page = check::evaluate(&page.report);
        let mut all = Vec::new();
        for cell in draft.cells() {
            let value = evaluation.known(cell);
            let what = match printed(draft, page, &of_page, cell) {
                InCell::Number(number) if number.same_number(value) => None,
                InCell::Number(number) if number.is_blank() => {
                    Some((Became::Blank(shown(value)), Some(number)))
                }
                InCell::Number(number) => {
                    Some((Became::Other(shown(number), shown(value)), Some(number)))
                }
                InCell::Words(words) => Some((Became::Other(words, shown(value)), None)),
                InCell::Nothing if value.is_blank() => None,
                InCell::Nothing => Some((Became::Unread(shown(value)), None)),
            };
            self.cells += 1;
            if let Some((what, number)) = what {
                let is_input = !form.cell(cell).computed;
                let take = number.filter(|number| is_input && !number.is_blank());
                all.push((
                    cell,
                    Departure {
                        place: with_year(&form.full_name(cell), draft.year()),
                        what,
                        take: take.map(|number| Take::Number(cell, number)),
                    },
                ));
            }
        }
        // A table of which nothing was read is one thing, not two hundred.
        for (index, table) in form.tables.iter().enumerate() {
            let here = |cell: CellIx| form.cell(cell).table == index;
            let unread = |(cell, it): &&(CellIx, Departure)| {
                here(*cell) && matches!(it.what, Became::Unread(_))
            };
            let filled = draft
                .cells()
                .filter(|&cell| here(cell) && !evaluation.known(cell).is_blank())
                .count();
            let count = all.iter().filter(unread).count();
            if count > 0 && count == filled {
                self.departures.push(Departure {
                    place: table.name.clone(),
                    what: Became::Unread("一张表".to_owned()),
                    take: None,
                });
            } else {
                let here = all.iter().filter(|(cell, _)| here(*cell));
                self.departures.extend(here.map(|(_, it)| it.clone()));
            }
        }
    }

    fn texts(&mut self, draft: &Report, page: &Imported) {
        let signed = signature::printed(draft);
        for (text, spec) in draft.form().indexed_texts() {
            let other = page.report.form().find_text(&spec.id);
            let other = other.map_or("", |other| page.report.text(other));
            let typed = signed.as_ref().and_then(|signed| signed.typed);
            let own = match typed {
                Some((of, end)) if of == text => &draft.text(text)[..end],
                _ => draft.text(text),
            };
            let (ours, mut theirs) = (paragraphs(own), paragraphs(other));
            if draft.form().section_of_text(text).is_none() {
                // Between a site's own title and the first part the report's is often said once more.
                theirs.retain(|words| !is_title(words, draft));
            }
            self.paragraphs += ours.len();
            let before = self.departures.len();
            self.text(&spec.name, &ours, &theirs);
            if let Some(first) = self.departures.get_mut(before) {
                // One click takes the whole text over: what is gone, added and moved hangs together.
                let signature = &draft.text(text)[own.len()..];
                first.take = Some(Take::Text(text, theirs.join("\n") + signature));
            }
        }
        self.signature(signed, signature::printed(&page.report));
    }

    /// Who signs, and when.
    fn signature(&mut self, draft: Option<Printed>, page: Option<Printed>) {
        let signature = |printed: Option<Printed>| printed.map(|it| it.signature);
        let published = signature(page).unwrap_or_default();
        let ours = lines_of(&signature(draft).unwrap_or_default());
        let theirs = lines_of(&published);
        self.paragraphs += usize::from(!ours.is_empty());
        if key(&ours) == key(&theirs) {
            return;
        }
        let what = match (ours.is_empty(), theirs.is_empty()) {
            (false, true) => Became::Gone(ours),
            (true, _) => Became::Added(theirs),
            (false, false) => Became::Other(theirs, ours),
        };
        self.departures.push(Departure {
            place: "落款".to_owned(),
            what,
            take: Some(Take::Signature(published)),
        });
    }

    fn text(&mut self, name: &str, ours: &[String], theirs: &[String]) {
        let keys = |all: &[String]| all.iter().map(|words| key(words)).collect::<Vec<_>>();
        let (our_keys, their_keys) = (keys(ours), keys(theirs));
        let (mut gone, mut added) = (Vec::new(), Vec::new());
        let changes = stretches(&our_keys, &their_keys).into_iter();
        for change in changes.filter(|it| !it.is_same) {
            gone.extend(change.old);
            added.extend(change.new);
        }
        let mut free = Added::new(&added, &their_keys);
        let place = |nth: usize| format!("{name} · 第 {} 段", nth + 1);
        let mut push = |place: String, what| {
            self.departures.push(Departure {
                place,
                what,
                take: None,
            });
        };
        // What stands in the same place alone was written anew.
        if let ([nth], [at]) = (gone.as_slice(), added.as_slice())
            && our_keys[*nth] != their_keys[*at]
        {
            let what = Became::Other(theirs[*at].clone(), ours[*nth].clone());
            return push(place(*nth), what);
        }
        for (number, &nth) in gone.iter().enumerate() {
            let what = match free.take(&our_keys[nth], number) {
                Some(at) if their_keys[at] == our_keys[nth] => Became::Moved(ours[nth].clone()),
                Some(at) => Became::Other(theirs[at].clone(), ours[nth].clone()),
                None => Became::Gone(ours[nth].clone()),
            };
            push(place(nth), what);
        }
        for at in free.rest() {
            push(place(at), Became::Added(theirs[at].clone()));
        }
    }
}

/// What a page says in a cell.
enum InCell {
    Number(Value),
    /// No number.
    Words(String),
    /// The cell was not found in it.
    Nothing,
}

fn printed(draft: &Report, page: &Imported, of_page: &Evaluation, cell: CellIx) -> InCell {
    let spec = draft.form().cell(cell);
    let Some(theirs) = page.report.form().find(&spec.id) else {
        return InCell::Nothing;
    };
    if let Some(lost) = page.not_placed.iter().find(|lost| lost.id == spec.id) {
        return match lost.content.is_empty() {
            true => InCell::Nothing,
            false => InCell::Words(with_reason(&lost.content, &lost.why)),
        };
    }
    // What is said in another unit is another wording, even where it comes to the same.
    if let Some(words) = read_as(page, theirs) {
        return InCell::Words(words);
    }
    if let Some(words) = page.words.get(&theirs) {
        if let Ok(number) = value::parse(words, spec.kind, spec.unit.as_deref()) {
            return InCell::Number(number);
        }
        return InCell::Words(words.clone());
    }
    // Without its words a total is known only if it was printed as something else than it adds up to.
    if spec.computed {
        let total = of_page.known(theirs);
        return match total.is_blank() {
            true => InCell::Nothing,
            false => InCell::Number(total),
        };
    }
    InCell::Number(page.report.value(theirs))
}

/// The words of a cell that was read with more than its number: a note, or another unit.
fn read_as(page: &Imported, cell: CellIx) -> Option<String> {
    let own = with_year(&page.report.form().full_name(cell), page.report.year());
    page.remarks.iter().find_map(|remark| match remark {
        Remark::ReadAs { name, words, .. } if *name == own => Some(words.clone()),
        _ => None,
    })
}

/// What stands in a cell, with what speaks against it beside the words themselves.
fn with_reason(words: &str, why: &WhyNot) -> String {
    match why {
        WhyNot::OtherHead { said, .. } => format!("{words}（列标题是{said}）"),
        WhyNot::OtherUnit { said, .. } => format!("{words}（单位是{said}）"),
        _ => words.to_owned(),
    }
}

fn shown(value: Value) -> String {
    match value.is_blank() {
        true => "空白".to_owned(),
        false => value.to_string(),
    }
}

fn paragraphs(text: &str) -> Vec<String> {
    let lines = text.split('\n').map(|line| clean(line).trim().to_owned());
    lines.filter(|line| !line.is_empty()).collect()
}

/// The lines of a signature, one behind the other.
fn lines_of(signature: &Signature) -> String {
    paragraphs(&format!("{}\n{}", signature.organ, signature.date)).join(" ")
}

/// Whether a line is the report's title, a part of it, or the mark of one that was printed too early.
fn is_title(words: &str, draft: &Report) -> bool {
    key(&clean_line(&draft.title())).contains(&key(words)) || check::is_draft_mark(words)
}

/// A paragraph as it is compared: editors of web sites change white space and the width of signs.
fn key(words: &str) -> String {
    squeezed(words).chars().map(half_width).collect()
}
