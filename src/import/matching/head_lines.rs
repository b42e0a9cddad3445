//! Heads that stand in lines, as text has them, where nothing says which columns a head covers: the columns in the order in
//! which their numbers stand.

use super::cell_text::CellText;
use super::form_words::{FormWordIx, TableWords};
use super::says::Says;
use super::vocabulary::WordIx;
use std::collections::VecDeque;
use std::ops::Range;

/// The heads above a row, as they stand in lines.
#[derive(Debug)]
pub(super) enum LineHeads {
    /// There are none.
    None,
    /// They do not say which column is whose.
    Unclear {
        /// Whether they stand in the form's order all the same.
        are_in_order: bool,
    },
    /// The columns in their order.
    Columns(Vec<Column>),
}

impl LineHeads {
    /// The heads among these words, line by line.
    pub fn of(words: Vec<WordIx>, says: &Says<'_>) -> Self {
        let heads = words.into_iter().map(|word| HeadInLine {
            word,
            known: says.any_head(word),
        });
        let mut heads: Vec<HeadInLine> = heads.collect();
        // The first one stands over the labels.
        if heads.first().is_some_and(|head| head.known.is_none()) {
            heads.remove(0);
        }
        if heads.is_empty() {
            return Self::None;
        }
        match columns(&heads, says.table()) {
            Some(columns) => Self::Columns(columns),
            None => {
                let known: Vec<_> = heads.iter().map(|head| head.known).collect();
                let are_in_order = could_be(&known, &says.table().heads);
                Self::Unclear { are_in_order }
            }
        }
    }
}

/// Whether heads in a line could be the official ones in their order, some left out: each that is not known stands for
/// one of those between its neighbours.
fn could_be(heads: &[Option<FormWordIx>], official: &[FormWordIx]) -> bool {
    let (mut from, mut unknown) = (0, 0);
    for head in heads {
        let Some(head) = head else {
            unknown += 1;
            continue;
        };
        let at = official[from..].iter().position(|other| other == head);
        let Some(skipped) = at.filter(|skipped| *skipped >= unknown || from == 0) else {
            return false;
        };
        (from, unknown) = (from + skipped + 1, 0);
    }
    true
}

/// The numbers of a row, each under its column.
pub(super) fn under<'a>(texts: Vec<CellText<'a>>, columns: &[Column]) -> Vec<CellText<'a>> {
    let pairs = texts.into_iter().zip(columns);
    let under = pairs.map(|(text, column)| CellText {
        over: Some(column.head),
        group: column.group,
        ..text
    });
    under.collect()
}

/// Whether those of the columns that a list of heads has stand in its order.
pub(super) fn are_in_order(columns: &[Column], says: &Says<'_>, list: usize) -> bool {
    let mut official = says.heads(list).iter().flatten();
    let known = columns
        .iter()
        .filter_map(|column| says.head(column.head, list));
    let mut known = known;
    known.all(|head| official.any(|other| *other == head))
}

/// How the heads above a row stand against the form's order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Against {
    /// Whether those of one line stand in it in another order, left to right.
    pub in_a_line: bool,
    /// Whether those under one group, all level, do so over all lines.
    pub under_a_group: bool,
}

/// What heads in lines say against the form's order. Of heads that are as high as two lines the middle stands between both,
/// so that only what stands in one line, or is level, says which stands left of which. Words that are only like a head count
/// where all are known.
pub(super) fn against_order(
    lines: &[Vec<WordIx>],
    says: &Says<'_>,
    list: usize,
    are_all_known: bool,
) -> Against {
    let known = |word: &WordIx| match are_all_known {
        true => says.any_head(*word),
        false => says.exact_head(*word),
    };
    let mut lines_known = lines.iter().map(|line| line.iter().map(known));
    let in_a_line = lines_known.any(|line| !could_stand(line, says, list));
    let all: Vec<FormWordIx> = lines.iter().flatten().filter_map(known).collect();
    let below = &says.table().below;
    let are_level = |heads: &&Vec<FormWordIx>| !heads.iter().any(|head| below.contains_key(head));
    let mut groups = below.values().filter(are_level);
    let under_a_group = groups.any(|heads| {
        let place = |head: &FormWordIx| heads.iter().position(|other| other == head);
        let places: Vec<usize> = all.iter().filter_map(place).collect();
        !places.is_sorted()
    });
    Against {
        in_a_line,
        under_a_group,
    }
}

/// Whether heads can stand in one line in this order, each over its columns and with room for those that are not known.
fn could_stand(
    line: impl Iterator<Item = Option<FormWordIx>>,
    says: &Says<'_>,
    list: usize,
) -> bool {
    let count = says.heads(list).len();
    let (mut end, mut unknown) = (None, 0);
    for head in line {
        let Some(head) = head else {
            unknown += 1;
            continue;
        };
        let ranges = columns_under(head, says, list);
        // One over all columns, or over those of another list.
        if ranges.is_empty() || ranges.contains(&(0..count)) {
            continue;
        }
        let from = end.map_or(0, |end| end + unknown);
        let Some(range) = ranges.iter().find(|range| range.start >= from) else {
            return false;
        };
        (end, unknown) = (Some(range.end), 0);
    }
    true
}

/// Over which columns of a list a head may stand.
fn columns_under(head: FormWordIx, says: &Says<'_>, list: usize) -> Vec<Range<usize>> {
    let Some(below) = says.table().below.get(&head) else {
        let heads = says.heads(list).iter().enumerate();
        let own = heads.filter(|(_, other)| **other == Some(head));
        return own.map(|(at, _)| at..at + 1).collect();
    };
    let mut below = below.iter();
    let first = below.next().map(|first| columns_under(*first, says, list));
    below.fold(first.unwrap_or_default(), |ranges, next| {
        let next = columns_under(*next, says, list);
        let joined = |range: Range<usize>| {
            let right = next.iter().find(|right| right.start == range.end)?;
            Some(range.start..right.end)
        };
        ranges.into_iter().filter_map(joined).collect()
    })
}

/// A column of numbers, by the words over it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Column {
    pub head: WordIx,
    /// The head of several columns that it stands under.
    pub group: Option<FormWordIx>,
}

/// A word in a line of heads.
#[derive(Clone, Copy, Debug)]
struct HeadInLine {
    word: WordIx,
    /// Which of the form's heads it is; none for one that the table does not have.
    known: Option<FormWordIx>,
}

/// The columns under these heads, which stand line by line; nothing if some heads cannot be under those above them.
fn columns(heads: &[HeadInLine], table: &TableWords) -> Option<Vec<Column>> {
    let levels = levels(heads, table);
    // Nobody knows under what a head stands that the form does not have.
    if levels.len() > 1 && heads.iter().any(|head| head.known.is_none()) {
        return None;
    }
    let mut levels = levels.into_iter();
    let first = levels.next()?.into_iter();
    let mut all: Vec<(HeadInLine, Option<FormWordIx>)> = first.map(|head| (head, None)).collect();
    for mut next in levels {
        let above = std::mem::take(&mut all);
        for (head, group) in above {
            let below = head.known.and_then(|known| table.below.get(&known));
            let own = below.map(|below| own_below(&mut next, below));
            match own.filter(|own| !own.is_empty()) {
                Some(own) => all.extend(own.into_iter().map(|own| (own, head.known))),
                None => all.push((head, group)),
            }
        }
        if !next.is_empty() {
            return None;
        }
    }
    let all = all.into_iter();
    let column = |(head, group): (HeadInLine, Option<FormWordIx>)| Column {
        head: head.word,
        group,
    };
    Some(all.map(column).collect())
}

/// The first of these heads that stand under one group: until one is not the group's, or is there again.
fn own_below(next: &mut VecDeque<HeadInLine>, below: &[FormWordIx]) -> Vec<HeadInLine> {
    let mut own: Vec<HeadInLine> = Vec::new();
    while let Some(first) = next.front() {
        let is_again = own.iter().any(|other| other.known == first.known);
        let is_own = |known: FormWordIx| below.contains(&known) && !is_again;
        if !first.known.is_none_or(is_own) {
            break;
        }
        own.extend(next.pop_front());
    }
    own
}

/// The heads of each level: those of the next one stand under those of the one before.
fn levels(heads: &[HeadInLine], table: &TableWords) -> Vec<VecDeque<HeadInLine>> {
    let mut levels: Vec<VecDeque<HeadInLine>> = Vec::new();
    let mut current: VecDeque<HeadInLine> = VecDeque::new();
    for head in heads {
        let same = current.iter().filter(|other| other.known == head.known);
        let same = same.count();
        let is_under = |other: &HeadInLine| {
            let below = other.known.and_then(|group| table.below.get(&group));
            below.is_some_and(|below| head.known.is_some_and(|head| below.contains(&head)))
        };
        let places = match levels.last() {
            Some(above) => above.iter().filter(|other| is_under(other)).count(),
            None => 1,
        };
        let has_place = head.known.is_none() || same < places;
        let is_below = current.iter().any(is_under);
        let goes_down = match levels.is_empty() {
            true => is_below,
            false => !has_place && is_below,
        };
        if goes_down {
            levels.push(std::mem::take(&mut current));
        }
        current.push_back(*head);
    }
    levels.push(current);
    levels
}
