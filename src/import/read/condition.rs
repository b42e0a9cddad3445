//! Conditions that change how cells of spreadsheets look (条件格式), as far as they hide what stands there.

use super::colour::{Colour, Ground};
use std::rc::Rc;

/// The first and the last cell of an area, by row and column.
pub(super) type Area = ((usize, usize), (usize, usize));

/// How a cell looks.
#[derive(Clone, Debug)]
pub(super) struct CellLook {
    /// The format of its numbers.
    pub format: Rc<str>,
    /// None where it is not known.
    pub colour: Option<Colour>,
    pub ground: Ground,
}

impl Default for CellLook {
    fn default() -> Self {
        Self {
            format: "General".into(),
            colour: None,
            ground: Ground::Clear,
        }
    }
}

impl CellLook {
    /// Whether text in it cannot be told from what lies behind.
    pub fn is_lost(&self) -> bool {
        self.colour.is_some_and(|it| self.ground.swallows(it))
    }
}

/// What a condition changes of a look; nothing for what it leaves as it is.
#[derive(Clone, Debug, Default)]
pub(super) struct Change {
    pub format: Option<Rc<str>>,
    pub colour: Option<Colour>,
    pub ground: Ground,
    /// Whether a bar or a sign stands there and no number.
    pub hides_number: bool,
}

impl Change {
    /// Whether a number in a cell of such a ground is not seen with it.
    fn hides(&self, ground: Ground) -> bool {
        let is_lost = |colour: Colour| self.ground.or(ground).swallows(colour);
        let shows_none = |format: &str| !format.contains(['0', '#', '?', '@', 'G']);
        self.hides_number
            || self.colour.is_some_and(is_lost)
            || self.format.as_deref().is_some_and(shows_none)
    }

    fn change(&self, look: &mut CellLook) {
        if let Some(format) = &self.format {
            look.format = format.clone();
        }
        look.colour = self.colour.or(look.colour);
        look.ground = self.ground.or(look.ground);
    }
}

/// What is asked of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Test {
    Between,
    Outside,
    Equal,
    Unequal,
    More,
    Less,
    AtLeast,
    AtMost,
}

/// What is asked of a number, and with what it is compared.
#[derive(Clone, Debug, Default)]
pub(super) struct Condition {
    /// None for anything else that is asked.
    pub test: Option<Test>,
    /// None for what is no number.
    pub with: Vec<Option<f64>>,
}

impl Condition {
    /// Whether it holds for a number; nothing where that is not known.
    pub fn holds(&self, number: f64) -> Option<bool> {
        let with = |nth: usize| *self.with.get(nth)?;
        let first = with(0)?;
        let between = || Some((first..=with(1)?).contains(&number));
        match self.test? {
            Test::Equal => Some(number == first),
            Test::Unequal => Some(number != first),
            Test::More => Some(number > first),
            Test::AtLeast => Some(number >= first),
            Test::Less => Some(number < first),
            Test::AtMost => Some(number <= first),
            Test::Between => between(),
            Test::Outside => between().map(|holds| !holds),
        }
    }
}

/// A condition for some cells of a sheet.
#[derive(Clone, Debug, Default)]
pub(super) struct Rule {
    pub areas: Vec<Area>,
    pub condition: Condition,
    pub change: Change,
}

impl Rule {
    fn covers(&self, row: usize, col: usize) -> bool {
        let mut areas = self.areas.iter();
        areas.any(|(from, to)| (from.0..=to.0).contains(&row) && (from.1..=to.1).contains(&col))
    }
}

/// How a cell with this number in it, or with none, looks under the conditions of its sheet; nothing where nobody knows
/// whether it is seen.
pub(super) fn look_under(
    rules: &[Rule],
    (row, col): (usize, usize),
    number: Option<f64>,
    mut look: CellLook,
) -> Option<CellLook> {
    for rule in rules.iter().filter(|rule| rule.covers(row, col)) {
        let change = &rule.change;
        match number.map(|number| rule.condition.holds(number)) {
            Some(Some(true)) if change.hides_number => return None,
            Some(Some(true)) => change.change(&mut look),
            Some(Some(false)) => {}
            _ if change.hides(look.ground) => return None,
            _ => look.ground = change.ground.or(look.ground),
        }
    }
    Some(look)
}
