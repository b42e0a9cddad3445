//! Whose report it is and on which year: what every place of the source says of it, weighed. What disagrees is told.

use super::organ;
use super::page::Page;
use super::site;
use super::stated::{self, Stated};
use super::title::{self, Said, Title, TitleKind};
use super::years;
use crate::import::outcome::{Remark, Witness};
use crate::import::source::Source;
use std::collections::BTreeMap;

/// What a source says about the report as a whole.
pub(super) struct Facts {
    /// Empty where nothing says.
    pub organ: String,
    /// None where nothing says.
    pub year: Option<i32>,
    /// The first line of its title; 0 where there is none.
    pub title: usize,
    /// The line in which the report itself begins, behind its title.
    pub body: usize,
    /// Whether a title of a report of this kind stands above it.
    pub is_titled: bool,
    /// How sure that is, where there is anything to say about it.
    pub remarks: Vec<Remark>,
}

/// A place that names the year, and how much it says.
struct YearSaid {
    year: i32,
    weight: usize,
    witness: Witness,
}

/// A place that names the organ.
struct OrganSaid {
    organ: String,
    witness: Witness,
}

/// The title right above the report.
const TITLE: usize = 12;
/// What stands beside the name of such a fact.
const STATED: usize = 12;
/// A title above it with titles of other years around it, or further above.
const DOUBTFUL_TITLE: usize = 8;
const FAR_TITLE: usize = 4;
/// What a page calls itself, or a list of facts calls the document.
const NAMED: usize = 6;
/// The sentence that announces the report, and the days from and to which its numbers count.
const PREAMBLE: usize = 8;
/// The same further below, and who signs it.
const BELOW: usize = 4;
const SIGNED: usize = 3;
/// What is named most often.
const NAMED_MOST: usize = 2;
/// A title below the report is mostly a link.
const BEHIND: usize = 1;

/// Weighs what the places of a source say.
pub(super) fn read(page: &Page<'_>, source: &Source) -> Facts {
    let scene = Scene::of(page, source);
    let years = scene.years();
    let year = heaviest(&years);
    let own = scene.own_title(year);
    let organs = scene.organs(own, year);
    let organ = organs.first().map(|said| said.organ.clone());
    let mut remarks = Vec::new();
    remarks.extend(year.and_then(|year| doubt_of_year(year, &years, &scene.named)));
    let mut body = own.map_or(0, |title| title.next);
    if let Some(said) = organs.first()
        && said.witness == Witness::BelowTitle
    {
        // Such a line below the title belongs to it.
        body += 1;
    }
    remarks.extend(doubt_of_organ(&organs));
    Facts {
        organ: organ.unwrap_or_default(),
        year,
        title: own.map_or(0, |title| title.at),
        body,
        is_titled: own.is_some(),
        remarks,
    }
}

/// What the places say, put apart.
struct Scene<'a> {
    lines: &'a [&'a str],
    titles: Vec<Title>,
    /// The line in which the first part begins, or a table before it.
    first: usize,
    /// Whether there is one.
    has_first: bool,
    /// What the page calls itself.
    page: Option<Said>,
    /// What stands beside the name of such a fact, in tables and above the report.
    stated: Vec<Stated>,
    /// How often the report's own lines name each year.
    named: BTreeMap<i32, usize>,
}

impl<'a> Scene<'a> {
    fn of(page: &'a Page<'_>, source: &Source) -> Self {
        let lines = &page.lines;
        let titles = title::all(lines);
        let first = page.first();
        let named = source.properties.get("title");
        let is_title = |at: usize| {
            titles
                .iter()
                .any(|title| (title.at..title.next).contains(&at))
        };
        let own = lines.iter().enumerate();
        let own = own.filter(|(at, _)| !is_title(*at)).map(|(_, line)| *line);
        Self {
            named: years::named(own),
            page: named.and_then(|named| title::of_page(named)),
            stated: {
                let above = &lines[..first.unwrap_or(lines.len())];
                let above = above.iter().filter_map(|line| stated::of_line(line));
                page.stated.iter().cloned().chain(above.flatten()).collect()
            },
            first: first.unwrap_or(lines.len()),
            has_first: first.is_some(),
            titles,
            lines,
        }
    }

    /// The titles above the report, links aside.
    fn above(&self) -> impl DoubleEndedIterator<Item = &Title> {
        let titles = self.titles.iter();
        titles.filter(|title| title.next <= self.first && title.kind != TitleKind::Link)
    }

    /// Of the titles above the one that is most likely the report's own: the nearest, and without anything below, the
    /// first.
    fn nearest(&self) -> Option<&Title> {
        let own = || self.above().filter(|title| title.kind == TitleKind::Title);
        let dated = || own().filter(|title| title.year.is_some());
        // 附件1：……, and then the report.
        let attached = || {
            self.titles
                .iter()
                .find(|title| self.has_first && title.next == self.first)
        };
        match self.has_first {
            true => dated().next_back().or_else(|| own().next_back()),
            false => dated().next().or_else(|| own().next()),
        }
        .or_else(attached)
    }

    /// Whether titles of other years stand right beside this one, as in a list.
    fn is_listed(&self, title: &Title) -> bool {
        const NEAR: usize = 2;
        self.above().any(|other| {
            let is_near = other.at <= title.next + NEAR && title.at <= other.next + NEAR;
            let both = other.year.zip(title.year);
            is_near && both.is_some_and(|(a, b)| a != b)
        })
    }

    /// Every place that names the year.
    fn years(&self) -> Vec<YearSaid> {
        let mut said: Vec<YearSaid> = Vec::new();
        let mut says = |year: Option<i32>, weight: usize, witness: Witness| {
            let is_new = |year: &i32| {
                let mut known = said.iter();
                !known.any(|said| said.year == *year && said.witness == witness)
            };
            if let Some(year) = year.filter(is_new) {
                said.push(YearSaid {
                    year,
                    weight,
                    witness,
                });
            }
        };
        if let Some(title) = self.nearest() {
            let weight = match self.is_listed(title) {
                true => DOUBTFUL_TITLE,
                false => TITLE,
            };
            says(title.year, weight, Witness::Title);
        }
        let nearest = self.nearest();
        for title in self.above().filter(|title| nearest != Some(*title)) {
            match title.kind {
                TitleKind::Fact => says(title.year, NAMED, Witness::Fact),
                _ => says(title.year, FAR_TITLE, Witness::OtherTitle),
            }
        }
        for fact in &self.stated {
            if let Stated::Year(year) = fact {
                says(Some(*year), STATED, Witness::Stated);
            }
        }
        let page = self.page.as_ref();
        says(page.and_then(|page| page.year), NAMED, Witness::PageTitle);
        let from = self.nearest().map_or(0, |title| title.next);
        for line in &self.lines[from.min(self.first)..self.first] {
            let announced = self.announced(line);
            says(
                announced.and_then(|said| said.year),
                PREAMBLE,
                Witness::Preamble,
            );
            says(years::of_period(line), PREAMBLE, Witness::Period);
        }
        for line in &self.lines[self.first..] {
            says(years::of_period(line), BELOW, Witness::Period);
        }
        // A report is published in the year behind its own, or at the end of its own.
        let signed = self.signature().and_then(|(_, date)| date);
        let signed = signed.map(|(year, month)| year - i32::from(month < 12));
        says(signed, SIGNED, Witness::Signature);
        says(self.most_named(), NAMED_MOST, Witness::Body);
        if said.is_empty() {
            let mut behind = self.titles.iter();
            let behind = behind.find(|title| title.kind == TitleKind::Title);
            if let Some(year) = behind.and_then(|title| title.year) {
                said.push(YearSaid {
                    year,
                    weight: BEHIND,
                    witness: Witness::OtherTitle,
                });
            }
        }
        said
    }

    /// What a sentence above the first part announces; one about the year before says nothing.
    fn announced(&self, line: &str) -> Option<Said> {
        let is_sentence = line.contains(['。', '，', ',']) || line.chars().count() > 30;
        let is_own = is_sentence && !site::is_furniture(line) && !site::is_fact(line);
        title::announced(line).filter(|_| is_own)
    }

    /// The year that is named most often, if there is one.
    fn most_named(&self) -> Option<i32> {
        let most = *self.named.values().max()?;
        let mut all = self.named.iter().filter(|(_, times)| **times == most);
        let (year, _) = all.next()?;
        all.next().is_none().then_some(*year)
    }

    /// The title that is the report's own if it is on this year.
    fn own_title(&self, year: Option<i32>) -> Option<&Title> {
        let nearest = self.nearest();
        let fits = |title: &&Title| title.year.is_none() || title.year == year;
        let own = self.above().filter(|title| title.kind == TitleKind::Title);
        nearest
            .filter(fits)
            .or_else(|| own.rev().filter(fits).find(|title| title.year.is_some()))
    }

    /// Every place that names the organ, the surest first.
    fn organs(&self, own: Option<&Title>, year: Option<i32>) -> Vec<OrganSaid> {
        let mut said: Vec<OrganSaid> = Vec::new();
        let mut says = |organ: Option<String>, witness: Witness| {
            if let Some(organ) = organ.filter(|organ| !organ.is_empty()) {
                said.push(OrganSaid { organ, witness });
            }
        };
        says(own.map(|title| title.organ.clone()), Witness::Title);
        says(
            own.and_then(|title| title.above.clone()),
            Witness::AboveTitle,
        );
        for fact in &self.stated {
            if let Stated::Organ(organ) = fact {
                says(Some(organ.clone()), Witness::Stated);
            }
        }
        let below = own.and_then(|title| self.lines.get(title.next));
        let below = below.filter(|_| own.is_some_and(|title| title.organ.is_empty()));
        let below = below.and_then(|line| organ::organ_alone(line));
        says(below, Witness::BelowTitle);
        let named = self.page.as_ref().map(|page| page.organ.clone());
        says(named, Witness::PageTitle);
        let is_fact = |title: &&Title| title.kind == TitleKind::Fact;
        for fact in self.titles.iter().filter(is_fact) {
            says(Some(fact.organ.clone()), Witness::Fact);
        }
        let from = own.map_or(0, |title| title.next).min(self.first);
        for line in &self.lines[from..self.first] {
            let organ = self.announced(line).map(|said| said.organ);
            says(organ, Witness::Preamble);
        }
        says(self.signature().map(|(organ, _)| organ), Witness::Signature);
        // The texts may stand behind the tables.
        let mut behind = self.titles.iter();
        let behind = behind.find(|title| title.at >= self.first && title.kind == TitleKind::Title);
        let behind = behind.filter(|title| title.year == year && own.is_none());
        says(behind.map(|title| title.organ.clone()), Witness::OtherTitle);
        // A title of another year names the same organ, most likely.
        let mut others = self.above().rev().filter(|title| title.year != year);
        says(
            others.next().map(|title| title.organ.clone()),
            Witness::OtherTitle,
        );
        said
    }

    /// The organ that stands above the date at the end, and that date.
    fn signature(&self) -> Option<(String, Option<(i32, u32)>)> {
        let from = if self.has_first { self.first } else { 0 };
        let pairs = self.lines[from..].windows(2).rev();
        let mut pairs = pairs.filter(|pair| title::is_date(pair[1]));
        pairs.find_map(|pair| Some((organ::organ_alone(pair[0])?, years::of_date(pair[1]))))
    }
}

/// The year for which the most is said; between equals the one that is named first.
fn heaviest(said: &[YearSaid]) -> Option<i32> {
    let weight = |year: i32| -> usize {
        let same = said.iter().filter(|said| said.year == year);
        same.map(|said| said.weight).sum()
    };
    let mut best: Option<(i32, usize)> = None;
    for year in said.iter().map(|said| said.year) {
        if best.is_none_or(|(_, most)| weight(year) > most) {
            best = Some((year, weight(year)));
        }
    }
    best.map(|(year, _)| year)
}

/// What is told of the year: where there is no title, or a place that says much says another.
fn doubt_of_year(year: i32, said: &[YearSaid], named: &BTreeMap<i32, usize>) -> Option<Remark> {
    /// A year that is named so often, and the title's never, is more than a word in passing.
    const OFTEN: usize = 3;
    let mine: Vec<Witness> = said
        .iter()
        .filter(|said| said.year == year)
        .map(|said| said.witness)
        .collect();
    let is_sure = said
        .iter()
        .any(|said| said.year == year && said.weight >= TITLE);
    let is_against = |said: &&YearSaid| {
        let counts = match said.witness {
            Witness::Body => {
                let times = |year: i32| named.get(&year).copied().unwrap_or(0);
                times(year) == 0 && times(said.year) >= OFTEN
            }
            _ => true,
        };
        said.year != year && counts
    };
    let against: Vec<(Witness, i32)> = said
        .iter()
        .filter(is_against)
        .map(|said| (said.witness, said.year))
        .collect();
    if !against.is_empty() {
        return Some(Remark::YearsDisagree {
            year,
            by: mine,
            others: against,
        });
    }
    (!is_sure).then_some(Remark::YearGuessed { year, by: mine })
}

/// What is told of the organ: where the title does not say, or another place says another.
fn doubt_of_organ(said: &[OrganSaid]) -> Option<Remark> {
    let Some((first, rest)) = said.split_first() else {
        return Some(Remark::NoOrgan);
    };
    let organ = first.organ.clone();
    if !matches!(first.witness, Witness::Title | Witness::Stated) {
        let by = first.witness;
        return Some(Remark::OrganGuessed { organ, by });
    }
    let is_other = |said: &&OrganSaid| {
        let counts = !matches!(said.witness, Witness::OtherTitle);
        counts && !organ::is_about_same(&organ, &said.organ)
    };
    let other = rest.iter().find(is_other)?;
    Some(Remark::OrgansDisagree {
        by: first.witness,
        other: other.organ.clone(),
        other_by: other.witness,
        organ,
    })
}
