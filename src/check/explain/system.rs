//! The relations of a report as a system of linear forms over what can be wrong.

use crate::check::evaluation::Evaluation;
use crate::form::{CellIx, Comparison, Level, Sum};
use crate::report::Report;
use crate::value::{Kind, MAX_SCALE, Value};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// A number in units of the smallest decimal place, so that counts and amounts are added alike.
pub(super) type Units = i128;
/// A whole one.
pub(super) const UNIT: Units = (10 as Units).pow(MAX_SCALE);

/// For each form that fails by how much left and right differ.
pub(super) type Residues = BTreeMap<usize, Units>;
/// A variable and by how much it changes.
pub(super) type Change = (usize, Units);

/// Which totals of a document speak for themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Totals {
    /// All that it prints.
    Printed,
    /// Only those that do not add up: the others may have been added up from the very numbers below them.
    OffOnly,
}

/// What can be wrong: an input, or a printed total.
pub(super) struct Variable {
    pub cell: CellIx,
    pub value: Value,
    pub printed: bool,
    /// For each form that it moves, by how much one unit moves left minus right.
    pub moves: Vec<(usize, Units)>,
}

/// A relation that can be checked.
pub(super) struct Equation {
    /// Its index in the form's relations.
    pub relation: usize,
    /// Left minus right.
    pub residue: Units,
    /// The variables that move it.
    pub variables: Vec<usize>,
    /// The printed total that it holds against its parts, if it does.
    pub total: Option<CellIx>,
}

/// Everything known of one report.
pub(super) struct System<'a> {
    pub report: &'a Report,
    pub variables: Vec<Variable>,
    pub equations: Vec<Equation>,
    of_cell: BTreeMap<CellIx, usize>,
    expanded: BTreeMap<CellIx, BTreeMap<usize, Units>>,
}

impl<'a> System<'a> {
    pub fn new(report: &'a Report, evaluation: &Evaluation, totals: Totals) -> Self {
        let form = report.form();
        let mut system = Self {
            report,
            variables: Vec::new(),
            equations: Vec::new(),
            of_cell: BTreeMap::new(),
            expanded: BTreeMap::new(),
        };
        system.take_variables(evaluation, totals);
        // What each computed cell without a printed total comes from, in terms of variables.
        for &(cell, relation) in &form.computations {
            if !system.of_cell.contains_key(&cell) {
                let parts = system.expand(&[(&form.relations[relation].right, 1)]);
                system.expanded.insert(cell, parts);
            }
        }
        for index in 0..form.relations.len() {
            system.take_relation(index, evaluation);
        }
        system
    }

    /// Each input cell, and each computed one of which a total is printed.
    fn take_variables(&mut self, evaluation: &Evaluation, totals: Totals) {
        let report = self.report;
        for cell in report.cells() {
            let printed = report.form().cell(cell).computed;
            let agreed = || {
                let speaks = totals == Totals::Printed && report.is_printed(cell);
                (speaks && evaluation.is_complete(cell)).then(|| evaluation.value(cell))
            };
            let value = match printed {
                true => report.stated(cell).or_else(agreed),
                false => Some(report.value(cell)),
            };
            if let Some(value) = value {
                self.of_cell.insert(cell, self.variables.len());
                self.variables.push(Variable {
                    cell,
                    value,
                    printed,
                    moves: Vec::new(),
                });
            }
        }
    }

    fn take_relation(&mut self, index: usize, evaluation: &Evaluation) {
        let form = self.report.form();
        let relation = &form.relations[index];
        let is_known = |cell: &CellIx| self.of_cell.contains_key(cell);
        let defined = relation.defines.is_some_and(|cell| !is_known(&cell));
        let applies = relation.organs.contain(self.report.organ())
            && relation
                .addition
                .is_none_or(|a| self.report.has_addition(a));
        let is_error = form.rules[relation.rule].level == Level::Error;
        if defined
            || !applies
            || !is_error
            || relation.is != Comparison::Equal
            || evaluation.unchecked.contains(&index)
        {
            return;
        }
        let total = match relation.left.plus[..] {
            [cell] if relation.left.minus.is_empty() && form.cell(cell).computed => Some(cell),
            _ => None,
        };
        let total = total.filter(is_known);
        let parts = self.expand(&[(&relation.left, 1), (&relation.right, -1)]);
        let constant = Units::from(relation.left.constant - relation.right.constant) * UNIT;
        let number =
            |(&variable, factor): (&usize, &Units)| factor * units(self.variables[variable].value);
        let residue = constant + parts.iter().map(number).sum::<Units>();
        let moved: Vec<usize> = parts
            .iter()
            .filter(|(_, factor)| **factor != 0)
            .map(|(&variable, _)| variable)
            .collect();
        for &variable in &moved {
            let here = self.equations.len();
            self.variables[variable]
                .moves
                .push((here, parts[&variable]));
        }
        self.equations.push(Equation {
            relation: index,
            residue,
            variables: moved,
            total,
        });
    }

    /// A sum in terms of variables.
    pub fn expand(&self, sums: &[(&Sum, Units)]) -> BTreeMap<usize, Units> {
        let mut parts = BTreeMap::new();
        for &(sum, sign) in sums {
            for (cells, sign) in [(&sum.plus, sign), (&sum.minus, -sign)] {
                for cell in cells {
                    if let Some(&variable) = self.of_cell.get(cell) {
                        *parts.entry(variable).or_insert(0) += sign;
                    } else if let Some(inner) = self.expanded.get(cell) {
                        for (&variable, factor) in inner {
                            *parts.entry(variable).or_insert(0) += sign * factor;
                        }
                    }
                }
            }
        }
        parts
    }

    /// Whether any of the equations holds a printed total against its parts.
    pub fn has_printed(&self) -> bool {
        self.equations
            .iter()
            .any(|equation| equation.total.is_some())
    }

    /// All that fails.
    pub fn residues(&self) -> Residues {
        let all = self.equations.iter().enumerate();
        all.filter(|(_, equation)| equation.residue != 0)
            .map(|(index, equation)| (index, equation.residue))
            .collect()
    }

    /// The failing equations in groups that hang together: by anything at all that could be wrong (`wide`), or only by
    /// what stands in two failing equations itself.
    pub fn groups(&self, among: &[usize], wide: bool) -> Vec<Vec<usize>> {
        let mut groups: Vec<(Vec<usize>, BTreeSet<usize>)> = Vec::new();
        for &index in among {
            let own = &self.equations[index].variables;
            let mut reached: BTreeSet<usize> = if wide {
                own.iter()
                    .flat_map(|&variable| self.variables[variable].moves.iter().map(|&(at, _)| at))
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

    /// What remains of residues after changes.
    pub fn after(&self, residues: &Residues, changes: &[Change]) -> Residues {
        let mut left = residues.clone();
        for &(variable, change) in changes {
            for &(at, factor) in &self.variables[variable].moves {
                *left.entry(at).or_insert(0) += change * factor;
            }
        }
        left.retain(|_, residue| *residue != 0);
        left
    }

    /// The value after a change, if the cell can hold it.
    pub fn new_value(&self, variable: usize, change: Units) -> Option<Value> {
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
}

/// A value in units.
pub(super) fn units(value: Value) -> Units {
    match value {
        Value::Blank => 0,
        Value::Count(n) => Units::from(n) * UNIT,
        Value::Amount(d) => d.mantissa() * (10 as Units).pow(MAX_SCALE.saturating_sub(d.scale())),
    }
}

/// The quotient, if there is no remainder.
pub(super) fn exactly(dividend: Units, divisor: Units) -> Option<Units> {
    (divisor != 0 && dividend % divisor == 0).then(|| dividend / divisor)
}
