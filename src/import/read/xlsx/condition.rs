//! Conditions that change how cells look (条件格式), as far as they hide what stands there.

use super::formula::address;
use crate::import::read::xml::Tag;

/// The first and the last cell of an area.
pub(super) type Area = ((usize, usize), (usize, usize));

/// A condition for some cells.
#[derive(Debug, Default)]
pub(super) struct Condition {
    areas: Vec<Area>,
    /// What is asked of the cell's number; none for anything else.
    operator: Option<String>,
    /// With what it is compared.
    pub formulas: Vec<String>,
    /// The look, by its place among the differences.
    pub look: Option<usize>,
}

impl Condition {
    /// The areas for which the next conditions hold.
    pub fn areas(tag: &Tag<'_>) -> Vec<Area> {
        const MOST: usize = 1_000;
        let names = tag.attribute("sqref").unwrap_or_default();
        let area = |name: &str| {
            let (from, to) = name.split_once(':').unwrap_or((name, name));
            Some((address(from)?, address(to)?))
        };
        names
            .split_ascii_whitespace()
            .filter_map(area)
            .take(MOST)
            .collect()
    }

    /// A rule (`cfRule`) for these areas.
    pub fn of(tag: &Tag<'_>, areas: &[Area]) -> Self {
        let [kind, operator] = tag.attributes(["type", "operator"]);
        let is_comparison = kind.is_some_and(|kind| kind == "cellIs");
        Self {
            areas: areas.to_vec(),
            operator: operator.filter(|_| is_comparison).map(|it| it.into()),
            formulas: Vec::new(),
            look: tag.number("dxfId"),
        }
    }

    pub fn covers(&self, row: usize, col: usize) -> bool {
        let mut areas = self.areas.iter();
        areas.any(|(from, to)| (from.0..=to.0).contains(&row) && (from.1..=to.1).contains(&col))
    }

    /// Whether it holds for a number; nothing where that is not known.
    pub fn holds(&self, number: f64) -> Option<bool> {
        let with = |nth: usize| self.formulas.get(nth)?.trim().parse::<f64>().ok();
        let first = with(0)?;
        let between = || Some((first..=with(1)?).contains(&number));
        match self.operator.as_deref()? {
            "equal" => Some(number == first),
            "notEqual" => Some(number != first),
            "greaterThan" => Some(number > first),
            "greaterThanOrEqual" => Some(number >= first),
            "lessThan" => Some(number < first),
            "lessThanOrEqual" => Some(number <= first),
            "between" => between(),
            "notBetween" => between().map(|holds| !holds),
            _ => None,
        }
    }
}
