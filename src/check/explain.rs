//! Which number is wrong (疑似出错的格): the fewest slips after which every failing relation holds.
//!
//! Every relation is a linear form over what was filled in or printed; computed totals without a printed one are
//! replaced by what they add up. A change of one cell moves exactly the relations that it stands in, by its
//! coefficients, so a single wrong cell shows as residues in the proportion of its column. Rows and columns that are off
//! by one place, and lines in each other's place, are tried as a whole; two wrong cells are found by taking one off and
//! looking for the other. What remains possible is ranked by how people mistype.
//!
//! What fits best is a candidate and no more, unless a [`Witness`] bears it out and nothing else comes near it.

mod evidence;
mod hypothesis;
mod search;
mod slip;
mod structure;
mod system;
mod weight;

pub use evidence::{Evidence, Statement, Witness};
pub use slip::Slip;

use super::about::Rule;
use super::evaluation::{Evaluation, Finding};
use crate::form::{CellIx, Demand, Form, Level, with_year};
use crate::report::{Edit, Origin, Report};
use crate::value::Value;
use hypothesis::{Case, Hypothesis};
use std::cell::LazyCell;
use system::Totals;

/// No more than this many are offered.
pub const OFFERED: usize = 3;

/// A set of changes that settles failing relations.
#[derive(Clone, Debug, PartialEq)]
pub struct Culprit {
    /// What is there and what should be.
    pub changes: Vec<(CellIx, Value, Value)>,
    /// Findings (in [`Evaluation::findings`]) that vanish with it.
    pub explains: Vec<usize>,
    /// What kind of slip it looks like.
    pub slip: Slip,
    /// Who bears it out, if it is sure; else it is one candidate among others.
    pub witness: Option<Witness>,
    /// How unlikely it is; comparable among culprits of the same findings.
    order: i32,
}

/// How much unlikelier than what is sure everything else is, in the measure of [`weight`].
const SURE: i32 = 24;
/// How unlikely it is that all totals which add up were added up from the wrong number.
const ADDED_UP: i32 = 20;

impl Culprit {
    /// Whether it is more than a candidate: a witness bears it out, and nothing else comes near it.
    pub fn is_sure(&self) -> bool {
        self.witness.is_some()
    }

    /// What should be changed and what it looks like:
    /// `（一）予以公开 · 自然人 应为 21（现 12，疑似数字颠倒）；改后 2 条勾稽全部平衡`.
    pub fn message(&self, report: &Report) -> String {
        let (looks, outcome) = (self.slip.words(), self.outcome());
        if let [(cell, from, to)] = self.changes[..] {
            let name = name(report, cell);
            return format!(
                "{name} 应为 {}（现 {}，{looks}）；{outcome}",
                said(to),
                said(from)
            );
        }
        let change = |&(cell, from, to): &(CellIx, Value, Value)| {
            let name = name(report, cell);
            format!("{name} 应为 {}（现 {}）", said(to), said(from))
        };
        let changes = self.changes.iter().map(change);
        let changes = changes.collect::<Vec<_>>().join("，");
        format!("{changes}，{looks}；{outcome}")
    }

    /// What it comes to, and who bears it out: `改后 2 条勾稽全部平衡，有原件印的总计为证`.
    pub fn outcome(&self) -> String {
        let settled = format!("改后 {} 条勾稽全部平衡", self.explains.len());
        match self.witness {
            // A total bears nothing out that is said of itself; its parts do.
            Some(Witness::Printed) if self.slip == Slip::Total => {
                format!("{settled}，有原件印的各个分项为证")
            }
            Some(witness) => format!("{settled}，有{}为证", witness.words()),
            None => settled,
        }
    }

    /// What it looks like, and where: `表三 · 二、上年结转政府信息公开申请数量：疑似整行错开一列`.
    pub fn headline(&self, report: &Report) -> String {
        let form = report.form();
        let mut lines: Vec<String> = Vec::new();
        for &(cell, ..) in &self.changes {
            let cell = form.cell(cell);
            let line = match self.slip {
                Slip::ShiftedColumn => &cell.col_name,
                _ => &cell.row_name,
            };
            if !line.is_empty() && !lines.contains(line) {
                lines.push(line.clone());
            }
        }
        let table = match self.changes.first() {
            Some(&(cell, ..)) => form.tables[form.cell(cell).table].name.as_str(),
            None => "",
        };
        let place = match lines.len() {
            1 | 2 => format!("{table} · {}", lines.join("与")),
            _ => table.to_owned(),
        };
        with_year(&format!("{place}：{}", self.slip.words()), report.year())
    }

    /// Whether the numbers that it would change are still there.
    pub fn is_about(&self, evaluation: &Evaluation) -> bool {
        self.changes
            .iter()
            .all(|&(cell, from, _)| evaluation.effective(cell) == from)
    }

    /// The edit that makes the changes; stated totals that then add up are dropped.
    pub fn edit(&self, report: &Report, evaluation: &Evaluation) -> Edit {
        let is_input = |cell: CellIx| !report.form().cell(cell).computed;
        let inputs = self
            .changes
            .iter()
            .filter(|(cell, ..)| is_input(*cell))
            .map(|&(cell, _, to)| (cell, to));
        let mut edit = Edit::cells_from(report, Some(Origin::Mended), inputs.collect::<Vec<_>>());
        for &(cell, _, to) in self.changes.iter().filter(|(cell, ..)| !is_input(*cell)) {
            let adds_up = evaluation.value(cell).same_number(to);
            edit = edit.and(Edit::stated(report, cell, (!adds_up).then_some(to)));
        }
        edit
    }
}

fn name(report: &Report, cell: CellIx) -> String {
    with_year(&report.form().full_name(cell), report.year())
}

/// A number in a sentence.
fn said(value: Value) -> String {
    match value {
        Value::Blank => "空白".to_owned(),
        value => value.to_string(),
    }
}

/// The likely culprits behind the errors of an evaluation, those that are sure first, at most [`OFFERED`] for each group
/// of findings that hang together. Empty where nothing is wrong, and where nothing simple explains it.
pub fn culprits(report: &Report, evaluation: &Evaluation, evidence: &Evidence) -> Vec<Culprit> {
    let failing = |finding: &Finding| finding.level == Level::Error;
    if !evaluation.findings.iter().any(failing) {
        return Vec::new();
    }
    let statements = evidence::statements(report, evaluation, evidence);
    let case = &|totals| Case::new(report, evaluation, evidence, &statements, totals);
    let cases = Cases {
        printed: case(Totals::Printed),
        off_only: LazyCell::new(Box::new(|| case(Totals::OffOnly))),
    };
    let mut all: Vec<Culprit> = Vec::new();
    for group in cases.printed.groups() {
        let found = cases.explain(&group);
        if !found.is_empty() {
            take(report.form(), evaluation, sure(found), &mut all);
            continue;
        }
        // Too much at once; perhaps parts of it can be told apart, though none for sure.
        for part in cases.printed.parts(&group) {
            if part.len() < group.len() {
                let mut found = cases.explain(&part);
                found.iter_mut().for_each(|it| it.witness = None);
                take(report.form(), evaluation, found, &mut all);
            }
        }
    }
    all.extend(negatives_alone(report, evaluation, &all));
    all.sort_by_key(|culprit| (!culprit.is_sure(), culprit.order));
    all
}

/// The same report with all totals that a document prints, and with those alone that do not add up.
struct Cases<'a> {
    printed: Case<'a>,
    off_only: LazyCell<Case<'a>, Box<dyn FnOnce() -> Case<'a> + 'a>>,
}

impl Cases<'_> {
    /// Every way to settle a group with as few slips as it takes.
    fn explain(&self, group: &[usize]) -> Vec<Hypothesis> {
        let mut found = self.printed.one_slip(group);
        if found.iter().any(|it| it.changes.len() == 1) {
            return found;
        }
        if found.is_empty() {
            found = self.off_only.one_slip(group);
            for it in &mut found {
                it.weight += ADDED_UP;
                it.order += ADDED_UP;
            }
        }
        found.extend(self.printed.two_slips(group));
        if found.is_empty() {
            found = self.printed.three_slips(group);
        }
        hypothesis::distinct(found)
    }
}

/// The same, the likeliest first; it alone keeps its witness, and only if nothing else comes near it.
fn sure(mut found: Vec<Hypothesis>) -> Vec<Hypothesis> {
    found.sort_by_key(|it| it.order);
    let Some((best, others)) = found.split_first_mut() else {
        return found;
    };
    let looks_like_nothing = best.slip == Slip::Other && !others.is_empty();
    if looks_like_nothing || others.iter().any(|it| it.weight < best.weight + SURE) {
        best.witness = None;
    }
    others.iter_mut().for_each(|it| it.witness = None);
    found
}

/// Takes the best of what was found.
fn take(form: &Form, evaluation: &Evaluation, mut found: Vec<Hypothesis>, all: &mut Vec<Culprit>) {
    found.sort_by_key(|it| it.order);
    for hypothesis in found.into_iter().take(OFFERED) {
        let known = |other: &Culprit| other.changes == hypothesis.changes;
        if !all.iter().any(known) {
            all.push(culprit(form, evaluation, hypothesis));
        }
    }
}

fn culprit(form: &Form, evaluation: &Evaluation, hypothesis: Hypothesis) -> Culprit {
    let settled = |index: &usize| {
        let finding = &evaluation.findings[*index];
        match (finding.about.relation, negative_cell(form, finding)) {
            (Some(relation), _) => hypothesis.settled.contains(&relation),
            (None, Some(cell)) => hypothesis.changes.iter().any(|&(other, ..)| other == cell),
            (None, None) => false,
        }
    };
    let explains = (0..evaluation.findings.len()).filter(settled).collect();
    Culprit {
        changes: hypothesis.changes,
        explains,
        slip: hypothesis.slip,
        witness: hypothesis.witness,
        order: hypothesis.order,
    }
}

/// The cell that a finding calls negative, if that is what it says.
fn negative_cell(form: &Form, finding: &Finding) -> Option<CellIx> {
    let mut signs = form
        .cell_rules
        .iter()
        .filter(|rule| rule.is == Demand::NotNegative);
    let is_sign = signs.any(|rule| finding.rule == Rule::Form(rule.rule));
    is_sign.then(|| finding.about.cells.first().copied())?
}

/// Negative numbers that no relation speaks of.
fn negatives_alone(report: &Report, evaluation: &Evaluation, found: &[Culprit]) -> Vec<Culprit> {
    let positive = |value: Value| match value {
        Value::Count(n) => Value::Count(-n),
        Value::Amount(d) => Value::Amount(-d),
        Value::Blank => Value::Blank,
    };
    let mut signs = Vec::new();
    for (index, finding) in evaluation.findings.iter().enumerate() {
        let Some(cell) = negative_cell(report.form(), finding) else {
            continue;
        };
        let value = evaluation.effective(cell);
        let named = found
            .iter()
            .any(|culprit| culprit.changes.iter().any(|&(other, ..)| other == cell));
        if !named && !report.form().cell(cell).computed {
            let changes = vec![(cell, value, positive(value))];
            signs.push(Culprit {
                changes,
                explains: vec![index],
                slip: Slip::Sign,
                witness: None,
                order: weight::ONE_SLIP + weight::of_slip(value, positive(value), false),
            });
        }
    }
    signs
}
