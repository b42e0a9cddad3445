//! The relations of a report as a system of linear forms, and the search for what would settle them.

use super::slip::Slip;
use crate::check::evaluation::Evaluation;
use crate::form::{CellIx, Comparison, Content, Level, Sum};
use crate::report::{Origin, Report};
use crate::value::{Kind, MAX_SCALE, Value};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// A number in units of the smallest decimal place, so that counts and amounts are added alike.
type Units = i128;
const UNIT: Units = (10 as Units).pow(MAX_SCALE);

/// For each relation that fails by how much left and right differ.
type Residues = BTreeMap<usize, Units>;
/// A variable and by how much it changes.
type Change = (usize, Units);

/// What can be wrong: an input, or a stated total.
struct Variable {
    cell: CellIx,
    value: Value,
    stated: bool,
    /// For each relation that it moves, by how much one unit moves left minus right.
    moves: Vec<(usize, Units)>,
}

/// A relation that can be checked.
struct Equation {
    /// Its index in the form's relations.
    relation: usize,
    /// Left minus right.
    residue: Units,
    /// The variables that move it.
    variables: Vec<usize>,
}

/// Changes that settle a group.
#[derive(Clone, Debug)]
pub(super) struct Hypothesis {
    pub changes: Vec<(CellIx, Value, Value)>,
    pub slip: Slip,
    pub cost: u32,
    /// The relations (in the form) that failed and hold afterwards.
    settled: Vec<usize>,
}

/// Everything known of one report.
pub(super) struct System<'a> {
    report: &'a Report,
    variables: Vec<Variable>,
    forms: Vec<Equation>,
}

/// What can be wrong: each input cell, and each computed one of which a total is known; and where each cell stands in
/// that list.
fn variables(report: &Report, evaluation: &Evaluation) -> (Vec<Variable>, BTreeMap<CellIx, usize>) {
    let mut variables = Vec::new();
    let mut of_cell = BTreeMap::new();
    for cell in report.cells() {
        let stated = report.form().cell(cell).computed;
        let value = if stated {
            let printed = report.stated(cell);
            printed.or_else(|| agreed(report, evaluation, cell))
        } else {
            Some(report.value(cell))
        };
        if let Some(value) = value {
            of_cell.insert(cell, variables.len());
            variables.push(Variable {
                cell,
                value,
                stated,
                moves: Vec::new(),
            });
        }
    }
    (variables, of_cell)
}

impl<'a> System<'a> {
    pub(super) fn new(report: &'a Report, evaluation: &Evaluation) -> Self {
        let form = report.form();
        let (mut variables, of_cell) = variables(report, evaluation);
        // What each computed cell without a stated total comes from, in terms of variables.
        let mut expanded: BTreeMap<CellIx, BTreeMap<usize, Units>> = BTreeMap::new();
        for &(cell, relation) in &form.computations {
            if !of_cell.contains_key(&cell) {
                let parts = expand(&[(&form.relations[relation].right, 1)], &of_cell, &expanded);
                expanded.insert(cell, parts);
            }
        }
        let mut forms: Vec<Equation> = Vec::new();
        for (index, relation) in form.relations.iter().enumerate() {
            let defined = relation
                .defines
                .is_some_and(|cell| !of_cell.contains_key(&cell));
            let applies = relation.organs.contain(report.organ())
                && relation.addition.is_none_or(|a| report.has_addition(a));
            let is_error = form.rules[relation.rule].level == Level::Error;
            if defined
                || !applies
                || !is_error
                || relation.is != Comparison::Equal
                || evaluation.unchecked.contains(&index)
            {
                continue;
            }
            let parts = expand(
                &[(&relation.left, 1), (&relation.right, -1)],
                &of_cell,
                &expanded,
            );
            let constant = Units::from(relation.left.constant - relation.right.constant) * UNIT;
            let residue = constant
                + parts
                    .iter()
                    .map(|(&variable, factor)| factor * units(variables[variable].value))
                    .sum::<Units>();
            let moved: Vec<usize> = parts
                .iter()
                .filter(|(_, factor)| **factor != 0)
                .map(|(&variable, _)| variable)
                .collect();
            for &variable in &moved {
                variables[variable]
                    .moves
                    .push((forms.len(), parts[&variable]));
            }
            forms.push(Equation {
                relation: index,
                residue,
                variables: moved,
            });
        }
        Self {
            report,
            variables,
            forms,
        }
    }

    /// The failing relations, in groups that hang together: by anything at all that could be wrong (`wide`), or only by
    /// what stands in two failing relations itself.
    fn groups(&self, among: &[usize], wide: bool) -> Vec<Vec<usize>> {
        let mut groups: Vec<(Vec<usize>, BTreeSet<usize>)> = Vec::new();
        for &index in among {
            let own = &self.forms[index].variables;
            let mut reached: BTreeSet<usize> = if wide {
                own.iter()
                    .flat_map(|&variable| {
                        self.variables[variable].moves.iter().map(|&(form, _)| form)
                    })
                    .collect()
            } else {
                own.iter().copied().collect()
            };
            let mut members = vec![index];
            groups.retain(|(others, theirs)| {
                let apart = theirs.is_disjoint(&reached);
                if !apart {
                    members.extend(others);
                    reached.extend(theirs);
                }
                apart
            });
            groups.push((members, reached));
        }
        groups.into_iter().map(|(members, _)| members).collect()
    }

    /// Every smallest way to settle the failing relations, for each group of them that hangs together.
    pub(super) fn explain_all(&self) -> Vec<Vec<Hypothesis>> {
        let failing: Vec<usize> = (0..self.forms.len())
            .filter(|&form| self.forms[form].residue != 0)
            .collect();
        let mut all = Vec::new();
        for group in self.groups(&failing, true) {
            let found = self.explain(&group);
            if found.is_empty() {
                // Too much at once; perhaps parts of it can be told apart.
                let parts = self.groups(&group, false);
                all.extend(
                    parts
                        .iter()
                        .filter(|part| part.len() < group.len())
                        .map(|part| self.explain(part)),
                );
            } else {
                all.push(found);
            }
        }
        all
    }

    /// Whether a hypothesis settles a relation of the form.
    pub(super) fn settles(&self, hypothesis: &Hypothesis, relation: usize) -> bool {
        hypothesis.settled.contains(&relation)
    }

    /// Every smallest way to settle a group: one slip; else two; else three.
    fn explain(&self, group: &[usize]) -> Vec<Hypothesis> {
        let residues: Residues = group
            .iter()
            .map(|&form| (form, self.forms[form].residue))
            .collect();
        let listed = |sets: Vec<Vec<Change>>| -> Vec<Hypothesis> {
            sets.iter()
                .filter_map(|changes| self.hypothesis(group, changes))
                .collect()
        };
        let mut found = listed(
            self.singles(&residues)
                .into_iter()
                .map(|change| vec![change])
                .collect(),
        );
        if found.is_empty() {
            found.extend(self.shifts(group, &residues));
            found.extend(listed(
                self.swaps(&residues)
                    .into_iter()
                    .filter(|(_, left)| left.is_empty())
                    .map(|(swap, _)| swap)
                    .collect(),
            ));
        }
        if found.is_empty() {
            found.extend(listed(self.pairs(&residues)));
            found.extend(listed(self.pairs_with_swaps(&residues)));
        }
        if found.is_empty() {
            found.extend(listed(self.triples(&residues)));
        }
        found
    }

    /// Single variables whose change settles exactly these residues, with the change.
    fn singles(&self, residues: &Residues) -> Vec<Change> {
        let Some((_, narrow)) = self.narrowest(residues) else {
            return Vec::new();
        };
        let fits = |&variable: &usize| {
            let moves = &self.variables[variable].moves;
            if moves.len() != residues.len() {
                return None;
            }
            let (first, factor) = moves[0];
            let change = -exactly(*residues.get(&first)?, factor)?;
            let all = moves
                .iter()
                .all(|(form, factor)| residues.get(form) == Some(&(-change * factor)));
            all.then_some((variable, change))
        };
        narrow.iter().filter_map(fits).collect()
    }

    /// Of the relations with a residue the one that fewest variables move: something in it must be wrong.
    fn narrowest(&self, residues: &Residues) -> Option<(usize, &[usize])> {
        let form = residues
            .keys()
            .copied()
            .min_by_key(|&form| self.forms[form].variables.len())?;
        Some((form, &self.forms[form].variables))
    }

    /// Takes one change off, in every way that settles one of the narrow relations by itself; what remains is left to
    /// `rest`.
    fn peel<T>(
        &self,
        residues: &Residues,
        mut rest: impl FnMut(Change, Residues) -> Vec<T>,
    ) -> Vec<T> {
        let mut narrow: Vec<usize> = residues.keys().copied().collect();
        narrow.sort_by_key(|&form| self.forms[form].variables.len());
        let mut found = Vec::new();
        // Two wrong cells may meet in one relation; they do not meet in all of them.
        for &form in narrow.iter().take(3) {
            for &variable in &self.forms[form].variables {
                let moves = &self.variables[variable].moves;
                let Some(&(_, factor)) = moves.iter().find(|(moved, _)| *moved == form) else {
                    continue;
                };
                let Some(change) = exactly(residues[&form], factor).map(|change| -change) else {
                    continue;
                };
                let left = self.after(residues, &[(variable, change)]);
                if self.new_value(variable, change).is_some() {
                    found.extend(rest((variable, change), left));
                }
            }
        }
        found
    }

    fn pairs(&self, residues: &Residues) -> Vec<Vec<Change>> {
        let pairs = self.peel(residues, |first, left| {
            let seconds = self
                .singles(&left)
                .into_iter()
                .filter(|second| second.0 != first.0);
            seconds.map(|second| vec![first, second]).collect()
        });
        distinct(pairs)
    }

    /// Neighbouring inputs of a row in each other's place: the changes, and the residues that remain. Only those that
    /// settle more than they upset.
    fn swaps(&self, residues: &Residues) -> Vec<(Vec<Change>, Residues)> {
        let mut found = Vec::new();
        for (a, pair) in self.variables.windows(2).enumerate() {
            let [left, right] = pair else { continue };
            let (one, other) = (
                self.report.form().cell(left.cell),
                self.report.form().cell(right.cell),
            );
            let change = units(right.value) - units(left.value);
            let side_by_side =
                one.table == other.table && one.row_id == other.row_id && one.kind == other.kind;
            if left.stated || right.stated || !side_by_side || change == 0 {
                continue;
            }
            let changes = vec![(a, change), (a + 1, -change)];
            let remaining = self.after(residues, &changes);
            if remaining.len() < residues.len() {
                found.push((changes, remaining));
            }
        }
        found
    }

    /// Two cells in each other's place, and another slip besides.
    fn pairs_with_swaps(&self, residues: &Residues) -> Vec<Vec<Change>> {
        let mut pairs = Vec::new();
        for (swap, left) in self.swaps(residues) {
            let singles = self.singles(&left).into_iter().map(|single| vec![single]);
            let swaps = self
                .swaps(&left)
                .into_iter()
                .filter(|(_, left)| left.is_empty())
                .map(|(swap, _)| swap);
            for second in singles.chain(swaps) {
                if second
                    .iter()
                    .all(|(variable, _)| swap.iter().all(|(other, _)| other != variable))
                {
                    pairs.push(swap.iter().chain(&second).copied().collect());
                }
            }
        }
        distinct(pairs)
    }

    /// What remains of residues after changes.
    fn after(&self, residues: &Residues, changes: &[Change]) -> Residues {
        let mut left = residues.clone();
        for &(variable, change) in changes {
            for &(form, factor) in &self.variables[variable].moves {
                *left.entry(form).or_insert(0) += change * factor;
            }
        }
        left.retain(|_, residue| *residue != 0);
        left
    }

    fn triples(&self, residues: &Residues) -> Vec<Vec<Change>> {
        // Beyond this the search would be felt, and nobody reads it.
        const MOST_FAILING: usize = 9;
        if residues.len() > MOST_FAILING {
            return Vec::new();
        }
        let triples = self.peel(residues, |first, left| {
            // Three independent slips leave marks of their own; a change that adds new residues is no slip.
            if left.len() >= residues.len() {
                return Vec::new();
            }
            let pairs = self
                .pairs(&left)
                .into_iter()
                .filter(|pair| pair.iter().all(|other| other.0 != first.0));
            pairs
                .map(|mut pair| {
                    pair.push(first);
                    pair
                })
                .collect()
        });
        distinct(triples)
    }

    /// Rows whose numbers, moved one column to the left or right, would settle everything.
    fn shifts(&self, group: &[usize], residues: &Residues) -> Vec<Hypothesis> {
        let mut rows: BTreeMap<(usize, &str), Vec<usize>> = BTreeMap::new();
        for (index, variable) in self
            .variables
            .iter()
            .enumerate()
            .filter(|(_, variable)| !variable.stated)
        {
            let cell = self.report.form().cell(variable.cell);
            rows.entry((cell.table, cell.row_id.as_str()))
                .or_default()
                .push(index);
        }
        let mut found = Vec::new();
        for row in rows.values().filter(|row| row.len() > 2) {
            let values: Vec<Units> = row
                .iter()
                .map(|&variable| units(self.variables[variable].value))
                .collect();
            for left in [true, false] {
                let mut moved = values.clone();
                // What falls off one end was never meant; what comes in at the other is 0.
                if left {
                    moved.rotate_left(1);
                } else {
                    moved.rotate_right(1);
                }
                let end = if left { moved.len() - 1 } else { 0 };
                moved[end] = 0;
                let changes: Vec<Change> = (0..row.len())
                    .filter(|&i| moved[i] != values[i])
                    .map(|i| (row[i], moved[i] - values[i]))
                    .collect();
                if changes.len() > 1 && self.after(residues, &changes).is_empty() {
                    found.extend(
                        self.hypothesis(group, &changes)
                            .map(|hypothesis| Hypothesis {
                                slip: Slip::Shifted,
                                cost: Slip::Shifted.cost(),
                                ..hypothesis
                            }),
                    );
                }
            }
        }
        found
    }

    /// The value after a change, if the cell can hold it.
    fn new_value(&self, variable: usize, change: Units) -> Option<Value> {
        let Variable { cell, value, .. } = &self.variables[variable];
        let kind = self.report.form().cell(*cell).kind;
        let number = units(*value) + change;
        let value = match kind {
            Kind::Amount => Value::amount(
                Decimal::try_from_i128_with_scale(number, MAX_SCALE)
                    .ok()?
                    .normalize(),
            ),
            _ if number % UNIT != 0 => None,
            _ => i64::try_from(number / UNIT).ok().and_then(Value::count),
        }?;
        (kind == Kind::Signed || number >= 0).then_some(value)
    }

    fn hypothesis(&self, group: &[usize], changes: &[Change]) -> Option<Hypothesis> {
        let mut listed = Vec::new();
        for &(variable, change) in changes {
            let Variable {
                cell,
                value,
                stated,
                ..
            } = self.variables[variable];
            listed.push((cell, value, self.new_value(variable, change)?, stated));
        }
        let mut cost = 0;
        let mut slip = Slip::Other;
        let mut rest = listed.as_slice();
        while let [(cell, from, to, stated), tail @ ..] = rest {
            if let [(next, next_from, next_to, _), others @ ..] = tail
                && from.same_number(*next_to)
                && to.same_number(*next_from)
                && self.are_neighbours(*cell, *next)
            {
                slip = Slip::Swapped;
                cost += slip.cost();
                rest = others;
                continue;
            }
            slip = Slip::of(*from, *to);
            if *stated && matches!(slip, Slip::Other | Slip::Length) {
                slip = Slip::Total;
            }
            // A total of 0 over numbers that are not 0 was left out rather than mistyped.
            if *stated && from.same_number(Value::Count(0)) {
                slip = Slip::Total;
                cost += Slip::LEFT_OUT;
                rest = tail;
                continue;
            }
            // A cell that holds 0 was hardly touched; it is the wrong one only if nothing else is.
            let untouched = if from.same_number(Value::Count(0)) {
                8
            } else {
                0
            };
            cost += slip.cost() + untouched;
            rest = tail;
        }
        let mut listed: Vec<_> = listed
            .into_iter()
            .map(|(cell, from, to, _)| (cell, from, to))
            .collect();
        listed.sort_by_key(|&(cell, ..)| cell);
        let settled = group
            .iter()
            .map(|&form| self.forms[form].relation)
            .collect();
        Some(Hypothesis {
            changes: listed,
            slip,
            cost,
            settled,
        })
    }

    /// Whether no other number stands between two cells of one row or one column.
    fn are_neighbours(&self, a: CellIx, b: CellIx) -> bool {
        let form = self.report.form();
        let (one, other) = (form.cell(a), form.cell(b));
        if one.table != other.table {
            return false;
        }
        let grid = &form.tables[one.table].grid;
        let place = |slot: usize| (grid.cells[slot].row, grid.cells[slot].col);
        let ((row_a, col_a), (row_b, col_b)) = (place(one.slot), place(other.slot));
        let between = |from: usize, to: usize, number_at: &dyn Fn(usize) -> bool| {
            let (low, high) = (from.min(to), from.max(to));
            (low + 1..high).all(|at| !number_at(at))
        };
        let is_number = |row: usize, col: usize| {
            matches!(
                grid.cells[grid.covering(row, col)].content,
                Content::Value(_)
            )
        };
        (row_a == row_b && between(col_a, col_b, &|col| is_number(row_a, col)))
            || (col_a == col_b && between(row_a, row_b, &|row| is_number(row, col_a)))
    }
}

/// A total that an import printed as it adds up: it is not kept, but as long as its numbers are the imported ones it
/// speaks for them.
fn agreed(report: &Report, evaluation: &Evaluation, cell: CellIx) -> Option<Value> {
    let form = report.form();
    let &(_, relation) = form
        .computations
        .iter()
        .find(|(computed, _)| *computed == cell)?;
    let imported = |part: CellIx| match form.cell(part).computed {
        true => report.stated(part).is_some() || agreed(report, evaluation, part).is_some(),
        false => report.origin(part) == Some(Origin::Imported),
    };
    let parts = &form.relations[relation].right;
    (evaluation.is_complete(cell) && parts.cells().all(imported)).then(|| evaluation.value(cell))
}

/// A sum in terms of variables.
fn expand(
    sums: &[(&Sum, Units)],
    of_cell: &BTreeMap<CellIx, usize>,
    expanded: &BTreeMap<CellIx, BTreeMap<usize, Units>>,
) -> BTreeMap<usize, Units> {
    let mut parts = BTreeMap::new();
    for &(sum, sign) in sums {
        for (cells, sign) in [(&sum.plus, sign), (&sum.minus, -sign)] {
            for cell in cells {
                if let Some(&variable) = of_cell.get(cell) {
                    *parts.entry(variable).or_insert(0) += sign;
                } else if let Some(inner) = expanded.get(cell) {
                    for (&variable, factor) in inner {
                        *parts.entry(variable).or_insert(0) += sign * factor;
                    }
                }
            }
        }
    }
    parts
}

fn units(value: Value) -> Units {
    match value {
        Value::Blank => 0,
        Value::Count(n) => Units::from(n) * UNIT,
        Value::Amount(d) => d.mantissa() * (10 as Units).pow(MAX_SCALE.saturating_sub(d.scale())),
    }
}

/// The quotient, if there is no remainder.
fn exactly(dividend: Units, divisor: Units) -> Option<Units> {
    (divisor != 0 && dividend % divisor == 0).then(|| dividend / divisor)
}

/// The sets of changes without those that differ only in order.
fn distinct(mut all: Vec<Vec<Change>>) -> Vec<Vec<Change>> {
    for changes in &mut all {
        changes.sort_unstable();
    }
    all.sort_unstable();
    all.dedup();
    all
}
