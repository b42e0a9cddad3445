//! What mends a finding at once.

use crate::form::{CellIx, TextIx};
use crate::report::{Edit, Linked, Origin, Report};
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
    /// Choose last year's report anew.
    ChooseLastYear,
    /// Carry the report over to the form of its year.
    ChangeForm,
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
            Self::ChooseLastYear | Self::ChangeForm => Edit::default(),
        }
    }
}
