//! Two readings of a row: its numbers by their order, and by the heads over them. Where they differ, what adds up decides
//! for the whole table; what nothing decides is not read.

use super::cell_text::{CellText, RowTexts};
use super::form_words::WantedRow;
use super::heads::Reading;
use crate::form::{CellIx, Form};
use crate::value;
use rust_decimal::Decimal;

/// What came out for a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The heads stand over their numbers, or there are none to say otherwise.
    #[default]
    Fine,
    /// The heads stand elsewhere; the numbers are read in their order, and so add up.
    HeadsAstray,
    /// Nobody knows which number is which in some rows.
    Doubtful,
    /// What only the places of words say of some rows, heads and totals do not bear out.
    WithoutWitness,
}

/// How many rows add up, and how many do not.
#[derive(Clone, Copy, Default)]
pub(super) struct Tally {
    pub right: usize,
    pub wrong: usize,
}

impl Tally {
    /// Of many rows one may be wrong in print.
    pub fn is_good(&self) -> bool {
        const ONE_OF: usize = 5;
        self.right > 0 && self.wrong * ONE_OF <= self.right
    }

    pub fn count(&mut self, adds_up: Option<bool>) {
        match adds_up {
            Some(true) => self.right += 1,
            Some(false) => self.wrong += 1,
            None => {}
        }
    }
}

/// The texts of each row of a table, by the reading that holds for it.
pub(super) fn settle<'a>(
    form: &Form,
    wanted: &[&WantedRow],
    readings: Vec<Option<Reading<'a>>>,
) -> (Vec<Option<RowTexts<'a>>>, Verdict) {
    let (mut by_order, mut by_heads) = (Tally::default(), Tally::default());
    let (mut differing, mut both, mut permuted, mut has_strangers) = (0, 0, true, false);
    let mut only_heads = Tally::default();
    for (row, reading) in wanted.iter().zip(&readings) {
        match reading {
            Some(Reading {
                by_order: Some(order),
                by_heads: Some(heads),
                ..
            }) => {
                both += 1;
                if !agree(order, heads) {
                    differing += 1;
                    by_order.count(adds_up(form, row, order));
                    by_heads.count(adds_up(form, row, heads));
                    permuted &= is_permutation(order, heads);
                    has_strangers |= has_stranger(order, heads);
                }
            }
            Some(Reading {
                by_order: None,
                by_heads: Some(heads),
                ..
            }) => only_heads.count(adds_up(form, row, heads)),
            _ => {}
        }
    }
    // Heads that stand over wrong numbers in most rows stand so in all.
    const SEVERAL: usize = 3;
    let never_adds_up = only_heads.wrong >= SEVERAL && only_heads.wrong > only_heads.right;
    let choice = match (by_heads.is_good(), by_order.is_good()) {
        _ if never_adds_up => Choice::Neither,
        _ if differing == 0 => Choice::Heads,
        (true, false) => Choice::Heads,
        // Sums come out whichever of two columns is which: they say nothing against heads that they do not contradict.
        (false, true) if by_heads.wrong == 0 && has_strangers => Choice::Neither,
        (false, true) => Choice::Order,
        _ if permuted => Choice::Heads,
        _ => Choice::Neither,
    };
    // Where most rows differ, those that do not only happen to say the same.
    let is_whole = never_adds_up || differing * 2 > both;
    let is_doubted = |reading: &Reading<'_>| reading.is_doubted;
    let has_doubts = readings.iter().flatten().any(is_doubted);
    let rows = readings.into_iter().map(|reading| {
        let reading = reading.filter(|reading| !is_doubted(reading))?;
        match (reading.by_order, reading.by_heads) {
            (Some(order), Some(heads)) if agree(&order, &heads) => match choice {
                Choice::Neither if is_whole => None,
                Choice::Order => Some(without_heads(order)),
                // They say the same, but a head knows which of several equal numbers is its own.
                _ => Some(heads.into_iter().zip(order).map(|(a, b)| a.or(b)).collect()),
            },
            (order, heads) => match choice {
                Choice::Heads => heads.or(order),
                Choice::Order => order.map(without_heads),
                Choice::Neither if is_whole => None,
                Choice::Neither => heads.xor(order),
            },
        }
    });
    let verdict = match choice {
        _ if has_doubts => Verdict::Doubtful,
        Choice::Heads => Verdict::Fine,
        Choice::Order => Verdict::HeadsAstray,
        Choice::Neither => Verdict::Doubtful,
    };
    (rows.collect(), verdict)
}

/// Which reading holds for a table.
#[derive(Clone, Copy)]
enum Choice {
    Heads,
    Order,
    Neither,
}

pub(super) fn agree(order: &RowTexts<'_>, heads: &RowTexts<'_>) -> bool {
    let mut pairs = heads.iter().zip(order);
    let words = |text: &Option<CellText<'_>>| text.map(|text| text.words.trim().to_owned());
    pairs.all(|(head, order)| head.is_none() || words(head) == words(order))
}

/// Whether a number stands under words that are no head, so that the heads say all they can and not too little.
fn has_stranger(order: &RowTexts<'_>, heads: &RowTexts<'_>) -> bool {
    let known = |text: &CellText<'_>| {
        let mut heads = heads.iter().flatten();
        heads.any(|head| std::ptr::eq(head.words, text.words))
    };
    let mut order = order.iter().flatten();
    order.any(|text| text.over.is_some() && !text.is_blank() && !known(text))
}

/// Numbers that are known not to be what the heads over them say.
pub(super) fn without_heads(texts: RowTexts<'_>) -> RowTexts<'_> {
    let texts = texts.into_iter();
    texts.map(|text| text.map(CellText::without_head)).collect()
}

/// Whether both readings have the same filled cells, as where columns stand in another order.
fn is_permutation(order: &RowTexts<'_>, heads: &RowTexts<'_>) -> bool {
    let filled = |texts: &RowTexts<'_>| {
        let texts = texts.iter().flatten().map(|text| text.words.trim());
        let mut filled: Vec<String> = texts
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
            .collect();
        filled.sort_unstable();
        filled
    };
    heads.iter().all(Option::is_some) && filled(order) == filled(heads)
}

/// Whether every total of a row is what its parts in the same row come to; nothing if that says nothing.
pub(super) fn adds_up(form: &Form, row: &WantedRow, texts: &RowTexts<'_>) -> Option<bool> {
    let says = sums(form, row, texts).into_iter().map(|sum| sum.adds_up);
    says.reduce(|a, b| a && b)
}

/// A total of a row that says something of its parts in the same row.
pub(super) struct Sum {
    /// The total and its parts, by their places in the row.
    pub cells: Vec<usize>,
    pub adds_up: bool,
}

/// The totals of a row that say something of their parts.
pub(super) fn sums(form: &Form, row: &WantedRow, texts: &RowTexts<'_>) -> Vec<Sum> {
    let place = |cell: CellIx| row.cells.iter().position(|other| *other == cell);
    let number = |cell: CellIx| -> Option<Decimal> {
        let spec = form.cell(cell);
        let words = texts[place(cell)?]?.words;
        let value = value::parse(words, spec.kind, spec.unit.as_deref()).ok()?;
        Some(value.decimal().unwrap_or_default())
    };
    let sum = |(total, relation): &(CellIx, usize)| {
        let at = place(*total)?;
        let plus = &form.relations[*relation].right.plus;
        let parts: Option<Vec<Decimal>> = plus.iter().map(|cell| number(*cell)).collect();
        // A total that is left blank says nothing.
        let is_blank = texts[at].is_none_or(|text| text.is_blank());
        let (parts, printed) = (parts?, number(*total).filter(|_| !is_blank)?);
        let sum: Decimal = parts.iter().sum();
        let cells = plus.iter().filter_map(|cell| place(*cell));
        (!sum.is_zero() || !printed.is_zero()).then(|| Sum {
            cells: cells.chain([at]).collect(),
            adds_up: sum == printed,
        })
    };
    form.computations.iter().filter_map(sum).collect()
}
