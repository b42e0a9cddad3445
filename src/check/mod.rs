//! Holds a report against its form (审核): totals, relations, blanks, texts.
//!
//! [`evaluate`] is pure and cannot fail: it works on the whole form at once (a few microseconds), so there is nothing
//! to keep up to date. What it cannot decide because something is blank it counts as unchecked; that is never shown as
//! passed. Messages are worded only when asked for.

mod message;
mod texts;

pub use message::{Side, level_name};

use crate::form::{CellIx, Comparison, Demand, Form, Level, Sum, TextIx};
use crate::report::Report;
use crate::value::{Kind, Value};
use rust_decimal::Decimal;
use std::ops::Range;

/// What came out for one report.
#[derive(Debug, Default)]
pub struct Evaluation {
    /// For each cell of the form what the program adds up, and whether all of it is known.
    operands: Vec<Operand>,
    /// Everything found, the gravest first, each level in the form's order.
    pub findings: Vec<Finding>,
    /// The relations (in [`Form::relations`]) that a blank keeps from being checked.
    pub unchecked: Vec<usize>,
    /// Computed cells whose stated total differs from what adds up.
    pub discrepancies: Vec<CellIx>,
}

/// What a cell contributes to sums.
#[derive(Clone, Copy, Debug, Default)]
struct Operand {
    /// As filled in or added up; of a computed cell with blanks below it, what is there so far.
    value: Value,
    /// What relations use: the stated total where there is one, else `value`.
    effective: Value,
    /// Whether `effective` is all there is: not blank and, unless stated, with nothing blank below it.
    known: bool,
    /// Whether `value` is.
    complete: bool,
}

/// Something to correct, to explain or to look at.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// How much it matters.
    pub level: Level,
    /// What it is.
    pub detail: Detail,
}

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub enum Detail {
    /// A relation (index in [`Form::relations`]) does not hold.
    Relation {
        relation: usize,
        left: Value,
        right: Value,
    },
    /// A number is below 0 though it must not be.
    Negative {
        rule: usize,
        cell: CellIx,
        value: Value,
    },
    /// Cells of one table are blank.
    Blank {
        rule: usize,
        table: usize,
        cells: Vec<CellIx>,
    },
    /// A text is not written.
    BlankText { text: TextIx },
    /// A text lacks words that it should contain.
    Missing { rule: usize, text: TextIx },
    /// A number in a text is none of those in the tables, or an unusual one (`candidate`).
    Mention {
        mention: usize,
        number: i64,
        at: Range<usize>,
        candidate: Option<usize>,
    },
    /// The form is not the one of the report's year.
    WrongForm { year: i32 },
}

impl Finding {
    /// The cells it is about; a relation's left side first.
    pub fn cells<'a>(&'a self, form: &'a Form) -> &'a [CellIx] {
        match &self.detail {
            Detail::Relation { relation, .. } => &form.relations[*relation].cells,
            Detail::Negative { cell, .. } => std::slice::from_ref(cell),
            Detail::Blank { cells, .. } => cells,
            _ => &[],
        }
    }

    /// The text it is about.
    pub fn text(&self, form: &Form) -> Option<TextIx> {
        match self.detail {
            Detail::BlankText { text } | Detail::Missing { text, .. } => Some(text),
            Detail::Mention { mention, .. } => Some(form.mentions[mention].text),
            _ => None,
        }
    }
}

impl Evaluation {
    /// What a cell holds: what was filled in, or for a computed cell what adds up so far.
    pub fn value(&self, cell: CellIx) -> Value {
        self.operand(cell).value
    }

    /// What the report says in a cell: the stated total where there is one, else [`Evaluation::value`].
    pub fn effective(&self, cell: CellIx) -> Value {
        self.operand(cell).effective
    }

    /// Whether nothing that a computed cell adds up is blank.
    pub fn is_complete(&self, cell: CellIx) -> bool {
        self.operand(cell).complete
    }

    /// How many findings of a level there are.
    pub fn count(&self, level: Level) -> usize {
        self.findings
            .iter()
            .filter(|finding| finding.level == level)
            .count()
    }

    fn operand(&self, cell: CellIx) -> Operand {
        self.operands
            .get(usize::from(cell.0))
            .copied()
            .unwrap_or_default()
    }
}

/// Checks a report against its form.
pub fn evaluate(report: &Report) -> Evaluation {
    let form = report.form();
    let mut result = Evaluation {
        operands: operands(report),
        ..Evaluation::default()
    };
    for &(cell, _) in &form.computations {
        let operand = result.operand(cell);
        if operand.complete && !operand.value.same_number(operand.effective) {
            result.discrepancies.push(cell);
        }
    }
    if !form.years.contains(report.year()) {
        result.findings.push(Finding {
            level: Level::Error,
            detail: Detail::WrongForm {
                year: report.year(),
            },
        });
    }
    relations(report, &mut result);
    cell_rules(report, &mut result);
    texts::check(report, &mut result);
    result.findings.sort_by_key(|finding| finding.level);
    result
}

/// Fills in what is given, then adds up what is computed.
fn operands(report: &Report) -> Vec<Operand> {
    let form = report.form();
    let mut operands: Vec<Operand> = (0..form.cells.len() as u16)
        .map(|ix| {
            let value = report.value(CellIx(ix));
            let known = !value.is_blank();
            Operand {
                value,
                effective: value,
                known,
                complete: known,
            }
        })
        .collect();
    for &(cell, relation) in &form.computations {
        let total = add(&form.relations[relation].right, &operands, |operand| {
            (operand.value, operand.complete)
        });
        let stated = report.stated(cell);
        operands[usize::from(cell.0)] = Operand {
            value: total.value,
            effective: stated.unwrap_or(total.value),
            known: total.complete || stated.is_some_and(|value| !value.is_blank()),
            complete: total.complete,
        };
    }
    operands
}

/// What a sum comes to.
#[derive(Clone, Copy)]
struct Total {
    /// Blank if everything in it is.
    value: Value,
    complete: bool,
}

/// Adds up. Counts stay in 64 bits ([`crate::value::LIMIT`] keeps them far from the edge); the first amount turns the
/// sum into an exact decimal.
fn add(sum: &Sum, operands: &[Operand], take: impl Fn(&Operand) -> (Value, bool)) -> Total {
    let mut count = sum.constant;
    let mut amount: Option<Decimal> = None;
    let mut complete = true;
    let mut blank = !(sum.plus.is_empty() && sum.minus.is_empty());
    for (cells, sign) in [(&sum.plus, 1), (&sum.minus, -1)] {
        for cell in cells {
            let (value, known) = take(&operands[usize::from(cell.0)]);
            complete &= known;
            match value {
                Value::Blank => {}
                Value::Count(n) => {
                    count = count.saturating_add(sign * n);
                    blank = false;
                }
                Value::Amount(d) => {
                    let signed = if sign > 0 { d } else { -d };
                    amount = Some(amount.unwrap_or_default().saturating_add(signed));
                    blank = false;
                }
            }
        }
    }
    let value = match amount {
        _ if blank => Value::Blank,
        None => Value::Count(count),
        Some(amount) => Value::Amount(amount.saturating_add(Decimal::from(count))),
    };
    Total {
        value,
        complete: complete && !blank,
    }
}

fn effective(sum: &Sum, operands: &[Operand]) -> Total {
    add(sum, operands, |operand| (operand.effective, operand.known))
}

fn relations(report: &Report, result: &mut Evaluation) {
    let form = report.form();
    for (index, relation) in form.relations.iter().enumerate() {
        if !relation.organs.contain(report.organ())
            || relation.addition.is_some_and(|a| !report.has_addition(a))
        {
            continue;
        }
        let left = effective(&relation.left, &result.operands);
        // What a computed cell's own relation says holds by itself, unless another total is stated.
        if relation
            .defines
            .is_some_and(|cell| report.stated(cell).is_none())
            && left.complete
        {
            continue;
        }
        let right = effective(&relation.right, &result.operands);
        if !(left.complete && right.complete) {
            result.unchecked.push(index);
            continue;
        }
        let (l, r) = (left.value.decimal(), right.value.decimal());
        let holds = match relation.is {
            Comparison::Equal => l == r,
            Comparison::AtMost => l <= r,
            Comparison::AtLeast => l >= r,
        };
        if !holds {
            let detail = Detail::Relation {
                relation: index,
                left: left.value,
                right: right.value,
            };
            result.findings.push(Finding {
                level: form.rules[relation.rule].level,
                detail,
            });
        }
    }
}

fn cell_rules(report: &Report, result: &mut Evaluation) {
    let form = report.form();
    for rule in &form.cell_rules {
        let level = form.rules[rule.rule].level;
        let cells = form.tables[rule.table]
            .cells
            .clone()
            .map(CellIx)
            .filter(|&cell| report.shows(cell));
        match rule.is {
            Demand::NotNegative => {
                for cell in cells.filter(|&cell| form.cell(cell).kind != Kind::Signed) {
                    let value = result.operand(cell).effective;
                    let negative = match value {
                        Value::Count(n) => n < 0,
                        Value::Amount(d) => d.is_sign_negative() && !d.is_zero(),
                        Value::Blank => false,
                    };
                    if negative {
                        result.findings.push(Finding {
                            level,
                            detail: Detail::Negative {
                                rule: rule.rule,
                                cell,
                                value,
                            },
                        });
                    }
                }
            }
            Demand::Filled => {
                let blank = cells
                    .filter(|&cell| !form.cell(cell).computed && report.value(cell).is_blank());
                let cells: Vec<CellIx> = blank.collect();
                if !cells.is_empty() {
                    let detail = Detail::Blank {
                        rule: rule.rule,
                        table: rule.table,
                        cells,
                    };
                    result.findings.push(Finding { level, detail });
                }
            }
        }
    }
}
