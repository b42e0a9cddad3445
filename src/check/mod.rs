//! Holds a report against its form (审核): totals, relations, blanks, texts.
//!
//! [`evaluate`] is pure and cannot fail: it works on the whole form at once (a few microseconds), so there is nothing
//! to keep up to date. What it cannot decide because something is blank it counts as unchecked; that is never shown as
//! passed. Messages are worded only when asked for.

mod explain;
mod lane;
mod message;
mod texts;
mod years;

pub use explain::{Culprit, Slip, culprits};
pub use message::{Side, level_name, verdict};
pub use years::mentions_of_year;

use crate::form::{CellIx, Demand, Form, Level, TextIx, with_year};
use crate::report::{Figures, Report};
use crate::value::{Kind, Value};
use lane::{Lane, Total};
use rust_decimal::Decimal;
use std::ops::Range;

/// What came out for one report.
#[derive(Debug, Default)]
pub struct Evaluation {
    /// What is filled in or added up; of a computed cell with blanks below it, what is there so far.
    computed: Lane,
    /// What relations use: the stated total where there is one, else what adds up.
    effective: Lane,
    /// Everything found, the gravest first, each level in the form's order.
    pub findings: Vec<Finding>,
    /// The relations (in [`Form::relations`]) that a blank keeps from being checked.
    pub unchecked: Vec<usize>,
    /// The relations to last year (in [`Form::across`]) that a blank in either year keeps from being checked.
    pub unchecked_across: Vec<usize>,
    /// Texts with a number that blanks in the tables keep from being compared, once for each such number.
    pub unchecked_texts: Vec<TextIx>,
    /// Computed cells whose stated total differs from what adds up.
    pub discrepancies: Vec<CellIx>,
}

/// Something to correct, to explain or to look at.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// How much it matters.
    pub level: Level,
    /// What it is.
    pub detail: Detail,
    /// The reason that the organ has given for just this, if it wanted one.
    pub reason: Option<String>,
    /// How many findings of the same rule about the same number in the same text come before it.
    twins: usize,
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
    /// The figures brought along as last year's are of `year`, which is another one.
    PriorYear { year: i32 },
    /// The figures brought along as last year's are of this organ, which is another one.
    PriorOrgan { organ: String },
    /// A relation to last year (index in [`Form::across`]) does not hold.
    Across {
        across: usize,
        left: Value,
        right: Value,
    },
    /// A number changed since last year as in [`Form::swings`].
    Swing {
        swing: usize,
        cell: CellIx,
        last: Decimal,
        now: Value,
    },
    /// A span of dates (index in [`Form::periods`]) begins in `year`, which is not the report's.
    Period {
        period: usize,
        text: TextIx,
        at: Range<usize>,
        year: i32,
    },
    /// Sentences taken over from last year still name it, at these bytes; index in [`Form::stale_years`].
    StaleYear {
        stale: usize,
        text: TextIx,
        at: Vec<Range<usize>>,
    },
}

impl Finding {
    fn new(level: Level, detail: Detail) -> Self {
        Self {
            level,
            detail,
            reason: None,
            twins: 0,
        }
    }

    /// The cells it is about; a relation's left side first.
    pub fn cells<'a>(&'a self, form: &'a Form) -> &'a [CellIx] {
        match &self.detail {
            Detail::Relation { relation, .. } => &form.relations[*relation].cells,
            Detail::Across { across, .. } => &form.across[*across].cells,
            Detail::Negative { cell, .. } | Detail::Swing { cell, .. } => {
                std::slice::from_ref(cell)
            }
            Detail::Blank { cells, .. } => cells,
            _ => &[],
        }
    }

    /// The text it is about.
    pub fn text(&self, form: &Form) -> Option<TextIx> {
        match self.detail {
            Detail::BlankText { text }
            | Detail::Missing { text, .. }
            | Detail::Period { text, .. }
            | Detail::StaleYear { text, .. } => Some(text),
            Detail::Mention { mention, .. } => Some(form.mentions[mention].text),
            _ => None,
        }
    }
}

impl Evaluation {
    /// What a cell holds: what was filled in, or for a computed cell what adds up so far.
    pub fn value(&self, cell: CellIx) -> Value {
        self.computed.get(cell).value
    }

    /// What the report says in a cell: the stated total where there is one, else [`Evaluation::value`].
    pub fn effective(&self, cell: CellIx) -> Value {
        self.effective.get(cell).value
    }

    /// Whether nothing that a computed cell adds up is blank.
    pub fn is_complete(&self, cell: CellIx) -> bool {
        self.computed.get(cell).complete
    }

    /// How much could not be checked, in tables and texts.
    pub fn unchecked_count(&self) -> usize {
        self.unchecked.len() + self.unchecked_across.len() + self.unchecked_texts.len()
    }

    /// How many findings of a level are open: those with a reason are not.
    pub fn count(&self, level: Level) -> usize {
        self.findings
            .iter()
            .filter(|finding| finding.level == level && finding.reason.is_none())
            .count()
    }
}

/// What a report says once it is finished, to be held against others: its numbers, its totals as they add up, and its
/// texts. A total of which a part is blank is what the report prints, and blank if it prints none.
pub fn figures(report: &Report) -> Figures {
    let (computed, effective) = add_up(report);
    Figures::of(report, |cell| {
        let (total, printed) = (computed.get(cell), effective.get(cell));
        match (total.complete, printed.complete) {
            (true, _) => total.value,
            (false, true) => printed.value,
            (false, false) => Value::Blank,
        }
    })
}

/// The totals that a report prints and that do not add up, a line each: `表四 · 行政复议·总计 印着 0，各项之和是 11`.
pub fn misprints(report: &Report) -> Vec<String> {
    let evaluation = evaluate(report);
    let line = |&cell: &CellIx| {
        let name = with_year(&report.form().full_name(cell), report.year());
        let (printed, sum) = (evaluation.effective(cell), evaluation.value(cell));
        format!("{name} 印着 {printed}，各项之和是 {sum}")
    };
    evaluation.discrepancies.iter().map(line).collect()
}

/// Checks a report against its form.
pub fn evaluate(report: &Report) -> Evaluation {
    let form = report.form();
    let (computed, effective) = add_up(report);
    let mut result = Evaluation {
        computed,
        effective,
        ..Evaluation::default()
    };
    for (cell, stated) in report.all_stated() {
        let computed = result.computed.get(cell);
        if computed.complete && !computed.value.same_number(stated) {
            result.discrepancies.push(cell);
        }
    }
    if !form.years.contains(report.year()) {
        let detail = Detail::WrongForm {
            year: report.year(),
        };
        result.findings.push(Finding::new(Level::Error, detail));
    }
    relations(report, &mut result);
    cell_rules(report, &mut result);
    texts::check(report, &mut result);
    years::check(report, &mut result);
    result.findings.sort_by_key(|finding| finding.level);
    count_twins(form, &mut result.findings);
    if !report.reasons().is_empty() {
        excuse(report, &mut result);
    }
    result
}

/// Tells findings of one rule about one text apart, as two numbers in it are two findings.
fn count_twins(form: &Form, findings: &mut [Finding]) {
    let mut seen: Vec<(&str, TextIx, i64)> = Vec::new();
    for finding in findings {
        if let Detail::Mention {
            mention, number, ..
        } = finding.detail
        {
            let mention = &form.mentions[mention];
            let this = (form.rules[mention.rule].id.as_str(), mention.text, number);
            finding.twins = seen.iter().filter(|&&other| other == this).count();
            seen.push(this);
        }
    }
}

/// Finds the findings for which just these numbers have been explained.
fn excuse(report: &Report, result: &mut Evaluation) {
    let excused = |finding: &Finding| {
        let evidence = finding.evidence(report, result);
        let given = finding.reason_keys(report);
        let mut reasons = given.filter_map(|key| report.reasons().get(key));
        let reason = reasons.find(|reason| reason.about() == evidence)?;
        Some(reason.text().to_owned())
    };
    let wants_one = |finding: &Finding| finding.wants_reason();
    let reasons: Vec<Option<String>> = result
        .findings
        .iter()
        .map(|finding| Some(finding).filter(|f| wants_one(f)).and_then(excused))
        .collect();
    for (finding, reason) in result.findings.iter_mut().zip(reasons) {
        finding.reason = reason;
    }
}

/// Computes what is computed, and puts the stated totals over it.
fn add_up(report: &Report) -> (Lane, Lane) {
    let form = report.form();
    let mut computed = Lane::of(report.values());
    for &(cell, relation) in &form.computations {
        let total = computed.add(&form.relations[relation].right);
        computed.set(cell, total);
    }
    let mut effective = computed.clone();
    for (cell, value) in report.all_stated() {
        effective.set(
            cell,
            Total {
                value,
                complete: true,
            },
        );
    }
    (computed, effective)
}

fn relations(report: &Report, result: &mut Evaluation) {
    let form = report.form();
    for (index, relation) in form.relations.iter().enumerate() {
        if !relation.organs.contain(report.organ())
            || relation.addition.is_some_and(|a| !report.has_addition(a))
        {
            continue;
        }
        let left = result.effective.add(&relation.left);
        // What a computed cell's own relation says holds by itself, unless another total is stated.
        if left.complete
            && relation
                .defines
                .is_some_and(|cell| report.stated(cell).is_none())
        {
            continue;
        }
        let right = result.effective.add(&relation.right);
        if !(left.complete && right.complete) {
            result.unchecked.push(index);
            continue;
        }
        if !relation.is.holds(left.value, right.value) {
            let detail = Detail::Relation {
                relation: index,
                left: left.value,
                right: right.value,
            };
            result
                .findings
                .push(Finding::new(form.rules[relation.rule].level, detail));
        }
    }
}

fn cell_rules(report: &Report, result: &mut Evaluation) {
    let form = report.form();
    for rule in &form.cell_rules {
        let level = form.rules[rule.rule].level;
        let cells = form.tables[rule.table].cells.clone().map(CellIx);
        match rule.is {
            Demand::NotNegative => {
                let negative = cells
                    .filter(|&cell| result.effective.is_negative(cell))
                    .filter(|&cell| form.cell(cell).kind != Kind::Signed && report.shows(cell));
                for cell in negative.collect::<Vec<_>>() {
                    let value = result.effective(cell);
                    let detail = Detail::Negative {
                        rule: rule.rule,
                        cell,
                        value,
                    };
                    result.findings.push(Finding::new(level, detail));
                }
            }
            Demand::Filled => {
                let cells: Vec<CellIx> = cells
                    .filter(|&cell| result.computed.is_blank(cell))
                    .filter(|&cell| !form.cell(cell).computed && report.shows(cell))
                    .collect();
                if !cells.is_empty() {
                    let detail = Detail::Blank {
                        rule: rule.rule,
                        table: rule.table,
                        cells,
                    };
                    result.findings.push(Finding::new(level, detail));
                }
            }
        }
    }
}
