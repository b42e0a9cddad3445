//! What a sheet watches by itself: red where something does not balance or is negative, and what may be typed.

use super::formulas::{Anchor, Area, Place, Places, areas, ranges};
use super::style;
use crate::form::{CellIx, Demand, Form, Level, Relation};
use crate::value::{Kind, LIMIT};
use rust_xlsxwriter::{
    ConditionalFormatCell, ConditionalFormatCellRule, ConditionalFormatFormula, DataValidation,
    DataValidationRule, Formula, Worksheet, XlsxError,
};
use std::collections::HashMap;

/// One condition for all cells of the relations that differ only by their column or row.
struct Alarm<'a> {
    relation: &'a Relation,
    counted: Vec<Place>,
    anchor: Anchor,
    cells: Vec<Place>,
}

/// Turns red what does not balance, and what must not be negative.
pub(super) fn alarms(
    sheet: &mut Worksheet,
    places: &Places<'_>,
    home: usize,
    table: usize,
) -> Result<(), XlsxError> {
    for alarm in relations(places, home) {
        let condition = places.fails(alarm.relation, &alarm.counted, home, alarm.anchor);
        let areas = areas(alarm.cells);
        let Some((from, to)) = corners(&areas) else {
            continue;
        };
        let rule = ConditionalFormatFormula::new()
            .set_rule(condition.as_str())
            .set_multi_range(ranges(&areas))
            .set_format(style::alarm());
        sheet.add_conditional_format(from.row, from.col, to.row, to.col, &rule)?;
    }
    let areas = areas(never_negative(places, table));
    if let Some((from, to)) = corners(&areas) {
        let rule = ConditionalFormatCell::new()
            .set_rule(ConditionalFormatCellRule::LessThan(0))
            .set_multi_range(ranges(&areas))
            .set_format(style::alarm());
        sheet.add_conditional_format(from.row, from.col, to.row, to.col, &rule)?;
    }
    Ok(())
}

/// Says what may be typed into the cells that are filled in by hand.
pub(super) fn validation(
    sheet: &mut Worksheet,
    places: &Places<'_>,
    table: usize,
) -> Result<(), XlsxError> {
    let form = &places.document.form;
    let mut groups: Vec<(Kind, Option<&str>, Vec<Place>)> = Vec::new();
    for cell in form.tables[table].cells.clone().map(CellIx) {
        if let Some(place) = places.place(cell).filter(|_| !places.is_live(cell)) {
            let spec = form.cell(cell);
            let unit = spec.unit.as_deref().filter(|unit| !unit.is_empty());
            match groups
                .iter_mut()
                .find(|group| (group.0, group.1) == (spec.kind, unit))
            {
                Some((.., cells)) => cells.push(place),
                None => groups.push((spec.kind, unit, vec![place])),
            }
        }
    }
    for (kind, unit, cells) in groups {
        let unit = unit.map_or(String::new(), |unit| format!("（单位：{unit}）"));
        let between = |least: i64| {
            let formula = |number: i64| Formula::new(number.to_string());
            DataValidationRule::Between(formula(least), formula(LIMIT))
        };
        let rule = DataValidation::new();
        let (rule, title, message) = match kind {
            Kind::Signed => (
                rule.allow_whole_number_formula(between(-LIMIT)),
                "请填整数",
                format!("请填整数{unit}：增加的填正数，减少的前面加负号，没有增减的填 0。"),
            ),
            Kind::Amount => (
                rule.allow_decimal_number_formula(between(0)),
                "请填金额",
                format!("请填 0 或正数{unit}，只写数字，不写单位；没有发生的填 0。"),
            ),
            Kind::Count => (
                rule.allow_whole_number_formula(between(0)),
                "请填整数",
                format!("请填 0 或正整数{unit}，只写数字，不写单位；没有发生的填 0。"),
            ),
        };
        let areas = areas(cells);
        let rule = rule
            .ignore_blank(true)
            .set_error_title(title)?
            .set_error_message(message)?
            .set_multi_range(ranges(&areas));
        if let Some((from, to)) = corners(&areas) {
            sheet.add_data_validation(from.row, from.col, to.row, to.col, &rule)?;
        }
    }
    Ok(())
}

/// The relations that must hold, as they concern one sheet.
fn relations<'a>(places: &Places<'a>, home: usize) -> Vec<Alarm<'a>> {
    let form: &'a Form = &places.document.form;
    let mut alarms: Vec<Alarm<'a>> = Vec::new();
    let mut alike: HashMap<String, usize> = HashMap::new();
    for &index in &places.document.relations {
        let relation = &form.relations[index];
        let Some(counted) = places.counted(relation) else {
            continue;
        };
        let cells = (relation.cells.iter()).filter_map(|&cell| places.place(cell));
        let cells: Vec<Place> = cells.filter(|place| place.sheet == home).collect();
        if form.rules[relation.rule].level != Level::Error || cells.is_empty() {
            continue;
        }
        let anchor = anchor(&counted);
        // Relations that read the same when moved to one column or row need only one formula.
        let moved = match anchor {
            Anchor::Column(_) => Anchor::Column(0),
            Anchor::Row(_) => Anchor::Row(0),
            anchor => anchor,
        };
        let key = places.fails(relation, &counted, home, moved);
        let at = *alike.entry(key).or_insert(alarms.len());
        match alarms.get_mut(at) {
            None => alarms.push(Alarm {
                relation,
                counted,
                anchor,
                cells,
            }),
            Some(alarm) => {
                alarm.cells.extend(cells);
                alarm.anchor = alarm.anchor.leading(anchor);
            }
        }
    }
    alarms
}

/// How far a condition over these cells can be moved.
fn anchor(counted: &[Place]) -> Anchor {
    let Some(&first) = counted.first() else {
        return Anchor::Fixed;
    };
    let same = |same: &dyn Fn(&Place) -> bool| counted.iter().all(same);
    if !same(&|place| place.sheet == first.sheet) {
        Anchor::Fixed
    } else if same(&|place| place.col == first.col) {
        Anchor::Column(first.col)
    } else if same(&|place| place.row == first.row) {
        Anchor::Row(first.row)
    } else {
        Anchor::Fixed
    }
}

impl Anchor {
    /// Of two like conditions the one that stands first.
    fn leading(self, other: Self) -> Self {
        match (self, other) {
            (Self::Column(a), Self::Column(b)) => Self::Column(a.min(b)),
            (Self::Row(a), Self::Row(b)) => Self::Row(a.min(b)),
            (anchor, _) => anchor,
        }
    }
}

fn never_negative(places: &Places<'_>, table: usize) -> Vec<Place> {
    let form = &places.document.form;
    let demanded =
        (form.cell_rules.iter()).any(|rule| rule.table == table && rule.is == Demand::NotNegative);
    let cells = form.tables[table].cells.clone().map(CellIx);
    cells
        .filter(|&cell| demanded && form.cell(cell).kind != Kind::Signed)
        .filter_map(|cell| places.place(cell))
        .collect()
}

/// The first and the last cell of the rectangle around all areas.
fn corners(areas: &[Area]) -> Option<(Place, Place)> {
    let first = areas.first()?.first;
    let around = |(from, to): (Place, Place), area: &Area| {
        let from = Place {
            row: from.row.min(area.first.row),
            col: from.col.min(area.first.col),
            ..from
        };
        let to = Place {
            row: to.row.max(area.last.row),
            col: to.col.max(area.last.col),
            ..to
        };
        (from, to)
    };
    Some(areas.iter().fold((first, first), around))
}
