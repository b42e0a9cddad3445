//! Where two reports of one form differ.

use super::Report;
use crate::form::{AdditionIx, CellIx, TextIx, with_year};

/// A place in a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The organ's name.
    Organ,
    /// The year.
    Year,
    /// A local addition, on in one of them.
    Addition(AdditionIx),
    /// What was filled in or stated in a cell.
    Cell(CellIx),
    /// A text.
    Text(TextIx),
    /// The reasons given for findings.
    Reasons,
    /// Last year's figures.
    Prior,
    /// Which numbers of the texts are linked to the tables.
    Links,
    /// Who signs, and when.
    Signature,
    /// What was decided about findings.
    Decisions,
    /// The second count.
    Recount,
    /// What else is noted beside the report.
    Notes,
}

impl Place {
    /// The place in the form's words.
    pub fn name(self, report: &Report) -> String {
        let form = report.form();
        match self {
            Self::Organ => "单位名称".to_owned(),
            Self::Year => "报告年度".to_owned(),
            Self::Addition(ix) => form.additions[usize::from(ix.0)].name.clone(),
            Self::Cell(cell) => with_year(&form.full_name(cell), report.year()),
            Self::Text(text) => form.text(text).name.clone(),
            Self::Reasons => "需说明的原因".to_owned(),
            Self::Prior => "上年数".to_owned(),
            Self::Links => "正文里的数与表格的连接".to_owned(),
            Self::Signature => "落款".to_owned(),
            Self::Decisions => "审核时作的决定".to_owned(),
            Self::Recount => "复核".to_owned(),
            Self::Notes => "核对清单、格式文件的校验值".to_owned(),
        }
    }
}

impl Report {
    /// Every place where `other` says something else, in the form's order; none of different forms, which have no
    /// places in common.
    pub fn differences(&self, other: &Self) -> Option<Vec<Place>> {
        if self.form.id != other.form.id {
            return None;
        }
        let mut places = Vec::new();
        places.extend((self.organ != other.organ).then_some(Place::Organ));
        places.extend((self.year != other.year).then_some(Place::Year));
        places.extend(
            self.additions
                .symmetric_difference(&other.additions)
                .copied()
                .map(Place::Addition),
        );
        let differs = |cell: CellIx| {
            self.value(cell) != other.value(cell)
                || self.stated(cell) != other.stated(cell)
                || self.addends(cell) != other.addends(cell)
        };
        places.extend(
            self.form
                .indexed_cells()
                .map(|(ix, _)| ix)
                .filter(|&ix| differs(ix))
                .map(Place::Cell),
        );
        let texts = self.form.indexed_texts().map(|(ix, _)| ix);
        places.extend(
            texts
                .filter(|&ix| self.text(ix) != other.text(ix))
                .map(Place::Text),
        );
        places.extend((self.reasons != other.reasons).then_some(Place::Reasons));
        places.extend((self.prior != other.prior).then_some(Place::Prior));
        places.extend((self.links != other.links).then_some(Place::Links));
        places.extend(self.notes_that_differ(other));
        Some(places)
    }

    fn notes_that_differ(&self, other: &Self) -> impl Iterator<Item = Place> {
        let (one, other) = (&self.notes, &other.notes);
        let differs = [
            (Place::Signature, one.signature != other.signature),
            (Place::Decisions, one.decisions != other.decisions),
            (Place::Recount, one.recount != other.recount),
            (
                Place::Notes,
                (&one.checklist, &one.form_sha256) != (&other.checklist, &other.form_sha256),
            ),
        ];
        let differs = differs.into_iter().filter(|(_, differs)| *differs);
        differs.map(|(place, _)| place)
    }
}
