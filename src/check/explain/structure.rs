//! Slips that move more than one number at once: a row or a column that is off by one place, two lines or two neighbours
//! in each other's place. They leave next to nothing open, so that one which settles everything is hardly chance.

use super::slip::Slip;
use super::system::{Change, Residues, System, Units, Variable, units};
use std::collections::BTreeMap;

/// Numbers moved together.
#[derive(Clone)]
pub(super) struct Moved {
    pub changes: Vec<Change>,
    pub slip: Slip,
    /// How unlikely such a slip is at just this place; see [`super::weight`].
    pub unlikely: i32,
    /// The equations that failed and hold afterwards.
    pub settled: Vec<usize>,
    /// The place whose number the slip has lost.
    pub lost: Option<usize>,
}

impl Moved {
    fn new(changes: Vec<Change>, slip: Slip, unlikely: i32) -> Self {
        Self {
            changes,
            slip,
            unlikely,
            settled: Vec::new(),
            lost: None,
        }
    }
}

/// How unlikely each is at one place.
const NEIGHBOURS: i32 = 60;
const TOTALS: i32 = 40;
const SHIFTED: i32 = 45;
const SHIFTED_INSIDE: i32 = 75;
const LINES_BESIDE: i32 = 55;
const LINES_APART: i32 = 75;

impl System<'_> {
    /// All such slips that settle some of the failing equations and upset none.
    pub(super) fn moved(&self, residues: &Residues) -> Vec<Moved> {
        let mut found = Vec::new();
        for inputs_only in self.line_kinds() {
            for is_row in [true, false] {
                let lines = self.lines(is_row, inputs_only);
                for line in &lines {
                    found.extend(self.shifts(line, is_row));
                    found.extend(self.neighbours(line));
                }
                if is_row {
                    found.extend(self.swapped_lines(&lines, inputs_only));
                }
            }
        }
        found
            .into_iter()
            .filter_map(|moved| self.settling(moved, residues))
            .collect()
    }

    /// Two neighbours in each other's place who settle more than they upset, and another slip that settles the rest.
    pub(super) fn neighbours_and_another(&self, residues: &Residues) -> Vec<Vec<Change>> {
        let swaps = |residues: &Residues| -> Vec<(Vec<Change>, Residues)> {
            let lines = self.lines(true, true);
            let swaps = lines.iter().flat_map(|line| self.neighbours(line));
            let left = swaps.map(|swap| {
                let left = self.after(residues, &swap.changes);
                (swap.changes, left)
            });
            left.filter(|(_, left)| left.len() < residues.len())
                .collect()
        };
        let mut found = Vec::new();
        for (swap, left) in swaps(residues) {
            let singles = self.singles(&left).into_iter().map(|single| vec![single]);
            let others = swaps(&left).into_iter().filter(|(_, left)| left.is_empty());
            for second in singles.chain(others.map(|(swap, _)| swap)) {
                let apart = second
                    .iter()
                    .all(|(variable, _)| swap.iter().all(|(other, _)| other != variable));
                if apart {
                    found.push(swap.iter().chain(&second).copied().collect());
                }
            }
        }
        found
    }

    /// Lines of inputs; and of all that is printed, where totals are.
    fn line_kinds(&self) -> impl Iterator<Item = bool> + use<> {
        let prints = self.variables.iter().any(|variable| variable.printed);
        std::iter::once(true).chain(prints.then_some(false))
    }

    /// The variables of each row, or of each column, in order; those that no equation knows aside.
    fn lines(&self, is_row: bool, inputs_only: bool) -> Vec<Vec<usize>> {
        let form = self.report.form();
        let mut lines: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
        for (index, variable) in self.variables.iter().enumerate() {
            if variable.moves.is_empty() || inputs_only && variable.printed {
                continue;
            }
            let cell = form.cell(variable.cell);
            let place = &form.tables[cell.table].grid.cells[cell.slot];
            let line = if is_row { place.row } else { place.col };
            lines.entry((cell.table, line)).or_default().push(index);
        }
        lines.into_values().filter(|line| line.len() > 1).collect()
    }

    fn number(&self, variable: usize) -> Units {
        units(self.variables[variable].value)
    }

    /// A line one place on, so that its first place stays empty and its last number is lost; or one place back, so that
    /// its first number is lost. In a document with totals it may begin anywhere.
    fn shifts(&self, line: &[usize], is_row: bool) -> Vec<Moved> {
        let slip = if is_row {
            Slip::Shifted
        } else {
            Slip::ShiftedColumn
        };
        let numbers: Vec<Units> = line.iter().map(|&it| self.number(it)).collect();
        let starts = match self.has_printed() {
            true => 0..line.len().saturating_sub(2),
            false => 0..usize::from(line.len() > 2),
        };
        let end = line.len() - 1;
        let mut found = Vec::new();
        for start in starts {
            let mut meant = numbers.clone();
            let some = |from: &[Units]| from.iter().any(|number| *number != 0);
            let mut add = |meant: &[Units], lost: usize| {
                let unlikely = if start == 0 { SHIFTED } else { SHIFTED_INSIDE };
                found.push(Moved {
                    lost: Some(line[lost]),
                    ..Moved::new(self.changes(line, &numbers, meant), slip, unlikely)
                });
            };
            if numbers[start] == 0 && some(&numbers[start + 1..]) {
                meant[start..].rotate_left(1);
                add(&meant, end);
            }
            if numbers[end] == 0 && some(&numbers[start..]) {
                meant.clone_from(&numbers);
                meant[start..].rotate_right(1);
                add(&meant, start);
            }
        }
        found
    }

    fn changes(&self, line: &[usize], are: &[Units], meant: &[Units]) -> Vec<Change> {
        let pairs = are.iter().zip(meant).zip(line);
        pairs
            .filter(|((are, meant), _)| are != meant)
            .map(|((are, meant), &variable)| (variable, meant - are))
            .collect()
    }

    /// Two neighbours of a line in each other's place.
    fn neighbours(&self, line: &[usize]) -> Vec<Moved> {
        let mut found = Vec::new();
        for pair in line.windows(2) {
            let [a, b] = [pair[0], pair[1]];
            let (one, other) = (&self.variables[a], &self.variables[b]);
            let form = self.report.form();
            let alike = |one: &Variable, other: &Variable| {
                one.printed == other.printed
                    && form.cell(one.cell).kind == form.cell(other.cell).kind
            };
            let change = self.number(b) - self.number(a);
            if change == 0 || !alike(one, other) {
                continue;
            }
            let slip = match self.number(a) == 0 || self.number(b) == 0 {
                true => Slip::Misplaced,
                false => Slip::Swapped,
            };
            let unlikely = if one.printed { TOTALS } else { NEIGHBOURS };
            found.push(Moved::new(vec![(a, change), (b, -change)], slip, unlikely));
        }
        found
    }

    /// Two rows in each other's place.
    fn swapped_lines(&self, lines: &[Vec<usize>], inputs_only: bool) -> Vec<Moved> {
        // Who swaps rows of a document swaps their totals too.
        let without_totals = match inputs_only && self.has_printed() {
            true => 20,
            false => 0,
        };
        let form = self.report.form();
        let table = |line: &[usize]| form.cell(self.variables[line[0]].cell).table;
        let columns = |line: &[usize]| -> Vec<&str> {
            let cells = line.iter().map(|&it| form.cell(self.variables[it].cell));
            cells.map(|cell| cell.col_id.as_str()).collect()
        };
        let mut found = Vec::new();
        for (nth, one) in lines.iter().enumerate() {
            for (far, other) in lines[nth + 1..].iter().enumerate() {
                if table(one) != table(other) || columns(one) != columns(other) {
                    continue;
                }
                let pairs = one.iter().zip(other);
                let changes = pairs.flat_map(|(&a, &b)| {
                    let change = self.number(b) - self.number(a);
                    [(a, change), (b, -change)]
                });
                let changes: Vec<Change> = changes.filter(|(_, change)| *change != 0).collect();
                let unlikely = if far == 0 { LINES_BESIDE } else { LINES_APART };
                found.push(Moved::new(
                    changes,
                    Slip::SwappedRows,
                    unlikely + without_totals,
                ));
            }
        }
        found
    }

    /// The same with what it settles; with the lost number, if that settles the rest. Nothing if anything is upset.
    fn settling(&self, mut moved: Moved, residues: &Residues) -> Option<Moved> {
        let mut left = self.upset(&moved.changes, residues);
        let mut solved = false;
        if let Some(lost) = moved.lost
            && let Some((at, factor, rest)) = self.rest_for(lost, &moved.changes, residues)
        {
            let change = -super::system::exactly(rest, factor)?;
            match moved.changes.iter_mut().find(|(other, _)| *other == lost) {
                Some((_, known)) => *known += change,
                None => moved.changes.push((lost, change)),
            }
            moved.changes.retain(|(_, change)| *change != 0);
            solved = true;
            left = self.upset(&moved.changes, residues);
            debug_assert!(!left.contains_key(&at), "settled by the lost number");
        }
        // Two numbers alone are neighbours in each other's place.
        if moved.lost.is_some() && moved.changes.len() < 3 {
            return None;
        }
        if !left.is_empty() {
            return None;
        }
        let touched = moved.changes.iter();
        let touched = touched.flat_map(|&(variable, _)| &self.variables[variable].moves);
        let after = self.after(residues, &moved.changes);
        let mut settled: Vec<usize> = touched
            .map(|&(at, _)| at)
            .filter(|at| residues.contains_key(at) && !after.contains_key(at))
            .collect();
        settled.sort_unstable();
        settled.dedup();
        moved.changes.sort_unstable();
        moved.settled = settled;
        // A number that was lost settles one equation whatever else is wrong.
        (moved.settled.len() > usize::from(solved)).then_some(moved)
    }

    /// An equation with the lost number in it that does not hold after changes: by how much it moves there, and what is
    /// left.
    fn rest_for(
        &self,
        lost: usize,
        changes: &[Change],
        residues: &Residues,
    ) -> Option<(usize, Units, Units)> {
        let after = self.after(residues, changes);
        let mut moves = self.variables[lost].moves.iter();
        moves.find_map(|&(at, factor)| Some((at, factor, *after.get(&at)?)))
    }

    /// Of the equations that changes move, those that do not hold afterwards.
    fn upset(&self, changes: &[Change], residues: &Residues) -> Residues {
        let mut moved: Residues = BTreeMap::new();
        for &(variable, change) in changes {
            for &(at, factor) in &self.variables[variable].moves {
                *moved.entry(at).or_insert(0) += change * factor;
            }
        }
        moved.retain(|_, change| *change != 0);
        for (at, change) in &mut moved {
            *change += residues.get(at).copied().unwrap_or(0);
        }
        moved.retain(|_, left| *left != 0);
        moved
    }
}
