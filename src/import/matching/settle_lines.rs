//! Which number is whose where heads stand in lines: what the heads say for certain, else what adds up.

use super::cell_text::{CellText, RowTexts};
use super::form_words::WantedRow;
use super::head_lines::{self, Against, Column, LineHeads};
use super::line_rows::{Above, LineRow};
use super::says::{Said, Says};
use super::settle::{Tally, Verdict, adds_up};
use crate::form::Form;

/// The texts of each row, where it is certain which is whose.
pub(super) fn settle_lines<'a>(
    form: &Form,
    wanted: &[&WantedRow],
    rows: Vec<Option<LineRow<'a>>>,
    says: &Says<'_>,
) -> (Vec<Option<RowTexts<'a>>>, Verdict) {
    let mut all = Evidence::default();
    for (row, line) in wanted.iter().zip(&rows) {
        if let Some(line) = line.as_ref().filter(|_| is_open(form, row)) {
            all.add(form, row, line, says);
        }
    }
    let choice = all.choice();
    let mut verdict = Verdict::Fine;
    let settled = wanted.iter().zip(rows).map(|(row, line)| {
        let LineRow { reading, above, .. } = line?;
        let (order, heads) = (reading.by_order, reading.by_heads);
        match Order::of(&above, row, says) {
            Order::Own => heads.or(order),
            _ if !is_open(form, row) => by_heads_alone(&above, row, says, order, heads),
            _ => match choice {
                Choice::Heads => heads,
                Choice::Order => order,
                Choice::Neither => {
                    verdict = Verdict::Doubtful;
                    None
                }
            },
        }
    });
    (settled.collect(), verdict)
}

/// Whether sums can say which number is whose in a row.
fn is_open(form: &Form, row: &WantedRow) -> bool {
    /// Cells of a row of which one is the others' sum.
    const LEAST: usize = 3;
    let has_total = row.cells.iter().any(|cell| form.cell(*cell).computed);
    row.label_ix.is_some() && !row.is_optional && row.cells.len() >= LEAST && has_total
}

/// What stands in a row without sums: under its heads, if these are certain.
fn by_heads_alone<'a>(
    above: &Above,
    row: &WantedRow,
    says: &Says<'_>,
    order: Option<RowTexts<'a>>,
    heads: Option<RowTexts<'a>>,
) -> Option<RowTexts<'a>> {
    match &above.heads {
        _ if row.is_optional => order,
        LineHeads::None | LineHeads::Unclear { are_in_order: true } => order,
        LineHeads::Unclear {
            are_in_order: false,
        } => None,
        LineHeads::Columns(columns) => {
            let known = known(columns, row, says);
            // Among heads that are not known those that are stand in their order, or not for certain.
            let is_certain = known.len() == columns.len()
                || columns.len() != row.cells.len()
                || row.label_ix.is_none();
            heads.filter(|_| is_certain)
        }
    }
}

/// The heads of a row's list among the columns, by their places in both: column and list.
fn known(columns: &[Column], row: &WantedRow, says: &Says<'_>) -> Vec<(usize, usize)> {
    let list = says.heads(row.heads);
    let place = |(at, column): (usize, &Column)| {
        let text = CellText {
            over: Some(column.head),
            group: column.group,
            ..CellText::of("")
        };
        let Said::Head(head) = says.over(&text, row.heads) else {
            return None;
        };
        let own = (list.get(at) == Some(&Some(head))).then_some(at);
        let first = || list.iter().position(|other| *other == Some(head));
        Some((at, own.or_else(first)?))
    };
    columns.iter().enumerate().filter_map(place).collect()
}

/// How the columns above a row stand against the form's.
enum Order {
    /// Each that is known in its own place.
    Own,
    /// All are known, and some stand elsewhere: the places of the form's columns, by that of the source's.
    Other(Vec<usize>),
    /// They are not known, or not in their number.
    Unclear { are_in_order: bool },
    /// There are none.
    None,
}

impl Order {
    fn of(above: &Above, row: &WantedRow, says: &Says<'_>) -> Self {
        let columns = match &above.heads {
            LineHeads::None => return Self::None,
            LineHeads::Unclear { are_in_order } => {
                let are_in_order = *are_in_order;
                return Self::Unclear { are_in_order };
            }
            LineHeads::Columns(columns) => columns,
        };
        let known = known(columns, row, says);
        let is_whole = columns.len() == row.cells.len();
        if is_whole && known.iter().all(|(at, own)| at == own) {
            return Self::Own;
        }
        let mut places: Vec<usize> = known.iter().map(|(_, own)| *own).collect();
        places.sort_unstable();
        places.dedup();
        match is_whole && places.len() == columns.len() {
            true => Self::Other(known.into_iter().map(|(_, own)| own).collect()),
            false => Self::Unclear {
                are_in_order: head_lines::are_in_order(columns, says, row.heads),
            },
        }
    }
}

/// What the rows of a table say of the order of its columns, where the heads do not.
#[derive(Default)]
struct Evidence {
    by_order: Tally,
    by_heads: Tally,
    rows: usize,
    level: usize,
    /// Rows in which it is all the same.
    indifferent: usize,
    /// Whether heads that are all known stand elsewhere.
    has_other: bool,
    /// Whether some stand so that they may be in order, or there are none, and whether some do not.
    could_be: bool,
    could_not_be: bool,
    /// Whether what is neither the total nor under the same group as others stands elsewhere among these.
    is_alone_moved: bool,
    against: Option<Against>,
    has_heads: bool,
}

#[derive(Clone, Copy)]
enum Choice {
    Heads,
    Order,
    Neither,
}

impl Evidence {
    fn add(&mut self, form: &Form, row: &WantedRow, line: &LineRow<'_>, says: &Says<'_>) {
        let order = Order::of(&line.above, row, says);
        match &order {
            Order::Own => return,
            Order::Other(places) => {
                self.has_other = true;
                self.is_alone_moved |= is_alone_moved(form, row, places, says);
            }
            Order::Unclear { are_in_order: true } => self.could_be = true,
            Order::Unclear {
                are_in_order: false,
            } => self.could_not_be = true,
            Order::None => {}
        }
        self.has_heads |= !matches!(order, Order::None);
        let is_other = matches!(order, Order::Other(_));
        let against = head_lines::against_order(&line.above.lines, says, row.heads, is_other);
        self.against = Some(self.against.map_or(against, |before| Against {
            in_a_line: before.in_a_line || against.in_a_line,
            under_a_group: before.under_a_group || against.under_a_group,
        }));
        self.rows += 1;
        self.level += usize::from(line.is_level);
        if let Some(texts) = &line.reading.by_order {
            self.by_order.count(adds_up(form, row, texts));
            self.indifferent += usize::from(are_equal(texts));
        }
        if let Some(texts) = line.reading.by_heads.as_ref().filter(|_| is_other) {
            self.by_heads.count(adds_up(form, row, texts));
        }
    }

    fn choice(&self) -> Choice {
        let Some(against) = self.against else {
            return Choice::Order;
        };
        let says_nothing = self.by_order.right + self.by_order.wrong == 0;
        if says_nothing && self.indifferent == self.rows {
            return Choice::Order;
        }
        let (order, heads) = (self.by_order.is_good(), self.by_heads.is_good());
        let are_seen = self.level * 2 > self.rows;
        let are_against = against.in_a_line || against.under_a_group;
        if !self.has_heads {
            return Choice::order_if(order || says_nothing);
        }
        if !self.has_other {
            // Where each cell has a line of its own, their order is that of the lines.
            let is_out = match are_seen {
                true => are_against,
                false => self.could_not_be,
            };
            let is_in = self.could_be && !self.could_not_be;
            return Choice::order_if(!is_out && (order || says_nothing && is_in));
        }
        if self.could_be || self.could_not_be {
            return Choice::Neither;
        }
        // A head that is as high as two lines stands before or behind the others for all that lines say.
        let is_placed = against.in_a_line || !self.is_alone_moved;
        match (heads, order) {
            (true, _) if are_against && is_placed => Choice::Heads,
            (true, false) if is_placed => Choice::Heads,
            (_, true) if !are_against && are_seen => Choice::Order,
            _ => Choice::Neither,
        }
    }
}

impl Choice {
    fn order_if(is_certain: bool) -> Self {
        match is_certain {
            true => Self::Order,
            false => Self::Neither,
        }
    }
}

/// Whether a column stands elsewhere among the others that is not the total and has no group with them.
fn is_alone_moved(form: &Form, row: &WantedRow, places: &[usize], says: &Says<'_>) -> bool {
    let groups = says.groups(row.heads);
    let is_total = |place: &usize| form.cell(row.cells[*place]).computed;
    let is_alone = |place: usize| {
        let same = groups.iter().filter(|group| **group == groups[place]);
        same.count() <= 2
    };
    let parts: Vec<usize> = places.iter().copied().filter(|it| !is_total(it)).collect();
    let mut sorted = parts.clone();
    sorted.sort_unstable();
    let mut pairs = parts.iter().zip(&sorted);
    pairs.any(|(there, own)| there != own && (is_alone(*there) || is_alone(*own)))
}

/// Whether all texts of a row are the same, so that it does not matter which is whose.
fn are_equal(texts: &RowTexts<'_>) -> bool {
    let mut words = texts.iter().map(|text| text.map(|text| text.words.trim()));
    let first = words.next();
    words.all(|other| Some(other) == first)
}
