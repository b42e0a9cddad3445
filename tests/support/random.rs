//! Seeded random reports that balance, as a published one does: every total printed.

use nianbao::check;
use nianbao::form::{CellIx, Form};
use nianbao::report::{Edit, History, Origin, Report};
use nianbao::value::Value;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A small generator (SplitMix64): the same numbers on every machine and for ever.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// From 0 up to but not including `end`.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

/// What is printed in every cell.
pub type Printed = BTreeMap<CellIx, i64>;

/// A report that balances; `size` is about the largest number in it.
pub fn balanced(form: &Arc<Form>, size: i64, random: &mut Random) -> Report {
    let mut history = History::new(Report::new(
        form.clone(),
        "某市某区人民政府办公室",
        form.years.from,
    ));
    let mut values = BTreeMap::new();
    for (cell, spec) in form
        .indexed_cells()
        .filter(|(_, spec)| !spec.computed && spec.addition.is_none())
    {
        // Most cells of most reports are 0.
        let share = if spec.col_id == "natural" || spec.id.starts_with("t4") {
            2
        } else {
            5
        };
        let n = if random.below(share) == 0 {
            random.next() as i64 % (size + 1)
        } else {
            random.next() as i64 % (size / 20 + 1)
        };
        values.insert(cell, n.abs());
    }
    let fill = |values: &Printed| {
        values
            .iter()
            .map(|(&cell, &n)| (cell, Value::Count(n)))
            .collect::<Vec<_>>()
    };
    history.apply(Edit::cells(history.report(), fill(&values)));
    for column in ["natural", "biz", "research", "welfare", "legal", "other"] {
        let cell = |row: &str| form.find(&format!("t3.{row}.{column}")).unwrap();
        let evaluation = check::evaluate(history.report());
        let number = |row: &str| match evaluation.value(cell(row)) {
            Value::Count(n) => n,
            other => panic!("{other:?}"),
        };
        let handled = number("r3_7") + number("r4");
        let carried = number("r2").min(handled);
        let new = [
            (cell("r1"), Value::Count(handled - carried)),
            (cell("r2"), Value::Count(carried)),
        ];
        history.apply(Edit::cells(history.report(), new));
    }
    history.report().clone()
}

/// Everything that such a report prints, totals included.
pub fn printed(report: &Report) -> Printed {
    let evaluation = check::evaluate(report);
    let number = |cell| match evaluation.value(cell) {
        Value::Count(n) => n,
        other => panic!("{other:?}"),
    };
    let counts = report.cells().filter(|&cell| {
        report.form().cell(cell).unit.as_deref() == Some("件")
            || report.form().cell(cell).unit.as_deref() == Some("项")
    });
    counts.map(|cell| (cell, number(cell))).collect()
}

/// The report that an import makes of what is printed: totals that do not add up are stated.
pub fn imported(form: &Arc<Form>, printed: &Printed) -> Report {
    let mut history = History::new(Report::new(
        form.clone(),
        "某市某区人民政府办公室",
        form.years.from,
    ));
    let is_input = |cell: &CellIx| !form.cell(*cell).computed;
    let inputs: Vec<_> = printed
        .iter()
        .filter(|(cell, _)| is_input(cell))
        .map(|(&cell, &n)| (cell, Value::Count(n)))
        .collect();
    history.apply(Edit::cells_from(
        history.report(),
        Some(Origin::Imported),
        inputs,
    ));
    let evaluation = check::evaluate(history.report());
    for (&cell, &n) in printed.iter().filter(|(cell, _)| !is_input(cell)) {
        if !evaluation.value(cell).same_number(Value::Count(n)) {
            history.apply(Edit::stated(history.report(), cell, Some(Value::Count(n))));
        }
    }
    history.report().clone()
}

/// Ways to mistype a number.
pub const SLIPS: [&str; 5] = ["digit", "transposed", "tenfold", "neighbour", "sign"];

/// Mistypes one cell of tables three and four in the way named; the cells that are then wrong, or none if that way
/// changes nothing there.
pub fn mistype(
    form: &Form,
    printed: &mut Printed,
    slip: &str,
    random: &mut Random,
) -> Option<Vec<CellIx>> {
    let candidates: Vec<CellIx> = printed
        .keys()
        .copied()
        .filter(|&cell| form.cell(cell).table > 0)
        .collect();
    let cell = *random.pick(&candidates);
    let old = printed[&cell];
    let digits: Vec<u8> = old.abs().to_string().into_bytes();
    let sign = if old < 0 { -1 } else { 1 };
    let number =
        |digits: &[u8]| sign * std::str::from_utf8(digits).unwrap().parse::<i64>().unwrap();
    let new = match slip {
        "digit" => {
            let mut digits = digits;
            let at = random.below(digits.len());
            digits[at] = b'0' + (digits[at] - b'0' + 1 + random.below(9) as u8) % 10;
            number(&digits)
        }
        "transposed" => {
            let mut digits = digits;
            if digits.len() < 2 {
                return None;
            }
            let at = random.below(digits.len() - 1);
            digits.swap(at, at + 1);
            number(&digits)
        }
        "tenfold" => old * 10,
        "sign" => -old,
        "neighbour" => {
            let here = form.cell(cell);
            let next = (form.indexed_cells()).find(|(ix, other)| {
                ix.0 == cell.0 + 1
                    && other.table == here.table
                    && other.row_id == here.row_id
                    && !other.computed
            });
            let (next, _) = next.filter(|_| !here.computed)?;
            if printed[&next] == old {
                return None;
            }
            let other = printed[&next];
            printed.insert(cell, other);
            printed.insert(next, old);
            return Some(vec![cell, next]);
        }
        _ => unreachable!("{slip}"),
    };
    printed.insert(cell, new);
    (new != old).then_some(vec![cell])
}
