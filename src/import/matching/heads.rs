//! Numbers by the heads of their columns: the heads decide, wherever the columns stand.

use super::cell_text::{CellText, RowTexts};
use super::fields;
use super::form_words::{FormWordIx, FormWords, TableWords};
use super::head_lines::{self, LineHeads};
use super::likeness::Likeness;
use super::met_heads::{MetHeads, Over};
use super::says::Says;
use super::tables::{SourceCell, SourceTable};
use super::under_heads::by_heads;
use super::units;
use super::vocabulary::{Vocabulary, WordIx};
use crate::import::source::UNREAD;
use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

/// What the numbers of a row could be, read in two ways; at least one of them is there.
#[derive(Clone, Debug)]
pub(super) struct Reading<'a> {
    /// One after another.
    pub by_order: Option<RowTexts<'a>>,
    /// By the heads over them.
    pub by_heads: Option<RowTexts<'a>>,
    /// Whether the heads stand in another order than the form's and do not say which number is whose.
    pub is_doubted: bool,
}

/// A table of the source in which a table of the form is looked for.
pub(super) struct Lookup<'a, 'b> {
    pub table: &'b SourceTable<'a>,
    pub vocabulary: &'b Vocabulary,
    pub likeness: &'b Likeness,
    pub form: &'b FormWords,
    pub wanted: &'b TableWords,
    pub says: &'b Says<'b>,
    /// The table before it, if this one may be its next page: its heads hold here too.
    before: Option<&'b SourceTable<'a>>,
    kinds: OnceCell<Vec<RowKind>>,
    over: OnceCell<Vec<Vec<Over>>>,
    /// For each list of heads whether the rows in which they stand are whole, so that their columns are those of the
    /// numbers below: text with tabs between leaves out what is merged.
    are_in_place: Vec<OnceCell<bool>>,
    /// For the first row below each line of heads its columns.
    lines: RefCell<HashMap<usize, Rc<LineHeads>>>,
    /// See [`Lookup::label_columns`].
    label_columns: OnceCell<Option<usize>>,
}

/// What a row of a table of the source holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RowKind {
    /// A label of the form, and what stands beside it.
    Label,
    /// Numbers.
    Numbers,
    /// Neither: heads, perhaps.
    Words,
}

impl<'a, 'b> Lookup<'a, 'b> {
    pub fn new(
        (before, table): (Option<&'b SourceTable<'a>>, &'b SourceTable<'a>),
        vocabulary: &'b Vocabulary,
        likeness: &'b Likeness,
        form: &'b FormWords,
        wanted: &'b TableWords,
        says: &'b Says<'b>,
    ) -> Self {
        // Where rows have heads of their own, those of a table before say nothing.
        let is_next = |before: &&SourceTable<'_>| {
            wanted.head_lists.len() == 1 && before.cols == table.cols && table.cols > 1
        };
        Self {
            table,
            vocabulary,
            likeness,
            form,
            wanted,
            says,
            before: before.filter(is_next),
            kinds: OnceCell::new(),
            over: OnceCell::new(),
            are_in_place: wanted.head_lists.iter().map(|_| OnceCell::new()).collect(),
            lines: RefCell::default(),
            label_columns: OnceCell::new(),
        }
    }

    /// How many columns hold labels, if merged labels have left an empty cell for each place that they cover.
    pub fn label_columns(&self) -> Option<usize> {
        *self.label_columns.get_or_init(|| {
            let rows = self.wanted.rows.iter();
            let most = rows.map(|row| row.cells.len()).max().unwrap_or(0);
            let (mut columns, mut leaves_places) = (0, false);
            for row in &self.table.rows {
                let is_label = |cell: &SourceCell<'_>| self.likeness.is_some_label(cell.word);
                let Some(label) = row.iter().rposition(is_label) else {
                    continue;
                };
                let before = label.checked_sub(1).map(|before| &row[before]);
                leaves_places |= before.is_some_and(|cell| cell.raw.text.trim().is_empty());
                leaves_places |= row.len() - label - 1 > most;
                columns = columns.max(label + 1);
            }
            leaves_places.then_some(columns)
        })
    }

    fn kind_of(&self, table: &SourceTable<'_>, at: usize) -> RowKind {
        let row = &table.rows[at];
        let is_label = |cell: &SourceCell<'_>| self.likeness.is_some_label(cell.word);
        let is_number = |cell: &SourceCell<'_>| fields::is_number(cell.raw.text.trim());
        if row.iter().any(is_label) {
            RowKind::Label
        } else if table.is_index(at) {
            RowKind::Words
        } else if row.iter().any(is_number) {
            RowKind::Numbers
        } else {
            RowKind::Words
        }
    }

    fn kinds(&self) -> &[RowKind] {
        let kinds = || (0..self.table.rows.len()).map(|at| self.kind_of(self.table, at));
        self.kinds.get_or_init(|| kinds().collect())
    }

    /// For each own cell of each row what stands over it in just its columns.
    fn over(&self) -> &[Vec<Over>] {
        self.over.get_or_init(|| {
            let mut met = MetHeads::default();
            let has_heads = (self.table.rows.iter().flatten()).any(|cell| {
                self.likeness
                    .exact(cell.word)
                    .is_some_and(|it| self.is_column(it))
            });
            if let Some(before) = self.before.filter(|_| !has_heads) {
                for (at, row) in before.rows.iter().enumerate() {
                    self.meet(row, self.kind_of(before, at), &mut met);
                }
            }
            let rows = self.table.rows.iter().zip(self.kinds());
            rows.map(|(row, kind)| self.meet(row, *kind, &mut met))
                .collect()
        })
    }

    fn is_column(&self, head: FormWordIx) -> bool {
        let mut lists = self.wanted.head_lists.iter();
        lists.any(|list| list.contains(&Some(head)))
    }

    /// What stands over the cells of a row; its own words stand over the next ones.
    fn meet(&self, row: &[SourceCell<'_>], kind: RowKind, met: &mut MetHeads) -> Vec<Over> {
        let over = row.iter().map(|cell| met.over(cell)).collect();
        match kind {
            RowKind::Label => met.is_below_heads = true,
            RowKind::Numbers => {}
            RowKind::Words => {
                let is_head = |cell: &&SourceCell<'_>| self.could_be_head(cell);
                if row.iter().any(|cell| is_head(&cell)) && met.is_below_heads {
                    met.forget_groups();
                    met.is_below_heads = false;
                }
                for (nth, cell) in row.iter().enumerate().filter(|(_, cell)| is_head(cell)) {
                    let exact = self.likeness.exact(cell.word);
                    let group = exact.filter(|head| self.wanted.below.contains_key(head));
                    match group {
                        Some(group) => met.add_group(row, nth, group),
                        None => met.add_word(cell),
                    }
                }
            }
        }
        over
    }

    /// Whether words could be a head: no remark, no unit, and no sentence.
    fn could_be_head(&self, cell: &SourceCell<'_>) -> bool {
        /// In bytes.
        const LONGEST: usize = 150;
        let plain = self.vocabulary.word(cell.word).text.as_str();
        let is_remark = plain.starts_with('(') && plain.ends_with(')');
        plain.len() <= LONGEST
            && plain.contains(|c: char| c.is_alphabetic() && c != UNREAD)
            && !is_remark
            && units::Unit::of(plain).is_none()
    }

    fn are_in_place(&self, list: usize) -> bool {
        let heads = &self.wanted.head_lists[list];
        *self.are_in_place[list].get_or_init(|| {
            let is_head = |cell: &SourceCell<'_>| {
                let exact = self.likeness.exact(cell.word);
                exact.is_some() && heads.contains(&exact)
            };
            let are_whole = |table: &SourceTable<'_>| {
                let mut rows = table.rows.iter().enumerate();
                rows.all(|(nth, row)| table.is_whole(nth) || !row.iter().any(is_head))
            };
            are_whole(self.table) && self.before.is_none_or(are_whole)
        })
    }

    /// The cells of a row with what stands over them, if it is whole: a row of which a cell fell out has moved, and its
    /// columns say nothing any more. In a single column heads, labels and numbers stand one below the other.
    pub fn cells(&self, row: usize, list: usize) -> Vec<CellText<'a>> {
        let says = self.table.is_whole(row) && self.table.cols > 1 && self.are_in_place(list);
        let cells = self.table.rows[row].iter();
        if !says {
            return cells.map(|cell| CellText::of(&cell.raw.text)).collect();
        }
        let text = |(cell, over): (&SourceCell<'a>, &Over)| CellText {
            over: over.word,
            above: over.above,
            group: over.group,
            ..CellText::of(&cell.raw.text)
        };
        cells.zip(&self.over()[row]).map(text).collect()
    }

    /// The heads above a row, where they stand in lines; nothing where the columns say it.
    pub fn lines_above(&self, row: usize, list: usize) -> Option<Rc<LineHeads>> {
        if self.are_in_place(list) && self.table.is_whole(row) {
            return None;
        }
        let kinds = self.kinds();
        let above = kinds[..row.min(kinds.len())].iter();
        let below_heads = above.rev().position(|kind| *kind == RowKind::Words);
        let below_heads = below_heads.map_or(0, |at| row.min(kinds.len()) - at);
        let known = self.lines.borrow().get(&below_heads).cloned();
        Some(known.unwrap_or_else(|| {
            let heads = Rc::new(self.line_heads(below_heads));
            self.lines.borrow_mut().insert(below_heads, heads.clone());
            heads
        }))
    }

    /// The heads in the lines right above a row.
    fn line_heads(&self, below_heads: usize) -> LineHeads {
        /// Heads take three lines; others may stand between.
        const LINES: usize = 6;
        let kinds = &self.kinds()[..below_heads];
        let words = kinds
            .iter()
            .rev()
            .take_while(|kind| **kind == RowKind::Words);
        let from = below_heads - words.take(LINES).count();
        let is_known = |word: &WordIx| self.says.any_head(*word).is_some();
        let filled = |row: &Vec<SourceCell<'a>>| -> Vec<WordIx> {
            let cells = row.iter().filter(|cell| !cell.raw.text.trim().is_empty());
            cells.map(|cell| cell.word).collect()
        };
        let rows = || self.table.rows[from..below_heads].iter().map(filled);
        let known = rows().filter(|row| row.iter().any(is_known));
        let words: Vec<WordIx> = known.flatten().collect();
        // What stands right above may be the heads of something else.
        let nearest = || rows().next_back().filter(|row| row.len() > 1);
        match words.is_empty() {
            true => LineHeads::of(nearest().unwrap_or_default(), self.says),
            false => LineHeads::of(words, self.says),
        }
    }

    /// Both readings of what stands behind a row's label; `numbers` are as many of it as are wanted.
    pub fn reading(
        &self,
        row: usize,
        list: usize,
        by_columns: Option<RowTexts<'a>>,
        numbers: impl Fn(usize) -> Option<Vec<CellText<'a>>>,
    ) -> Option<Reading<'a>> {
        let count = self.says.heads(list).len();
        let ordered = || numbers(count).map(|texts| texts.into_iter().map(Some).collect());
        let reading = match self.lines_above(row, list).as_deref() {
            None | Some(LineHeads::None) => Reading {
                by_order: ordered(),
                by_heads: by_columns,
                is_doubted: false,
            },
            Some(LineHeads::Unclear { are_in_order }) => Reading {
                by_order: ordered(),
                by_heads: by_columns,
                is_doubted: !are_in_order,
            },
            Some(LineHeads::Columns(columns)) => {
                let texts = numbers(columns.len());
                let texts = texts.map(|texts| head_lines::under(texts, columns));
                let by_heads = texts.as_ref().and_then(|it| by_heads(self.says, it, list));
                let is_whole = columns.len() == count;
                let by_order = match texts.filter(|_| is_whole) {
                    Some(texts) => Some(texts.into_iter().map(Some).collect()),
                    None => ordered(),
                };
                let is_clear = is_whole || head_lines::are_in_order(columns, self.says, list);
                Reading {
                    is_doubted: by_heads.is_none() && !is_clear,
                    by_order,
                    by_heads: by_heads.or(by_columns),
                }
            }
        };
        (reading.by_order.is_some() || reading.by_heads.is_some()).then_some(reading)
    }

    /// The row behind the last one that holds such heads.
    pub fn below(&self, list: usize) -> usize {
        // One alone stands in other tables too.
        const SOME: usize = 2;
        let heads = &self.wanted.head_lists[list];
        let is_head = |cell: &&SourceCell<'_>| {
            let word = self.likeness.exact(cell.word);
            word.is_some() && heads.contains(&word)
        };
        let rows = &self.table.rows;
        let last = rows
            .iter()
            .rposition(|row| row.iter().filter(is_head).count() >= SOME);
        last.map_or(0, |row| row + 1)
    }

    /// What stands under these heads in a row of nothing but numbers, for tables whose rows have no labels; the heads
    /// stand above `from`.
    pub fn row_below(&self, list: usize, from: usize) -> Option<RowTexts<'a>> {
        let is_number = |cell: &SourceCell<'_>| {
            let text = cell.raw.text.trim();
            text.chars().count() < 16 && !text.chars().any(char::is_alphabetic)
        };
        best_below(from..self.table.rows.len(), |row| {
            let is_row = self.table.rows[row].iter().all(is_number) && !self.table.is_index(row);
            is_row.then(|| by_heads(self.says, &self.cells(row, list), list))?
        })
    }

    /// A line above a row that names a unit, among the next ones.
    pub fn unit_line(&self, row: usize) -> Option<WordIx> {
        const NEAR: usize = 20;
        /// In bytes.
        const LONGEST: usize = 90;
        let above = self.table.rows[..row].iter().rev().take(NEAR);
        let alone = above.filter_map(|cells| {
            let mut filled = cells.iter().filter(|cell| !cell.raw.text.trim().is_empty());
            let first = filled.next()?;
            filled.next().is_none().then_some(first.word)
        });
        let names_unit = |word: &WordIx| {
            let plain = &self.vocabulary.word(*word).text;
            plain.len() <= LONGEST && !units::named_in_line(plain).is_empty()
        };
        let mut alone = alone;
        alone.find(names_unit).or(self.table.unit_line)
    }
}

/// Of these rows the first that has numbers, else the first that could have: an empty one below the table is common.
pub(super) fn best_below<'a>(
    rows: Range<usize>,
    row: impl Fn(usize) -> Option<RowTexts<'a>>,
) -> Option<RowTexts<'a>> {
    let is_filled = |text: &Option<CellText<'_>>| text.is_some_and(|text| !text.is_blank());
    // Numbers that stand further below are those of something else.
    const NEAR: usize = 20;
    let mut empty = None;
    for found in rows.take(NEAR).filter_map(row) {
        if found.iter().any(is_filled) {
            return Some(found);
        }
        empty = empty.or(Some(found));
    }
    empty
}
