//! Seeded random reports that balance, as a published one does: every total printed.

use nianbao::check;
use nianbao::form::{AdditionIx, CellIx, Form};
use nianbao::report::{Edit, History, Origin, Report};
use nianbao::value::{Kind, Value};
use rust_decimal::Decimal;
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

/// Pieces of texts and names that are hard to write in one format or another.
const HARD: [&str; 22] = [
    "\u{f0b7}\u{e000}",
    "(一)",
    "<b>&amp;\"'</b>",
    "=1+2",
    "+86",
    "-5",
    "@SUM(A1)",
    "鄠邑区甪直镇喆堃䶮",
    "“三安全一稳定”",
    "……——《条例》（试行）",
    "]]>",
    "<!-- -->",
    "%s{0}\\n",
    "１２３４５",
    "Ａ类 B-2 类",
    "https://www.example.gov.cn/col/col1234/index.html?a=1&b=2",
    "①②③Ⅳ№㎡℃",
    "a  b",
    "\u{3000}全角空格",
    "，，、。；：？！",
    "0.1%",
    "A·B－C～D",
];

/// A report with everything in it that makes trouble: long names and texts, signs that mean something in a format, big
/// numbers, blanks, stated totals.
pub fn wild(form: &Arc<Form>, random: &mut Random) -> Report {
    let text = |random: &mut Random, most: usize| -> String {
        let words =
            "全年共收到政府信息公开申请件均在法定期限内答复行政机关依法主动公开重点领域信息";
        let words: Vec<char> = words.chars().collect();
        let mut text = String::new();
        for _ in 0..random.below(most) {
            match random.below(12) {
                0 => text.push_str(HARD[random.below(HARD.len())]),
                1 => text.push_str(&random.below(100_000).to_string()),
                2 => text.push('。'),
                _ => text.push(*random.pick(&words)),
            }
        }
        text
    };
    let organ = format!(
        "某县{}{}局",
        text(random, 30),
        HARD[random.below(HARD.len())]
    );
    let year = form.years.from + random.below(2) as i32;
    let mut history = History::new(Report::new(form.clone(), organ, year));
    for index in 0..form.additions.len() {
        if random.below(2) == 0 {
            let addition = AdditionIx(index as u16);
            history.apply(Edit::addition(history.report(), addition, true));
        }
    }
    let mut cells = Vec::new();
    for cell in history.report().cells().collect::<Vec<_>>() {
        let spec = form.cell(cell);
        let big = [9, 999, 9_999_999, 999_999_999_999][random.below(4)];
        let n = random.below(big + 1) as i64;
        let value = match spec.kind {
            _ if random.below(8) == 0 => Value::Blank,
            Kind::Amount => {
                let scale = random.below(11) as u32;
                Value::Amount(Decimal::new(n, scale))
            }
            Kind::Signed if random.below(2) == 0 => Value::Count(-n),
            _ => Value::Count(n),
        };
        if !spec.computed {
            cells.push((cell, value));
        } else if random.below(10) == 0 {
            history.apply(Edit::stated(history.report(), cell, Some(Value::Count(n))));
        }
    }
    history.apply(Edit::cells(history.report(), cells));
    for (ix, _) in form.indexed_texts().collect::<Vec<_>>() {
        let paragraphs: Vec<String> = (0..random.below(6))
            .map(|nth| match nth {
                1 => "（一）加强组织领导".to_owned(),
                3 => text(random, 3000),
                _ => text(random, 300),
            })
            .collect();
        history.apply(Edit::text(history.report(), ix, &paragraphs.join("\n")));
    }
    history.report().clone()
}
