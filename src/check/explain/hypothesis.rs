//! Ways to settle what does not balance, each with how unlikely it is and who bears it out.

use super::evidence::{Evidence, Statement, Witness};
use super::slip::Slip;
use super::structure::Moved;
use super::system::{Change, Residues, System, Totals, Units, exactly, units};
use super::weight;
use crate::check::evaluation::Evaluation;
use crate::form::CellIx;
use crate::report::Report;
use crate::value::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Changes that settle relations.
#[derive(Clone, Debug)]
pub(super) struct Hypothesis {
    /// In the form's order.
    pub changes: Vec<(CellIx, Value, Value)>,
    pub slip: Slip,
    /// How unlikely it is by all that bears witness.
    pub weight: i32,
    /// The same with what only orders: last year's numbers, and what was typed last.
    pub order: i32,
    /// Who bears it out, if anybody does.
    pub witness: Option<Witness>,
    /// The relations (in the form) that failed and hold afterwards.
    pub settled: BTreeSet<usize>,
}

/// What every search asks.
pub(super) struct Case<'a> {
    report: &'a Report,
    evidence: &'a Evidence,
    statements: &'a [(Statement, Witness)],
    system: System<'a>,
    residues: Residues,
    /// The failing equations, in groups that hang together.
    groups: Vec<Vec<usize>>,
    totals: Totals,
    moved: Vec<Moved>,
}

impl<'a> Case<'a> {
    pub fn new(
        report: &'a Report,
        evaluation: &Evaluation,
        evidence: &'a Evidence,
        statements: &'a [(Statement, Witness)],
        totals: Totals,
    ) -> Self {
        let system = System::new(report, evaluation, totals);
        let residues = system.residues();
        let failing: Vec<usize> = residues.keys().copied().collect();
        let groups = system.groups(&failing, true);
        let moved = system.moved(&residues);
        Self {
            report,
            evidence,
            statements,
            system,
            residues,
            groups,
            totals,
            moved,
        }
    }

    /// The failing relations (in the form), in groups that hang together.
    pub fn groups(&self) -> Vec<Vec<usize>> {
        let groups = self.groups.iter();
        groups.map(|group| self.relations(group)).collect()
    }

    /// Parts of a group that only few numbers hold together.
    pub fn parts(&self, group: &[usize]) -> Vec<Vec<usize>> {
        let parts = self.system.groups(&self.equations(group), false);
        parts.iter().map(|part| self.relations(part)).collect()
    }

    fn relations(&self, equations: &[usize]) -> Vec<usize> {
        let relation = |&at: &usize| self.system.equations[at].relation;
        equations.iter().map(relation).collect()
    }

    fn equations(&self, group: &[usize]) -> Vec<usize> {
        let all = self.residues.keys().copied();
        all.filter(|&at| group.contains(&self.system.equations[at].relation))
            .collect()
    }

    fn of_group(&self, group: &[usize]) -> Residues {
        let equations = self.equations(group);
        equations
            .iter()
            .map(|at| (*at, self.residues[at]))
            .collect()
    }

    /// One slip that settles a group.
    pub fn one_slip(&self, group: &[usize]) -> Vec<Hypothesis> {
        let residues = self.of_group(group);
        let singles = self.system.singles(&residues);
        let singles = singles.into_iter().map(|change| vec![change]);
        let mut found: Vec<Hypothesis> = singles
            .filter_map(|changes| self.by_single_numbers(&residues, &changes))
            .collect();
        let covers = |moved: &&Moved| residues.keys().all(|at| moved.settled.contains(at));
        let moved = self.moved.iter().filter(covers);
        found.extend(moved.filter_map(|moved| self.by_moving(moved)));
        distinct(found)
    }

    /// Two slips that settle a group together.
    pub fn two_slips(&self, group: &[usize]) -> Vec<Hypothesis> {
        let residues = self.of_group(group);
        let mut pairs = self.system.pairs(&residues);
        pairs.extend(self.system.neighbours_and_another(&residues));
        self.all_of(&residues, &pairs)
    }

    /// Three of them.
    pub fn three_slips(&self, group: &[usize]) -> Vec<Hypothesis> {
        let residues = self.of_group(group);
        self.all_of(&residues, &self.system.triples(&residues))
    }

    fn all_of(&self, residues: &Residues, sets: &[Vec<Change>]) -> Vec<Hypothesis> {
        let sets = sets.iter();
        distinct(
            sets.filter_map(|changes| self.by_single_numbers(residues, changes))
                .collect(),
        )
    }

    /// Numbers that were mistyped one by one, or two neighbours in each other's place.
    fn by_single_numbers(&self, residues: &Residues, changes: &[Change]) -> Option<Hypothesis> {
        let mut weight = 0;
        let mut slip = Slip::Other;
        let mut left: Vec<Change> = changes.to_vec();
        left.sort_unstable();
        while let Some((variable, change)) = left.pop() {
            let from = self.system.variables[variable].value;
            let to = self.system.new_value(variable, change)?;
            let is_other_half = |&(other, back): &Change| {
                back == -change
                    && units(self.system.variables[other].value) == units(to)
                    && self.are_in_line(variable, other)
            };
            if let Some(other) = left.iter().position(is_other_half) {
                left.remove(other);
                slip = Slip::Swapped;
                weight += weight::ONE_SLIP + 10;
                continue;
            }
            let is_total = self.system.variables[variable].printed;
            slip = name_of(from, to, is_total);
            weight += weight::of_slip(from, to, is_total);
            weight += match is_total {
                true => weight::ONE_TOTAL,
                false => {
                    let step = weight::of_number(to, None) - weight::of_number(from, None);
                    weight::ONE_SLIP + step
                }
            };
        }
        let dependent = self.hides_behind_a_total(changes);
        let borne_out = self.is_borne_out_by_totals(residues)
            || self.totals == Totals::Printed && self.all_others_are_vouched_for(residues, changes);
        let crossing = !dependent && borne_out;
        self.hypothesis(residues, changes, slip, weight, crossing)
    }

    fn by_moving(&self, moved: &Moved) -> Option<Hypothesis> {
        let mut weight = moved.unlikely;
        // The numbers are the same in other places, but for the one that was lost.
        let lost = moved.changes.iter().find(|(at, _)| moved.lost == Some(*at));
        if let Some(&(variable, change)) = lost {
            let to = self.system.new_value(variable, change)?;
            let nothing = weight::of_number(Value::Count(0), None);
            weight += match self.system.variables[variable].printed {
                true => 10,
                false => weight::of_number(to, None) - nothing,
            };
        }
        // What falls into place in several groups at once is hardly chance.
        let touches = |group: &&Vec<usize>| group.iter().any(|at| moved.settled.contains(at));
        weight -= 40 * (self.groups.iter().filter(touches).count().saturating_sub(1)) as i32;
        let settled = moved.settled.iter().map(|&at| (at, self.residues[&at]));
        let residues: Residues = settled.collect();
        let crossing = self.is_borne_out_by_totals(&residues);
        self.hypothesis(&residues, &moved.changes, moved.slip, weight, crossing)
    }

    /// Whether two numbers stand in one row or one column.
    fn are_in_line(&self, a: usize, b: usize) -> bool {
        let form = self.report.form();
        let [one, other] = [a, b].map(|it| form.cell(self.system.variables[it].cell));
        one.table == other.table && (one.row_id == other.row_id || one.col_id == other.col_id)
    }

    /// Whether a printed total contradicts the numbers below it. Where all of them agree and yet a column does not
    /// balance, they may have been added up from the wrong numbers and tell nothing.
    fn is_borne_out_by_totals(&self, residues: &Residues) -> bool {
        let mut equations = residues.keys().map(|&at| &self.system.equations[at]);
        self.totals == Totals::Printed && equations.any(|equation| equation.total.is_some())
    }

    /// Whether printed totals vouch for every number but one in an equation that fails: all but this one are still the
    /// document's own.
    fn all_others_are_vouched_for(&self, residues: &Residues, changes: &[Change]) -> bool {
        let [(changed, _)] = changes else {
            return false;
        };
        let is_vouched_for = |variable: &usize| {
            let mut moves = self.system.variables[*variable].moves.iter();
            variable == changed || moves.any(|&(at, _)| self.system.equations[at].total.is_some())
        };
        let mut failing = residues.keys().map(|&at| &self.system.equations[at]);
        failing.any(|equation| equation.variables.iter().all(is_vouched_for))
    }

    /// Whether a printed total would be wrong along with its own part, by as much: then it was added up from it.
    fn hides_behind_a_total(&self, changes: &[Change]) -> bool {
        let mut moved: BTreeMap<usize, (usize, Units)> = BTreeMap::new();
        for &(variable, change) in changes {
            for &(at, factor) in &self.system.variables[variable].moves {
                if self.system.equations[at].total.is_some() {
                    let (count, sum) = moved.entry(at).or_default();
                    *count += 1;
                    *sum += change * factor;
                }
            }
        }
        moved.values().any(|&(count, sum)| count > 1 && sum == 0)
    }

    fn hypothesis(
        &self,
        residues: &Residues,
        changes: &[Change],
        slip: Slip,
        weight: i32,
        crossing: bool,
    ) -> Option<Hypothesis> {
        let (told, stated) = self.by_statements(changes);
        let weight = weight + told;
        let mut listed = Vec::new();
        let mut order = weight;
        for &(variable, change) in changes {
            let spec = &self.system.variables[variable];
            let to = self.system.new_value(variable, change)?;
            listed.push((spec.cell, spec.value, to));
            order += self.by_order(spec.cell, spec.value, to);
        }
        listed.sort_by_key(|&(cell, ..)| cell);
        let typed = changes.iter().filter_map(|&(variable, _)| {
            let cell = self.system.variables[variable].cell;
            self.evidence.typed.iter().position(|&typed| typed == cell)
        });
        order -= typed.min().map_or(0, |nth| if nth == 0 { 30 } else { 12 });
        Some(Hypothesis {
            changes: listed,
            slip,
            weight,
            order,
            witness: crossing.then_some(Witness::Printed).or(stated),
            settled: residues
                .keys()
                .map(|&at| self.system.equations[at].relation)
                .collect(),
        })
    }

    /// How last year's number in a cell changes the order.
    fn by_order(&self, cell: CellIx, from: Value, to: Value) -> i32 {
        let form = self.report.form();
        let last = self.report.last_year();
        let last = last.and_then(|last| last.figures.same_cell(form, cell));
        let step =
            |number: Value| weight::of_number(number, last) - weight::of_number(number, None);
        step(to) - step(from)
    }

    /// What statements say to changes, and who bears them out. What they call right is hardly wrong; and what they call
    /// wrong by just as much is wrong. A text, which gives totals of rows, bears out only changes that it speaks of.
    fn by_statements(&self, changes: &[Change]) -> (i32, Option<Witness>) {
        const AGAINST: i32 = 60;
        let (mut weight, mut witness) = (0, None);
        let mut silent: Vec<usize> = changes.iter().map(|&(variable, _)| variable).collect();
        for (statement, whose) in self.statements {
            let parts = self.system.expand(&[(&statement.of, 1)]);
            let by: Units = changes
                .iter()
                .map(|(variable, change)| parts.get(variable).copied().unwrap_or(0) * change)
                .sum();
            if by == 0 {
                continue;
            }
            let sum = |(&variable, factor): (&usize, &Units)| {
                factor * units(self.system.variables[variable].value)
            };
            let constant = Units::from(statement.of.constant) * super::system::UNIT;
            let off = constant + parts.iter().map(sum).sum::<Units>() - units(statement.value);
            if off == 0 {
                weight += AGAINST;
            } else if exactly(off, by) == Some(-1) {
                weight -= weight::of_chance(off);
                witness = Some(*whose);
                silent.retain(|variable| !parts.contains_key(variable));
            }
        }
        let speaks = |witness: &Witness| *witness != Witness::Text || silent.is_empty();
        (weight, witness.filter(speaks))
    }
}

/// What a change looks like; a total is called one unless its digits say how it came about.
fn name_of(from: Value, to: Value, is_total: bool) -> Slip {
    match Slip::of(from, to) {
        slip @ (Slip::Transposed | Slip::Sign | Slip::Tenfold) if is_total => {
            match from.same_number(Value::Count(0)) {
                true => Slip::Total,
                false => slip,
            }
        }
        _ if is_total => Slip::Total,
        slip => slip,
    }
}

/// Of those that change the same the likeliest.
pub(super) fn distinct(mut all: Vec<Hypothesis>) -> Vec<Hypothesis> {
    let key = |it: &Hypothesis| -> Vec<(CellIx, Value)> {
        it.changes.iter().map(|&(cell, _, to)| (cell, to)).collect()
    };
    all.sort_by_key(|it| it.weight);
    let mut kept: Vec<Hypothesis> = Vec::new();
    for it in all {
        if kept.iter().all(|other| key(other) != key(&it)) {
            kept.push(it);
        }
    }
    kept
}
