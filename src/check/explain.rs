//! Which number is wrong (疑似出错的格): the smallest set of changes after which every failing relation holds.
//!
//! Every relation is a linear form over what was filled in or stated; computed totals without a stated one are
//! replaced by what they add up. A change of one cell moves exactly the relations that it stands in, by its
//! coefficients, so a single wrong cell shows as residues in the proportion of its column. Two wrong cells are found
//! by taking one off and looking for the other. What remains possible is ranked by how people mistype.

mod slip;
mod system;

pub use slip::Slip;

use super::about::Rule;
use super::evaluation::{Evaluation, Finding};
use crate::form::{CellIx, Demand, Form, Level, with_year};
use crate::report::{Edit, Origin, Report};
use crate::value::Value;
use system::{Hypothesis, System};

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
    /// How unlikely it is; comparable among culprits of the same findings.
    cost: u32,
}

impl Culprit {
    /// Whether this is clearly the better explanation of the two.
    pub fn is_likelier_than(&self, other: &Self) -> bool {
        self.cost < other.cost
    }

    /// What should be changed and what it looks like:
    /// `（一）予以公开 · 自然人 应为 21（现 12，疑似数字颠倒）；改后 2 条勾稽全部平衡`.
    pub fn message(&self, report: &Report) -> String {
        let form = report.form();
        let name = |cell| with_year(&form.full_name(cell), report.year());
        let (count, looks) = (self.explains.len(), self.slip.words());
        if let [(cell, from, to)] = self.changes[..] {
            return format!(
                "{} 应为 {to}（现 {from}，{looks}）；改后 {count} 条勾稽全部平衡",
                name(cell)
            );
        }
        let change = |&(cell, from, to): &(CellIx, Value, Value)| {
            format!("{} 应为 {to}（现 {from}）", name(cell))
        };
        let changes = self
            .changes
            .iter()
            .map(change)
            .collect::<Vec<_>>()
            .join("，");
        format!("{changes}，{looks}；改后 {count} 条勾稽全部平衡")
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

/// The likely culprits behind the errors of an evaluation, best first, at most [`OFFERED`] for each group of findings
/// that hang together. Empty where nothing is wrong, and where nothing simple explains it.
pub fn culprits(report: &Report, evaluation: &Evaluation) -> Vec<Culprit> {
    let failing = |finding: &Finding| finding.level == Level::Error;
    if !evaluation.findings.iter().any(failing) {
        return Vec::new();
    }
    let system = System::new(report, evaluation);
    let mut all = Vec::new();
    for mut hypotheses in system.explain_all() {
        hypotheses.sort_by_key(|hypothesis| hypothesis.cost);
        // Where any cell of a column would do and none looks mistyped, naming some would be guessing.
        if hypotheses.len() > OFFERED && hypotheses[0].slip == Slip::Other {
            continue;
        }
        all.extend(
            hypotheses
                .into_iter()
                .take(OFFERED)
                .map(|hypothesis| culprit(report.form(), evaluation, &system, hypothesis)),
        );
    }
    all.extend(negatives_alone(report, evaluation, &all));
    all.sort_by_key(|culprit| culprit.cost);
    all
}

fn culprit(
    form: &Form,
    evaluation: &Evaluation,
    system: &System,
    hypothesis: Hypothesis,
) -> Culprit {
    let settled = |index: &usize| {
        let finding = &evaluation.findings[*index];
        match (finding.about.relation, negative_cell(form, finding)) {
            (Some(relation), _) => system.settles(&hypothesis, relation),
            (None, Some(cell)) => hypothesis.changes.iter().any(|&(other, ..)| other == cell),
            (None, None) => false,
        }
    };
    let explains = (0..evaluation.findings.len()).filter(settled).collect();
    Culprit {
        changes: hypothesis.changes,
        explains,
        slip: hypothesis.slip,
        cost: hypothesis.cost,
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
                cost: Slip::Sign.cost(),
            });
        }
    }
    signs
}
