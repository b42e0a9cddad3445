//! Conditions for cells (`cfRule`) as they stand in a sheet.

use super::formula::address;
use super::styles::Difference;
use crate::import::read::condition::{Area, Condition, Rule, Test};
use crate::import::read::xml::Tag;

/// The areas for which the next rules hold.
pub(super) fn areas(tag: &Tag<'_>) -> Vec<Area> {
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

/// A rule for these areas, before its numbers are met.
pub(super) fn begun(tag: &Tag<'_>, areas: &[Area], differences: &[Difference]) -> Rule {
    let [kind, operator] = tag.attributes(["type", "operator"]);
    let is_comparison = kind.is_some_and(|kind| kind == "cellIs");
    let operator = operator.filter(|_| is_comparison);
    let difference = tag.number("dxfId").and_then(|nth| differences.get(nth));
    Rule {
        areas: areas.to_vec(),
        condition: Condition {
            test: operator.and_then(|operator| test(&operator)),
            with: Vec::new(),
        },
        change: difference.map(|it| it.change.clone()).unwrap_or_default(),
    }
}

fn test(operator: &str) -> Option<Test> {
    Some(match operator {
        "equal" => Test::Equal,
        "notEqual" => Test::Unequal,
        "greaterThan" => Test::More,
        "greaterThanOrEqual" => Test::AtLeast,
        "lessThan" => Test::Less,
        "lessThanOrEqual" => Test::AtMost,
        "between" => Test::Between,
        "notBetween" => Test::Outside,
        _ => return None,
    })
}
