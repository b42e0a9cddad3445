//! What mends a finding at once.

use crate::form::{CellIx, Sum, TextIx};
use crate::report::{Decided, Decision, Edit, Linked, Origin, Report};
use crate::value::Value;
use std::ops::Range;

/// What mends a finding at once.
#[derive(Clone, Debug, PartialEq)]
pub enum Remedy {
    /// Fill these blanks with 0.
    ZeroBlanks(Vec<CellIx>),
    /// Drop the stated total of a cell, which adds up to this.
    AdoptComputed(CellIx, Value),
    /// Put last year's number into a cell.
    LastYear(CellIx, Value),
    /// Write these words in these places of a text, given in bytes and in order.
    Rewrite {
        /// The text.
        text: TextIx,
        /// The places.
        at: Vec<Range<usize>>,
        /// The words.
        words: String,
    },
    /// Let it stand as it is (保留): the decision about just this is noted.
    Keep {
        /// The finding's key.
        key: String,
        /// What was found.
        about: String,
    },
    /// Write the tables' number in these places of the texts; from then on they are linked.
    Numbers(Vec<NumberPlace>),
    /// Put the number that a text writes into a cell.
    Cell(CellIx, Value),
    /// Choose last year's report anew.
    ChooseLastYear,
    /// Carry the report over to the form of its year.
    ChangeForm,
}

/// A number of a text that is to become another.
#[derive(Clone, Debug, PartialEq)]
pub struct NumberPlace {
    /// The text.
    pub text: TextIx,
    /// Its digits, in bytes.
    pub at: Range<usize>,
    /// The digits that stand there.
    pub old: String,
    /// Those that come in their place.
    pub new: String,
    /// What they are the number of.
    pub of: Sum,
}

/// The edit that puts other digits into texts, each linked to what it is the number of. Places where other digits stand by
/// now stay as they are.
pub fn numbers_edit<'a>(report: &Report, all: impl IntoIterator<Item = &'a NumberPlace>) -> Edit {
    let stands = |it: &&NumberPlace| report.text(it.text).get(it.at.clone()) == Some(&*it.old);
    let mut all: Vec<&NumberPlace> = all.into_iter().filter(stands).collect();
    all.sort_by_key(|it| (it.text, it.at.start));
    all.dedup_by_key(|it| (it.text, it.at.start));
    let of_text = all.chunk_by(|a, b| a.text == b.text);
    of_text.fold(Edit::default(), |edit, places| {
        let place = |it: &&NumberPlace| {
            let mut words = Linked::default();
            words.push_number(&it.new, it.of.clone());
            (it.at.clone(), words)
        };
        let text = places[0].text;
        edit.and(Edit::places(
            report,
            text,
            places.iter().map(place).collect(),
        ))
    })
}

/// What mends a finding, and what stands in the way of what one would think of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Remedies {
    /// What mends it, the likeliest first.
    pub all: Vec<Remedy>,
    /// Whether the first one is plainly right: it is what the card's blue button does. Else nobody knows which of them is.
    pub is_plain: bool,
    /// Why something else that one would think of is none of them.
    pub but: Option<String>,
}

impl From<Option<Remedy>> for Remedies {
    fn from(remedy: Option<Remedy>) -> Self {
        Self {
            is_plain: remedy.is_some(),
            all: remedy.into_iter().collect(),
            but: None,
        }
    }
}

impl Remedy {
    /// What stands on its button.
    pub fn words(&self) -> String {
        match self {
            Self::ZeroBlanks(_) => "空白填 0".to_owned(),
            Self::AdoptComputed(_, computed) => format!("采用计算值 {computed}"),
            Self::LastYear(_, number) => format!("改为上年的 {number}"),
            Self::Rewrite { at, words, .. } if at.len() == 1 => format!("改为 {words}"),
            Self::Rewrite { at, words, .. } => format!("这 {} 处改为 {words}", at.len()),
            Self::Keep { .. } => "保留".to_owned(),
            Self::Numbers(places) => match &places[..] {
                [one] => format!("正文改为 {}", one.new),
                all => format!("{} 处正文都改", all.len()),
            },
            Self::Cell(_, value) => format!("表里改为 {value}"),
            Self::ChooseLastYear => "重新选择上年的年报……".to_owned(),
            Self::ChangeForm => "换成这一年度的格式……".to_owned(),
        }
    }

    /// Whether it is done by an edit alone, without asking anything.
    pub fn is_edit(&self) -> bool {
        !matches!(self, Self::ChooseLastYear | Self::ChangeForm)
    }

    /// The edit that does it; nothing where something must be asked first.
    pub fn edit(&self, report: &Report) -> Edit {
        match self {
            Self::ZeroBlanks(cells) => Edit::zero_blanks(report, cells.iter().copied()),
            Self::AdoptComputed(cell, _) => Edit::stated(report, *cell, None),
            Self::LastYear(cell, number) => {
                Edit::cells_from(report, Some(Origin::LastYear), [(*cell, *number)])
            }
            Self::Rewrite { text, at, words } => {
                let places = at.iter().map(|at| (at.clone(), Linked::from(&**words)));
                Edit::places(report, *text, places.collect())
            }
            Self::Keep { key, about } => {
                let mut notes = report.notes().clone();
                let (is, about) = (Decided::Kept, about.clone());
                notes.decisions.insert(key.clone(), Decision { is, about });
                Edit::notes(report, notes)
            }
            Self::Numbers(places) => numbers_edit(report, places),
            Self::Cell(cell, value) => {
                Edit::cells_from(report, Some(Origin::Mended), [(*cell, *value)])
            }
            Self::ChooseLastYear | Self::ChangeForm => Edit::default(),
        }
    }
}
